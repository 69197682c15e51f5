//! The teams a person administers.

pub mod permissions;
