//! Where one wanted to go when one had an e-mail sent: its link may be opened in another tab.

use crate::routes::Next;
use js_sys::Date;
use web_sys::Storage;

const KEY: &str = "portal.next";
/// A link lives no longer than this, so what it was for is forgotten, too.
const KEPT_MILLIS: u64 = 60 * 60 * 1000;

/// Keeps it for the tab in which the link is opened.
pub fn keep(next: Option<&Next>) {
    let Some(storage) = storage() else { return };
    // A storage that is full or forbidden only means that one lands on the first page.
    let _ = match next {
        Some(next) => storage.set_item(KEY, &format!("{} {}", now(), next.href())),
        None => storage.remove_item(KEY),
    };
}

/// What was kept a short while ago. Storage is not trusted: whatever it says, it is a page of the portal.
pub fn kept() -> Option<Next> {
    let kept = storage()?.get_item(KEY).ok()??;
    read(&kept, now())
}

fn read(kept: &str, now: u64) -> Option<Next> {
    let (at, href) = kept.split_once(' ')?;
    let age = now.checked_sub(at.parse().ok()?)?;
    if age < KEPT_MILLIS { Next::parse(href) } else { None }
}

/// Whole milliseconds. To read and write others takes tables that weigh 16 kB, whoever needs them first.
fn now() -> u64 {
    Date::now() as u64
}

fn storage() -> Option<Storage> {
    web_sys::window()?.local_storage().ok()?
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::routes::Route;

    #[test]
    fn what_was_kept_is_a_page_of_the_portal_for_an_hour() {
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
