//! The route table and the session guard, as two pure matches over the session's phase and the route.

use crate::api::ApiError;
use crate::routes::{Next, Route, WayIn};
use crate::session::{Phase, Snapshot, Why};

/// What is on the screen, told apart as coarsely as pages are mounted: each of these is a page of its own.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Screen {
    /// Nobody's page, while it is not known who one is, or on the way to another page.
    Loading,
    /// Nobody's page, while acting as somebody is being ended.
    Returning,
    /// The sign-in form.
    SignIn,
    /// What leads in for whoever does not use the form.
    WayIn(WayIn, Option<Next>),
    /// It could not be proved who one is.
    Proof(ApiError),
    /// The choice of profiles.
    Profiles(Option<Next>),
    /// The first page.
    Home,
    /// A team's permissions.
    TeamPermissions,
    /// What one did as others.
    History,
    /// Where operators find a customer.
    Customers,
    /// No page of the portal.
    NotFound,
}

impl Screen {
    /// Whether it is a page that somebody has come to through signing in.
    pub fn is_somebodys(&self) -> bool {
        matches!(self, Self::Home | Self::TeamPermissions | Self::History | Self::Customers | Self::NotFound)
    }

    /// Whether it is shown to nobody in particular, and stays when somebody becomes somebody else.
    pub fn is_anybodys(&self) -> bool {
        matches!(self, Self::SignIn | Self::WayIn(..))
    }
}

/// What a phase of the session shows of a route. Without a proved person nothing is shown but the ways to sign in.
pub fn screen(snapshot: &Snapshot, route: Option<Route>) -> Screen {
    match (&snapshot.phase, route) {
        (Phase::Proving(Some(error)), _) => Screen::Proof(error.clone()),
        (Phase::SignedOut(_) | Phase::Proving(None), Some(Route::SignIn(_))) => Screen::SignIn,
        // Somebody may open the link of a mail while they, or somebody else, are signed in: the page says who is.
        (
            Phase::SignedOut(_) | Phase::Proving(None) | Phase::SignedIn | Phase::Lapsed(_),
            Some(Route::WayIn(way, next)),
        ) => Screen::WayIn(way, next),
        (Phase::Restoring | Phase::SignedOut(_) | Phase::Proving(None), _) => Screen::Loading,
        (Phase::Stopping, _) => Screen::Returning,
        (_, Some(Route::SignIn(_) | Route::WayIn(..))) => Screen::Loading,
        (_, Some(Route::Profiles(next))) => Screen::Profiles(next),
        (_, Some(Route::Home)) => Screen::Home,
        (_, Some(Route::TeamPermissions(..))) => Screen::TeamPermissions,
        (_, Some(Route::History)) => Screen::History,
        (_, Some(Route::Customers)) if snapshot.is_operator() => Screen::Customers,
        // Nobody else learns that there is such a page.
        (_, Some(Route::Customers)) => Screen::NotFound,
        (_, None) => Screen::NotFound,
    }
}

/// Where the guard sends a visitor of `route` in this phase; `None`: they may stay.
pub fn detour(snapshot: &Snapshot, route: Option<Route>) -> Option<Route> {
    match (&snapshot.phase, route) {
        (Phase::SignedOut(_), Some(Route::SignIn(_) | Route::WayIn(..))) => None,
        // It was left behind, or was another's: whoever comes next finds nothing of it.
        (Phase::SignedOut(Why::SignedOut | Why::OtherTab | Why::EndedWhileActing(_)), _) => {
            Some(Route::SignIn(None))
        }
        (Phase::SignedOut(why), route) => {
            let next = match route {
                Some(Route::Profiles(next)) => next,
                route => route.and_then(Next::new),
            };
            // Somebody else may sit there by now: what was sought on the page is not for them.
            Some(Route::SignIn(if matches!(why, Why::Unused(_)) { next.map(Next::bare) } else { next }))
        }
        (Phase::SignedIn | Phase::Acting, Some(Route::SignIn(next))) => Some(Route::Profiles(next)),
        // Signing in is one's own affair.
        (Phase::Acting, Some(Route::WayIn(..))) => Some(Route::Home),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::api::Epoch;
    use crate::routes::MembersView;
    use contract::{CoworkerId, TeamId};

    fn snapshot(phase: Phase) -> Snapshot {
        Snapshot { epoch: Epoch(1), phase, own: None, acting: None, failure: None, kept: None }
    }

    fn routes() -> Vec<Option<Route>> {
        let team = Route::team_permissions(Some(TeamId(5)));
        let next = Next::new(team.clone());
        let places = [Route::Home, Route::History, Route::Customers, team];
        let ways = WayIn::ALL.map(|way| Route::WayIn(way, next.clone()));
        let known = [Route::SignIn(None), Route::SignIn(next), Route::Profiles(None)];
        known.into_iter().chain(ways).chain(places).map(Some).chain([None]).collect()
    }

    #[test]
    fn without_a_proved_person_no_page_of_anybody_is_shown() {
        let phases = [
            Phase::Restoring,
            Phase::SignedOut(Why::Fresh),
            Phase::SignedOut(Why::Expired),
            Phase::Proving(None),
            Phase::Proving(Some(ApiError::Offline)),
            Phase::Stopping,
        ];
        for phase in phases {
            for route in routes() {
                let shown = screen(&snapshot(phase.clone()), route);
                assert!(
                    matches!(shown, Screen::Loading | Screen::Returning | Screen::Proof(_))
                        || shown.is_anybodys(),
                    "{phase:?} shows {shown:?}"
                );
            }
        }
    }

    #[test]
    fn a_detour_leads_to_a_page_that_may_be_shown_and_ends_there() {
        let id = CoworkerId(1);
        let phases = [
            Phase::Restoring,
            Phase::SignedOut(Why::Fresh),
            Phase::SignedOut(Why::SignedOut),
            Phase::Proving(None),
            Phase::SignedIn,
            Phase::Choosing(id),
            Phase::Starting(id),
            Phase::Acting,
            Phase::Stopping,
        ];
        for phase in phases {
            for route in routes() {
                let snapshot = snapshot(phase.clone());
                if let Some(elsewhere) = detour(&snapshot, route) {
                    assert_eq!(detour(&snapshot, Some(elsewhere.clone())), None, "{phase:?}");
                    assert_ne!(screen(&snapshot, Some(elsewhere)), Screen::Loading, "{phase:?}");
                }
            }
        }
    }

    #[test]
    fn a_mailed_link_is_for_whoever_is_signed_in_or_nobody_and_never_for_somebody_acted_as() {
        let link = || Some(Route::WayIn(WayIn::ResetPassword, None));
        for phase in [
            Phase::SignedOut(Why::SignedOut),
            Phase::SignedOut(Why::Expired),
            Phase::SignedIn,
            Phase::Lapsed(false),
        ] {
            let snapshot = snapshot(phase);
            assert_eq!(screen(&snapshot, link()), Screen::WayIn(WayIn::ResetPassword, None));
            assert_eq!(detour(&snapshot, link()), None);
        }
        let acting = snapshot(Phase::Acting);
        assert_eq!((screen(&acting, link()), detour(&acting, link())), (Screen::Loading, Some(Route::Home)));
    }

    #[test]
    fn when_ones_session_is_over_what_is_shown_stays() {
        for proving in [false, true] {
            let lapsed = snapshot(Phase::Lapsed(proving));
            for route in routes() {
                assert_eq!(screen(&lapsed, route.clone()), screen(&snapshot(Phase::SignedIn), route.clone()));
                assert_eq!(detour(&lapsed, route), None, "nobody is led elsewhere");
            }
        }
    }

    #[test]
    fn the_page_one_came_for_is_kept_through_signing_in_but_not_through_signing_out() {
        let team = Route::team_permissions(Some(TeamId(5)));
        let next = Next::new(team.clone());
        let to = |why, route| detour(&snapshot(Phase::SignedOut(why)), Some(route));
        assert_eq!(to(Why::Expired, team.clone()), Some(Route::SignIn(next.clone())));
        assert_eq!(to(Why::Fresh, Route::Profiles(next.clone())), Some(Route::SignIn(next.clone())));
        let sought = Route::TeamPermissions(
            Some(TeamId(5)),
            MembersView { find: "ana".into(), ..MembersView::default() },
        );
        for left in [Why::SignedOut, Why::OtherTab, Why::EndedWhileActing("Ana".into())] {
            assert_eq!(to(left.clone(), team.clone()), Some(Route::SignIn(None)));
            assert_eq!(to(left, Route::Profiles(next.clone())), Some(Route::SignIn(None)));
        }
        assert_ne!(to(Why::Expired, sought.clone()), Some(Route::SignIn(next.clone())));
        for unused in [sought.clone(), Route::Profiles(Next::new(sought))] {
            assert_eq!(
                to(Why::Unused(15), unused),
                Some(Route::SignIn(next.clone())),
                "without what was sought"
            );
        }
        let signed_in = snapshot(Phase::SignedIn);
        assert_eq!(detour(&signed_in, Some(Route::SignIn(next.clone()))), Some(Route::Profiles(next)));
    }
}
