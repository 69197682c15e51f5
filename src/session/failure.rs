//! Why a person stayed who they were, in sentences.

use super::model::Power;
use super::notice::duration;
use crate::api::ApiError;
use words::session;

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

fn acting(name: &str, cause: &Cause) -> String {
    let what = match cause {
        Cause::NotAllowed(ApiError::Unauthorized) => session::not_accepted_to_act(name),
        Cause::NotAllowed(ApiError::Forbidden) => session::not_permitted(name),
        Cause::NotAllowed(ApiError::NotFound) => session::not_found(name),
        Cause::NotAllowedAsOperator(ApiError::Unauthorized) => session::no_operator().to_owned(),
        Cause::NotAllowedAsOperator(ApiError::Forbidden) => session::operator_not_permitted(name),
        Cause::NotAllowedAsOperator(ApiError::NotFound) => session::no_customer(name),
        Cause::NotExchanged(
            ApiError::Unauthorized | ApiError::Forbidden | ApiError::NotFound | ApiError::Rejected(_),
        ) => session::pass_not_accepted(name),
        Cause::Unchanged | Cause::NoMoreTime => session::unchanged(name),
        Cause::SomebodyElse => session::not_theirs(name),
        Cause::NotProved(ApiError::Unauthorized | ApiError::Forbidden | ApiError::NotFound) => {
            session::new_not_accepted(name)
        }
        Cause::NotProved(error) => session::not_proved(name, &error.sentence()),
        Cause::Paused { seconds } => session::paused(&duration(*seconds)),
        Cause::NotAllowed(error) | Cause::NotAllowedAsOperator(error) | Cause::NotExchanged(error) => {
            error.sentence()
        }
    };
    [&what, session::still_own()].join(" ")
}

fn longer(name: &str, cause: &Cause) -> String {
    let what = match cause {
        Cause::NotAllowed(ApiError::Forbidden) | Cause::NotAllowedAsOperator(ApiError::Forbidden) => {
            session::no_longer_permitted().to_owned()
        }
        Cause::NotAllowedAsOperator(ApiError::Unauthorized) => session::no_operator().to_owned(),
        Cause::NoMoreTime => session::no_more_time().to_owned(),
        Cause::NotAllowed(ApiError::NotFound) | Cause::NotAllowedAsOperator(ApiError::NotFound) => {
            session::this_person_not_found().to_owned()
        }
        Cause::NotAllowed(ApiError::Unauthorized) => session::own_not_accepted().to_owned(),
        Cause::NotAllowed(error)
        | Cause::NotAllowedAsOperator(error)
        | Cause::NotExchanged(error)
        | Cause::NotProved(error)
            if !matches!(error, ApiError::Unauthorized | ApiError::Forbidden | ApiError::NotFound) =>
        {
            error.sentence()
        }
        _ => session::no_longer_session(name),
    };
    [what, session::still_acting(name)].join(" ")
}

fn profile(name: &str, cause: &Cause) -> String {
    match cause {
        Cause::NotAllowed(ApiError::Forbidden) => session::profile_not_permitted(name),
        Cause::NotAllowed(ApiError::NotFound) => session::profile_not_available(name),
        Cause::NotExchanged(_) => session::profile_not_opened(name),
        Cause::Unchanged | Cause::NoMoreTime | Cause::Paused { .. } => session::profile_unchanged(name),
        Cause::SomebodyElse => session::somebody_elses().to_owned(),
        Cause::NotAllowed(error) | Cause::NotAllowedAsOperator(error) => error.sentence(),
        Cause::NotProved(error) => session::profile_not_confirmed(name, &error.sentence()),
    }
}

fn again(cause: &Cause) -> String {
    match cause {
        Cause::SomebodyElse => session::again_somebody_else().to_owned(),
        Cause::NotProved(error) if *error != ApiError::Unauthorized => {
            session::again_not_proved(&error.sentence())
        }
        _ => session::again_not_accepted().to_owned(),
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
