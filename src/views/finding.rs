//! Finding people by what is typed.

/// The words that were typed, each of which has to be found somewhere, in any order and whatever its case.
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

    /// Whether all words are in a text that was [`folded`].
    pub fn are_in(&self, sought: &str) -> bool {
        self.0.iter().all(|word| sought.contains(word.as_str()))
    }
}

/// Text without case.
pub fn folded(text: &str) -> String {
    text.to_lowercase()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_word_has_to_be_there_in_any_order_and_case() {
        let sought = folded("Zoë Ng Acme");
        for typed in ["zoë", "NG", "ng zo", "acme", "  "] {
            assert!(Words::new(typed).are_in(&sought), "{typed}");
        }
        assert!(!Words::new("zoë ana").are_in(&sought));
    }
}
