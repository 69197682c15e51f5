//! Identifiers, one type per kind, so that a team's id cannot be passed where a member's is meant.

use crate::Unreadable;
use crate::json::{Read, Reader, Write, Writer};
use std::fmt;

/// A whole number, also one like 12.0 or "12": whoever has it written so means the same person or thing.
fn whole(json: &mut Reader<'_>) -> Result<i64, Unreadable> {
    let text = if json.is_text() { json.text()? } else { json.number()?.into() };
    let (whole, fraction) = text.split_once('.').unwrap_or((&text, ""));
    let whole = whole.parse().ok().filter(|_| fraction.bytes().all(|digit| digit == b'0'));
    whole.ok_or(Unreadable)
}

macro_rules! id {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub struct $name(pub i64);

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.fmt(f)
            }
        }

        impl Read for $name {
            fn read(json: &mut Reader<'_>) -> Result<Self, Unreadable> {
                whole(json).map(Self)
            }
        }

        impl Write for $name {
            fn write(&self, json: &mut Writer) {
                self.0.write(json);
            }
        }

        impl std::str::FromStr for $name {
            type Err = std::num::ParseIntError;
            fn from_str(text: &str) -> Result<Self, Self::Err> {
                text.parse().map(Self)
            }
        }
    };
}

id!(
    /// A login account. Several profiles may belong to one.
    UserId
);
id!(
    /// A customer record at a location: a profile, and also a member of teams (`coworkerId`, `memberId`).
    CoworkerId
);
id!(
    /// A team.
    TeamId
);
id!(
    /// A location (business).
    BusinessId
);
id!(
    /// A plan (tariff).
    TariffId
);

#[cfg(test)]
mod tests {
    use super::*;
    use crate::json;

    #[test]
    fn an_id_is_the_same_however_it_is_written_and_nothing_else_is_one() {
        for text in ["1400000012", "\"1400000012\"", "1400000012.0", "\"1400000012.00\""] {
            assert_eq!(json::read(text), Ok(CoworkerId(1_400_000_012)), "{text}");
        }
        assert_eq!(json::read("\"9007199254740993\""), Ok(TeamId(9_007_199_254_740_993)));
        for text in [
            "12.5",
            "1e3",
            "\"\"",
            "\"a\"",
            "\"1 2\"",
            "\".0\"",
            "null",
            "true",
            "[12]",
            "9223372036854775808",
        ] {
            assert_eq!(json::read::<CoworkerId>(text), Err(Unreadable), "{text}");
        }
    }
}
