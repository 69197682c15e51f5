//! Reading Playwright's JSON report.

use serde_json::Value;

use super::tally::Tally;

const STEP: &str = "journeys (e2e)";

/// Counts the tests of a run from its report, if there is one.
pub fn tally(report: Option<&str>, succeeded: bool) -> Tally {
    let report: Value = report.and_then(|text| serde_json::from_str(text).ok()).unwrap_or_default();
    let stat = |name: &str| report.pointer(&format!("/stats/{name}")).and_then(Value::as_u64).unwrap_or(0);
    let mut tally = Tally {
        passed: stat("expected"),
        // There are no second tries; should somebody allow them, needing one is still a failure.
        failed: stat("unexpected") + stat("flaky"),
        failures: Vec::new(),
    };
    for suite in list(&report, "suites") {
        collect_failures(suite, "", &mut tally.failures);
    }
    if !succeeded && tally.failed == 0 {
        let reason = list(&report, "errors").find_map(|error| error.get("message")?.as_str()?.lines().next());
        tally.fail(format!("{STEP}: {}", reason.unwrap_or("ended without a result (see above)")));
    }
    tally.or_failed_if_empty(STEP)
}

fn list<'a>(value: &'a Value, name: &str) -> impl Iterator<Item = &'a Value> {
    value.get(name).and_then(Value::as_array).into_iter().flatten()
}

/// Names failed tests as the list on the screen does: file › group › test.
fn collect_failures(suite: &Value, above: &str, failures: &mut Vec<String>) {
    let title = |value: &Value| value.get("title").and_then(Value::as_str).unwrap_or_default().to_owned();
    let path = if above.is_empty() { title(suite) } else { format!("{above} › {}", title(suite)) };
    for spec in list(suite, "specs") {
        let not_as_expected = |test: &&Value| {
            matches!(test.get("status").and_then(Value::as_str), Some("unexpected" | "flaky"))
        };
        for _ in list(spec, "tests").filter(not_as_expected) {
            failures.push(format!("{path} › {}", title(spec)));
        }
    }
    for inner in list(suite, "suites") {
        collect_failures(inner, &path, failures);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const REPORT: &str = r#"{
        "suites": [{ "title": "sign-in.spec.ts", "specs": [
            { "title": "signs in", "ok": true, "tests": [{ "status": "expected" }] }
          ], "suites": [{ "title": "errors", "specs": [
            { "title": "offline is told", "ok": false, "tests": [{ "status": "unexpected" }] },
            { "title": "later", "ok": true, "tests": [{ "status": "skipped" }] }
        ]}]}],
        "errors": [],
        "stats": { "expected": 1, "unexpected": 1, "flaky": 0, "skipped": 1 }
    }"#;

    #[test]
    fn tests_are_counted_and_failed_ones_named_with_their_file_and_group() {
        let tally = tally(Some(REPORT), false);
        assert_eq!(tally.line(), "1 passed, 1 failed");
        assert_eq!(tally.failures, ["sign-in.spec.ts › errors › offline is told"]);
    }

    #[test]
    fn a_file_that_cannot_be_read_is_a_failure_with_its_reason() {
        let report = r#"{"suites":[],"errors":[{"message":"SyntaxError: x.spec.ts\nmore"}],
            "stats":{"expected":0,"unexpected":0,"flaky":0,"skipped":0}}"#;
        let tally = tally(Some(report), false);
        assert_eq!(tally.failures, ["journeys (e2e): SyntaxError: x.spec.ts"]);
    }

    #[test]
    fn without_a_report_or_without_tests_it_has_failed() {
        assert_eq!(tally(None, false).failed, 1);
        assert_eq!(tally(None, true).failures, ["journeys (e2e): no tests ran"]);
        assert_eq!(tally(Some("{}"), true).failed, 1);
    }
}
