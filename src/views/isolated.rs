//! Names in sentences.

/// A name that does not turn the direction of what stands around it. Where nothing in it could, it is as it is.
pub(super) fn isolated(name: String) -> String {
    // A name in a script that is written from right to left needs none of it; marks that turn whatever follows do.
    let turns = |c: char| matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    if !name.contains(turns) {
        return name;
    }
    // What was opened in the name is closed in it, or would swallow the mark that ends it.
    let open =
        name.chars().filter(|c| matches!(c, '\u{202a}' | '\u{202b}' | '\u{202d}' | '\u{202e}')).count();
    format!("\u{2068}{name}{}\u{2069}", "\u{202c}".repeat(open))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_names_that_could_turn_something_are_wrapped() {
        assert_eq!(isolated("Zoë Ng".into()), "Zoë Ng");
        assert_eq!(isolated("evil \u{202e}txt.exe".into()), "\u{2068}evil \u{202e}txt.exe\u{202c}\u{2069}");
        assert_eq!(isolated("דנה".into()), "דנה");
    }
}
