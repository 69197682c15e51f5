//! Becoming somebody else.

use crate::endpoint::{Endpoint, Method, Policy, Unreadable};
use crate::json::{self, Read, Reader};
use crate::{CoworkerId, ImpersonationToken};

/// Asks for a one-time token with which the caller becomes another person.
/// Source: `/api/endpoints/coworkers/impersonate`.
///
/// Errors: 401 bad bearer; 403 not permitted; 404 unknown id. It is a GET that issues a credential: sent once, never stored.
pub struct Impersonate {
    /// Whom to become.
    pub coworker: CoworkerId,
}

impl Endpoint for Impersonate {
    type Reply = ImpersonationReply;
    const METHOD: Method = Method::Get;
    const ROUTE: &'static str = "/api/public/coworkers/{id}/impersonate";
    const POLICY: Policy = Policy::Never;
    const ONE_SHOT: bool = true;

    fn path_values(&self) -> Vec<String> {
        vec![self.coworker.to_string()]
    }

    fn read(text: &str) -> Result<ImpersonationReply, Unreadable> {
        json::read(text)
    }
}

/// The same for operators. Source: `/api/endpoints/system/impersonation-token`.
///
/// Errors: 401 for everybody who is not an operator (not 403); 404 unknown id.
pub struct OperatorImpersonate {
    /// Whom to become.
    pub coworker: CoworkerId,
}

impl Endpoint for OperatorImpersonate {
    type Reply = ImpersonationReply;
    const METHOD: Method = Method::Get;
    const ROUTE: &'static str = "/api/sys/users/impersonate";
    const POLICY: Policy = Policy::Never;
    const ONE_SHOT: bool = true;

    fn query(&self) -> Vec<(&'static str, String)> {
        vec![("coworkerId", self.coworker.to_string())]
    }

    fn read(text: &str) -> Result<ImpersonationReply, Unreadable> {
        json::read(text)
    }
}

/// The reply of [`Impersonate`] and of [`OperatorImpersonate`]. The older operators' route has an envelope: its token is
/// understood, too.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ImpersonationReply {
    /// The one-time token.
    pub token: ImpersonationToken,
}

impl Read for ImpersonationReply {
    fn read(json: &mut Reader<'_>) -> Result<Self, Unreadable> {
        let (mut token, mut done) = (None, true);
        json.fields(&mut |key, json| {
            match key {
                "token" | "Value" => token = Some(json.read()?),
                "WasSuccessful" => {
                    done = false;
                    done = json.read::<Option<bool>>()?.unwrap_or(true);
                }
                _ => json.skip()?,
            }
            Ok(())
        })?;
        Ok(Self { token: token.filter(|_| done).ok_or(Unreadable)? })
    }
}

#[cfg(feature = "server")]
impl ImpersonationReply {
    /// The reply as the API writes it.
    pub fn to_json(&self) -> serde_json::Value {
        serde_json::json!({ "token": self.token.expose() })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn impersonation_is_sent_once_and_never_while_acting() {
        let request = Impersonate { coworker: CoworkerId(42) }.request();
        assert_eq!(request.path, "/api/public/coworkers/42/impersonate");
        assert!(request.one_shot && request.bearer);
        assert_eq!(request.policy, Policy::Never);
        let request = OperatorImpersonate { coworker: CoworkerId(42) }.request();
        assert_eq!(request.path, "/api/sys/users/impersonate?coworkerId=42");
    }

    #[test]
    fn an_impersonation_reply_without_a_token_is_unreadable() {
        assert!(Impersonate::read(r#"{"token":"eyJ.x.y"}"#).is_ok());
        for body in ["", "{}", r#"{"token":""}"#, r#"{"token":null}"#, r#"{"token":{}}"#, "<html>"] {
            assert_eq!(Impersonate::read(body), Err(Unreadable), "{body}");
        }
    }

    #[test]
    fn the_envelope_of_operators_holds_the_token_when_it_was_successful() {
        let read = |done: &str| {
            OperatorImpersonate::read(&format!(
                r#"{{"Status":200,"Message":null,"Value":"eyJ.x.y","Errors":null,"WasSuccessful":{done}}}"#
            ))
        };
        assert_eq!(read("true"), Impersonate::read(r#"{"token":"eyJ.x.y"}"#));
        for refused in ["false", r#""false""#, "0", "{}"] {
            assert_eq!(read(refused), Err(Unreadable), "{refused}");
        }
    }
}
