//! The ledger as files. What is written is what is known of the sessions, and that holds no token.

use super::telling::{Words, of_end, of_step};
use crate::api::Millis;
use crate::session::{Entry, Party};
use crate::views::csv::Csv;
use contract::json::{Write, Writer, write};
use words::history;

/// How a time is written.
type Time<'a> = &'a dyn Fn(Millis) -> String;

/// The headings of the file for spreadsheets.
fn columns() -> [&'static str; 11] {
    [
        history::csv_started(),
        history::ended(),
        history::csv_how_it_ended(),
        history::csv_by(),
        history::csv_by_profile(),
        history::acted_as(),
        history::csv_as_profile(),
        history::reason(),
        history::access(),
        history::changes(),
        history::what_happened(),
    ]
}

/// A row per session.
pub(super) fn csv(entries: &[Entry], time: Time) -> String {
    let mut file = Csv::new(&columns());
    for entry in entries.iter().rev() {
        let steps =
            entry.steps.iter().map(|step| format!("{} {}", time(step.at), of_step(&step.what).line()));
        let cells = [
            time(entry.started),
            entry.ended.map(|(at, _)| time(at)).unwrap_or_default(),
            of_end(entry).to_owned(),
            entry.own.name.clone(),
            entry.own.coworker.to_string(),
            entry.other.name.clone(),
            entry.other.coworker.to_string(),
            entry.reason.clone(),
            entry.reached().label().to_owned(),
            entry.changed().to_string(),
            steps.collect::<Vec<_>>().join("; "),
        ];
        file.row(&cells);
    }
    file.text()
}

/// An array with an object per session.
pub(super) fn json(entries: &[Entry], time: Time) -> String {
    // A line per session, for those who read it with their eyes.
    let lines: Vec<String> = entries.iter().rev().map(|entry| write(&Session { entry, time })).collect();
    plain(&format!("[\n{}\n]\n", lines.join(",\n")))
}

struct Session<'a> {
    entry: &'a Entry,
    time: Time<'a>,
}

impl Write for Session<'_> {
    fn write(&self, json: &mut Writer) {
        let Self { entry, time } = self;
        let steps =
            entry.steps.iter().map(|step| Happening { at: time(step.at), words: of_step(&step.what) });
        json.object(&mut |json| {
            json.field("started", &time(entry.started));
            json.field("ended", &entry.ended.map(|(at, _)| time(at)));
            json.field("howItEnded", &of_end(entry));
            json.field("by", &Person(&entry.own));
            json.field("as", &Person(&entry.other));
            json.field("reason", &entry.reason);
            json.field("access", &entry.reached().label());
            json.field("steps", &steps.clone().collect::<Vec<_>>());
        });
    }
}

struct Person<'a>(&'a Party);

impl Write for Person<'_> {
    fn write(&self, json: &mut Writer) {
        json.object(&mut |json| {
            json.field("profile", &self.0.coworker);
            json.field("name", &self.0.name);
        });
    }
}

struct Happening {
    at: String,
    words: Words,
}

impl Write for Happening {
    fn write(&self, json: &mut Writer) {
        json.object(&mut |json| {
            json.field("at", &self.at);
            json.field("what", &self.words.what);
            json.field("reason", &self.words.reason);
            json.field("outcome", &self.words.outcome);
        });
    }
}

/// Writes the characters that turn the direction of text as escapes: read as JSON they are the same, read by eye they
/// cannot make one thing look like another. They only ever stand inside of strings.
fn plain(json: &str) -> String {
    let mut text = String::with_capacity(json.len());
    for c in json.chars() {
        match c {
            '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' => {
                text.push_str(&format!("\\u{:04x}", u32::from(c)));
            }
            _ => text.push(c),
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::api::Access;
    use crate::session::{Change, End, Outcome, Party, Step, What};
    use crate::views::csv::tests::read;
    use contract::CoworkerId;
    use serde_json::Value;

    const HOSTILE: [&str; 9] = [
        "=cmd|' /C calc'!A0",
        "+1",
        "-1",
        "@SUM(A1)",
        "\t=1",
        "Ana \"the boss\", Ltd",
        "two\r\nlines",
        "😀 Zoë",
        "user\u{202e}gnp.exe",
    ];

    fn time(at: Millis) -> String {
        format!("T{}", at.0)
    }

    fn entry(name: &str, reason: &str) -> Entry {
        let party = |id, name: &str| Party { coworker: CoworkerId(id), name: name.to_owned() };
        let change =
            Change { number: 1, method: "PATCH".into(), path: "/api/x".into(), outcome: Outcome::Done };
        Entry {
            own: party(1, "Own"),
            other: party(2, name),
            reason: reason.to_owned(),
            access: Access::ViewOnly,
            from: "/".into(),
            started: Millis(1),
            ended: Some((Millis(9), End::Returned)),
            steps: vec![
                Step { at: Millis(2), what: What::Raised(reason.to_owned()) },
                Step { at: Millis(3), what: What::Changed(change) },
            ],
        }
    }

    #[test]
    fn whatever_a_name_or_reason_holds_it_stays_one_cell_and_is_no_formula() {
        for hostile in HOSTILE {
            let rows = read(&csv(&[entry(hostile, hostile)], &time));
            assert_eq!(rows.len(), 2, "{hostile}");
            assert!(rows.iter().all(|row| row.len() == columns().len()), "{hostile}");
            for cell in &rows[1] {
                assert!(!cell.starts_with(['=', '+', '-', '@', '\t', '\r']), "{cell}");
            }
            assert!([hostile.to_owned(), format!("'{hostile}")].contains(&rows[1][5]), "{hostile}");
        }
    }

    #[test]
    fn a_row_tells_the_whole_session_the_newest_first() {
        let older = Entry { ended: None, steps: vec![], ..entry("Older", "first") };
        let rows = read(&csv(&[older, entry("Ana", "help")], &time));
        let told = ["T1", "T9", "You returned", "Own", "1", "Ana", "2", "help", "Full access", "1"];
        assert_eq!(rows[1][..10], told);
        assert_eq!(rows[1][10], "T2 Full access taken: help; T3 PATCH /api/x: done");
        assert_eq!((rows[2][1].as_str(), rows[2][2].as_str()), ("", "Going on"));
        assert_eq!(rows[2][8], "View only", "no more was taken");
    }

    #[test]
    fn as_json_everything_is_read_back_as_it_was() {
        let entries = HOSTILE.map(|hostile| entry(hostile, hostile));
        let text = json(&entries, &time);
        assert!(!text.contains('\u{202e}'), "nothing in the file turns the direction of text");
        let read: Value = serde_json::from_str(&text).unwrap();
        for (session, hostile) in read.as_array().unwrap().iter().zip(HOSTILE.iter().rev()) {
            assert_eq!(session["as"]["name"], *hostile);
            assert_eq!(session["reason"], *hostile);
            assert_eq!(session["access"], "Full access");
            assert_eq!(session["steps"][0]["reason"], *hostile);
            assert_eq!(session["steps"][1]["outcome"], "done");
            assert_eq!(session["howItEnded"], "You returned");
        }
        let open = json(&[Entry { ended: None, ..entry("Ana", "help") }], &time);
        assert_eq!(serde_json::from_str::<Value>(&open).unwrap()[0]["ended"], Value::Null);
        assert_eq!(serde_json::from_str::<Value>(&json(&[], &time)).unwrap(), Value::Array(vec![]));
    }
}
