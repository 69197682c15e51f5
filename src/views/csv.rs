//! Files for spreadsheets.

/// Spreadsheets take these for the beginning of a formula; the wide ones where East Asian text is typed.
const FORMULA: [char; 8] = ['=', '+', '-', '@', '＝', '＋', '－', '＠'];
/// What they overlook before it.
const BLANK: [char; 3] = ['\t', '\r', '\n'];

/// A table as RFC 4180 has it, with the mark by which Excel knows UTF-8. No cell is ever a formula.
///
/// Cells are parted by what spreadsheets take for it where the current language is spoken: in all but English that is a
/// semicolon, because numbers have commas. Opened there, commas would leave every row in one cell.
pub struct Csv {
    text: String,
    between: char,
}

impl Csv {
    /// A file with its headings.
    pub fn new(headings: &[&str]) -> Self {
        Self::parted_by(if words::is_english() { ',' } else { ';' }, headings)
    }

    fn parted_by(between: char, headings: &[&str]) -> Self {
        let mut file = Self { text: String::from('\u{feff}'), between };
        file.row(headings);
        file
    }

    /// Adds a row.
    pub fn row<T: AsRef<str>>(&mut self, cells: &[T]) {
        let text = &mut self.text;
        for (place, cell) in cells.iter().map(AsRef::as_ref).enumerate() {
            if place > 0 {
                text.push(self.between);
            }
            text.push('"');
            let mut before = None;
            for letter in cell.chars() {
                let begins = match before {
                    None => FORMULA.contains(&letter) || BLANK.contains(&letter),
                    // Whoever takes the other one to part cells does so for all that the quotation marks say.
                    Some(before) => {
                        let other = if self.between == ',' { ';' } else { ',' };
                        FORMULA.contains(&letter) && [other, '\r', '\n'].contains(&before)
                    }
                };
                if begins {
                    text.push('\'');
                }
                if letter == '"' {
                    text.push('"');
                }
                text.push(letter);
                before = Some(letter);
            }
            text.push('"');
        }
        text.push_str("\r\n");
    }

    /// The whole file.
    pub fn text(self) -> String {
        self.text
    }
}

#[cfg(test)]
pub mod tests {
    use super::*;

    /// Reads a file as RFC 4180 says.
    pub fn read(text: &str) -> Vec<Vec<String>> {
        read_parted_by(',', text)
    }

    fn read_parted_by(between: char, text: &str) -> Vec<Vec<String>> {
        let (mut rows, mut row, mut cell, mut quoted) = (vec![], vec![], String::new(), false);
        let mut chars = text.strip_prefix('\u{feff}').unwrap().chars().peekable();
        while let Some(c) = chars.next() {
            match (c, quoted) {
                ('"', true) if chars.peek() == Some(&'"') => cell.push(chars.next().unwrap()),
                ('"', _) => quoted = !quoted,
                (c, false) if c == between => row.push(std::mem::take(&mut cell)),
                ('\r', false) => assert_eq!(chars.peek(), Some(&'\n')),
                ('\n', false) => {
                    row.push(std::mem::take(&mut cell));
                    rows.push(std::mem::take(&mut row));
                }
                (c, _) => cell.push(c),
            }
        }
        assert!(!quoted && row.is_empty() && cell.is_empty());
        rows
    }

    #[test]
    fn whatever_a_cell_holds_it_stays_one_cell_and_is_no_formula() {
        for cell in ["=1+1", "@x", "+1", "-1", "\t=1", "＝1", "a,b", "a;b", "a\"b", "a\r\nb", "", " "] {
            for between in [',', ';'] {
                let mut file = Csv::parted_by(between, &["One", "Two"]);
                file.row(&[cell, "b"]);
                let rows = read_parted_by(between, &file.text());
                assert_eq!((rows.len(), rows[1].len()), (2, 2), "{cell}");
                assert!(rows[1][0] == cell || rows[1][0] == format!("'{cell}"), "{cell}");
                assert!(!rows[1][0].starts_with(['=', '+', '-', '@', '\t', '＝']), "{cell}");
            }
        }
    }

    #[test]
    fn where_another_sign_is_between_cells_there_is_no_formula_either() {
        let cells = [
            (',', "x;=1+1;y", "x;'=1+1;y"),
            (';', "x,=1+1,y", "x,'=1+1,y"),
            (',', "x\n=1", "x\n'=1"),
            (',', "a;b - c", "a;b - c"),
        ];
        for (between, cell, told) in cells {
            let mut file = Csv::parted_by(between, &["One"]);
            file.row(&[cell]);
            assert_eq!(read_parted_by(between, &file.text())[1], [told]);
        }
    }
}
