//! Letters of any script. The browser has the tables for them, and they would weigh much; on a host, Rust's own are used.

#[cfg(target_arch = "wasm32")]
use js_sys::{JsString, RegExp};

/// Whether a character is a letter or a digit.
pub fn is_letter_or_digit(character: char) -> bool {
    if character.is_ascii() { character.is_ascii_alphanumeric() } else { is_one_beyond_ascii(character) }
}

/// The text in small letters.
pub fn small(text: &str) -> String {
    if text.is_ascii() { text.to_ascii_lowercase() } else { small_beyond_ascii(text) }
}

/// The text in capital letters.
pub fn capital(text: &str) -> String {
    if text.is_ascii() { text.to_ascii_uppercase() } else { capital_beyond_ascii(text) }
}

/// The text in small letters, each apart from its accents.
#[cfg(target_arch = "wasm32")]
pub fn small_and_taken_apart(text: &str) -> String {
    JsString::from(text).normalize("NFD").to_lower_case().into()
}

/// The text in small letters, each apart from its accents.
#[cfg(not(target_arch = "wasm32"))]
pub fn small_and_taken_apart(text: &str) -> String {
    icu_normalizer::DecomposingNormalizerBorrowed::new_nfd().normalize(text).to_lowercase()
}

#[cfg(target_arch = "wasm32")]
fn is_one_beyond_ascii(character: char) -> bool {
    RegExp::new(r"[\p{Alphabetic}\p{N}]", "u").test(character.encode_utf8(&mut [0; 4]))
}

#[cfg(target_arch = "wasm32")]
fn small_beyond_ascii(text: &str) -> String {
    JsString::from(text).to_lower_case().into()
}

#[cfg(target_arch = "wasm32")]
fn capital_beyond_ascii(text: &str) -> String {
    JsString::from(text).to_upper_case().into()
}

#[cfg(not(target_arch = "wasm32"))]
fn is_one_beyond_ascii(character: char) -> bool {
    character.is_alphanumeric()
}

#[cfg(not(target_arch = "wasm32"))]
fn small_beyond_ascii(text: &str) -> String {
    text.to_lowercase()
}

#[cfg(not(target_arch = "wasm32"))]
fn capital_beyond_ascii(text: &str) -> String {
    text.to_uppercase()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_and_digits_of_any_script_are_some_and_signs_are_none() {
        for some in "aZ0éßЖ中あكहि٣Ⅷ".chars() {
            assert!(is_letter_or_digit(some), "{some}");
        }
        for none in " -_.(“–—·€😀\u{301}".chars() {
            assert!(!is_letter_or_digit(none), "{none}");
        }
    }
}
