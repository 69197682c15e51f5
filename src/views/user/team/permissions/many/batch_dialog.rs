//! "Turn on … for 12 members?"

use super::plan::{Plan, plan};
use crate::markup::{View, view};
use crate::memo::Memo;
use crate::signal::Signal;
use crate::ui::{Alert, AlertKind, Button, ButtonKind, Dialog};
use crate::views::user::team::permissions::desk::{Asked, Desk, Wanted};
use crate::views::user::team::permissions::saving::{Batch, SECONDS_PER_SAVE};
use crate::views::user::team::permissions::wording::aim_asked;
use leptos::prelude::*;
use words::{many as say, saving};

/// How many of those who cannot be changed are named.
const NAMED: usize = 20;

/// Says what a change to many members would do and how long it takes, before anything is sent.
#[component]
pub fn BatchDialog(
    /// What the page shares.
    desk: Desk,
) -> View {
    let wanted = Memo::new(move |_| match desk.asked.get() {
        Some(Asked::Many(wanted)) => Some(wanted),
        _ => None,
    });
    let title = Signal::derive(move || wanted.get().map(|wanted| aim_asked(&wanted.aim)).unwrap_or_default());
    view! {
        <Dialog open=Signal::derive(move || wanted.read().is_some()) title on_close=Callback::new(move |()| desk.close())>
            {move || wanted.get_untracked().map(|wanted| view! { <Question desk wanted/> })}
        </Dialog>
    }
}

#[component]
fn Question(desk: Desk, wanted: Wanted) -> View {
    let selected: Vec<_> = desk.selection.with_untracked(|selection| selection.members().collect());
    let rows = selected.into_iter().filter_map(|id| Some((id, desk.row_untracked(id)?)));
    let Plan { wishes, already, refused } = plan(rows, &wanted.fields);
    let count = wishes.len();
    let unnamed = refused.len().saturating_sub(NAMED);
    let busy =
        desk.saving.batch().with_untracked(|batch| batch.as_ref().is_some_and(|batch| !batch.is_over()));
    let batch = Batch::new(wanted.aim, wishes);
    let takes_rights = batch.takes_rights();
    let begin = Callback::new(move |()| {
        desk.saving.begin(batch.clone());
        desk.close();
    });
    let refusal = if busy {
        Some(say::another_goes_on().to_owned())
    } else {
        (count == 0).then(|| say::nothing_to_change().to_owned())
    };
    view! {
        <div class="form stack">
            <p>{changed(count)}</p>
            {(already > 0).then(|| view! { <p class="muted">{say::so_already(already)}</p> })}
            {takes_rights.then(|| view! {
                <Alert kind=AlertKind::Warning>{saving::takes_their_rights()}</Alert>
            })}
            {(!refused.is_empty()).then(|| view! {
                <p>{say::cannot_be_changed(refused.len())}</p>
                <ul class="list-plain people">
                    {refused.into_iter().take(NAMED).map(|(name, why)| view! { <li><bdi>{name}</bdi> " – " {why}</li> }).collect::<View>()}
                {(unnamed > 0).then(|| view! { <li>{say::and_more(unnamed)}</li> })}
                </ul>
            })}
            <div class="form__actions cluster">
                <Button on_press=Callback::new(move |()| desk.close())>{say::cancel()}</Button>
                <Button kind=ButtonKind::Primary disabled_reason=Signal::stored(refusal) on_press=begin>
                    {if count == 0 { say::change_nobody().to_owned() } else { say::change(count) }}
                </Button>
            </div>
        </div>
    }
}

fn changed(count: usize) -> String {
    match count {
        0 => say::nobody_changed().to_owned(),
        1 => say::one_changed().to_owned(),
        some => {
            // As whole numbers before they are written: to write any other takes 2 kB of code.
            let seconds = some as f64 * SECONDS_PER_SAVE;
            if seconds < 90.0 {
                say::changed_in_seconds(some, seconds.round_ties_even() as u64)
            } else {
                say::changed_in_minutes(some, (seconds / 60.0).round_ties_even() as u64)
            }
        }
    }
}
