//! Identifiers, one type per kind, so that a team's id cannot be passed where a member's is meant.

use crate::Unreadable;
use crate::json::{Read, Reader, Write, Writer};
use std::fmt;

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
                json.read().map(Self)
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
