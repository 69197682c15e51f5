//! Reading what `cargo test` prints, be it from libtest or from wasm-bindgen's runner.

use super::tally::Tally;
use crate::process::without_colour;

/// Counts the tests of one `cargo test` call.
pub fn tally(step: &str, lines: &[String], succeeded: bool) -> Tally {
    let mut tally = Tally::default();
    let mut failed_programs = 0;
    for line in lines {
        let line = without_colour(line);
        let line = line.trim();
        if let Some(name) = failed_test(line) {
            tally.failures.push(name.to_owned());
        } else if let Some((passed, failed)) = result(line) {
            tally.passed += passed;
            tally.failed += failed;
            failed_programs += usize::from(failed > 0);
        }
    }
    // The runner for browsers names failed tests again in its summary.
    tally.failures.sort();
    tally.failures.dedup();
    if !succeeded {
        add_crashes(step, &mut tally, &failed_targets(lines), failed_programs);
    }
    tally
}

/// A test program that crashed or hung printed no result, and its tests are not in the count.
fn add_crashes(step: &str, tally: &mut Tally, targets: &[String], failed_programs: usize) {
    let crashed = targets.len().saturating_sub(failed_programs);
    if crashed > 0 {
        // Which of them is not said by cargo; one name for each keeps names and count in step.
        for target in targets.iter().rev().take(crashed) {
            tally.fail(format!("{step}: {target} ended without a result (see above)"));
        }
    } else if tally.failed == 0 {
        tally.fail(format!("{step}: did not build or run (see above)"));
    }
}

/// `test module::name ... FAILED`; the browser runner says `FAIL`.
fn failed_test(line: &str) -> Option<&str> {
    let (name, outcome) = line.strip_prefix("test ")?.rsplit_once(" ... ")?;
    matches!(outcome, "FAILED" | "FAIL").then(|| name.trim_end_matches(" - should panic"))
}

/// `test result: ok. 3 passed; 0 failed; 0 ignored; …`
fn result(line: &str) -> Option<(u64, u64)> {
    let (_, counts) = line.strip_prefix("test result: ")?.split_once(". ")?;
    let count = |word: &str| {
        let part = counts.split(';').find_map(|part| part.trim().strip_suffix(word))?;
        part.trim().parse().ok()
    };
    Some((count("passed")?, count("failed")?))
}

/// The test programs that cargo says have failed, as it names them.
fn failed_targets(lines: &[String]) -> Vec<String> {
    let mut targets = Vec::new();
    let mut in_list = false;
    for line in lines {
        let line = without_colour(line);
        if let Some((_, target)) = line.split_once("test failed, to rerun pass `") {
            targets.push(target.trim_end_matches('`').to_owned());
        } else if line.starts_with("error: ") && line.contains("failed:") {
            in_list = true;
        } else if let Some(target) = line.trim().strip_prefix('`').filter(|_| in_list) {
            targets.push(target.trim_end_matches('`').to_owned());
        } else {
            in_list = false;
        }
    }
    // With `--no-fail-fast` each is named when it fails and once more in the list at the end.
    targets.sort();
    targets.dedup();
    targets
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lines(text: &str) -> Vec<String> {
        text.lines().map(str::to_owned).collect()
    }

    #[test]
    fn tests_of_several_programs_are_added_up() {
        let output = "running 2 tests\ntest a ... ok\ntest result: ok. 2 passed; 0 failed; 0 ignored; \
                      0 measured; 0 filtered out; finished in 0.00s\n\
                      test result: ok. 5 passed; 0 failed; 1 ignored; 0 measured; 0 filtered out";
        assert_eq!(tally("host tests", &lines(output), true).line(), "7 passed, 0 failed");
    }

    #[test]
    fn failed_tests_are_named_once() {
        let output = "test session::m01_ok ... ok\ntest session::m02_bad ... FAILED\n\nfailures:\n    \
                      session::m02_bad\n\ntest result: FAILED. 1 passed; 1 failed; 0 ignored\n\
                      error: test failed, to rerun pass `-p portal --lib`\n\
                      error: 1 target failed:\n    `-p portal --lib`";
        let tally = tally("host tests", &lines(output), false);
        assert_eq!((tally.passed, tally.failed), (1, 1));
        assert_eq!(tally.failures, ["session::m02_bad"]);
    }

    #[test]
    fn the_browser_runner_is_understood_too() {
        let output = "test dom::focus_moves ... FAIL\ntest dom::is_named ... ok\n\n\
                      test result: FAILED. 1 passed; 1 failed; 0 ignored; 0 filtered out; finished in 0.20s\n\n\
                      error: test failed, to rerun pass `--test dom`";
        let tally = tally("wasm", &lines(output), false);
        assert_eq!((tally.passed, tally.failed), (1, 1));
        assert_eq!(tally.failures, ["dom::focus_moves"]);
    }

    #[test]
    fn a_program_that_crashed_counts_as_one_failure() {
        let output = "test result: ok. 4 passed; 0 failed; 0 ignored\n\
                      error: test failed, to rerun pass `--test crashes`\n\n\
                      Caused by:\n  process didn't exit successfully\n\
                      error: 1 target failed:\n    `--test crashes`";
        let tally = tally("host tests", &lines(output), false);
        assert_eq!(tally.line(), "4 passed, 1 failed");
        assert!(tally.failures[0].contains("--test crashes"), "{:?}", tally.failures);
    }

    #[test]
    fn code_that_does_not_compile_counts_as_one_failure() {
        let output = "error[E0308]: mismatched types\nerror: could not compile `portal` (lib test)";
        let tally = tally("host tests", &lines(output), false);
        assert_eq!(tally.line(), "0 passed, 1 failed");
        assert_eq!(tally.failures, ["host tests: did not build or run (see above)"]);
    }

    #[test]
    fn colours_do_not_hide_a_result() {
        let output = "test result: \x1b[32mok\x1b[0m. 2 passed; 0 failed; 0 ignored";
        assert_eq!(tally("host tests", &lines(output), true).passed, 2);
    }
}
