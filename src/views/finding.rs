//! Finding people by what is typed.

use crate::letters;

/// The words that were typed, each of which has to be found somewhere, in any order, whatever case and accents.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Words(Vec<String>);

impl Words {
    /// Takes what was typed apart. Nothing typed finds everybody.
    pub fn new(typed: &str) -> Self {
        Self(folded(typed).split_whitespace().map(ToOwned::to_owned).collect())
    }

    /// Whether nothing was typed.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The words, without case and accents.
    pub fn iter(&self) -> impl Iterator<Item = &str> {
        self.0.iter().map(String::as_str)
    }

    /// Whether all words are in a text that was [`folded`].
    pub fn are_in(&self, sought: &str) -> bool {
        self.0.iter().all(|word| sought.contains(word.as_str()))
    }
}

/// Text without case and accents, also of the letters that Unicode does not take apart.
pub fn folded(text: &str) -> String {
    if text.is_ascii() {
        return text.to_ascii_lowercase();
    }
    let taken_apart = letters::small_and_taken_apart(text);
    let mut folded = String::with_capacity(text.len());
    let mut rest = taken_apart.as_str();
    // What is ASCII is taken over in one piece: of most names that is all.
    while let Some((plain, beyond)) =
        rest.find(|letter: char| !letter.is_ascii()).and_then(|at| rest.split_at_checked(at))
    {
        folded.push_str(plain);
        let mut letters = beyond.chars();
        match letters.next().unwrap_or_default() {
            '\u{300}'..='\u{36f}' | '\u{1ab0}'..='\u{1aff}' | '\u{1dc0}'..='\u{1dff}' => {}
            // At the end of a word it is written in another way.
            'ς' => folded.push('σ'),
            'ß' => folded.push_str("ss"),
            'æ' => folded.push_str("ae"),
            'œ' => folded.push_str("oe"),
            'þ' => folded.push_str("th"),
            'ø' => folded.push('o'),
            'ł' => folded.push('l'),
            'đ' | 'ð' => folded.push('d'),
            'ı' => folded.push('i'),
            other => folded.push(other),
        }
        rest = letters.as_str();
    }
    folded.push_str(rest);
    folded
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn every_word_has_to_be_there_in_any_order_and_case() {
        let sought = folded("Zoë Ng Acme");
        for typed in ["zoë", "zoe", "NG", "ng zo", "acme", "ZOÉ", "  "] {
            assert!(Words::new(typed).are_in(&sought), "{typed}");
        }
        assert!(!Words::new("zoë ana").are_in(&sought));
    }

    #[test]
    fn names_are_found_as_they_are_typed_on_any_keyboard() {
        let found = [
            ("Sofia Nowak-Żółkiewska", "zolkiewska"),
            ("Björn Þórsson", "bjorn thorsson"),
            ("Søren Weiß", "soren weiss"),
            ("Ḡørčhÿ", "gorchy"),
            ("İpek Işık", "ipek isik"),
            ("Nguyễn Văn Đức", "nguyen van duc"),
            ("Αθηνά", "αθηνα"),
            ("Γιώργος Σ", "γιωργοσ σ"),
        ];
        for (name, typed) in found {
            assert!(Words::new(typed).are_in(&folded(name)), "{typed} in {name}: {}", folded(name));
        }
    }

    proptest! {
        #[test]
        fn a_name_is_found_by_itself_and_whatever_its_case(name in "\\PC{0,20}") {
            prop_assert!(Words::new(&name).are_in(&folded(&name)));
            prop_assert!(Words::new(&folded(&name)).are_in(&folded(&name)));
        }
    }
}
