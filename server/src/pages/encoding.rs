//! Which of a file's copies a client takes.

use axum::http::{HeaderMap, header};

/// How a copy is encoded.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Encoding {
    /// Brotli: the smallest.
    Br,
    /// gzip.
    Gzip,
    /// As it is.
    Plain,
}

/// The copy a client likes best among those that exist; of equals the smallest. Always one: a client that refuses
/// all of them still gets the file as it is.
pub(super) fn choose(headers: &HeaderMap, has_br: bool, has_gzip: bool) -> Encoding {
    let mut likes = Likes::default();
    for value in headers.get_all(header::ACCEPT_ENCODING) {
        // What is not text says nothing that can be kept to.
        value.to_str().unwrap_or_default().split(',').for_each(|part| likes.read(part));
    }
    let any = likes.any.unwrap_or(0);
    let br = if has_br { likes.br.unwrap_or(any) } else { 0 };
    let gzip = if has_gzip { likes.gzip.unwrap_or(any) } else { 0 };
    // Plain needs no word from the client; without one it comes last.
    let plain = likes.plain.unwrap_or(0);
    if br > 0 && br >= gzip && br >= plain {
        Encoding::Br
    } else if gzip > 0 && gzip >= plain {
        Encoding::Gzip
    } else {
        Encoding::Plain
    }
}

/// How much a client likes each encoding, in thousandths.
#[derive(Default)]
struct Likes {
    br: Option<u16>,
    gzip: Option<u16>,
    plain: Option<u16>,
    any: Option<u16>,
}

impl Likes {
    fn read(&mut self, part: &str) {
        let mut words = part.split(';').map(str::trim);
        let name = words.next().unwrap_or_default();
        let quality = words.find_map(|word| {
            let (key, value) = word.split_once('=')?;
            key.trim().eq_ignore_ascii_case("q").then(|| thousandths(value.trim()))
        });
        let is = |known: &str| name.eq_ignore_ascii_case(known);
        let slot = match () {
            () if is("br") => &mut self.br,
            () if is("gzip") || is("x-gzip") => &mut self.gzip,
            () if is("identity") => &mut self.plain,
            () if name == "*" => &mut self.any,
            () => return,
        };
        *slot = Some(quality.unwrap_or(1000));
    }
}

/// `0.5` as 500; what is no such number is not liked at all.
fn thousandths(text: &str) -> u16 {
    match text.parse::<f32>() {
        Ok(quality) if (0.0..=1.0).contains(&quality) => (quality * 1000.0).round() as u16,
        _ => 0,
    }
}

#[cfg(test)]
mod tests {
    use super::Encoding::{self, Br, Gzip, Plain};
    use axum::http::{HeaderMap, header};

    fn choose(accept: &str, has_br: bool, has_gzip: bool) -> Encoding {
        let mut headers = HeaderMap::new();
        for line in accept.split('|') {
            headers.append(header::ACCEPT_ENCODING, line.parse().unwrap());
        }
        super::choose(&headers, has_br, has_gzip)
    }

    #[test]
    fn the_copy_is_the_one_the_client_likes_best() {
        for (accept, wanted) in [
            ("gzip, deflate, br, zstd", Br),
            ("GZIP", Gzip),
            ("x-gzip", Gzip),
            ("br;q=0.5, gzip;q=0.8", Gzip),
            ("br; Q=0.5 , gzip; q=0.5", Br),
            ("br;q=0, gzip", Gzip),
            ("br;q=0, gzip;q=0.0", Plain),
            ("br;q=0.1|gzip;q=0.2", Gzip),
            ("identity, br;q=0.5", Plain),
            ("identity;q=0.5, gzip;q=0.9", Gzip),
            ("*", Br),
            ("*;q=0", Plain),
            ("br;q=0, *", Gzip),
            ("identity;q=0", Plain),
            ("br;q=high, gzip;q=NaN", Plain),
            ("", Plain),
            ("brotli", Plain),
        ] {
            assert_eq!(choose(accept, true, true), wanted, "{accept}");
        }
    }

    #[test]
    fn a_copy_that_is_not_there_is_not_chosen() {
        assert_eq!(choose("br, gzip", false, true), Gzip);
        assert_eq!(choose("br, gzip;q=0.1", false, true), Gzip);
        assert_eq!(choose("br, gzip", false, false), Plain);
        assert_eq!(super::choose(&HeaderMap::new(), true, true), Plain);
    }
}
