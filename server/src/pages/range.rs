//! The part of a file that a client asks for.

/// What of a file is sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Part {
    /// All of it: nothing else was asked for, or nothing that could be understood, or several parts.
    Whole,
    /// From this byte up to but not including that one; both lie in the file and it is never empty.
    Bytes(usize, usize),
    /// It begins after the end of the file.
    Outside,
}

/// Reads a `Range` header for a file of `length` bytes.
pub(super) fn read(header: &str, length: usize) -> Part {
    let Some((unit, range)) = header.split_once('=') else { return Part::Whole };
    let Some((first, last)) = range.trim().split_once('-') else { return Part::Whole };
    if !unit.trim().eq_ignore_ascii_case("bytes") {
        return Part::Whole;
    }
    match (number(first), number(last)) {
        (Ok(Some(first)), Ok(Some(last))) if first > last => Part::Whole,
        (Ok(Some(first)), Ok(last)) => {
            let end = last.map_or(length, |last| last.saturating_add(1).min(length));
            if first < length { Part::Bytes(first, end) } else { Part::Outside }
        }
        (Ok(None), Ok(Some(0))) => Part::Outside,
        (Ok(None), Ok(Some(_))) if length == 0 => Part::Outside,
        (Ok(None), Ok(Some(count))) => Part::Bytes(length.saturating_sub(count), length),
        _ => Part::Whole,
    }
}

/// Digits as a number, the largest one for too many of them; nothing as `None`.
fn number(text: &str) -> Result<Option<usize>, ()> {
    match text {
        "" => Ok(None),
        digits if digits.bytes().all(|byte| byte.is_ascii_digit()) => {
            Ok(Some(digits.parse().unwrap_or(usize::MAX)))
        }
        _ => Err(()),
    }
}

#[cfg(test)]
mod tests {
    use super::{Part, read};
    use proptest::prelude::*;

    #[test]
    fn single_ranges_and_suffixes_are_understood() {
        for (header, part) in [
            ("bytes=0-0", Part::Bytes(0, 1)),
            ("bytes=2-4", Part::Bytes(2, 5)),
            ("Bytes = 2-", Part::Bytes(2, 10)),
            ("bytes=9-99999999999999999999999", Part::Bytes(9, 10)),
            ("bytes=-3", Part::Bytes(7, 10)),
            ("bytes=-99", Part::Bytes(0, 10)),
            ("bytes=10-", Part::Outside),
            ("bytes=99999999999999999999999-", Part::Outside),
            ("bytes=-0", Part::Outside),
        ] {
            assert_eq!(read(header, 10), part, "{header}");
        }
        assert_eq!(read("bytes=-1", 0), Part::Outside);
    }

    #[test]
    fn what_is_no_single_range_gets_the_whole_file() {
        for header in
            ["", "bytes", "bytes=", "bytes=-", "bytes=4-2", "bytes=0-1,3-4", "lines=0-1", "bytes=+1-2"]
        {
            assert_eq!(read(header, 10), Part::Whole, "{header}");
        }
    }

    proptest! {
        #[test]
        fn a_part_always_lies_in_the_file(header in "bytes=[0-9]{0,22}-[0-9]{0,22}", length in 0_usize..3000) {
            if let Part::Bytes(from, to) = read(&header, length) {
                prop_assert!(from < to && to <= length);
            }
        }

        #[test]
        fn any_text_is_read(header in ".{0,40}", length in any::<usize>()) {
            read(&header, length);
        }
    }
}
