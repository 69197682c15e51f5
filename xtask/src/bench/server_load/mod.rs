//! The server under load and under clients that mean it no good. The short forms of the same are its tests.

mod client;
mod faults;
mod location;
mod server;

use std::{
    io,
    net::SocketAddr,
    path::Path,
    sync::atomic::{AtomicBool, AtomicUsize, Ordering::Relaxed},
    thread,
    time::{Duration, Instant},
};

use anyhow::{Context, Result, ensure};
use nix::sys::resource::{Resource, getrlimit, setrlimit};
use serde_json::{Value, json};

use self::{
    client::Client,
    server::{Held, Server},
};
use crate::{process::check_interrupted, progress::say};

const CONNECTIONS: usize = 1000;
const THREADS: usize = 4;
/// How long a head may take here, in seconds; much less than the server's own setting.
const HEAD: u64 = 3;
/// The same for the server.
const FLAGS: [&str; 2] = ["--header-timeout", "3"];
const RESTARTS: usize = 10;
const HEALTH: &str = "GET /healthz HTTP/1.1\r\nhost: a\r\n\r\n";

/// Measures, line by line, as the table wants it.
pub fn measure(program: &Path) -> Result<Vec<Value>> {
    allow_descriptors()?;
    let server = Server::start(program, &FLAGS)?;
    let mut lines = Vec::new();
    server.ask_in_vain(4)?;
    let before = server.held()?;
    if before.is_none() {
        say("  Without figures of memory and descriptors, which this system does not tell");
    }

    say(&format!("  {CONNECTIONS} connections at a time"));
    lines.extend(busy(server.address)?);
    check_interrupted()?;
    say(&format!("  {CONNECTIONS} clients that never finish what they say"));
    lines.extend(slowloris(server.address)?);
    check_interrupted()?;
    say("  Heads and bodies that are too large, and clients that have hung up half-way");
    lines.push(refusals(server.address)?);
    lines.push(half_closed(server.address)?);
    server.ask_in_vain(4)?;
    lines.extend(kept(
        ["memory held after all that, above before", "descriptors left open"],
        before.zip(server.held()?),
    ));
    drop(server);
    check_interrupted()?;
    lines.extend(faults::measure(program)?);

    say(&format!("  {RESTARTS} stops under load"));
    lines.extend(stops(program)?);
    Ok(lines)
}

fn line(name: &str, unit: &str, values: &[f64], limit: Value) -> Value {
    json!({ "name": name, "unit": unit, "values": values, "limit": limit })
}

/// How much more memory and descriptors are held after than before, under these names; nothing where it is not told.
fn kept(names: [&str; 2], held: Option<(Held, Held)>) -> Vec<Value> {
    let Some((before, after)) = held else { return Vec::new() };
    let [memory, descriptors] = names;
    let grown = megabytes(after.memory.saturating_sub(before.memory));
    let left = after.descriptors.saturating_sub(before.descriptors) as f64;
    vec![
        line(memory, "MB", &[grown], json!({"worst": 16})),
        line(descriptors, "", &[left], json!({"worst": 0})),
    ]
}

/// Of kilobytes.
fn megabytes(kilobytes: u64) -> f64 {
    kilobytes as f64 / 1000.0
}

fn ms(time: Duration) -> f64 {
    time.as_secs_f64() * 1000.0
}

/// The value that so many of a hundred are below.
fn percentile(times: &mut [f64], percent: usize) -> f64 {
    times.sort_by(f64::total_cmp);
    times.get(times.len() * percent / 100).copied().unwrap_or(f64::NAN)
}

/// All connections ask at the same time, again and again.
fn busy(address: SocketAddr) -> Result<Vec<Value>> {
    const ROUNDS: usize = 30;
    let began = Instant::now();
    let asked = || -> io::Result<Vec<f64>> {
        let mut clients: Vec<Client> =
            (0..CONNECTIONS / THREADS).map(|_| Client::connect(address)).collect::<io::Result<_>>()?;
        let mut times = Vec::new();
        for _ in 0..ROUNDS {
            let sent = Instant::now();
            for client in &mut clients {
                client.send(HEALTH)?;
            }
            for client in &mut clients {
                if client.reply()?.code != 200 {
                    return Err(io::ErrorKind::InvalidData.into());
                }
                times.push(ms(sent.elapsed()));
            }
        }
        Ok(times)
    };
    let mut times = Vec::new();
    for part in thread::scope(|scope| {
        let threads: Vec<_> = (0..THREADS).map(|_| scope.spawn(asked)).collect();
        threads.into_iter().map(|thread| thread.join()).collect::<Vec<_>>()
    }) {
        times.extend(part.ok().context("a client gave up")?.context("a request was not answered")?);
    }
    let rate = times.len() as f64 / began.elapsed().as_secs_f64();
    let tail = percentile(&mut times, 99);
    Ok(vec![
        line("1,000 connections: requests a second", "", &[rate], json!({})),
        line("1,000 connections: 99 of 100 answered within", "ms", &[tail], json!({})),
    ])
}

/// Clients that send a head byte by byte for ever, while one asks as usual.
fn slowloris(address: SocketAddr) -> Result<Vec<Value>> {
    let mut slow: Vec<Client> =
        (0..CONNECTIONS).map(|_| Client::connect(address)).collect::<io::Result<_>>()?;
    for client in &mut slow {
        client.send("GET /healthz HTTP/1.1\r\n")?;
    }
    let began = Instant::now();
    let mut times = Vec::new();
    let mut honest = Client::connect(address)?;
    let patience = Duration::from_secs(HEAD * 3);
    while slow.iter().any(|client| !client.is_closed()) && began.elapsed() < patience {
        for client in &mut slow {
            let _ = client.send("a");
        }
        for _ in 0..20 {
            let sent = Instant::now();
            honest.send(HEALTH)?;
            ensure!(honest.reply()?.code == 200, "the honest client was not answered");
            times.push(ms(sent.elapsed()));
        }
    }
    let all = began.elapsed().as_secs_f64();
    let left = slow.iter().filter(|client| !client.is_closed()).count();
    let tail = percentile(&mut times, 99);
    Ok(vec![
        line("slow heads: 99 of 100 others answered within", "ms", &[tail], json!({"worst": 100})),
        line("slow heads: all cut off after", "s", &[all], json!({"worst": HEAD * 2})),
        line("slow heads: never cut off", "", &[left as f64], json!({"worst": 0})),
    ])
}

/// Each is answered with its own status, and nothing else happens.
fn refusals(address: SocketAddr) -> Result<Value> {
    let head = format!("GET / HTTP/1.1\r\nhost: a\r\na: {}\r\n\r\n", "x".repeat(40_000));
    let body = "POST /api/token HTTP/1.1\r\nhost: a\r\ncontent-length: 99999999\r\n\r\n".to_owned();
    let endless = format!(
        "POST /api/token HTTP/1.1\r\nhost: a\r\ntransfer-encoding: chunked\r\n\r\n{}",
        format!("4000\r\n{}\r\n", "x".repeat(0x4000)).repeat(6)
    );
    let mut wrong = 0;
    for _ in 0..500 {
        for (request, expected) in [(&head, 431), (&body, 413), (&endless, 413)] {
            let mut client = Client::connect(address)?;
            // The reply may come before all is sent, and closes the connection.
            let sent = client.send(request);
            match client.reply() {
                Ok(reply) if reply.code == expected => {}
                Err(_) if sent.is_err() => {}
                _ => wrong += 1,
            }
        }
    }
    Ok(line("too large, and not refused as such, of 1,500", "", &[f64::from(wrong)], json!({"worst": 0})))
}

fn half_closed(address: SocketAddr) -> Result<Value> {
    let mut clients: Vec<Client> =
        (0..CONNECTIONS).map(|_| Client::connect(address)).collect::<io::Result<_>>()?;
    for client in &mut clients {
        client.send(HEALTH)?;
        client.end()?;
    }
    let answered =
        clients.iter_mut().filter_map(|client| client.reply().ok()).filter(|reply| reply.code == 200);
    let lost = CONNECTIONS - answered.count();
    Ok(line("half-closed, and not answered, of 1,000", "", &[lost as f64], json!({"worst": 0})))
}

/// Stops a server that is busy, again and again. A request is lost when its connection was taken and no reply came.
fn stops(program: &Path) -> Result<Vec<Value>> {
    let (mut lost, mut times, mut answered) = (Vec::new(), Vec::new(), Vec::new());
    for _ in 0..RESTARTS {
        check_interrupted()?;
        let mut server = Server::start(program, &FLAGS)?;
        let (done, gone, stopping) = (AtomicUsize::new(0), AtomicUsize::new(0), AtomicBool::new(false));
        let address = server.address;
        let took = thread::scope(|scope| -> Result<Duration> {
            for _ in 0..THREADS * 4 {
                scope.spawn(|| ask_until_refused(address, &done, &gone, &stopping));
            }
            let began = Instant::now();
            while done.load(Relaxed) < 5000 && began.elapsed() < Duration::from_secs(10) {
                thread::sleep(Duration::from_millis(1));
            }
            stopping.store(true, Relaxed);
            server.stop()
        })?;
        lost.push(gone.load(Relaxed) as f64);
        answered.push(done.load(Relaxed) as f64);
        times.push(ms(took));
    }
    Ok(vec![
        line("stop under load: requests lost", "", &lost, json!({"worst": 0})),
        line("stop under load: requests answered around it", "", &answered, json!({})),
        line("stop under load: ended within", "ms", &times, json!({})),
    ])
}

fn ask_until_refused(address: SocketAddr, done: &AtomicUsize, lost: &AtomicUsize, stopping: &AtomicBool) {
    while let Ok(mut client) = Client::connect(address) {
        let mut is_first = true;
        loop {
            match client.send(HEALTH).and_then(|()| client.reply()) {
                Ok(reply) if reply.code == 200 => {
                    done.fetch_add(1, Relaxed);
                    if reply.is_last {
                        break;
                    }
                }
                // Connected by the system, but never taken: the listener was gone before.
                Err(error)
                    if is_first
                        && stopping.load(Relaxed)
                        && error.kind() == io::ErrorKind::ConnectionReset =>
                {
                    return;
                }
                _ => {
                    lost.fetch_add(1, Relaxed);
                    return;
                }
            }
            is_first = false;
        }
    }
}

/// A thousand clients here need as many descriptors here.
fn allow_descriptors() -> Result<()> {
    let (_, most) = getrlimit(Resource::RLIMIT_NOFILE)?;
    ensure!(most > 2048, "the system allows only {most} descriptors: too few for {CONNECTIONS} connections");
    Ok(setrlimit(Resource::RLIMIT_NOFILE, most.min(8192), most)?)
}
