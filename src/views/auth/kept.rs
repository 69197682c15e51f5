//! What outlives the page while an e-mail is on its way.

use crate::routes::Next;
use js_sys::Date;
use web_sys::Storage;

/// Where one wanted to go, for the tab in which the link is opened.
const NEXT: &str = "portal.next";
/// Where the e-mail was sent whose code is waited for, in this tab alone.
const MAILED: &str = "portal.mailed";
/// A link lives no longer than this, so what it was for is forgotten, too.
const KEPT_MILLIS: u64 = 60 * 60 * 1000;

/// Keeps where one wanted to go.
pub fn keep_next(next: Option<&Next>) {
    keep(browser(), NEXT, next.map(Next::href));
}

/// Where one wanted to go a short while ago. Storage is not trusted: whatever it says, it is a page of the portal.
pub fn next() -> Option<Next> {
    Next::parse(fresh(&browser()?.get_item(NEXT).ok()??, now())?)
}

/// Keeps where the e-mail was sent: a phone may drop the page while one looks for the code.
pub fn keep_mailed(email: Option<String>) {
    keep(tab(), MAILED, email);
}

/// Where it was sent a short while ago.
pub fn mailed() -> Option<String> {
    fresh(&tab()?.get_item(MAILED).ok()??, now()).map(ToOwned::to_owned)
}

fn keep(storage: Option<Storage>, key: &str, text: Option<String>) {
    let Some(storage) = storage else { return };
    // A storage that is full or forbidden only means that one begins anew.
    let _ = match text {
        Some(text) => storage.set_item(key, &format!("{} {text}", now())),
        None => storage.remove_item(key),
    };
}

/// The text, if it was kept a short while ago.
fn fresh(kept: &str, now: u64) -> Option<&str> {
    let (at, text) = kept.split_once(' ')?;
    let age = now.checked_sub(at.parse().ok()?)?;
    (age < KEPT_MILLIS).then_some(text)
}

/// Whole milliseconds. To read and write others takes tables that weigh 16 kB, whoever needs them first.
fn now() -> u64 {
    Date::now() as u64
}

fn browser() -> Option<Storage> {
    web_sys::window()?.local_storage().ok()?
}

fn tab() -> Option<Storage> {
    web_sys::window()?.session_storage().ok()?
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::routes::Route;

    #[test]
    fn what_was_kept_is_a_page_of_the_portal_for_an_hour() {
        let read = |kept, now| Next::parse(fresh(kept, now)?);
        let kept = "1000 /user/team/permissions/55";
        let next = Next::new(Route::at("/user/team/permissions/55").unwrap());
        assert_eq!(read(kept, 1000), next);
        assert_eq!(read(kept, 1000 + KEPT_MILLIS - 1), next);
        assert_eq!(read(kept, 1000 + KEPT_MILLIS), None);
        assert_eq!(read(kept, 999), None, "from the future");
        for strange in ["", "1000", "1000 //evil.example", "NaN /user/team/permissions", "1000 /sign-in"] {
            assert_eq!(read(strange, 1000), None, "{strange}");
        }
    }
}
