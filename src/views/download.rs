//! Handing the person a file.

use leptos::prelude::{document, set_timeout};
use std::time::Duration;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::js_sys::Array;
use web_sys::{Blob, BlobPropertyBag, HtmlAnchorElement, Url};

/// Long enough for any browser to have taken the file over.
const TAKEN_OVER: Duration = Duration::from_secs(1);

/// Saves `text` as a file of this name. It is made in the browser and goes nowhere else.
///
/// # Errors
/// The browser cannot make files.
pub fn download(name: &str, mime: &str, text: &str) -> Result<(), JsValue> {
    let kind = BlobPropertyBag::new();
    kind.set_type(mime);
    let parts = Array::of1(&JsValue::from_str(text));
    let url = Url::create_object_url_with_blob(&Blob::new_with_str_sequence_and_options(&parts, &kind)?)?;
    // Not in the page, so nothing else hears the click.
    let link: HtmlAnchorElement = document().create_element("a")?.unchecked_into();
    link.set_href(&url);
    link.set_download(name);
    link.click();
    set_timeout(
        move || {
            let _ = Url::revoke_object_url(&url);
        },
        TAKEN_OVER,
    );
    Ok(())
}
