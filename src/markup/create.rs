use leptos::prelude::document;
use leptos::web_sys::Element;

const SVG: &str = "http://www.w3.org/2000/svg";

/// A new element: a tag with its constant attributes, such as `button|type=button`.
pub fn create(what: &str) -> Element {
    let mut parts = what.split('|');
    let tag = parts.next().unwrap_or_default();
    let made = match tag {
        "svg" | "path" => document().create_element_ns(Some(SVG), tag),
        tag => document().create_element(tag),
    };
    // Only for a tag that is none.
    let made = made.unwrap_or_else(|_| document().create_element("div").unwrap_or_else(|_| unreachable!()));
    for part in parts {
        let (name, value) = part.split_once('=').unwrap_or((part, ""));
        let _ = made.set_attribute(name, value);
    }
    made
}

/// Sets an attribute, or takes it away.
pub fn put(element: &Element, name: &str, value: Option<&str>) {
    let _ = match value {
        Some(value) => element.set_attribute(name, value),
        None => element.remove_attribute(name),
    };
}
