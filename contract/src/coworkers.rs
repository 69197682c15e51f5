//! Profiles, and becoming somebody else. Sources: `/api/endpoints/coworkers/{list-profiles, switch-profile,
//! impersonate}`, `/api/endpoints/system/impersonation-token`, `/api/endpoints/profile/update-profile`.

mod impersonate;
mod update_profile;

use crate::endpoint::{Endpoint, Method, Policy, Unreadable};
use crate::{ActionConfirmation, BusinessId, CoworkerId, Problem, UserId};
use crate::{json, record};

pub use impersonate::{Impersonate, ImpersonationReply, OperatorImpersonate};
pub use update_profile::UpdateProfile;

/// Whose session it is, and which profiles the person may take: the portal's *whoami*.
/// Source: `/api/endpoints/coworkers/list-profiles`. Errors: 401.
pub struct ListProfiles;

/// Every field the portal reads; leaves out `User.AccessToken`, which echoes the bearer.
const PROFILES_SHAPE: &str = "User.Id,User.FullName,User.Email,User.Active,User.IsAdmin,\
DefaultBusiness.Id,DefaultBusiness.Name,DefaultBusiness.WebAddress,\
Profiles.Id,Profiles.FullName,Profiles.CompanyName,Profiles.Active,Profiles.IsDefaultProfile,Profiles.CoworkerType";

impl Endpoint for ListProfiles {
    type Reply = Profiles;
    const METHOD: Method = Method::Get;
    const ROUTE: &'static str = "/api/public/coworkers/profiles";
    const POLICY: Policy = Policy::Allowed;

    fn query(&self) -> Vec<(&'static str, String)> {
        vec![("_shape", PROFILES_SHAPE.to_owned())]
    }

    fn read(text: &str) -> Result<Profiles, Unreadable> {
        json::read(text)
    }
}

/// The reply of [`ListProfiles`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Profiles {
    /// The login account.
    pub user: User,
    /// The default location.
    pub default_business: Option<DefaultBusiness>,
    /// The customer records of this person.
    pub profiles: Vec<Profile>,
}

record!(Profiles {
    needs "User" => user;
    "DefaultBusiness" => default_business,
    "Profiles" => profiles,
});

/// A login account.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct User {
    /// Its id; not a coworker's.
    pub id: UserId,
    /// The person's name.
    pub full_name: String,
    /// The sign-in address.
    pub email: String,
    /// Active and not suspended; `None` when unknown.
    pub active: Option<bool>,
    /// Operator-level access; `None` when unknown.
    pub is_admin: Option<bool>,
}

record!(User {
    needs "Id" => id;
    "FullName" => full_name,
    "Email" => email,
    "Active" => active,
    "IsAdmin" => is_admin,
});

/// A location, as the profile list names it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DefaultBusiness {
    /// Its id.
    pub id: BusinessId,
    /// Its name.
    pub name: String,
    /// Its slug or host; the sources disagree.
    pub web_address: String,
}

record!(DefaultBusiness { needs "Id" => id; "Name" => name, "WebAddress" => web_address });

/// A customer record: what a person can be at a location.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Profile {
    /// The `coworkerId` used everywhere else.
    pub id: CoworkerId,
    /// The name on the record.
    pub full_name: String,
    /// The company on the record; often empty.
    pub company_name: String,
    /// Only active profiles can be taken; `None` when unknown.
    pub active: Option<bool>,
    /// The one this session is on; `None` when unknown.
    pub is_default_profile: Option<bool>,
    /// 1 = individual, 2 = company.
    pub coworker_type: Option<i64>,
}

record!(Profile {
    needs "Id" => id;
    "FullName" => full_name,
    "CompanyName" => company_name,
    "Active" => active,
    "IsDefaultProfile" => is_default_profile,
    "CoworkerType" => coworker_type,
});

impl Profile {
    /// Whether it can be taken. One that does not say is taken for active: the server has the last word.
    pub fn is_available(&self) -> bool {
        self.active != Some(false)
    }

    /// The kind of customer, when it is known.
    pub fn kind(&self) -> Option<CoworkerKind> {
        match self.coworker_type {
            Some(1) => Some(CoworkerKind::Individual),
            Some(2) => Some(CoworkerKind::Company),
            _ => None,
        }
    }
}

/// What a customer is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CoworkerKind {
    /// A person.
    Individual,
    /// A company.
    Company,
}

/// Takes another of one's own profiles; the token stays. The choice is kept on the server, so it shows on other
/// devices too. Source: `/api/endpoints/coworkers/switch-profile`. Errors: 401; 404 unknown or not one's own.
pub struct SetCurrentProfile {
    /// The profile to take.
    pub coworker: CoworkerId,
}

impl Endpoint for SetCurrentProfile {
    type Reply = ActionConfirmation;
    const METHOD: Method = Method::Put;
    const ROUTE: &'static str = "/api/public/coworkers/profiles/current";
    const POLICY: Policy = Policy::Never;

    fn query(&self) -> Vec<(&'static str, String)> {
        vec![("coworkerId", self.coworker.to_string())]
    }

    fn read(text: &str) -> Result<ActionConfirmation, Unreadable> {
        ActionConfirmation::read_or_done(text)
    }

    fn refusal(reply: &ActionConfirmation) -> Option<Problem> {
        reply.refusal()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const RECORDED: &str = r#"
      { "User": {"Id": 9001, "FullName": "Jane Doe", "Email": "jane.doe@example.com", "Active": true, "IsAdmin": false, "AccessToken": "..."},
        "DefaultBusiness": {"Id": 7, "Name": "Main Location", "WebAddress": "mainlocation"},
        "Profiles": [
          {"Id": 42, "FullName": "Jane Doe", "CompanyName": "", "Active": true, "IsDefaultProfile": true, "CoworkerType": 1, "HasVirtualOffice": false, "VirtualOfficePaused": null, "VirtualOfficeContractId": null},
          {"Id": 43, "FullName": "Acme Ltd", "CompanyName": "Acme Ltd", "Active": true, "IsDefaultProfile": false, "CoworkerType": 2, "HasVirtualOffice": true, "VirtualOfficePaused": false, "VirtualOfficeContractId": 501} ] }"#;

    #[test]
    fn the_recorded_profile_list_reads_and_never_keeps_the_echoed_token() {
        let list = ListProfiles::read(RECORDED).unwrap();
        assert_eq!(list.user.id, UserId(9001));
        assert_eq!(list.profiles.len(), 2);
        assert_eq!(list.profiles[1].kind(), Some(CoworkerKind::Company));
        let written = json::write(&list);
        assert!(!written.contains("AccessToken"));
        assert_eq!(ListProfiles::read(&written).unwrap(), list);
    }

    #[test]
    fn missing_flags_are_unknown_and_missing_lists_empty() {
        let list = ListProfiles::read(r#"{"User":{"Id":1,"FullName":null},"Profiles":[{"Id":2}]}"#).unwrap();
        assert_eq!(list.user.full_name, "");
        assert_eq!(list.user.is_admin, None);
        assert_eq!(list.profiles[0].active, None);
        assert!(ListProfiles::read(r#"{"User":{"Id":1},"Profiles":null}"#).unwrap().profiles.is_empty());
    }

    #[test]
    fn what_is_odd_in_a_profile_list_is_left_out_and_the_rest_is_read() {
        let list = ListProfiles::read(
            r#"{"User":{"Id":"1","FullName":{},"IsAdmin":"no"},"DefaultBusiness":{"Name":"Main"},
                "Profiles":[{"FullName":"Nobody"},{"Id":2.0,"FullName":"Jane","CoworkerType":"Individual","Active":1},7]}"#,
        )
        .unwrap();
        assert_eq!((list.user.id, list.user.is_admin, list.default_business), (UserId(1), None, None));
        let [jane] = &list.profiles[..] else { panic!() };
        assert_eq!((jane.id, jane.full_name.as_str(), jane.active), (CoworkerId(2), "Jane", None));
        assert_eq!(jane.kind(), None);
        for body in [r#"{"User":{"FullName":"Nobody"}}"#, r#"{"User":7}"#, "{}"] {
            assert_eq!(ListProfiles::read(body), Err(Unreadable), "{body}");
        }
    }

    #[test]
    fn the_profile_list_is_asked_for_without_the_echoed_token() {
        let request = ListProfiles.request();
        assert!(request.path.starts_with("/api/public/coworkers/profiles?_shape=User.Id%2C"));
        assert!(!request.path.contains("AccessToken"));
    }

    #[test]
    fn switching_profile_puts_the_id_in_the_query_and_takes_an_empty_reply() {
        assert_eq!(
            SetCurrentProfile { coworker: CoworkerId(43) }.request().path,
            "/api/public/coworkers/profiles/current?coworkerId=43"
        );
        assert!(SetCurrentProfile::read("").unwrap().was_successful);
    }
}
