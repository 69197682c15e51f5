//! The languages other than English, and the files that the portal fetches.

mod de;
mod es;
mod fr;
mod it;
mod pseudo;
mod pt;

use crate::{FINGERPRINT, Language, Messages};

/// Every language that has a file.
pub const FILED: [Language; 6] = [
    Language::Spanish,
    Language::French,
    Language::German,
    Language::Italian,
    Language::Portuguese,
    Language::Pseudo,
];

/// The file of a language: what tells the messages that it was made for, then one message a line.
pub fn file(language: Language) -> String {
    let texts: Vec<String> = match messages(language) {
        Some(messages) => messages.list().into_iter().map(|(_, text)| text.to_owned()).collect(),
        None => Messages::ENGLISH.list().into_iter().map(|(_, text)| pseudo::of(text)).collect(),
    };
    let mut file = format!("{FINGERPRINT:x}\n");
    for text in texts {
        file.push_str(&text);
        file.push('\n');
    }
    file
}

/// The place of a message in every file, and its English; `None` when none is named so (as in `sign_in::title`).
pub fn look_up(name: &str) -> Option<(usize, &'static str)> {
    let list = Messages::ENGLISH.list().into_iter().enumerate();
    list.into_iter().find_map(|(at, (each, text))| (each == name).then_some((at, text)))
}

/// Every message, as in `sign_in::title`.
pub fn names() -> impl Iterator<Item = String> {
    Messages::ENGLISH.list().into_iter().map(|(name, _)| name)
}

/// The messages in a language; `None` for the one that is made out of English.
fn messages(language: Language) -> Option<Messages> {
    match language {
        Language::English => Some(Messages::ENGLISH),
        Language::Spanish => Some(es::MESSAGES),
        Language::French => Some(fr::MESSAGES),
        Language::German => Some(de::MESSAGES),
        Language::Italian => Some(it::MESSAGES),
        Language::Portuguese => Some(pt::MESSAGES),
        Language::Pseudo => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    fn placeholders(text: &str) -> BTreeSet<&str> {
        text.split('{').skip(1).filter_map(|rest| rest.split_once('}').map(|(name, _)| name)).collect()
    }

    #[test]
    fn every_text_has_the_placeholders_and_forms_of_its_english() {
        for language in FILED {
            let file = file(language);
            for ((name, english), text) in Messages::ENGLISH.list().into_iter().zip(file.lines().skip(1)) {
                let tag = language.tag();
                assert!(!text.trim().is_empty(), "{tag} {name} says nothing");
                assert_eq!(placeholders(text), placeholders(english), "{tag} {name}: {text}");
                let forms = |text: &str| text.split('|').count();
                assert_eq!(forms(text), forms(english), "{tag} {name}: {text}");
                assert!(forms(text) <= 2, "{tag} {name} has more than two forms: {text}");
                if let Some((one, other)) = text.split_once('|') {
                    assert!(placeholders(one).is_subset(&placeholders(other)), "{tag} {name}: {text}");
                }
            }
        }
    }

    #[test]
    fn french_keeps_its_signs_with_the_word_before_them() {
        for (name, text) in fr::MESSAGES.list() {
            for (at, sign) in text.match_indices([':', ';', '!', '?']) {
                let (before, after) = text.split_at(at);
                let space = if sign == ":" { '\u{a0}' } else { '\u{202f}' };
                assert!(before.ends_with(space) || after.starts_with("://"), "{name}: {text}");
            }
        }
    }

    #[test]
    fn a_file_is_installed_and_english_comes_back() {
        let file: &'static str = file(Language::Pseudo).leak();
        let english = crate::frame::skip_link();
        assert_eq!(crate::install(Some(file)), Ok(()));
        assert_ne!(crate::frame::skip_link(), english);
        assert_eq!(crate::install(None), Ok(()));
        assert_eq!(crate::frame::skip_link(), english);
    }

    #[test]
    fn no_text_breaks_the_lines_of_its_file() {
        for (name, text) in Messages::ENGLISH.list() {
            assert!(!text.contains('\n') && text.trim() == text, "{name}");
        }
    }
}
