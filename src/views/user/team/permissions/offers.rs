//! The other profiles that may open a team.

use super::candidates::Candidates;
use crate::markup::{Keyed, View, keyed, live, view};
use crate::memo::Memo;
use crate::routes::Route;
use crate::session::Goal;
use crate::signal::{Callback, RwSignal, Signal, StoredValue};
use crate::ui::{Avatar, Button, ButtonKind, SearchField};
use crate::views::auth::sign_in::{HANDFUL, ListedProfile, how_many, use_sign_in, use_switch_refusal};
use crate::views::finding::Words;
use crate::views::frame::{coded_alert, use_go, use_person};
use crate::views::isolated;
use leptos::prelude::*;
use words::{profiles, switching};

/// Names who does not administer the team, and asks whether to switch to one who does; where none is known, offers those
/// who may.
#[component]
pub fn Offers(
    /// Whom to offer.
    candidates: Candidates,
) -> View {
    let Some(person) = use_person() else { return View::NOTHING };
    let Candidates { administer, perhaps, cannot } = candidates;
    let name = isolated(person.get_untracked().name);
    let not_theirs = match (administer.len(), perhaps.len(), cannot) {
        (0, 0, 0) => return View::NOTHING,
        (0, 0, _) => switching::none_administers().to_owned(),
        (0, _, 1..) => switching::does_not_administer_either(&name),
        _ => switching::does_not_administer(&name),
    };
    let unknown = administer.is_empty() && !perhaps.is_empty();
    let asked = RwSignal::new(false);
    let known = administer.into_iter().map(|profile| view! { <Known profile asked/> }).collect::<View>();
    view! {
        <section class="other-profiles stack" aria-labelledby="other-profiles">
            <h2 id="other-profiles">{switching::other_profiles()}</h2>
            <p>{not_theirs}</p>
            <Failed asked/>
            {known}
            {unknown.then(|| view! { <Perhaps all=perhaps asked/> })}
        </section>
    }
}

/// Why the profile could not be taken.
#[component]
fn Failed(asked: RwSignal<bool>) -> View {
    let failure = use_sign_in().failure();
    live(move || {
        let failure =
            failure.get().filter(|failure| asked.get() && matches!(failure.goal, Goal::TakeProfile(_)))?;
        Some(coded_alert(failure.sentence(), failure.code()))
    })
}

/// A profile that administers the team.
#[component]
fn Known(profile: ListedProfile, asked: RwSignal<bool>) -> View {
    let question = switching::administers();
    let (name, twin) = (profile.name.clone(), twin(&profile));
    view! {
        <div class="other-profiles__known card">
            <p>{question.before}<bdi>{name}</bdi>{twin}{question.after}</p>
            <Switch profile kind=ButtonKind::Primary asked/>
        </div>
    }
}

/// Profiles of which nothing is known.
#[component]
fn Perhaps(all: Vec<ListedProfile>, asked: RwSignal<bool>) -> View {
    let typed = RwSignal::new(String::new());
    let many = all.len() > HANDFUL;
    let all = StoredValue::new(all);
    let found = Memo::new(move |_| {
        let words = Words::new(&typed.read());
        let all = all.read_value();
        all.iter().filter(|profile| words.are_in(&profile.sought)).cloned().collect::<Vec<_>>()
    });
    let status = move || how_many(found.read().len(), all.read_value().len());
    let row =
        move |profile: ListedProfile| Keyed::new(profile.id, move || view! { <li><Row profile asked/></li> });
    view! {
        <p>{switching::perhaps()}</p>
        {many.then(|| view! {
            <SearchField label=profiles::find_a_profile() value=typed/>
            <p class="muted" role="status">{status}</p>
        })}
        <ul class="other-profiles__list list-plain">{keyed(move || found.get().into_iter().map(row).collect())}</ul>
    }
}

#[component]
fn Row(profile: ListedProfile, asked: RwSignal<bool>) -> View {
    let (name, company, twin) = (profile.name.clone(), profile.company.clone(), twin(&profile));
    let kind = profile.kind;
    let dot = kind.is_some() && !company.is_empty();
    view! {
        <div class="member-row">
            <div class="member-row__who">
                <Avatar name=name.clone()/>
                <div>
                    <p class="member-row__name"><bdi>{name}</bdi></p>
                    <p class="member-row__meta muted">{kind}{dot.then_some(" · ")}<bdi>{company}</bdi>{twin}</p>
                </div>
            </div>
            <Switch profile kind=ButtonKind::Secondary asked/>
        </div>
    }
}

/// The number that tells a profile from another that looks the same.
fn twin(profile: &ListedProfile) -> Option<String> {
    profile.has_twin.then(|| format!(" #{}", profile.id))
}

/// Takes a profile and comes back to this page.
#[component]
fn Switch(profile: ListedProfile, kind: ButtonKind, asked: RwSignal<bool>) -> View {
    let (sign_in, here, refusal) = (use_sign_in(), use_go().here(), use_switch_refusal());
    let id = profile.id;
    let choosing = sign_in.choosing();
    let busy = Signal::derive(move || choosing.get() == Some(id));
    let refused = Signal::derive(move || refusal.get().filter(|_| !busy.get()));
    let label = switching::switch_to();
    let (name, twin, target) = (profile.name.clone(), twin(&profile), profile.target());
    let on_press = Callback::new(move |()| {
        let page = Route::at(&here.read_untracked()).unwrap_or(Route::Home);
        if sign_in.choose_profile(target.clone(), &page) {
            asked.set(true);
        }
    });
    view! {
        <Button kind busy disabled_reason=refused on_press>
            <span>{label.before}<bdi>{name}</bdi>{twin}{label.after}</span>
        </Button>
    }
}
