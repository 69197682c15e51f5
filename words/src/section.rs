//! How messages are declared.

/// The sections, in the order of the files of languages.
macro_rules! sections {
    ($($(#[$doc:meta])* $section:ident,)*) => {
        $($(#[$doc])* pub mod $section;)*

        /// How many messages the sections have, in order.
        const COUNTS: &[usize] = &[$($section::COUNT),*];

        /// What tells one set of messages from another: a file made for other messages is refused.
        pub(crate) const FINGERPRINT: u64 = {
            let mut hash = 0xcbf2_9ce4_8422_2325;
            $(hash = section::hash(hash, $section::NAMES);)*
            hash
        };

        #[allow(non_camel_case_types, reason = "named as the modules are")]
        #[derive(Clone, Copy)]
        enum Section { $($section),* }

        /// All messages in one language: a message that is missing does not compile.
        #[cfg(feature = "languages")]
        pub struct Messages {
            $($(#[$doc])* pub $section: $section::Words,)*
        }

        #[cfg(feature = "languages")]
        impl Messages {
            /// The messages as they are declared.
            pub const ENGLISH: Self = Self { $($section: $section::ENGLISH),* };

            /// Every message with its name, in the order of the files.
            pub fn list(&self) -> Vec<(String, &'static str)> {
                let mut all = Vec::new();
                $(
                    let names = $section::NAMES.iter().map(|name| format!("{}::{name}", stringify!($section)));
                    all.extend(names.zip(self.$section.list()));
                )*
                all
            }
        }
    };
}

/// The messages of one section with their English words:
///
/// - `title = "Sign in";` is the function `title() -> &'static str`,
/// - `found(count: usize) = "{count} member|{count} members";` is `found(count) -> String`,
/// - `sign_in_as[name] = "Sign in as {name}";` is `sign_in_as() -> Around`.
macro_rules! messages {
    ($section:ident: $($name:ident $(($($arg:ident: $type:ty),*))? $([$slot:ident])? = $english:literal;)*) => {
        /// This section in one language.
        #[cfg(feature = "languages")]
        pub struct Words { $(#[doc = $english] pub $name: &'static str,)* }

        #[cfg(feature = "languages")]
        pub(crate) const ENGLISH: Words = Words { $($name: $english),* };

        #[cfg(feature = "languages")]
        impl Words {
            pub(crate) const fn list(&self) -> [&'static str; COUNT] {
                [$(self.$name),*]
            }
        }

        pub(crate) const NAMES: &[&str] = &[$(stringify!($name)),*];
        pub(crate) const COUNT: usize = NAMES.len();
        #[allow(dead_code, reason = "a section may have no messages yet")]
        const FIRST: usize = crate::section::first(crate::Section::$section as usize, crate::COUNTS);

        #[allow(non_camel_case_types, dead_code, reason = "named as the messages are")]
        enum At { $($name),* }

        $(messages!(@function $name $english $(($($arg: $type),*))? $([$slot])?);)*
    };
    (@function $name:ident $english:literal) => {
        #[doc = $english]
        pub fn $name() -> &'static str {
            crate::current::text(FIRST + At::$name as usize, $english)
        }
    };
    (@function $name:ident $english:literal ($($arg:ident: $type:ty),*)) => {
        #[doc = $english]
        pub fn $name($($arg: $type),*) -> String {
            let template = crate::current::text(FIRST + At::$name as usize, $english);
            crate::fill::fill(template, &[$((stringify!($arg), crate::Arg::from($arg))),*])
        }
    };
    (@function $name:ident $english:literal [$slot:ident]) => {
        #[doc = $english]
        pub fn $name() -> crate::Around {
            let template = crate::current::text(FIRST + At::$name as usize, $english);
            crate::Around::of(template, stringify!($slot))
        }
    };
}

/// The place of a section's first message among all.
pub(crate) const fn first(section: usize, mut counts: &[usize]) -> usize {
    let (mut left, mut sum) = (section, 0);
    while let [count, rest @ ..] = counts {
        if left == 0 {
            break;
        }
        sum += *count;
        left -= 1;
        counts = rest;
    }
    sum
}

/// Goes on with an FNV-1a hash over names.
pub(crate) const fn hash(mut hash: u64, mut names: &[&str]) -> u64 {
    while let [name, rest @ ..] = names {
        let mut bytes = name.as_bytes();
        while let [byte, others @ ..] = bytes {
            hash = (hash ^ *byte as u64).wrapping_mul(0x0100_0000_01b3);
            bytes = others;
        }
        // So that moving a letter from one name to the next is another set.
        hash = (hash ^ 0xff).wrapping_mul(0x0100_0000_01b3);
        names = rest;
    }
    hash
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_section_begins_where_the_ones_before_it_end() {
        assert_eq!([0, 1, 2].map(|section| first(section, &[3, 0, 5])), [0, 3, 3]);
    }

    #[test]
    fn other_names_or_another_order_are_another_set_of_messages() {
        let sets: [&[&str]; 4] = [&["a", "b"], &["b", "a"], &["ab"], &["a", "b", "c"]];
        let hashes: std::collections::HashSet<_> = sets.into_iter().map(|names| hash(1, names)).collect();
        assert_eq!(hashes.len(), 4);
    }
}
