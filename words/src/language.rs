/// A language that the portal speaks.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Language {
    /// The language of the source.
    #[default]
    English,
    /// Español.
    Spanish,
    /// Français.
    French,
    /// Deutsch.
    German,
    /// Italiano.
    Italian,
    /// Português.
    Portuguese,
    /// For tests: English with accents, 40 % longer, from right to left. Nobody is offered it.
    Pseudo,
}

impl Language {
    /// All that people are offered.
    pub const OFFERED: [Self; 6] =
        [Self::English, Self::Spanish, Self::French, Self::German, Self::Italian, Self::Portuguese];

    /// Its tag, as in `lang`.
    pub const fn tag(self) -> &'static str {
        match self {
            Self::English => "en",
            Self::Spanish => "es",
            Self::French => "fr",
            Self::German => "de",
            Self::Italian => "it",
            Self::Portuguese => "pt",
            Self::Pseudo => "qps",
        }
    }

    /// What a browser is to take it for. Without a country, Portuguese is Brazil's to it, and the words are Portugal's.
    pub const fn locale(self) -> &'static str {
        match self {
            Self::Portuguese => "pt-PT",
            other => other.tag(),
        }
    }

    /// What it calls itself.
    pub const fn own_name(self) -> &'static str {
        match self {
            Self::English => "English",
            Self::Spanish => "Español",
            Self::French => "Français",
            Self::German => "Deutsch",
            Self::Italian => "Italiano",
            Self::Portuguese => "Português",
            Self::Pseudo => "Pseudo",
        }
    }

    /// Whether it is written from right to left.
    pub const fn is_rtl(self) -> bool {
        matches!(self, Self::Pseudo)
    }

    /// The language of a tag such as `de`, `de-AT` or `PT_br`; `None` when the portal does not speak it.
    pub fn of_tag(tag: &str) -> Option<Self> {
        let primary = tag.trim().split(['-', '_']).next().unwrap_or_default();
        let all = Self::OFFERED.into_iter().chain([Self::Pseudo]);
        all.into_iter().find(|language| language.tag().eq_ignore_ascii_case(primary))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_region_does_not_hide_a_language() {
        assert_eq!(Language::of_tag("de-AT"), Some(Language::German));
        assert_eq!(Language::of_tag("PT_br"), Some(Language::Portuguese));
        assert_eq!(Language::of_tag("nl"), None);
        assert_eq!(Language::of_tag(""), None);
    }

    #[test]
    fn every_language_is_found_by_its_tag() {
        for language in Language::OFFERED {
            assert_eq!([language.tag(), language.locale()].map(Language::of_tag), [Some(language); 2]);
        }
    }
}
