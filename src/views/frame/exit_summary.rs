//! What one changed as somebody else, said when one is oneself again.

use crate::api::Millis;
use crate::markup::{View, live, view};
use crate::memo::Memo;
use crate::queries::use_time_zone;
use crate::routes::Route;
use crate::session::{Entry, Ledger, Snapshot, Step, What, use_session};
use crate::signal::{Callback, RwSignal};
use crate::ui::focus::focus_heading;
use crate::ui::{Button, Icon, IconName};
use crate::views::history::StepList;
use leptos::prelude::*;

/// What is to be listed. A context, because the list is made anew in another language.
#[derive(Clone, Copy)]
struct Shown {
    /// When this page was loaded.
    loaded: Millis,
    /// The beginning of the session whose list was dismissed.
    dismissed: RwSignal<Option<Millis>>,
}

/// Lets the list be shown from now on. Call it once, in the shell.
pub fn provide_exit_summary() {
    provide_context(Shown { loaded: use_session().client().now(), dismissed: RwSignal::new(None) });
}

/// Lists the changes of the session that ended last, until it is dismissed, another one starts or one signs out.
/// A page that was loaded later has nothing to say about it, unless the loading is what ended it. Without changes there is
/// nothing to list; what failed is listed as that.
#[component]
pub fn ExitSummary() -> View {
    let session = use_session();
    let (snapshot, ledger) = (session.snapshot(), session.ledger());
    let Shown { loaded, dismissed } = expect_context();
    let last = Memo::new(move |_| {
        let entry = ended_since(loaded, &snapshot.read(), &ledger.read())?.clone();
        (dismissed.get() != Some(entry.started)).then_some(entry)
    });
    live(move || last.get().map(|entry| view! { <Summary entry dismissed/> }))
}

/// The last session as another person, if it ended with changes while this page was there and one is oneself now.
fn ended_since<'a>(loaded: Millis, snapshot: &Snapshot, ledger: &'a Ledger) -> Option<&'a Entry> {
    snapshot.person().filter(|_| snapshot.acting.is_none())?;
    let entry = ledger.entries().last()?;
    let (ended, _) = entry.ended?;
    (ended >= loaded && entry.changes().next().is_some()).then_some(entry)
}

#[component]
fn Summary(entry: Entry, dismissed: RwSignal<Option<Millis>>) -> View {
    let around =
        if entry.changed() == entry.unseen() { words::frame::tried_as() } else { words::frame::changed_as() };
    let Entry { started, other, steps, .. } = entry;
    let changes: Vec<Step> = steps.into_iter().filter(|step| matches!(step.what, What::Changed(_))).collect();
    let dismiss = Callback::new(move |()| {
        dismissed.set(Some(started));
        focus_heading();
    });
    view! {
        <section class="alert alert--info exit-summary" aria-labelledby="exit-summary">
            <Icon name=IconName::Info/>
            <div class="alert__text stack">
                <h2 id="exit-summary">{around.before} <bdi>{other.name}</bdi> {around.after}</h2>
                <StepList steps=changes zone=use_time_zone()/>
                <div class="cluster">
                    <a href=Route::History.href()>{words::history::title()}</a>
                    <Button on_press=dismiss>{words::ui::dismiss()}</Button>
                </div>
            </div>
        </section>
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::api::{Access, Epoch};
    use crate::session::Phase;
    use contract::json;

    fn snapshot(own: bool, phase: Phase) -> Snapshot {
        let identity = crate::session::Identity {
            user: contract::UserId(1),
            email: String::new(),
            profile: contract::CoworkerId(1),
            is_operator: false,
            name: "Own".into(),
            company: String::new(),
            kind: None,
            location: String::new(),
            profiles: vec![],
        };
        let own = own.then_some(identity);
        Snapshot { epoch: Epoch(1), phase, own, acting: None, failure: None, kept: None }
    }

    /// A ledger as storage holds it, with one session that ended at 10.
    fn ledger(steps: &str) -> Ledger {
        let party = r#"{"coworker":2,"name":"Ana"}"#;
        let access = json::write(&Access::Full);
        let entry = format!(
            r#"{{"own":{party},"other":{party},"reason":"help","access":{access},"from":"/","started":1,"ended":[10,"Returned"],"said":[{steps}]}}"#
        );
        json::read(&format!(r#"{{"of":1,"entries":[{entry}]}}"#)).unwrap()
    }

    const CHANGE: &str = r#"{"at":5,"what":["Changed","1","PATCH","/x","Done"]}"#;

    #[test]
    fn it_is_shown_to_oneself_about_changes_made_in_the_life_of_this_page() {
        let oneself = snapshot(true, Phase::SignedIn);
        let shown = |loaded, steps| ended_since(Millis(loaded), &oneself, &ledger(steps)).is_some();
        assert!(shown(3, CHANGE));
        assert!(!shown(11, CHANGE), "it ended before the page was loaded");
        assert!(!shown(3, r#"{"at":5,"what":["Lowered"]}"#), "nothing was changed");
    }

    #[test]
    fn nobody_and_nobody_in_between_sees_it() {
        for snapshot in [snapshot(false, Phase::Restoring), snapshot(true, Phase::Stopping)] {
            assert!(ended_since(Millis(3), &snapshot, &ledger(CHANGE)).is_none());
        }
        assert!(ended_since(Millis(3), &snapshot(true, Phase::SignedIn), &Ledger::default()).is_none());
    }
}
