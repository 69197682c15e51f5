//! The values that JSON has. The API writes `null` for an empty text and for an empty list; both are read as empty.
//! Of a list, what cannot be read is left out.

use super::{Read, Reader, Write, Writer};
use crate::Unreadable;

impl Read for bool {
    fn read(json: &mut Reader<'_>) -> Result<Self, Unreadable> {
        json.truth()
    }
}

impl Write for bool {
    fn write(&self, json: &mut Writer) {
        json.plain(if *self { "true" } else { "false" });
    }
}

macro_rules! whole {
    ($($number:ty),*) => {$(
        impl Read for $number {
            fn read(json: &mut Reader<'_>) -> Result<Self, Unreadable> {
                json.number()?.parse().map_err(|_| Unreadable)
            }
        }

        impl Write for $number {
            fn write(&self, json: &mut Writer) {
                json.plain(&self.to_string());
            }
        }
    )*};
}

whole!(i64, u32, u64);

impl Read for String {
    fn read(json: &mut Reader<'_>) -> Result<Self, Unreadable> {
        if json.null() { Ok(Self::new()) } else { json.text().map(Into::into) }
    }
}

impl Write for String {
    fn write(&self, json: &mut Writer) {
        json.quoted(self);
    }
}

impl Write for str {
    fn write(&self, json: &mut Writer) {
        json.quoted(self);
    }
}

impl<T: Write + ?Sized> Write for &T {
    fn write(&self, json: &mut Writer) {
        (*self).write(json);
    }
}

impl<T: Read> Read for Option<T> {
    fn read(json: &mut Reader<'_>) -> Result<Self, Unreadable> {
        if json.null() { Ok(None) } else { json.read().map(Some) }
    }
}

impl<T: Write> Write for Option<T> {
    fn write(&self, json: &mut Writer) {
        match self {
            Some(value) => value.write(json),
            None => json.plain("null"),
        }
    }
}

impl<T: Read> Read for Vec<T> {
    fn read(json: &mut Reader<'_>) -> Result<Self, Unreadable> {
        let mut items = Self::new();
        if !json.null() {
            json.entries(&mut |json| {
                items.push(json.read()?);
                Ok(())
            })?;
        }
        Ok(items)
    }
}

impl<T: Write> Write for Vec<T> {
    fn write(&self, json: &mut Writer) {
        json.list(&mut |json| self.iter().for_each(|item| json.item(item)));
    }
}

impl<A: Read, B: Read> Read for (A, B) {
    fn read(json: &mut Reader<'_>) -> Result<Self, Unreadable> {
        let (mut first, mut second) = (None, None);
        json.list(&mut |json| {
            match (&first, &second) {
                (None, _) => first = Some(json.read()?),
                (_, None) => second = Some(json.read()?),
                _ => return Err(Unreadable),
            }
            Ok(())
        })?;
        first.zip(second).ok_or(Unreadable)
    }
}

impl<A: Write, B: Write> Write for (A, B) {
    fn write(&self, json: &mut Writer) {
        json.list(&mut |json| {
            json.item(&self.0);
            json.item(&self.1);
        });
    }
}

#[cfg(test)]
mod tests {
    use super::super::read;
    use crate::Unreadable;

    #[test]
    fn a_number_is_whole_and_fits() {
        assert_eq!(read("-7"), Ok(-7_i64));
        for text in ["1.0", "1e2", "9223372036854775808", "01", "\"1\"", "null", "1 2"] {
            assert_eq!(read::<i64>(text), Err(Unreadable), "{text}");
        }
        assert_eq!(read::<u32>("4294967296"), Err(Unreadable));
        assert_eq!(read::<u64>("-1"), Err(Unreadable));
    }

    #[test]
    fn what_is_null_is_empty_or_none() {
        assert_eq!(read::<String>("null"), Ok(String::new()));
        assert_eq!(read::<Vec<bool>>(" null "), Ok(vec![]));
        assert_eq!(read::<Option<bool>>("null"), Ok(None));
        assert_eq!(read::<bool>("null"), Err(Unreadable));
    }

    #[test]
    fn what_is_odd_in_a_list_is_left_out_and_what_is_no_list_is_unreadable() {
        assert_eq!(read(r#"[1,"a",{"b":[]},null,2]"#), Ok(vec![1_i64, 2]));
        for text in ["{}", "1", "[1", "[1,x]"] {
            assert_eq!(read::<Vec<i64>>(text), Err(Unreadable), "{text}");
        }
    }

    #[test]
    fn a_pair_is_a_list_of_two() {
        assert_eq!(read(r#"[1,"a"]"#), Ok((1_i64, "a".to_owned())));
        for text in ["[1]", r#"[1,"a",2]"#, "[]"] {
            assert_eq!(read::<(i64, String)>(text), Err(Unreadable), "{text}");
        }
    }
}
