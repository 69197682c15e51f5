//! Counting.

/// How many passed and failed, and the names of those that failed.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Tally {
    pub passed: u64,
    pub failed: u64,
    pub failures: Vec<String>,
}

impl Tally {
    /// A step that counts as one.
    pub fn one_passed() -> Self {
        Self { passed: 1, ..Self::default() }
    }

    /// A step that counts as one, and why it failed.
    pub fn one_failed(name: &str) -> Self {
        Self { passed: 0, failed: 1, failures: vec![name.to_owned()] }
    }

    /// Takes another count in.
    pub fn add(&mut self, other: Self) {
        self.passed += other.passed;
        self.failed += other.failed;
        self.failures.extend(other.failures);
    }

    /// Notes one more failure.
    pub fn fail(&mut self, name: String) {
        self.failed += 1;
        self.failures.push(name);
    }

    /// A step with tests that ran none has not shown anything.
    pub fn or_failed_if_empty(mut self, step: &str) -> Self {
        if self.passed == 0 && self.failed == 0 {
            self.fail(format!("{step}: no tests ran"));
        }
        self
    }

    /// The form that the last line of a run has.
    pub fn line(&self) -> String {
        format!("{} passed, {} failed", self.passed, self.failed)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_and_names_add_up() {
        let mut total = Tally::one_passed();
        total.add(Tally { passed: 3, failed: 1, failures: vec!["a".to_owned()] });
        total.fail("b".to_owned());
        assert_eq!(total.line(), "4 passed, 2 failed");
        assert_eq!(total.failures, ["a", "b"]);
    }

    #[test]
    fn a_step_that_ran_no_tests_has_failed() {
        let tally = Tally::default().or_failed_if_empty("host tests");
        assert_eq!(tally.failures, ["host tests: no tests ran"]);
        assert_eq!(Tally::one_passed().or_failed_if_empty("x"), Tally::one_passed());
    }
}
