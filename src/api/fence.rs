//! For whom a request is made, and what may be sent for them.

use super::error::{ApiError, Refusal};
use contract::json::{Read, Reader, Write, Writer};
use contract::{AccessToken, Policy, Request, Unreadable, words};

/// Wall-clock time in milliseconds since 1970.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Millis(pub u64);

impl Read for Millis {
    fn read(json: &mut Reader<'_>) -> Result<Self, Unreadable> {
        json.read().map(Self)
    }
}

impl Write for Millis {
    fn write(&self, json: &mut Writer) {
        self.0.write(json);
    }
}

impl Millis {
    /// This time and some seconds.
    #[must_use]
    pub fn plus_seconds(self, seconds: u64) -> Self {
        Self(self.0.saturating_add(seconds.saturating_mul(1000)))
    }

    /// Whether so many seconds have passed since this time at `now`, or nobody knows because the clock was put back.
    #[must_use]
    pub fn is_past_by(self, seconds: u64, now: Self) -> bool {
        now < self || now >= self.plus_seconds(seconds)
    }

    /// Whole seconds from `now` until this time; 0 when it has passed.
    pub fn seconds_after(self, now: Self) -> u64 {
        self.0.saturating_sub(now.0).div_ceil(1000)
    }
}

/// Grows by each change of person. A request, a cached query and a mounted page belong to one epoch.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Epoch(pub u64);

impl Epoch {
    /// The epoch after this one.
    #[must_use]
    pub fn next(self) -> Self {
        Self(self.0.wrapping_add(1))
    }
}

/// How much may be done while acting as another person.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Access {
    /// Only reads leave the browser.
    ViewOnly,
    /// Changes too, as far as their endpoint allows.
    Full,
}

words!(Access { "ViewOnly" => ViewOnly, "Full" => Full });

impl Access {
    /// The words on the screen.
    pub fn label(self) -> &'static str {
        match self {
            Self::ViewOnly => words::errors::access_view_only(),
            Self::Full => words::errors::access_full(),
        }
    }
}

/// What limits a session that acts as another person.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// How much may be done.
    pub access: Access,
    /// Nothing is sent from this moment on.
    pub deadline: Millis,
}

/// Who speaks now: the epoch, the bearer, and the limits when acting.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Passport {
    /// The epoch of this person.
    pub epoch: Epoch,
    /// The bearer; `None` while nobody is signed in.
    pub bearer: Option<AccessToken>,
    /// Set while acting as another person.
    pub limits: Option<Limits>,
}

impl Passport {
    /// Whether `request` may leave the browser for `epoch` at `now`.
    pub(crate) fn check(&self, epoch: Epoch, request: &Request, now: Millis) -> Result<(), ApiError> {
        if epoch != self.epoch {
            return Err(ApiError::WrongIdentity);
        }
        if request.bearer && self.bearer.is_none() {
            return Err(ApiError::Unauthorized);
        }
        let Some(limits) = self.limits else { return Ok(()) };
        if now >= limits.deadline {
            return Err(ApiError::WrongIdentity);
        }
        match (request.policy, limits.access) {
            (Policy::Never, _) => Err(ApiError::Refused(Refusal::NotWhileActing)),
            (Policy::FullAccess, Access::ViewOnly) => Err(ApiError::Refused(Refusal::ViewOnly)),
            // A slip in the contract must not open the fence: what is not safe needs Full access in any case.
            (Policy::Allowed, Access::ViewOnly) if !request.method.is_safe() => {
                Err(ApiError::Refused(Refusal::ViewOnly))
            }
            (Policy::Allowed | Policy::FullAccess, _) => Ok(()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use contract::{Body, Method};

    fn request(method: Method, policy: Policy) -> Request {
        Request {
            method,
            route: "/x",
            path: "/x".into(),
            headers: vec![],
            body: Body::None,
            policy,
            bearer: true,
            one_shot: false,
        }
    }

    fn acting(access: Access) -> Passport {
        Passport {
            epoch: Epoch(2),
            bearer: AccessToken::new("t"),
            limits: Some(Limits { access, deadline: Millis(1_000) }),
        }
    }

    #[test]
    fn sec_22_view_only_lets_nothing_but_reads_out() {
        let passport = acting(Access::ViewOnly);
        let check = |m, p| passport.check(Epoch(2), &request(m, p), Millis(0));
        assert_eq!(check(Method::Get, Policy::Allowed), Ok(()));
        for method in [Method::Post, Method::Put, Method::Patch, Method::Delete] {
            for policy in [Policy::Allowed, Policy::FullAccess] {
                assert_eq!(check(method, policy), Err(ApiError::Refused(Refusal::ViewOnly)));
            }
        }
    }

    #[test]
    fn full_access_still_refuses_what_is_never_done_for_another() {
        let passport = acting(Access::Full);
        let check = |m, p| passport.check(Epoch(2), &request(m, p), Millis(0));
        assert_eq!(check(Method::Put, Policy::FullAccess), Ok(()));
        assert_eq!(check(Method::Get, Policy::Never), Err(ApiError::Refused(Refusal::NotWhileActing)));
    }

    #[test]
    fn another_epoch_or_a_passed_deadline_sends_nothing() {
        let passport = acting(Access::Full);
        let get = request(Method::Get, Policy::Allowed);
        assert_eq!(passport.check(Epoch(1), &get, Millis(0)), Err(ApiError::WrongIdentity));
        assert_eq!(passport.check(Epoch(2), &get, Millis(999)), Ok(()));
        assert_eq!(passport.check(Epoch(2), &get, Millis(1_000)), Err(ApiError::WrongIdentity));
    }

    #[test]
    fn nobody_sends_nothing_that_needs_a_bearer() {
        let passport = Passport::default();
        let mut get = request(Method::Get, Policy::Allowed);
        assert_eq!(passport.check(Epoch(0), &get, Millis(0)), Err(ApiError::Unauthorized));
        get.bearer = false;
        assert_eq!(passport.check(Epoch(0), &get, Millis(0)), Ok(()));
    }

    #[test]
    fn a_clock_that_was_put_back_makes_nothing_young_for_hours() {
        let hour = Millis(3_600_000);
        assert!(!hour.is_past_by(60, hour) && !hour.is_past_by(60, Millis(hour.0 + 59_999)));
        assert!(hour.is_past_by(60, hour.plus_seconds(60)) && hour.is_past_by(60, Millis(0)));
    }
}
