//! Writing down what is changed while one acts as another person.

use super::Shell;
use crate::api::{self, ApiError};
use crate::session::ledger::{Change, Outcome};
use crate::session::machine::Event;

impl Shell {
    pub(super) fn listen_to_changes(&self) {
        let report = self.reporter(|shell, (epoch, change)| {
            shell.dispatch(Event::Changed(epoch, shell.0.client.now(), change));
        });
        self.0.client.on_change(move |change| report((change.epoch, note(&change))));
    }
}

/// What the ledger keeps of a request: nothing of its query, headers and body.
fn note(change: &api::Change<'_>) -> Change {
    let path = change.request.path.split('?').next().unwrap_or_default();
    Change {
        number: change.number,
        method: change.request.method.as_str().to_owned(),
        path: path.to_owned(),
        outcome: match change.outcome {
            Some(Ok(())) => Outcome::Done,
            None
            | Some(Err(
                ApiError::Timeout
                | ApiError::Offline
                | ApiError::WrongIdentity
                | ApiError::Malformed
                | ApiError::Server { .. },
            )) => Outcome::Unknown,
            Some(Err(error)) => Outcome::Failed(error.code()),
        },
    }
}
