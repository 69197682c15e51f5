//! Short names for what the WebAssembly imports from its script. Each of some two hundred has sixteen random digits in
//! its name, in both files, and neither can be compressed.

use anyhow::{Context, Result, bail};

use super::format::{IMPORTS, Reader, sections, write_number, write_section, write_text};

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
    let (head, sections) = sections(wasm)?;
    let mut out = head.to_vec();
    for (id, section) in sections {
        if id == IMPORTS {
            write_section(&mut out, id, &rename_imports(section, names)?);
        } else {
            write_section(&mut out, id, section);
        }
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
        if module == FROM && reader.is_function() {
            write_text(&mut out, &short(names.len()));
            names.push(name.to_owned());
        } else {
            write_text(&mut out, name);
        }
        out.extend(reader.import_kind()?);
    }
    reader.is_at_end().then_some(out)
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
        write_section(&mut wasm, IMPORTS, &section);
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
