//! What each crate weighs in the WebAssembly.

use std::{collections::BTreeMap, path::Path, process::Command};

use anyhow::{Context, Result};
use serde_json::Value;

use crate::{process::Run, setup::Tools};

/// How many crates are shown by name.
const SHOWN: usize = 12;

/// A table of the heaviest crates, in bytes before compression. What is generic counts for the crate that defines it.
pub fn table<'a>(tools: &Tools, named: impl Iterator<Item = &'a Path>) -> Result<String> {
    let mut crates = BTreeMap::new();
    for module in named {
        let mut command = Command::new("twiggy");
        command.args(["top", "-n", "1000000", "-f", "json"]).arg(module);
        let finished = Run::quietly(tools.offer_to(&mut command)).succeed("twiggy")?;
        add(&mut crates, &finished.lines.join("\n")).context("twiggy's report cannot be understood")?;
    }
    let mut crates: Vec<_> = crates.into_iter().collect();
    crates.sort_by_key(|(_, bytes)| std::cmp::Reverse(*bytes));
    Ok(render(&crates))
}

fn add(crates: &mut BTreeMap<String, u64>, report: &str) -> Option<()> {
    let report: Value = serde_json::from_str(report.get(report.find('[')?..=report.rfind(']')?)?).ok()?;
    for item in report.as_array()? {
        let name = item.get("name")?.as_str()?;
        // Not shipped.
        if name.ends_with("names\" subsection") {
            continue;
        }
        *crates.entry(crate_of(name)).or_default() += item.get("shallow_size")?.as_u64()?;
    }
    Some(())
}

/// The crate of a function, by its demangled name.
fn crate_of(name: &str) -> String {
    if name.starts_with("data segment") {
        return "(data)".to_owned();
    }
    // What is implemented for a type parameter belongs to the trait.
    let inner = name.trim_start_matches(['<', '&', '*', '(', '[']).trim_start_matches("_ as ");
    let inner = inner.strip_prefix("mut ").or_else(|| inner.strip_prefix("dyn ")).unwrap_or(inner);
    let word: String = inner.chars().take_while(|c| c.is_ascii_alphanumeric() || *c == '_').collect();
    let is_path = inner.get(word.len()..).is_some_and(|rest| rest.starts_with("::") || rest.starts_with('['));
    if is_path && !word.is_empty() { word } else { "(other)".to_owned() }
}

fn render(weights: &[(String, u64)]) -> String {
    let total: u64 = weights.iter().map(|(_, bytes)| bytes).sum();
    let mut table = format!("{:<24}  {:>10}  {:>6}\n", "crate in the WebAssembly", "raw", "%");
    let mut line = |name: &str, bytes: u64| {
        let share = 100.0 * bytes as f64 / total.max(1) as f64;
        table += &format!("{name:<24}  {bytes:>10}  {share:>6.1}\n");
    };
    for (name, bytes) in weights.iter().take(SHOWN) {
        line(name, *bytes);
    }
    line("the others", weights.iter().skip(SHOWN).map(|(_, bytes)| bytes).sum());
    table
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_function_belongs_to_the_crate_that_defines_it() {
        assert_eq!(crate_of("portal::views::home::HomePage"), "portal");
        assert_eq!(crate_of("<&mut alloc::vec::Vec<T> as core::fmt::Debug>::fmt"), "alloc");
        assert_eq!(crate_of("core[1a2b3c]::ptr::drop_in_place"), "core");
        assert_eq!(crate_of("<_ as tachys[1f]::view::Render>::build"), "tachys");
        assert_eq!(crate_of("__wbindgen_malloc"), "(other)");
        assert_eq!(crate_of("data segment \".rodata.21\""), "(data)");
    }

    #[test]
    fn crates_are_added_up_without_what_is_not_shipped() {
        let report = r#"[{"name":"a::f","shallow_size":1},{"name":"b::f","shallow_size":5},
            {"name":"a::g","shallow_size":2},{"name":"\"function names\" subsection","shallow_size":99}]"#;
        let mut crates = BTreeMap::new();
        add(&mut crates, report).expect("understood");
        let crates: Vec<_> = crates.into_iter().collect();
        assert_eq!(crates, [("a".to_owned(), 3), ("b".to_owned(), 5)]);
        assert!(render(&crates).contains("62.5"));
    }
}
