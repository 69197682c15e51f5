//! Signing in, choosing who to be, acting as another.

pub mod sign_in;
