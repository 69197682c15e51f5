//! The connection itself, below everything that is spoken on it.

use super::activity::Activity;
#[cfg(target_os = "linux")]
use crate::system_copy::Part;
use std::io::{self, IoSlice};
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};
use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::net::TcpStream;

/// Writes what its stream writes; where the system has a copy of it, the system sends that. Dropped in the middle of a reply
/// that only its own end would end, it is reset, so that nobody takes a part for the whole.
pub(super) struct Socket {
    pub(super) stream: TcpStream,
    pub(super) activity: Arc<Activity>,
}

impl Drop for Socket {
    fn drop(&mut self) {
        if self.activity.is_open_ended() {
            let _ = self.stream.set_zero_linger();
        }
    }
}

#[cfg(target_os = "linux")]
impl Socket {
    /// What stands before the first part that the system has a copy of, with word that more comes, or else that part. `None`
    /// where there is none, or where it cannot be sent.
    fn poll_send_copy(&self, cx: &mut Context<'_>, bytes: &[IoSlice<'_>]) -> Poll<Option<io::Result<usize>>> {
        use rustix::net::{SendAncillaryBuffer, SendFlags, sendmsg};
        use std::io::ErrorKind::{Interrupted, WouldBlock};

        let mut parts = bytes.iter().map(|slice| Part::of(slice)).enumerate();
        let first = parts.find_map(|(at, part)| bytes.get(..at).zip(part));
        let Some((before, part)) = first else { return Poll::Ready(None) };
        loop {
            if let Err(error) = std::task::ready!(self.stream.poll_write_ready(cx)) {
                return Poll::Ready(Some(Err(error)));
            }
            let sent = self.stream.try_io(tokio::io::Interest::WRITABLE, || {
                if before.is_empty() {
                    part.send(&self.stream)
                } else {
                    // Otherwise the head of a reply would travel alone.
                    let flags = SendFlags::MORE | SendFlags::NOSIGNAL;
                    Ok(sendmsg(&self.stream, before, &mut SendAncillaryBuffer::default(), flags)?)
                }
            });
            match sent {
                Err(error) if matches!(error.kind(), WouldBlock | Interrupted) => {}
                // Whatever keeps the system from it is told by the usual way, if it keeps it from that, too.
                Ok(0) | Err(_) => return Poll::Ready(None),
                sent => return Poll::Ready(Some(sent)),
            }
        }
    }
}

impl AsyncRead for Socket {
    fn poll_read(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        buf: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_read(cx, buf)
    }
}

impl AsyncWrite for Socket {
    fn poll_write(mut self: Pin<&mut Self>, cx: &mut Context<'_>, bytes: &[u8]) -> Poll<io::Result<usize>> {
        Pin::new(&mut self.stream).poll_write(cx, bytes)
    }

    fn poll_write_vectored(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        bytes: &[IoSlice<'_>],
    ) -> Poll<io::Result<usize>> {
        #[cfg(target_os = "linux")]
        if let Some(sent) = std::task::ready!(self.poll_send_copy(cx, bytes)) {
            return Poll::Ready(sent);
        }
        Pin::new(&mut self.stream).poll_write_vectored(cx, bytes)
    }

    fn is_write_vectored(&self) -> bool {
        self.stream.is_write_vectored()
    }

    fn poll_flush(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_flush(cx)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_shutdown(cx)
    }
}

#[cfg(test)]
#[cfg(target_os = "linux")]
mod tests {
    use super::super::patience::Patience;
    use super::*;
    use crate::system_copy::SystemCopy;
    use axum::body::Bytes;
    use std::io::ErrorKind;
    use std::task::Waker;
    use tokio::io::{AsyncReadExt, AsyncWriteExt};
    use tokio::net::TcpListener;

    const SIZE: usize = 3_000_000;

    async fn pair() -> (Socket, TcpStream) {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let client = TcpStream::connect(listener.local_addr().unwrap()).await.unwrap();
        let seconds = std::time::Duration::from_secs;
        let (head, quiet, linger, settle) = (seconds(10), seconds(75), seconds(0), seconds(0));
        let activity = Arc::new(Activity::new(Patience { head, quiet, rate: 240, linger, settle }));
        (Socket { stream: listener.accept().await.unwrap().0, activity }, client)
    }

    /// Writes all of several slices, as HTTP does.
    async fn write(stream: &mut Socket, slices: &[&[u8]]) {
        let mut slices: Vec<_> = slices.iter().map(|slice| IoSlice::new(slice)).collect();
        let mut left = slices.as_mut_slice();
        while !left.is_empty() {
            let written = stream.write_vectored(left).await.unwrap();
            IoSlice::advance_slices(&mut left, written);
        }
    }

    #[tokio::test]
    async fn what_the_system_sends_arrives_in_its_place_however_slowly_it_is_read() {
        let bytes: Bytes = (0..SIZE).map(|number| (number % 251) as u8).collect();
        let _copy = SystemCopy::of(&bytes).unwrap();
        for (from, to) in [(0, SIZE), (1, SIZE - 1), (SIZE / 2, SIZE / 2 + 40_000)] {
            let (mut server, mut client) = pair().await;
            let sent = bytes.slice(from..to);
            let expected = [b"head", sent.as_ref(), b"between", sent.as_ref(), b"end"].concat();
            let writing = tokio::spawn(async move {
                write(&mut server, &[b"head", &sent, b"between", &sent, b"end"]).await;
            });
            let mut got = Vec::new();
            while client.read_buf(&mut got).await.unwrap() > 0 {}
            assert!(got == expected, "{} of {} bytes arrived", got.len(), expected.len());
            writing.await.unwrap();
        }
    }

    #[tokio::test]
    async fn a_client_that_reads_nothing_is_waited_for_and_one_that_is_gone_is_told() {
        let bytes = Bytes::from(vec![7; SIZE * 10]);
        let _copy = SystemCopy::of(&bytes).unwrap();
        let (mut server, client) = pair().await;
        let mut cx = Context::from_waker(Waker::noop());
        while let Poll::Ready(written) =
            Pin::new(&mut server).poll_write_vectored(&mut cx, &[IoSlice::new(&bytes)])
        {
            assert!(written.unwrap() > 0);
        }
        drop(client);
        let gone = loop {
            if let Err(error) = server.write_vectored(&[IoSlice::new(&bytes)]).await {
                break error;
            }
        };
        assert!(matches!(gone.kind(), ErrorKind::BrokenPipe | ErrorKind::ConnectionReset), "{gone}");
    }
}
