//! Lines on their way to an output that may be slow, or that nobody reads at all.

use std::io::{self, ErrorKind, Write};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::thread;
use std::time::Duration;

/// The name of the thread that writes.
pub(super) const WRITER: &str = "log";

/// How much may wait, in bytes: some thousand lines.
const MOST: usize = 1024 * 1024;

/// How long lines are gathered before they are written together. Waking the thread for each of them would take the
/// requests about as long as answering.
const GATHER: Duration = Duration::from_millis(5);

/// How long an output that takes nothing just now is left alone.
const PAUSE: Duration = Duration::from_millis(10);

/// Takes lines and never waits for their output: one thread writes them, and what finds no room any more is lost and
/// counted.
#[derive(Clone)]
pub(super) struct Lines(Arc<Shared>);

#[derive(Default)]
struct Shared {
    waiting: Mutex<Waiting>,
    changed: Condvar,
}

#[derive(Default)]
struct Waiting {
    lines: Vec<u8>,
    /// Lines that found no room since the thread last looked.
    lost: u64,
    /// Whether the thread has something in hand.
    is_writing: bool,
}

impl Waiting {
    fn is_nothing(&self) -> bool {
        self.lines.is_empty() && self.lost == 0
    }
}

impl Lines {
    /// Starts the thread. `tell` is called there with the number of lines that were lost, where they are missing.
    ///
    /// # Errors
    /// When the system gives no thread.
    pub(super) fn begin(
        out: impl Write + Send + 'static,
        tell: impl Fn(u64) + Send + 'static,
    ) -> io::Result<Self> {
        let shared = Arc::<Shared>::default();
        let own = Arc::clone(&shared);
        thread::Builder::new().name(WRITER.to_owned()).spawn(move || own.write_on(out, tell))?;
        Ok(Self(shared))
    }

    /// Waits until all is written, though no longer than this.
    pub(super) fn flush(&self, patience: Duration) {
        let waiting = self.0.lock();
        let is_left = |waiting: &mut Waiting| waiting.is_writing || !waiting.is_nothing();
        drop(self.0.changed.wait_timeout_while(waiting, patience, is_left));
    }
}

/// Each piece is one line or several, whole.
impl Write for Lines {
    fn write(&mut self, line: &[u8]) -> io::Result<usize> {
        let mut waiting = self.0.lock();
        let is_news = waiting.is_nothing();
        if waiting.lines.len().saturating_add(line.len()) > MOST {
            waiting.lost = waiting.lost.saturating_add(1);
        } else {
            waiting.lines.extend_from_slice(line);
        }
        drop(waiting);
        if is_news {
            self.0.changed.notify_all();
        }
        Ok(line.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl Shared {
    fn lock(&self) -> MutexGuard<'_, Waiting> {
        self.waiting.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn write_on(&self, mut out: impl Write, tell: impl Fn(u64)) {
        let mut lines = Vec::new();
        loop {
            let lost = self.next(&mut lines);
            let unwritten = write(&mut out, &lines);
            let is_cut =
                lines.strip_suffix(unwritten).is_some_and(|all| !all.is_empty() && !all.ends_with(b"\n"));
            if is_cut {
                // What comes next is a line of its own.
                write(&mut out, b"\n");
            }
            let unwritten = unwritten.iter().filter(|byte| **byte == b'\n').count() as u64;
            lines.clear();
            if lost + unwritten > 0 {
                tell(lost + unwritten);
            }
        }
    }

    /// Waits for lines, gathers them for a moment, takes them all at once, and says how many were lost after them.
    fn next(&self, lines: &mut Vec<u8>) -> u64 {
        let mut waiting = self.lock();
        waiting.is_writing = false;
        self.changed.notify_all();
        drop(self.changed.wait_while(waiting, |waiting| waiting.is_nothing()));
        thread::sleep(GATHER);
        let mut waiting = self.lock();
        waiting.is_writing = true;
        std::mem::swap(&mut waiting.lines, lines);
        std::mem::take(&mut waiting.lost)
    }
}

/// Gives back what could not be written, and is lost. An output that somebody else made one that does not wait is waited for.
fn write<'a>(out: &mut impl Write, mut lines: &'a [u8]) -> &'a [u8] {
    while !lines.is_empty() {
        match out.write(lines) {
            Ok(0) => break,
            Ok(written) => lines = lines.get(written..).unwrap_or_default(),
            Err(error) if error.kind() == ErrorKind::WouldBlock => thread::sleep(PAUSE),
            Err(error) if error.kind() == ErrorKind::Interrupted => {}
            Err(_) => break,
        }
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::{BufRead, BufReader, Read};
    use std::time::Instant;

    const PATIENCE: Duration = Duration::from_secs(10);

    /// Lines on their way into a pipe.
    fn piped() -> (Lines, BufReader<io::PipeReader>) {
        let (read, written) = io::pipe().unwrap();
        let told = written.try_clone().unwrap();
        let lines = Lines::begin(written, move |lost| writeln!(&told, "{lost} lost").unwrap()).unwrap();
        (lines, BufReader::new(read))
    }

    #[test]
    fn lines_that_find_no_room_are_counted_and_the_others_come_whole() {
        let (mut lines, mut read) = piped();
        let line = format!("{}\n", "x".repeat(999));
        let sent = 3 * MOST / line.len();
        for _ in 0..sent {
            lines.write_all(line.as_bytes()).unwrap();
        }
        let (mut came, mut lost) = (0, 0);
        while came + lost < sent {
            let mut next = String::new();
            read.read_line(&mut next).unwrap();
            match next.trim_end().strip_suffix(" lost") {
                Some(number) => lost += number.parse::<usize>().unwrap(),
                None => {
                    assert_eq!(next, line);
                    came += 1;
                }
            }
        }
        assert!(lost > 0 && came >= MOST / line.len(), "{came} came, {lost} were lost");
        lines.write_all(b"after\n").unwrap();
        let mut next = String::new();
        read.read_line(&mut next).unwrap();
        assert_eq!(next, "after\n");
    }

    #[test]
    fn all_is_written_before_the_end_unless_nobody_reads_it() {
        let (mut lines, mut read) = piped();
        lines.write_all(b"last\n").unwrap();
        lines.flush(PATIENCE);
        let mut last = [0; 5];
        read.read_exact(&mut last).unwrap();
        assert_eq!(&last, b"last\n");
        lines.write_all(&[b'x'; MOST]).unwrap();
        let began = Instant::now();
        lines.flush(Duration::from_millis(50));
        assert!(began.elapsed() >= Duration::from_millis(50), "nobody has read it");
        assert!(began.elapsed() < PATIENCE);
    }
}
