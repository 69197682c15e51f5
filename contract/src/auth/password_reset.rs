//! A new password for somebody who cannot use the old one.

use crate::endpoint::{Body, Endpoint, Method, Policy, Unreadable};
use crate::json::{self, Write, Writer};
use crate::tokens::{OneTimeToken, ResetToken};
use crate::{ActionConfirmation, BusinessId, Problem};

/// Has a link sent with which a new password can be chosen. The answer is the same whether anybody has this address.
/// Source: `/api/endpoints/system/start-password-reset`. Errors: 400.
pub struct StartPasswordReset {
    /// The e-mail address.
    pub email: String,
    /// The location whose link is wanted, when it is known.
    pub business_id: Option<BusinessId>,
}

impl Write for StartPasswordReset {
    fn write(&self, json: &mut Writer) {
        json.object(&mut |json| {
            json.field("email", &self.email);
            if let Some(business) = &self.business_id {
                json.field("businessId", business);
            }
        });
    }
}

impl Endpoint for StartPasswordReset {
    type Reply = ActionConfirmation;
    const METHOD: Method = Method::Post;
    const ROUTE: &'static str = "/api/sys/users/startPasswordReset";
    const POLICY: Policy = Policy::Never;
    const BEARER: bool = false;
    const ONE_SHOT: bool = true;

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

/// Chooses the new password; the token is used up by a success. Source:
/// `/api/endpoints/system/complete-password-reset`.
///
/// Errors, with 400 or with a 200 that says it failed: a token that is bad, used or expired; a password that the
/// location does not take, as an error of the field [`PASSWORD`](Self::PASSWORD). The sandbox says [`TOKEN`](Self::TOKEN)
/// of the former; what a location says of it is not documented.
pub struct CompletePasswordReset {
    /// What the link holds, or what a refused sign-in gave.
    pub token: ResetToken,
    /// The new password.
    pub password: String,
    /// The location.
    pub business_id: BusinessId,
}

impl CompletePasswordReset {
    /// The name of the password in field errors.
    pub const PASSWORD: &'static str = "Password";
    /// The name of the token in field errors.
    pub const TOKEN: &'static str = "Token";
}

impl Write for CompletePasswordReset {
    fn write(&self, json: &mut Writer) {
        json.object(&mut |json| {
            json.field(Self::TOKEN, &self.token.expose());
            json.field(Self::PASSWORD, &self.password);
            json.field("BusinessId", &self.business_id);
        });
    }
}

impl Endpoint for CompletePasswordReset {
    type Reply = ResetReply;
    const METHOD: Method = Method::Post;
    const ROUTE: &'static str = "/api/sys/users/completePasswordReset";
    const POLICY: Policy = Policy::Never;
    const BEARER: bool = false;
    const ONE_SHOT: bool = true;

    fn body(&self) -> Body {
        Body::Json(json::write(self))
    }

    fn read(text: &str) -> Result<ResetReply, Unreadable> {
        let said = ActionConfirmation::read_or_done(text)?;
        let refused = said.refusal();
        Ok(ResetReply { token: said.value.and_then(OneTimeToken::new), refused })
    }

    fn refusal(reply: &ResetReply) -> Option<Problem> {
        reply.refused.clone()
    }
}

/// The reply of [`CompletePasswordReset`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ResetReply {
    /// Exchanged for a session, it signs in. `None` when there is none: then one signs in with the new password.
    pub token: Option<OneTimeToken>,
    refused: Option<Problem>,
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::FieldError;

    #[test]
    fn the_names_in_the_bodies_are_those_of_the_api() {
        let start = |business_id| {
            let request = StartPasswordReset { email: "jane@example.com".into(), business_id }.request();
            assert!(request.one_shot && !request.bearer);
            request.body.text().unwrap().to_owned()
        };
        assert_eq!(start(None), r#"{"email":"jane@example.com"}"#);
        assert_eq!(start(Some(BusinessId(7))), r#"{"email":"jane@example.com","businessId":7}"#);
        let token = ResetToken::new("a.b.c").unwrap();
        let complete = CompletePasswordReset { token, password: "p\"w".into(), business_id: BusinessId(7) };
        let request = complete.request();
        assert_eq!(request.body.text(), Some(r#"{"Token":"a.b.c","Password":"p\"w","BusinessId":7}"#));
        assert!(request.one_shot && !request.bearer);
        assert_eq!(request.path, CompletePasswordReset::ROUTE, "neither token nor password is in the path");
    }

    #[test]
    fn sec_29_a_completed_reset_holds_its_token_where_it_is_not_shown() {
        let reply = CompletePasswordReset::read(r#"{"WasSuccessful":true,"Value":"very-secret"}"#).unwrap();
        assert_eq!(reply.token, OneTimeToken::new("very-secret"));
        assert!(!format!("{reply:?}").contains("secret"));
        assert_eq!(CompletePasswordReset::refusal(&reply), None);
        assert_eq!(CompletePasswordReset::read("").unwrap().token, None, "done, and nothing to exchange");
    }

    #[test]
    fn a_200_that_says_it_failed_is_a_refusal_with_its_fields() {
        let body = r#"{"WasSuccessful":false,"Value":null,"Status":400,"Message":"Not this one.",
            "Errors":[{"AttemptedValue":null,"Message":"Too short.","PropertyName":"Password"}]}"#;
        let problem = CompletePasswordReset::refusal(&CompletePasswordReset::read(body).unwrap()).unwrap();
        assert_eq!(problem.message, "Not this one.");
        let field = CompletePasswordReset::PASSWORD.to_owned();
        assert_eq!(problem.fields, [FieldError { field, message: "Too short.".into() }]);
    }
}
