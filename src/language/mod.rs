//! The language that the portal speaks: the person's own choice on this device, else the location's, else English.

mod context;
pub mod intl;
mod picker;
mod preference;

pub use context::{LanguageContext, provide_language, use_language};
pub use picker::LanguagePicker;
