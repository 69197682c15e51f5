//! The words for what can be changed of a member.

use super::saving::Unsaved;
use crate::api::ApiError;
use crate::queries::{self, Field, Unwritten, Value};
use contract::Permission;

/// What is said where a permission of a member is unknown.
pub(super) const INCOMPLETE: &str =
    "The server does not say all of this member's permissions, and they can only be saved together.";

/// The permission's name: column heading, and the first words of its switches' names.
pub(super) fn label(permission: Permission) -> &'static str {
    match permission {
        Permission::TeamAdministrator => "Team administrator",
        Permission::MakeBookings => "Make bookings",
        Permission::BookForTeam => "Book for team",
        Permission::PurchaseProducts => "Purchase products",
        Permission::PurchaseEvents => "Purchase event tickets",
        Permission::AccessCommunity => "Access community",
    }
}

/// What a field is called.
pub(super) fn name_of(field: Field) -> &'static str {
    match field {
        Field::Permission(permission) => label(permission),
        Field::Card => "Access card",
    }
}

/// What a field holds, in words.
pub(super) fn value(value: Option<&Value>) -> String {
    match value {
        None => "unknown".to_owned(),
        Some(Value::Flag(true)) => "on".to_owned(),
        Some(Value::Flag(false)) => "off".to_owned(),
        Some(Value::Card(card)) if card.is_empty() => "no card".to_owned(),
        Some(Value::Card(card)) => format!("“{card}”"),
    }
}

/// What somebody else has changed of a member, and was left so.
pub(super) fn meanwhile(name: &str, fields: &[(Field, Option<Value>)]) -> String {
    let each = fields.iter().map(|(field, now)| format!("{} is {}", name_of(*field), value(now.as_ref())));
    format!("Somebody else has changed {name} meanwhile: {}.", each.collect::<Vec<_>>().join(", "))
}

/// Why a save did not happen, for the person.
pub(super) fn unsaved(why: queries::Unsaved) -> Unsaved {
    match why {
        queries::Unsaved::Unwritten(Unwritten::Clashes(clashes)) => Unsaved::Clashes(clashes),
        queries::Unsaved::Unwritten(Unwritten::Incomplete) => {
            Unsaved::Failed { sentence: format!("Not saved. {INCOMPLETE}"), throttled: None }
        }
        queries::Unsaved::Failed(error) => {
            let throttled = match error {
                ApiError::Throttled { retry_after } => Some(retry_after),
                _ => None,
            };
            Unsaved::Failed { sentence: format!("Not saved. {}", sentence(&error)), throttled }
        }
    }
}

/// What the server says of single fields belongs to its answer.
fn sentence(error: &ApiError) -> String {
    match error {
        ApiError::NotFound => {
            "This member or team could not be found. They may have been removed.".to_owned()
        }
        ApiError::Rejected(problem) => {
            let fields = problem.fields.iter().map(|field| field.message.as_str());
            let said = fields.filter(|message| !message.is_empty() && *message != problem.message);
            let mut sentences = vec![error.sentence()];
            sentences.extend(said.map(ToOwned::to_owned));
            sentences.join(" ")
        }
        other => other.sentence(),
    }
}
