//! The header `client_id`.

use percent_encoding::{AsciiSet, CONTROLS, utf8_percent_encode};

/// What no header may hold. Beyond ASCII everything is encoded.
const UNSENDABLE: &AsciiSet = &CONTROLS.add(b' ');

/// What the name begins with under which this portal asks for sessions.
const PORTAL: &str = "nexudus.portal.";

/// The name under which this portal asks for the sessions of one e-mail address; refresh tokens are bound to it. It is sent
/// as a header, so an address beyond ASCII is encoded; and it tells accounts apart, so capital letters are small ones.
pub fn client_id(email: &str) -> String {
    sendable(&format!("{PORTAL}{}", email.to_ascii_lowercase()))
}

/// The `client_id` of a session that was issued without one: the account's e-mail address.
pub fn unnamed_client_id(email: &str) -> String {
    sendable(email)
}

/// The account that a `client_id` tells: its e-mail address, as far as that can be sent.
pub fn account_of(client_id: &str) -> &str {
    client_id.strip_prefix(PORTAL).unwrap_or(client_id)
}

/// The other name that a session which was issued without one may be bound to; `None` for one that had a name.
pub fn other_client_id(client_id: &str) -> Option<String> {
    (!client_id.starts_with(PORTAL)).then(|| format!("{PORTAL}{client_id}"))
}

/// The same `client_id`, unless no header can hold it: then one that the server does not know.
pub(super) fn sendable(client_id: &str) -> String {
    utf8_percent_encode(client_id, UNSENDABLE).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::auth::RefreshGrant;
    use crate::{Endpoint, RefreshToken, fits_header};
    use proptest::prelude::*;

    #[test]
    fn every_address_makes_a_client_id_that_can_be_sent_and_an_ordinary_one_stays_readable() {
        assert_eq!(client_id("ana+1%x@example.com"), "nexudus.portal.ana+1%x@example.com");
        assert_eq!(client_id("Ana@Example.com"), client_id("ana@example.com"));
        assert_eq!(client_id("zoë@example.com"), "nexudus.portal.zo%C3%AB@example.com");
        assert_eq!(client_id("łukasz x\n@\u{7f}"), "nexudus.portal.%C5%82ukasz%20x%0A@%7F");
    }

    #[test]
    fn both_names_of_a_session_tell_the_same_account() {
        let (named, unnamed) = (client_id("Zoë@example.com"), unnamed_client_id("zoë@example.com"));
        assert_eq!(unnamed, "zo%C3%AB@example.com");
        assert_eq!([account_of(&named), account_of(&unnamed)], [&*unnamed; 2]);
        assert_eq!((other_client_id(&named), other_client_id(&unnamed)), (None, Some(named)));
    }

    #[test]
    fn a_session_that_was_kept_under_an_odd_address_is_refused_and_not_waited_for() {
        let header = |client_id: &str| {
            let refresh_token = RefreshToken::new("r").unwrap();
            RefreshGrant { client_id: client_id.into(), refresh_token }.headers()
        };
        assert_eq!(header("nexudus.portal.zoë@x"), [("client_id", client_id("zoë@x"))]);
        assert_eq!(header("nexudus.portal.Zoe%@x"), [("client_id", "nexudus.portal.Zoe%@x".to_owned())]);
    }

    proptest! {
        #[test]
        fn no_address_is_too_odd_to_be_sent(email in any::<String>()) {
            prop_assert!(fits_header(&client_id(&email)));
        }
    }
}
