//! The page before the portal: `boot.js` shows it, asks ahead, and hands over.

use js_sys::Promise;
use leptos::prelude::document;
use leptos::tachys::dom::body;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use web_sys::HtmlElement;

#[wasm_bindgen]
extern "C" {
    /// `window.portalBoot`; absent where the portal is mounted without its page, as in component tests.
    type Boot;

    #[wasm_bindgen(thread_local_v2, js_name = portalBoot)]
    static BOOT: Option<Boot>;

    #[wasm_bindgen(method)]
    fn attend(this: &Boot, portal: &HtmlElement);

    #[wasm_bindgen(method, setter, js_name = onBroken)]
    fn set_on_broken(this: &Boot, told: &Closure<dyn Fn()>);

    #[wasm_bindgen(method)]
    fn token(this: &Boot) -> Option<String>;

    #[wasm_bindgen(method)]
    fn delay(this: &Boot, again: JsValue) -> bool;

    #[wasm_bindgen(method)]
    fn reload(this: &Boot);

    #[wasm_bindgen(method, js_name = forgetToken)]
    fn forget_token(this: &Boot);

    #[wasm_bindgen(method)]
    fn take(this: &Boot, url: &str, bearer: &str) -> Option<Promise>;

    #[wasm_bindgen(method)]
    fn settings(this: &Boot) -> Option<String>;

    #[wasm_bindgen(method)]
    fn words(this: &Boot, tag: &str) -> Promise;

    #[wasm_bindgen(method)]
    fn settled(this: &Boot) -> Promise;
}

fn boot<T>(ask: impl FnOnce(&Boot) -> T) -> Option<T> {
    BOOT.with(|boot| boot.as_ref().map(ask))
}

/// Where the portal is mounted: out of sight, until the page that stands in for it gives its place to the first page of
/// the portal, with everything that was typed.
pub fn stage() -> HtmlElement {
    let stage: HtmlElement = document().create_element("div").unwrap_throw().unchecked_into();
    stage.set_id("portal");
    if boot(|boot| boot.attend(&stage)).is_none() {
        let _ = body().append_child(&stage);
    }
    stage
}

/// Calls `told` when the portal's WebAssembly has trapped. Little can be relied on by then.
pub(crate) fn on_broken(told: impl Fn() + 'static) {
    let told = Closure::new(told);
    boot(|boot| boot.set_on_broken(&told));
    told.forget();
}

/// The token of the link that led to this page, until it is forgotten. It is in the address no more.
pub(crate) fn token() -> Option<String> {
    boot(Boot::token).flatten()
}

/// Offers to try again on the page's own form, with all that was typed; false where that does not stand any more.
pub(crate) fn delay(again: impl Fn() + 'static) -> bool {
    boot(|boot| boot.delay(Closure::<dyn Fn()>::new(again).into_js_value())).unwrap_or_default()
}

/// Loads the page again as it was opened: with the token, if a link led here.
pub(crate) fn reload() {
    boot(Boot::reload);
}

/// The page need not be loaded again as it was opened any more.
pub(crate) fn forget_token() {
    boot(Boot::forget_token);
}

/// The answer that the page has asked for ahead, if it put exactly this question. It is given out once.
pub(crate) fn answer_ahead(url: &str, bearer: &str) -> Option<Promise> {
    boot(|boot| boot.take(url, bearer)).flatten()
}

/// The file of the settings, if the page has read it by now. It is given out once.
pub(crate) fn settings() -> Option<String> {
    boot(Boot::settings).flatten()
}

/// Waits until the first page is painted, when that is the form of signing in: nothing that it can do without is to be in
/// its way.
pub(crate) async fn settled() {
    if let Some(settled) = boot(Boot::settled) {
        let _ = JsFuture::from(settled).await;
    }
}

/// The file of a language; `None` when it cannot be had.
pub(crate) async fn words(tag: &str) -> Option<String> {
    let words = boot(|boot| boot.words(tag))?;
    JsFuture::from(words).await.ok()?.as_string()
}

#[cfg(test)]
mod tests {
    use crate::routes::WayIn;
    use contract::Endpoint;

    #[test]
    fn the_page_asks_ahead_exactly_what_the_portal_asks_first() {
        let script = include_str!("boot.js");
        let whoami = contract::coworkers::ListProfiles.request();
        let settings = contract::GetSettings.request();
        for path in [whoami.path, settings.path] {
            assert!(script.contains(&format!("'{path}'")), "{path}");
        }
    }

    #[test]
    fn the_page_knows_on_which_paths_there_is_no_form() {
        for way in WayIn::ALL {
            assert!(include_str!("boot.js").contains(&format!("'{}'", way.path())), "{way:?}");
        }
    }
}
