//! The codes of an authenticator: six digits of HMAC-SHA1, others every thirty seconds (RFC 6238).

use hmac::{Hmac, Mac};
use sha1::Sha1;

const STEP_MS: i64 = 30_000;

/// Which thirty seconds a time lies in.
pub(super) fn step(now: i64) -> i64 {
    now.div_euclid(STEP_MS)
}

/// For how many more seconds the code of a time is the current one.
pub(super) fn seconds_left(now: i64) -> i64 {
    (STEP_MS - now.rem_euclid(STEP_MS) + 999).div_euclid(1000)
}

/// The code of a step. `None` cannot be: a key of any length will do.
pub(super) fn code(secret: &[u8], step: i64) -> Option<String> {
    let mut mac = Hmac::<Sha1>::new_from_slice(secret).ok()?;
    mac.update(&step.to_be_bytes());
    let digest = mac.finalize().into_bytes();
    let at = usize::from(digest.last()? & 0x0f);
    let word: [u8; 4] = digest.get(at..at + 4)?.try_into().ok()?;
    Some(format!("{:06}", (u32::from_be_bytes(word) & 0x7fff_ffff) % 1_000_000))
}

/// The step that a code belongs to: this one, the one before or the one after, for clocks differ and people are slow.
/// Of those up to `used` none counts any more. Spaces do not matter.
pub(super) fn step_of(secret: &[u8], given: &str, now: i64, used: Option<i64>) -> Option<i64> {
    let given: String = given.chars().filter(|digit| !digit.is_whitespace()).collect();
    let now = step(now);
    let steps = [now, now - 1, now + 1].into_iter().filter(|step| used.is_none_or(|used| *step > used));
    steps.into_iter().find(|step| code(secret, *step).as_ref() == Some(&given))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// The secret of the examples in RFC 6238, appendix B.
    const SECRET: &[u8] = b"12345678901234567890";

    #[test]
    fn the_codes_are_those_of_the_specification() {
        let examples = [
            (59, "287082"),
            (1_111_111_109, "081804"),
            (1_111_111_111, "050471"),
            (1_234_567_890, "005924"),
            (2_000_000_000, "279037"),
            (20_000_000_000, "353130"),
        ];
        for (seconds, expected) in examples {
            assert_eq!(code(SECRET, step(seconds * 1000)).as_deref(), Some(expected), "{seconds}");
        }
    }

    #[test]
    fn a_code_may_be_written_with_a_space() {
        assert_eq!(step_of(SECRET, " 287 082", 59_000, None), Some(1));
        assert_eq!(step_of(SECRET, "", 59_000, None), None);
        assert_eq!(step_of(SECRET, "287082\u{0661}", 59_000, None), None);
    }

    #[test]
    fn what_is_left_of_a_step_is_told_in_whole_seconds() {
        assert_eq!([0, 1, 29_000, 29_001, 29_999].map(seconds_left), [30, 30, 1, 1, 1]);
    }

    proptest! {
        #[test]
        fn a_code_is_good_within_one_step_of_its_own_and_no_longer(now in 0_i64..4_102_444_800_000, off in -4_i64..=4) {
            let own = step(now) + off;
            let given = code(SECRET, own).unwrap();
            // Two steps may have the same code, once in a million.
            let near = [-1, 0, 1].map(|near| code(SECRET, step(now) + near).unwrap());
            prop_assert_eq!(step_of(SECRET, &given, now, None).is_some(), near.contains(&given));
            prop_assert!(off.abs() > 1 || near.contains(&given));
        }

        #[test]
        fn no_code_is_good_again_once_it_or_a_later_one_was_used(now in 0_i64..4_102_444_800_000, off in -1_i64..=1) {
            let given = code(SECRET, step(now) + off).unwrap();
            let used = step_of(SECRET, &given, now, None);
            prop_assert!(used.is_some());
            if let Some(again) = step_of(SECRET, &given, now, used) {
                prop_assert!(Some(again) > used, "another step of the same code");
            }
        }

        #[test]
        fn nothing_that_is_typed_breaks_it(given in "\\PC{0,12}", now in any::<i64>()) {
            let now = now / 2;
            let _ = step_of(SECRET, &given, now, None);
        }
    }
}
