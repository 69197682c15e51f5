//! "Switch profile", over any page.

use super::device_choice::DeviceChoice;
use super::profile_finder::{HANDFUL, how_many};
use super::profile_list::{ListedProfile, listed};
use super::profile_tile::ProfileTile;
use super::settled::{Arrival, use_settling};
use super::switch_refusal::use_switch_refusal;
use super::use_sign_in::use_sign_in;
use super::walk::walk;
use crate::markup::{Keyed, NodeRef, View, keyed, view};
use crate::memo::Memo;
use crate::routes::{Next, Route, next_or_home};
use crate::session::{Failure, Goal};
use crate::signal::{Callback, RwSignal, Signal, StoredValue, effect};
use crate::ui::{Button, Dialog, SearchField, use_toaster};
use crate::views::finding::Words;
use crate::views::frame::{coded_alert, use_go, use_staying};
use leptos::{html, prelude::*};
use words::{frame, profiles, switching};

/// Takes another of one's own profiles without leaving the page, where that profile can open it. Until the profile is
/// taken the person is who they were; when it is not, the dialog says why, or a message does where it was closed by then.
#[component]
pub fn ProfileSwitcher(
    /// Whether it is open.
    open: RwSignal<bool>,
) -> View {
    let sign_in = use_sign_in();
    let toaster = use_toaster();
    let asked = RwSignal::new(false);
    let told = StoredValue::new(None);
    let failure = sign_in.failure();
    let failed = Memo::new(move |_| {
        failure.get().filter(|failure| asked.get() && matches!(failure.goal, Goal::TakeProfile(_)))
    });
    effect(move || {
        if let Some(failure) = failed.get().filter(|_| !open.get_untracked()) {
            asked.set(false);
            told.set_value(Some(toaster.warn_for_now(failure.sentence())));
        }
    });
    // It is true until another one is wanted, or one is on another one.
    let take_back = move || {
        if let Some(Some(said)) = told.try_update_value(Option::take) {
            toaster.dismiss(said);
        }
    };
    effect(move || {
        if failure.read().is_none() {
            take_back();
        }
    });
    on_cleanup(take_back);
    let on_close = Callback::new(move |()| {
        open.set(false);
        // What is on its way goes on, and its end is told.
        asked.update(|asked| *asked &= sign_in.choosing().get_untracked().is_some());
    });
    let here = use_go().here();
    // What is behind ? follows what is chosen on a page, a moment later.
    let page = Memo::new(move |_| here.read().split('?').next().unwrap_or_default().to_owned());
    effect(move || {
        // Back and Forward lead away from what is behind the dialog.
        page.track();
        open.set(false);
    });
    view! {
        <Dialog open title=Signal::stored(switching::switch_profile().to_owned()) on_close>
            <Choice asked failed on_close/>
        </Dialog>
    }
}

#[component]
fn Choice(asked: RwSignal<bool>, failed: Memo<Option<Failure>>, on_close: Callback<()>) -> View {
    let sign_in = use_sign_in();
    let snapshot = sign_in.snapshot().get_untracked();
    let all =
        snapshot.own.as_ref().map(|own| listed(own, &DeviceChoice::of(own.user).used)).unwrap_or_default();
    let many = all.len() > HANDFUL;
    let all = StoredValue::new(all);
    let typed = RwSignal::new(String::new());
    let found = Memo::new(move |_| {
        let words = Words::new(&typed.read());
        let all = all.read_value();
        all.iter().filter(|profile| words.are_in(&profile.sought)).cloned().collect::<Vec<_>>()
    });
    let status = move || how_many(found.read().len(), all.read_value().len());
    let tile = move |profile: ListedProfile| {
        Keyed::new(profile.id, move || view! { <li><Tile profile asked on_close/></li> })
    };
    let here = use_go().here().get_untracked();
    let list = NodeRef::<html::Section>::new();
    let choice = Route::Profiles(Route::at(&here).and_then(Next::new));
    view! {
        <section class="switcher stack" node_ref=list on:keydown=move |event| {
            if let Some(list) = list.get_untracked() {
                walk(&list, &event);
            }
        }>
            {move || failed.get().map(|failure| coded_alert(failure.sentence(), failure.code()))}
            {many.then(|| view! {
                <SearchField label=profiles::find_a_profile() value=typed/>
                <p class="muted" role="status">{status}</p>
            })}
            <ul class="switcher__list list-plain">{keyed(move || found.get().into_iter().map(tile).collect())}</ul>
            <div class="switcher__ways cluster">
                <a href=choice.href() on:click=move |_| on_close.run(())>{switching::whole_choice()}</a>
                <Button on_press=on_close>{frame::cancel()}</Button>
            </div>
        </section>
    }
}

#[component]
fn Tile(profile: ListedProfile, asked: RwSignal<bool>, on_close: Callback<()>) -> View {
    let (sign_in, go, refusal) = (use_sign_in(), use_go(), use_switch_refusal());
    let (staying, settling) = (use_staying(), use_settling());
    let (target, current) = (profile.target(), profile.current);
    let choosing = sign_in.choosing();
    let on_press = Callback::new(move |()| {
        if current {
            return on_close.run(());
        }
        let here = go.here().get_untracked();
        let page = page_to_stay_on(&here);
        if sign_in.choose_profile(target.clone(), &page) {
            asked.set(true);
            staying.want(target.id, page.href());
            // The choice behind the dialog tells it as well; a choice that is opened later does not.
            let chooses = matches!(Route::at(&here), Some(Route::Profiles(_)));
            settling.expect(chooses.then_some(Arrival::Chosen));
        }
    });
    view! { <ProfileTile profile refusal choosing on_press/> }
}

/// The page at this address, or the one that the choice of profiles would have led to.
fn page_to_stay_on(address: &str) -> Route {
    match Route::at(address) {
        Some(Route::SignIn(next) | Route::Profiles(next)) => next_or_home(next),
        Some(page) => page,
        None => Route::Home,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_stays_on_every_page_but_the_choice_of_profiles_and_those_that_are_none() {
        for address in ["/", "/user/impersonation-history", "/user/team/permissions/5?on=book-for-team"] {
            assert_eq!(page_to_stay_on(address).href(), address);
        }
        for (address, page) in [
            ("/sign-in/profiles", "/"),
            ("/sign-in/profiles?next=%2Fuser%2Fteam%2Fpermissions%2F5", "/user/team/permissions/5"),
            ("/nowhere", "/"),
        ] {
            assert_eq!(page_to_stay_on(address).href(), page);
        }
    }
}
