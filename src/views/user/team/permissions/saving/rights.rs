//! Taking somebody's rights as an administrator.

use crate::queries::{Field, Value, Wish};
use contract::Permission;

/// Whether a wish does.
pub fn takes_rights(wish: &Wish) -> bool {
    wish.iter().any(|(field, wanted)| is_right_taken(*field, &wanted.value))
}

/// Whether a field that is to hold this does.
pub fn is_right_taken(field: Field, value: &Value) -> bool {
    field == Field::Permission(Permission::TeamAdministrator) && *value == Value::Flag(false)
}
