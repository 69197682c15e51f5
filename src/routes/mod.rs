//! Every path of the portal. [`Route::href`] and [`Route::parse`] are inverses.

mod members_view;

use contract::TeamId;
pub use members_view::{Column, MembersView, Role};

/// A page of the portal.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Route {
    /// `/sign-in?next=/path`
    SignIn(Option<Next>),
    /// `/sign-in/profiles?next=/path`
    Profiles(Option<Next>),
    /// `/`
    Home,
    /// `/user/team/permissions` and `/user/team/permissions/{teamId}`, with what is shown of the team behind `?`
    TeamPermissions(Option<TeamId>, MembersView),
    /// `/user/impersonation-history`
    History,
    /// `/customers`
    Customers,
}

/// Where to go after signing in: always a page of this portal, whatever the address said.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Next(Box<Route>);

impl Next {
    /// A page to go on to; `None` for the pages of signing in, and for home, which needs no mention.
    pub fn new(route: Route) -> Option<Self> {
        match route {
            Route::SignIn(_) | Route::Profiles(_) | Route::Home => None,
            Route::TeamPermissions(..) | Route::History | Route::Customers => Some(Self(Box::new(route))),
        }
    }

    fn parse(path: &str) -> Option<Self> {
        Self::new(Route::at(path)?)
    }
}

/// The page to go on to, or home.
pub fn next_or_home(next: Option<Next>) -> Route {
    next.map_or(Route::Home, |Next(route)| *route)
}

impl Route {
    /// All members of a team, or of one's first.
    pub fn team_permissions(team: Option<TeamId>) -> Self {
        Self::TeamPermissions(team, MembersView::default())
    }

    /// The page at an address as [`Route::href`] writes it. `None` for a path the portal does not have.
    pub fn at(address: &str) -> Option<Self> {
        let (path, query) = address.split_once('?').unwrap_or((address, ""));
        Self::parse(path, query)
    }

    /// Reads a path and a query (without `?`). `None` for a path the portal does not have.
    pub fn parse(path: &str, query: &str) -> Option<Self> {
        let next = || {
            let pairs = form_urlencoded::parse(query.as_bytes());
            pairs.into_iter().find(|(key, _)| key == "next").and_then(|(_, path)| Next::parse(&path))
        };
        if path == "/" {
            return Some(Self::Home);
        }
        let path = path.strip_prefix('/')?;
        let segments: Vec<&str> = path.strip_suffix('/').unwrap_or(path).split('/').collect();
        match segments.as_slice() {
            ["sign-in"] => Some(Self::SignIn(next())),
            ["sign-in", "profiles"] => Some(Self::Profiles(next())),
            ["user", "team", "permissions"] => Some(Self::TeamPermissions(None, MembersView::parse(query))),
            ["user", "team", "permissions", id] => {
                let id: TeamId = id.parse().ok()?;
                (id.0 > 0).then(|| Self::TeamPermissions(Some(id), MembersView::parse(query)))
            }
            ["user", "impersonation-history"] => Some(Self::History),
            ["customers"] => Some(Self::Customers),
            _ => None,
        }
    }

    /// The address of the page.
    pub fn href(&self) -> String {
        match self {
            Self::SignIn(next) => with_next("/sign-in", next.as_ref()),
            Self::Profiles(next) => with_next("/sign-in/profiles", next.as_ref()),
            Self::Home => "/".to_owned(),
            Self::TeamPermissions(team, view) => {
                let team = team.map(|team| format!("/{team}")).unwrap_or_default();
                let query = view.query();
                let mark = if query.is_empty() { "" } else { "?" };
                format!("/user/team/permissions{team}{mark}{query}")
            }
            Self::History => "/user/impersonation-history".to_owned(),
            Self::Customers => "/customers".to_owned(),
        }
    }
}

fn with_next(path: &str, next: Option<&Next>) -> String {
    match next {
        None => path.to_owned(),
        Some(Next(route)) => {
            let query =
                form_urlencoded::Serializer::new(String::new()).append_pair("next", &route.href()).finish();
            format!("{path}?{query}")
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// The pages one can go on to.
    fn places() -> impl Strategy<Value = Route> {
        let team = (proptest::option::of((1i64..).prop_map(TeamId)), members_view::tests::views());
        let team = team.prop_map(|(team, view)| Route::TeamPermissions(team, view));
        prop_oneof![team, Just(Route::History), Just(Route::Customers)]
    }

    fn routes() -> impl Strategy<Value = Route> {
        let next = || proptest::option::of(places().prop_map(|route| Next(Box::new(route))));
        prop_oneof![
            next().prop_map(Route::SignIn),
            next().prop_map(Route::Profiles),
            Just(Route::Home),
            places(),
        ]
    }

    proptest! {
        #[test]
        fn href_and_parse_are_inverses(route in routes()) {
            prop_assert_eq!(Route::at(&route.href()), Some(route));
        }

        #[test]
        fn sec_37_whatever_next_says_one_stays_in_the_portal(next in ".*") {
            let query: String = form_urlencoded::Serializer::new(String::new()).append_pair("next", &next).finish();
            if let Some(Route::SignIn(next)) = Route::parse("/sign-in", &query) {
                let href = next_or_home(next).href();
                let pages = ["/user/team/permissions", "/user/impersonation-history", "/customers"];
                prop_assert!(href == "/" || pages.iter().any(|page| href.starts_with(page)));
            }
        }
    }

    #[test]
    fn a_foreign_next_is_ignored() {
        for next in
            ["//evil", "/\\evil", "javascript:alert(1)", "https://evil", "/%2F%2Fevil", "/sign-in", ""]
        {
            let query: String =
                form_urlencoded::Serializer::new(String::new()).append_pair("next", next).finish();
            assert_eq!(Route::parse("/sign-in", &query), Some(Route::SignIn(None)), "{next}");
        }
    }

    #[test]
    fn sec_36_a_trailing_slash_is_the_same_page_and_a_strange_id_is_none() {
        assert_eq!(Route::parse("/sign-in/", ""), Some(Route::SignIn(None)));
        for path in [
            "/nowhere",
            "/user/team/permissions/x",
            "/user/team/permissions/0",
            "/user/team/permissions/-1",
            "//",
            "",
        ] {
            assert_eq!(Route::parse(path, ""), None, "{path}");
        }
    }
}
