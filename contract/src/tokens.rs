//! Secrets. None of them can be shown, logged or written as JSON by accident: no `Display`, no `Serialize`,
//! and a `Debug` that hides the value. Each kind is a type of its own, so one cannot be sent for another:
//!
//! ```compile_fail,E0308
//! # use contract::{AccessToken, ImpersonationToken};
//! fn send(bearer: AccessToken) {}
//! send(ImpersonationToken::new("secret").unwrap());
//! ```
//!
//! ```
//! # use contract::{AccessToken, ImpersonationToken};
//! fn send(bearer: AccessToken) {}
//! send(AccessToken::new("secret").unwrap());
//! ```

mod reset_claims;

use crate::Unreadable;
use crate::json::{Read, Reader};
use std::fmt;

pub use reset_claims::ResetClaims;

/// An example that is compiled for each kind of token by itself: one that may be shown would not hide behind another.
macro_rules! example {
    ($kind:literal, $name:ident, $($line:literal),+) => {
        concat!(
            "```", $kind, "\n",
            "let token = contract::", stringify!($name), "::new(\"secret\").unwrap();\n",
            $($line, "\n",)+
            "```\n"
        )
    };
}

macro_rules! token {
    ($(#[$doc:meta])* $name:ident $(, $fits:path)?) => {
        $(#[$doc])*
        ///
        /// It is neither shown nor written as JSON; only what `expose` gives is:
        ///
        #[doc = example!("compile_fail,E0277", $name, "format!(\"{}\", token);")]
        #[doc = example!("compile_fail,E0277", $name, "contract::json::write(&token);")]
        #[doc = example!("", $name, "format!(\"{}\", token.expose());", "contract::json::write(token.expose());")]
        #[derive(Clone, PartialEq, Eq)]
        pub struct $name(String);

        impl $name {
            /// Takes a secret in. An empty text is no secret, nor is one that could not be sent: `None`.
            pub fn new(secret: impl Into<String>) -> Option<Self> {
                let secret = secret.into();
                (!secret.trim().is_empty() $(&& $fits(&secret))?).then_some(Self(secret))
            }

            /// The secret itself: only for the header, body or path that the contract puts it in.
            pub fn expose(&self) -> &str {
                &self.0
            }
        }

        impl Read for $name {
            fn read(json: &mut Reader<'_>) -> Result<Self, Unreadable> {
                Self::new(json.text()?).ok_or(Unreadable)
            }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(concat!(stringify!($name), "(…)"))
            }
        }
    };
}

/// Whether every browser sends a text as the value of a header, and as it is.
pub fn fits_header(text: &str) -> bool {
    text.bytes().all(|byte| matches!(byte, b' '..=b'~'))
}

token!(
    /// The bearer of a session.
    AccessToken,
    fits_header
);
token!(
    /// Renews a session once; bound to the `client_id` it was issued for.
    RefreshToken
);
token!(
    /// Can be exchanged once for a session as another person. Never a bearer.
    ImpersonationToken
);
token!(
    /// Can be exchanged once for a session, whatever it comes from: an impersonation, the link of a mail, a code that
    /// somebody typed, a completed reset. Never a bearer.
    OneTimeToken
);
token!(
    /// Lets its holder choose a new password once. Never a bearer, and nothing to exchange.
    ResetToken
);

impl From<ImpersonationToken> for OneTimeToken {
    fn from(token: ImpersonationToken) -> Self {
        Self(token.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sec_29_debug_output_never_shows_the_secret() {
        let token = AccessToken::new("very-secret").unwrap();
        assert_eq!(format!("{token:?}"), "AccessToken(…)");
        assert_eq!(token.expose(), "very-secret");
    }

    #[test]
    fn a_blank_text_is_no_token() {
        assert_eq!(ImpersonationToken::new("  "), None);
    }
}
