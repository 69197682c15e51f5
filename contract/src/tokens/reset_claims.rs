use super::ResetToken;
use crate::Unreadable;
use crate::json::{self, Read, Reader};

/// The claims that may hold the e-mail address, the likeliest first. Which one the API uses is not documented.
const ADDRESSES: [&str; 4] = ["email", "unique_name", "username", "sub"];

/// What a reset token says of itself: good enough to show, and no proof of anything. Only the server can tell whether
/// it is genuine.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ResetClaims {
    /// Whose password it is about; `None` when it does not say.
    pub email: Option<String>,
    /// When it ends, in seconds since 1970; `None` when it does not say.
    pub expires_at: Option<i64>,
}

impl ResetToken {
    /// Reads the claims of a JWT without asking whether they are true; `None` when it is none.
    pub fn claims(&self) -> Option<ResetClaims> {
        let mut parts = self.expose().trim().split('.');
        let (Some(_), Some(payload), Some(_), None) =
            (parts.next(), parts.next(), parts.next(), parts.next())
        else {
            return None;
        };
        let payload = String::from_utf8(base64url(payload)?).ok()?;
        json::read(&payload).ok()
    }
}

impl Read for ResetClaims {
    fn read(json: &mut Reader<'_>) -> Result<Self, Unreadable> {
        let mut addresses: [Option<String>; 4] = Default::default();
        let mut expires_at = None;
        json.object(&mut |key, json| {
            let place = ADDRESSES.iter().position(|name| name.eq_ignore_ascii_case(key));
            match place.and_then(|place| addresses.get_mut(place)) {
                Some(address) => *address = json.attempt::<String>()?.filter(|text| text.contains('@')),
                None if key == "exp" => expires_at = seconds(json)?,
                None => json.skip()?,
            }
            Ok(())
        })?;
        Ok(Self { email: addresses.into_iter().flatten().next(), expires_at })
    }
}

/// A number of seconds, of which JWT allows fractions; `None` for anything else.
fn seconds(json: &mut Reader<'_>) -> Result<Option<i64>, Unreadable> {
    let whole = json.clone().number().ok().and_then(|number| number.split('.').next()?.parse().ok());
    json.skip().map(|()| whole)
}

/// Decodes base64 with the letters of addresses; the filling at the end may be there or not.
fn base64url(text: &str) -> Option<Vec<u8>> {
    let text = text.trim_end_matches('=');
    let mut bytes = Vec::with_capacity(text.len() * 3 / 4);
    let (mut bits, mut held) = (0_u32, 0_u32);
    for letter in text.bytes() {
        let value = match letter {
            b'A'..=b'Z' => letter - b'A',
            b'a'..=b'z' => letter - b'a' + 26,
            b'0'..=b'9' => letter - b'0' + 52,
            b'-' => 62,
            b'_' => 63,
            _ => return None,
        };
        bits = (bits << 6 | u32::from(value)) & 0xfff;
        held += 6;
        if held >= 8 {
            held -= 8;
            bytes.push((bits >> held) as u8);
        }
    }
    // One letter alone holds no byte.
    (held < 6).then_some(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn encoded(bytes: &[u8]) -> String {
        const LETTERS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
        let mut text = String::new();
        for chunk in bytes.chunks(3) {
            let word =
                chunk.iter().chain([&0; 2]).take(3).fold(0, |word, byte| word << 8 | usize::from(*byte));
            text.extend((0..=chunk.len()).map(|at| char::from(LETTERS[word >> (18 - 6 * at) & 63])));
        }
        text
    }

    fn claims(payload: &str) -> Option<ResetClaims> {
        ResetToken::new(format!("head.{}.signature", encoded(payload.as_bytes()))).unwrap().claims()
    }

    #[test]
    fn the_address_and_the_end_are_read_without_asking_whether_they_are_true() {
        let of = |email: &str, expires_at| ResetClaims { email: Some(email.into()), expires_at };
        assert_eq!(
            claims(r#"{"sub":"9003","email":"jane@example.com","exp":1700000000,"aud":["a"]}"#),
            Some(of("jane@example.com", Some(1_700_000_000)))
        );
        assert_eq!(
            claims(r#"{"Unique_Name":"zoë@example.com","exp":17.5}"#),
            Some(of("zoë@example.com", Some(17)))
        );
        let nothing = ResetClaims { email: None, expires_at: None };
        assert_eq!(claims(r#"{"sub":9003,"email":null,"exp":"soon"}"#), Some(nothing));
    }

    #[test]
    fn a_token_that_the_specification_shows_is_read() {
        // The example of RFC 7519, section 3.1.
        let token = "eyJ0eXAiOiJKV1QiLA0KICJhbGciOiJIUzI1NiJ9.eyJpc3MiOiJqb2UiLA0KICJleHAiOjEzMDA4MTkzODAsDQogImh0dHA6Ly9leGFtcGxlLmNvbS9pc19yb290Ijp0cnVlfQ.dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";
        let claims = ResetToken::new(token).unwrap().claims().unwrap();
        assert_eq!(claims, ResetClaims { email: None, expires_at: Some(1_300_819_380) });
    }

    #[test]
    fn what_is_no_token_has_no_claims() {
        let payload = encoded(br#"{"email":"jane@example.com"}"#);
        let broken = [
            "x".into(),
            payload.clone(),
            format!("head.{payload}"),
            format!("head.{payload}.sign.more"),
            format!("head.{payload}!.sign"),
            format!("head.{}.sign", &payload[..payload.len() - 1]),
            format!("head.{}.sign", encoded(b"[1]")),
            format!("head.{}.sign", encoded(&[0xff, 0xfe])),
            "head..sign".into(),
        ];
        for text in broken {
            assert_eq!(ResetToken::new(text.clone()).unwrap().claims(), None, "{text}");
        }
    }

    proptest! {
        #[test]
        fn whatever_is_encoded_is_decoded(bytes in prop::collection::vec(any::<u8>(), 0..40), filled: bool) {
            let mut text = encoded(&bytes);
            while filled && !text.len().is_multiple_of(4) {
                text.push('=');
            }
            prop_assert_eq!(base64url(&text), Some(bytes));
        }

        #[test]
        fn no_text_at_all_breaks_the_reader(text in "\\PC{0,60}|([A-Za-z0-9_-]{0,20}\\.){2}[A-Za-z0-9_-]{0,20}") {
            if let Some(token) = ResetToken::new(text) {
                let _ = token.claims();
            }
        }
    }
}
