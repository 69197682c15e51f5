//! All that can be changed of one member.

use super::draft::{Draft, LONGEST_CARD};
use super::offer_list::OfferList;
use super::sent::{Sent, use_sent};
use crate::markup::{Keyed, View, keyed, view};
use crate::memo::Memo;
use crate::queries::{Clash, Field, Value, Wish};
use crate::signal::{Callback, RwSignal, Signal, StoredValue, effect};
use crate::ui::{Alert, Button, ButtonKind, Dialog, Switch, TextField, question, stay_on};
use crate::views::frame::{LeavingAlert, use_unsaved};
use crate::views::user::team::permissions::desk::{Asked, Desk};
use crate::views::user::team::permissions::wording::{clash_now, keep, label, use_mine};
use contract::{CoworkerId, Permission};
use leptos::prelude::*;
use words::{members, permissions, saving as say};

/// "Manage permissions": six switches and the access card, saved together. What was changed stays until it is saved or
/// given up on purpose; where somebody else has changed the same meanwhile, the person chooses.
#[component]
pub fn TeamPermissionDialog(
    /// What the page shares.
    desk: Desk,
) -> View {
    let whom = Memo::new(move |_| match desk.asked.get() {
        Some(Asked::Manage(id)) => Some(id),
        _ => None,
    });
    let title = Signal::derive(move || {
        let name = whom.get().map(|id| desk.name(id)).unwrap_or_default();
        permissions::manage_permissions(&name)
    });
    let leaving = RwSignal::new(false);
    let draft = RwSignal::new(None::<Draft>);
    let sent = use_sent(desk, draft);
    // However often: what was changed is only given up by the button that says so.
    let stays = Callback::new(move |()| {
        // What was changed of somebody who is gone cannot be saved any more.
        let stays =
            whom.get_untracked().is_some_and(|id| desk.row_untracked(id).is_some() && sent.leaves(id, draft));
        if stays {
            leaving.set(true);
        }
        stays
    });
    let on_close = Callback::new(move |()| {
        if !stays.run(()) {
            desk.close();
        }
    });
    use_unsaved(stays);
    view! {
        <Dialog open=Signal::derive(move || whom.get().is_some()) title on_close>
            {move || {
                let id = whom.get_untracked()?;
                leaving.set(false);
                draft.set(desk.row_untracked(id).map(|row| sent.open(id, Draft::of(&row))));
                Some(view! { <Form desk id draft sent leaving on_close/> })
            }}
        </Dialog>
    }
}

#[component]
fn Form(
    desk: Desk,
    id: CoworkerId,
    draft: RwSignal<Option<Draft>>,
    sent: Sent,
    leaving: RwSignal<bool>,
    on_close: Callback<()>,
) -> View {
    let name = Memo::new(move |_| desk.name(id));
    let card = RwSignal::new(typed_card(draft));
    let with = move |read: &dyn Fn(&Draft) -> bool| draft.with(|draft| draft.as_ref().is_some_and(read));
    effect(move || {
        let typed = card.get();
        draft.update(|draft| {
            if let Some(draft) = draft {
                draft.card = typed;
            }
        });
    });
    let busy = Signal::derive(move || sent.is_under_way(id));
    // What was not saved of the row's own switches is told here while nothing else is heard; but not what was told before.
    let told = StoredValue::new(untrack(|| sent.failed(id)));
    let failure = Memo::new(move |_| {
        let others =
            sent.failed(id).into_iter().filter(|field| told.with_value(|told| !told.contains(field)));
        sent.failure(id).or_else(|| others.into_iter().find_map(|field| desk.failure(id, field)))
    });
    effect(move || {
        // The row shows what is on its way as if it were there; what is put back meanwhile was touched all the same.
        let Some(row) = desk.row(id).filter(|_| !busy.get()) else { return };
        let followed = draft.try_update(|draft| {
            let draft = draft.as_mut()?;
            let before = draft.clone();
            draft.follow(&row);
            (draft.card != before.card).then(|| draft.card.clone())
        });
        if let Some(Some(typed)) = followed {
            card.set(typed);
        }
    });
    // What was to be saved when that was last pressed here.
    let asked_for = StoredValue::<Wish>::default();
    let taking_rights = RwSignal::new(false);
    // One question at a time.
    effect(move || {
        if leaving.get() {
            taking_rights.set(false);
        }
    });
    let discard = Callback::new(move |()| {
        sent.forget(id);
        desk.close();
    });
    let clashes = Memo::new(move |_| {
        desk.saving
            .with(id, |pending| pending.map(|pending| pending.clashes().cloned().collect::<Vec<_>>()))
            .unwrap_or_default()
    });
    let any_clash = Memo::new(move |_| !clashes.read().is_empty());
    // Why nothing can be changed; the last permission has no reason of its own.
    let barred = Signal::derive(move || match desk.row(id) {
        None => Some(members::not_in_team(&name.get())),
        Some(row) => row.cells.last()?.refusal.clone(),
    });
    let refused = Signal::derive(move || {
        if desk.row(id).is_none() {
            Some(say::not_in_team(&name.get()))
        } else if let Some(why) = barred.get() {
            Some(why)
        } else if with(&|draft| draft.card_error().is_some()) {
            Some(say::card_refused().to_owned())
        } else if !with(&Draft::is_changed) {
            Some(say::unchanged().to_owned())
        } else {
            None
        }
    });
    let save = move |confirmed: bool| {
        leaving.set(false);
        let Some(wish) = draft.with_untracked(|draft| draft.as_ref().map(Draft::wish)) else { return };
        let takes = wish.get(&Field::Permission(Permission::TeamAdministrator));
        if takes.is_some_and(|wanted| wanted.value == Value::Flag(false)) && !confirmed {
            taking_rights.set(true);
            return;
        }
        taking_rights.set(false);
        asked_for.set_value(wish.clone());
        sent.send(id, wish);
    };
    let submit = move |event: web_sys::SubmitEvent| {
        event.prevent_default();
        if refused.get_untracked().is_none() && !busy.get_untracked() {
            save(false);
        }
    };
    let switches = Permission::ALL.map(|permission| {
        let place = permission.place();
        let checked =
            Signal::derive(move || draft.with(|draft| draft.as_ref()?.flags.get(place).copied().flatten()));
        let refusal = Signal::derive(move || {
            let row = desk.row(id);
            row.map_or_else(|| barred.get(), |row| row.cells.get(place)?.refusal.clone())
        });
        let on_toggle = Callback::new(move |on: bool| {
            taking_rights.set(false);
            draft.update(|draft| {
                if let Some(flag) = draft.as_mut().and_then(|draft| draft.flags.get_mut(place)) {
                    *flag = Some(on);
                }
            });
        });
        view! {
            <li class="manage__switch">
                <span aria-hidden="true">{label(permission)}</span>
                <Switch label=label(permission).to_owned() checked disabled_reason=refusal on_toggle/>
            </li>
        }
    });
    let card_error = Signal::derive(move || {
        draft.with(|draft| draft.as_ref().and_then(Draft::card_error)).or_else(|| {
            let typed = draft.with(|draft| draft.as_ref().is_some_and(|draft| draft.is_card_changed()));
            barred.get().filter(|_| typed)
        })
    });
    let choose = move |clash: &Clash, take: bool| {
        leaving.set(false);
        desk.saving.keep(id, clash.field);
        draft.update(|draft| {
            if let Some(draft) = draft {
                draft.choose(clash, take);
            }
        });
        if clash.field == Field::Card {
            card.set(typed_card(draft));
        }
        // The button goes with the question.
        stay_on(".manage [type=submit]");
        // What was to be saved is, as soon as nothing is left to choose: that, and nothing that was changed since.
        let is_within = |wish: &Wish| {
            draft.with_untracked(|draft| draft.as_ref().is_some_and(|draft| draft.is_within(wish)))
        };
        let only_that = asked_for.with_value(is_within);
        if only_that
            && !busy.get_untracked()
            && !any_clash.get_untracked()
            && refused.get_untracked().is_none()
        {
            save(false);
        }
    };
    let remove_refusal = Signal::derive(move || {
        if let Some(acting) = desk.acting() {
            return Some(members::no_removing_while_acting(&acting));
        }
        if desk.row(id).is_none() {
            return Some(members::not_in_team(&name.get()));
        }
        if desk.is_oneself(id) {
            return Some(members::not_oneself().to_owned());
        }
        with(&Draft::is_changed).then(|| members::save_first().to_owned())
    });
    // Keyed: a second press that was meant for the one before decides nothing.
    let asked = move || {
        let asked = |clash: Clash| {
            let (told, keep, mine) = (clash_now(&clash), keep(&clash.now), use_mine(&clash.wanted));
            Keyed::new(told.clone(), move || {
                let other = clash.clone();
                view! {
                    <div>
                        <p>{told}</p>
                        <div class="cluster">
                            <Button on_press=Callback::new(move |()| choose(&clash, false))>{keep}</Button>
                            <Button on_press=Callback::new(move |()| choose(&other, true))>{mine}</Button>
                        </div>
                    </div>
                }
            })
        };
        clashes.get().into_iter().map(asked).collect()
    };
    let elsewhere = move || desk.row(id).map(|row| row.elsewhere).filter(|teams| !teams.is_empty());
    view! {
        <form class="form manage" data-home data-id=id.to_string() on:submit=submit novalidate>
            {move || elsewhere().map(|teams| {
                let around = say::also_in();
                view! {
                    <p class="muted">
                        {around.before} <bdi>{teams}</bdi> {around.after} " " {say::counts_there(permissions::team_administrator())}
                    </p>
                }
            })}
            <ul class="list-plain">{switches.into_iter().collect::<View>()}</ul>
            <TextField label=permissions::access_card() value=card hint=say::card_hint(LONGEST_CARD) autocomplete="off" error=card_error/>
            <details class="preview">
                <summary>{move || say::see_as(&name.get())}</summary>
                <OfferList draft/>
            </details>
            <LeavingAlert leaving on_discard=discard/>
            {question(move || taking_rights.get().then(|| view! {
                <p>{move || say::takes_rights_of(&name.get())}</p>
                <div class="cluster">
                    <Button on_press=Callback::new(move |()| taking_rights.set(false))>{say::go_on_editing()}</Button>
                    <Button kind=ButtonKind::Danger on_press=Callback::new(move |()| save(true))>{say::take_rights_and_save()}</Button>
                </div>
            }))}
            {question(move || any_clash.get().then(|| keyed(asked)))}
            {move || failure.get().filter(|_| !busy.get() && !any_clash.get()).map(|sentence| view! { <Alert>{sentence}</Alert> })}
            <div class="form__actions manage__actions">
                <Button kind=ButtonKind::Quiet disabled_reason=remove_refusal
                    on_press=Callback::new(move |()| desk.ask(Asked::Remove(id)))>{members::remove_from_team()}</Button>
                <div class="cluster">
                    <Button on_press=on_close>{say::cancel()}</Button>
                    <Button kind=ButtonKind::Primary submit=true disabled_reason=refused busy>{say::save()}</Button>
                </div>
            </div>
        </form>
    }
}

fn typed_card(draft: RwSignal<Option<Draft>>) -> String {
    draft.with_untracked(|draft| draft.as_ref().map(|draft| draft.card.clone())).unwrap_or_default()
}
