//! Signing in once without a password: with the token of a mailed link, with the code of the same mail, or with the
//! token of a completed reset.

use super::error::Refusal;
use super::jwt::SignIn;
use super::store::maybe;
use super::{Context, password, session, throttle};
use contract::OneTimeToken;
use contract::auth::TokenReply;
use rusqlite::params;

/// What codes are made of: no two of these are easily taken for one another.
const LETTERS: &[u8; 31] = b"23456789ABCDEFGHJKMNPQRSTUVWXYZ";
const LENGTH: usize = 8;
/// Under this name wrong codes are counted: they name nobody. It is no address, so it is none of the accounts'.
const ALL_CODES: &str = "codes";

/// A token for a user. With a code, where one is given, it is good for one of the two.
pub(super) fn issue(
    cx: &Context,
    user: i64,
    code: Option<&str>,
    seconds: i64,
) -> Result<OneTimeToken, Refusal> {
    let claims = SignIn::new(user, password::random_id()?, cx.now, seconds);
    let code = code.map(|code| session::fingerprint(&plain(code)));
    cx.tx.execute("DELETE FROM sign_in_tokens WHERE expires_at <= ?", [cx.now])?;
    cx.tx.execute(
        "INSERT INTO sign_in_tokens (jti, code, user_id, expires_at) VALUES (?, ?, ?, ?)",
        params![claims.jti, code, user, claims.exp * 1000],
    )?;
    OneTimeToken::new(cx.keys.sign(&claims)?).ok_or(Refusal::Fault)
}

/// Voids what a user could still sign in with.
pub(super) fn void(cx: &Context, user: i64) -> Result<(), Refusal> {
    cx.tx.execute("DELETE FROM sign_in_tokens WHERE user_id = ?", [user])?;
    Ok(())
}

/// An ordinary session for whoever the token or the code is of; 401 for anything else, 429 after too many wrong codes.
pub(super) fn redeem(cx: &Context, text: &str) -> Result<TokenReply, Refusal> {
    let user = match cx.keys.read::<SignIn>(text) {
        Some(claims) => use_up(cx, "jti", &claims.jti)?,
        None => by_code(cx, text)?,
    };
    let user = user.ok_or(Refusal::Unauthorized)?;
    if session::operator_if_active(cx, user)?.is_none() || session::current_profile(cx, user)?.is_none() {
        return Err(Refusal::Unauthorized);
    }
    session::begin_unnamed(cx, user, None)
}

fn by_code(cx: &Context, text: &str) -> Result<Option<i64>, Refusal> {
    let code = plain(text);
    if code.len() != LENGTH {
        return Ok(None);
    }
    throttle::check(cx, ALL_CODES)?;
    let user = use_up(cx, "code", &session::fingerprint(&code))?;
    if user.is_none() {
        throttle::wrong(cx, ALL_CODES)?;
    }
    Ok(user)
}

/// One statement finds it unused and uses it up, so of two at the same time one gets nothing.
fn use_up(cx: &Context, by: &'static str, value: &str) -> Result<Option<i64>, Refusal> {
    let statement = format!("DELETE FROM sign_in_tokens WHERE {by} = ? AND expires_at > ? RETURNING user_id");
    maybe(cx.tx.query_row(&statement, params![value, cx.now], |row| row.get(0)))
}

/// A code that nobody can guess, in two groups.
pub(super) fn new_code() -> Result<String, Refusal> {
    let mut code = String::with_capacity(LENGTH + 1);
    while code.len() <= LENGTH {
        let bytes =
            password::random::<16>().ok_or_else(|| Refusal::fault("randomness", &"none to be had"))?;
        for letter in bytes.iter().filter_map(letter) {
            if code.len() == LENGTH / 2 {
                code.push('-');
            }
            code.push(letter);
        }
    }
    code.truncate(LENGTH + 1);
    Ok(code)
}

/// The letter of a random byte; `None` for the few that would make some letters likelier than others.
fn letter(byte: &u8) -> Option<char> {
    let even = 256 - 256 % LETTERS.len();
    let byte = usize::from(*byte);
    LETTERS.get(byte % LETTERS.len()).filter(|_| byte < even).map(|letter| char::from(*letter))
}

/// A code as it is compared, however it was typed.
fn plain(code: &str) -> String {
    code.chars().filter(char::is_ascii_alphanumeric).map(|letter| letter.to_ascii_uppercase()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn every_letter_is_as_likely_as_any_other() {
        let mut count = std::collections::BTreeMap::new();
        for letter in (0..=u8::MAX).filter_map(|byte| letter(&byte)) {
            *count.entry(letter).or_insert(0) += 1;
        }
        assert_eq!(count.len(), LETTERS.len());
        assert!(count.values().all(|times| *times == 8), "{count:?}");
    }

    #[test]
    fn a_code_is_two_groups_of_four() {
        for _ in 0..1000 {
            let code = new_code().unwrap();
            let (left, right) = code.split_once('-').unwrap();
            assert_eq!((left.len(), right.len()), (4, 4), "{code}");
            assert!(plain(&code).bytes().all(|letter| LETTERS.contains(&letter)), "{code}");
        }
    }

    proptest! {
        #[test]
        fn a_code_is_the_same_however_it_is_typed(lower: bool, gaps in prop::collection::vec("[ -]{0,2}", 9)) {
            let code = new_code().unwrap();
            let typed = if lower { code.to_lowercase() } else { code.clone() };
            let typed: String =
                typed.chars().zip(&gaps).flat_map(|(letter, gap)| gap.chars().chain([letter])).collect();
            prop_assert_eq!(plain(&typed), plain(&code));
        }
    }
}
