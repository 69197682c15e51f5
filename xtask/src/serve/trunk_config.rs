//! The copy of Trunk.toml that serving uses: the server's real port, and a dist of its own.

use std::path::{Path, PathBuf};

use anyhow::{Context, Result};

use crate::workspace;

const USUAL_SERVER: &str = "http://127.0.0.1:8787/";

/// Writes the copy and answers with its path.
pub fn write(folder: &Path, dist: &Path, api_port: u16) -> Result<PathBuf> {
    let original = workspace::root().join("Trunk.toml");
    let text =
        std::fs::read_to_string(&original).with_context(|| format!("cannot read {}", original.display()))?;
    let copy = folder.join("Trunk.toml");
    std::fs::write(&copy, rewritten(&text, &workspace::root(), dist, api_port))
        .with_context(|| format!("cannot write {}", copy.display()))?;
    Ok(copy)
}

/// Trunk reads paths relative to its configuration file, which is elsewhere now: all become absolute.
fn rewritten(text: &str, root: &Path, dist: &Path, api_port: u16) -> String {
    let text = text.replace(USUAL_SERVER, &format!("http://127.0.0.1:{api_port}/"));
    let lines = text.lines().map(|line| match line.split_once('=').map(|(key, _)| key.trim()) {
        Some("dist") => format!("dist = {}", quoted(dist)),
        Some("target" | "watch" | "ignore") => with_absolute_paths(line, root),
        _ => line.to_owned(),
    });
    lines.collect::<Vec<_>>().join("\n") + "\n"
}

/// Every quoted path of a line, made absolute.
fn with_absolute_paths(line: &str, root: &Path) -> String {
    line.split('"')
        .enumerate()
        .map(|(at, part)| if at % 2 == 1 { quoted(&root.join(part)) } else { part.to_owned() })
        .collect()
}

fn quoted(path: &Path) -> String {
    let escaped = path.to_string_lossy().replace('\\', "\\\\").replace('"', "\\\"");
    format!("\"{escaped}\"")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rewrite(text: &str) -> String {
        rewritten(text, Path::new("/repo"), Path::new("/repo/target/xtask/serve-dist"), 9001)
    }

    #[test]
    fn paths_become_absolute_and_the_server_gets_its_real_port() {
        let original = "[build]\ntarget = \"index.html\"\ndist = \"dist\"\n\n[watch]\n\
                        watch = [\"src\", \"contract/src\"]\n\n[[proxy]]\n\
                        backend = \"http://127.0.0.1:8787/api/\"\nno_redirect = true\n";
        let expected = "[build]\ntarget = \"/repo/index.html\"\ndist = \"/repo/target/xtask/serve-dist\"\n\n\
                        [watch]\nwatch = [\"/repo/src\", \"/repo/contract/src\"]\n\n[[proxy]]\n\
                        backend = \"http://127.0.0.1:9001/api/\"\nno_redirect = true\n";
        assert_eq!(rewrite(original), expected);
    }

    #[test]
    fn nothing_relative_and_no_usual_port_is_left_of_the_real_file() {
        let real = std::fs::read_to_string(workspace::root().join("Trunk.toml")).expect("Trunk.toml");
        let copy = rewrite(&real);
        assert!(!copy.contains(":8787"), "{copy}");
        assert_eq!(copy.matches("http://127.0.0.1:9001/").count(), 4, "{copy}");
        assert!(copy.contains("target = \"/repo/index.html\""), "{copy}");
        assert!(copy.contains("watch = [\"/repo/src\", \"/repo/style\""), "{copy}");
    }

    #[test]
    fn a_folder_with_a_quote_in_its_name_stays_one_string() {
        assert_eq!(quoted(Path::new("/a \"b\"")), "\"/a \\\"b\\\"\"");
    }
}
