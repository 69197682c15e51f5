//! A location in trouble, while others ask it for what it still answers.

use std::{
    io::{
        self,
        ErrorKind::{BrokenPipe, ConnectionReset, UnexpectedEof},
    },
    net::SocketAddr,
    path::Path,
    sync::{
        Barrier,
        atomic::{AtomicBool, AtomicUsize, Ordering::Relaxed},
    },
    thread,
};

use anyhow::Result;
use serde_json::{Value, json};

use super::{
    client::{Client, Reply},
    kept, line,
    location::{Fault, Location, body},
    ms, percentile,
    server::{Held, Server},
};
use crate::{process::check_interrupted, progress::say};

/// Clients of each fault, all at a time, and how often each asks.
const CLIENTS: usize = 50;
const ROUNDS: usize = 10;
/// Clients that ask for what is healthy, one request after the other.
const HEALTHY: usize = 8;
/// How long a location may be silent here, in seconds: much less than the server's own setting, and more than one on a busy
/// machine takes for what it does answer.
const SILENCE: &str = "3";

/// Measures, line by line, as the table wants it.
pub fn measure(program: &Path) -> Result<Vec<Value>> {
    let location = Location::start()?;
    let url = format!("http://{}", location.address);
    let flags = ["--upstream", &url, "--upstream-response-timeout", SILENCE, "--rate-limit", "0"];
    let server = Server::start(program, &flags)?;
    server.ask_in_vain(4)?;
    let unused = server.held()?;
    // What a first time leaves behind is no leak.
    trouble(server.address, 1);
    location.rest();
    server.settle(unused)?;
    let before = unused.zip(server.held()?).map(|(unused, held)| Held { memory: held.memory, ..unused });
    check_interrupted()?;

    say(&format!(
        "  {} requests that the location fails at, beside healthy ones",
        CLIENTS * ROUNDS * Fault::ALL.len()
    ));
    let mut outcome = trouble(server.address, ROUNDS);
    location.rest();
    server.settle(unused)?;
    let after = server.held()?;
    let tail = percentile(&mut outcome.times, 99);
    let none = || json!({"worst": 0});
    let mut lines = vec![
        line("location in trouble: not told as it should be, of 4,000", "", &[outcome.wrong as f64], none()),
        line("location in trouble: healthy requests lost", "", &[outcome.lost as f64], none()),
        line("location in trouble: 99 of 100 healthy answered within", "ms", &[tail], json!({"worst": 100})),
    ];
    let names = [
        "location in trouble: memory held after it, above before",
        "location in trouble: descriptors left open",
    ];
    lines.extend(kept(names, before.zip(after)));
    let answered = outcome.times.len() as f64;
    lines.push(line("location in trouble: healthy requests answered", "", &[answered], json!({})));
    Ok(lines)
}

/// What became of all requests.
#[derive(Default)]
struct Outcome {
    wrong: usize,
    lost: usize,
    times: Vec<f64>,
}

/// All faults at a time, each for many clients, and healthy requests meanwhile.
fn trouble(address: SocketAddr, rounds: usize) -> Outcome {
    let (wrong, lost, is_over) = (AtomicUsize::new(0), AtomicUsize::new(0), AtomicBool::new(false));
    let together = Barrier::new(Fault::ALL.len());
    let times = thread::scope(|scope| {
        let healthy: Vec<_> = (0..HEALTHY)
            .map(|number| {
                scope.spawn({
                    let (lost, is_over) = (&lost, &is_over);
                    move || healthy(address, number, lost, is_over)
                })
            })
            .collect();
        let troubled: Vec<_> = Fault::ALL
            .into_iter()
            .map(|fault| {
                scope.spawn({
                    let (wrong, together) = (&wrong, &together);
                    move || troubled(address, fault, rounds, wrong, together)
                })
            })
            .collect();
        for thread in troubled {
            let _ = thread.join();
        }
        is_over.store(true, Relaxed);
        healthy.into_iter().filter_map(|thread| thread.join().ok()).flatten().collect()
    });
    Outcome { wrong: wrong.into_inner(), lost: lost.into_inner(), times }
}

/// Asks for one fault, with many clients at a time, and counts what is not told as it should be.
fn troubled(address: SocketAddr, fault: Fault, rounds: usize, wrong: &AtomicUsize, together: &Barrier) {
    let mut kept: Vec<Option<Client>> = (0..CLIENTS).map(|_| None).collect();
    for _ in 0..rounds {
        // What is quick to fail would be over long before what hangs.
        together.wait();
        let asked = kept.iter_mut().map(|kept| ask(kept.take(), address, &fault.path()));
        let asked: Vec<_> = asked.collect();
        for (client, kept) in asked.into_iter().zip(&mut kept) {
            let told = client.and_then(|mut client| Ok((client.reply()?, client)));
            if !is_told(fault, &told.as_ref().map(|(reply, _)| reply).map_err(io::Error::kind)) {
                wrong.fetch_add(1, Relaxed);
            }
            *kept = told.ok().filter(|(reply, _)| !reply.is_last).map(|(_, client)| client);
        }
    }
}

fn is_told(fault: Fault, told: &Result<&Reply, io::ErrorKind>) -> bool {
    match (fault.told(), told) {
        (Some(code), Ok(reply)) => reply.code == code && reply.body.contains(&format!("\"Status\":{code}")),
        (None, Err(kind)) => [UnexpectedEof, ConnectionReset, BrokenPipe].contains(kind),
        _ => false,
    }
}

/// Asks for one thing after the other, each with a reply of its own, until the trouble is over.
fn healthy(address: SocketAddr, number: usize, lost: &AtomicUsize, is_over: &AtomicBool) -> Vec<f64> {
    let (mut times, mut kept) = (Vec::new(), None);
    for turn in 0.. {
        if is_over.load(Relaxed) {
            break;
        }
        let path = format!("/api/public/{number}/{turn}");
        let sent = std::time::Instant::now();
        let told = ask(kept.take(), address, &path).and_then(|mut client| Ok((client.reply()?, client)));
        match told {
            Ok((reply, client)) if reply.code == 200 && reply.body == body(&path) => {
                times.push(ms(sent.elapsed()));
                kept = Some(client);
            }
            _ => {
                lost.fetch_add(1, Relaxed);
            }
        }
    }
    times
}

/// Sends a request on a kept connection, or on a new one.
fn ask(kept: Option<Client>, address: SocketAddr, path: &str) -> io::Result<Client> {
    let mut client = kept.map_or_else(|| Client::connect(address), Ok)?;
    client.send(&format!("GET {path} HTTP/1.1\r\nhost: a\r\n\r\n"))?;
    Ok(client)
}
