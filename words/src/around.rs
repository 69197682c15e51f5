/// A text in two pieces, for a view that puts an element between them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Around {
    /// What stands before the element.
    pub before: &'static str,
    /// What stands after it.
    pub after: &'static str,
}

impl Around {
    /// Cuts at the placeholder. A template without it has everything before.
    pub(crate) fn of(template: &'static str, slot: &str) -> Self {
        let cut = template.find(&format!("{{{slot}}}"));
        let pieces = cut.and_then(|at| Some((template.get(..at)?, template.get(at + slot.len() + 2..)?)));
        let (before, after) = pieces.unwrap_or((template, ""));
        Self { before, after }
    }

    /// The whole text, where an element is not possible.
    pub fn with(self, value: &str) -> String {
        [self.before, value, self.after].concat()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_is_cut_at_its_placeholder_and_the_whole_is_the_same_again() {
        let around = Around::of("Als {name} anmelden", "name");
        assert_eq!((around.before, around.after), ("Als ", " anmelden"));
        assert_eq!(around.with("Ana"), "Als Ana anmelden");
        assert_eq!(Around::of("nothing", "name").with("!"), "nothing!");
    }
}
