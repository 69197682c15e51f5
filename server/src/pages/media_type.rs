//! What a file is, by its name.

/// The media type; browsers are told not to guess, so an unknown one is only bytes.
pub(super) fn of(name: &str) -> &'static str {
    let ending = name.rsplit_once('.').map_or("", |(_, ending)| ending);
    match ending.to_ascii_lowercase().as_str() {
        "html" => "text/html; charset=utf-8",
        "js" | "mjs" => "text/javascript; charset=utf-8",
        "css" => "text/css; charset=utf-8",
        "wasm" => "application/wasm",
        "svg" => "image/svg+xml",
        "json" | "map" => "application/json",
        "webmanifest" => "application/manifest+json",
        "txt" => "text/plain; charset=utf-8",
        "xml" => "application/xml",
        "png" => "image/png",
        "jpg" | "jpeg" => "image/jpeg",
        "gif" => "image/gif",
        "webp" => "image/webp",
        "avif" => "image/avif",
        "ico" => "image/x-icon",
        "woff2" => "font/woff2",
        "woff" => "font/woff",
        _ => "application/octet-stream",
    }
}

#[cfg(test)]
mod tests {
    use super::of;

    #[test]
    fn a_browser_runs_and_shows_only_what_has_its_very_type() {
        assert_eq!(of("portal_bg.wasm"), "application/wasm");
        assert_eq!(of("a/b.JS"), "text/javascript; charset=utf-8");
        assert_eq!(of("icon.svg"), "image/svg+xml");
        assert_eq!(of("app.webmanifest"), "application/manifest+json");
        assert_eq!(of("no_ending"), "application/octet-stream");
    }
}
