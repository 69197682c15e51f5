//! A connection without TLS.

use crate::system_copy::Part;
use rustix::net::{SendAncillaryBuffer, SendFlags, sendmsg};
use std::io::{self, ErrorKind, IoSlice};
use std::pin::Pin;
use std::task::{Context, Poll, ready};
use tokio::io::{AsyncRead, AsyncWrite, Interest, ReadBuf};
use tokio::net::TcpStream;

/// Writes what its stream writes; where the system has a copy of it, the system sends that.
pub(super) struct Plain(pub(super) TcpStream);

impl Plain {
    /// What stands before such a part, with word that more comes, or else the part. `None` where neither can be sent.
    fn poll_send(
        &self,
        cx: &mut Context<'_>,
        before: &[IoSlice<'_>],
        part: &Part,
    ) -> Poll<Option<io::Result<usize>>> {
        loop {
            if let Err(error) = ready!(self.0.poll_write_ready(cx)) {
                return Poll::Ready(Some(Err(error)));
            }
            let sent = self.0.try_io(Interest::WRITABLE, || {
                if before.is_empty() {
                    part.send(&self.0)
                } else {
                    // Otherwise the head of a reply would travel alone.
                    let flags = SendFlags::MORE | SendFlags::NOSIGNAL;
                    Ok(sendmsg(&self.0, before, &mut SendAncillaryBuffer::default(), flags)?)
                }
            });
            match sent {
                Err(error) if matches!(error.kind(), ErrorKind::WouldBlock | ErrorKind::Interrupted) => {}
                // Whatever keeps the system from it is told by the usual way, if it keeps it from that, too.
                Ok(0) | Err(_) => return Poll::Ready(None),
                sent => return Poll::Ready(Some(sent)),
            }
        }
    }
}

impl AsyncRead for Plain {
    fn poll_read(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        buf: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        Pin::new(&mut self.0).poll_read(cx, buf)
    }
}

impl AsyncWrite for Plain {
    fn poll_write(mut self: Pin<&mut Self>, cx: &mut Context<'_>, bytes: &[u8]) -> Poll<io::Result<usize>> {
        Pin::new(&mut self.0).poll_write(cx, bytes)
    }

    fn poll_write_vectored(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        bytes: &[IoSlice<'_>],
    ) -> Poll<io::Result<usize>> {
        let parts = bytes.iter().map(|slice| Part::of(slice)).enumerate();
        let first = parts.filter_map(|(at, part)| bytes.get(..at).zip(part)).next();
        if let Some((before, part)) = first
            && let Some(sent) = ready!(self.poll_send(cx, before, &part))
        {
            return Poll::Ready(sent);
        }
        Pin::new(&mut self.0).poll_write_vectored(cx, bytes)
    }

    fn is_write_vectored(&self) -> bool {
        self.0.is_write_vectored()
    }

    fn poll_flush(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.0).poll_flush(cx)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.0).poll_shutdown(cx)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::system_copy::SystemCopy;
    use axum::body::Bytes;
    use std::task::Waker;
    use tokio::io::{AsyncReadExt, AsyncWriteExt};
    use tokio::net::TcpListener;

    const SIZE: usize = 3_000_000;

    async fn pair() -> (Plain, TcpStream) {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let client = TcpStream::connect(listener.local_addr().unwrap()).await.unwrap();
        (Plain(listener.accept().await.unwrap().0), client)
    }

    /// Writes all of several slices, as HTTP does.
    async fn write(stream: &mut Plain, slices: &[&[u8]]) {
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
