//! What comes of a change to many members, step by step.

use crate::api::Millis;
use crate::queries::{Field, Wish};
use contract::CoworkerId;

/// A save that is sent again by itself, since the server had too many requests or cannot be reached.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PutOff {
    /// Not before.
    pub seconds: u32,
    /// What it is to save.
    pub fields: Vec<Field>,
}

/// What is to be done now.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Next {
    /// Send this.
    Send(CoworkerId, Wish),
    /// Nothing before this moment.
    At(Millis),
    /// Nothing, until something else happens.
    Nothing,
}

/// How many are how far.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Progress {
    /// Members in all.
    pub all: usize,
    /// Saved.
    pub done: usize,
    /// Not saved.
    pub failed: usize,
}
