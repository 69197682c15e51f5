//! Taking connections, at most so many at a time.

use super::connection::{self, Shared};
use super::stage::Stage;
use crate::observe::METRICS;
use crate::places::{Place, Places};
use std::io::ErrorKind;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;
use tokio::net::{TcpListener, TcpSocket, TcpStream};
use tokio::sync::{OwnedSemaphorePermit, Semaphore};
use tokio_util::task::TaskTracker;

/// How long is waited when the system has no more descriptors.
const PAUSE: Duration = Duration::from_millis(100);

/// Connections that the system holds until they are taken. With the usual few a burst would wait for seconds.
const QUEUE: u32 = 4096;

/// How much of a reply the system takes ahead of what it can send. Without a bound that is megabytes, and then it takes
/// nothing more until a third of them is gone: who reads slowly but steadily would seem to read nothing for minutes.
#[cfg(target_os = "linux")]
const UNSENT: u32 = 16 * 1024;

/// Listens at an address such as `127.0.0.1:8787` or `localhost:0`.
///
/// # Errors
/// When the address is none, is not this machine's, or is taken.
pub(super) async fn bind(address: &str) -> std::io::Result<TcpListener> {
    let mut failure = None;
    for address in tokio::net::lookup_host(address).await? {
        let socket = if address.is_ipv4() { TcpSocket::new_v4()? } else { TcpSocket::new_v6()? };
        // A server that was just stopped must not keep the next one from its port.
        #[cfg(unix)]
        socket.set_reuseaddr(true)?;
        // The connections that are taken inherit it. Without it the server works all the same.
        #[cfg(target_os = "linux")]
        let _ = socket2::SockRef::from(&socket).set_tcp_notsent_lowat(UNSENT);
        match socket.bind(address).and_then(|()| socket.listen(QUEUE)) {
            Ok(listener) => return Ok(listener),
            Err(error) => failure = Some(error),
        }
    }
    Err(failure.unwrap_or_else(|| ErrorKind::AddrNotAvailable.into()))
}

/// How many connections there may be at a time.
pub(super) struct Room {
    /// Of all clients together; more wait to be taken.
    pub(super) most: usize,
    /// Of each client; more are closed.
    pub(super) each: Option<Places>,
}

/// What a connection holds for as long as it is open.
type Held = (Option<OwnedSemaphorePermit>, Option<Place>);

/// Takes connections until the server closes, with none left behind in the queue of the system. They go on in
/// `tasks`.
pub(super) async fn run(listener: TcpListener, shared: Arc<Shared>, room: Room, tasks: &TaskTracker) {
    let permits = Arc::new(Semaphore::new(room.most));
    let mut stages = shared.stages.clone();
    let mut closing = std::pin::pin!(stages.reached(Stage::Closing));
    let start = |stream: TcpStream, peer: SocketAddr, held: Held| {
        let shared = Arc::clone(&shared);
        tasks.spawn(async move {
            let _counted = METRICS.connected();
            connection::serve(stream, peer, shared).await;
            drop(held);
        });
    };
    loop {
        let taken = async {
            let permit = Arc::clone(&permits).acquire_owned().await.ok();
            listener.accept().await.map(|(stream, peer)| (stream, peer, permit))
        };
        tokio::select! {
            biased;
            () = &mut closing => break,
            taken = taken => match taken {
                Ok((stream, peer, permit)) => match room.each.as_ref().map(|each| each.take(peer.ip())) {
                    Some(None) => METRICS.cut_off("many"),
                    place => start(stream, peer, (permit, place.flatten())),
                },
                Err(error) => pause_after(&error).await,
            }
        }
    }
    // Whoever is in the queue has connected already and may have sent a request.
    let Ok(listener) = listener.into_std() else { return };
    loop {
        match listener.accept() {
            Ok((stream, peer)) => {
                let stream = stream.set_nonblocking(true).and_then(|()| TcpStream::from_std(stream));
                if let Ok(stream) = stream {
                    start(stream, peer, (None, None));
                }
            }
            Err(error) if error.kind() == ErrorKind::WouldBlock => return,
            Err(error) => pause_after(&error).await,
        }
    }
}

/// Waits until it may be tried again to take a connection; at once after one that was given up before it was taken.
async fn pause_after(error: &std::io::Error) {
    if !is_the_peers(error) {
        tracing::error!("cannot take a connection: {error}");
        tokio::time::sleep(PAUSE).await;
    }
}

/// Errors of a connection that was given up before it was taken.
fn is_the_peers(error: &std::io::Error) -> bool {
    use ErrorKind::{ConnectionAborted, ConnectionReset, Interrupted};
    matches!(error.kind(), ConnectionAborted | ConnectionReset | Interrupted)
}

#[cfg(all(test, target_os = "linux"))]
mod tests {
    use super::*;
    use socket2::SockRef;

    #[tokio::test]
    async fn little_waits_in_the_system_on_a_connection_that_is_taken() {
        let listener = bind("127.0.0.1:0").await.unwrap();
        let _client = TcpStream::connect(listener.local_addr().unwrap()).await.unwrap();
        let (taken, _) = listener.accept().await.unwrap();
        assert_eq!(SockRef::from(&taken).tcp_notsent_lowat().unwrap(), UNSENT);
    }
}
