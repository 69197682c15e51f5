//! What a form says of a try.

use crate::api::ApiError;

/// A sentence that can be said again in another language.
#[derive(Clone)]
pub enum Told {
    /// Always the same words.
    Words(fn() -> &'static str),
    /// What there is to say about a text.
    About(String, fn(&str) -> String),
    /// What there is to say of an error.
    Error(ApiError, fn(&ApiError) -> String),
}

impl Told {
    /// The sentence in the language that is spoken.
    pub fn sentence(&self) -> String {
        match self {
            Self::Words(words) => words().to_owned(),
            Self::About(text, tell) => tell(text),
            Self::Error(error, tell) => tell(error),
        }
    }
}
