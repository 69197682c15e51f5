use leptos::prelude::window;

/// Empties the browser's list of the page's requests, which has their whole addresses: with a token in the path, or with
/// whom they were about.
pub fn clear_request_list() {
    if let Some(performance) = window().performance() {
        performance.clear_resource_timings();
    }
}
