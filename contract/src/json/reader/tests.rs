//! The reader takes and refuses what serde_json does.

use super::super::read;
use super::*;
use proptest::prelude::*;
use serde_json::{Number, Value};

/// Any JSON, read into what serde_json makes of it.
#[derive(Debug, PartialEq)]
struct Any(Value);

impl Read for Any {
    fn read(json: &mut Reader<'_>) -> Result<Self, Unreadable> {
        let value = match json.peek() {
            Some(b'{') => {
                let mut map = serde_json::Map::new();
                json.object(&mut |key, json| {
                    map.insert(key.to_owned(), json.read::<Self>()?.0);
                    Ok(())
                })?;
                Value::Object(map)
            }
            Some(b'[') => Value::Array(json.read::<Vec<Self>>()?.into_iter().map(|item| item.0).collect()),
            Some(b'"') => Value::String(json.text()?.into_owned()),
            _ if json.null() => Value::Null,
            Some(b't' | b'f') => Value::Bool(json.truth()?),
            _ => Value::Number(json.number()?.parse::<Number>().map_err(|_| Unreadable)?),
        };
        Ok(Self(value))
    }
}

fn values() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        (-1_000_000..1_000_000i32).prop_map(|number| Value::from(f64::from(number) / 8.0)),
        ".*".prop_map(Value::from),
    ];
    leaf.prop_recursive(4, 40, 6, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..6).prop_map(Value::from),
            prop::collection::btree_map(".{0,8}", inner, 0..6)
                .prop_map(|map| Value::Object(map.into_iter().collect())),
        ]
    })
}

fn skips(text: &str) -> bool {
    let mut json = Reader::new(text);
    json.skip().and_then(|()| json.end()).is_ok()
}

proptest! {
    #[test]
    fn it_reads_what_serde_json_writes(value in values(), pretty: bool) {
        let text = if pretty { serde_json::to_string_pretty(&value) } else { serde_json::to_string(&value) };
        let text = text.unwrap();
        prop_assert!(skips(&text));
        prop_assert_eq!(read::<Any>(&text), Ok(Any(value)));
    }

    #[test]
    fn of_a_damaged_text_it_takes_what_serde_json_takes(
        value in values(), at in any::<prop::sample::Index>(), other in r#"[\[\]{},:"\\u0-9eE.+nt \n\t-]{0,3}"#,
    ) {
        let text = value.to_string();
        let places: Vec<usize> = text.char_indices().map(|(place, _)| place).collect();
        let (before, after) = text.split_at(*at.get(&places));
        let rest: String = after.chars().skip(1).collect();
        for damaged in [before.to_owned(), format!("{before}{other}{rest}"), format!("{before}{other}{after}")] {
            // A number that no computer can hold is JSON all the same.
            let taken = serde_json::from_str::<&serde_json::value::RawValue>(&damaged).is_ok();
            prop_assert_eq!(skips(&damaged), taken, "{}", damaged);
        }
    }

    #[test]
    fn no_text_at_all_breaks_it(text in any::<String>()) {
        prop_assert_eq!(skips(&text), serde_json::from_str::<serde::de::IgnoredAny>(&text).is_ok());
    }
}

#[test]
fn escapes_are_what_they_stand_for_and_half_a_character_is_none() {
    let text = |json: &str| read::<String>(json);
    assert_eq!(text(r#""\"\\\/\b\f\n\r\t\u00e9\uD83D\ude00""#), Ok("\"\\/\u{8}\u{c}\n\r\té😀".into()));
    for bad in [
        r#""\x""#,
        r#""\u12""#,
        r#""\u+123""#,
        r#""\ud83d""#,
        r#""\ud83d\u0041""#,
        r#""\ude00""#,
        "\"\n\"",
        "\"a",
    ] {
        assert_eq!(text(bad), Err(Unreadable), "{bad}");
    }
}

#[test]
fn what_lies_too_deep_is_no_end_of_the_stack() {
    let nested = |depth: usize| "[".repeat(depth) + &"]".repeat(depth);
    assert!(skips(&nested(usize::from(DEEPEST))));
    assert!(!skips(&nested(usize::from(DEEPEST) + 1)) && !skips(&"[".repeat(1_000_000)));
}

#[test]
fn what_is_something_else_is_passed_over() {
    let mut json = Reader::new(r#"[{"a":[1]},7]"#);
    let mut seen = Vec::new();
    json.list(&mut |json| {
        seen.push(json.attempt::<i64>()?);
        Ok(())
    })
    .unwrap();
    assert_eq!(seen, [None, Some(7)]);
}
