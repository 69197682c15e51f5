//! What the files of a build weigh, raw and as a browser fetches them.

use std::{path::Path, process::Command};

use anyhow::{Context, Result};
use serde_json::Value;

use crate::process::Run;

/// Node brings gzip and brotli along, and is needed for the optimiser anyway: two crates less to
/// compile before the first command runs. Files that are compressed already are other forms of the same,
/// and hidden ones are trunk's own.
const MEASURE: &str = r#"
const fs = require('fs'), path = require('path'), zlib = require('zlib');
const walk = folder => fs.readdirSync(folder, { withFileTypes: true }).flatMap(entry => {
  if (entry.name.startsWith('.')) return [];
  const file = path.join(folder, entry.name);
  return entry.isDirectory() ? walk(file) : [file];
});
const { BROTLI_PARAM_QUALITY, BROTLI_PARAM_SIZE_HINT } = zlib.constants;
console.log(JSON.stringify(walk(process.argv[1]).filter(file => !/\.(br|gz)$/.test(file)).map(file => {
  const bytes = fs.readFileSync(file);
  const params = { [BROTLI_PARAM_QUALITY]: 11, [BROTLI_PARAM_SIZE_HINT]: bytes.length };
  return {
    name: path.relative(process.argv[1], file),
    raw: bytes.length,
    gzip: zlib.gzipSync(bytes, { level: 9 }).length,
    brotli: zlib.brotliCompressSync(bytes, { params }).length,
  };
})));
"#;

/// The size of one file, or of all.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Size {
    pub name: String,
    pub raw: u64,
    pub gzip: u64,
    pub brotli: u64,
}

/// Weighs every file below a folder.
pub fn measure(folder: &Path) -> Result<Vec<Size>> {
    let mut command = Command::new("node");
    command.args(["-e", MEASURE]).arg(folder);
    let finished = Run::quietly(&mut command).succeed("Weighing dist/")?;
    let report =
        finished.lines.iter().find(|line| line.starts_with('[')).context("no sizes were reported")?;
    parse(report).context("the sizes cannot be understood")
}

fn parse(report: &str) -> Option<Vec<Size>> {
    let report: Value = serde_json::from_str(report).ok()?;
    let number = |file: &Value, key| file.get(key).and_then(Value::as_u64);
    let mut files = report
        .as_array()?
        .iter()
        .map(|file| {
            Some(Size {
                name: file.get("name")?.as_str()?.to_owned(),
                raw: number(file, "raw")?,
                gzip: number(file, "gzip")?,
                brotli: number(file, "brotli")?,
            })
        })
        .collect::<Option<Vec<_>>>()?;
    files.sort_by(|a, b| b.brotli.cmp(&a.brotli).then_with(|| a.name.cmp(&b.name)));
    Some(files)
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

    const REPORT: &str = r#"[{"name":"index.html","raw":900,"gzip":500,"brotli":400},
        {"name":"portal_bg.wasm","raw":400000,"gzip":150000,"brotli":120000}]"#;

    #[test]
    fn the_heaviest_file_comes_first_and_the_total_last() {
        let files = parse(REPORT).expect("understood");
        let table = table(&files);
        let lines: Vec<_> = table.lines().collect();
        assert!(lines[2].starts_with("portal_bg.wasm"), "{table}");
        assert!(lines[5].starts_with("total") && lines[5].ends_with("120400"), "{table}");
    }

    #[test]
    fn the_columns_of_the_table_line_up() {
        let files = parse(REPORT).expect("understood");
        let table = table(&files);
        let mut widths: Vec<_> = table.lines().map(str::len).collect();
        widths.dedup();
        assert_eq!(widths.len(), 1, "{table}");
    }

    #[test]
    fn a_report_with_a_missing_number_is_not_half_understood() {
        assert_eq!(parse(r#"[{"name":"a","raw":1,"gzip":1}]"#), None);
        assert_eq!(parse("not json"), None);
    }
}
