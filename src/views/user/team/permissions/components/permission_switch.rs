//! One permission of one member.

use super::super::labels::label;
use super::super::saving::Saving;
use crate::session::use_snapshot;
use crate::ui::Switch;
use contract::teams::{Member, Team};
use contract::{CoworkerId, Permission};
use leptos::prelude::*;
use std::sync::Arc;

/// A switch that saves at once and shows what is wanted meanwhile. A save that failed flips it back to what the server
/// has and says why, beside it.
#[component]
pub fn PermissionSwitch(
    /// The team as last read.
    team: Signal<Option<Arc<Team>>>,
    /// Whose permission.
    id: CoworkerId,
    /// Their name.
    name: Memo<String>,
    /// Which one.
    permission: Permission,
    /// What is wanted and not saved yet.
    saving: Saving,
    /// Receives whom to ask about before they are no longer an administrator.
    dismissed: RwSignal<Option<(CoworkerId, String)>>,
) -> impl IntoView {
    let snapshot = use_snapshot();
    let stored = Memo::new(move |_| {
        let team = team.read();
        let team = team.as_ref()?;
        team.permissions_of(member(team, id)?).get(permission)
    });
    let wanted = Memo::new(move |_| saving.wanted(id, permission));
    let checked = Signal::derive(move || wanted.get().or(stored.get()));
    let error = Signal::derive(move || saving.failure(id, permission));
    let refused = Signal::derive(move || {
        if let Some(acting) = &snapshot.read().acting {
            return Some(format!("Permissions cannot be changed while you act as {}.", acting.name));
        }
        let administers = permission == Permission::TeamAdministrator && stored.get() == Some(true);
        if administers && snapshot.read().own.as_ref().is_some_and(|own| own.holds(id)) {
            return Some("You cannot change your own administrator rights.".to_owned());
        }
        team.read().as_ref().and_then(|team| refusal(team, id, administers)).map(ToOwned::to_owned)
    });
    let toggle = Callback::new(move |on: bool| {
        if permission == Permission::TeamAdministrator && !on {
            dismissed.set(Some((id, name.get_untracked())));
        } else {
            saving.want(id, permission, on);
        }
    });
    view! {
        <span class="cell-label" aria-hidden="true">{label(permission)}</span>
        <Switch label=Signal::derive(move || format!("{} for {}", label(permission), name.get()))
            checked disabled_reason=refused error on_toggle=toggle/>
    }
}

fn member(team: &Team, id: CoworkerId) -> Option<&Member> {
    team.all_team_members.iter().find(|member| member.id == id)
}

/// Why nothing of a member can be changed, or not whether they administer the team.
fn refusal(team: &Team, id: CoworkerId, administers: bool) -> Option<&'static str> {
    let complete = member(team, id).is_some_and(|member| team.permissions_of(member).is_complete());
    if !complete {
        return Some(
            "The server does not say all of this member's permissions, and they can only be saved together.",
        );
    }
    let administrator = |member: &&Member| team.permissions_of(member).is_team_administrator == Some(true);
    let others = team.all_team_members.iter().filter(administrator).filter(|member| member.id != id);
    let elsewhere = team.team_administrators.iter().filter(|administrator| administrator.id != id);
    (administers && others.count() + elsewhere.count() == 0)
        .then_some("This is the team's last administrator. Make somebody else one first.")
}

#[cfg(test)]
mod tests {
    use super::*;
    use contract::Endpoint;
    use contract::teams::TeamProfile;

    fn team(administrators: &str, flags: &str) -> Team {
        TeamProfile::read(&format!(
            r#"{{"Id":1,"TeamAdministrators":[{administrators}],"AllTeamMembers":[
                {{"Id":7,"CanMakeBookings":true,"CanBookForTeam":true,"CanPurchaseProducts":true,
                  "CanPurchaseEvents":true,"CanAccessCommunity":true{flags}}}]}}"#
        ))
        .unwrap()
    }

    #[test]
    fn the_last_administrator_stays_and_the_switch_says_why() {
        let last = team(r#"{"Id":7}"#, "");
        assert!(refusal(&last, CoworkerId(7), true).unwrap().contains("last administrator"));
        assert_eq!(refusal(&last, CoworkerId(7), false), None, "the other permissions can be changed");
        assert_eq!(refusal(&team(r#"{"Id":7},{"Id":8}"#, ""), CoworkerId(7), true), None);
    }

    #[test]
    fn what_is_not_known_whole_is_not_written() {
        let partial = team("", r#","IsTeamAdministrator":null"#);
        assert!(refusal(&partial, CoworkerId(7), false).unwrap().contains("does not say all"));
        assert!(refusal(&partial, CoworkerId(9), false).is_some(), "who is not there cannot be changed");
    }
}
