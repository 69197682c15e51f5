//! `/sign-in/profiles`

use super::member_picker::MemberPicker;
use super::use_sign_in::{SignIn, use_sign_in};
use crate::queries::use_queries;
use crate::routes::{Next, next_or_home};
use crate::session::{Goal, Target};
use crate::ui::{Alert, Avatar, Button, effect};
use crate::views::frame::{Coded, Page, loaded, use_go};
use crate::views::kind_name;
use contract::coworkers::Profile;
use contract::teams::TeamDetail;
use leptos::prelude::*;

/// Own profiles and, for administrators, team members. Whoever has nothing to choose is sent on at once.
#[component]
pub fn ProfileSelectionPage(next: Option<Next>) -> impl IntoView {
    let sign_in = use_sign_in();
    // Whoever goes elsewhere does not want to change the person any more.
    on_cleanup(move || sign_in.settle());
    let go = use_go();
    let teams = use_queries().administered_teams(TeamDetail::Members);
    let person = sign_in.snapshot().get_untracked().person().cloned();
    let profiles: Vec<Profile> =
        person.as_ref().map(|person| person.choices().cloned().collect()).unwrap_or_default();
    let current = person.map(|person| person.profile);
    let acting = sign_in.snapshot().get_untracked().acting.is_some();
    let choices = profiles.len();
    let next = StoredValue::new(next);
    let go_on = move || go.replace(&next_or_home(next.get_value()));

    effect(move || {
        let administers_nothing = matches!(teams.get(), Some(Ok(list)) if list.records.is_empty());
        if administers_nothing && choices <= 1 && !acting {
            go_on();
        }
    });
    let taken = move |profile: &Profile| {
        if Some(profile.id) == current {
            go_on();
        } else {
            let target = Target { id: profile.id, name: profile.full_name.clone() };
            sign_in.choose_profile(target, &next_or_home(next.get_value()));
        }
    };

    view! {
        <Page title="Choose a profile">
            <div class="profiles stack">
                <ProfileFailure sign_in/>
                <section class="stack" aria-labelledby="own-profiles">
                    <h2 id="own-profiles">"Your profiles"</h2>
                    <ul class="card-list list-plain">
                        {profiles.into_iter().map(|profile| {
                            view! { <li><ProfileTile sign_in profile current=current taken/></li> }
                        }).collect_view()}
                    </ul>
                </section>
                {loaded(teams, 4, |teams| view! { <MemberPicker teams/> }.into_any())}
            </div>
        </Page>
    }
}

/// Why the profile that was chosen could not be taken.
#[component]
fn ProfileFailure(sign_in: SignIn) -> impl IntoView {
    let failure = sign_in.failure();
    move || {
        failure.get().filter(|failure| matches!(failure.goal, Goal::TakeProfile(_))).map(|failure| {
            view! { <Alert><Coded sentence=failure.sentence() code=failure.code()/></Alert> }
        })
    }
}

#[component]
fn ProfileTile(
    sign_in: SignIn,
    profile: Profile,
    current: Option<contract::CoworkerId>,
    taken: impl Fn(&Profile) + Copy + 'static + Send + Sync,
) -> impl IntoView {
    let id = profile.id;
    let is_current = Some(id) == current;
    let choosing = sign_in.choosing();
    let busy = Signal::derive(move || choosing.get() == Some(id));
    let snapshot = sign_in.snapshot();
    let refused = Signal::derive(move || {
        let snapshot = snapshot.read();
        let acting = snapshot.acting.as_ref()?;
        (!is_current).then(|| {
            format!("You are acting as {}. Return to your account to change your profile.", acting.name)
        })
    });
    let name = profile.full_name.clone();
    let meta = [profile.kind().map(kind_name).unwrap_or_default(), &profile.company_name]
        .into_iter()
        .filter(|part| !part.is_empty() && *part != name)
        .collect::<Vec<_>>()
        .join(" · ");
    let avatar = name.clone();
    view! {
        <Button class:profile-tile=true busy disabled_reason=refused on_press=Callback::new(move |()| taken(&profile))>
            <Avatar name=avatar/>
            <span class="profile-tile__name">{name}</span>
            <span class="profile-tile__meta">
                {meta}
                " "
                {is_current.then(|| view! { <span class="badge">"Current"</span> })}
            </span>
        </Button>
    }
}
