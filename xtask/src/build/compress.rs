//! The forms that a server hands out: brotli and gzip beside each file.

use std::{path::Path, process::Command};

use anyhow::Result;

use crate::process::Run;

/// Node brings both along: two crates less to compile before the first command runs.
const COMPRESS: &str = r#"
const fs = require('fs'), path = require('path'), zlib = require('zlib');
const { BROTLI_PARAM_QUALITY, BROTLI_PARAM_SIZE_HINT } = zlib.constants;
for (const name of fs.readdirSync(process.argv[1])) {
  const file = path.join(process.argv[1], name);
  const bytes = fs.readFileSync(file);
  const params = { [BROTLI_PARAM_QUALITY]: 11, [BROTLI_PARAM_SIZE_HINT]: bytes.length };
  fs.writeFileSync(`${file}.br`, zlib.brotliCompressSync(bytes, { params }));
  fs.writeFileSync(`${file}.gz`, zlib.gzipSync(bytes, { level: 9 }));
}
"#;

/// Writes `NAME.br` and `NAME.gz` beside each file of a flat folder.
pub fn all(folder: &Path) -> Result<()> {
    let mut command = Command::new("node");
    command.args(["-e", COMPRESS]).arg(folder);
    Run::quietly(&mut command).succeed("Compressing dist/")?;
    Ok(())
}
