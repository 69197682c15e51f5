//! Everything that the portal says is in its catalogue, and nothing is there that it does not say.

use std::{collections::BTreeSet, fs, path::Path};

use crate::workspace;

/// The sources of the portal under `folder`, without their tests.
fn sources(folder: &Path, found: &mut Vec<(String, String)>) {
    for entry in fs::read_dir(folder).unwrap().map(Result::unwrap) {
        let (path, name) = (entry.path(), entry.file_name().into_string().unwrap());
        if path.is_dir() {
            if name != "tests" {
                sources(&path, found);
            }
        } else if name.ends_with(".rs") && !name.ends_with("tests.rs") {
            let text = fs::read_to_string(&path).unwrap();
            let text = text.split("#[cfg(test)]").next().unwrap_or_default();
            found.push((path.display().to_string(), without_comments(text)));
        }
    }
}

fn without_comments(text: &str) -> String {
    let code = text.lines().filter(|line| !line.trim_start().starts_with("//"));
    code.collect::<Vec<_>>().join("\n")
}

/// The texts between quotation marks.
fn literals(code: &str) -> impl Iterator<Item = &str> {
    code.split('"').skip(1).step_by(2)
}

/// Whether a text is one for people: a word with a capital letter, and another word.
fn is_sentence(text: &str) -> bool {
    let Some((first, rest)) = text.split_once(' ') else { return false };
    let (mut first, mut rest) = (first.chars(), rest.chars());
    first.next().is_some_and(|c| c.is_ascii_uppercase())
        && first.next().is_some_and(|c| c.is_ascii_lowercase())
        && rest.next().is_some_and(|c| c.is_ascii_lowercase())
}

fn portal() -> Vec<(String, String)> {
    let mut found = Vec::new();
    sources(&workspace::root().join("src"), &mut found);
    assert!(found.len() > 100, "only {} sources were found", found.len());
    found
}

#[test]
fn a_sentence_is_told_from_what_programs_say_to_each_other() {
    for text in ["This is you.", "You are acting as {}. Return first."] {
        assert!(is_sentence(text), "{text}");
    }
    for text in ["Bearer {}", "Content-Type", "GET", "button button--primary", "M2 12s3.6-7 10-7", ""] {
        assert!(!is_sentence(text), "{text}");
    }
}

#[test]
fn the_portal_says_nothing_outside_of_the_catalogue() {
    let mut outside = Vec::new();
    for (path, code) in portal() {
        outside
            .extend(literals(&code).filter(|text| is_sentence(text)).map(|text| format!("{path}: {text}")));
    }
    assert!(outside.is_empty(), "{outside:#?}");
}

#[test]
fn the_catalogue_holds_nothing_that_is_never_said() {
    let page = fs::read_to_string(workspace::root().join("index.html")).unwrap();
    let mut said: BTreeSet<String> = BTreeSet::new();
    for (_, code) in portal().into_iter().chain([(String::new(), page)]) {
        said.extend(code.split(|c: char| !c.is_alphanumeric() && c != '_').map(ToOwned::to_owned));
    }
    let unsaid = words::languages::names().filter(|name| {
        let (_, message) = name.split_once("::").unwrap();
        !said.contains(message)
    });
    assert_eq!(unsaid.collect::<Vec<_>>(), Vec::<String>::new());
}
