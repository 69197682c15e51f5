//! `/sign-in/profiles`

use super::device_choice::DeviceChoice;
use super::member_picker::MemberPicker;
use super::profile_finder::ProfileFinder;
use super::profile_list::{ListedProfile, listed};
use super::settled::{Arrival, use_settling};
use super::straight::{Straight, straight};
use super::use_sign_in::{SignIn, use_sign_in};
use super::walk::walk;
use crate::markup::{NodeRef, View, live, view};
use crate::memo::Memo;
use crate::queries::use_queries;
use crate::routes::{Next, next_or_home};
use crate::session::{Goal, Phase, Target};
use crate::signal::{Callback, RwSignal, Signal, StoredValue, effect, on_cleanup};
use crate::ui::{Alert, AlertKind};
use crate::views::frame::{LoadingPage, Page, coded_alert, loaded, use_go};
use contract::teams::TeamDetail;
use leptos::html;
use leptos::prelude::*;
use words::profiles;

/// Own profiles and, for administrators, team members. Whoever has nothing to choose is sent on at once, and so is
/// whoever has just signed in on a device that always uses one of their profiles.
#[component]
pub fn ProfileSelectionPage(next: Option<Next>) -> View {
    let sign_in = use_sign_in();
    // Whoever goes elsewhere does not want to change the person any more.
    on_cleanup(move || sign_in.settle());
    let (go, settling, snapshot) = (use_go(), use_settling(), sign_in.snapshot());
    let kept = move || {
        let snapshot = snapshot.read_untracked();
        let own = snapshot.own.as_ref().filter(|_| snapshot.acting.is_none());
        own.map(|own| DeviceChoice::of(own.user))
    };
    let used = StoredValue::new(kept().map(|kept| kept.used).unwrap_or_default());
    let profiles = Memo::new(move |_| {
        snapshot.read().person().map(|person| listed(person, &used.read_value())).unwrap_or_default()
    });
    let next = StoredValue::new(next);
    let go_on = Callback::new(move |()| go.replace(&next_or_home(next.get_value())));
    let take = move |target: Target, arrival: Arrival| {
        if snapshot.read_untracked().person().is_some_and(|person| person.profile == target.id) {
            settling.expect(Some(arrival));
            go_on.run(());
        } else if sign_in.choose_profile(target, &next_or_home(next.get_value())) {
            settling.expect(Some(arrival));
        }
    };

    let always = kept().and_then(|kept| kept.always).filter(|_| go.was_let_in());
    let first = straight(&profiles.read_untracked(), always);
    let note = first.note();
    // What is being taken without asking is not asked for, unless that fails.
    let asked = RwSignal::new(true);
    match first {
        Straight::GoOn(target) => {
            asked.set(false);
            settling.expect(Some(Arrival::WasTaken(target)));
            go_on.run(());
        }
        Straight::Take(target) => {
            asked.set(false);
            take(target.clone(), Arrival::WasTaken(target));
            effect(move || {
                if !matches!(snapshot.read().phase, Phase::Choosing(_)) {
                    asked.set(true);
                }
            });
        }
        Straight::Gone => {
            kept().into_iter().for_each(|kept| DeviceChoice::set_always(kept.user, None));
        }
        Straight::Choose | Straight::Inactive(_) => {}
    }
    let on_choose = Callback::new(move |(target, always): (Target, bool)| {
        let news = always && kept().is_some_and(|kept| kept.always != Some(target.id));
        take(target.clone(), if news { Arrival::UseAlways(target) } else { Arrival::Chosen });
    });
    live(move || {
        let note = note.clone();
        if asked.get() {
            view! { <Choice profiles note go_on on_choose/> }
        } else {
            view! { <LoadingPage/> }
        }
    })
}

#[component]
fn Choice(
    profiles: Memo<Vec<ListedProfile>>,
    note: Option<String>,
    go_on: Callback<()>,
    on_choose: Callback<(Target, bool)>,
) -> View {
    let sign_in = use_sign_in();
    let teams = use_queries().administered_teams(TeamDetail::Names);
    let administers = move || matches!(teams.get(), Some(Ok(list)) if !list.records.is_empty());
    let snapshot = sign_in.snapshot();
    effect(move || {
        let administers_nothing = matches!(teams.get(), Some(Ok(list)) if list.records.is_empty());
        let snapshot = snapshot.read();
        let alone = snapshot.person().is_some_and(|person| !person.has_another());
        if administers_nothing && alone && snapshot.acting.is_none() {
            go_on.run(());
        }
    });
    let list = NodeRef::<html::Div>::new();
    let on_key = move |event| {
        if let Some(list) = list.get_untracked() {
            walk(&list, &event);
        }
    };
    view! {
        <Page title=profiles::title()>
            <div class="profiles stack" node_ref=list on:keydown=on_key>
                {note.map(|note| view! { <Alert kind=AlertKind::Info>{note}</Alert> })}
                <ProfileFailure sign_in/>
                <ProfileFinder profiles members_follow=Signal::derive(administers) on_choose/>
                {loaded(teams, 4, |teams| view! { <MemberPicker teams/> })}
            </div>
        </Page>
    }
}

/// Why the profile that was chosen could not be taken; nothing of one that was asked for on another page, or long ago.
#[component]
fn ProfileFailure(sign_in: SignIn) -> View {
    let (failure, settling) = (sign_in.failure(), use_settling());
    live(move || {
        let failure = failure.get().filter(|failure| matches!(failure.goal, Goal::TakeProfile(_)));
        failure.filter(|_| settling.expects()).map(|failure| coded_alert(failure.sentence(), failure.code()))
    })
}
