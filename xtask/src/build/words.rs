//! The files of languages, and where in them the words of the page itself are.

use std::{fs, path::Path};

use anyhow::{Context, Result, bail};
use serde_json::{Map, Value};
use words::languages::{FILED, file, look_up};

use super::asset::Asset;

/// Writes the file of every language under a name with its hash. The answer is where each is, by tag.
pub fn write(dist: &Path) -> Result<Map<String, Value>> {
    FILED
        .into_iter()
        .map(|language| {
            let tag = language.tag();
            let asset = Asset::write(dist, &format!("words-{tag}"), "txt", file(language).as_bytes())?;
            Ok((tag.to_owned(), format!("/{}", asset.name).into()))
        })
        .collect()
}

/// Writes the file of every language under its plain name, for a server that serves while one works.
pub fn write_plainly(folder: &Path) -> Result<()> {
    fs::create_dir_all(folder).with_context(|| format!("cannot create {}", folder.display()))?;
    for language in FILED {
        let path = folder.join(format!("{}.txt", language.tag()));
        fs::write(&path, file(language)).with_context(|| format!("cannot write {}", path.display()))?;
    }
    Ok(())
}

/// Where in each file the words of the page are: one for each mark in it, in order.
///
/// # Errors
/// When a mark names no message, or the page says something else than the message does.
pub fn of_page(html: &str) -> Result<Vec<usize>> {
    let place = |mark: Mark| match look_up(&mark.word) {
        Some((at, english)) if english == mark.says => Ok(at),
        other => bail!("index.html says \"{}\" for {}, which is {other:?}", mark.says, mark.word),
    };
    marks(html)?.into_iter().map(place).collect()
}

/// An element or attribute of the page that holds a message.
#[derive(Debug, PartialEq, Eq)]
struct Mark {
    word: String,
    says: String,
}

/// The page is written with every marked element on one line, its text right behind it.
fn marks(html: &str) -> Result<Vec<Mark>> {
    html.split("data-word=\"")
        .skip(1)
        .map(|rest| {
            let (word, rest) = rest.split_once('"').context("a mark without an end")?;
            let (attributes, text) = rest.split_once('>').context("a mark outside of an element")?;
            let says = match value(attributes, "data-word-as") {
                Some(name) => {
                    value(rest, name).with_context(|| format!("{word}: no {name} behind the mark"))?
                }
                None => text.split('<').next().unwrap_or_default(),
            };
            Ok(Mark { word: word.to_owned(), says: says.to_owned() })
        })
        .collect()
}

fn value<'a>(attributes: &'a str, name: &str) -> Option<&'a str> {
    attributes.split_once(&format!("{name}=\""))?.1.split_once('"').map(|(value, _)| value)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_and_attributes_are_found_in_their_order() {
        let html = r##"<a data-word="frame::skip_link" href="#">Skip to the page</a>
            <button data-word="ui::show" data-word-as="aria-label" aria-label="Show">x</button>"##;
        let mark = |word: &str, says: &str| Mark { word: word.into(), says: says.into() };
        let expected = [mark("frame::skip_link", "Skip to the page"), mark("ui::show", "Show")];
        assert_eq!(marks(html).expect("marks"), expected);
    }

    #[test]
    fn a_page_that_says_something_else_than_its_message_is_refused() {
        assert!(of_page(r#"<a data-word="frame::skip_link">Skip to the page</a>"#).is_ok());
        assert!(of_page(r#"<a data-word="frame::skip_link">Skip</a>"#).is_err());
        assert!(of_page(r#"<a data-word="frame::nothing">Skip</a>"#).is_err());
    }

    #[test]
    fn the_page_says_what_the_messages_say() {
        let html = fs::read_to_string(crate::workspace::root().join("index.html")).expect("the page");
        assert!(of_page(&html).expect("the same words").len() > 10);
    }
}
