messages! {
    frame:
    skip_link = "Skip to the page";
    title_at(title: &str, place: &str) = "{title} - {place}";
    language = "Language";
    language_failed(language: &str) = "{language} could not be loaded. Check your connection and choose it again.";
    title_while_acting(name: &str, title: &str) = "Acting as {name} – {title}";
}
