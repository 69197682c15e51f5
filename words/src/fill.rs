use crate::current::format;

/// What is put into a text.
#[derive(Clone, Copy, Debug)]
pub enum Arg<'a> {
    /// A text, as it is.
    Text(&'a str),
    /// A number: written as the language writes it, and it decides which plural form is taken.
    Count(u64),
}

impl<'a> From<&'a str> for Arg<'a> {
    fn from(text: &'a str) -> Self {
        Self::Text(text)
    }
}

macro_rules! counts {
    ($($number:ty),*) => {
        $(impl From<$number> for Arg<'_> {
            fn from(count: $number) -> Self {
                Self::Count(count as u64)
            }
        })*
    };
}

counts!(usize, u64, u32);

/// Chooses the plural form and puts the arguments in. What is in an argument is never taken for a placeholder.
pub(crate) fn fill(template: &str, args: &[(&str, Arg<'_>)]) -> String {
    let format = format();
    let count = args.iter().find_map(|(_, arg)| match arg {
        Arg::Count(count) => Some(*count),
        Arg::Text(_) => None,
    });
    let mut rest = match (template.split_once('|'), count) {
        (Some((one, _)), Some(count)) if (format.is_one)(count) => one,
        (Some((_, other)), Some(_)) => other,
        _ => template,
    };
    let mut filled = String::new();
    while let Some((before, after)) = rest.split_once('{') {
        filled.push_str(before);
        let Some((name, after)) = after.split_once('}') else {
            filled.push('{');
            rest = after;
            continue;
        };
        match args.iter().find(|(known, _)| *known == name) {
            Some((_, Arg::Text(text))) => filled.push_str(text),
            Some((_, Arg::Count(count))) => filled.push_str(&(format.number)(*count)),
            None => {}
        }
        rest = after;
    }
    filled.push_str(rest);
    filled
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn the_form_is_chosen_by_the_number() {
        let found = |count: usize| fill("{count} member|{count} members", &[("count", count.into())]);
        assert_eq!([0, 1, 2].map(found), ["0 members", "1 member", "2 members"]);
    }

    #[test]
    fn placeholders_may_stand_in_any_order_and_be_repeated() {
        let args = [("a", Arg::Text("1")), ("b", Arg::Text("2"))];
        assert_eq!(fill("{b}{a}{b}", &args), "212");
    }

    proptest! {
        #[test]
        fn what_is_put_in_is_never_read_as_a_placeholder_or_a_form(name in ".*") {
            let filled = fill("<{name}>", &[("name", Arg::Text(&name))]);
            prop_assert_eq!(filled, format!("<{name}>"));
        }

        #[test]
        fn no_template_breaks_it(template in ".*", count: u64) {
            let _ = fill(&template, &[("count", count.into())]);
        }
    }
}
