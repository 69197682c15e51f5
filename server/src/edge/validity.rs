//! From when to when a certificate is valid.

use rustls::client::verify_server_cert_signed_by_trust_anchor;
use rustls::crypto::ring;
use rustls::pki_types::{CertificateDer, UnixTime};
use rustls::server::ParsedCertificate;
use rustls::{CertificateError, Error, RootCertStore};
use std::time::{Duration, SystemTime, UNIX_EPOCH};

/// The first and the last second, since 1970.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Validity {
    from: u64,
    to: u64,
}

impl Validity {
    /// What a certificate says of itself.
    ///
    /// # Errors
    /// When it is none.
    pub(super) fn of(certificate: &CertificateDer) -> Result<Self, Error> {
        let certificate = ParsedCertificate::try_from(certificate)?;
        // Whoever verifies it looks at this first, and says what it found.
        let from = match judged(&certificate, 0) {
            Some(CertificateError::NotValidYetContext { not_before, .. }) => not_before.as_secs(),
            _ => 0,
        };
        let to = match judged(&certificate, u64::MAX) {
            Some(CertificateError::ExpiredContext { not_after, .. }) => not_after.as_secs(),
            _ => 0,
        };
        Ok(Self { from, to })
    }

    /// The last second.
    pub(super) fn to(self) -> u64 {
        self.to
    }

    /// Why it is not valid now, in a sentence.
    pub(super) fn wrong(self) -> Option<String> {
        self.wrong_at(SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default().as_secs())
    }

    fn wrong_at(self, now: u64) -> Option<String> {
        if now > self.to {
            Some(format!("it expired {} ago", span(now - self.to)))
        } else if now < self.from {
            Some(format!("it is not valid before {} from now", span(self.from - now)))
        } else {
            None
        }
    }
}

/// What a client that trusts nobody has against a certificate.
fn judged(certificate: &ParsedCertificate, at: u64) -> Option<CertificateError> {
    let at = UnixTime::since_unix_epoch(Duration::from_secs(at));
    let algorithms = ring::default_provider().signature_verification_algorithms.all;
    let nobody = RootCertStore::empty();
    match verify_server_cert_signed_by_trust_anchor(certificate, &nobody, &[], at, algorithms) {
        Err(Error::InvalidCertificate(error)) => Some(error),
        _ => None,
    }
}

fn span(seconds: u64) -> String {
    let units = [(86_400, "days"), (3_600, "hours"), (60, "minutes")];
    let (length, name) =
        units.into_iter().find(|(length, _)| seconds >= length * 2).unwrap_or((1, "seconds"));
    format!("{} {name}", seconds / length)
}

#[cfg(test)]
mod tests {
    use super::*;
    use rcgen::date_time_ymd;

    const DAY: u64 = 86_400;

    #[test]
    fn a_certificate_is_valid_from_its_first_second_to_its_last() {
        let key = rcgen::KeyPair::generate().unwrap();
        let mut params = rcgen::CertificateParams::new(["localhost".to_owned()]).unwrap();
        params.not_before = date_time_ymd(2000, 1, 1);
        params.not_after = date_time_ymd(2060, 1, 1);
        let (from, to) = (10_957 * DAY, 32_872 * DAY);
        let certificate = params.self_signed(&key).unwrap();
        let validity = Validity::of(certificate.der()).unwrap();
        assert_eq!(validity, Validity { from, to });
        assert_eq!((validity.wrong_at(from), validity.wrong_at(to)), (None, None));
        for (now, wrong) in [
            (from - 1, "it is not valid before 1 seconds from now"),
            (from - DAY, "it is not valid before 24 hours from now"),
            (to + 119, "it expired 119 seconds ago"),
            (to + 120, "it expired 2 minutes ago"),
            (to + DAY * 12, "it expired 12 days ago"),
        ] {
            assert_eq!(validity.wrong_at(now).as_deref(), Some(wrong));
        }
        assert!(Validity::of(&CertificateDer::from_slice(b"none")).is_err());
    }
}
