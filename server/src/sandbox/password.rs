//! Passwords, hashed with Argon2id. The cost is low on purpose: this is a sandbox with one published password, and
//! tests sign in thousands of times.

use argon2::{Algorithm, Argon2, Params, Version};
use std::fmt::Write;

const MEMORY_KIB: u32 = 256;
const PASSES: u32 = 1;
const SALT: usize = 16;
const HASH: usize = 32;

/// Fills an array with what nobody can guess. `None` when the system has no randomness to give.
pub(super) fn random<const N: usize>() -> Option<[u8; N]> {
    let mut bytes = [0; N];
    getrandom::fill(&mut bytes).ok().map(|()| bytes)
}

/// 32 hexadecimal digits that nobody can guess.
pub(super) fn random_id() -> Result<String, super::Refusal> {
    let bytes = random::<16>().ok_or_else(|| super::Refusal::fault("randomness", &"none to be had"))?;
    Ok(hex(&bytes))
}

pub(super) fn hex(bytes: &[u8]) -> String {
    bytes.iter().fold(String::with_capacity(bytes.len() * 2), |mut text, byte| {
        let _ = write!(text, "{byte:02x}");
        text
    })
}

fn digest(password: &str, salt: &[u8]) -> Option<[u8; HASH]> {
    let params = Params::new(MEMORY_KIB, PASSES, 1, Some(HASH)).ok()?;
    let mut hash = [0; HASH];
    let argon2 = Argon2::new(Algorithm::Argon2id, Version::V0x13, params);
    argon2.hash_password_into(password.as_bytes(), salt, &mut hash).ok().map(|()| hash)
}

/// Salt and hash, as they are stored.
pub(super) fn hash(password: &str) -> Option<Vec<u8>> {
    let salt = random::<SALT>()?;
    let hash = digest(password, &salt)?;
    Some([salt.as_slice(), hash.as_slice()].concat())
}

/// True when the password is right. Without a stored hash (an unknown account) it works as long and says no.
pub(super) fn verify(password: &str, stored: Option<&[u8]>) -> bool {
    let (salt, expected) =
        stored.and_then(|stored| stored.split_at_checked(SALT)).unwrap_or((&[0; SALT], &[]));
    let Some(found) = digest(password, salt) else { return false };
    let differing = found.iter().zip(expected).fold(0, |acc, (a, b)| acc | (a ^ b));
    expected.len() == HASH && differing == 0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_right_password_of_a_known_account_is_right() {
        let stored = hash("harbour-demo").unwrap();
        assert!(verify("harbour-demo", Some(&stored)));
        assert!(!verify("Harbour-demo", Some(&stored)));
        assert!(!verify("", Some(&stored)));
        assert!(!verify("harbour-demo", None));
        assert!(!verify("harbour-demo", Some(&stored[..SALT])));
    }
}
