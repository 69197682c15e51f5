//! Kinds of customers in words.

use contract::coworkers::CoworkerKind;

/// The kind in one word.
pub fn kind_name(kind: CoworkerKind) -> &'static str {
    match kind {
        CoworkerKind::Individual => words::home::individual(),
        CoworkerKind::Company => words::home::company(),
    }
}
