//! Short names for what the WebAssembly imports from its script. Each of some two hundred has sixteen random digits in
//! its name, in both files, and neither can be compressed.

use anyhow::{Context, Result, bail};

const IMPORTS: u8 = 2;
/// The name of the script, as wasm-bindgen writes it.
const FROM: &str = "./portal_bg.js";

/// The WebAssembly and its script with short names for the functions that pass between them.
pub fn shorten(wasm: &[u8], script: &str) -> Result<(Vec<u8>, String)> {
    let mut names = Vec::new();
    let wasm = rename(wasm, &mut names).context("the WebAssembly cannot be read")?;
    let mut script = script.to_owned();
    for (at, name) in names.iter().enumerate() {
        // A key of an object, as esbuild writes it.
        let keys = [format!("{{{name}:"), format!(",{name}:")];
        let Some(key) = keys.iter().find(|key| script.matches(key.as_str()).count() == 1) else {
            bail!("the script does not define {name} in the way that this build knows");
        };
        let separator = key.get(..1).unwrap_or_default();
        script = script.replace(key, &format!("{separator}{}:", short(at)));
    }
    Ok((wasm, script))
}

fn short(at: usize) -> String {
    format!("i{at}")
}

/// Copies a module with other names in its imports, and notes the old ones in their order.
fn rename(wasm: &[u8], names: &mut Vec<String>) -> Option<Vec<u8>> {
    let (head, mut rest) = wasm.split_at_checked(8)?;
    let mut out = head.to_vec();
    while !rest.is_empty() {
        let id = *rest.first()?;
        let mut reader = Reader(rest.get(1..)?);
        let length = reader.number()? as usize;
        let (section, after) = reader.0.split_at_checked(length)?;
        let renamed = if id == IMPORTS { rename_imports(section, names)? } else { section.to_vec() };
        out.push(id);
        write_number(&mut out, renamed.len());
        out.extend(renamed);
        rest = after;
    }
    Some(out)
}

fn rename_imports(section: &[u8], names: &mut Vec<String>) -> Option<Vec<u8>> {
    let mut reader = Reader(section);
    let count = reader.number()?;
    let mut out = Vec::new();
    write_number(&mut out, count as usize);
    for _ in 0..count {
        let (module, name) = (reader.text()?, reader.text()?);
        write_text(&mut out, module);
        // What else than functions a module imports has forms of its own, and is none of the script's.
        if module == FROM && reader.0.first() == Some(&0) {
            write_text(&mut out, &short(names.len()));
            names.push(name.to_owned());
        } else {
            write_text(&mut out, name);
        }
        let kind = reader.kind()?;
        out.extend(kind);
    }
    reader.0.is_empty().then_some(out)
}

struct Reader<'a>(&'a [u8]);

impl<'a> Reader<'a> {
    /// An unsigned number in LEB128.
    fn number(&mut self) -> Option<u64> {
        let mut number = 0;
        for shift in (0..64).step_by(7) {
            let (byte, rest) = self.0.split_first()?;
            self.0 = rest;
            number |= u64::from(byte & 0x7f) << shift;
            if byte & 0x80 == 0 {
                return Some(number);
            }
        }
        None
    }

    fn text(&mut self) -> Option<&'a str> {
        let length = self.number()? as usize;
        let (text, rest) = self.0.split_at_checked(length)?;
        self.0 = rest;
        std::str::from_utf8(text).ok()
    }

    /// What an import is, as it is written: a function of some type, a table, a memory, a global, a tag.
    fn kind(&mut self) -> Option<&'a [u8]> {
        let start = self.0;
        match self.byte()? {
            0 => drop(self.number()?),
            1 => {
                self.byte()?;
                self.limits()?;
            }
            2 => self.limits()?,
            3 | 4 => {
                self.byte()?;
                self.number()?;
            }
            _ => return None,
        }
        start.get(..start.len() - self.0.len())
    }

    fn byte(&mut self) -> Option<u8> {
        let (byte, rest) = self.0.split_first()?;
        self.0 = rest;
        Some(*byte)
    }

    fn limits(&mut self) -> Option<()> {
        let bounded = self.byte()? & 1 == 1;
        self.number()?;
        if bounded {
            self.number()?;
        }
        Some(())
    }
}

fn write_number(out: &mut Vec<u8>, mut number: usize) {
    while number >= 0x80 {
        out.push((number & 0x7f) as u8 | 0x80);
        number >>= 7;
    }
    out.push(number as u8);
}

fn write_text(out: &mut Vec<u8>, text: &str) {
    write_number(out, text.len());
    out.extend(text.as_bytes());
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A module with these imports, and a section after them.
    fn module(imports: &[(&str, &str, &[u8])]) -> Vec<u8> {
        let mut section = Vec::new();
        write_number(&mut section, imports.len());
        for (module, name, kind) in imports {
            write_text(&mut section, module);
            write_text(&mut section, name);
            section.extend(*kind);
        }
        let mut wasm = b"\0asm\x01\0\0\0".to_vec();
        wasm.push(IMPORTS);
        write_number(&mut wasm, section.len());
        wasm.extend(section);
        wasm.extend([3, 1, 0]);
        wasm
    }

    #[test]
    fn functions_of_the_script_get_short_names_in_both_files_and_nothing_else_changes() {
        let long = "__wbg_call_".to_owned() + &"0f".repeat(80);
        let function: &[u8] = &[0, 5];
        let table: &[u8] = &[1, 0x70, 1, 3, 9];
        let before = module(&[
            (FROM, &long, function),
            ("./split.js", "load", function),
            (FROM, "table", table),
            (FROM, "b", function),
        ]);
        let after = module(&[
            (FROM, "i0", function),
            ("./split.js", "load", function),
            (FROM, "table", table),
            (FROM, "i1", function),
        ]);
        let script = format!("x={{{long}:function(){{}},b:function(){{}}}};y.b");
        let (wasm, script) = shorten(&before, &script).expect("shortened");
        assert_eq!(wasm, after);
        assert_eq!(script, "x={i0:function(){},i1:function(){}};y.b");
    }

    #[test]
    fn a_name_that_the_script_does_not_define_once_is_an_error() {
        let wasm = module(&[(FROM, "a", &[0, 1])]);
        assert!(shorten(&wasm, "x={}").is_err());
        assert!(shorten(&wasm, "x={a:1};y={a:1}").is_err());
    }

    #[test]
    fn a_file_that_ends_too_early_is_an_error() {
        let wasm = module(&[(FROM, "a", &[0, 1])]);
        for end in 1..wasm.len() - 3 {
            assert!(end == 8 || rename(&wasm[..end], &mut Vec::new()).is_none(), "{end}");
        }
    }
}
