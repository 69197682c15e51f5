//! JSON as the API and the portal's own notes use it, read and written without a tree of values in between.
//!
//! A type says once which of its fields has which name ([`record!`](crate::record), [`words!`](crate::words)), and is
//! read and written by that. It is not serde because of its weight: what serde makes of each type anew is here one
//! function that all types share, which spares every visitor some 25 kB of the download.

mod reader;
mod record;
mod values;
mod writer;

use crate::Unreadable;
pub use reader::Reader;
pub use writer::Writer;

/// What can be read from JSON.
pub trait Read: Sized {
    /// Reads what stands next.
    ///
    /// # Errors
    /// [`Unreadable`] when it is something else.
    fn read(json: &mut Reader<'_>) -> Result<Self, Unreadable>;
}

/// What can be written as JSON.
pub trait Write {
    /// Writes it behind what is written already.
    fn write(&self, json: &mut Writer);
}

/// Reads a text that is one value and nothing else.
///
/// # Errors
/// [`Unreadable`], without the cause: that might quote the text.
pub fn read<T: Read>(text: &str) -> Result<T, Unreadable> {
    let mut json = Reader::new(text);
    let value = T::read(&mut json)?;
    json.end()?;
    Ok(value)
}

/// A value as text, without spaces.
pub fn write<T: Write + ?Sized>(value: &T) -> String {
    let mut json = Writer::default();
    value.write(&mut json);
    json.text()
}
