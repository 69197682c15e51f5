//! Changing what stands on one's own record, or on that of the person one acts as.

use crate::api::ApiError;
use crate::markup::{NodeRef, View, view};
use crate::memo::Memo;
use crate::queries::{NotUpdated, use_queries};
use crate::session::{Identity, use_snapshot};
use crate::signal::{Callback, RwSignal, Signal, effect};
use crate::ui::{Button, ButtonKind, Dialog, TextField, focus_field, use_toaster};
use crate::views::frame::{LeavingAlert, coded_alert, use_unsaved};
use contract::FieldError;
use leptos::html::Input;
use leptos::prelude::*;
use leptos::task::spawn_local;
use words::home;

/// The fields, as the API calls them.
const NAME: &str = "FullName";
const COMPANY: &str = "CompanyName";

/// Sends what was changed and nothing else. Whatever goes wrong, what was typed stays, and the words for it stand where
/// it is put right; it is given up only by the button that says so. Closed while it saves, it says afterwards what came of
/// it.
#[component]
pub fn DetailsDialog(
    /// Whose details.
    person: Memo<Identity>,
    /// Whether it is on the screen.
    open: RwSignal<bool>,
) -> View {
    let snapshot = use_snapshot();
    let title = Signal::derive(move || {
        let acting = snapshot.read().acting.is_some();
        if acting { home::details_of(&person.read().name) } else { home::your_details().to_owned() }
    });
    // Known to every opening: one that is closed while it saves does not let the next one save beside it.
    let on_way = RwSignal::new(None::<Typed>);
    let (changed, leaving) = (RwSignal::new(false), RwSignal::new(false));
    let stays = Callback::new(move |()| {
        let stays = open.get_untracked() && changed.get_untracked();
        if stays {
            leaving.set(true);
        }
        stays
    });
    let on_close = Callback::new(move |()| {
        if !stays.run(()) {
            open.set(false);
        }
    });
    use_unsaved(stays);
    view! {
        <Dialog open title on_close>
            <Form person title open on_way changed leaving on_close/>
        </Dialog>
    }
}

/// A name and a company.
type Typed = (String, String);

/// Why the last try was refused.
#[derive(Clone, Default)]
struct Refused {
    /// What is wrong with a field, and the text it is wrong with.
    fields: Vec<(FieldError, String)>,
    /// What else is wrong, and its code.
    other: Option<(String, String)>,
}

impl Refused {
    /// Takes an error apart; `sent` is the text of each field.
    fn new(error: &ApiError, sent: [(&str, &String); 2]) -> Self {
        let mut this = Self::default();
        let mut elsewhere = None;
        if let ApiError::Rejected(problem) = error {
            for wrong in &problem.fields {
                match sent.iter().find(|(field, _)| *field == wrong.field) {
                    Some((_, text)) => this.fields.push((wrong.clone(), (*text).clone())),
                    // It is said with the rest.
                    None if wrong.field.is_empty() => {}
                    // The page has no place for it.
                    None => elsewhere = Some(wrong.message.clone()),
                }
            }
        }
        let sentence = elsewhere.or_else(|| this.fields.is_empty().then(|| error.sentence()));
        this.other = sentence.map(|sentence| (sentence, error.code()));
        this
    }

    /// What is wrong with `field`, as long as it holds the text that was refused.
    fn of(&self, field: &str, text: &str) -> Option<String> {
        let wrong = self.fields.iter().find(|(wrong, sent)| wrong.field == field && sent == text.trim());
        wrong.map(|(wrong, _)| wrong.message.clone())
    }
}

#[component]
fn Form(
    person: Memo<Identity>,
    title: Signal<String>,
    open: RwSignal<bool>,
    on_way: RwSignal<Option<Typed>>,
    changed: RwSignal<bool>,
    leaving: RwSignal<bool>,
    on_close: Callback<()>,
) -> View {
    let queries = use_queries();
    let toaster = use_toaster();
    let Identity { name: old_name, company: old_company, .. } = person.get_untracked();
    // What the browser knows of oneself is not filled in for somebody else.
    let own = use_snapshot().read_untracked().acting.is_none();
    let (name_fill, company_fill) = if own { ("name", "organization") } else { ("off", "off") };
    let (name_input, company_input) = (NodeRef::<Input>::new(), NodeRef::<Input>::new());
    let (name, company) = (RwSignal::new(old_name.clone()), RwSignal::new(old_company.clone()));
    // What stands on the record, as far as it was shown.
    let before = RwSignal::new((old_name, old_company));
    leaving.set(false);
    effect(move || {
        let is = |(old_name, old_company): &Typed| {
            name.read().trim() == old_name.trim() && company.read().trim() == old_company.trim()
        };
        // What is on its way is not given up by closing.
        changed.set(!before.with(is) && !on_way.with(|on_way| on_way.as_ref().is_some_and(is)));
    });
    let saving = Signal::derive(move || on_way.read().is_some());
    let tried = RwSignal::new(false);
    let refused = RwSignal::new(Refused::default());
    let name_error = Signal::derive(move || {
        let blank = tried.get() && name.read().trim().is_empty();
        if blank { Some(home::name_missing().to_owned()) } else { refused.read().of(NAME, &name.read()) }
    });
    let company_error = Signal::derive(move || refused.read().of(COMPANY, &company.read()));
    // The first field with something to put right.
    let attend = move || {
        let inputs = [(name_error, name_input), (company_error, company_input)];
        let wrong = inputs.into_iter().find(|(error, _)| error.get_untracked().is_some());
        if let Some((_, input)) = wrong {
            focus_field(input);
        }
    };

    let submit = move |event: web_sys::SubmitEvent| {
        event.prevent_default();
        if saving.get_untracked() {
            return;
        }
        tried.set(true);
        refused.set(Refused::default());
        let typed = |text: RwSignal<String>| text.read_untracked().trim().to_owned();
        let (new_name, new_company) = (typed(name), typed(company));
        if new_name.is_empty() {
            return attend();
        }
        let change = |new: &String, old: &str| (new != old.trim()).then(|| new.clone());
        let changes =
            before.with_untracked(|(name, company)| (change(&new_name, name), change(&new_company, company)));
        if changes == (None, None) {
            open.set(false);
            return;
        }
        on_way.set(Some((new_name.clone(), new_company.clone())));
        leaving.set(false);
        let title = title.get_untracked();
        spawn_local(async move {
            let result = queries.update_profile(changes.0, changes.1).await;
            // Dialog and page may be gone by now.
            on_way.try_set(None);
            match result {
                Ok(()) => {
                    // What was typed since then stays.
                    let is = |text: RwSignal<String>, sent: &str| {
                        text.try_get_untracked().is_some_and(|text| text.trim() == sent)
                    };
                    if is(name, &new_name) && is(company, &new_company) {
                        open.try_set(false);
                    }
                    before.try_set((new_name, new_company));
                    toaster.say(home::saved());
                }
                Err(NotUpdated { error: ApiError::WrongIdentity, .. }) => {
                    toaster.warn(words::saving::account_changed())
                }
                Err(NotUpdated { error, sent }) => {
                    let why = Refused::new(&error, [(NAME, &new_name), (COMPANY, &new_company)]);
                    match refused.try_set(why) {
                        None => attend(),
                        Some(_) if sent && error.may_be_done() => {
                            toaster.warn(format!("{title}. {}", error.outcome()));
                        }
                        Some(_) => toaster.warn(home::not_saved(&error.sentence())),
                    }
                }
            }
        });
    };
    view! {
        <form class="form" on:submit=submit novalidate>
            {move || refused.get().other.map(|(sentence, code)| coded_alert(sentence, code))}
            <TextField label=home::full_name() value=name node_ref=name_input autocomplete=name_fill required=true error=name_error/>
            <TextField label=home::company() value=company node_ref=company_input autocomplete=company_fill error=company_error/>
            <LeavingAlert leaving on_discard=Callback::new(move |()| open.set(false))/>
            <div class="form__actions">
                <Button on_press=on_close>{words::frame::cancel()}</Button>
                <Button kind=ButtonKind::Primary submit=true busy=saving>{home::save()}</Button>
            </div>
        </form>
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use contract::Problem;

    fn refused(fields: &[&str]) -> Refused {
        let wrong = |field: &&str| FieldError { field: (*field).to_owned(), message: format!("Bad {field}") };
        let problem = Problem { fields: fields.iter().map(wrong).collect(), ..Problem::default() };
        let (name, company) = ("Ana".to_owned(), String::new());
        Refused::new(&ApiError::Rejected(problem), [(NAME, &name), (COMPANY, &company)])
    }

    #[test]
    fn what_is_wrong_with_a_field_stands_beside_it_until_its_text_is_another() {
        let refused = refused(&[NAME]);
        assert_eq!(refused.of(NAME, " Ana "), Some("Bad FullName".into()));
        assert_eq!(refused.of(NAME, "Ana M"), None);
        assert_eq!(refused.of(COMPANY, ""), None);
        assert_eq!(refused.other, None);
    }

    #[test]
    fn what_belongs_to_no_field_on_the_page_is_said_above_them() {
        assert_eq!(refused(&[]).other, Some(("The server did not accept this.".into(), "E400".into())));
        let refused = refused(&[NAME, "GuestOf"]);
        assert_eq!(refused.other, Some(("Bad GuestOf".into(), "E400".into())));
        assert_eq!(refused.of(NAME, "Ana"), Some("Bad FullName".into()));
    }
}
