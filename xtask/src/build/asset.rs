//! A file of dist/ whose name says what is in it.

use std::{fs, path::Path};

use anyhow::{Context, Result};
use base64::{Engine, engine::general_purpose::STANDARD};
use sha2::{Digest, Sha384};

/// A file that may be kept forever, because another content has another name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Asset {
    /// Its name in dist/, such as `portal-0f1e2d3c4b5a6978.css`.
    pub name: String,
    /// What a browser checks it against: `sha384-…`.
    pub integrity: String,
}

impl Asset {
    /// Writes a file into `dist` under a name with the hash of its content.
    pub fn write(dist: &Path, stem: &str, ending: &str, content: &[u8]) -> Result<Self> {
        let digest = Sha384::digest(content);
        let short: String = digest.iter().take(8).map(|byte| format!("{byte:02x}")).collect();
        let name = format!("{stem}-{short}.{ending}");
        fs::write(dist.join(&name), content).with_context(|| format!("cannot write {name}"))?;
        Ok(Self { name, integrity: format!("sha384-{}", STANDARD.encode(digest)) })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_name_and_the_check_come_from_the_content() {
        let folder = std::env::temp_dir().join(format!("xtask-asset-{}", std::process::id()));
        fs::create_dir_all(&folder).expect("a folder");
        let asset = Asset::write(&folder, "portal", "js", b"alert('Hello, world.');").expect("written");
        // The example of the specification of subresource integrity.
        let expected = "sha384-H8BRh8j48O9oYatfu5AZzq6A9RINhZO5H16dQZngK7T62em8MUt1FLm52t+eX6xO";
        assert_eq!(asset.integrity, expected);
        assert_eq!(asset.name, "portal-1fc05187c8f8f0ef.js");
        assert!(folder.join(&asset.name).is_file());
        fs::remove_dir_all(folder).expect("cleans up");
    }
}
