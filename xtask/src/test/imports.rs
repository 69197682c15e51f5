//! Holds the portal's modules to importing one way.

use std::{fs, path::Path};

use crate::workspace;

/// The modules of `src`, each of which may import those of the lines above it, and those beside it.
const LAYERS: [&[&str]; 12] = [
    &["letters", "list_map", "places"],
    &["signal", "memo"],
    &["markup"],
    &["routes"],
    &["boot"],
    &["api", "ui"],
    &["session", "settings"],
    &["language", "panic_screen", "queries", "screens", "browser_events"],
    &["views"],
    &["inside"],
    &["app"],
    &["lib", "main"],
];

/// What stands against it, as `file imports module`.
fn against(src: &Path) -> Vec<String> {
    let layer = |module: &str| LAYERS.iter().position(|layer| layer.contains(&module));
    let mut found = Vec::new();
    for file in files(src) {
        let path = file.strip_prefix(src).unwrap().with_extension("");
        let module = path.iter().next().unwrap().to_str().unwrap();
        let own = layer(module).unwrap_or_else(|| panic!("{module} has no place among the layers"));
        let text = fs::read_to_string(&file).unwrap();
        let code = text.lines().filter(|line| !line.trim_start().starts_with("//"));
        let code: String = code.flat_map(|line| [line, "\n"]).collect();
        for name in code.split("crate::").skip(1).flat_map(first_names) {
            if layer(&name).is_some_and(|other| other > own) {
                found.push(format!("{} imports {name}", path.display()));
            }
        }
    }
    found
}

/// The modules that are named after `crate::`: one, or those of a group.
fn first_names(rest: &str) -> Vec<String> {
    let name = |text: &str| text.chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect::<String>();
    let Some(group) = rest.strip_prefix('{') else { return vec![name(rest)] };
    let mut depth = 0;
    let mut names = vec![name(group.trim_start())];
    for (at, c) in group.char_indices() {
        match c {
            '{' => depth += 1,
            '}' if depth == 0 => break,
            '}' => depth -= 1,
            ',' if depth == 0 => names.push(name(group[at + 1..].trim_start())),
            _ => {}
        }
    }
    names
}

fn files(folder: &Path) -> Vec<std::path::PathBuf> {
    let entries = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    let each = entries.flat_map(|path| if path.is_dir() { files(&path) } else { vec![path] });
    each.filter(|path| path.extension().is_some_and(|ending| ending == "rs")).collect()
}

#[test]
fn no_module_of_the_portal_imports_one_that_stands_above_it() {
    assert_eq!(against(&workspace::root().join("src")), Vec::<String>::new());
}

#[test]
fn an_import_the_wrong_way_is_found() {
    let src = std::env::temp_dir().join(format!("imports-{}", std::process::id()));
    fs::create_dir_all(src.join("api")).unwrap();
    let text = "// crate::app\nuse crate::boot;\nuse crate::session::Shell;\nuse crate::{\n boot::{self, x},\n views,\n};\n";
    fs::write(src.join("api/client.rs"), text).unwrap();
    assert_eq!(against(&src), ["api/client imports session", "api/client imports views"]);
    fs::remove_dir_all(&src).unwrap();
}
