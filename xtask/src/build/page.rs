//! index.html: written for `trunk serve`, filled in for release.

use anyhow::{Result, bail};

use super::asset::Asset;

/// What the page asks for, read from its elements with `data-trunk`.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Wanted {
    /// Style sheets that the first sight needs.
    pub critical: Vec<String>,
    /// The other style sheets.
    pub styles: Vec<String>,
    /// The icon.
    pub icon: String,
    /// The script that runs first.
    pub boot: String,
}

/// What was made of it.
pub struct Made {
    pub critical: String,
    pub boot: String,
    pub styles: Asset,
    pub icon: Asset,
    pub script: Asset,
    pub wasm: Asset,
    /// What is loaded later.
    pub later: Vec<Asset>,
    /// Where the words of each language are, by its tag.
    pub words: serde_json::Map<String, serde_json::Value>,
    /// Where in each of them the page's own words are.
    pub marks: Vec<usize>,
}

/// Reads what the page asks for.
pub fn wanted(html: &str) -> Wanted {
    let mut wanted = Wanted::default();
    for line in html.lines().filter(|line| line.contains("data-trunk")) {
        let value = |name| attribute(line, name).unwrap_or_default().to_owned();
        match attribute(line, "rel") {
            Some("css") if line.contains("data-critical") => wanted.critical.push(value("href")),
            Some("css") => wanted.styles.push(value("href")),
            Some("icon") => wanted.icon = value("href"),
            _ if is_boot(line) => wanted.boot = value("src"),
            _ => {}
        }
    }
    wanted
}

fn is_boot(line: &str) -> bool {
    line.trim_start().starts_with("<script data-trunk")
}

/// Puts what was made in the place of what was asked for: the script where it is, all else at the end of the head. The
/// script adds the other style sheet behind the styles of the first sight, which say in which order their layers come.
pub fn fill(html: &str, made: &Made) -> String {
    let Made { styles, icon, script, wasm, .. } = made;
    let load = serde_json::json!({
        "script": [format!("/{}", script.name), script.integrity],
        "wasm": [format!("/{}", wasm.name), wasm.integrity],
        "styles": [format!("/{}", styles.name), styles.integrity],
        "later": made.later.iter().map(|asset| format!("/{}", asset.name)).collect::<Vec<_>>(),
        "words": made.words,
        "marks": made.marks,
    });
    let head = format!(
        "<link rel=\"modulepreload\" href=\"/{}\" integrity=\"{}\">\n\
         <link rel=\"preload\" as=\"fetch\" type=\"application/wasm\" crossorigin href=\"/{}\">\n\
         <style>{}</style>\n\
         <link rel=\"icon\" href=\"/{}\">\n",
        script.name,
        script.integrity,
        wasm.name,
        made.critical.trim_end(),
        icon.name,
    );
    let boot = format!("<script>{}portalBoot.load({load})</script>\n", made.boot.trim_end());
    let mut filled = String::new();
    let mut in_comment = false;
    for line in html.lines().map(str::trim) {
        in_comment |= line.starts_with("<!--");
        let says_nothing = line.is_empty() || line.starts_with("//");
        let dropped = in_comment || says_nothing || line.contains("data-trunk");
        in_comment &= !line.ends_with("-->");
        if line == "</head>" {
            filled += &head;
        } else if is_boot(line) {
            filled += &boot;
        }
        if !dropped {
            filled += line;
            filled.push('\n');
        }
    }
    filled
}

/// Tells the script where a module is that it loads later, and how to check it.
pub fn name_module(script: &str, name: &str, asset: &Asset) -> Result<String> {
    let asked = format!("fetch(new URL(\"./{name}.wasm\",import.meta.url))");
    if !script.contains(&asked) {
        bail!("the script does not ask for {name}.wasm in the way that this build knows");
    }
    let Asset { name, integrity } = asset;
    let told = format!("fetch(new URL(\"./{name}\",import.meta.url),{{integrity:\"{integrity}\"}})");
    Ok(script.replace(&asked, &told))
}

fn attribute<'a>(element: &'a str, name: &str) -> Option<&'a str> {
    element.split_once(&format!(" {name}=\""))?.1.split_once('"').map(|(value, _)| value)
}

#[cfg(test)]
mod tests {
    use super::*;

    const PAGE: &str = r#"<!DOCTYPE html>
<html>
  <head>
    <!-- Two lines
         of comment. -->
    <link data-trunk rel="icon" href="style/icon.svg">
    <link data-trunk data-critical rel="css" href="style/a.css">
    <link data-trunk rel="css" href="style/b.css">
    <link data-trunk rel="rust" data-bin="portal">
  </head>
  <body>
    <p>Sign in</p>
    <script>
      // A remark.
      rule();
    </script>
    <script data-trunk src="src/boot.js"></script>
  </body>
</html>
"#;

    fn asset(name: &str) -> Asset {
        Asset { name: name.to_owned(), integrity: format!("sha384-{name}") }
    }

    #[test]
    fn the_page_says_which_styles_the_first_sight_needs() {
        let wanted = wanted(PAGE);
        assert_eq!(wanted.critical, ["style/a.css"]);
        assert_eq!(wanted.styles, ["style/b.css"]);
        assert_eq!((wanted.icon.as_str(), wanted.boot.as_str()), ("style/icon.svg", "src/boot.js"));
    }

    #[test]
    fn a_filled_page_names_every_file_with_its_check_and_keeps_nothing_for_trunk() {
        let made = Made {
            critical: "a{}\n".to_owned(),
            boot: "boot();\n".to_owned(),
            styles: asset("s.css"),
            icon: asset("i.svg"),
            script: asset("p.js"),
            wasm: asset("p.wasm"),
            later: vec![asset("l.wasm")],
            words: serde_json::Map::new(),
            marks: vec![3, 5],
        };
        let page = fill(PAGE, &made);
        assert!(
            !page.contains("data-trunk") && !page.contains("comment") && !page.contains("remark"),
            "{page}"
        );
        assert!(
            page.contains(r#"<link rel="modulepreload" href="/p.js" integrity="sha384-p.js">"#),
            "{page}"
        );
        assert!(page.contains(r#""wasm":["/p.wasm","sha384-p.wasm"]"#), "{page}");
        assert!(page.find("<style>a{}</style>") < page.find("</head>"), "{page}");
        assert!(page.contains(r#""later":["/l.wasm"]"#), "{page}");
        let (_, end) = page.split_once("<p>Sign in</p>\n").expect("the body is as it was");
        assert!(end.starts_with("<script>\nrule();\n</script>\n<script>boot();portalBoot.load({"), "{end}");
        assert!(end.ends_with(")</script>\n</body>\n</html>\n"), "{end}");
    }

    #[test]
    fn a_module_that_is_loaded_later_is_named_by_its_content_and_checked() {
        let script = r#"a(fetch(new URL("./split_inside.wasm",import.meta.url)))"#;
        let named = name_module(script, "split_inside", &asset("i.wasm")).expect("named");
        let expected = r#"a(fetch(new URL("./i.wasm",import.meta.url),{integrity:"sha384-i.wasm"}))"#;
        assert_eq!(named, expected);
        assert!(name_module("", "split_inside", &asset("i.wasm")).is_err());
    }
}
