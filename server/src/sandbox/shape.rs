//! `_shape`: cuts a reply down to the paths that were asked for. `A.B,A.C` keeps these two of `A`; a list is
//! addressed by its name, without an index. It only ever leaves out.

use super::credential::Query;
use serde_json::{Map, Value};
use std::collections::BTreeMap;

/// No reply is deeper, so a longer path asks for nothing.
const DEEPEST: usize = 8;

/// What to keep of a value.
#[derive(Debug, PartialEq)]
pub(super) enum Shape {
    Whole,
    Fields(BTreeMap<String, Shape>),
}

static NOTHING: Shape = Shape::Fields(BTreeMap::new());

impl Shape {
    /// The shape that a request asks for: everything, when it does not say.
    pub(super) fn of(query: &Query) -> Self {
        query.get("_shape").map_or(Self::Whole, Self::parse)
    }

    fn parse(text: &str) -> Self {
        let mut shape = Self::Fields(BTreeMap::new());
        for path in text.split(',').map(str::trim).filter(|path| !path.is_empty()) {
            let steps: Vec<&str> = path.split('.').map(str::trim).collect();
            if steps.len() <= DEEPEST {
                shape.keep(&steps);
            }
        }
        shape
    }

    fn keep(&mut self, path: &[&str]) {
        let Self::Fields(fields) = self else { return };
        match path.split_first() {
            None => *self = Self::Whole,
            Some((step, rest)) => {
                fields.entry((*step).to_owned()).or_insert(Self::Fields(BTreeMap::new())).keep(rest);
            }
        }
    }

    /// True when any of these fields is asked for: what nobody asked for need not be read from the database.
    pub(super) fn wants(&self, names: &[&str]) -> bool {
        match self {
            Self::Whole => true,
            Self::Fields(fields) => names.iter().any(|name| fields.contains_key(*name)),
        }
    }

    /// What is asked for of a field, or of each element of a list.
    pub(super) fn of_field(&self, name: &str) -> &Self {
        match self {
            Self::Whole => self,
            Self::Fields(fields) => fields.get(name).unwrap_or(&NOTHING),
        }
    }

    /// True when a field that holds a plain value stays.
    pub(super) fn keeps(&self, name: &str) -> bool {
        *self.of_field(name) == Self::Whole
    }

    /// The parts of a value that were asked for.
    pub(super) fn apply(&self, value: Value) -> Value {
        self.cut(value).unwrap_or(Value::Null)
    }

    /// `None`: a plain value where fields were asked for, so there is nothing to keep.
    fn cut(&self, value: Value) -> Option<Value> {
        let Self::Fields(fields) = self else { return Some(value) };
        match value {
            Value::Object(mut map) => {
                let mut kept = Map::new();
                for (name, shape) in fields {
                    if let Some(value) = map.remove(name).and_then(|value| shape.cut(value)) {
                        kept.insert(name.clone(), value);
                    }
                }
                Some(kept.into())
            }
            Value::Array(items) => Some(items.into_iter().filter_map(|item| self.cut(item)).collect()),
            Value::Null => Some(Value::Null),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use serde_json::json;

    fn cut(shape: &str, value: Value) -> Value {
        Shape::parse(shape).apply(value)
    }

    #[test]
    fn paths_reach_into_objects_and_into_every_element_of_a_list() {
        let value = json!({"User": {"Id": 1, "AccessToken": "secret"}, "Profiles": [{"Id": 2, "X": 0}, {"Id": 3}], "Y": 1});
        assert_eq!(
            cut("User.Id,Profiles.Id", value.clone()),
            json!({"User": {"Id": 1}, "Profiles": [{"Id": 2}, {"Id": 3}]})
        );
        assert_eq!(cut("Profiles", value.clone()), json!({"Profiles": [{"Id": 2, "X": 0}, {"Id": 3}]}));
        assert_eq!(cut("Profiles,Profiles.Id", value.clone()), cut("Profiles.Id,Profiles", value.clone()));
        assert_eq!(cut("Nothing,User.Id.Deeper", value), json!({"User": {}}));
        assert_eq!(cut("Name", json!([{"Name": "a", "Value": "b"}])), json!([{"Name": "a"}]));
        assert_eq!(cut("A.B", json!({"A": null})), json!({"A": null}));
    }

    #[test]
    fn an_absurdly_deep_path_is_ignored() {
        assert_eq!(cut(&"A.".repeat(100_000), json!({"A": 1})), json!({}));
    }

    fn value() -> impl Strategy<Value = Value> {
        let leaf =
            prop_oneof![Just(Value::Null), any::<i64>().prop_map(Value::from), "[a-c]".prop_map(Value::from)];
        leaf.prop_recursive(4, 32, 4, |inner| {
            prop_oneof![
                prop::collection::vec(inner.clone(), 0..4).prop_map(Value::from),
                prop::collection::btree_map("[A-C]", inner, 0..4)
                    .prop_map(|map| Value::Object(map.into_iter().collect())),
            ]
        })
    }

    /// True when `small` says nothing that `big` does not.
    fn within(small: &Value, big: &Value) -> bool {
        match (small, big) {
            (Value::Object(small), Value::Object(big)) => {
                small.iter().all(|(key, value)| big.get(key).is_some_and(|big| within(value, big)))
            }
            (Value::Array(small), Value::Array(big)) => {
                let mut rest = big.iter();
                small.iter().all(|value| rest.any(|big| within(value, big)))
            }
            _ => small == big,
        }
    }

    proptest! {
        #[test]
        fn a_shape_never_adds_anything(value in value(), shape in "([A-C]\\.){0,3}[A-C](,([A-C]\\.){0,3}[A-C]){0,4}") {
            let cut = Shape::parse(&shape).apply(value.clone());
            prop_assert!(cut.is_null() || within(&cut, &value), "{shape}: {cut} of {value}");
        }

        #[test]
        fn applying_a_shape_twice_changes_nothing_more(value in value(), shape in "[A-C](\\.[A-C]){0,2}(,[A-C]){0,2}") {
            let shape = Shape::parse(&shape);
            let once = shape.apply(value);
            prop_assert_eq!(shape.apply(once.clone()), once);
        }

        #[test]
        fn any_text_is_a_shape(text in ".*") {
            Shape::parse(&text).apply(json!({"A": [1, {"B": 2}]}));
        }
    }
}
