//! When a failed request is sent again.

use super::error::ApiError;
use super::fence::Millis;
use contract::Request;

/// Retries after the first try.
const RETRIES: u32 = 2;
/// A longer wait is the person's to decide.
const LONGEST_WAIT_SECONDS: u32 = 6;
/// A throttle that gives no time is waited out for so long before the first retry, and for twice as long before the second:
/// together that is longer than the five seconds for which the API counts requests.
const THROTTLED_SECONDS: u32 = 2;

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
        ApiError::Throttled { retry_after } => {
            let seconds = retry_after.unwrap_or(THROTTLED_SECONDS * tries);
            (seconds <= LONGEST_WAIT_SECONDS).then(|| seconds * 1000 + jittered)
        }
        ApiError::Offline | ApiError::Server { status: 500 | 502 | 503 | 504, .. } => Some(jittered),
        _ => None,
    }
}

/// The seconds that a `Retry-After` asks to wait, never less than that: a number of seconds, or a date, which the caller
/// has read as `date`, seen at `now`. `None` when it is neither.
pub(super) fn seconds_to_wait(header: &str, date: Option<Millis>, now: Millis) -> Option<u32> {
    let header = header.trim();
    if header.bytes().all(|byte| byte.is_ascii_digit()) {
        return header.parse().ok();
    }
    // What browsers take for a date is more than what HTTP calls one.
    let date = date.filter(|_| header.ends_with("GMT"))?;
    u32::try_from(date.seconds_after(now)).ok()
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
        assert!((6_000..7_000).contains(&wait(6).unwrap()));
        assert_eq!(wait(7), None);
    }

    #[test]
    fn the_wait_is_a_number_of_seconds_or_lasts_until_a_date() {
        let at = Millis(784_111_777_000);
        let date = |seconds| Some(at.plus_seconds(seconds));
        assert_eq!(seconds_to_wait(" 7 ", None, at), Some(7));
        assert_eq!(seconds_to_wait("Sun, 06 Nov 1994 08:50:00 GMT", date(23), at), Some(23));
        let half_a_second_on = Millis(at.0 + 500);
        assert_eq!(seconds_to_wait("Sun, 06 Nov 1994 08:50:00 GMT", date(23), half_a_second_on), Some(23));
        assert_eq!(seconds_to_wait("Sun, 06 Nov 1994 08:49:00 GMT", Some(Millis(0)), at), Some(0), "is over");
        for neither in ["", "soon", "-1", "1.5", "99999999999"] {
            assert_eq!(seconds_to_wait(neither, date(9), at), None, "{neither}");
        }
    }

    proptest! {
        #[test]
        fn a_throttle_that_gives_no_time_is_waited_out(dice in 0.0f64..1.0) {
            let error = ApiError::Throttled { retry_after: None };
            let wait = |tries| wait_before_retry(&ListProfiles.request(), &error, tries, dice);
            let [first, second, third] = [1, 2, 3].map(wait);
            prop_assert!((2_000..3_000).contains(&first.unwrap()));
            prop_assert!((4_000..=5_000).contains(&second.unwrap()));
            prop_assert_eq!(third, None);
        }

        #[test]
        fn it_gives_up_after_a_few_tries(tries in 0u32..50, dice in 0.0f64..1.0) {
            let wait = wait_before_retry(&ListProfiles.request(), &OFFLINE, tries, dice);
            prop_assert_eq!(wait.is_some(), tries <= RETRIES);
            prop_assert!(wait.unwrap_or(0) <= 2_000);
        }
    }
}
