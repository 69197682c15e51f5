//! Settings that are one word of a few.

use clap::ValueEnum;
use clap::builder::PossibleValue;
use contract::{ExchangeForm, ProfileChoice};

/// [`ProfileChoice`] as a flag.
#[derive(Clone, Copy, Debug)]
pub struct ProfileChoiceFlag(pub(super) ProfileChoice);

impl ValueEnum for ProfileChoiceFlag {
    fn value_variants<'a>() -> &'a [Self] {
        &[Self(ProfileChoice::Switch), Self(ProfileChoice::Impersonate)]
    }

    fn to_possible_value(&self) -> Option<PossibleValue> {
        Some(PossibleValue::new(match self.0 {
            ProfileChoice::Switch => "switch",
            ProfileChoice::Impersonate => "impersonate",
        }))
    }
}

/// [`ExchangeForm`] as a flag.
#[derive(Clone, Copy, Debug)]
pub struct ExchangeFlag(pub(super) ExchangeForm);

impl ValueEnum for ExchangeFlag {
    fn value_variants<'a>() -> &'a [Self] {
        &[Self(ExchangeForm::AuthLogin), Self(ExchangeForm::SysUsersExchange)]
    }

    fn to_possible_value(&self) -> Option<PossibleValue> {
        Some(match self.0 {
            ExchangeForm::AuthLogin => PossibleValue::new("auth/login").alias("auth/login/{token}"),
            ExchangeForm::SysUsersExchange => PossibleValue::new("sys/users/exchange"),
        })
    }
}

/// How log lines look.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum LogFormat {
    /// For people.
    Text,
    /// One JSON object a line, for programs.
    Json,
}
