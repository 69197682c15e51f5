//! One member.

use super::super::saving::Saving;
use super::permission_switch::PermissionSwitch;
use crate::session::Target;
use crate::ui::{Avatar, Button, ButtonKind};
use crate::views::auth::sign_in::use_sign_in;
use contract::teams::{Member, Team};
use contract::{CoworkerId, Permission};
use leptos::prelude::*;
use std::sync::Arc;

/// A row: who it is, six switches, and "Impersonate account".
#[component]
pub fn TeamPermissionRow(
    /// The team as last read.
    team: Signal<Option<Arc<Team>>>,
    /// Whose row.
    id: CoworkerId,
    /// What is wanted and not saved yet.
    saving: Saving,
    /// Receives whom to ask about before they are no longer an administrator.
    dismissed: RwSignal<Option<(CoworkerId, String)>>,
    /// Receives whom to impersonate.
    target: RwSignal<Option<Target>>,
) -> impl IntoView {
    let sign_in = use_sign_in();
    let member = move || -> Option<Member> {
        team.read().as_ref()?.all_team_members.iter().find(|member| member.id == id).cloned()
    };
    let name = Memo::new(move |_| member().map(|member| member.full_name).unwrap_or_default());
    let meta = Memo::new(move |_| member().map(|member| member.company_name).unwrap_or_default());
    let active = Memo::new(move |_| member().and_then(|member| member.active));
    let refused = Signal::derive(move || sign_in.refusal(id, active.get()));
    let ask = Callback::new(move |()| target.set(Some(Target { id, name: name.get_untracked() })));
    view! {
        <tr>
            <th scope="row">
                <div class="member-cell">
                    <Avatar name=name/>
                    <div>
                        <bdi class="member-cell__name">{name}</bdi>
                        <div class="member-cell__meta">
                            <bdi>{meta}</bdi>
                            {move || (active.get() == Some(false)).then(|| view! { <span class="badge">"Not active"</span> })}
                        </div>
                    </div>
                </div>
            </th>
            {Permission::ALL.map(|permission| view! {
                <td><PermissionSwitch team id name permission saving dismissed/></td>
            })}
            <td>
                <Button kind=ButtonKind::Quiet disabled_reason=refused on_press=ask
                    label=Signal::derive(move || format!("Impersonate account: {}", name.get()))>
                    "Impersonate account"
                </Button>
            </td>
        </tr>
    }
}
