use super::Read;
use crate::Unreadable;
use std::borrow::Cow;

/// How many lists and objects may lie in each other.
const DEEPEST: u8 = 128;

/// A place in a text of JSON. What is asked for is read from there, and the place moves behind it.
///
/// Nothing after an error means anything. Of a key that stands twice in an object both values are told, in order.
#[derive(Clone, Copy)]
pub struct Reader<'a> {
    text: &'a str,
    at: usize,
    deeper: u8,
}

type Told = Result<(), Unreadable>;

impl<'a> Reader<'a> {
    pub(super) fn new(text: &'a str) -> Self {
        Self { text, at: 0, deeper: DEEPEST }
    }

    /// Nothing but spaces may follow.
    pub(super) fn end(&mut self) -> Told {
        if self.peek().is_none() { Ok(()) } else { Err(Unreadable) }
    }

    /// Reads whatever the place that asks for it takes.
    ///
    /// # Errors
    /// [`Unreadable`] when it is something else.
    pub fn read<T: Read>(&mut self) -> Result<T, Unreadable> {
        T::read(self)
    }

    /// Reads it if it is what is asked for, and passes over it if it is something else.
    ///
    /// # Errors
    /// [`Unreadable`] when it is no JSON.
    pub fn attempt<T: Read>(&mut self) -> Result<Option<T>, Unreadable> {
        let mut found = None;
        self.or_skip(&mut |json| {
            found = Some(json.read()?);
            Ok(())
        })?;
        Ok(found)
    }

    fn or_skip(&mut self, read: &mut dyn FnMut(&mut Self) -> Told) -> Told {
        let before = *self;
        read(self).or_else(|_| {
            *self = before;
            self.skip()
        })
    }

    /// Tells each key of an object, with the place of its value, which must be read or skipped.
    ///
    /// # Errors
    /// [`Unreadable`] when it is no object, or `each` says so.
    pub fn object(&mut self, each: &mut dyn FnMut(&str, &mut Self) -> Told) -> Told {
        self.items(b'{', b'}', &mut |json| {
            let key = json.text()?;
            json.must(b':')?;
            each(&key, json)
        })
    }

    /// The same, and what `each` cannot read is passed over as if it were not there.
    ///
    /// # Errors
    /// [`Unreadable`] when it is no object.
    pub fn fields(&mut self, each: &mut dyn FnMut(&str, &mut Self) -> Told) -> Told {
        self.object(&mut |key, json| json.or_skip(&mut |json| each(key, json)))
    }

    /// Tells the place of each item of a list, which must be read or skipped.
    ///
    /// # Errors
    /// [`Unreadable`] when it is no list, or `each` says so.
    pub fn list(&mut self, each: &mut dyn FnMut(&mut Self) -> Told) -> Told {
        self.items(b'[', b']', each)
    }

    /// The same, and what `each` cannot read is passed over as if it were not there.
    ///
    /// # Errors
    /// [`Unreadable`] when it is no list.
    pub fn entries(&mut self, each: &mut dyn FnMut(&mut Self) -> Told) -> Told {
        self.list(&mut |json| json.or_skip(each))
    }

    fn items(&mut self, open: u8, close: u8, each: &mut dyn FnMut(&mut Self) -> Told) -> Told {
        self.must(open)?;
        self.deeper = self.deeper.checked_sub(1).ok_or(Unreadable)?;
        if !self.take(close) {
            loop {
                each(self)?;
                if self.take(close) {
                    break;
                }
                self.must(b',')?;
            }
        }
        self.deeper += 1;
        Ok(())
    }

    /// A text. It is not copied unless something in it is escaped.
    ///
    /// # Errors
    /// [`Unreadable`] when it is none, or holds half a character.
    pub fn text(&mut self) -> Result<Cow<'a, str>, Unreadable> {
        self.must(b'"')?;
        let mut text = Cow::Borrowed("");
        loop {
            let rest = self.text.as_bytes().get(self.at..).ok_or(Unreadable)?;
            let run = rest.iter().position(|byte| matches!(byte, b'"' | b'\\' | ..b' ')).ok_or(Unreadable)?;
            text += self.text.get(self.at..self.at + run).ok_or(Unreadable)?;
            self.at += run;
            match self.byte()? {
                b'"' => return Ok(text),
                b'\\' => text.to_mut().push(self.escaped()?),
                _ => return Err(Unreadable),
            }
        }
    }

    fn escaped(&mut self) -> Result<char, Unreadable> {
        Ok(match self.byte()? {
            b'b' => '\u{8}',
            b'f' => '\u{c}',
            b'n' => '\n',
            b'r' => '\r',
            b't' => '\t',
            b'u' => return self.coded(),
            same @ (b'"' | b'\\' | b'/') => char::from(same),
            _ => return Err(Unreadable),
        })
    }

    /// A character by its number, or by the two numbers that UTF-16 has for it.
    fn coded(&mut self) -> Result<char, Unreadable> {
        let first = self.hex()?;
        let code = if (0xd800..0xdc00).contains(&first) {
            let second = if (self.byte()?, self.byte()?) == (b'\\', b'u') { self.hex()? } else { 0 };
            if !(0xdc00..0xe000).contains(&second) {
                return Err(Unreadable);
            }
            0x1_0000 + ((first - 0xd800) << 10) + (second - 0xdc00)
        } else {
            first
        };
        char::from_u32(code).ok_or(Unreadable)
    }

    fn hex(&mut self) -> Result<u32, Unreadable> {
        (0..4).try_fold(0, |code, _| {
            let digit = char::from(self.byte()?).to_digit(16).ok_or(Unreadable)?;
            Ok(code * 16 + digit)
        })
    }

    /// A number as it is written.
    ///
    /// # Errors
    /// [`Unreadable`] when it is none.
    pub fn number(&mut self) -> Result<&'a str, Unreadable> {
        self.peek();
        let begin = self.at;
        self.pass(b'-');
        if !self.pass(b'0') {
            self.digits()?;
        }
        if self.pass(b'.') {
            self.digits()?;
        }
        if self.pass(b'e') || self.pass(b'E') {
            let _ = self.pass(b'+') || self.pass(b'-');
            self.digits()?;
        }
        self.text.get(begin..self.at).ok_or(Unreadable)
    }

    fn digits(&mut self) -> Told {
        let begin = self.at;
        while self.here().is_some_and(|byte| byte.is_ascii_digit()) {
            self.at += 1;
        }
        if self.at > begin { Ok(()) } else { Err(Unreadable) }
    }

    /// True or false.
    ///
    /// # Errors
    /// [`Unreadable`] when it is neither.
    pub fn truth(&mut self) -> Result<bool, Unreadable> {
        let truth = self.word("true");
        if truth || self.word("false") { Ok(truth) } else { Err(Unreadable) }
    }

    /// Whether it is `null`. Anything else stays to be read.
    pub fn null(&mut self) -> bool {
        self.peek() == Some(b'n') && self.word("null")
    }

    /// Whether it is a list. It stays to be read.
    pub fn is_list(&mut self) -> bool {
        self.peek() == Some(b'[')
    }

    /// Whether it is a text. It stays to be read.
    pub fn is_text(&mut self) -> bool {
        self.peek() == Some(b'"')
    }

    /// Whether it is an object. It stays to be read.
    pub fn is_object(&mut self) -> bool {
        self.peek() == Some(b'{')
    }

    /// Passes over whatever it is.
    ///
    /// # Errors
    /// [`Unreadable`] when it is no JSON.
    pub fn skip(&mut self) -> Told {
        match self.peek() {
            Some(b'{') => self.object(&mut |_, json| json.skip()),
            Some(b'[') => self.list(&mut Self::skip),
            Some(b'"') => self.text().map(drop),
            _ if self.null() || self.truth().is_ok() => Ok(()),
            _ => self.number().map(drop),
        }
    }

    fn word(&mut self, word: &str) -> bool {
        self.peek();
        let is = self.text.as_bytes().get(self.at..).is_some_and(|rest| rest.starts_with(word.as_bytes()));
        self.at += if is { word.len() } else { 0 };
        is
    }

    /// The next byte that is no space.
    fn peek(&mut self) -> Option<u8> {
        loop {
            match self.here() {
                Some(b' ' | b'\n' | b'\r' | b'\t') => self.at += 1,
                here => return here,
            }
        }
    }

    /// Asked for every byte, and not put in place by itself where the code is compiled for size.
    #[inline(always)]
    fn here(&self) -> Option<u8> {
        self.text.as_bytes().get(self.at).copied()
    }

    fn byte(&mut self) -> Result<u8, Unreadable> {
        let byte = self.here().ok_or(Unreadable)?;
        self.at += 1;
        Ok(byte)
    }

    fn pass(&mut self, byte: u8) -> bool {
        let passed = self.here() == Some(byte);
        self.at += usize::from(passed);
        passed
    }

    fn take(&mut self, byte: u8) -> bool {
        self.peek();
        self.pass(byte)
    }

    fn must(&mut self, byte: u8) -> Told {
        if self.take(byte) { Ok(()) } else { Err(Unreadable) }
    }
}

#[cfg(test)]
mod tests;
