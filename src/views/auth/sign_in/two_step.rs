//! Signing in with e-mail and password, and with the code of a second factor where the account has one: what is asked
//! for, what is sent, and what a refusal means. For every form that signs in.

use crate::api::ApiError;
use contract::ResetToken;
use contract::auth::code;

/// What the form asks for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Step {
    /// E-mail and password.
    #[default]
    Password,
    /// The code of the second factor, for the e-mail and the password that were right.
    Code,
}

/// What to do when the server did not sign in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Refused {
    /// Ask for the code.
    AskCode,
    /// Say [why](code_trouble) beside the code, and let it be typed again.
    WrongCode,
    /// A new password has to be chosen first: with this token, else with one that is asked for.
    MustReset(Option<ResetToken>),
    /// Say why about the whole form.
    Trouble,
}

impl Refused {
    /// What the answer to `step` means.
    pub fn of(step: Step, error: &ApiError) -> Self {
        match (step, error) {
            (_, ApiError::Rejected(problem)) if problem.code == code::MUST_RESET => {
                Self::MustReset(problem.reset_token.clone())
            }
            (Step::Password, ApiError::Rejected(problem)) if problem.code == code::TWO_FACTOR => {
                Self::AskCode
            }
            // What a wrong code is answered with is not documented: it may be asked for once more.
            (Step::Code, ApiError::Rejected(_) | ApiError::Unauthorized) => Self::WrongCode,
            _ => Self::Trouble,
        }
    }
}

/// What the location says in words of its own. What the API says, the portal says in the language that is spoken.
fn own_words(error: &ApiError) -> Option<String> {
    let ApiError::Rejected(problem) = error else { return None };
    let words = &*problem.message;
    (!words.is_empty() && !code::INCORRECT.contains(&words)).then(|| words.to_owned())
}

/// What to say of an answer to e-mail and password.
pub fn password_trouble(error: &ApiError) -> String {
    match error {
        // Some locations answer so for an address they do not know.
        ApiError::Server { status: 500, .. } => words::sign_in::incorrect_or_trouble().to_owned(),
        _ => known_trouble(error),
    }
}

/// The same for an account that is known to the location.
pub fn known_trouble(error: &ApiError) -> String {
    match error {
        ApiError::Rejected(_) | ApiError::Unauthorized => {
            own_words(error).unwrap_or_else(|| words::sign_in::incorrect().to_owned())
        }
        _ => sentence(error),
    }
}

/// What to say of an answer to a code.
pub fn code_trouble(error: &ApiError) -> String {
    let asks = matches!(error, ApiError::Rejected(problem) if problem.code == code::TWO_FACTOR);
    match error {
        ApiError::Rejected(_) | ApiError::Unauthorized => {
            let own = own_words(error).filter(|_| !asks);
            own.unwrap_or_else(|| words::sign_in::wrong_verification_code().to_owned())
        }
        _ => sentence(error),
    }
}

/// What to say when a request of signing in did not work.
pub fn sentence(error: &ApiError) -> String {
    match error {
        ApiError::Throttled { retry_after: Some(seconds @ 1..) } => {
            words::sign_in::too_many_tries_wait(*seconds)
        }
        ApiError::Throttled { .. } => words::sign_in::too_many_tries().to_owned(),
        // Nobody has asked for anything that could be missing.
        ApiError::NotFound => words::errors::server().to_owned(),
        other => other.sentence(),
    }
}

/// The six digits of a code, however they were typed or pasted: in groups, with spaces or dashes.
pub fn digits(typed: &str) -> Option<String> {
    let code: String =
        typed.chars().filter(|c| !c.is_whitespace() && !matches!(c, '-' | '–' | '.')).collect();
    (code.len() == 6 && code.bytes().all(|byte| byte.is_ascii_digit())).then_some(code)
}

#[cfg(test)]
mod tests {
    use super::*;
    use contract::Problem;
    use proptest::prelude::*;

    fn rejected(code: &str, message: &str) -> ApiError {
        ApiError::Rejected(Problem { code: code.into(), message: message.into(), ..Problem::default() })
    }

    #[test]
    fn an_account_with_a_second_factor_is_asked_for_its_code() {
        assert_eq!(Refused::of(Step::Password, &rejected(code::TWO_FACTOR, "")), Refused::AskCode);
    }

    #[test]
    fn a_wrong_code_is_told_beside_the_code_whatever_a_location_answers() {
        let wrong = |error| {
            assert_eq!(Refused::of(Step::Code, &error), Refused::WrongCode);
            code_trouble(&error)
        };
        for error in [
            rejected(code::TWO_FACTOR, "Two-factor authentication is on."),
            rejected(code::INVALID_GRANT, ""),
            rejected("", ""),
            ApiError::Unauthorized,
        ] {
            assert_eq!(wrong(error), "The verification code is incorrect.");
        }
        let suspended = rejected(code::INVALID_GRANT, "This account is suspended.");
        assert_eq!(wrong(suspended), "This account is suspended.");
        assert_eq!(Refused::of(Step::Code, &ApiError::Offline), Refused::Trouble, "says nothing of the code");
        assert_eq!(code_trouble(&ApiError::Offline), ApiError::Offline.sentence());
    }

    #[test]
    fn a_demanded_reset_comes_with_its_token_where_there_is_one() {
        for reset_token in [ResetToken::new("a.b.c"), None] {
            let problem = Problem {
                code: code::MUST_RESET.into(),
                reset_token: reset_token.clone(),
                ..Problem::default()
            };
            for step in [Step::Password, Step::Code] {
                let refused = Refused::of(step, &ApiError::Rejected(problem.clone()));
                assert_eq!(refused, Refused::MustReset(reset_token.clone()));
            }
        }
    }

    #[test]
    fn who_is_given_no_token_reads_where_to_ask_for_one() {
        assert!(words::sign_in::must_reset_first().contains(words::sign_in::forgot_password()));
    }

    #[test]
    fn a_refused_sign_in_says_what_the_server_said() {
        assert_eq!(password_trouble(&rejected(code::INVALID_GRANT, "Suspended.")), "Suspended.");
    }

    #[test]
    fn what_the_api_says_in_english_is_said_in_the_language_that_is_spoken() {
        for standard in code::INCORRECT {
            let error = rejected(code::INVALID_GRANT, standard);
            assert_eq!(password_trouble(&error), words::sign_in::incorrect());
            assert_eq!(code_trouble(&error), words::sign_in::wrong_verification_code());
        }
    }

    #[test]
    fn an_unknown_account_is_answered_like_a_wrong_password() {
        let of = |error| {
            assert_eq!(Refused::of(Step::Password, &error), Refused::Trouble);
            password_trouble(&error)
        };
        let wrong = of(rejected("", ""));
        assert_eq!(wrong, "The email or password is incorrect.");
        let server = |status| ApiError::Server { status, request: None };
        assert_eq!(of(server(500)), "The email or password is incorrect, or the server has a problem.");
        assert_eq!(of(ApiError::NotFound), "The server has a problem. Try again in a moment.");
        assert_eq!(of(ApiError::Unauthorized), wrong, "with an empty body, or a page for one");
        assert_ne!(of(server(503)), wrong);
        assert_eq!(known_trouble(&server(500)), server(500).sentence(), "the account is known by then");
        assert_eq!(known_trouble(&rejected("", "")), wrong);
    }

    #[test]
    fn one_is_told_how_long_to_wait() {
        let wait = |retry_after| sentence(&ApiError::Throttled { retry_after });
        assert_eq!(wait(Some(1)), "Too many tries. Wait 1 second, then try again.");
        assert_eq!(wait(Some(7)), "Too many tries. Wait 7 seconds, then try again.");
        assert_eq!(wait(None), "Too many tries. Wait a moment, then try again.");
        assert_eq!(wait(Some(0)), wait(None));
    }

    #[test]
    fn a_code_may_be_pasted_in_groups() {
        for typed in ["123456", "123 456", " 123\u{a0}456\n", "123-456", "12 34 56"] {
            assert_eq!(digits(typed).as_deref(), Some("123456"), "{typed:?}");
        }
        for typed in ["", "12345", "1234567", "12345a", "１２３４５６", "+12345"] {
            assert_eq!(digits(typed), None, "{typed:?}");
        }
    }

    proptest! {
        #[test]
        fn what_is_sent_as_a_code_is_always_six_digits(typed in "\\PC{0,12}|[0-9 -]{4,10}") {
            if let Some(code) = digits(&typed) {
                prop_assert!(code.len() == 6 && code.chars().all(|c| c.is_ascii_digit()));
            }
        }
    }
}
