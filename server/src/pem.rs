//! Certificates and keys as files of text. Each error is a sentence about the file, without its name.

use rustls::pki_types::pem::{Error, PemObject};
use rustls::pki_types::{CertificateDer, PrivateKeyDer};
use std::path::Path;

/// The certificates in a file, at least one.
///
/// # Errors
/// Why there are none.
pub(crate) fn certificates(path: &Path) -> Result<Vec<CertificateDer<'static>>, String> {
    let what = "certificate";
    let all = CertificateDer::pem_file_iter(path).and_then(Iterator::collect::<Result<Vec<_>, _>>);
    let all = all.map_err(|error| said(&error, what))?;
    if all.is_empty() { Err(said(&Error::NoItemsFound, what)) } else { Ok(all) }
}

/// The first private key in a file.
///
/// # Errors
/// Why there is none.
pub(crate) fn private_key(path: &Path) -> Result<PrivateKeyDer<'static>, String> {
    let text = std::fs::read(path).map_err(|error| error.to_string())?;
    PrivateKeyDer::from_pem_slice(&text).map_err(|error| {
        let is_locked = text.windows(LOCKED.len()).any(|part| part == LOCKED);
        if is_locked { "it is locked with a password".to_owned() } else { said(&error, "private key") }
    })
}

/// What stands in a key that nobody can read without a password, also in the older form, "Proc-Type: 4,ENCRYPTED".
const LOCKED: &[u8] = b"ENCRYPTED";

/// Marks and lines are bytes to the library, and are told as such.
fn said(error: &Error, what: &str) -> String {
    match error {
        Error::NoItemsFound => format!("there is no {what} in it"),
        Error::MissingSectionEnd { .. } => format!("the end of a {what} is missing"),
        Error::IllegalSectionStart { .. } => format!("the first line of a {what} is none"),
        Error::Io(error) => error.to_string(),
        error => error.to_string(),
    }
}
