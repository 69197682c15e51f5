//! The file of `--config`.

use std::collections::BTreeMap;
use std::path::Path;
use toml::Value;

/// The file's settings as text, by name. The error is one line that names the file.
pub(super) fn read(path: &Path) -> Result<BTreeMap<String, String>, String> {
    let name = path.display();
    let text =
        std::fs::read_to_string(path).map_err(|error| format!("cannot read the file {name}: {error}"))?;
    let table: toml::Table = text.parse().map_err(|error: toml::de::Error| {
        let line = error
            .span()
            .and_then(|span| text.get(..span.start))
            .map_or(1, |before| before.matches('\n').count().saturating_add(1));
        format!("the file {name} is not TOML near line {line}: {}", error.message().replace('\n', " "))
    })?;
    table
        .into_iter()
        .map(|(key, value)| {
            scalar(value).map(|text| (key.clone(), text)).ok_or_else(|| {
                format!("the setting `{key}` must be text, a number, true or false (from the file {name})")
            })
        })
        .collect()
}

fn scalar(value: Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text),
        Value::Integer(number) => Some(number.to_string()),
        Value::Float(number) => Some(number.to_string()),
        Value::Boolean(truth) => Some(truth.to_string()),
        Value::Datetime(_) | Value::Array(_) | Value::Table(_) => None,
    }
}
