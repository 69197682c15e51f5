messages! {
    frame:
    skip_link = "Skip to the page";
    title_at(title: &str, place: &str) = "{title} - {place}";
    title_while_acting(name: &str, title: &str) = "Acting as {name} – {title}";
}
