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
        for imported in code.flat_map(|line| line.split("crate::").skip(1)) {
            let name: String = imported.chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect();
            if layer(&name).is_some_and(|other| other > own) {
                found.push(format!("{} imports {name}", path.display()));
            }
        }
    }
    found
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
    fs::write(src.join("api/client.rs"), "// crate::views\nuse crate::boot;\nuse crate::session::Shell;\n")
        .unwrap();
    assert_eq!(against(&src), ["api/client imports session"]);
    fs::remove_dir_all(&src).unwrap();
}
