//! The signed-in person's own section.

pub mod team;
