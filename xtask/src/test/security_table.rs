//! `docs/security.md` promises a test for each of its rows. This holds it to that, and the tests to the table.

use std::{collections::BTreeSet, fs, path::Path};

use crate::workspace;

/// What excuses a row that names no test.
const REASONS: [&str; 2] = ["server must", "not applicable"];

/// A row of one of the tables: its id as tests spell it (`p05`, `sec_12`), the tests it names, and whether it says why
/// there is none.
#[derive(Debug, PartialEq, Eq)]
struct Row {
    id: String,
    tests: Vec<String>,
    excused: bool,
}

/// `P5` is `p05`, `SEC-12` is `sec_12`; anything else is no id.
fn id(cell: &str) -> Option<String> {
    let (prefix, number) = match cell.strip_prefix("SEC-") {
        Some(number) => ("sec_", number),
        None => ("p", cell.strip_prefix('P')?),
    };
    Some(format!("{prefix}{:02}", number.parse::<u8>().ok()?))
}

/// The id that a test's name begins with, as in `p05_no_other_tab_is_swapped`.
fn id_of(test: &str) -> Option<&str> {
    let digits = if test.starts_with("sec_") { 4 } else { 1 };
    let end = digits + 2;
    let numbered = test.get(digits..end)?.bytes().all(|byte| byte.is_ascii_digit());
    let named = (test.starts_with("sec_") || test.starts_with('p')) && test.get(end..)?.starts_with('_');
    (numbered && named).then(|| &test[..end])
}

fn rows(markdown: &str) -> Vec<Row> {
    let lines = markdown.lines().filter_map(|line| line.strip_prefix("| "));
    lines
        .filter_map(|line| {
            let id = id(line.split(" |").next()?.trim())?;
            let quoted = line.split('`').skip(1).step_by(2);
            let tests = quoted.filter(|text| id_of(text).is_some()).map(ToOwned::to_owned).collect();
            Some(Row { id, tests, excused: REASONS.iter().any(|reason| line.contains(reason)) })
        })
        .collect()
}

/// The names after `start` in `source` that begin with an id.
fn names<'a>(source: &'a str, start: &'a str) -> impl Iterator<Item = String> + 'a {
    let word =
        |text: &str| text.split(|c: char| !c.is_alphanumeric() && c != '_').next().map(ToOwned::to_owned);
    source.split(start).skip(1).filter_map(word).filter(|name| id_of(name).is_some())
}

/// All tests under `folder` that are named after an id.
fn tests(folder: &Path, found: &mut BTreeSet<String>) {
    for entry in fs::read_dir(folder).unwrap().map(Result::unwrap) {
        let (path, name) = (entry.path(), entry.file_name());
        match path.extension().and_then(|extension| extension.to_str()) {
            _ if path.is_dir() && name != "node_modules" => tests(&path, found),
            Some("rs") => found.extend(names(&fs::read_to_string(path).unwrap(), "fn ")),
            Some("ts") => found.extend(names(&fs::read_to_string(path).unwrap(), "test('")),
            _ => {}
        }
    }
}

#[test]
fn every_row_of_the_security_table_is_shown_by_a_test_or_says_why_not() {
    let rows = rows(&fs::read_to_string(workspace::root().join("docs/security.md")).unwrap());
    let mut there = BTreeSet::new();
    for folder in ["src", "contract", "server", "tests", "xtask"] {
        tests(&workspace::root().join(folder), &mut there);
    }
    let mut wrong = Vec::new();

    let ids = (1..=25).map(|n| format!("p{n:02}")).chain((1..=40).map(|n| format!("sec_{n:02}")));
    for id in ids {
        match rows.iter().filter(|row| row.id == id).count() {
            1 => {}
            count => wrong.push(format!("{id} has {count} rows, not one")),
        }
    }
    for Row { id, tests, excused } in &rows {
        if tests.is_empty() && !excused {
            wrong.push(format!("{id} names no test, and does not say why"));
        }
        for test in tests {
            if id_of(test) != Some(id.as_str()) {
                wrong.push(format!("{id} names a test of another id: {test}"));
            } else if !there.contains(test) {
                wrong.push(format!("{id} names a test that does not exist: {test}"));
            }
        }
    }
    let listed: BTreeSet<_> = rows.iter().flat_map(|row| &row.tests).collect();
    wrong.extend(
        there.iter().filter(|test| !listed.contains(test)).map(|test| format!("not in the table: {test}")),
    );
    assert!(wrong.is_empty(), "docs/security.md:\n  {}", wrong.join("\n  "));
}

#[test]
fn a_row_is_read_with_its_id_its_tests_and_its_excuse() {
    let rows = rows(
        "| id | what |\n| --- | --- |\n| P5 | `x` | `p05_no_swap`, `p05_said` |\n| SEC-12 | the server must |",
    );
    let [first, second] = rows.as_slice() else { panic!("two rows") };
    assert_eq!((first.id.as_str(), first.excused), ("p05", false));
    assert_eq!(first.tests, ["p05_no_swap", "p05_said"]);
    assert_eq!(second, &Row { id: "sec_12".into(), tests: vec![], excused: true });
}

#[test]
fn only_names_that_begin_with_an_id_count() {
    for name in ["p05_a", "sec_12_a"] {
        assert!(id_of(name).is_some(), "{name}");
    }
    for name in ["p5_a", "p05", "page_05_a", "sec_1_a", "é05_a", "nobody", ""] {
        assert_eq!(id_of(name), None, "{name}");
    }
    assert_eq!(names("let sec_12_a = 1; let other = 2;", "let ").collect::<Vec<_>>(), ["sec_12_a"]);
}
