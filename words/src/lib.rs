//! Every word that people read in the portal.
//!
//! A message is a function: [`sign_in::title()`](sign_in::title) is a text, `frame::acting_as(name)` puts a name into
//! one, and with a number the right plural form is chosen. Each section declares its messages with their English words;
//! the English of a message is linked where it is used. The other languages ([`languages`], behind a feature) are
//! complete or do not compile: each is a struct with a field for every message. Their files are fetched when chosen and
//! [installed](install) here.
//!
//! Placeholders are `{name}`; two plural forms are separated by `|`, the one for what a language counts as one first.
//! A text with one placeholder that views put an element into is declared with its name in brackets and gives
//! what is before and after it ([`Around`]).
//!
//! Words are read when a view is made: a view that is there does not change with the language, the portal makes its
//! pages anew.

#[macro_use]
mod section;
mod around;
mod current;
mod fill;
mod language;
#[cfg(feature = "languages")]
pub mod languages;

pub use around::Around;
pub use current::{Format, Unreadable, install, is_english, set_format};
pub use fill::Arg;
pub use language::Language;

sections! {
    /// The kit: what components say by themselves.
    ui,
    /// Header, banner, titles, what stands around every page.
    frame,
    /// What can go wrong with any request.
    errors,
    /// Who one is: notices, refusals, why one is signed out.
    session,
    /// Signing in, resetting a password, links by e-mail.
    sign_in,
    /// Choosing a profile or a team member.
    profiles,
    /// Changing the profile, links for another profile, customers.
    switching,
    /// The first page.
    home,
    /// What was done as others.
    history,
    /// Team permissions: the page and its table.
    permissions,
    /// Saving the permissions of a member.
    saving,
    /// Changing many members at once.
    many,
    /// Adding and removing team members.
    members,
}
