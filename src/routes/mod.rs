//! Every path of the portal. [`Route::href`] and [`Route::parse`] are inverses.

mod members_view;
mod way_in;

use contract::TeamId;
pub use members_view::{Column, MembersView, Role};
pub use way_in::WayIn;

/// A page of the portal.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Route {
    /// `/sign-in?next=/path`
    SignIn(Option<Next>),
    /// `/forgot-password?next=/path` and what else signs in without e-mail and password
    WayIn(WayIn, Option<Next>),
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
            Route::SignIn(_) | Route::WayIn(..) | Route::Profiles(_) | Route::Home => None,
            Route::TeamPermissions(..) | Route::History | Route::Customers => Some(Self(Box::new(route))),
        }
    }

    /// Reads an address that may come from anywhere. What is kept of it is the page, never the text.
    pub fn parse(address: &str) -> Option<Self> {
        Self::new(Route::at(address)?)
    }

    /// The page without what is shown on it.
    #[must_use]
    pub fn bare(self) -> Self {
        match *self.0 {
            Route::TeamPermissions(team, _) => Self(Box::new(Route::team_permissions(team))),
            _ => self,
        }
    }

    /// The address of the page.
    pub fn href(&self) -> String {
        self.0.href()
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
        if let Some(way) = WayIn::at(path) {
            return Some(Self::WayIn(way, next()));
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
            Self::WayIn(way, next) => with_next(way.path(), next.as_ref()),
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
        Some(next) => {
            let query =
                form_urlencoded::Serializer::new(String::new()).append_pair("next", &next.href()).finish();
            format!("{path}?{query}")
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use proptest::sample::select;

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
            (select(WayIn::ALL.to_vec()), next()).prop_map(|(way, next)| Route::WayIn(way, next)),
            next().prop_map(Route::Profiles),
            Just(Route::Home),
            places(),
        ]
    }

    /// What addresses that lead astray are made of, and what good ones are.
    fn astray() -> impl Strategy<Value = String> {
        let pieces = [
            "/",
            "//",
            "\\",
            "%2F",
            "%5C",
            "%252F",
            "%09",
            "\t",
            "\n",
            "\r",
            "\0",
            " ",
            "\u{a0}",
            "\u{ff0f}",
            ".",
            "..",
            ":",
            "@",
            "#",
            "?",
            "&",
            "=",
            "https:",
            "javascript:alert(1)",
            "data:",
            "evil.example",
            "next",
            "token",
            "user",
            "team",
            "permissions",
            "/user/team/permissions",
            "/user/impersonation-history",
            "/sign-in",
            "/reset-password",
            "55",
            "find=",
        ];
        proptest::collection::vec(select(pieces.to_vec()), 0..7).prop_map(|pieces| pieces.concat())
    }

    fn query(next: &str) -> String {
        form_urlencoded::Serializer::new(String::new()).append_pair("next", next).finish()
    }

    /// Whatever this says after signing in, it is a page of the portal: a browser reads its address as a path, whichever
    /// way it reads slashes, tabs and ends of lines, and Back and Forward find the same page under it.
    fn stays(next: &str) -> Result<(), TestCaseError> {
        let entrances = ["/sign-in", "/sign-in/profiles"].into_iter().chain(WayIn::ALL.map(WayIn::path));
        for entrance in entrances {
            let route = Route::parse(entrance, &query(next));
            let Some(Route::SignIn(next) | Route::Profiles(next) | Route::WayIn(_, next)) = route else {
                return Err(TestCaseError::fail(format!("{entrance} is no page for {next:?}")));
            };
            let route = next_or_home(next);
            let href = route.href();
            let path = href.split('?').next().unwrap();
            prop_assert!(
                matches!(path, "/" | "/user/team/permissions" | "/user/impersonation-history" | "/customers")
                    || path
                        .strip_prefix("/user/team/permissions/")
                        .is_some_and(|id| id.parse::<u64>().is_ok()),
                "{}",
                href
            );
            prop_assert!(
                !href.contains(|c: char| c == '\\' || c == '#' || c.is_control() || c.is_whitespace())
            );
            prop_assert_eq!(Route::at(&href), Some(route));
        }
        Ok(())
    }

    proptest! {
        #[test]
        fn href_and_parse_are_inverses(route in routes()) {
            prop_assert_eq!(Route::at(&route.href()), Some(route));
        }

        #[test]
        fn sec_37_whatever_next_says_one_stays_in_the_portal(next in ".*") {
            stays(&next)?;
        }

        #[test]
        fn sec_37_whatever_next_is_made_of_one_stays_in_the_portal(next in astray()) {
            stays(&next)?;
        }
    }

    #[test]
    fn a_foreign_next_is_ignored() {
        let foreign = [
            "//evil.example",
            "/\\evil.example",
            "\\/evil.example",
            "\\\\evil.example",
            "/\t/evil.example",
            "/\n/evil.example",
            "\t//evil.example",
            "\n/user/team/permissions",
            " /user/team/permissions",
            "/.//evil.example",
            "/..//evil.example",
            "/user/team/permissions/..//evil.example",
            "/user/team/permissions\\@evil.example",
            "//user/team/permissions",
            "javascript:alert(1)",
            "java\nscript:alert(1)",
            "https://evil.example",
            "https:/user/team/permissions",
            "/%2F%2Fevil.example",
            "%2F%2Fevil.example",
            "/%5Cevil.example",
            "/%09/evil.example",
            "%252F%252Fevil.example",
            "/user%2Fteam%2Fpermissions",
            "/sign-in",
            "/sign-in/link?token=x",
            "/reset-password?token=x",
            "",
        ];
        for next in foreign {
            assert_eq!(Route::parse("/sign-in", &query(next)), Some(Route::SignIn(None)), "{next:?}");
        }
        // Encoded once more, as it stands in an address.
        assert_eq!(Route::at("/sign-in?next=%252Fuser%252Fteam%252Fpermissions"), Some(Route::SignIn(None)));
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
