//! The binary format of WebAssembly, as far as this build reads and writes it.

/// How many bytes come before the first section.
const HEAD: usize = 8;
/// The section of what has a name of its own, such as the names of functions.
pub const CUSTOM: u8 = 0;
/// The section of what a module asks for.
pub const IMPORTS: u8 = 2;
/// The section of the functions' bodies.
pub const CODE: u8 = 10;

/// The kind of a section, and what is in it.
type Section<'a> = (u8, &'a [u8]);

/// What comes before the first section, and the sections.
pub fn sections(wasm: &[u8]) -> Option<(&[u8], Vec<Section<'_>>)> {
    let (head, rest) = wasm.split_at_checked(HEAD)?;
    let (mut sections, mut reader) = (Vec::new(), Reader(rest));
    while !reader.is_at_end() {
        sections.push((reader.byte()?, reader.bytes()?));
    }
    Some((head, sections))
}

/// What is left to be read. Each step gives nothing where the bytes end too early, or are none that it knows.
pub struct Reader<'a>(pub &'a [u8]);

impl<'a> Reader<'a> {
    /// Whether nothing is left.
    pub fn is_at_end(&self) -> bool {
        self.0.is_empty()
    }

    /// As many bytes as the number before them says.
    pub fn bytes(&mut self) -> Option<&'a [u8]> {
        let length = self.number()? as usize;
        let (bytes, rest) = self.0.split_at_checked(length)?;
        self.0 = rest;
        Some(bytes)
    }

    /// An unsigned number in LEB128.
    pub fn number(&mut self) -> Option<u64> {
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

    /// A text, with its length before it.
    pub fn text(&mut self) -> Option<&'a str> {
        std::str::from_utf8(self.bytes()?).ok()
    }

    /// Whether the import whose kind comes next is a function.
    pub fn is_function(&self) -> bool {
        self.0.first() == Some(&0)
    }

    /// What an import is, as it is written: a function of some type, a table, a memory, a global, a tag.
    pub fn import_kind(&mut self) -> Option<&'a [u8]> {
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

/// Writes an unsigned number in LEB128.
pub fn write_number(out: &mut Vec<u8>, mut number: usize) {
    while number >= 0x80 {
        out.push((number & 0x7f) as u8 | 0x80);
        number >>= 7;
    }
    out.push(number as u8);
}

/// Writes a text with its length before it.
pub fn write_text(out: &mut Vec<u8>, text: &str) {
    write_number(out, text.len());
    out.extend(text.as_bytes());
}

/// Writes a section.
pub fn write_section(out: &mut Vec<u8>, id: u8, content: &[u8]) {
    out.push(id);
    write_number(out, content.len());
    out.extend(content);
}
