//! The page before the portal: `boot.js` shows it, asks ahead, and hands over.

use js_sys::Promise;
use leptos::prelude::document;
use leptos::tachys::dom::body;
use std::cell::OnceCell;
use wasm_bindgen::prelude::*;
use web_sys::HtmlElement;

#[wasm_bindgen]
extern "C" {
    /// `window.portalBoot`; absent where the portal is mounted without its page, as in component tests.
    type Boot;

    #[wasm_bindgen(thread_local_v2, js_name = portalBoot)]
    static BOOT: Option<Boot>;

    #[wasm_bindgen(method, js_name = takeOver)]
    fn take_over(this: &Boot, app: &HtmlElement);

    #[wasm_bindgen(method, setter, js_name = onBroken)]
    fn set_on_broken(this: &Boot, told: &Closure<dyn Fn()>);

    #[wasm_bindgen(method)]
    fn take(this: &Boot, url: &str, bearer: &str) -> Option<Promise>;
}

thread_local! {
    static STAGE: OnceCell<HtmlElement> = const { OnceCell::new() };
}

fn boot<T>(ask: impl FnOnce(&Boot) -> T) -> Option<T> {
    BOOT.with(|boot| boot.as_ref().map(ask))
}

/// Where the portal is mounted: out of sight until [`take_over`], where a page stands in for it.
pub fn stage() -> HtmlElement {
    let stage: HtmlElement = document().create_element("div").unwrap_throw().unchecked_into();
    stage.set_id("portal");
    if boot(|_| ()).is_none() {
        let _ = body().append_child(&stage);
    }
    let _ = STAGE.with(|kept| kept.set(stage.clone()));
    stage
}

/// Puts the portal in the place of the page that stood in for it, once, with everything that was typed there.
pub(crate) fn take_over() {
    STAGE.with(|stage| stage.get().and_then(|stage| boot(|boot| boot.take_over(stage))));
}

/// Calls `told` when the portal's WebAssembly has trapped. Little can be relied on by then.
pub(crate) fn on_broken(told: impl Fn() + 'static) {
    let told = Closure::new(told);
    boot(|boot| boot.set_on_broken(&told));
    told.forget();
}

/// The answer that the page has asked for ahead, if it put exactly this question. It is given out once.
pub(crate) fn answer_ahead(url: &str, bearer: &str) -> Option<Promise> {
    boot(|boot| boot.take(url, bearer)).flatten()
}

#[cfg(test)]
mod tests {
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
}
