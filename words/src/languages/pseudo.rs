//! A language for tests: English that can still be read, but is seen not to be English, and is 40 % longer.

/// What a letter becomes.
const ACCENTED: [(char, char); 10] = [
    ('a', 'á'),
    ('e', 'ë'),
    ('i', 'ï'),
    ('o', 'ô'),
    ('u', 'ü'),
    ('A', 'Å'),
    ('E', 'É'),
    ('I', 'Î'),
    ('O', 'Ø'),
    ('U', 'Û'),
];

/// How long the words are that make a text longer, with the space behind each.
const WORD: usize = 6;

/// An English text in it. Placeholders and forms stay what they are.
pub(super) fn of(english: &str) -> String {
    english.split('|').map(form).collect::<Vec<_>>().join("|")
}

fn form(english: &str) -> String {
    let mut in_placeholder = false;
    let mut letters = 0;
    let mut text: String = english
        .chars()
        .map(|c| {
            in_placeholder = c == '{' || (in_placeholder && c != '}');
            letters += usize::from(!in_placeholder && c != '}');
            match ACCENTED.iter().find(|(plain, _)| *plain == c) {
                Some((_, accented)) if !in_placeholder => *accented,
                _ => c,
            }
        })
        .collect();
    text.push_str(" ·");
    // In words, as a longer text would be.
    for at in 0..(letters * 2).div_ceil(5) {
        text.push(if at % WORD == WORD - 1 { ' ' } else { '~' });
    }
    text.trim_end().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_is_longer_by_two_fifths_and_keeps_its_placeholders() {
        assert_eq!(of("Sign in as {name}"), "Sïgn ïn ás {name} ·~~~~~");
        assert_eq!(of("{count} one|{count} many"), "{count} ônë ·~~|{count} mány ·~~");
    }
}
