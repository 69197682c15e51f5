//! Functions that resemble each other, side by side: what brotli finds again nearby costs it less to say.

use anyhow::{Context, Result};

use super::format::{CODE, CUSTOM, IMPORTS, Reader, sections, write_number, write_section, write_text};

/// How many samples a function is compared by. Half of them would leave a tenth of the gain behind, twice as many add
/// a twentieth.
const SAMPLES: usize = 128;
/// How many bytes a sample looks at: an instruction and a half. Longer ones find fewer likenesses.
const WINDOW: usize = 3;

/// The same module with its functions named in the order in which each follows the one that it is most like. It is put
/// into that order by whoever sorts functions by their names.
pub fn by_likeness(wasm: &[u8]) -> Result<Vec<u8>> {
    named(wasm).context("the WebAssembly cannot be read")
}

fn named(wasm: &[u8]) -> Option<Vec<u8>> {
    let (head, sections) = sections(wasm)?;
    let mut out = head.to_vec();
    let (mut imported, mut bodies) = (0, Vec::new());
    for (id, section) in sections {
        match id {
            IMPORTS => imported = imported_functions(section)?,
            CODE => bodies = functions(section)?,
            CUSTOM if Reader(section).text() == Some("name") => continue,
            _ => {}
        }
        write_section(&mut out, id, section);
    }
    let mut names = Vec::new();
    write_number(&mut names, bodies.len());
    for (at, place) in places(&bodies).into_iter().enumerate() {
        write_number(&mut names, imported + at);
        write_text(&mut names, &format!("{place:06}"));
    }
    let mut section = Vec::new();
    write_text(&mut section, "name");
    write_section(&mut section, 1, &names);
    write_section(&mut out, CUSTOM, &section);
    Some(out)
}

fn imported_functions(section: &[u8]) -> Option<usize> {
    let mut reader = Reader(section);
    let mut functions = 0;
    for _ in 0..reader.number()? {
        reader.text()?;
        reader.text()?;
        functions += usize::from(reader.is_function());
        reader.import_kind()?;
    }
    Some(functions)
}

fn functions(section: &[u8]) -> Option<Vec<&[u8]>> {
    let mut reader = Reader(section);
    (0..reader.number()?).map(|_| reader.bytes()).collect()
}

/// The place of each function: the longest is first, and on each follows the one that is most like it of those left.
fn places(bodies: &[&[u8]]) -> Vec<usize> {
    let mut left: Vec<_> =
        bodies.iter().enumerate().map(|(at, body)| (at, body.len(), sample(body))).collect();
    let mut places = vec![0; bodies.len()];
    let mut next = left.iter().enumerate().max_by_key(|(_, (_, length, _))| *length).map(|(first, _)| first);
    let mut place = 0;
    while let Some(found) = next {
        let (at, length, samples) = left.swap_remove(found);
        if let Some(taken) = places.get_mut(at) {
            *taken = place;
        }
        place += 1;
        next = left
            .iter()
            .enumerate()
            // Among equals the nearest in length, and then the earliest: two builds give the same bytes.
            .max_by_key(|(_, (at, other, others))| {
                (likeness(&samples, others), std::cmp::Reverse((other.abs_diff(length), *at)))
            })
            .map(|(found, _)| found);
    }
    places
}

/// How many samples are the same: about the share of what occurs in both among all that occurs in either.
fn likeness(one: &[u32; SAMPLES], other: &[u32; SAMPLES]) -> usize {
    one.iter().zip(other).filter(|(one, other)| one == other).count()
}

/// For each of many orders of all windows, the first that occurs in a body (MinHash).
fn sample(body: &[u8]) -> [u32; SAMPLES] {
    let mut samples = [u32::MAX; SAMPLES];
    for window in body.windows(WINDOW) {
        let seen = window
            .iter()
            .fold(2_166_136_261, |hash: u32, byte| (hash ^ u32::from(*byte)).wrapping_mul(16_777_619));
        for (nth, sample) in (1..).zip(&mut samples) {
            let mixed = (seen ^ 0x9e37_79b1_u32.wrapping_mul(nth)).wrapping_mul(0x85eb_ca6b);
            *sample = (mixed ^ mixed >> 13).min(*sample);
        }
    }
    samples
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_alike_stands_side_by_side_and_the_longest_is_first() {
        let one: Vec<u8> = (0..90).collect();
        let other: Vec<u8> = (100..180).collect();
        let bodies = [&one[..80], &other[..], &one[..], &other[..70]];
        let places = places(&bodies);
        assert_eq!(places[2], 0, "{places:?}");
        assert_eq!(places[0], 1, "{places:?}");
        assert!(places[1].abs_diff(places[3]) == 1, "{places:?}");
    }

    #[test]
    fn each_function_is_named_by_its_place_and_nothing_else_changes() {
        let mut wasm = b"\0asm\x01\0\0\0".to_vec();
        // A function, a table and a function of another module.
        let imports = [3, 1, b'a', 1, b'b', 0, 5, 1, b'a', 1, b't', 1, 0x70, 0, 9, 1, b'a', 1, b'c', 0, 5];
        write_section(&mut wasm, IMPORTS, &imports);
        write_section(&mut wasm, CODE, &[2, 4, 0, 1, 2, 3, 5, 0, 7, 8, 9, 9]);
        let mut expected = wasm.clone();
        write_section(&mut wasm, CUSTOM, b"\x04name\x01\x02\x00\x00");
        write_section(&mut expected, CUSTOM, b"\x04name\x01\x11\x02\x02\x06000001\x03\x06000000");
        assert_eq!(by_likeness(&wasm).expect("named"), expected);
    }

    #[test]
    fn a_file_that_ends_too_early_is_an_error() {
        assert!(by_likeness(b"\0asm\x01\0\0\0\x0a\x05\x01\x09\0").is_err());
        assert!(by_likeness(b"\0asm").is_err());
    }
}
