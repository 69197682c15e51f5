//! Whose session it is, as the server says.

use contract::coworkers::{CoworkerKind, Profile, Profiles};
use contract::{CoworkerId, UserId};

/// A proved identity: what *whoami* answered for one bearer. Holds no secret.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Identity {
    /// The login account.
    pub user: UserId,
    /// The sign-in address.
    pub email: String,
    /// The profile this session is on.
    pub profile: CoworkerId,
    /// Whether the account has the location's own rights.
    pub is_operator: bool,
    /// The name on that profile.
    pub name: String,
    /// The company on that profile; often empty.
    pub company: String,
    /// The kind of that profile, when known.
    pub kind: Option<CoworkerKind>,
    /// The location; empty when the reply does not say.
    pub location: String,
    /// All profiles of the account.
    pub profiles: Vec<Profile>,
}

impl Identity {
    /// Reads a whoami reply; `None` when it names no profile, because then there is nobody to be.
    ///
    /// The session's profile is the one marked as default. Where none is marked, the first active one stands in.
    pub fn read(reply: Profiles) -> Option<Self> {
        let profiles = reply.profiles;
        let current = profiles
            .iter()
            .find(|profile| profile.is_default_profile == Some(true))
            .or_else(|| profiles.iter().find(|profile| profile.is_available()))
            .or_else(|| profiles.first())?;
        let name = [&current.full_name, &reply.user.full_name, &reply.user.email]
            .into_iter()
            .find(|name| !name.trim().is_empty())
            .map_or_else(
                || words::session::nameless_profile(&current.id.to_string()),
                |name| name.trim().to_owned(),
            );
        Some(Self {
            user: reply.user.id,
            email: reply.user.email,
            profile: current.id,
            is_operator: reply.user.is_admin == Some(true),
            name,
            company: current.company_name.clone(),
            kind: current.kind(),
            location: reply.default_business.map(|business| business.name).unwrap_or_default(),
            profiles,
        })
    }

    /// Whether there is another profile to take. The current one need not be active.
    pub fn has_another(&self) -> bool {
        self.profiles.iter().any(|profile| profile.is_available() && profile.id != self.profile)
    }

    /// Whether `profile` is one of this account's.
    pub fn holds(&self, profile: CoworkerId) -> bool {
        self.profiles.iter().any(|own| own.id == profile)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use contract::Endpoint;
    use contract::coworkers::ListProfiles;

    fn read(profiles: &str) -> Option<Identity> {
        let body = format!(r#"{{"User":{{"Id":9,"FullName":"Jane"}},"Profiles":{profiles}}}"#);
        Identity::read(ListProfiles::read(&body).unwrap())
    }

    #[test]
    fn the_marked_profile_is_the_current_one() {
        let identity = read(r#"[{"Id":1},{"Id":2,"FullName":"Acme","IsDefaultProfile":true}]"#).unwrap();
        assert_eq!((identity.profile, identity.name.as_str()), (CoworkerId(2), "Acme"));
        assert!(identity.holds(CoworkerId(1)) && !identity.holds(CoworkerId(3)));
    }

    #[test]
    fn without_a_mark_the_first_active_one_stands_in_and_a_name_is_always_there() {
        let identity = read(r#"[{"Id":1,"Active":false},{"Id":2,"FullName":" "}]"#).unwrap();
        assert_eq!((identity.profile, identity.name.as_str()), (CoworkerId(2), "Jane"));
    }

    #[test]
    fn whoever_is_on_a_profile_that_is_not_active_has_another_one_to_take() {
        let has_another = |profiles| read(profiles).unwrap().has_another();
        assert!(has_another(r#"[{"Id":1,"Active":false,"IsDefaultProfile":true},{"Id":2}]"#));
        assert!(has_another(r#"[{"Id":1},{"Id":2}]"#));
        assert!(!has_another(r#"[{"Id":1},{"Id":2,"Active":false}]"#) && !has_another(r#"[{"Id":1}]"#));
    }

    #[test]
    fn only_who_is_said_to_be_an_operator_is_one() {
        let user = |user: &str| {
            let body = format!(r#"{{"User":{{"Id":9{user}}},"Profiles":[{{"Id":1}}]}}"#);
            Identity::read(ListProfiles::read(&body).unwrap()).unwrap().is_operator
        };
        assert!(user(r#","IsAdmin":true"#));
        assert!(!user(r#","IsAdmin":false"#) && !user(""));
    }

    #[test]
    fn an_account_without_a_profile_is_nobody() {
        assert_eq!(read("[]"), None);
    }
}
