//! The life of the server, as everybody who has to end something sees it.

use tokio::sync::watch;

/// How far the server is. It only ever goes on to the next.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Stage {
    /// Taking connections.
    Running,
    /// Still taking them, but telling everybody to go elsewhere.
    Draining,
    /// No new connections; those there are finish what they began.
    Closing,
}

/// Reads the stage, now or when it changes.
#[derive(Clone, Debug)]
pub(crate) struct Stages(watch::Receiver<Stage>);

impl Stages {
    /// A server that runs, and what moves it on.
    pub(super) fn begin() -> (watch::Sender<Stage>, Self) {
        let (sender, receiver) = watch::channel(Stage::Running);
        (sender, Self(receiver))
    }

    /// A server that is never stopped.
    pub(crate) fn endless() -> Self {
        Self::begin().1
    }

    pub(crate) fn is_running(&self) -> bool {
        *self.0.borrow() == Stage::Running
    }

    /// Waits until the stage is reached; for ever when nobody is left to move it on.
    pub(super) async fn reached(&mut self, stage: Stage) {
        if self.0.wait_for(|now| *now >= stage).await.is_err() {
            std::future::pending::<()>().await;
        }
    }
}
