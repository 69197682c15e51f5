//! Who is to become a member, as typed or pasted.

use crate::letters::{is_letter_or_digit, small};
use contract::teams::{NewMember, NewMembers};
use words::members as say;

/// A line of what was typed: its number, from 1, and either a person or why it is none.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    /// Counted from 1, empty lines too, as an editor counts.
    pub number: usize,
    /// The line as it stands there, without white space around it.
    pub text: String,
    /// Whom it names.
    pub person: Result<NewMember, String>,
}

/// Reads a person per line: name and e-mail address with a tab (as spreadsheets copy cells), a semicolon or a comma
/// between them, in either order, or `Name <address>`. A name may fill several cells, all on one side of the address.
/// Empty lines and a line of headings are passed over.
pub fn read(text: &str) -> Vec<Line> {
    let mut lines: Vec<Line> = Vec::new();
    // The right ones, at most as many as may be added at once.
    let mut known: Vec<(String, usize)> = Vec::new();
    for (number, text) in (1..).zip(text.lines()) {
        let text = text.trim();
        if text.is_empty() || (lines.is_empty() && is_heading(text)) {
            continue;
        }
        let mut person = person(text);
        if let Ok(one) = &person {
            let address = small(&one.email);
            match known.iter().find(|(before, _)| *before == address) {
                Some((_, before)) => person = Err(say::address_known(*before)),
                None if known.len() < NewMembers::MOST => known.push((address, number)),
                None => person = Err(say::too_many_people(NewMembers::MOST)),
            }
        }
        lines.push(Line { number, text: text.to_owned(), person });
    }
    lines
}

fn person(text: &str) -> Result<NewMember, String> {
    let quotes: &[char] = &['"', '\'', '“', '”'];
    let clean = |part: &str| part.trim().trim_matches(quotes).trim().to_owned();
    let parts: Vec<&str> = match text.split_once('<').zip(text.strip_suffix('>')) {
        Some(((name, address), _)) => vec![name, address.trim_end_matches('>')],
        None => {
            let separator = ['\t', ';', ','].into_iter().find(|separator| text.contains(*separator));
            // Nothing but white space between them: the last word that looks like an address is it.
            let apart = text
                .rsplit_once(char::is_whitespace)
                .filter(|(_, last)| separator.is_none() && last.contains('@'));
            match apart {
                Some((name, address)) => vec![name, address],
                None => text.split(|c| Some(c) == separator).collect(),
            }
        }
    };
    let parts: Vec<String> = parts.into_iter().map(clean).filter(|part| !part.is_empty()).collect();
    let mut addresses = (0..).zip(&parts).filter(|(_, part)| part.contains('@'));
    let (at, address) = match (addresses.next(), addresses.next()) {
        (None, _) => return Err(say::address_missing().to_owned()),
        (Some(_), Some(_)) => return Err(say::several_addresses().to_owned()),
        (Some(one), None) => one,
    };
    let (before, after) = parts.split_at(at);
    let after = after.get(1..).unwrap_or_default();
    let (name, more) = if before.is_empty() { (after, before) } else { (before, after) };
    if name.is_empty() {
        return Err(say::name_missing().to_owned());
    }
    if !more.is_empty() {
        return Err(say::too_much(&more.join(", ")));
    }
    if !is_address(address) {
        return Err(say::no_address(address));
    }
    Ok(NewMember { full_name: name.join(" "), email: address.clone() })
}

/// Whether a line is what spreadsheets have above names and addresses, in the languages that the portal speaks.
fn is_heading(text: &str) -> bool {
    let text = small(text);
    // "Nom", "nome" and "nombre" alike.
    let names = ["name", "nom"].iter().any(|word| text.contains(word));
    let addresses = ["mail", "correo", "courriel"].iter().any(|word| text.contains(word));
    !text.contains('@') && names && addresses
}

/// Whether mail could be sent there: what a mistake in typing breaks, not all that a standard forbids.
fn is_address(text: &str) -> bool {
    let Some((name, domain)) = text.rsplit_once('@') else { return false };
    let labels: Vec<&str> = domain.split('.').collect();
    let label = |label: &&str| {
        !label.is_empty()
            && label.chars().all(|c| is_letter_or_digit(c) || c == '-')
            && !label.starts_with('-')
    };
    !name.is_empty()
        && !name.contains('@')
        && !name.starts_with('.')
        && !name.ends_with('.')
        && !text.contains("..")
        && !text.chars().any(|c| c.is_whitespace() || c.is_control())
        && labels.len() > 1
        && labels.iter().all(label)
        && labels.last().is_some_and(|last| last.chars().count() > 1)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn one(text: &str) -> Result<(String, String), String> {
        let lines = read(text);
        assert_eq!(lines.len(), 1, "{text}");
        lines[0].person.clone().map(|person| (person.full_name, person.email))
    }

    #[test]
    fn a_person_is_read_however_name_and_address_are_written_down() {
        let ana = Ok(("Ana Sousa".to_owned(), "ana@example.com".to_owned()));
        for text in [
            "Ana Sousa\tana@example.com",
            "ana@example.com\tAna Sousa",
            "Ana\tSousa\tana@example.com",
            "Ana Sousa, ana@example.com",
            "Ana Sousa ana@example.com",
            "Ana Sousa; ana@example.com;",
            "\"Ana Sousa\",\"ana@example.com\"",
            "  Ana Sousa <ana@example.com>  ",
            "“Ana Sousa” <ana@example.com>",
        ] {
            assert_eq!(one(text), ana, "{text}");
        }
    }

    #[test]
    fn each_line_has_its_own_message() {
        let messages = [
            ("Ana Sousa", "The e-mail address is missing."),
            ("ana@example.com", "The name is missing."),
            ("<ana@example.com>", "The name is missing."),
            ("Ana, ana@example", "“ana@example” is not an e-mail address."),
            ("Ana, ana @example.com", "“ana @example.com” is not an e-mail address."),
            ("Ana, a@b@example.com", "“a@b@example.com” is not an e-mail address."),
            ("Ana, ana@exa..mple.com", "“ana@exa..mple.com” is not an e-mail address."),
            ("Ana a@x.io Bo b@x.io", "There is more than one e-mail address. Write one person per line."),
            (
                "Ana Sousa\tana@x.io\tFlex\t2027-01-01",
                "There is more than a name and an e-mail address: “Flex, 2027-01-01”.",
            ),
            ("Ana, a@x.io, Bo, b@x.io", "There is more than one e-mail address. Write one person per line."),
        ];
        for (text, message) in messages {
            assert_eq!(one(text), Err(message.to_owned()), "{text}");
        }
    }

    #[test]
    fn headings_and_empty_lines_are_passed_over_and_lines_are_counted_as_an_editor_does() {
        let lines = read("Full name\tE-mail\n\nAna\ta@x.io\r\nBo\tA@x.io\n");
        assert_eq!(lines.iter().map(|line| line.number).collect::<Vec<_>>(), [3, 4]);
        assert!(lines[0].person.is_ok());
        assert_eq!(lines[1].person, Err("This address is in line 3, too.".to_owned()));
        for headings in ["Nombre;Correo", "Nom complet\tCourriel", "Nome,E-mail", "Name, E-Mail"] {
            assert_eq!(read(headings), [], "{headings}");
        }
    }

    #[test]
    fn the_twenty_sixth_person_is_one_too_many() {
        let text: Vec<String> = (1..=27).map(|n| format!("P{n}, p{n}@x.io")).collect();
        let lines = read(&text.join("\n"));
        assert_eq!(lines.iter().filter(|line| line.person.is_ok()).count(), 25);
        assert!(lines[25].person.as_ref().unwrap_err().contains("At most 25"));
    }

    proptest! {
        #[test]
        fn whatever_is_pasted_every_line_is_a_person_or_says_why_not(text in "\\PC{0,40}(\n\\PC{0,40}){0,3}") {
            for line in read(&text) {
                match line.person {
                    Ok(person) => {
                        prop_assert!(!person.full_name.trim().is_empty());
                        prop_assert!(is_address(&person.email));
                    }
                    Err(message) => prop_assert!(!message.is_empty()),
                }
            }
        }

        #[test]
        fn a_name_with_an_address_after_a_tab_is_read(name in "[A-Za-zÀ-ÿ' ]{0,20}[A-Za-z]", address in "[a-z]{1,8}@[a-z]{1,8}\\.[a-z]{2,4}") {
            let text = format!("{name}\t{address}");
            prop_assume!(!is_heading(&text));
            let (_, email) = one(&text).unwrap();
            prop_assert_eq!(email, address);
        }
    }
}
