//! Putting a wish together with what the server has by now. A save replaces everything that can be changed of a member,
//! and the API has no version to compare: this is what keeps another administrator's change.

use crate::list_map::ListMap;
use crate::places::Places;
use contract::teams::{AdministratorRef, Member, PermissionsBody, Team};
use contract::{CoworkerId, Permission, PermissionSet};

/// Something of a member that can be changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Field {
    /// One of the six permissions.
    Permission(Permission),
    /// The access card.
    Card,
}

impl Field {
    /// Everything that can be changed.
    pub fn all() -> impl Iterator<Item = Self> {
        Permission::ALL.into_iter().map(Self::Permission).chain([Self::Card])
    }
}

/// What a field holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Value {
    /// Whether a permission is given.
    Flag(bool),
    /// The card; empty for none.
    Card(String),
}

/// All that can be changed of a member. A permission that the server does not tell is unknown.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Record {
    /// The six permissions.
    pub set: PermissionSet,
    /// The card, as the server tells it.
    pub card: Option<String>,
}

/// What one wants a field to hold, and what it was shown to hold when one wanted that.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Wanted {
    /// `None`: it was unknown.
    pub seen: Option<Value>,
    /// What is wanted.
    pub value: Value,
}

/// What one wants of a member; the rest stays as it is on the server, whatever was seen of it.
pub type Wish = ListMap<Field, Wanted>;

/// A field that somebody else has changed meanwhile to what was neither seen nor is wanted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Clash {
    /// Which one.
    pub field: Field,
    /// What the server has.
    pub now: Value,
    /// What is wanted.
    pub wanted: Value,
}

/// Why a wish is not written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Unwritten {
    /// Somebody else's change would be lost: the person has to choose.
    Clashes(Vec<Clash>),
    /// The server does not tell all permissions, and they can only be written together.
    Incomplete,
}

impl Record {
    /// What a team says of a member.
    pub fn of(team: &Team, member: &Member) -> Self {
        Self { set: team.permissions_of(member), card: member.access_card_id.clone() }
    }

    /// What a field holds; `None` when that is unknown. No card is a card without a number.
    pub fn get(&self, field: Field) -> Option<Value> {
        match field {
            Field::Permission(permission) => self.set.get(permission).map(Value::Flag),
            Field::Card => Some(Value::Card(self.card.clone().unwrap_or_default())),
        }
    }

    fn set(&mut self, field: Field, value: &Value) {
        match (field, value) {
            (Field::Permission(permission), Value::Flag(on)) => self.set = self.set.with(permission, *on),
            (Field::Card, Value::Card(card)) => self.card = Some(card.clone()),
            _ => {}
        }
    }

    /// The body that writes this; `None` when a permission is unknown.
    pub fn body(&self, member: CoworkerId) -> Option<PermissionsBody> {
        PermissionsBody::new(member, self.set, self.card.clone())
    }
}

/// What to write for a wish, given what the server has now; `None` when it is there already. What was not wished for is
/// written as it is now. A field that is no longer as it was seen is only written when what is wanted is there already.
///
/// # Errors
/// Why nothing may be written.
pub fn merge(wish: &Wish, now: &Record) -> Result<Option<Record>, Unwritten> {
    let mut merged = now.clone();
    let mut clashes = Vec::new();
    for (field, Wanted { seen, value }) in wish.iter() {
        let there = now.get(*field);
        if there.as_ref() == Some(value) {
            continue;
        }
        if let (Some(seen), Some(there)) = (seen, there)
            && *seen != there
        {
            clashes.push(Clash { field: *field, now: there, wanted: value.clone() });
            continue;
        }
        merged.set(*field, value);
    }
    if !clashes.is_empty() {
        return Err(Unwritten::Clashes(clashes));
    }
    if merged == *now {
        return Ok(None);
    }
    if merged.set.is_complete() { Ok(Some(merged)) } else { Err(Unwritten::Incomplete) }
}

/// Writes what `newer` says of its members into `team`: permissions, cards and administrators. Names are kept, and who
/// is no longer in `newer` is gone. With `only`, nobody else is touched: `newer` may be older than what is known of them.
/// Gives back whether somebody has joined, who is not known by name yet.
pub fn refresh(team: &mut Team, newer: Team, only: Option<CoworkerId>) -> bool {
    let administers = newer.team_administrators.iter().any(|one| Some(one.id) == only);
    let mut told = newer.all_team_members;
    let places = Places::of(told.iter().map(|member| member.id));
    let mut met = 0;
    team.all_team_members.retain_mut(|member| {
        let place = places.get(member.id);
        met += usize::from(place.is_some());
        if only.is_some_and(|only| only != member.id) {
            return true;
        }
        let Some(newer) = place.and_then(|place| told.get_mut(place)) else { return false };
        member.permissions = newer.permissions;
        member.access_card_id = newer.access_card_id.take();
        true
    });
    match only {
        None => team.team_administrators = newer.team_administrators,
        Some(only) => {
            team.team_administrators.retain(|one| one.id != only);
            if administers {
                team.team_administrators.push(AdministratorRef { id: only });
            }
        }
    }
    met < places.distinct()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const BOOKINGS: Field = Field::Permission(Permission::MakeBookings);
    fn read(text: &str) -> Team {
        use contract::Endpoint;
        contract::teams::TeamProfile::read(text).unwrap()
    }

    fn record(on: bool, card: &str) -> Record {
        let set = Permission::ALL.into_iter().map(|one| (one, on)).collect();
        Record { set, card: Some(card.to_owned()) }
    }

    fn wish(field: Field, seen: Value, value: Value) -> Wish {
        Wish::from([(field, Wanted { seen: Some(seen), value })])
    }

    #[test]
    fn what_is_as_it_was_seen_is_written_and_the_rest_stays_as_it_is_now() {
        let mut now = record(true, "B");
        now.set = now.set.with(Permission::BookForTeam, false);
        let merged = merge(&wish(BOOKINGS, Value::Flag(true), Value::Flag(false)), &now).unwrap().unwrap();
        assert_eq!(merged.set, now.set.with(Permission::MakeBookings, false));
        assert_eq!(merged.card, now.card);
    }

    #[test]
    fn what_somebody_else_has_done_already_needs_no_writing() {
        let now = record(false, "");
        assert_eq!(merge(&wish(BOOKINGS, Value::Flag(true), Value::Flag(false)), &now), Ok(None));
    }

    #[test]
    fn what_somebody_else_has_changed_otherwise_is_asked_about() {
        let card = |text: &str| Value::Card(text.to_owned());
        let refused = merge(&wish(Field::Card, card("A"), card("B")), &record(true, "C"));
        let clash = Clash { field: Field::Card, now: card("C"), wanted: card("B") };
        assert_eq!(refused, Err(Unwritten::Clashes(vec![clash])));
        // There and back, and meanwhile it was turned off.
        let back = wish(BOOKINGS, Value::Flag(true), Value::Flag(true));
        assert!(matches!(merge(&back, &record(false, "")), Err(Unwritten::Clashes(_))));
    }

    #[test]
    fn an_unknown_permission_is_never_written_by_accident() {
        let mut now = record(true, "");
        let known = Permission::ALL.into_iter().filter(|one| *one != Permission::AccessCommunity);
        now.set = known.map(|one| (one, true)).collect();
        let other = wish(BOOKINGS, Value::Flag(true), Value::Flag(false));
        assert_eq!(merge(&other, &now), Err(Unwritten::Incomplete));
        let itself = Wish::from([(
            Field::Permission(Permission::AccessCommunity),
            Wanted { seen: None, value: Value::Flag(true) },
        )]);
        let merged = merge(&itself, &now).unwrap().unwrap();
        assert!(merged.set.is_complete(), "it is known by being wanted");
    }

    #[test]
    fn no_card_and_an_empty_card_are_the_same() {
        let none = Record { card: None, ..record(true, "") };
        let empty = Value::Card(String::new());
        assert_eq!(merge(&wish(Field::Card, empty.clone(), empty), &none), Ok(None));
    }

    #[test]
    fn a_newer_reading_without_names_keeps_the_names() {
        let mut team = read(
            r#"{"Id":1,"AllTeamMembers":[{"Id":7,"FullName":"Ana","CanMakeBookings":true},{"Id":8,"FullName":"Gone"}]}"#,
        );
        let newer =
            r#"{"Id":1,"TeamAdministrators":[{"Id":7}],"AllTeamMembers":[{"Id":7,"CanMakeBookings":false}]}"#;
        let mut only_gone = team.clone();
        assert!(!refresh(&mut only_gone, read(newer), Some(CoworkerId(8))));
        assert_eq!(only_gone.all_team_members, team.all_team_members[..1], "nobody else is touched");
        assert!(!refresh(&mut team, read(newer), None));
        assert_eq!(team.all_team_members.len(), 1);
        let ana = &team.all_team_members[0];
        let books = ana.permissions.get(Permission::MakeBookings);
        assert_eq!((ana.full_name.as_str(), books), ("Ana", Some(false)));
        assert_eq!(team.permissions_of(ana).get(Permission::TeamAdministrator), Some(true));
    }

    #[test]
    fn who_has_joined_is_told_also_when_somebody_else_has_left() {
        let two = |a: u8, b: u8| read(&format!(r#"{{"Id":1,"AllTeamMembers":[{{"Id":{a}}},{{"Id":{b}}}]}}"#));
        assert!(refresh(&mut two(7, 8), two(7, 9), None));
        assert!(refresh(&mut two(7, 8), two(7, 9), Some(CoworkerId(7))));
        assert!(!refresh(&mut two(7, 8), two(8, 7), None));
    }

    #[derive(Clone, Debug)]
    enum Step {
        Look,
        Save(Vec<(usize, bool)>),
    }

    fn steps() -> impl Strategy<Value = Vec<(bool, Step)>> {
        let wishes = prop::collection::vec((0usize..7, any::<bool>()), 1..4);
        let step = prop_oneof![1 => Just(Step::Look), 3 => wishes.prop_map(Step::Save)];
        prop::collection::vec((any::<bool>(), step), 1..40)
    }

    /// What the first or the second administrator makes of a field.
    fn value(second: bool, field: Field, on: bool) -> Value {
        match field {
            Field::Permission(_) => Value::Flag(on),
            Field::Card => Value::Card(format!("{second}{on}")),
        }
    }

    proptest! {
        /// A save that changes a field to something else than it had must have seen what it had.
        #[test]
        fn two_administrators_lose_no_change_silently_however_their_saves_are_mixed(steps in steps()) {
            let mut server = record(false, "");
            let mut looked = [server.clone(), server.clone()];
            for (second, step) in steps {
                let seen = &mut looked[usize::from(second)];
                match step {
                    Step::Look => *seen = server.clone(),
                    Step::Save(wishes) => {
                        let wish: Wish = wishes.iter().map(|(field, on)| {
                            let field = Field::all().nth(*field).unwrap();
                            (field, Wanted { seen: seen.get(field), value: value(second, field, *on) })
                        }).collect();
                        let before = server.clone();
                        match merge(&wish, &server) {
                            Ok(written) => {
                                server = written.unwrap_or(server);
                                for (field, wanted) in wish.iter() {
                                    prop_assert_eq!(server.get(*field), Some(wanted.value.clone()));
                                    let changed = before.get(*field) != server.get(*field);
                                    prop_assert!(!changed || before.get(*field) == seen.get(*field));
                                }
                                for field in Field::all().filter(|field| wish.get(field).is_none()) {
                                    prop_assert_eq!(before.get(field), server.get(field));
                                }
                                *seen = server.clone();
                            }
                            Err(Unwritten::Clashes(clashes)) => {
                                for clash in clashes {
                                    prop_assert_eq!(Some(clash.now), before.get(clash.field));
                                    prop_assert_ne!(seen.get(clash.field), before.get(clash.field));
                                }
                            }
                            Err(Unwritten::Incomplete) => prop_assert!(false, "all is known here"),
                        }
                    }
                }
            }
        }
    }
}
