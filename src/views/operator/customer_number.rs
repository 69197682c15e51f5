//! The number of a customer, as it is typed.

use contract::CoworkerId;
use words::switching;

/// Reads what was typed: digits, perhaps with spaces around and between them or `#` before them, as numbers are copied
/// from lists.
///
/// # Errors
/// A sentence for the person.
pub(super) fn customer_number(typed: &str) -> Result<CoworkerId, &'static str> {
    let typed = typed.trim();
    let typed = typed.strip_prefix('#').unwrap_or(typed);
    let digits: String = typed.chars().filter(|c| !c.is_whitespace()).collect();
    if digits.is_empty() {
        return Err(switching::enter_a_number());
    }
    if !digits.bytes().all(|byte| byte.is_ascii_digit()) {
        return Err(switching::digits_only());
    }
    match digits.parse() {
        Ok(CoworkerId(0)) => Err(switching::digits_only()),
        Ok(id) => Ok(id),
        Err(_) => Err(switching::too_long()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_number_is_read_however_it_was_copied() {
        for typed in ["104", " 104 ", "#104", "# 104", "1 04", "000104", "\u{a0}104"] {
            assert_eq!(customer_number(typed), Ok(CoworkerId(104)), "{typed}");
        }
    }

    #[test]
    fn what_is_no_number_is_told_apart_from_nothing() {
        for nothing in ["", "  ", "#"] {
            assert_eq!(customer_number(nothing), Err(switching::enter_a_number()), "{nothing}");
        }
        for other in ["0", "-4", "+4", "1.5", "12a", "##4", "maria@example.com", "٤"] {
            assert_eq!(customer_number(other), Err(switching::digits_only()), "{other}");
        }
        assert_eq!(customer_number("9223372036854775808"), Err(switching::too_long()));
    }

    proptest! {
        #[test]
        fn every_customers_number_is_read_and_nothing_breaks_it(id in 1i64.., typed in ".*") {
            prop_assert_eq!(customer_number(&id.to_string()), Ok(CoworkerId(id)));
            prop_assert!(customer_number(&typed).is_ok_and(|id| id.0 > 0) || customer_number(&typed).is_err());
        }
    }
}
