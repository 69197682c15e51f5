//! "Turn on … for 12 members?"

use super::plan::{Plan, plan};
use crate::queries::Field;
use crate::ui::{Alert, AlertKind, Button, ButtonKind, Dialog};
use crate::views::user::team::permissions::desk::{Asked, Desk, Wanted};
use crate::views::user::team::permissions::saving::{Batch, SECONDS_PER_SAVE};
use crate::views::user::team::permissions::words::value;
use contract::Permission;
use leptos::prelude::*;

/// How many of those who cannot be changed are named.
const NAMED: usize = 20;

/// Says what a change to many members would do and how long it takes, before anything is sent.
#[component]
pub fn BatchDialog(
    /// What the page shares.
    desk: Desk,
) -> impl IntoView {
    let wanted = Memo::new(move |_| match desk.asked.get() {
        Some(Asked::Many(wanted)) => Some(wanted),
        _ => None,
    });
    let title =
        Signal::derive(move || wanted.get().map(|wanted| format!("{}?", wanted.title)).unwrap_or_default());
    view! {
        <Dialog open=Signal::derive(move || wanted.read().is_some()) title on_close=Callback::new(move |()| desk.close())>
            {move || wanted.get_untracked().map(|wanted| view! { <Question desk wanted/> })}
        </Dialog>
    }
}

#[component]
fn Question(desk: Desk, wanted: Wanted) -> impl IntoView {
    let selected: Vec<_> = desk.selection.with_untracked(|selection| selection.members().collect());
    let rows = selected.into_iter().filter_map(|id| Some((id, desk.row_untracked(id)?)));
    let Plan { wishes, already, refused } = plan(rows, &wanted.fields);
    let count = wishes.len();
    let takes_rights = wanted.fields.iter().any(|(field, wanted)| {
        *field == Field::Permission(Permission::TeamAdministrator) && value(Some(wanted)) == "off"
    });
    let unnamed = refused.len().saturating_sub(NAMED);
    let busy =
        desk.saving.batch().with_untracked(|batch| batch.as_ref().is_some_and(|batch| !batch.is_over()));
    let title = wanted.title;
    let begin = Callback::new(move |()| {
        desk.saving.begin(Batch::new(title.clone(), wishes.clone()));
        desk.close();
    });
    let refusal = if busy {
        Some("Another change to many members is going on. Wait for it, or cancel it.".to_owned())
    } else {
        (count == 0).then(|| "There is nothing to change.".to_owned())
    };
    view! {
        <div class="form stack">
            <p>{changed(count)}</p>
            {(already > 0).then(|| view! { <p class="muted">{format!("{} so already.", are(already))}</p> })}
            {(count > 0 && takes_rights).then(|| view! {
                <Alert kind=AlertKind::Warning>"They will no longer see and change the permissions of this team, or act as its members."</Alert>
            })}
            {(!refused.is_empty()).then(|| view! {
                <p>{format!("{} cannot be changed:", people(refused.len()))}</p>
                <ul class="list-plain people">
                    {refused.into_iter().take(NAMED).map(|(name, why)| view! { <li><bdi>{name}</bdi> " – " {why}</li> }).collect_view()}
                {(unnamed > 0).then(|| view! { <li>{format!("and {unnamed} more")}</li> })}
                </ul>
            })}
            <div class="form__actions cluster">
                <Button on_press=Callback::new(move |()| desk.close())>"Cancel"</Button>
                <Button kind=ButtonKind::Primary disabled_reason=Signal::stored(refusal) on_press=begin>
                    {match count { 0 => "Change".to_owned(), some => format!("Change {}", people(some)) }}
                </Button>
            </div>
        </div>
    }
}

fn people(count: usize) -> String {
    if count == 1 { "1 member".to_owned() } else { format!("{count} members") }
}

fn are(count: usize) -> String {
    if count == 1 { "1 member is".to_owned() } else { format!("{count} members are") }
}

fn changed(count: usize) -> String {
    match count {
        0 => "Nobody would be changed.".to_owned(),
        1 => "1 member is changed.".to_owned(),
        some => {
            let seconds = some as f64 * SECONDS_PER_SAVE;
            let (time, unit) =
                if seconds < 90.0 { (seconds, "seconds") } else { (seconds / 60.0, "minutes") };
            // As a whole number before it is written: to write any other takes 2 kB of code.
            let time = time.round_ties_even() as u64;
            format!(
                "{some} members are changed, one after the other, in about {time} {unit}. You can pause, cancel and undo it."
            )
        }
    }
}
