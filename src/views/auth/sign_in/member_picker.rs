//! "Sign in as a team member": found by typing part of a name.

use super::impersonation_dialog::ImpersonationDialog;
use super::use_sign_in::use_sign_in;
use crate::session::Target;
use crate::ui::{Avatar, Button, EmptyState, Keyed, SearchField, keyed};
use crate::views::finding::{Words, folded};
use contract::teams::{Member, Team};
use contract::{CoworkerId, ListResult};
use leptos::prelude::*;
use std::collections::BTreeMap;
use std::sync::Arc;

/// Rows shown at once; more than that is for typing, not for scrolling.
const SHOWN: usize = 8;

/// A member, once, with the teams they are in.
#[derive(Clone, PartialEq)]
struct Candidate {
    id: CoworkerId,
    name: String,
    meta: String,
    active: Option<bool>,
    sought: String,
}

fn candidates(teams: &[Team]) -> Vec<Candidate> {
    let mut found: Vec<Candidate> = Vec::new();
    let mut places: BTreeMap<CoworkerId, usize> = BTreeMap::new();
    for team in teams {
        for Member { id, full_name, company_name, email, active, .. } in &team.all_team_members {
            if let Some(known) = places.get(id).and_then(|place| found.get_mut(*place)) {
                known.meta = format!("{}, {}", known.meta, team.name);
                continue;
            }
            let candidate = Candidate {
                id: *id,
                name: full_name.clone(),
                meta: team.name.clone(),
                active: *active,
                sought: folded(&format!("{full_name} {company_name} {email}")),
            };
            places.insert(*id, found.len());
            found.push(candidate);
        }
    }
    found.sort_by(|a, b| (&a.name, a.id).cmp(&(&b.name, b.id)));
    found
}

/// The members of all teams one administers; nothing for those who administer none.
#[component]
pub fn MemberPicker(
    /// The teams, as last read.
    teams: Signal<Option<Arc<ListResult<Team>>>>,
) -> impl IntoView {
    let administers = Memo::new(move |_| teams.read().as_ref().is_some_and(|list| !list.records.is_empty()));
    move || administers.get().then(|| view! { <Picker teams/> })
}

#[component]
fn Picker(teams: Signal<Option<Arc<ListResult<Team>>>>) -> impl IntoView {
    let typed = RwSignal::new(String::new());
    let target = RwSignal::new(None::<Target>);
    let all = Memo::new(move |_| teams.get().map(|list| candidates(&list.records)).unwrap_or_default());
    let found = Memo::new(move |_| {
        let words = Words::new(&typed.read());
        all.read().iter().filter(|one| words.are_in(&one.sought)).cloned().collect::<Vec<_>>()
    });
    let status = move || {
        let count = found.read().len();
        match count {
            0 => "No member found".to_owned(),
            1 => "1 member found".to_owned(),
            _ if count > SHOWN => {
                format!("{count} members, the first {SHOWN} shown. Keep typing to find one.")
            }
            _ => format!("{count} members found"),
        }
    };
    let row = move |one: Candidate| {
        Keyed::new(one.id, move || view! { <li><MemberRow one target/></li> }.into_any())
    };
    let rows = move || found.read().iter().take(SHOWN).cloned().map(row).collect();
    view! {
        <section class="member-picker stack" aria-labelledby="team-members">
            <h2 id="team-members">"Sign in as a team member"</h2>
            <p class="muted">"You administer a team, so you can use its members' accounts on their behalf."</p>
            <SearchField label="Find a team member" value=typed/>
            <p class="muted" role="status">{status}</p>
            <ul class="list-plain">
                {keyed(rows)}
            </ul>
            <Show when=move || found.read().is_empty()>
                <EmptyState title="Nobody by that name" text="Try a shorter part of the name, or clear the search.">
                    <Button on_press=Callback::new(move |()| typed.set(String::new()))>"Clear the search"</Button>
                </EmptyState>
            </Show>
            <ImpersonationDialog target/>
        </section>
    }
}

#[component]
fn MemberRow(one: Candidate, target: RwSignal<Option<Target>>) -> impl IntoView {
    let sign_in = use_sign_in();
    let Candidate { id, name, meta, active, .. } = one;
    let refused = Signal::derive(move || sign_in.refusal(id, active));
    let start = {
        let name = name.clone();
        Callback::new(move |()| target.set(Some(Target { id, name: name.clone() })))
    };
    view! {
        <div class="member-row">
            <div class="member-row__who">
                <Avatar name=name.clone()/>
                <div>
                    <p class="member-row__name"><bdi>{name.clone()}</bdi></p>
                    <p class="member-row__meta muted">{meta}</p>
                </div>
            </div>
            <Button disabled_reason=refused on_press=start>
                <span>"Sign in as " <bdi>{name}</bdi></span>
            </Button>
        </div>
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use contract::Endpoint;
    use contract::teams::MyTeams;

    fn teams() -> Vec<Team> {
        MyTeams::read(
            r#"{"Records":[
                {"Id":1,"Name":"Blue","AllTeamMembers":[{"Id":7,"FullName":"Zoë Ng","CompanyName":"Acme"},{"Id":8,"FullName":"Ana"}]},
                {"Id":2,"Name":"Red","AllTeamMembers":[{"Id":7,"FullName":"Zoë Ng"}]}]}"#,
        )
        .unwrap()
        .records
    }

    #[test]
    fn a_member_of_two_teams_is_one_candidate_and_names_both() {
        let found = candidates(&teams());
        assert_eq!(found.iter().map(|one| one.name.as_str()).collect::<Vec<_>>(), ["Ana", "Zoë Ng"]);
        assert_eq!(found[1].meta, "Blue, Red");
    }

    #[test]
    fn part_of_a_name_or_company_finds_a_member_whatever_the_case() {
        let found = candidates(&teams());
        for typed in ["zoë", "NG", "ng zo", "acme", "  "] {
            assert!(Words::new(typed).are_in(&found[1].sought), "{typed}");
        }
        assert!(!Words::new("ana").are_in(&found[1].sought));
    }
}
