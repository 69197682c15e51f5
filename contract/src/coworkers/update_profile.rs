//! Changing what stands on one's own record.

use crate::endpoint::{Body, Endpoint, Method, Policy, Unreadable};
use crate::json::{self, Write, Writer};
use crate::{ActionConfirmation, Problem};

/// Changes the current profile of whoever the bearer is; a field that is `None` is not sent and stays as it is.
/// While acting it changes the other person's profile, never one's own, and needs Full access.
///
/// Errors: 400 a value is refused, with field errors; 401. A 200 may still say it failed.
/// Source: `/api/endpoints/profile/update-profile`. The API takes many more fields here, among them account
/// credentials: this type has room for none of those, so they cannot be sent as another person by mistake.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct UpdateProfile {
    /// The name on the record.
    pub full_name: Option<String>,
    /// The company on the record; empty takes it away.
    pub company_name: Option<String>,
}

impl Write for UpdateProfile {
    fn write(&self, json: &mut Writer) {
        json.object(&mut |json| {
            if let Some(name) = &self.full_name {
                json.field("FullName", name);
            }
            if let Some(name) = &self.company_name {
                json.field("CompanyName", name);
            }
        });
    }
}

impl Endpoint for UpdateProfile {
    type Reply = ActionConfirmation;
    const METHOD: Method = Method::Patch;
    const ROUTE: &'static str = "/api/public/coworker/profile";
    const POLICY: Policy = Policy::FullAccess;

    fn body(&self) -> Body {
        Body::Json(json::write(self))
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

    fn sent(full_name: Option<&str>, company_name: Option<&str>) -> String {
        let owned = |value: Option<&str>| value.map(str::to_owned);
        let change = UpdateProfile { full_name: owned(full_name), company_name: owned(company_name) };
        change.request().body.text().unwrap().to_owned()
    }

    #[test]
    fn only_the_fields_that_are_given_are_sent() {
        assert_eq!(sent(None, None), "{}");
        assert_eq!(sent(Some("Jane"), None), r#"{"FullName":"Jane"}"#);
        assert_eq!(sent(None, Some("")), r#"{"CompanyName":""}"#);
        assert_eq!(sent(Some("Jane"), Some("Acme")), r#"{"FullName":"Jane","CompanyName":"Acme"}"#);
    }

    #[test]
    fn it_names_nobody_but_the_bearer_and_needs_full_access_while_acting() {
        let request = UpdateProfile::default().request();
        assert_eq!(format!("{request:?}"), "PATCH /api/public/coworker/profile");
        assert_eq!(request.path, "/api/public/coworker/profile");
        assert!(request.bearer && !request.method.is_safe());
        assert_eq!(request.policy, Policy::FullAccess);
    }

    #[test]
    fn an_empty_reply_is_done_and_a_200_may_say_it_failed() {
        assert!(UpdateProfile::read("").unwrap().was_successful);
        let failed = UpdateProfile::read(r#"{"WasSuccessful":false,"Status":500,"Message":"No"}"#).unwrap();
        assert_eq!((failed.was_successful, failed.message.as_deref()), (false, Some("No")));
        assert_eq!(UpdateProfile::read("<html>"), Err(Unreadable));
    }
}
