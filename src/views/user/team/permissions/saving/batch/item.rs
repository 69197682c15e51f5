//! One member's part of a change to many.

use crate::queries::{Field, Unsaved, Wish};
use contract::CoworkerId;

/// One member's part, or, where some of it clashes, one of the member's two.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Item {
    /// Whose.
    pub member: CoworkerId,
    pub(super) wish: Wish,
    /// How far it is.
    pub state: State,
    pub(super) put_off: u8,
    /// How often it did not reach the server, and how many answers the batch had had before the first time.
    pub(super) lost: (u8, u32),
    /// Whether an answer was lost, so that it may be saved all the same.
    pub(super) uncertain: bool,
    /// What was so before, by somebody else.
    pub(super) was_so: Vec<Field>,
    /// What the person has decided by hand while it was on its way: it is not sent again.
    pub(super) decided: Vec<Field>,
}

/// How far one member's part is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum State {
    /// Not sent yet.
    Waiting,
    /// Sent in this round of the member's saves; `None` while it is only about to be.
    Sending(Option<u32>),
    /// Saved; or it was so already.
    Done {
        /// It was so before anything was sent.
        already: bool,
    },
    /// Not saved, for this reason.
    Failed(Unsaved),
}

impl Item {
    pub(super) fn new(member: CoworkerId, wish: Wish, state: State) -> Self {
        Self {
            member,
            wish,
            state,
            put_off: 0,
            lost: (0, 0),
            uncertain: false,
            was_so: vec![],
            decided: vec![],
        }
    }

    pub(super) fn leave_decided(&mut self) {
        for field in self.decided.drain(..) {
            self.wish.remove(&field);
        }
    }

    pub(super) fn is_sending(&self) -> bool {
        matches!(self.state, State::Sending(_))
    }
}
