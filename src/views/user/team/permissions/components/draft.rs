//! What is being changed of one member.

use crate::queries::{Clash, Field, Value, Wanted, Wish};
use crate::views::user::team::permissions::roster::RowModel;
use contract::Permission;

/// The longest access card.
pub(super) const LONGEST_CARD: usize = 15;

/// What the dialog shows, and what it was read as.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Draft {
    /// The six permissions, in the order of the table.
    pub(super) flags: [Option<bool>; 6],
    /// The card, as typed.
    pub(super) card: String,
    seen_flags: [Option<bool>; 6],
    seen_card: String,
}

impl Draft {
    /// Nothing changed yet.
    pub(super) fn of(row: &RowModel) -> Self {
        let flags = row.cells.each_ref().map(|cell| cell.on);
        Self { flags, card: row.card.clone(), seen_flags: flags, seen_card: row.card.clone() }
    }

    /// What the row says now is shown of every field that was not touched, and is what it was read as.
    pub(super) fn follow(&mut self, row: &RowModel) {
        let now = row.cells.each_ref().map(|cell| cell.on);
        for ((flag, seen), now) in self.flags.iter_mut().zip(&mut self.seen_flags).zip(now) {
            if flag == seen {
                (*flag, *seen) = (now, now);
            }
        }
        if self.card == self.seen_card {
            self.card.clone_from(&row.card);
            self.seen_card.clone_from(&row.card);
        }
    }

    /// Whether there is something to save.
    pub(super) fn is_changed(&self) -> bool {
        self.flags != self.seen_flags || self.is_card_changed()
    }

    pub(super) fn is_card_changed(&self) -> bool {
        self.card.trim() != self.seen_card.trim()
    }

    /// Why the card cannot be saved.
    pub(super) fn card_error(&self) -> Option<String> {
        let length = self.card.trim().chars().count();
        (length > LONGEST_CARD).then(|| words::saving::card_too_long(LONGEST_CARD, length))
    }

    /// What was changed.
    pub(super) fn wish(&self) -> Wish {
        let flags = Permission::ALL.into_iter().zip(self.flags.into_iter().zip(self.seen_flags));
        let changed = flags.filter(|(_, (now, seen))| now != seen);
        let mut wish: Wish = changed
            .filter_map(|(permission, (now, seen))| {
                let wanted = Wanted { seen: seen.map(Value::Flag), value: Value::Flag(now?) };
                Some((Field::Permission(permission), wanted))
            })
            .collect();
        if self.is_card_changed() {
            let seen = Some(Value::Card(self.seen_card.clone()));
            wish.insert(Field::Card, Wanted { seen, value: Value::Card(self.card.trim().to_owned()) });
        }
        wish
    }

    /// Whether nothing was changed but what is wished for there.
    pub(super) fn is_within(&self, wish: &Wish) -> bool {
        self.wish().iter().all(|(field, now)| wish.get(field).is_some_and(|then| then.value == now.value))
    }

    /// The person has been shown what the server has of a field, and takes what they wanted, or leaves it so.
    pub(super) fn choose(&mut self, clash: &Clash, takes: bool) {
        self.see(clash.field, &clash.now);
        put(&mut self.flags, &mut self.card, clash.field, if takes { &clash.wanted } else { &clash.now });
    }

    /// What was wished for has landed, but of fields that failed; what is typed or set stays.
    pub(super) fn see_landed(&mut self, wish: &Wish, has_failed: &dyn Fn(Field) -> bool) {
        for (field, wanted) in wish.iter().filter(|(field, _)| !has_failed(**field)) {
            self.see(*field, &wanted.value);
        }
    }

    /// A field is known to hold `value` from now on; what is typed or set stays.
    pub(super) fn see(&mut self, field: Field, value: &Value) {
        put(&mut self.seen_flags, &mut self.seen_card, field, value);
    }
}

fn put(flags: &mut [Option<bool>; 6], card: &mut String, field: Field, value: &Value) {
    match (field, value) {
        (Field::Permission(permission), Value::Flag(on)) => {
            if let Some(flag) = flags.get_mut(permission.place()) {
                *flag = Some(*on);
            }
        }
        (Field::Card, Value::Card(text)) => card.clone_from(text),
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::views::user::team::permissions::roster::Cell;

    fn draft() -> Draft {
        let cell = || Cell { on: Some(true), ..Cell::default() };
        Draft::of(&RowModel {
            cells: std::array::from_fn(|_| cell()),
            card: "A".into(),
            ..RowModel::default()
        })
    }

    #[test]
    fn only_what_was_changed_is_wished_for_and_with_what_it_was_read_as() {
        let mut draft = draft();
        assert!(!draft.is_changed() && draft.wish().is_empty());
        draft.flags[1] = Some(false);
        draft.card = " B ".into();
        let wish = draft.wish();
        assert_eq!(wish.len(), 2);
        assert_eq!(
            wish.get(&Field::Card).cloned().unwrap(),
            Wanted { seen: Some(Value::Card("A".into())), value: Value::Card("B".into()) }
        );
        draft.flags[1] = Some(true);
        draft.card = "A ".into();
        assert!(!draft.is_changed(), "back to what it was");
    }

    #[test]
    fn what_was_not_touched_shows_what_the_row_says_and_what_was_touched_stays() {
        let mut draft = draft();
        draft.flags[1] = Some(false);
        let mut row = RowModel { card: "B".into(), ..RowModel::default() };
        row.cells[0].on = Some(false);
        draft.follow(&row);
        assert_eq!((draft.flags[0], draft.flags[1], draft.card.as_str()), (Some(false), Some(false), "B"));
        let wish = draft.wish();
        assert_eq!(wish.keys().collect::<Vec<_>>(), [&Field::Permission(Permission::ALL[1])]);
        draft.card = "C".into();
        draft.follow(&RowModel::default());
        assert_eq!(draft.card, "C");
    }

    #[test]
    fn what_is_changed_while_it_is_saved_is_left_to_save() {
        let mut draft = draft();
        draft.flags[1] = Some(false);
        let sent = draft.wish();
        draft.flags[1] = Some(true);
        draft.card = "B".into();
        draft.see_landed(&sent, &|_| false);
        let left = draft.wish();
        assert_eq!(left.len(), 2, "the switch was put back, and the card is new");
        let back = left.get(&Field::Permission(Permission::ALL[1])).unwrap();
        assert_eq!((&back.seen, &back.value), (&Some(Value::Flag(false)), &Value::Flag(true)));
    }

    #[test]
    fn what_has_failed_is_left_to_save() {
        let mut draft = draft();
        draft.flags[1] = Some(false);
        draft.card = "B".into();
        draft.see_landed(&draft.wish(), &|field| field == Field::Card);
        let left = draft.wish();
        assert_eq!(left.keys().collect::<Vec<_>>(), [&Field::Card]);
    }

    #[test]
    fn a_card_is_too_long_from_the_sixteenth_character_of_any_script() {
        let mut draft = draft();
        draft.card = " 123456789012345 ".into();
        assert_eq!(draft.card_error(), None);
        draft.card = "éééééééééééééééé".into();
        assert_eq!(draft.card_error().as_deref(), Some("At most 15 characters; this has 16."));
    }

    #[test]
    fn whoever_keeps_what_somebody_else_has_made_wants_nothing_of_that_field_any_more() {
        let mut draft = draft();
        let card = |text: &str| Value::Card(text.into());
        let clash = Clash { field: Field::Card, now: card("C"), wanted: card("B") };
        draft.choose(&clash, true);
        assert_eq!(
            draft.wish().remove(&Field::Card).unwrap(),
            Wanted { seen: Some(card("C")), value: card("B") }
        );
        draft.choose(&clash, false);
        assert!(!draft.is_changed());
    }
}
