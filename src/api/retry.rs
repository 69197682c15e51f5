//! When a failed request is sent again.

use super::error::ApiError;
use contract::Request;

/// Retries after the first try.
const RETRIES: u32 = 2;
/// A longer wait is the person's to decide.
const LONGEST_WAIT_SECONDS: u32 = 4;

/// Milliseconds to wait before sending `request` again after its `tries`-th failure; `None`: do not.
///
/// Only requests that change nothing are repeated, and never one that must be sent once at most.
/// `dice` (0 up to 1) spreads the waits of many browsers.
pub(crate) fn wait_before_retry(request: &Request, error: &ApiError, tries: u32, dice: f64) -> Option<u32> {
    if !request.method.is_safe() || request.one_shot || tries > RETRIES {
        return None;
    }
    let backoff = 250_u32.saturating_mul(1 << tries.min(4));
    let jittered = backoff / 2 + (f64::from(backoff) * dice / 2.0) as u32;
    match error {
        ApiError::Throttled { retry_after: Some(seconds) } if *seconds > LONGEST_WAIT_SECONDS => None,
        ApiError::Throttled { retry_after: Some(seconds) } => Some(seconds * 1000 + jittered),
        ApiError::Throttled { retry_after: None }
        | ApiError::Offline
        | ApiError::Server { status: 500 | 502 | 503 | 504, .. } => Some(jittered),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use contract::coworkers::{Impersonate, ListProfiles, SetCurrentProfile};
    use contract::{CoworkerId, Endpoint};
    use proptest::prelude::*;

    const OFFLINE: ApiError = ApiError::Offline;

    #[test]
    fn only_reads_are_repeated_and_never_the_impersonation() {
        assert!(wait_before_retry(&ListProfiles.request(), &OFFLINE, 1, 0.5).is_some());
        let write = SetCurrentProfile { coworker: CoworkerId(1) }.request();
        assert_eq!(wait_before_retry(&write, &OFFLINE, 1, 0.5), None);
        let start = Impersonate { coworker: CoworkerId(1) }.request();
        assert_eq!(wait_before_retry(&start, &OFFLINE, 1, 0.5), None);
    }

    #[test]
    fn a_refusal_is_final() {
        for error in [ApiError::Unauthorized, ApiError::Forbidden, ApiError::NotFound, ApiError::Malformed] {
            assert_eq!(wait_before_retry(&ListProfiles.request(), &error, 1, 0.5), None);
        }
    }

    #[test]
    fn retry_after_is_honoured_up_to_a_limit() {
        let wait = |seconds| {
            let error = ApiError::Throttled { retry_after: Some(seconds) };
            wait_before_retry(&ListProfiles.request(), &error, 1, 0.0)
        };
        assert!(wait(2).unwrap() >= 2_000);
        assert_eq!(wait(60), None);
    }

    proptest! {
        #[test]
        fn it_gives_up_after_a_few_tries(tries in 0u32..50, dice in 0.0f64..1.0) {
            let wait = wait_before_retry(&ListProfiles.request(), &OFFLINE, tries, dice);
            prop_assert_eq!(wait.is_some(), tries <= RETRIES);
            prop_assert!(wait.unwrap_or(0) <= 2_000);
        }
    }
}
