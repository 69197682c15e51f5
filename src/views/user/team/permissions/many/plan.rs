//! What a change to many members would do, before it is done.

use crate::queries::{Field, Value, Wanted, Wish};
use crate::views::user::team::permissions::roster::RowModel;
use contract::{CoworkerId, Permission};

/// Which members would be changed, and which would not.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Plan {
    /// What is sent for whom.
    pub(super) wishes: Vec<(CoworkerId, Wish)>,
    /// How many have it already.
    pub(super) already: usize,
    /// Who cannot be changed, and why.
    pub(super) refused: Vec<(String, String)>,
}

/// What making `fields` so for these members would do. A member with one field that cannot be changed keeps all of them.
pub(super) fn plan(rows: impl Iterator<Item = (CoworkerId, RowModel)>, fields: &[(Field, Value)]) -> Plan {
    let mut plan = Plan::default();
    for (id, row) in rows {
        let differs = fields.iter().filter(|(field, value)| shown(&row, *field).as_ref() != Some(value));
        let differs: Vec<_> = differs.collect();
        if differs.is_empty() {
            plan.already += 1;
        } else if let Some(why) = differs.iter().find_map(|(field, _)| refusal(&row, *field)) {
            plan.refused.push((row.called(), why));
        } else {
            let wish = differs
                .into_iter()
                .map(|(field, value)| (*field, Wanted { seen: shown(&row, *field), value: value.clone() }));
            plan.wishes.push((id, wish.collect()));
        }
    }
    plan
}

fn cell(row: &RowModel, permission: Permission) -> Option<&super::super::roster::Cell> {
    row.cells.get(permission.place())
}

fn shown(row: &RowModel, field: Field) -> Option<Value> {
    match field {
        Field::Permission(permission) => cell(row, permission)?.on.map(Value::Flag),
        Field::Card => Some(Value::Card(row.card.clone())),
    }
}

fn refusal(row: &RowModel, field: Field) -> Option<String> {
    match field {
        Field::Permission(permission) => cell(row, permission)?.refusal.clone(),
        Field::Card => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::views::user::team::permissions::roster::Cell;

    fn row(name: &str, on: Option<bool>, refusal: Option<&str>) -> RowModel {
        let mut row = RowModel { name: name.into(), ..RowModel::default() };
        row.cells[1] = Cell { on, refusal: refusal.map(ToOwned::to_owned), ..Cell::default() };
        row
    }

    #[test]
    fn only_those_who_do_not_have_it_yet_and_can_be_changed_are_changed() {
        let rows =
            [row("Ana", Some(false), None), row("Bo", Some(true), None), row("Cy", None, Some("Unknown."))];
        let fields = [(Field::Permission(Permission::MakeBookings), Value::Flag(true))];
        let plan = plan((1..).map(CoworkerId).zip(rows), &fields);
        assert_eq!(plan.wishes.iter().map(|(id, _)| id.0).collect::<Vec<_>>(), [1]);
        assert_eq!(
            plan.wishes[0].1.get(&fields[0].0).cloned().unwrap(),
            Wanted { seen: Some(Value::Flag(false)), value: Value::Flag(true) }
        );
        assert_eq!((plan.already, plan.refused), (1, vec![("Cy".to_owned(), "Unknown.".to_owned())]));
    }
}
