//! The browser's storage: one's own credential, and marks that hold no secret. Where storage is not available
//! (private modes, policies) nothing is kept and everything else works.

use super::credential::{Credential, Found};
use super::ledger::Ledger;
use super::marks::{marked, time_of};
use crate::api::Millis;
use contract::{AccessToken, RefreshToken, UserId, json, record};
use web_sys::Storage;

const SESSION: &str = "portal.session";
/// Whose this tab is: the `client_id` of who was in it last and has not signed out.
const WHOSE: &str = "portal.whose";
const LEDGER: &str = "portal.ledger";
const LEAVE: &str = "portal.leave";
const SIGNED_OUT: &str = "portal.signed-out";
/// Who used the portal in this browser, and when.
pub(super) const USED: &str = "portal.used";
/// Who took another profile in this browser, and when.
const MOVED: &str = "portal.moved";
const PROBE: &str = "portal.probe";

/// Where this tab's credential lies.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Place {
    Tab,
    Browser,
}

/// Reads and writes what this tab needs of the storage. What another person keeps there is left alone.
pub(super) struct Store;

struct Record {
    access: String,
    refresh: Option<String>,
    expires_at: Option<u64>,
    renew_at: Option<u64>,
    client_id: String,
    user: Option<UserId>,
    since: u64,
}

record!(Record {
    needs "access" => access, "client_id" => client_id, "since" => since;
    "refresh" => refresh,
    "expires_at" => expires_at,
    "renew_at" => renew_at,
    "user" => user,
});

impl Record {
    fn write(credential: &Credential) -> String {
        json::write(&Self {
            access: credential.access.expose().to_owned(),
            refresh: credential.refresh.as_ref().map(|token| token.expose().to_owned()),
            expires_at: credential.expires_at.map(|at| at.0),
            renew_at: credential.renew_at.map(|at| at.0),
            client_id: credential.client_id.clone().unwrap_or_default(),
            user: credential.user,
            since: credential.since.0,
        })
    }

    fn read(text: &str, keep: bool) -> Option<Credential> {
        let record: Self = json::read(text).ok()?;
        Some(Credential {
            access: AccessToken::new(record.access)?,
            refresh: record.refresh.and_then(RefreshToken::new),
            expires_at: record.expires_at.map(Millis),
            renew_at: record.renew_at.map(Millis),
            client_id: Some(record.client_id).filter(|id| !id.is_empty()),
            user: record.user,
            keep,
            since: Millis(record.since),
        })
    }
}

fn storage(place: Place) -> Option<Storage> {
    let window = web_sys::window()?;
    match place {
        Place::Tab => window.session_storage().ok().flatten(),
        Place::Browser => window.local_storage().ok().flatten(),
    }
}

fn read(place: Place) -> Option<Credential> {
    Record::read(&get(place, SESSION)?, place == Place::Browser)
}

fn get(place: Place, key: &str) -> Option<String> {
    storage(place)?.get_item(key).ok().flatten()
}

/// Whether it is kept. A full or forbidden storage only means that nothing survives a reload.
fn set(place: Place, key: &str, value: &str) -> bool {
    storage(place).is_some_and(|storage| storage.set_item(key, value).is_ok())
}

fn remove(place: Place, key: &str) {
    if let Some(storage) = storage(place) {
        let _ = storage.remove_item(key);
    }
}

/// This tab is this person's.
fn claim(credential: &Credential) {
    if let Some(client_id) = &credential.client_id {
        set(Place::Tab, WHOSE, client_id);
    }
}

/// Whether it is.
fn is_claimed(credential: &Credential) -> bool {
    get(Place::Tab, WHOSE).is_some_and(|whose| credential.is_of(Some(&whose)))
}

/// Whether the browser keeps somebody else.
fn is_displaced(credential: &Credential) -> bool {
    read(Place::Browser).is_some_and(|kept| !kept.is_of(credential.client_id.as_deref()))
}

impl Store {
    /// The credential of this tab, else the one that was kept.
    pub(super) fn load(&self) -> Found {
        if let Some(own) = read(Place::Tab) {
            return Found::Own(own);
        }
        match (read(Place::Browser), get(Place::Tab, WHOSE)) {
            (None, _) => Found::Nobody,
            (Some(kept), Some(whose)) if !kept.is_of(Some(&whose)) => Found::SomebodyElses,
            (Some(kept), _) => {
                claim(&kept);
                Found::Own(kept)
            }
        }
    }

    /// Keeps one's own credential: for this tab, or for the browser when that was asked for. Somebody else who was kept
    /// since is not put out of the browser by it.
    pub(super) fn save(&self, credential: &Credential) {
        let for_all = credential.keep && !(is_claimed(credential) && is_displaced(credential));
        let record = Record::write(credential);
        // Where the browser keeps nothing more, this tab may; what it has kept so is older by the next time.
        if for_all && set(Place::Browser, SESSION, &record) {
            remove(Place::Tab, SESSION);
        } else {
            set(Place::Tab, SESSION, &record);
        }
        claim(credential);
    }

    /// The page goes away: what was kept and is not any more, because somebody else is or was, stays with this tab.
    pub(super) fn hold(&self, credential: &Credential) {
        let is_kept = || read(Place::Browser).is_some_and(|kept| kept.is_of(credential.client_id.as_deref()));
        // Whoever has cleared the storage is to find nothing in it.
        if credential.keep && is_claimed(credential) && !is_kept() {
            set(Place::Tab, SESSION, &Record::write(credential));
        }
    }

    /// What another tab has made of this credential: the one kept now, if it comes from the same sign-in.
    pub(super) fn successor(&self, of: &Credential) -> Option<Credential> {
        let kept = read(Place::Browser).filter(|_| of.keep)?;
        let same = kept.is_of(of.client_id.as_deref()) && kept.since == of.since;
        (same && kept.access != of.access).then_some(kept)
    }

    /// Another session of the same account than this one that is kept now.
    pub(super) fn another(&self, than: &Credential) -> Option<Credential> {
        read(Place::Browser)
            .filter(|kept| kept.is_of(than.client_id.as_deref()) && kept.access != than.access)
    }

    /// Forgets what `unwanted` tells.
    pub(super) fn forget(&self, unwanted: impl Fn(&Credential) -> bool) {
        for place in [Place::Tab, Place::Browser] {
            if read(place).is_some_and(|credential| unwanted(&credential)) {
                remove(place, SESSION);
            }
        }
    }

    /// Forgets a person, in this tab and in the browser: all of theirs, or what they signed in to before this time.
    pub(super) fn forget_person(&self, client_id: &str, before: Option<Millis>) {
        self.forget(|kept| kept.is_of(Some(client_id)) && before.is_none_or(|time| kept.since < time));
        remove(Place::Tab, WHOSE);
    }

    /// What was done as others in this tab; nothing when it cannot be read.
    pub(super) fn ledger(&self) -> Ledger {
        get(Place::Tab, LEDGER).and_then(|text| json::read(&text).ok()).unwrap_or_default()
    }

    /// Keeps what was done as others, for as long as this tab lives.
    pub(super) fn save_ledger(&self, ledger: &Ledger) {
        if ledger.entries().is_empty() {
            self.forget_ledger();
        } else {
            set(Place::Tab, LEDGER, &json::write(ledger));
        }
    }

    /// Forgets what was done as others in this tab.
    pub(super) fn forget_ledger(&self) {
        remove(Place::Tab, LEDGER);
    }

    /// Remembers a word that only the next page of this tab can repeat.
    pub(super) fn arrange_leave(&self, word: &str) {
        set(Place::Tab, LEAVE, word);
    }

    /// Whether `word` is the one that was arranged. It counts once.
    pub(super) fn take_leave(&self, word: &str) -> bool {
        let arranged = get(Place::Tab, LEAVE);
        remove(Place::Tab, LEAVE);
        !word.is_empty() && arranged.as_deref() == Some(word)
    }

    /// Whether the browser keeps anything at all. Larger than any mark is what it is tried with.
    pub(super) fn keeps(&self) -> bool {
        let keeps = set(Place::Browser, PROBE, &PROBE.repeat(64));
        remove(Place::Browser, PROBE);
        keeps
    }

    /// Leaves the mark that this person has signed out, for other tabs to check.
    pub(super) fn mark_signed_out(&self, user: UserId, at: Millis) {
        mark(SIGNED_OUT, user, Some(at));
    }

    /// Takes that mark away.
    pub(super) fn drop_sign_out_mark(&self, user: UserId) {
        mark(SIGNED_OUT, user, None);
    }

    /// When this person last signed out in this browser.
    pub(super) fn signed_out(&self, user: UserId) -> Option<Millis> {
        time_of(&get(Place::Browser, SIGNED_OUT)?, user)
    }

    /// Leaves the mark that this person may be on another profile, for tabs that could not hear of it yet.
    pub(super) fn mark_moved(&self, user: UserId, at: Millis) {
        mark(MOVED, user, Some(at));
    }

    /// When this person last took another profile in this browser.
    pub(super) fn moved(&self, user: UserId) -> Option<Millis> {
        time_of(&get(Place::Browser, MOVED)?, user)
    }

    /// Leaves the mark that this person did something, for their other tabs.
    pub(super) fn mark_used(&self, user: UserId, at: Millis) {
        mark(USED, user, Some(at));
    }

    /// When this person last did something in any tab.
    pub(super) fn used(&self, user: UserId) -> Option<Millis> {
        time_of(&get(Place::Browser, USED)?, user)
    }
}

fn mark(key: &str, user: UserId, at: Option<Millis>) {
    let before = get(Place::Browser, key).unwrap_or_default();
    set(Place::Browser, key, &marked(&before, user, at));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_record_gives_back_the_same_credential() {
        let credential = Credential {
            access: AccessToken::new("a").unwrap(),
            refresh: RefreshToken::new("r"),
            expires_at: Some(Millis(5)),
            renew_at: Some(Millis(4)),
            client_id: Some("c".into()),
            user: Some(UserId(1)),
            keep: true,
            since: Millis(3),
        };
        let text = Record::write(&credential);
        assert_eq!(Record::read(&text, true), Some(credential));
    }

    #[test]
    fn a_damaged_record_is_no_credential() {
        let unsendable = r#"{"access":"a€","client_id":"c","since":1}"#;
        let empty = r#"{"access":"","client_id":"c","since":1}"#;
        for text in ["", "{}", "null", empty, unsendable, "[1]", "<html>"] {
            assert_eq!(Record::read(text, false), None, "{text}");
        }
    }
}
