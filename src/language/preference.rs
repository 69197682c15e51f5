//! What this device remembers of languages. `boot.js` reads the same two names before there is a portal.

use words::Language;

/// What the person chose.
const CHOSEN: &str = "portal.language";
/// What the location spoke when it was last asked, so that the next visit begins with it.
const LOCATION: &str = "portal.location-language";

fn storage() -> Option<web_sys::Storage> {
    web_sys::window()?.local_storage().ok().flatten()
}

fn read(key: &str) -> Option<Language> {
    Language::of_tag(&storage()?.get_item(key).ok().flatten()?)
}

fn write(key: &str, language: Language) {
    if let Some(storage) = storage() {
        // Without storage the choice lasts as long as the page.
        let _ = storage.set_item(key, language.tag());
    }
}

fn forget(key: &str) {
    if let Some(storage) = storage() {
        let _ = storage.remove_item(key);
    }
}

/// What to begin with.
pub(super) fn first() -> Language {
    chosen().or_else(|| read(LOCATION)).unwrap_or_default()
}

/// What the person chose on this device.
pub(super) fn chosen() -> Option<Language> {
    read(CHOSEN)
}

/// Remembers the person's choice.
pub(super) fn choose(language: Language) {
    write(CHOSEN, language);
}

/// Remembers the location's language.
pub(super) fn note_location(language: Language) {
    match language {
        Language::English => forget(LOCATION),
        other => write(LOCATION, other),
    }
}
