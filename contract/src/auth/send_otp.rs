use crate::endpoint::{Endpoint, Method, Policy, Unreadable};
use crate::{ActionConfirmation, BusinessId, Problem};

/// Has a link and a one-time code sent with which one signs in without a password. The answer is the same whether
/// anybody has this address. Source: `/api/endpoints/system/send-otp`.
///
/// It is a GET that sends a mail: sent once. Errors: 400; 429 asked for too often.
pub struct SendOtp {
    /// The e-mail address.
    pub email: String,
    /// The location to sign in at.
    pub business_id: BusinessId,
}

impl Endpoint for SendOtp {
    type Reply = ActionConfirmation;
    const METHOD: Method = Method::Get;
    const ROUTE: &'static str = "/api/sys/users/sendOtp";
    const POLICY: Policy = Policy::Never;
    const BEARER: bool = false;
    const ONE_SHOT: bool = true;

    fn query(&self) -> Vec<(&'static str, String)> {
        vec![("email", self.email.clone()), ("businessId", self.business_id.to_string())]
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

    #[test]
    fn it_is_sent_once_by_nobody_in_particular_and_names_the_location() {
        let request = SendOtp { email: "jane+a@example.com".into(), business_id: BusinessId(7) }.request();
        assert_eq!(request.path, "/api/sys/users/sendOtp?email=jane%2Ba%40example.com&businessId=7");
        assert!(request.one_shot && !request.bearer);
        assert_eq!(format!("{request:?}"), "GET /api/sys/users/sendOtp");
    }
}
