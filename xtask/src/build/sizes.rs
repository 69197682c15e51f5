//! What the files of a build weigh, raw and as a browser fetches them.

use std::{fs, path::Path};

use anyhow::{Context, Result};

/// The size of one file, or of all.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Size {
    pub name: String,
    pub raw: u64,
    pub gzip: u64,
    pub brotli: u64,
}

/// Weighs every file of a folder by its compressed forms, which lie beside it. Heaviest first.
pub fn measure(folder: &Path) -> Result<Vec<Size>> {
    let mut files = Vec::new();
    for entry in fs::read_dir(folder).with_context(|| format!("cannot list {}", folder.display()))? {
        let name = entry?.file_name().to_string_lossy().into_owned();
        if [".br", ".gz"].iter().any(|ending| name.ends_with(ending)) {
            continue;
        }
        let weight = |ending: &str| {
            let file = folder.join(format!("{name}{ending}"));
            fs::metadata(&file).map(|meta| meta.len()).with_context(|| format!("no {}", file.display()))
        };
        files.push(Size { raw: weight("")?, gzip: weight(".gz")?, brotli: weight(".br")?, name });
    }
    files.sort_by(|a, b| b.brotli.cmp(&a.brotli).then_with(|| a.name.cmp(&b.name)));
    Ok(files)
}

/// All files together.
pub fn total(files: &[Size]) -> Size {
    files.iter().fold(Size { name: "total".to_owned(), ..Size::default() }, |sum, file| Size {
        raw: sum.raw + file.raw,
        gzip: sum.gzip + file.gzip,
        brotli: sum.brotli + file.brotli,
        ..sum
    })
}

/// The sizes as a table, largest first.
pub fn table(files: &[Size]) -> String {
    let total = total(files);
    let width = files.iter().map(|file| file.name.chars().count()).max().unwrap_or(0).max(5);
    let row = |name: &str, raw: &str, gzip: &str, brotli: &str| {
        format!("{name:<width$}  {raw:>10}  {gzip:>10}  {brotli:>10}\n")
    };
    let rule = "-".repeat(width + 36) + "\n";
    let sizes = |file: &Size| {
        row(&file.name, &file.raw.to_string(), &file.gzip.to_string(), &file.brotli.to_string())
    };
    let body: String = files.iter().map(sizes).collect();
    row("file", "raw", "gzip -9", "brotli 11") + &rule + &body + &rule + &sizes(&total)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn files() -> Vec<Size> {
        let size = |name: &str, raw, gzip, brotli| Size { name: name.to_owned(), raw, gzip, brotli };
        vec![size("portal.wasm", 400_000, 150_000, 120_000), size("index.html", 900, 500, 400)]
    }

    #[test]
    fn the_total_comes_last() {
        let table = table(&files());
        let lines: Vec<_> = table.lines().collect();
        assert!(lines[2].starts_with("portal.wasm"), "{table}");
        assert!(lines[5].starts_with("total") && lines[5].ends_with("120400"), "{table}");
    }

    #[test]
    fn the_columns_of_the_table_line_up() {
        let table = table(&files());
        let mut widths: Vec<_> = table.lines().map(str::len).collect();
        widths.dedup();
        assert_eq!(widths.len(), 1, "{table}");
    }

    #[test]
    fn a_file_without_its_compressed_forms_cannot_be_weighed() {
        let folder = std::env::temp_dir().join(format!("xtask-sizes-{}", std::process::id()));
        fs::create_dir_all(&folder).expect("a folder");
        for (name, content) in [("a.js", "12345"), ("a.js.br", "12"), ("a.js.gz", "123")] {
            fs::write(folder.join(name), content).expect("a file");
        }
        let expected = Size { name: "a.js".to_owned(), raw: 5, gzip: 3, brotli: 2 };
        assert_eq!(measure(&folder).expect("weighed"), [expected]);
        fs::remove_file(folder.join("a.js.gz")).expect("removed");
        assert!(measure(&folder).is_err());
        fs::remove_dir_all(folder).expect("cleans up");
    }
}
