//! How a change to many members goes on.

use crate::api::Millis;
use crate::markup::{Show, View, view};
use crate::memo::Memo;
use crate::queries::use_queries;
use crate::signal::{Callback, RwSignal, StoredValue, effect};
use crate::ui::{Button, ButtonKind, question, stay_on};
use crate::views::user::team::permissions::desk::Desk;
use crate::views::user::team::permissions::saving::{Batch, Phase, State};
use crate::views::user::team::permissions::wording;
use gloo_timers::callback::Interval;
use leptos::web_sys::Element;
use leptos::{ev, prelude::*};
use words::{many as say, saving};

/// How many failed members are named.
const NAMED: usize = 50;
/// How many members are listed with what came of them.
const LISTED: usize = 200;

/// The progress of the change to many members: pause, go on, cancel, try the failed again, undo. Not there without one.
#[component]
pub fn BatchPanel(
    /// What the page shares.
    desk: Desk,
) -> View {
    let batch = move || desk.saving.batch();
    let read = move |read: fn(&Batch) -> bool| move || batch().as_ref().is_some_and(read);
    let there = read(|_| true);
    let over = read(Batch::is_over);
    let running = read(|batch| batch.phase() == Phase::Running && !batch.is_over());
    let paused = read(|batch| batch.phase() == Phase::Paused && !batch.is_over());
    let failed = read(Batch::can_be_tried_again);
    let undoable = read(|batch| batch.is_over() && batch.undo().is_some());
    let title = move || batch().as_ref().map(title_of).unwrap_or_default();
    let progress = Memo::new(move |_| batch().as_ref().map(Batch::progress).unwrap_or_default());
    let rests = Memo::new(move |_| batch().as_ref().and_then(Batch::rests));
    let is_out_of_reach = read(Batch::is_out_of_reach);
    let queries = use_queries();
    let clock = RwSignal::new(queries.now());
    let ticking = StoredValue::new(None);
    effect(move || {
        let tick = move || clock.set(queries.now());
        tick();
        let waits = rests.get().filter(|_| running());
        ticking.set_value(waits.map(|_| Interval::new(1_000, tick)));
    });
    let said = move |now: Millis| {
        let progress = progress.get();
        let saved = match progress.failed {
            0 => say::saved_of(progress.done, progress.all),
            some => say::saved_of_with_failures(progress.done, progress.all, some),
        };
        match batch().as_ref().map(|batch| (batch.phase(), batch.is_over())) {
            Some((Phase::Cancelled, true)) => say::cancelled(&saved),
            Some((_, true)) => say::done(&saved),
            Some((Phase::Paused, _)) => say::paused(&saved),
            _ => match rests.get() {
                Some(until) => {
                    let time = words::session::seconds(until.seconds_after(now));
                    if is_out_of_reach() {
                        say::out_of_reach(&saved, &time)
                    } else {
                        say::rests(&saved, &time)
                    }
                }
                None => saved,
            },
        }
    };
    // Every step and second is seen; only the ends and every tenth step are announced.
    let announced = Memo::new(move |before: Option<&String>| {
        let progress = progress.get();
        let tenth = (progress.all / 10).max(1);
        // A try at a server that is out of reach is none.
        let tries = is_out_of_reach() && rests.get().is_none() && !over() && !paused();
        let worth_it =
            over() || paused() || rests.get().is_some() || (progress.done + progress.failed) % tenth == 0;
        if worth_it && !tries { said(queries.now()) } else { before.cloned().unwrap_or_default() }
    });
    let failures = move || {
        let batch = batch();
        let items = batch.iter().flat_map(|batch| batch.members());
        let failures = items.filter_map(|item| match &item.state {
            State::Failed(why) => Some((item.member, wording::unsaved(why))),
            _ => None,
        });
        failures
            .take(NAMED)
            .map(|(id, why)| view! { <li><bdi>{desk.name(id)}</bdi> " – " {why}</li> })
            .collect::<View>()
    };
    let steer = move |how: fn(&mut Batch)| Callback::new(move |()| desk.saving.steer(how));
    let put_away = Callback::new(move |()| {
        desk.saving.put_away();
        stay_on(".rows-scroll");
    });
    let taking_rights = RwSignal::new(false);
    // Asked of this change, and not of the next one.
    effect(move || {
        if !undoable() {
            taking_rights.set(false);
        }
    });
    let undo = move |confirmed: bool| {
        let Some(undo) = untrack(|| batch().as_ref().and_then(Batch::undo)) else { return };
        let asks = !confirmed && undo.takes_rights();
        taking_rights.set(asks);
        if !asks {
            desk.saving.begin(undo);
        }
    };
    view! {
        <Show when=there>
            <section class="many stack" tabindex="-1" aria-label=say::panel()>
                <h2 class="many__title">{title}</h2>
                <progress class="many__bar" aria-label=say::progress() max=move || progress.get().all.to_string()
                    value=move || { let progress = progress.get(); (progress.done + progress.failed).to_string() }></progress>
                <p aria-hidden="true">{move || said(clock.get())}</p>
                <p class="visually-hidden" role="status">{move || announced.get()}</p>
                <Show when=move || { progress.get().failed > 0 }>
                    <ul class="list-plain people">
                        {failures}
                        {move || progress.get().failed.checked_sub(NAMED).filter(|more| *more > 0).map(|more| view! { <li>{say::and_more(more)}</li> })}
                    </ul>
                </Show>
                <Results desk/>
                {question(move || taking_rights.get().then(|| view! {
                    <p>{saving::takes_their_rights()}</p>
                    <div class="cluster">
                        <Button on_press=Callback::new(move |()| taking_rights.set(false))>{say::cancel()}</Button>
                        <Button kind=ButtonKind::Danger on_press=Callback::new(move |()| undo(true))>{saving::take_rights_and_save()}</Button>
                    </div>
                }))}
                <div class="cluster">
                    <Show when=running><Button on_press=steer(Batch::pause)>{say::pause()}</Button></Show>
                    <Show when=paused><Button kind=ButtonKind::Primary on_press=steer(Batch::resume)>{say::resume()}</Button></Show>
                    <Show when=move || !over()><Button on_press=steer(Batch::cancel)>{say::cancel_rest()}</Button></Show>
                    <Show when=failed><Button on_press=steer(Batch::retry)>{say::retry()}</Button></Show>
                    <Show when=undoable><Button on_press=Callback::new(move |()| undo(false))>{say::undo_all()}</Button></Show>
                    <Show when=over><Button kind=ButtonKind::Quiet on_press=put_away>{say::close()}</Button></Show>
                </div>
            </section>
        </Show>
    }
}

fn title_of(batch: &Batch) -> String {
    let title = wording::aim(batch.aim());
    if batch.is_undo() { say::undo_of(&title) } else { title }
}

/// What came of each member; only while somebody looks at it.
#[component]
fn Results(desk: Desk) -> View {
    let batch = move || desk.saving.batch();
    let open = RwSignal::new(false);
    let follow = move |event: ev::Event| {
        open.set(event_target::<Element>(&event).has_attribute("open"));
    };
    let results = move || {
        let batch = batch();
        let given_up = batch.as_ref().is_some_and(|batch| batch.phase() == Phase::Cancelled);
        let items = batch.iter().flat_map(|batch| batch.members());
        let more = items.clone().count().saturating_sub(LISTED);
        let each = items.take(LISTED).map(|item| {
            let result = match &item.state {
                State::Waiting if given_up => say::not_changed(),
                State::Waiting => say::waiting(),
                State::Sending(_) => say::being_saved(),
                State::Done { already: true } => say::so_before(),
                State::Done { already: false } => say::saved(),
                State::Failed(_) => say::not_saved(),
            };
            view! { <li><bdi>{desk.name(item.member)}</bdi> " – " {result}</li> }
        });
        let each = each.collect::<View>();
        view! { {each} {(more > 0).then(|| view! { <li>{say::and_more(more)}</li> })} }
    };
    view! {
        <details on:toggle=follow>
            <summary>{say::results()}</summary>
            <ul class="list-plain people">{move || open.get().then(results)}</ul>
        </details>
    }
}
