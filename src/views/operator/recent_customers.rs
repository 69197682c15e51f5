//! As whom one has acted in this tab.

use crate::markup::{View, live, view};
use crate::memo::Memo;
use crate::session::{Ledger, Party, Target, use_session};
use crate::signal::{Callback, RwSignal};
use crate::ui::{Avatar, Button};
use leptos::prelude::*;
use words::{profiles, switching};

/// So many are offered.
const MOST: usize = 8;

/// Those as whom one has acted in this tab, to act as them again. Not there without any.
#[component]
pub fn RecentCustomers(
    /// Opens the question.
    target: RwSignal<Option<Target>>,
) -> View {
    let ledger = use_session().ledger();
    // What a page before this one has left is found a moment after this one is there.
    let known = Memo::new(move |_| recent(&ledger.read()));
    live(move || {
        let recent = known.get();
        if recent.is_empty() {
            return View::NOTHING;
        }
        let rows = recent.into_iter().map(|party| view! { <li><Row party target/></li> }).collect::<View>();
        view! {
            <section class="stack" aria-labelledby="recent-customers">
                <h2 id="recent-customers">{switching::recent_customers()}</h2>
                <ul class="customers__recent list-plain">{rows}</ul>
            </section>
        }
    })
}

#[component]
fn Row(party: Party, target: RwSignal<Option<Target>>) -> View {
    let Party { coworker, name } = party;
    let label = profiles::sign_in_as();
    let shown = name.clone();
    let ask = Callback::new({
        let name = name.clone();
        move |()| target.set(Some(Target { id: coworker, name: name.clone() }))
    });
    view! {
        <div class="member-row">
            <div class="member-row__who">
                <Avatar name=name.clone()/>
                <div>
                    <p class="member-row__name"><bdi>{name}</bdi></p>
                    <p class="member-row__meta muted">"#" {coworker.to_string()}</p>
                </div>
            </div>
            <Button on_press=ask><span>{label.before}<bdi>{shown}</bdi>{label.after}</span></Button>
        </div>
    }
}

/// Each once, by the name of the last time, the last one first.
fn recent(ledger: &Ledger) -> Vec<Party> {
    let mut recent: Vec<Party> = Vec::new();
    for entry in ledger.entries().iter().rev() {
        if recent.len() < MOST && recent.iter().all(|known| known.coworker != entry.other.coworker) {
            recent.push(entry.other.clone());
        }
    }
    recent
}

#[cfg(test)]
mod tests {
    use super::*;
    use contract::json;

    #[test]
    fn each_is_offered_once_the_last_one_first() {
        let entry = |id: i64, name: &str| {
            format!(
                r#"{{"own":{{"coworker":1,"name":"Own"}},"other":{{"coworker":{id},"name":"{name}"}},"reason":"help",
                    "access":"ViewOnly","from":"/","started":1,"ended":[10,"Returned"],"said":[]}}"#
            )
        };
        let names = ["A", "B", "C", "D", "E", "F", "G", "H", "I"];
        let mut entries: Vec<String> = (2..).zip(names).map(|(id, name)| entry(id, name)).collect();
        entries.push(entry(4, "C, renamed"));
        let ledger: Ledger = json::read(&format!(r#"{{"of":1,"entries":[{}]}}"#, entries.join(","))).unwrap();
        let recent: Vec<String> = recent(&ledger).into_iter().map(|party| party.name).collect();
        assert_eq!(recent, ["C, renamed", "I", "H", "G", "F", "E", "D", "B"]);
    }
}
