//! Whom a page is for.

use crate::memo::Memo;
use crate::session::{Identity, use_snapshot};

/// The person that the calling component was mounted for, as the server last described them: a new name shows at once,
/// and it is never anybody else, not even for the moment before the component goes. `None` when there is nobody.
pub fn use_person() -> Option<Memo<Identity>> {
    let snapshot = use_snapshot();
    let (epoch, mounted_for) = {
        let now = snapshot.read_untracked();
        (now.epoch, now.person()?.clone())
    };
    Some(Memo::new(move |before: Option<&Identity>| {
        let now = snapshot.read();
        let same = now.person().filter(|_| now.epoch == epoch);
        same.or(before).unwrap_or(&mounted_for).clone()
    }))
}
