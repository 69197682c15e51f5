//! The kinds of token. All are signed with the same secret, so audience and `typ` keep them apart: a start token is
//! never a bearer, and a bearer starts nothing.

use super::error::Refusal;
use jsonwebtoken::{Algorithm, DecodingKey, EncodingKey, Header, Validation};
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

const ISSUER: &str = "portal-sandbox";

/// A kind of token.
pub(super) trait Claims: Serialize + DeserializeOwned {
    const AUDIENCE: &'static str;
    const TYP: &'static str;
    fn typ(&self) -> &str;
}

/// Who really acts: the administrator behind a session as somebody else.
#[derive(Clone, Serialize, Deserialize)]
pub(super) struct Act {
    /// The administrator's user id.
    pub(super) sub: String,
    /// The profile the rights come from.
    pub(super) coworker: i64,
}

/// A bearer.
#[derive(Serialize, Deserialize)]
pub(super) struct Access {
    pub(super) iss: String,
    pub(super) aud: String,
    pub(super) typ: String,
    /// The user id of whose session this is.
    pub(super) sub: String,
    /// The profile, where the session is bound to one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) coworker: Option<i64>,
    pub(super) sid: String,
    pub(super) jti: String,
    pub(super) iat: i64,
    pub(super) exp: i64,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) act: Option<Act>,
}

impl Claims for Access {
    const AUDIENCE: &'static str = "portal";
    const TYP: &'static str = "access";
    fn typ(&self) -> &str {
        &self.typ
    }
}

impl Access {
    pub(super) fn new(user: i64, sid: &str, jti: String, now: i64, seconds: i64) -> Self {
        let iat = now.div_euclid(1000);
        Self {
            iss: ISSUER.to_owned(),
            aud: Self::AUDIENCE.to_owned(),
            typ: Self::TYP.to_owned(),
            sub: user.to_string(),
            coworker: None,
            sid: sid.to_owned(),
            jti,
            iat,
            exp: iat.saturating_add(seconds),
            act: None,
        }
    }
}

/// Can be exchanged once for a session.
#[derive(Serialize, Deserialize)]
pub(super) struct Start {
    pub(super) iss: String,
    pub(super) aud: String,
    pub(super) typ: String,
    /// The user id of the target.
    pub(super) sub: String,
    /// The target's profile.
    pub(super) coworker: i64,
    pub(super) jti: String,
    pub(super) iat: i64,
    pub(super) exp: i64,
}

impl Claims for Start {
    const AUDIENCE: &'static str = "exchange";
    const TYP: &'static str = "start";
    fn typ(&self) -> &str {
        &self.typ
    }
}

impl Start {
    pub(super) fn new(user: i64, coworker: i64, jti: String, now: i64, seconds: i64) -> Self {
        let iat = now.div_euclid(1000);
        Self {
            iss: ISSUER.to_owned(),
            aud: Self::AUDIENCE.to_owned(),
            typ: Self::TYP.to_owned(),
            sub: user.to_string(),
            coworker,
            jti,
            iat,
            exp: iat.saturating_add(seconds),
        }
    }
}

/// Signs in once without a password: in the link of a mail, or after a reset.
#[derive(Serialize, Deserialize)]
pub(super) struct SignIn {
    iss: String,
    aud: String,
    typ: String,
    /// The user id.
    sub: String,
    pub(super) jti: String,
    iat: i64,
    pub(super) exp: i64,
}

impl Claims for SignIn {
    const AUDIENCE: &'static str = "exchange";
    const TYP: &'static str = "sign-in";
    fn typ(&self) -> &str {
        &self.typ
    }
}

impl SignIn {
    pub(super) fn new(user: i64, jti: String, now: i64, seconds: i64) -> Self {
        let iat = now.div_euclid(1000);
        Self {
            iss: ISSUER.to_owned(),
            aud: Self::AUDIENCE.to_owned(),
            typ: Self::TYP.to_owned(),
            sub: user.to_string(),
            jti,
            iat,
            exp: iat.saturating_add(seconds),
        }
    }
}

/// Lets its holder choose a new password once.
#[derive(Serialize, Deserialize)]
pub(super) struct Reset {
    iss: String,
    aud: String,
    typ: String,
    /// The user id.
    sub: String,
    /// The address, for the page that shows whose password it is.
    email: String,
    pub(super) jti: String,
    iat: i64,
    pub(super) exp: i64,
}

impl Claims for Reset {
    const AUDIENCE: &'static str = "password-reset";
    const TYP: &'static str = "reset";
    fn typ(&self) -> &str {
        &self.typ
    }
}

impl Reset {
    pub(super) fn new(user: i64, email: &str, jti: String, now: i64, seconds: i64) -> Self {
        let iat = now.div_euclid(1000);
        Self {
            iss: ISSUER.to_owned(),
            aud: Self::AUDIENCE.to_owned(),
            typ: Self::TYP.to_owned(),
            sub: user.to_string(),
            email: email.to_owned(),
            jti,
            iat,
            exp: iat.saturating_add(seconds),
        }
    }
}

/// Signs and reads tokens.
pub(super) struct Keys {
    encoding: EncodingKey,
    decoding: DecodingKey,
}

impl Keys {
    pub(super) fn new(secret: &[u8]) -> Self {
        Self { encoding: EncodingKey::from_secret(secret), decoding: DecodingKey::from_secret(secret) }
    }

    pub(super) fn sign<C: Claims>(&self, claims: &C) -> Result<String, Refusal> {
        jsonwebtoken::encode(&Header::new(Algorithm::HS256), claims, &self.encoding)
            .map_err(|error| Refusal::fault("signing a token", &error))
    }

    /// The claims of a genuine token of this kind. Its expiry is for the caller to check against the sandbox's clock.
    pub(super) fn read<C: Claims>(&self, token: &str) -> Option<C> {
        let mut validation = Validation::new(Algorithm::HS256);
        validation.set_audience(&[C::AUDIENCE]);
        validation.set_issuer(&[ISSUER]);
        validation.set_required_spec_claims(&["aud", "iss", "exp"]);
        validation.validate_exp = false;
        let claims = jsonwebtoken::decode::<C>(token, &self.decoding, &validation).ok()?.claims;
        (claims.typ() == C::TYP).then_some(claims)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_kind_of_token_reads_as_another() {
        let keys = Keys::new(b"secret");
        let tokens = [
            keys.sign(&Access::new(1, "s", "j".into(), 0, 60)).unwrap(),
            keys.sign(&Start::new(1, 2, "j".into(), 0, 60)).unwrap(),
            keys.sign(&SignIn::new(1, "j".into(), 0, 60)).unwrap(),
            keys.sign(&Reset::new(1, "jane@example.com", "j".into(), 0, 60)).unwrap(),
        ];
        for (at, token) in tokens.iter().enumerate() {
            let reads = [
                keys.read::<Access>(token).is_some(),
                keys.read::<Start>(token).is_some(),
                keys.read::<SignIn>(token).is_some(),
                keys.read::<Reset>(token).is_some(),
            ];
            assert_eq!(reads, [0, 1, 2, 3].map(|kind| kind == at));
        }
    }

    #[test]
    fn a_token_of_another_secret_or_without_a_signature_is_no_token() {
        let keys = Keys::new(b"secret");
        let foreign = Keys::new(b"other").sign(&Access::new(1, "s", "j".into(), 0, 60)).unwrap();
        assert!(keys.read::<Access>(&foreign).is_none());
        let (unsigned, _) = foreign.rsplit_once('.').unwrap();
        assert!(keys.read::<Access>(&format!("{unsigned}.")).is_none());
        assert!(keys.read::<Access>("").is_none());
    }
}
