//! What holds between any state and the next.

use super::super::*;
use crate::session::acting::Acting;
use contract::{AccessToken, CoworkerId, UserId};

/// The longest time one may act without asking anew, in seconds.
const CAP: u64 = 30 * 60;

/// A step that was made: the whole of what the invariants speak of.
pub(super) struct Made<'a> {
    pub(super) before: &'a Session,
    pub(super) event: &'a Event,
    pub(super) now: Millis,
    pub(super) after: &'a Session,
    pub(super) effects: &'a [Effect],
}

impl Made<'_> {
    pub(super) fn check(&self) {
        self.the_own_credential_is_what_it_was();
        self.while_one_acts_the_own_credential_is_not_touched();
        self.whoever_is_signed_in_never_turns_into_somebody_else();
        self.a_lapsed_session_is_gone_on_with_by_the_same_person_alone();
        self.nobody_goes_on_after_a_switch_that_was_not_proved();
        self.nobody_is_let_in_by_a_try_that_is_not_awaited();
        self.nobody_waits_for_nothing();
        self.a_change_of_person_is_a_new_epoch();
        self.only_the_current_person_speaks();
        self.the_overlay_comes_from_a_proof_and_goes_back_to_oneself();
        self.no_session_is_left_behind();
        self.the_deadline_is_never_later_than_allowed();
        self.only_ones_own_credential_is_stored();
        self.the_ledger_is_true_and_holds_no_token();
    }

    /// Only a renewal and taking an own profile by exchange ever make a new one, and it lives until one is nobody.
    fn the_own_credential_is_what_it_was(&self) {
        let (Some(was), Some(is)) = (self.before.state.own(), self.after.state.own()) else { return };
        if was.credential != is.credential {
            let renewed = matches!(self.event, Event::Renewed(..) | Event::Adopted(..));
            let proved = matches!(
                (&self.before.state, self.event),
                (State::Choosing(..) | State::Lapsed(..), Event::Proved(..))
            );
            assert!(renewed || proved, "the own credential changed by {:?}", self.event);
        }
    }

    fn while_one_acts_the_own_credential_is_not_touched(&self) {
        let (before, after) = (&self.before.state, &self.after.state);
        let acts = matches!(before, State::Starting(_, Start { waits: false, .. }) | State::Acting(..))
            && matches!(after, State::Starting(..) | State::Acting(..) | State::Stopping(..));
        if acts {
            assert_eq!(before.own().unwrap().credential, after.own().unwrap().credential);
        }
        if matches!(after, State::Acting(..)) {
            assert!(!self.after.is_renewing(), "a renewal would touch it");
            assert!(!self.effects.iter().any(|effect| matches!(effect, Effect::Renew(_))));
        }
    }

    fn whoever_is_signed_in_never_turns_into_somebody_else(&self) {
        if let (Some(was), Some(is)) = (self.before.state.own(), self.after.state.own()) {
            assert_eq!(was.identity.user, is.identity.user);
        }
    }

    fn a_lapsed_session_is_gone_on_with_by_the_same_person_alone(&self) {
        match (&self.before.state, &self.after.state) {
            (State::Lapsed(_, Some(proof)), State::SignedIn(own)) => {
                assert_eq!(own.credential.access, proof.credential.access);
                let own_again = matches!(self.event, Event::Proved(_, _, Ok(reply)) if reply.user.id == own.identity.user);
                assert!(own_again, "not proved by {:?}", self.event);
            }
            (State::Lapsed(..), State::Lapsed(..) | State::SignedOut(_)) => {}
            (State::Lapsed(..), to) => panic!("a lapsed session went on as {to:?}"),
            (
                State::SignedIn(own)
                | State::Starting(own, _)
                | State::Choosing(own, Choice { waits: Some(_), .. }),
                State::Lapsed(lapsed, None),
            ) => {
                assert_eq!(own.credential, lapsed.credential);
                let forgotten = Effect::Forget(own.credential.access.clone());
                assert!(self.effects.contains(&forgotten));
                assert_eq!(self.before.epoch, self.after.epoch, "the page stays");
            }
            (from, State::Lapsed(..)) => panic!("{from:?} lapsed"),
            _ => {}
        }
    }

    /// Where the server may have switched, nobody is shown a page before it has said which profile that is.
    fn nobody_goes_on_after_a_switch_that_was_not_proved(&self) {
        let State::Choosing(_, Choice { exchanged: None, waits: None, .. }) = &self.before.state else {
            return;
        };
        let unsure = match self.event {
            Event::Switched(attempt, Ok(())) => *attempt == self.before.attempt,
            Event::Proved(attempt, _, Err(_)) => *attempt == self.before.attempt,
            _ => false,
        };
        assert!(!unsure || !matches!(self.after.state, State::SignedIn(_)), "after {:?}", self.event);
    }

    /// The answer to a try counts for whoever made it, on the form they made it from, and for nobody who came after.
    fn nobody_is_let_in_by_a_try_that_is_not_awaited(&self) {
        let is_another = self.before.state.user() != self.after.state.user()
            || acting(&self.after.state).is_some() && acting(&self.before.state).is_none();
        if self.before.epoch != self.after.epoch && is_another {
            assert_eq!(self.after.awaited, None, "a try outlives a change of person");
        }
        let Event::Granted(attempt, credential) = self.event else { return };
        if self.before.awaited != Some(*attempt) {
            assert_eq!(self.effects, [Effect::Discard(credential.access.clone())]);
            assert_eq!(self.before, self.after);
        }
    }

    /// What waits to hear what a 401 meant does so only while that is being found out, and is told as soon as it is known.
    fn nobody_waits_for_nothing(&self) {
        let settled = self.effects.iter().any(|effect| matches!(effect, Effect::Settled(_)));
        assert!(!self.after.doubted || self.after.is_in_doubt());
        assert_eq!(
            settled,
            (self.before.doubted || matches!(self.event, Event::Unauthorized(..))) && !self.after.doubted
        );
    }

    fn a_change_of_person_is_a_new_epoch(&self) {
        if person(&self.before.state) != person(&self.after.state) {
            assert!(self.after.epoch > self.before.epoch, "the person changed within an epoch");
        }
        let assumed = self.effects.iter().any(|effect| matches!(effect, Effect::Assume(_)));
        assert_eq!(self.after.epoch > self.before.epoch, assumed);
    }

    /// Whatever passport is handed out is of this epoch and this person, and the last one is what they may do now;
    /// whatever asks the server carries a bearer that belongs to the session.
    fn only_the_current_person_speaks(&self) {
        let passports: Vec<_> = self.effects.iter().filter_map(passport).collect();
        for passport in &passports {
            assert_eq!(passport.epoch, self.after.epoch, "a passport of another epoch");
            let theirs = held(&self.after.state);
            assert!(
                passport.bearer.as_ref().is_none_or(|it| theirs.contains(&it)),
                "somebody else's passport"
            );
            assert_eq!(passport.limits.is_some(), acting(&self.after.state).is_some());
        }
        if let Some(last) = passports.last() {
            assert_eq!(last.bearer.as_ref(), bearer(&self.after.state), "a passport of somebody else");
        }
        // While it is not known which of one's profiles a bearer speaks for, nothing is sent with it.
        if self.before.state.is_switching() != self.after.state.is_switching() {
            // What another tab has made speaks only after it is known whose it is.
            assert!(!passports.is_empty() || self.after.adopted.is_some(), "after {:?}", self.event);
        }
        for effect in self.effects {
            if let Effect::Whoami(attempt, bearer) | Effect::FetchToken(attempt, bearer, ..) = effect {
                assert_eq!(*attempt, self.after.attempt);
                assert!(held(&self.after.state).contains(&bearer), "{effect:?} speaks for nobody");
            }
        }
    }

    fn the_overlay_comes_from_a_proof_and_goes_back_to_oneself(&self) {
        match (&self.before.state, &self.after.state) {
            (State::Acting(_, was, _), State::Acting(_, is, _)) => {
                assert_eq!(was.request, is.request);
                assert!(was.is(&is.identity), "acting became another person");
            }
            (State::Starting(own, start), State::Acting(_, acting, _)) => {
                assert_eq!(Some(&acting.credential), start.exchanged.as_ref());
                assert!(acting.identity.holds(start.request.target.id));
                assert_ne!(acting.identity.user, own.identity.user);
            }
            (from, State::Acting(..)) => panic!("acting out of {from:?}"),
            (State::Acting(..), State::Stopping(..) | State::SignedOut(_)) => {}
            (State::Acting(..), to) => panic!("acting ended in {to:?}"),
            (State::SignedIn(_) | State::Starting(..), State::Starting(..)) => {}
            (from, State::Starting(..)) => panic!("starting out of {from:?}"),
            (State::Stopping(was, _), State::SignedIn(is)) => assert_eq!(was.identity, is.identity),
            (State::Stopping(..), State::Stopping(..) | State::SignedOut(_) | State::Proving(_)) => {}
            (State::Stopping(..), to) => panic!("stopping ended in {to:?}"),
            _ => {}
        }
    }

    /// A session as another person that is no longer held was ended on the server too, and there is never a second one
    /// that speaks. One that turned out to be one's own is left alone.
    fn no_session_is_left_behind(&self) {
        let ended: Vec<&AccessToken> = self.effects.iter().flat_map(ends).collect();
        let dropped =
            overlays(&self.before.state).into_iter().filter(|it| !held(&self.after.state).contains(it));
        let unchanged = self.after.failure.as_ref().is_some_and(|failure| failure.cause == Cause::Unchanged);
        for bearer in dropped {
            assert!(ended.contains(&bearer) || unchanged, "{bearer:?} was left behind by {:?}", self.event);
        }
        if let Event::Exchanged(_, Ok(grant)) = self.event {
            assert!(held(&self.after.state).contains(&&grant.access) || ended.contains(&&grant.access));
        }
    }

    fn the_deadline_is_never_later_than_allowed(&self) {
        let Some(acting) = acting(&self.after.state) else { return };
        assert!(acting.deadline <= self.now.plus_seconds(CAP).max(deadline(&self.before.state)));
        assert!(acting.credential.expires_at.is_none_or(|end| acting.deadline <= end));
        if let Some(Effect::Assume(_) | Effect::Refresh(_)) = self.effects.first() {
            let own = self.after.state.own().unwrap();
            assert!(own.credential.expires_at.is_none_or(|end| acting.deadline <= end));
        }
        if matches!(self.event, Event::Clock(_)) {
            assert!(self.now < acting.deadline, "acting goes on after its time");
        }
    }

    fn only_ones_own_credential_is_stored(&self) {
        for effect in self.effects {
            if let Effect::Store(stored) = effect {
                let kept = match &self.after.state {
                    State::Proving(proof) => Some(&proof.credential),
                    other => other.own().map(|own| &own.credential),
                };
                assert_eq!(Some(stored), kept);
            }
        }
    }

    fn the_ledger_is_true_and_holds_no_token(&self) {
        let open = self.after.ledger.open().map(|entry| entry.other.coworker);
        assert_eq!(open, acting(&self.after.state).map(|acting| acting.request.target.id));
        if !self.effects.iter().any(|effect| matches!(effect, Effect::Record)) {
            assert!(self.before.ledger == self.after.ledger);
            return;
        }
        let text = format!("{:?}", self.after.ledger.open());
        for secret in ["once-", "exchanged-", "renewed-", "granted-", "found-", "own-refresh", "refresh-"] {
            assert!(!text.contains(secret), "{secret} is in the ledger");
        }
    }
}

fn passport(effect: &Effect) -> Option<&Passport> {
    match effect {
        Effect::Assume(passport) | Effect::Refresh(passport) | Effect::Limit(passport) => Some(passport),
        _ => None,
    }
}

fn acting(state: &State) -> Option<&Acting> {
    match state {
        State::Acting(_, acting, _) => Some(acting),
        _ => None,
    }
}

fn deadline(state: &State) -> Millis {
    acting(state).map_or(Millis(0), |acting| acting.deadline)
}

/// Whom the pages are for, whether anything is sent for them or not.
fn person(state: &State) -> Option<(UserId, CoworkerId)> {
    match state {
        State::Acting(_, acting, _) => Some((acting.identity.user, acting.request.target.id)),
        State::Stopping(..) => None,
        other => other.own().map(|own| (own.identity.user, own.identity.profile)),
    }
}

/// Whose bearer requests carry.
fn bearer(state: &State) -> Option<&AccessToken> {
    match state {
        State::Acting(_, acting, _) => Some(&acting.credential.access),
        State::Stopping(..) | State::Lapsed(..) => None,
        switching if switching.is_switching() => None,
        other => other.own().map(|own| &own.credential.access),
    }
}

/// The bearers of sessions that this tab has made beside one's own, proved and not.
fn overlays(state: &State) -> Vec<&AccessToken> {
    let (first, second) = match state {
        State::Lapsed(_, Some(proof)) if proof.fresh => return vec![&proof.credential.access],
        State::Starting(_, start) => (start.exchanged.as_ref(), None),
        State::Acting(_, acting, Asking::Longer { exchanged, .. }) => {
            (Some(&acting.credential), exchanged.as_ref())
        }
        State::Acting(_, acting, _) => (Some(&acting.credential), None),
        _ => (None, None),
    };
    first.into_iter().chain(second).map(|credential| &credential.access).collect()
}

/// All bearers of the session.
fn held(state: &State) -> Vec<&AccessToken> {
    let own = match state {
        State::Proving(proof) => Some(&proof.credential.access),
        State::Choosing(_, Choice { exchanged: Some(grant), .. }) => {
            return vec![&grant.access, &state.own().unwrap().credential.access];
        }
        State::Lapsed(_, Some(proof)) => Some(&proof.credential.access),
        other => other.own().map(|own| &own.credential.access),
    };
    overlays(state).into_iter().chain(own).collect()
}

/// The sessions that an effect ends on the server.
fn ends(effect: &Effect) -> Vec<&AccessToken> {
    match effect {
        Effect::Discard(bearer) | Effect::Stop(_, bearer) => vec![bearer],
        Effect::Farewell(bearers, _) => bearers.iter().collect(),
        _ => vec![],
    }
}
