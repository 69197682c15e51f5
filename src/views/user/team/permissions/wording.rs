//! What can be changed of a member, and what came of it, in words.

use super::saving::Aim;
use crate::api::ApiError;
use crate::queries::{Clash, Field, Unsaved, Unwritten, Value};
use contract::Permission;
use words::{many, permissions, saving};

/// The permission's name: column heading, and the first words of its switches' names.
pub(super) fn label(permission: Permission) -> &'static str {
    match permission {
        Permission::TeamAdministrator => permissions::team_administrator(),
        Permission::MakeBookings => permissions::make_bookings(),
        Permission::BookForTeam => permissions::book_for_team(),
        Permission::PurchaseProducts => permissions::purchase_products(),
        Permission::PurchaseEvents => permissions::purchase_event_tickets(),
        Permission::AccessCommunity => permissions::access_community(),
    }
}

/// What a field is called.
pub(super) fn name_of(field: Field) -> &'static str {
    match field {
        Field::Permission(permission) => label(permission),
        Field::Card => permissions::access_card(),
    }
}

/// What somebody else has changed of a member, and was left so.
pub(super) fn meanwhile(name: &str, fields: &[(Field, Option<Value>)]) -> String {
    let each = fields.iter().map(|(field, now)| match (name_of(*field), now) {
        (name, Some(Value::Flag(true))) => saving::is_on(name),
        (name, Some(Value::Flag(false))) => saving::is_off(name),
        (_, Some(Value::Card(card))) if card.is_empty() => saving::card_is_none().to_owned(),
        (_, Some(Value::Card(card))) => saving::card_is(card),
        (name, None) => saving::is_unknown(name),
    });
    saving::changed_meanwhile(name, &each.collect::<Vec<_>>().join(", "))
}

/// What the server has and what is wanted, where the one is not the other.
pub(super) fn clash(clash: &Clash) -> String {
    let name = name_of(clash.field);
    match (&clash.now, &clash.wanted) {
        (Value::Card(now), Value::Card(wanted)) if wanted.is_empty() => saving::card_but_wanted_none(now),
        (Value::Card(now), Value::Card(wanted)) if now.is_empty() => saving::no_card_but_wanted(wanted),
        (Value::Card(now), Value::Card(wanted)) => saving::card_but_wanted(now, wanted),
        // A permission is only on or off: what is wanted is what the server does not have.
        (Value::Flag(true), _) => saving::on_but_wanted_off(name),
        _ => saving::off_but_wanted_on(name),
    }
}

/// The same to somebody who has just wanted to save it.
pub(super) fn clash_now(clash: &Clash) -> String {
    let name = name_of(clash.field);
    match (&clash.now, &clash.wanted) {
        (Value::Card(now), Value::Card(wanted)) if wanted.is_empty() => saving::card_now_wanted_none(now),
        (Value::Card(now), Value::Card(wanted)) if now.is_empty() => saving::no_card_now(wanted),
        (Value::Card(now), Value::Card(wanted)) => saving::card_now(now, wanted),
        (Value::Flag(true), _) => saving::now_on(name),
        _ => saving::now_off(name),
    }
}

/// Leaving a field as it is.
pub(super) fn keep(now: &Value) -> String {
    match now {
        Value::Flag(true) => saving::keep_on().to_owned(),
        Value::Flag(false) => saving::keep_off().to_owned(),
        Value::Card(card) if card.is_empty() => saving::keep_no_card().to_owned(),
        Value::Card(card) => saving::keep_card(card),
    }
}

/// Writing what is wanted over what somebody else has made of it.
pub(super) fn change_to(wanted: &Value) -> String {
    match wanted {
        Value::Flag(true) => saving::change_to_on().to_owned(),
        Value::Flag(false) => saving::change_to_off().to_owned(),
        Value::Card(card) if card.is_empty() => saving::change_to_no_card().to_owned(),
        Value::Card(card) => saving::change_to_card(card),
    }
}

/// Going on with what is wanted, to be saved.
pub(super) fn use_mine(wanted: &Value) -> String {
    match wanted {
        Value::Flag(true) => saving::use_on().to_owned(),
        Value::Flag(false) => saving::use_off().to_owned(),
        Value::Card(card) if card.is_empty() => saving::use_no_card().to_owned(),
        Value::Card(card) => saving::use_card(card),
    }
}

/// Why a save did not happen, for the person.
pub(super) fn unsaved(why: &Unsaved) -> String {
    let why = match why {
        Unsaved::Unwritten(Unwritten::Clashes(_)) => return saving::changed_by_another().to_owned(),
        Unsaved::Unwritten(Unwritten::Incomplete) => permissions::incomplete().to_owned(),
        Unsaved::Failed(ApiError::NotFound) => saving::not_found().to_owned(),
        Unsaved::Failed(error) => sentences(error),
    };
    saving::not_saved(&why)
}

/// What the server says of single fields belongs to its answer.
fn sentences(error: &ApiError) -> String {
    let mut sentences = vec![error.sentence()];
    if let ApiError::Rejected(problem) = error {
        let fields = problem.fields.iter().map(|field| &field.message);
        sentences.extend(fields.filter(|said| !said.is_empty() && **said != problem.message).cloned());
    }
    sentences.join(" ")
}

/// What a change to many does.
pub(super) fn aim(aim: &Aim) -> String {
    match aim {
        Aim::Turn(permission, true) => many::turn_on(label(*permission)),
        Aim::Turn(permission, false) => many::turn_off(label(*permission)),
        Aim::CopyOf(name) => many::copy_of(name),
    }
}

/// Whether to do it.
pub(super) fn aim_asked(aim: &Aim) -> String {
    match aim {
        Aim::Turn(permission, true) => many::turn_on_asked(label(*permission)),
        Aim::Turn(permission, false) => many::turn_off_asked(label(*permission)),
        Aim::CopyOf(name) => many::copy_of_asked(name),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use contract::{FieldError, Problem};

    #[test]
    fn what_somebody_else_has_changed_is_one_sentence() {
        let card = |text: &str| Some(Value::Card(text.to_owned()));
        let fields = [
            (Field::Permission(Permission::MakeBookings), Some(Value::Flag(true))),
            (Field::Permission(Permission::BookForTeam), None),
            (Field::Card, card("A|{name}")),
        ];
        assert_eq!(
            meanwhile("Ana", &fields),
            "Somebody else has changed Ana meanwhile: Make bookings is on, Book for team is unknown, Access card is “A|{name}”."
        );
    }

    #[test]
    fn each_clash_says_what_the_server_has_and_what_is_wanted() {
        let of = |field, now: Value, wanted: Value| clash(&Clash { field, now, wanted });
        let card = |text: &str| Value::Card(text.to_owned());
        let bookings = Field::Permission(Permission::MakeBookings);
        assert_eq!(
            of(bookings, Value::Flag(true), Value::Flag(false)),
            "Make bookings is on on the server. You want it off."
        );
        assert_eq!(
            of(bookings, Value::Flag(false), Value::Flag(true)),
            "Make bookings is off on the server. You want it on."
        );
        assert_eq!(
            of(Field::Card, card("A"), card("B")),
            "The access card is “A” on the server. You want “B”."
        );
        assert_eq!(
            of(Field::Card, card("A"), card("")),
            "The access card is “A” on the server. You want no card."
        );
        assert_eq!(
            of(Field::Card, card(""), card("B")),
            "There is no access card on the server. You want “B”."
        );
    }

    #[test]
    fn what_the_server_says_of_single_fields_is_told_once() {
        let field = |message: &str| FieldError { field: "AccessCardId".into(), message: message.into() };
        let problem = Problem {
            message: "Invalid.".into(),
            fields: vec![field("Invalid."), field("Too long."), field("")],
            ..Problem::default()
        };
        assert_eq!(unsaved(&Unsaved::Failed(ApiError::Rejected(problem))), "Not saved. Invalid. Too long.");
        let gone = unsaved(&Unsaved::Failed(ApiError::NotFound));
        assert_eq!(gone, "Not saved. This member or team could not be found. They may have been removed.");
    }
}
