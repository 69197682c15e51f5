//! Why a person stayed who they were, in sentences.

use super::model::Power;
use super::notice::duration;
use crate::api::ApiError;

/// What was wanted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Goal {
    /// To act as the person of this name.
    ActAs(String),
    /// To act as the person of this name for longer.
    StayLonger(String),
    /// To take one's own profile of this name.
    TakeProfile(String),
    /// To go on after one's own session was over.
    SignInAgain,
}

/// What stood in the way, and at which of the steps.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Cause {
    /// The server did not issue the one-time token, or did not switch the profile.
    NotAllowed(ApiError),
    /// The server did not issue the one-time token to an operator. Its answers mean something else there: 401 says nothing
    /// about the person's own session.
    NotAllowedAsOperator(ApiError),
    /// The token could not be exchanged for a session.
    NotExchanged(ApiError),
    /// The new session could not be proved.
    NotProved(ApiError),
    /// Everything seemed to work, but the session is still the person's own, or still on the old profile.
    Unchanged,
    /// The session belongs to a third person.
    SomebodyElse,
    /// The server would give no more time than there is.
    NoMoreTime,
    /// The portal did not even ask: the server has refused too often.
    Paused {
        /// Seconds until it asks again.
        seconds: u64,
    },
}

impl Cause {
    /// The server did not issue the one-time token for which was asked by this right.
    pub fn refused(power: Power, error: ApiError) -> Self {
        match power {
            Power::Member => Self::NotAllowed(error),
            Power::Operator => Self::NotAllowedAsOperator(error),
        }
    }
}

/// A change of person that did not happen. The person is exactly who and where they were.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Failure {
    /// What was wanted.
    pub goal: Goal,
    /// What stood in the way.
    pub cause: Cause,
}

impl Failure {
    /// What to tell the person.
    pub fn sentence(&self) -> String {
        match &self.goal {
            Goal::ActAs(name) => acting(name, &self.cause),
            Goal::StayLonger(name) => longer(name, &self.cause),
            Goal::TakeProfile(name) => profile(name, &self.cause),
            Goal::SignInAgain => again(&self.cause),
        }
    }

    /// The code that support can look up.
    pub fn code(&self) -> String {
        match &self.cause {
            Cause::NotAllowed(error) | Cause::NotAllowedAsOperator(error) => format!("I-{}", error.code()),
            Cause::NotExchanged(error) => format!("X-{}", error.code()),
            Cause::NotProved(error) => format!("W-{}", error.code()),
            Cause::Unchanged => "W-SAME".into(),
            Cause::SomebodyElse => "W-OTHER".into(),
            Cause::NoMoreTime => "W-TIME".into(),
            Cause::Paused { .. } => "I-PAUSED".into(),
        }
    }
}

const NOT_AN_OPERATOR: &str = "You are not an operator of this location.";

fn acting(name: &str, cause: &Cause) -> String {
    let what = match cause {
        Cause::NotAllowed(ApiError::Unauthorized) => {
            format!(
                "Your own session was not accepted, so you cannot act as {name}. Sign in again, then retry."
            )
        }
        Cause::NotAllowed(ApiError::Forbidden) => {
            format!(
                "You do not have permission to act as {name}. Only an administrator of a team they belong to has."
            )
        }
        Cause::NotAllowed(ApiError::NotFound) => {
            format!("{name} could not be found. They may have left.")
        }
        Cause::NotAllowedAsOperator(ApiError::Unauthorized) => NOT_AN_OPERATOR.to_owned(),
        Cause::NotAllowedAsOperator(ApiError::Forbidden) => {
            format!("The location does not let an operator act as {name}.")
        }
        Cause::NotAllowedAsOperator(ApiError::NotFound) => {
            format!("There is no {name} at this location. Check the number.")
        }
        Cause::NotExchanged(
            ApiError::Unauthorized | ApiError::Forbidden | ApiError::NotFound | ApiError::Rejected(_),
        ) => {
            format!(
                "The one-time pass for {name} was not accepted: it has expired or was already used. Start again."
            )
        }
        Cause::Unchanged | Cause::NoMoreTime => {
            format!("The server said yes, but the session is still your own. You are not acting as {name}.")
        }
        Cause::SomebodyElse => {
            format!("The server opened a session that is not {name}'s. It was thrown away.")
        }
        Cause::NotProved(ApiError::Unauthorized | ApiError::Forbidden | ApiError::NotFound) => {
            format!("The server does not accept the new session for {name}, so it was thrown away.")
        }
        Cause::NotProved(error) => {
            format!(
                "It could not be proved that the new session is {name}'s, so it was thrown away. {}",
                error.sentence()
            )
        }
        Cause::Paused { seconds } => {
            let wait = duration(*seconds);
            format!("The server refused this too often, so it is not asked for now. Try again in {wait}.")
        }
        Cause::NotAllowed(error) | Cause::NotAllowedAsOperator(error) | Cause::NotExchanged(error) => {
            error.sentence()
        }
    };
    format!("{what} You are still in your own account.")
}

fn longer(name: &str, cause: &Cause) -> String {
    let what = match cause {
        Cause::NotAllowed(ApiError::Forbidden) | Cause::NotAllowedAsOperator(ApiError::Forbidden) => {
            "The server does not allow you more time as this person.".to_owned()
        }
        Cause::NotAllowedAsOperator(ApiError::Unauthorized) => NOT_AN_OPERATOR.to_owned(),
        Cause::NoMoreTime => {
            "There is no more time to be had: your own session, or the server's limit, ends at the same time."
                .to_owned()
        }
        Cause::NotAllowed(ApiError::NotFound) | Cause::NotAllowedAsOperator(ApiError::NotFound) => {
            "This person could not be found.".to_owned()
        }
        Cause::NotAllowed(ApiError::Unauthorized) => "Your own session was not accepted.".to_owned(),
        Cause::NotAllowed(error)
        | Cause::NotAllowedAsOperator(error)
        | Cause::NotExchanged(error)
        | Cause::NotProved(error)
            if !matches!(error, ApiError::Unauthorized | ApiError::Forbidden | ApiError::NotFound) =>
        {
            error.sentence()
        }
        _ => format!("The server did not give you a longer session as {name}."),
    };
    format!("{what} You still act as {name} for the time that is left.")
}

fn profile(name: &str, cause: &Cause) -> String {
    match cause {
        Cause::NotAllowed(ApiError::Forbidden) => {
            format!("You do not have permission to use the profile {name}.")
        }
        Cause::NotAllowed(ApiError::NotFound) => format!("The profile {name} is not available any more."),
        Cause::NotExchanged(_) => format!("The profile {name} could not be opened. Try again."),
        Cause::Unchanged | Cause::NoMoreTime | Cause::Paused { .. } => {
            format!("The server said yes, but you are not on the profile {name}. Try again.")
        }
        Cause::SomebodyElse => "The server opened somebody else's session. It was thrown away.".into(),
        Cause::NotAllowed(error) | Cause::NotAllowedAsOperator(error) => error.sentence(),
        Cause::NotProved(error) => {
            format!("It could not be confirmed that you are on the profile {name}. {}", error.sentence())
        }
    }
}

fn again(cause: &Cause) -> String {
    match cause {
        Cause::SomebodyElse => words::session::again_somebody_else().to_owned(),
        Cause::NotProved(error) if *error != ApiError::Unauthorized => {
            words::session::again_not_proved(&error.sentence())
        }
        _ => words::session::again_not_accepted().to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_three_refusals_of_impersonation_have_sentences_of_their_own() {
        let say =
            |error| Failure { goal: Goal::ActAs("Ana".into()), cause: Cause::NotAllowed(error) }.sentence();
        let all = [ApiError::Unauthorized, ApiError::Forbidden, ApiError::NotFound].map(say);
        assert!(all.iter().all(|sentence| sentence.contains("Ana")));
        assert!(all[0] != all[1] && all[1] != all[2] && all[0] != all[2]);
    }

    #[test]
    fn an_operator_is_told_what_the_operators_endpoint_means() {
        let say = |error| {
            let cause = Cause::refused(Power::Operator, error);
            Failure { goal: Goal::ActAs("customer 104".into()), cause }.sentence()
        };
        assert!(say(ApiError::Unauthorized).starts_with("You are not an operator of this location. "));
        assert!(say(ApiError::NotFound).starts_with("There is no customer 104 at this location. "));
        assert!(!say(ApiError::Forbidden).contains("administrator of a team"));
        assert!(say(ApiError::Offline).contains("cannot be reached"));
    }

    #[test]
    fn every_failure_to_act_says_that_one_is_still_oneself() {
        for cause in [Cause::Unchanged, Cause::SomebodyElse, Cause::NotExchanged(ApiError::Timeout)] {
            let failure = Failure { goal: Goal::ActAs("Ana".into()), cause };
            assert!(failure.sentence().ends_with("You are still in your own account."));
        }
    }
}
