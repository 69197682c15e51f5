//! Every endpoint of the contract in one table, and what the table as a whole must hold to.

use crate::endpoint::Method::{self, Delete, Get, Patch, Post, Put};
use crate::endpoint::Policy::{self, Allowed, FullAccess, Never};
use crate::{Endpoint, auth, coworkers, location, plans, settings, teams};
use std::fs;
use std::path::Path;

/// An endpoint: what the table says of it, and what it says of itself.
struct Row {
    name: &'static str,
    said: (Method, &'static str, Policy),
    is: (Method, &'static str, Policy),
}

macro_rules! table {
    ($($module:ident::$name:ident => $method:expr, $route:literal, $policy:expr;)*) => {
        [$(Row {
            name: stringify!($name),
            said: ($method, $route, $policy),
            is: (
                <$module::$name as Endpoint>::METHOD,
                <$module::$name as Endpoint>::ROUTE,
                <$module::$name as Endpoint>::POLICY,
            ),
        }),*]
    };
}

const TABLE: [Row; 23] = table! {
    auth::PasswordGrant => Post, "/api/token", Never;
    auth::RefreshGrant => Post, "/api/token", Never;
    auth::ExchangeLogin => Post, "/api/public/auth/login/{token}", Never;
    auth::ExchangeJwt => Post, "/api/sys/users/exchange", Never;
    auth::SendOtp => Get, "/api/sys/users/sendOtp", Never;
    auth::StartPasswordReset => Post, "/api/sys/users/startPasswordReset", Never;
    auth::CompletePasswordReset => Post, "/api/sys/users/completePasswordReset", Never;
    auth::SignOut => Get, "/en/login/logout", Allowed;
    coworkers::ListProfiles => Get, "/api/public/coworkers/profiles", Allowed;
    coworkers::SetCurrentProfile => Put, "/api/public/coworkers/profiles/current", Never;
    coworkers::Impersonate => Get, "/api/public/coworkers/{id}/impersonate", Never;
    coworkers::OperatorImpersonate => Get, "/api/sys/users/impersonate", Never;
    coworkers::UpdateProfile => Patch, "/api/public/coworker/profile", FullAccess;
    teams::MyTeams => Get, "/api/public/teams/my", Allowed;
    teams::PublishedTeams => Get, "/api/public/teams/published", Allowed;
    teams::TeamProfile => Get, "/api/public/teams/{id}/profile", Allowed;
    teams::UpdatePermissions => Put, "/api/public/teams/{id}/permissions/{member}", Never;
    teams::AddMembers => Post, "/api/public/teams/{id}/members", Never;
    teams::RemoveMember => Delete, "/api/public/teams/{id}/members/{member}", Never;
    plans::PublishedPlans => Get, "/api/public/plans/published", Allowed;
    location::CurrentBusiness => Get, "/api/public/businesses/current", Allowed;
    location::Configuration => Get, "/api/public/configuration", Allowed;
    settings::GetSettings => Get, "/config.json", Allowed;
};

/// What a route is about when it decides who somebody is or what others may do.
const ABOUT_IDENTITY: [&str; 8] =
    ["token", "exchange", "impersonate", "Otp", "Password", "profiles/current", "permissions", "/members"];

/// The names after `impl … Endpoint for` in the crate's sources, in whichever folder they are.
fn implemented(folder: &Path) -> Vec<String> {
    let mut names = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            names.extend(implemented(&path));
        } else {
            let source = fs::read_to_string(&path).unwrap();
            let lines = source.lines().map(str::trim_start).filter(|line| line.starts_with("impl"));
            let types = lines.filter_map(|line| line.split_once("Endpoint for ")).map(|(_, rest)| rest);
            names.extend(types.map(|rest| rest.split([' ', '<', '{']).next().unwrap().to_owned()));
        }
    }
    names
}

#[test]
fn sec_21_every_endpoint_says_what_may_be_sent_while_acting() {
    for Row { name, said, is } in &TABLE {
        assert_eq!(said, is, "{name}");
        let (method, route, policy) = *is;
        assert!(method.is_safe() || policy != Allowed, "{name} changes something: Allowed is not enough");
        let about_identity = ABOUT_IDENTITY.iter().any(|word| route.contains(word));
        assert!(!about_identity || policy == Never, "{name} decides who somebody is or what others may do");
    }
    // Names, not only their number: a row that is there twice does not stand for an endpoint that is missing.
    let mut listed = TABLE.map(|row| row.name.to_owned()).to_vec();
    let mut found = implemented(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src"));
    listed.sort();
    found.sort();
    assert_eq!(listed, found, "the table above has every endpoint of the contract exactly once");
}
