//! Who is shown, and in which order.

use super::Roster;
use super::row_model::is_nameless;
use crate::queries::{Field, Value};
use crate::routes::{Column, MembersView, Role};
use crate::views::finding::Words;
use contract::teams::Member;
use contract::{CoworkerId, Permission};
use std::cmp::{Ordering, Reverse};

/// What is wanted of a member's permission and not saved yet.
type Wanted<'a> = &'a dyn Fn(CoworkerId, Field) -> Option<Value>;

/// The members that a view shows, in its order. Those who are equal in what is sorted by are in the order of names,
/// whichever way round; what is unknown or empty comes last, also whichever way round.
pub fn arrange(roster: &Roster, wanted: Wanted, view: &MembersView) -> Vec<CoworkerId> {
    let words = Words::new(&view.find);
    let found = if words.is_empty() { Vec::new() } else { roster.directory.find(&words) };
    let members = &roster.team.all_team_members;
    let by_name = roster.directory.in_order().iter().filter_map(|place| Some((*place, members.get(*place)?)));
    let shown = by_name
        .filter(|(place, _)| found.get(*place).copied().unwrap_or(words.is_empty()))
        .filter(|(_, member)| view.role.is_none_or(|role| role_of(roster, member) == Some(role)))
        .filter(|(_, member)| {
            let mut only = view.only.iter();
            only.all(|(permission, on)| flag(roster, wanted, member, *permission) == Some(*on))
        });
    let mut places: Vec<(usize, &Member)> = shown.collect();
    let turned = |order: Ordering| if view.descending { order.reverse() } else { order };
    // They come in the order of names, which those who are equal keep. One closure for all other columns: each way to
    // compare that sorting is given is a copy of it to download.
    let compare = |(a, one): &(usize, &Member), (b, other): &(usize, &Member)| match view.sort {
        Column::Name => Ordering::Equal,
        Column::Company => {
            let (one, other) = (roster.directory.company(*a), roster.directory.company(*b));
            one.is_empty().cmp(&other.is_empty()).then_with(|| turned(one.cmp(other)))
        }
        Column::Role => {
            let (one, other) = (role_of(roster, one), role_of(roster, other));
            one.is_none().cmp(&other.is_none()).then_with(|| turned(one.cmp(&other)))
        }
        Column::Permission(permission) => {
            let flag = |member| flag(roster, wanted, member, permission);
            let (one, other) = (flag(one), flag(other));
            one.is_none().cmp(&other.is_none()).then_with(|| turned(Reverse(one).cmp(&Reverse(other))))
        }
        Column::Card => {
            let (one, other) = (card(one), card(other));
            one.is_none().cmp(&other.is_none()).then_with(|| turned(one.cmp(&other)))
        }
    };
    if view.sort != Column::Name {
        places.sort_by(compare);
    } else if view.descending {
        let named = places.partition_point(|(_, member)| !is_nameless(member));
        let (named, nameless) = places.split_at_mut(named);
        named.reverse();
        nameless.reverse();
    }
    places.into_iter().map(|(_, member)| member.id).collect()
}

/// What a member is in the team; `None` when it is not known whether they administer it.
pub(super) fn role_of(roster: &Roster, member: &Member) -> Option<Role> {
    if member.active == Some(false) {
        return Some(Role::Inactive);
    }
    let administers = roster.team.permissions_of(member).get(Permission::TeamAdministrator)?;
    Some(if administers { Role::Administrator } else { Role::Member })
}

fn card(member: &Member) -> Option<&str> {
    member.access_card_id.as_deref().filter(|card| !card.is_empty())
}

/// Whether a member has a permission, as the table shows it.
fn flag(roster: &Roster, wanted: Wanted, member: &Member, permission: Permission) -> Option<bool> {
    match wanted(member.id, Field::Permission(permission)) {
        Some(Value::Flag(on)) => Some(on),
        _ => roster.team.permissions_of(member).get(permission),
    }
}

/// How many of these members have each permission, as the server has it.
pub fn counts(roster: &Roster, shown: &[CoworkerId]) -> [usize; 6] {
    let mut counts = [0; 6];
    for member in shown.iter().filter_map(|id| roster.member(*id)) {
        let set = roster.team.permissions_of(member);
        for (count, permission) in counts.iter_mut().zip(Permission::ALL) {
            *count += usize::from(set.get(permission) == Some(true));
        }
    }
    counts
}

/// The same counts with what is wanted of these few members in place of what the server has.
pub fn counts_with(
    mut counts: [usize; 6],
    roster: &Roster,
    wanted: Wanted,
    few: &[CoworkerId],
) -> [usize; 6] {
    for member in few.iter().filter_map(|id| roster.member(*id)) {
        let set = roster.team.permissions_of(member);
        for (count, permission) in counts.iter_mut().zip(Permission::ALL) {
            let (was, is) = (set.get(permission), flag(roster, wanted, member, permission));
            *count = *count + usize::from(is == Some(true)) - usize::from(was == Some(true));
        }
    }
    counts
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::list_map::ListMap;
    use contract::Endpoint;
    use contract::teams::TeamProfile;
    use proptest::prelude::*;
    use std::sync::Arc;

    fn roster() -> Roster {
        let team = TeamProfile::read(
            r#"{"Id":1,"TeamAdministrators":[{"Id":2}],"AllTeamMembers":[
                {"Id":1,"FullName":"Zoë","CompanyName":"","Active":true,"CanMakeBookings":true,"AccessCardId":"B"},
                {"Id":2,"FullName":"ana","CompanyName":"Blue","Active":true,"CanMakeBookings":false},
                {"Id":3,"FullName":"Bo","CompanyName":"acme","Active":false,"CanMakeBookings":null,"AccessCardId":"A"},
                {"Id":4,"FullName":"Ana","CompanyName":"Acme","Active":true,"CanMakeBookings":true}]}"#,
        );
        Roster::new(Arc::new(team.unwrap()), None)
    }

    fn shown(view: &MembersView) -> Vec<i64> {
        arrange(&roster(), &|_, _| None, view).iter().map(|id| id.0).collect()
    }

    fn sorted(sort: Column, descending: bool) -> Vec<i64> {
        shown(&MembersView { sort, descending, ..MembersView::default() })
    }

    #[test]
    fn every_column_sorts_and_what_is_unknown_or_empty_comes_last_whichever_way() {
        assert_eq!(sorted(Column::Name, false), [4, 2, 3, 1]);
        assert_eq!(sorted(Column::Name, true), [1, 3, 2, 4]);
        assert_eq!(sorted(Column::Company, false), [4, 3, 2, 1]);
        assert_eq!(sorted(Column::Company, true), [2, 4, 3, 1]);
        assert_eq!(sorted(Column::Role, false), [2, 4, 1, 3]);
        let bookings = Column::Permission(Permission::MakeBookings);
        assert_eq!(sorted(bookings, false), [4, 1, 2, 3]);
        assert_eq!(sorted(bookings, true), [2, 4, 1, 3]);
        assert_eq!(sorted(Column::Card, false), [3, 1, 4, 2]);
        assert_eq!(sorted(Column::Card, true), [1, 3, 4, 2]);
    }

    #[test]
    fn who_has_no_name_comes_last_whichever_way() {
        let team = r#"{"Id":1,"AllTeamMembers":[{"Id":12},{"Id":3,"FullName":"Zoë"},{"Id":4,"FullName":" "},{"Id":5,"FullName":"Ana"}]}"#;
        let roster = Roster::new(Arc::new(TeamProfile::read(team).unwrap()), None);
        let sorted = |sort, descending| {
            let view = MembersView { sort, descending, ..MembersView::default() };
            arrange(&roster, &|_, _| None, &view).iter().map(|id| id.0).collect::<Vec<_>>()
        };
        assert_eq!(sorted(Column::Name, false), [5, 3, 12, 4]);
        assert_eq!(sorted(Column::Name, true), [3, 5, 4, 12]);
        assert_eq!(sorted(Column::Card, false), [5, 3, 12, 4]);
    }

    #[test]
    fn many_who_are_equal_stay_in_the_order_of_names_whichever_way() {
        let member = |id| format!(r#"{{"Id":{id},"FullName":"Member {:02}","Active":true}}"#, 70 - id);
        let members: Vec<_> = (1..70).map(member).collect();
        let team = format!(r#"{{"Id":1,"AllTeamMembers":[{}]}}"#, members.join(","));
        let roster = Roster::new(Arc::new(TeamProfile::read(&team).unwrap()), None);
        for sort in Column::all().filter(|sort| *sort != Column::Name) {
            for descending in [false, true] {
                let view = MembersView { sort, descending, ..MembersView::default() };
                let shown: Vec<_> = arrange(&roster, &|_, _| None, &view).iter().map(|id| id.0).collect();
                assert!(shown.is_sorted_by(|one, next| one > next), "{sort:?} {descending}: {shown:?}");
            }
        }
    }

    #[test]
    fn filters_narrow_together_and_what_is_unknown_is_neither_on_nor_off() {
        let only = |on| ListMap::from([(Permission::MakeBookings, on)]);
        assert_eq!(shown(&MembersView { only: only(true), ..MembersView::default() }), [4, 1]);
        assert_eq!(shown(&MembersView { only: only(false), ..MembersView::default() }), [2]);
        let role = Some(Role::Administrator);
        assert_eq!(shown(&MembersView { role, only: only(false), ..MembersView::default() }), [2]);
        assert_eq!(shown(&MembersView { role, only: only(true), ..MembersView::default() }), [] as [i64; 0]);
        let role = Some(Role::Inactive);
        assert_eq!(shown(&MembersView { role, ..MembersView::default() }), [3]);
        assert_eq!(shown(&MembersView { find: "ana acme".into(), ..MembersView::default() }), [4]);
    }

    #[test]
    fn what_is_wanted_counts_before_it_is_saved() {
        let (roster, all) = (roster(), [1, 2, 3, 4].map(CoworkerId));
        let bookings = Field::Permission(Permission::MakeBookings);
        let wanted = |id: CoworkerId, field| (id.0 == 2 && field == bookings).then_some(Value::Flag(true));
        assert_eq!(counts(&roster, &all), [1, 2, 0, 0, 0, 0]);
        assert_eq!(counts(&roster, &all[..1]), [0, 1, 0, 0, 0, 0]);
        assert_eq!(counts_with(counts(&roster, &all), &roster, &wanted, &all[1..2]), [1, 3, 0, 0, 0, 0]);
        assert_eq!(counts_with(counts(&roster, &all), &roster, &wanted, &[]), [1, 2, 0, 0, 0, 0]);
    }

    proptest! {
        #[test]
        fn an_order_shows_everybody_once_whatever_it_sorts_by(
            sort in prop::sample::select(Column::all().collect::<Vec<_>>()), descending in any::<bool>()
        ) {
            let mut all = sorted(sort, descending);
            all.sort_unstable();
            prop_assert_eq!(all, [1, 2, 3, 4]);
        }
    }
}
