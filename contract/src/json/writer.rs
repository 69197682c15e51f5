use super::Write;

/// A text of JSON that is being written.
#[derive(Default)]
pub struct Writer(String);

impl Writer {
    pub(super) fn text(self) -> String {
        self.0
    }

    /// An object: `fields` writes them.
    pub fn object(&mut self, fields: &mut dyn FnMut(&mut Self)) {
        self.0.push('{');
        fields(self);
        self.0.push('}');
    }

    /// A field of the object that is being written.
    pub fn field(&mut self, key: &str, value: &dyn Write) {
        self.separate();
        self.quoted(key);
        self.0.push(':');
        value.write(self);
    }

    /// A list: `items` writes them.
    pub fn list(&mut self, items: &mut dyn FnMut(&mut Self)) {
        self.0.push('[');
        items(self);
        self.0.push(']');
    }

    /// An item of the list that is being written.
    pub fn item(&mut self, value: &dyn Write) {
        self.separate();
        value.write(self);
    }

    /// A text.
    pub fn quoted(&mut self, text: &str) {
        self.0.push('"');
        for c in text.chars() {
            match c {
                '"' | '\\' => self.0.extend(['\\', c]),
                '\n' => self.0.push_str("\\n"),
                '\r' => self.0.push_str("\\r"),
                '\t' => self.0.push_str("\\t"),
                ..' ' => {
                    let digit = |code: u32| char::from_digit(code, 16).unwrap_or_default();
                    self.0.push_str("\\u00");
                    self.0.extend([digit(u32::from(c) >> 4), digit(u32::from(c) & 15)]);
                }
                _ => self.0.push(c),
            }
        }
        self.0.push('"');
    }

    /// A number, a truth or `null`.
    pub(super) fn plain(&mut self, text: &str) {
        self.0.push_str(text);
    }

    /// No value ends with what a list or an object begins with.
    fn separate(&mut self) {
        if !self.0.ends_with(['{', '[']) {
            self.0.push(',');
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::{read, write};
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn serde_json_reads_what_it_writes(texts in prop::collection::vec(any::<String>(), 0..4), number: i64) {
            let written = write(&(texts.clone(), number));
            let (read_texts, read_number): (Vec<String>, i64) = serde_json::from_str(&written).unwrap();
            prop_assert_eq!((read_texts, read_number), (texts, number));
        }

        #[test]
        fn what_is_written_reads_as_it_was(texts in prop::collection::vec(any::<Option<String>>(), 0..4)) {
            prop_assert_eq!(read::<Vec<Option<String>>>(&write(&texts)), Ok(texts));
        }
    }

    #[test]
    fn a_list_in_a_list_and_a_bracket_in_a_text_are_kept_apart() {
        assert_eq!(write(&vec![vec![1_i64, 2], vec![], vec![3]]), "[[1,2],[],[3]]");
        assert_eq!(write(&vec!["[".to_owned(), "{".to_owned()]), r#"["[","{"]"#);
    }
}
