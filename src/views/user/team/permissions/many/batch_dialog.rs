//! "Turn on … for 12 members?"

use super::plan::plan;
use crate::markup::{IntoView, View, view};
use crate::memo::Memo;
use crate::queries::use_queries;
use crate::signal::{Callback, Signal};
use crate::ui::focus::focus_on;
use crate::ui::{AlertKind, Button, ButtonKind, Dialog, status};
use crate::views::user::team::permissions::desk::{Asked, Desk, Wanted};
use crate::views::user::team::permissions::saving::{Batch, SECONDS_PER_SAVE, is_right_taken, takes_rights};
use crate::views::user::team::permissions::wording::aim_asked;
use leptos::prelude::*;
use words::{many as say, saving};

/// How many are named of those who cannot be changed, and of those who lose their rights.
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
    let queries = use_queries();
    let epoch = queries.epoch();
    // What somebody else has changed since the page was read counts, too.
    queries.look_again_at(desk.team);
    let reading = Signal::derive(move || queries.is_reading(epoch, desk.team));
    let selected: Vec<_> = desk.selection.with_untracked(|selection| selection.members().collect());
    let planned = {
        let fields = wanted.fields.clone();
        Memo::comparing(
            move |_| plan(selected.iter().filter_map(|id| Some((*id, desk.row(*id)?))), &fields),
            |_, _| false,
        )
    };
    let batch = move || Batch::new(wanted.aim.clone(), planned.read().wishes.clone());
    // Named while there are not too many: it is what one would regret.
    let losing = Memo::new(move |_| {
        let planned = planned.read();
        let wishes = planned.wishes.iter().filter(|(_, wish)| takes_rights(wish));
        wishes.map(|(id, _)| *id).collect::<Vec<_>>()
    });
    let is_losing = wanted.fields.iter().any(|(field, value)| is_right_taken(*field, value));
    let kind = if is_losing { ButtonKind::Danger } else { ButtonKind::Primary };
    let losers = move || {
        let losing = losing.read();
        let more = losing.len().saturating_sub(NAMED);
        (!losing.is_empty()).then(|| {
            let named = losing.iter().take(NAMED).map(|id| view! { <li><bdi>{desk.name(*id)}</bdi></li> });
            people(named.collect(), more)
        })
    };
    let begin = Callback::new(move |()| {
        desk.saving.begin(untrack(&batch));
        desk.close();
        // With what pauses and ends it, wherever in the list one is.
        request_animation_frame(|| focus_on(".many"));
    });
    let count = Memo::new(move |_| planned.read().wishes.len());
    let refusal = Signal::derive(move || {
        if desk.saving.batch_runs() {
            Some(say::another_goes_on().to_owned())
        } else {
            (count.get() == 0 && !reading.get()).then(|| say::nothing_to_change().to_owned())
        }
    });
    let already = move || Some(planned.read().already).filter(|some| *some > 0).map(say::so_already);
    let refused = move || {
        let planned = planned.read();
        let (refused, unnamed) = (&planned.refused, planned.refused.len().saturating_sub(NAMED));
        let named = refused.iter().take(NAMED).cloned();
        let named =
            named.map(|(name, why)| view! { <li><bdi>{name}</bdi> " – " {why}</li> }).collect::<View>();
        (!refused.is_empty()).then(|| {
            view! {
                <p>{say::cannot_be_changed(refused.len())}</p>
                {people(named, unnamed)}
            }
        })
    };
    view! {
        <div class="form stack">
            <p>{move || changed(count.get())}</p>
            {move || already().map(|already| view! { <p class="muted">{already}</p> })}
            {status(AlertKind::Warning, move || (!losing.read().is_empty()).then(|| saving::takes_their_rights().into_view()))}
            {losers}
            {refused}
            <div class="form__actions cluster">
                <Button on_press=Callback::new(move |()| desk.close())>{say::cancel()}</Button>
                <Button kind disabled_reason=refusal busy=reading on_press=begin>
                    {move || match count.get() {
                        0 => say::change_nobody().to_owned(),
                        some => say::change(some),
                    }}
                </Button>
            </div>
        </div>
    }
}

/// Those who are named, and how many are not.
fn people(named: View, more: usize) -> View {
    view! {
        <ul class="list-plain people">
            {named}
            {(more > 0).then(|| view! { <li>{say::and_more(more)}</li> })}
        </ul>
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
