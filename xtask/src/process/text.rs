//! Reading what programs print.

/// A line without the colours a program may have put into it.
pub fn without_colour(line: &str) -> String {
    let mut plain = String::with_capacity(line.len());
    let mut rest = line;
    while let Some((before, after)) = rest.split_once("\x1b[") {
        plain.push_str(before);
        // A control sequence ends with its first letter.
        let end = after.find(|c: char| c.is_ascii_alphabetic()).map_or(after.len(), |at| at + 1);
        rest = after.get(end..).unwrap_or_default();
    }
    plain.push_str(rest);
    plain
}

/// Cargo's report of routine work: worth a moving line, not a line of its own.
pub fn is_cargo_noise(line: &str) -> bool {
    const ROUTINE: [&str; 12] = [
        "Compiling ",
        "Checking ",
        "Downloading ",
        "Downloaded ",
        "Fresh ",
        "Updating ",
        "Locking ",
        "Adding ",
        "Blocking ",
        "Building ",
        "Unpacking ",
        "Replacing ",
    ];
    let Some(rest) = without_colour(line).strip_prefix("  ").map(|rest| rest.trim_start().to_owned()) else {
        return false;
    };
    ROUTINE.iter().any(|verb| rest.starts_with(verb))
}

/// The last lines of an output, indented, to show why something failed.
pub fn last_lines<'a>(lines: impl DoubleEndedIterator<Item = &'a String>, count: usize) -> String {
    let mut last: Vec<_> = lines.rev().filter(|line| !line.trim().is_empty()).take(count).collect();
    last.reverse();
    last.iter().map(|line| format!("  | {line}")).collect::<Vec<_>>().join("\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn colours_are_taken_out_of_a_line() {
        assert_eq!(without_colour("\x1b[1m\x1b[32m   Compiling\x1b[0m trunk"), "   Compiling trunk");
        assert_eq!(without_colour("plain"), "plain");
        assert_eq!(without_colour("cut off \x1b[3"), "cut off ");
    }

    #[test]
    fn routine_reports_of_cargo_are_told_from_what_matters() {
        assert!(is_cargo_noise("   Compiling serde v1.0.229"));
        assert!(is_cargo_noise("\x1b[1m\x1b[32m    Checking\x1b[0m portal v0.1.0"));
        assert!(!is_cargo_noise("warning: unused import"));
        assert!(!is_cargo_noise("     Running unittests src/lib.rs"));
        assert!(!is_cargo_noise("Compiling is fun"));
    }

    #[test]
    fn the_last_lines_are_shown_without_empty_ones() {
        let lines = ["one", "two", "", "three"].map(String::from);
        assert_eq!(last_lines(lines.iter(), 2), "  | two\n  | three");
    }
}
