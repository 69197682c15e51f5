//! What a row says.

use super::{Roster, arrange};
use crate::queries::{Field, Record, Value};
use crate::routes::Role;
use crate::session::Snapshot;
use crate::views::user::team::permissions::saving::Pending;
use crate::views::user::team::permissions::wording::label;
use contract::teams::{Member, Team};
use contract::{CoworkerId, Permission};
use words::permissions as say;

/// Everything that a row shows of a member, ready to be shown.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RowModel {
    /// The member's name; the id where there is none.
    pub name: String,
    /// The id, where another member has the same name; empty where nobody has.
    pub twin: String,
    /// The company; often empty.
    pub company: String,
    /// What the member is in the team.
    pub role: &'static str,
    /// Whether the member has left.
    pub inactive: bool,
    /// The six permissions, in the order of the table.
    pub cells: [Cell; 6],
    /// The access card; empty for none.
    pub card: String,
    /// Why the card is not saved.
    pub card_failure: Option<String>,
    /// The other teams one administers that the member is in; what is changed here is changed there.
    pub elsewhere: String,
}

impl RowModel {
    /// The name by which nobody else of the team is called.
    pub fn called(&self) -> String {
        if self.twin.is_empty() { self.name.clone() } else { format!("{} {}", self.name, self.twin) }
    }

    /// What is not saved and why, line by line; those next to each other that have one reason share a line.
    pub fn failures(&self) -> String {
        let cells = Permission::ALL.into_iter().zip(&self.cells);
        let failed =
            cells.filter_map(|(permission, cell)| Some((label(permission), cell.failure.as_deref()?)));
        let card = self.card_failure.as_deref().map(|why| (say::access_card(), why));
        let mut failed = failed.chain(card).peekable();
        let mut told = String::new();
        while let Some((name, why)) = failed.next() {
            told += name;
            if failed.peek().is_some_and(|(_, next)| *next == why) {
                told += ", ";
            } else {
                told += &[" – ", why, "\n"].concat();
            }
        }
        told
    }
}

/// One permission of a member.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Cell {
    /// Whether it is given; `None` when that is unknown.
    pub on: Option<bool>,
    /// Why it cannot be changed.
    pub refusal: Option<String>,
    /// Why the last change is not saved.
    pub failure: Option<String>,
    /// Whether it is wanted like that, and the server does not have it yet.
    pub saving: bool,
}

/// What a row depends on beside the team.
pub struct Circumstances<'a> {
    /// Who looks at it.
    pub snapshot: &'a Snapshot,
    /// What is wanted of the member and not saved yet.
    pub pending: Option<&'a Pending>,
    /// The other teams that the member is in.
    pub elsewhere: String,
}

/// The row of a member; `None` when nobody of this id is in the team.
pub fn row_model(roster: &Roster, id: CoworkerId, around: Circumstances) -> Option<RowModel> {
    let member = roster.member(id)?;
    let wanted = |field| around.pending.and_then(|pending| pending.wanted(field));
    let record = Record::of(&roster.team, member);
    let failure = |field| around.pending?.failure(field, record.get(field).as_ref());
    let acting = around.snapshot.acting.as_ref();
    let acting = acting.map(|acting| say::no_change_while_acting(&acting.name));
    let cells = Permission::ALL.map(|permission| {
        let field = Field::Permission(permission);
        let stored = record.set.get(permission);
        let wanted = wanted(field);
        let on = match wanted {
            Some(Value::Flag(on)) => Some(*on),
            _ => stored,
        };
        let refusal = || {
            let administers = permission == Permission::TeamAdministrator && stored == Some(true);
            if administers && around.snapshot.own.as_ref().is_some_and(|own| own.holds(id)) {
                return Some(say::own_rights().to_owned());
            }
            refusal(&roster.team, member, administers).map(ToOwned::to_owned)
        };
        Cell {
            on,
            refusal: acting.clone().or_else(refusal),
            failure: failure(field),
            saving: wanted.is_some(),
        }
    });
    let card = match wanted(Field::Card) {
        Some(Value::Card(card)) => card.clone(),
        _ => member.access_card_id.clone().unwrap_or_default(),
    };
    Some(RowModel {
        name: name_of(member),
        twin: if roster.has_twin(id) { format!("#{id}") } else { String::new() },
        company: member.company_name.trim().to_owned(),
        role: match arrange::role_of(roster, member) {
            Some(Role::Administrator) => say::administrator(),
            Some(Role::Member) => say::member(),
            Some(Role::Inactive) => say::not_active(),
            None => say::unknown_role(),
        },
        inactive: member.active == Some(false),
        cells,
        card,
        card_failure: failure(Field::Card),
        elsewhere: around.elsewhere,
    })
}

/// What a member is called. Somebody without a name can still be told from others.
pub fn name_of(member: &Member) -> String {
    if is_nameless(member) {
        say::nameless_member(&member.id.to_string())
    } else {
        member.full_name.trim().to_owned()
    }
}

/// Whether a member is only called by the id.
pub(super) fn is_nameless(member: &Member) -> bool {
    member.full_name.trim().is_empty()
}

/// Why nothing of a member can be changed, or not whether they administer the team.
pub fn refusal(team: &Team, member: &Member, administers: bool) -> Option<&'static str> {
    if !team.permissions_of(member).is_complete() {
        return Some(say::incomplete());
    }
    let is_other = |one: &&Member| one.id != member.id;
    let administrator =
        |one: &Member| team.permissions_of(one).get(Permission::TeamAdministrator) == Some(true);
    let another = || {
        let elsewhere = team.team_administrators.iter().any(|administrator| administrator.id != member.id);
        elsewhere || team.all_team_members.iter().filter(is_other).any(administrator)
    };
    (administers && !another()).then(say::last_administrator)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::api::{ApiError, Epoch};
    use crate::queries::{Unsaved, Wanted};
    use crate::session::{Phase, Snapshot};
    use contract::Endpoint;
    use contract::teams::TeamProfile;
    use std::sync::Arc;

    const ALL_ON: &str = r#""CanMakeBookings":true,"CanBookForTeam":true,"CanPurchaseProducts":true,"CanPurchaseEvents":true,"CanAccessCommunity":true"#;

    fn roster(administrators: &str, flags: &str) -> Roster {
        let team = TeamProfile::read(&format!(
            r#"{{"Id":1,"TeamAdministrators":[{administrators}],"AllTeamMembers":[
                {{"Id":7,"FullName":"Ana","CompanyName":"Acme",{ALL_ON}{flags}}},
                {{"Id":8,"FullName":" ana ",{ALL_ON}}},{{"Id":9}}]}}"#
        ));
        Roster::new(Arc::new(team.unwrap()), None)
    }

    fn row(roster: &Roster, id: i64, pending: Option<&Pending>) -> RowModel {
        let snapshot = Snapshot {
            epoch: Epoch(1),
            phase: Phase::SignedIn,
            own: None,
            acting: None,
            failure: None,
            kept: None,
        };
        let around = Circumstances { snapshot: &snapshot, pending, elsewhere: String::new() };
        row_model(roster, CoworkerId(id), around).unwrap()
    }

    #[test]
    fn the_last_administrator_stays_and_the_switch_says_why() {
        let last = row(&roster(r#"{"Id":7}"#, ""), 7, None);
        assert!(last.cells[0].refusal.as_ref().unwrap().contains("last administrator"));
        assert_eq!(last.cells[1].refusal, None, "the other permissions can be changed");
        assert_eq!(row(&roster(r#"{"Id":7},{"Id":8}"#, ""), 7, None).cells[0].refusal, None);
    }

    #[test]
    fn what_is_not_known_whole_is_shown_as_unknown_and_not_written() {
        let partial = row(&roster("", r#","IsTeamAdministrator":null"#), 7, None);
        assert_eq!((partial.cells[0].on, partial.role), (None, "Unknown"));
        assert!(partial.cells.iter().all(|cell| cell.refusal.as_ref().unwrap().contains("does not say all")));
    }

    #[test]
    fn what_is_wanted_is_shown_and_what_failed_says_why() {
        let roster = roster(r#"{"Id":8}"#, "");
        let mut pending = Pending::default();
        let field = Field::Permission(Permission::MakeBookings);
        pending.want(field, Wanted { seen: Some(Value::Flag(true)), value: Value::Flag(false) });
        let shown =
            |pending: &Pending| row(&roster, 7, Some(pending)).cells.map(|cell| (cell.on, cell.saving));
        assert_eq!(shown(&pending)[..2], [(Some(false), false), (Some(false), true)]);
        pending.take();
        pending.landed(Err(&Unsaved::Failed(ApiError::Timeout)));
        let back = row(&roster, 7, Some(&pending)).cells[1].clone();
        assert_eq!(
            (back.on, back.saving, back.failure.as_deref()),
            (Some(true), false, Some("Not saved. The server did not answer in time. Try again."))
        );
    }

    #[test]
    fn what_fails_for_one_reason_has_it_once_and_what_is_saved_is_not_named() {
        let mut model = RowModel::default();
        assert_eq!(model.failures(), "");
        let because = |why: &str| Some(why.to_owned());
        model.cells[1].failure = because("Too many.");
        model.cells[3].failure = because("Too many.");
        model.cells[4].failure = because("Gone.");
        model.card_failure = because("Too many.");
        let told = "Make bookings, Purchase products – Too many.\nPurchase event tickets – Gone.\nAccess card – Too many.\n";
        assert_eq!(model.failures(), told);
    }

    #[test]
    fn namesakes_are_told_apart_and_nobody_is_without_a_name() {
        let roster = roster(r#"{"Id":8}"#, "");
        assert_eq!(
            (row(&roster, 7, None).twin.as_str(), row(&roster, 7, None).company.as_str()),
            ("#7", "Acme")
        );
        assert_eq!(row(&roster, 7, None).called(), "Ana #7");
        assert_eq!((row(&roster, 8, None).name.as_str(), row(&roster, 8, None).twin.as_str()), ("ana", "#8"));
        assert_eq!(
            (row(&roster, 9, None).name.as_str(), row(&roster, 9, None).twin.as_str()),
            ("Member 9", "")
        );
    }
}
