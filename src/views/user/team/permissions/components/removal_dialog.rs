//! "Remove … from the team?"

use crate::api::ApiError;
use crate::markup::{View, view};
use crate::memo::Memo;
use crate::queries::use_queries;
use crate::signal::{Callback, RwSignal, Signal};
use crate::ui::{Button, ButtonKind, Dialog, use_toaster};
use crate::views::frame::coded_alert;
use crate::views::user::team::permissions::desk::{Asked, Desk};
use contract::CoworkerId;
use contract::teams::RemovalRefusal;
use leptos::prelude::*;
use leptos::task::spawn_local;
use words::members as say;

/// Asks before somebody leaves the team. Whatever goes wrong stands in the dialog; closed meanwhile, it says afterwards
/// what came of it.
#[component]
pub fn RemovalDialog(
    /// What the page shares.
    desk: Desk,
) -> View {
    let whom = Memo::new(move |_| match desk.asked.get() {
        Some(Asked::Remove(id)) => Some(id),
        _ => None,
    });
    let name = Memo::new(move |_| whom.get().map(|id| desk.name(id)).unwrap_or_default());
    let title = Signal::derive(move || say::remove_asked(&name.get()));
    let on_close = Callback::new(move |()| desk.close());
    // Known to every opening: one that is closed meanwhile does not let the next one ask for the same beside it.
    let leaving = RwSignal::new(Vec::new());
    view! {
        <Dialog open=Signal::derive(move || whom.get().is_some()) title on_close>
            {move || whom.get_untracked().map(|id| view! { <Question desk id name=name.get_untracked() leaving/> })}
        </Dialog>
    }
}

#[component]
fn Question(desk: Desk, id: CoworkerId, name: String, leaving: RwSignal<Vec<CoworkerId>>) -> View {
    let (queries, toaster) = (use_queries(), use_toaster());
    let failed = RwSignal::new(None::<(String, String)>);
    let busy = Signal::derive(move || leaving.read().contains(&id));
    let remove = Callback::new(move |()| {
        let (epoch, name) = (queries.epoch(), name.clone());
        failed.set(None);
        leaving.update(|leaving| leaving.push(id));
        spawn_local(async move {
            let result = queries.remove_member(epoch, desk.team, id).await;
            // The dialog and the page may be gone by now.
            leaving.try_update(|leaving| leaving.retain(|one| *one != id));
            match result {
                Ok(()) => {
                    toaster.say(say::removed(&name));
                    if desk.asked.try_get_untracked() == Some(Some(Asked::Remove(id))) {
                        desk.close();
                    }
                }
                Err(ApiError::WrongIdentity) => toaster.warn(words::saving::account_changed()),
                Err(error) => {
                    if failed.try_set(Some((sentence(&error, &name), error.code()))).is_some() {
                        toaster.warn(unsaid(&error, &name));
                    }
                }
            }
        });
    });
    view! {
        <div class="form stack">
            {move || failed.get().map(|(sentence, code)| coded_alert(sentence, code))}
            <p>{say::remove_what()}</p>
            <div class="form__actions cluster">
                <Button on_press=Callback::new(move |()| desk.close())>{say::cancel()}</Button>
                <Button kind=ButtonKind::Danger busy on_press=remove>{say::remove()}</Button>
            </div>
        </div>
    }
}

fn sentence(error: &ApiError, name: &str) -> String {
    let refusal = match error {
        ApiError::Rejected(problem) => RemovalRefusal::of(problem),
        _ => None,
    };
    match (refusal, error) {
        (Some(RemovalRefusal::Oneself), _) => say::not_oneself_by_server().to_owned(),
        (Some(RemovalRefusal::ActiveContracts), _) => say::has_contract(name),
        (None, ApiError::NotFound) => say::not_in_team(name),
        (None, ApiError::Forbidden | ApiError::Unauthorized) => say::no_rights_to_remove().to_owned(),
        (None, error) => error.outcome(),
    }
}

/// The same, for whoever does not see the dialog any more.
fn unsaid(error: &ApiError, name: &str) -> String {
    let sentence = sentence(error, name);
    if error.may_be_done() {
        [say::remove_asked(name), sentence].join(" ")
    } else {
        say::not_removed(name, &sentence)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use contract::Problem;

    #[test]
    fn each_reason_to_stay_has_a_sentence_of_its_own() {
        let refused = |message: &str| {
            let problem = Problem { message: message.to_owned(), ..Problem::default() };
            sentence(&ApiError::Rejected(problem), "Ana")
        };
        assert!(refused("CANNOT_REMOVE_ITSELF").starts_with("You cannot remove yourself."));
        assert!(refused("The coworker has active contracts").starts_with("Ana has an active contract."));
        assert_eq!(refused("Something else."), "Something else.");
        assert_eq!(sentence(&ApiError::NotFound, "Ana"), "Ana is not in this team any more.");
    }
}
