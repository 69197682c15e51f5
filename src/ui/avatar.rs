use crate::letters::{capital, is_letter_or_digit};
use crate::markup::{View, view};
use crate::signal::Signal;
use leptos::prelude::*;

/// A coloured disc with a name's initials: the same name always looks the same.
///
/// Only an ornament: hidden from assistive technology, so the name itself must stand beside it.
#[component]
pub fn Avatar(
    /// The full name.
    #[prop(into)]
    name: Signal<String>,
) -> View {
    view! {
        <span class=move || name.with(|name| avatar_class(name)) aria-hidden="true">
            {move || name.with(|name| initials(name))}
        </span>
    }
}

/// The initials that stand for a name.
pub fn initials(name: &str) -> String {
    let mut words =
        name.split_whitespace().filter_map(|word| word.chars().find(|letter| is_letter_or_digit(*letter)));
    let first = words.next();
    capital(&first.into_iter().chain(words.next_back()).collect::<String>())
}

/// The classes of a name's disc: the same name always looks the same.
pub fn avatar_class(name: &str) -> &'static str {
    let sum = name.bytes().fold(0_u8, |sum, byte| sum.wrapping_mul(31).wrapping_add(byte));
    match sum % 8 {
        0 => "avatar avatar--0",
        1 => "avatar avatar--1",
        2 => "avatar avatar--2",
        3 => "avatar avatar--3",
        4 => "avatar avatar--4",
        5 => "avatar avatar--5",
        6 => "avatar avatar--6",
        _ => "avatar avatar--7",
    }
}

#[cfg(test)]
mod tests {
    use super::{avatar_class, initials};

    #[test]
    fn initials_are_those_of_the_first_and_last_word() {
        assert_eq!(initials("Ada King Lovelace"), "AL");
        assert_eq!(initials("  plato "), "P");
        assert_eq!(initials("(Grace) Hopper"), "GH");
        assert_eq!(initials(""), "");
    }

    #[test]
    fn the_same_name_always_has_the_same_hue() {
        assert_eq!(avatar_class("Ada Lovelace"), avatar_class("Ada Lovelace"));
    }
}
