//! "Add members"

use super::people::{Line, read};
use crate::api::ApiError;
use crate::markup::{Show, View, view};
use crate::memo::Memo;
use crate::queries::use_queries;
use crate::signal::{Callback, RwSignal, Signal, effect};
use crate::ui::{
    Button, ButtonKind, Dialog, FieldKind, Select, TextArea, TextField, attend_to_wrong, use_toaster,
};
use crate::views::frame::{LeavingAlert, coded_alert, use_unsaved};
use crate::views::user::team::permissions::desk::{Asked, Desk};
use contract::TariffId;
use contract::teams::{NewMember, NewMembers};
use leptos::prelude::*;
use leptos::task::spawn_local;
use words::members as say;

/// Lines that are listed with what was understood of them: four times as many as can be added.
const LISTED: usize = 100;

/// Adds up to 25 people at once: a line each, typed or pasted from a spreadsheet, on a plan, from a day in the future.
/// Every line that is no person says why. Nothing is sent before all of it is right, and what was typed stays until
/// the server has taken it.
#[component]
pub fn AddMembersDialog(
    /// What the page shares.
    desk: Desk,
) -> View {
    let open = Signal::derive(move || desk.asked.get() == Some(Asked::Add));
    // Kept while the dialog is closed: nobody types twenty-five people twice.
    let people: RwSignal<String> = desk.saving.begun().people.into();
    // Whether somebody wants to go with all of it not sent.
    let leaving = RwSignal::new(false);
    // Closing loses nothing, nor do other pages of the portal; going away does.
    use_unsaved(Callback::new(move |()| {
        let stays = open.get_untracked() && people.with_untracked(|people| !people.trim().is_empty());
        if stays {
            leaving.set(true);
        }
        stays
    }));
    view! {
        <Dialog open title=say::add_title().to_owned() on_close=Callback::new(move |()| desk.close())>
            {move || {
                leaving.set(false);
                view! { <Form desk leaving/> }
            }}
        </Dialog>
    }
}

#[component]
fn Form(desk: Desk, leaving: RwSignal<bool>) -> View {
    let begun = desk.saving.begun();
    let (people, start): (RwSignal<String>, RwSignal<String>) =
        (begun.people.clone().into(), begun.start.clone().into());
    let chosen: RwSignal<Option<String>> = begun.plan.clone().into();
    // Known to every opening: one that is closed while it sends does not let the next one send the same.
    let busy: RwSignal<bool> = begun.adding.clone().into();
    let (queries, toaster) = (use_queries(), use_toaster());
    let lines = Memo::new(move |_| read(&people.read()));
    let right = move || lines.with(|lines| lines.iter().filter(|line| line.person.is_ok()).count());
    let today = today();
    let tried = RwSignal::new(false);
    let failed = RwSignal::new(None::<(String, String)>);

    let plans = queries.plans();
    let default_plan = desk.roster.with_untracked(|roster| {
        let team = &roster.as_ref()?.team;
        Some((team.default_tariff_id?, team.default_tariff_name.clone()))
    });
    let options = {
        let default_plan = default_plan.clone();
        Memo::new(move |_| {
            let mut options: Vec<(TariffId, String)> = Vec::new();
            if let Some((id, name)) = &default_plan {
                let name = if name.is_empty() { say::nameless_plan(&id.to_string()) } else { name.clone() };
                options.push((*id, say::own_plan(&name)));
            }
            let published = plans.get().and_then(Result::ok);
            let others = published.iter().flat_map(|plans| plans.iter());
            let others = others.filter(|plan| default_plan.as_ref().is_none_or(|(id, _)| plan.id != *id));
            options.extend(others.map(|plan| (plan.id, plan.name.clone())));
            options
        })
    };
    let plan = RwSignal::new(
        chosen.get_untracked().or(default_plan.map(|(id, _)| id.to_string())).unwrap_or_default(),
    );
    effect(move || chosen.set(Some(plan.get())));
    let choices = Signal::derive(move || {
        let none = (String::new(), say::choose_plan().to_owned());
        let all = options.get().into_iter().map(|(id, name)| (id.to_string(), name));
        std::iter::once(none).chain(all).collect::<Vec<_>>()
    });
    // Where no plan can be named, its number can still be typed.
    let no_plans = Memo::new(move |_| plans.read().is_some() && options.read().is_empty());

    let people_error = Signal::derive(move || {
        if !tried.get() {
            return None;
        }
        let (all, right) = (lines.read().len(), right());
        match (all, all - right) {
            (0, _) => Some(say::nobody_written().to_owned()),
            (_, 0) => None,
            (_, wrong) => Some(say::lines_wrong(wrong)),
        }
    });
    let plan_id = move || plan.read().trim().parse::<i64>().ok().filter(|id| *id > 0).map(TariffId);
    let plan_error = Signal::derive(move || {
        (tried.get() && plan_id().is_none()).then(|| say::no_plan_chosen().to_owned())
    });
    let start_error = {
        let today = today.clone();
        Signal::derive(move || {
            let start = start.read();
            match (tried.get(), start.is_empty(), start.as_str() > today.as_str()) {
                (true, true, _) => Some(say::no_day_chosen().to_owned()),
                (_, false, false) => Some(say::day_not_in_future().to_owned()),
                _ => None,
            }
        })
    };
    let discarded = begun.clone();
    let submit = move |event: web_sys::SubmitEvent| {
        event.prevent_default();
        if busy.get_untracked() {
            return;
        }
        tried.set(true);
        failed.set(None);
        let wrong =
            [people_error, plan_error, start_error].iter().any(|error| error.get_untracked().is_some());
        let Some(tariff_id) = untrack(plan_id).filter(|_| !wrong) else { return attend_to_wrong(&event) };
        let all = lines.with_untracked(|lines| {
            lines.iter().filter_map(|line| line.person.clone().ok()).collect::<Vec<NewMember>>()
        });
        let (count, epoch) = (all.len(), queries.epoch());
        let members = NewMembers {
            tariff_id,
            people: all,
            start_date: format!("{}T00:00:00.000Z", start.get_untracked()),
        };
        let typed = people.get_untracked();
        let begun = begun.clone();
        begun.adding.set(true);
        spawn_local(async move {
            let result = queries.add_members(epoch, desk.team, members).await;
            begun.adding.set(false);
            match result {
                Ok(()) => {
                    toaster.say(say::added(count));
                    // What was typed since then stays.
                    let as_sent = begun.people.with_untracked(|now| *now == typed);
                    if as_sent {
                        begun.forget_people();
                    }
                    if as_sent && desk.asked.try_get_untracked() == Some(Some(Asked::Add)) {
                        desk.close();
                    }
                }
                Err(ApiError::WrongIdentity) => toaster.warn(words::saving::account_changed()),
                Err(error) => {
                    if failed.try_set(Some((sentence(&error), error.code()))).is_some() {
                        toaster.warn(sentence(&error));
                    }
                }
            }
        });
    };
    let discard = Callback::new(move |()| {
        discarded.forget_people();
        desk.close();
    });
    view! {
        <form class="form" data-home on:submit=submit novalidate>
            <TextArea label=say::people() value=people required=true error=people_error
                hint=say::people_hint(NewMembers::MOST)/>
            <LineList lines/>
            {move || if no_plans.get() {
                view! { <TextField label=say::plan_number() value=plan error=plan_error required=true hint=say::plan_number_hint()/> }
            } else {
                view! {
                    <Select label=say::plan() options=choices selected=plan error=plan_error
                        on_change=Callback::new(move |chosen| plan.set(chosen))/>
                }
            }}
            <TextField label=say::starts_on() kind=FieldKind::Date value=start required=true error=start_error
                hint=say::starts_on_hint()/>
            <LeavingAlert leaving on_discard=discard/>
            {move || failed.get().map(|(sentence, code)| coded_alert(sentence, code))}
            <div class="form__actions">
                <Button on_press=Callback::new(move |()| desk.close())>{say::cancel()}</Button>
                <Button kind=ButtonKind::Primary submit=true busy>
                    // With one line that is wrong nobody is added.
                    {move || match right() {
                        some if some > 0 && some == lines.read().len() => say::add(some),
                        _ => say::add_nobody().to_owned(),
                    }}
                </Button>
            </div>
        </form>
    }
}

/// What was understood of each line.
#[component]
fn LineList(lines: Memo<Vec<Line>>) -> View {
    let row = |line: Line| match line.person {
        Ok(NewMember { full_name, email }) => {
            view! { <li><bdi>{full_name}</bdi> " " <bdi class="muted">{email}</bdi></li> }
        }
        Err(why) => view! {
            <li class="field__error">{say::line(line.number)} " " <bdi>{line.text}</bdi> " – " {why}</li>
        },
    };
    // The list is looked through when one wants to; only what came of it is announced.
    let summary = move || {
        let lines = lines.read();
        let right = lines.iter().filter(|line| line.person.is_ok()).count();
        let wrong = lines.len() - right;
        let right = (right > 0).then(|| say::can_be_added(right));
        right.into_iter().chain((wrong > 0).then(|| say::lines_wrong(wrong))).collect::<Vec<_>>().join(" ")
    };
    view! {
        <p class="visually-hidden" role="status">{summary}</p>
        <Show when=move || !lines.read().is_empty()>
            <ul class="list-plain people">{move || lines.get().into_iter().take(LISTED).map(row).collect::<View>()}</ul>
        </Show>
    }
}

fn sentence(error: &ApiError) -> String {
    match error {
        ApiError::Rejected(problem) if !problem.fields.is_empty() => {
            let said: Vec<&str> = problem.fields.iter().map(|field| field.message.as_str()).collect();
            say::nobody_added(&said.join(" "))
        }
        error if error.may_be_done() => [error.sentence().as_str(), say::perhaps_added()].join(" "),
        ApiError::Unauthorized | ApiError::Forbidden => say::nobody_added_no_rights().to_owned(),
        ApiError::NotFound => say::nobody_added_no_team().to_owned(),
        error => say::nobody_added(&error.sentence()),
    }
}

/// The day it is, here or in UTC, whichever is later: no location has a later one than that tomorrow.
fn today() -> String {
    let now = js_sys::Date::new_0();
    let utc = String::from(now.to_iso_string());
    let here = format!("{:04}-{:02}-{:02}", now.get_full_year(), now.get_month() + 1, now.get_date());
    let utc = utc.get(..10).unwrap_or_default().to_owned();
    utc.max(here)
}
