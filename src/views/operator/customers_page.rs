//! `/customers`

use super::customer_number::customer_number;
use super::recent_customers::RecentCustomers;
use crate::markup::{NodeRef, View, view};
use crate::session::{Power, Target};
use crate::signal::{RwSignal, on_cleanup};
use crate::ui::{Button, ButtonKind, FieldKind, TextField, focus_field};
use crate::views::auth::sign_in::{ImpersonationDialog, use_sign_in};
use crate::views::frame::Page;
use leptos::html::Input;
use leptos::prelude::*;
use words::switching;

/// Finds a customer by number, to sign in as them. Only operators ever see it; the server decides who is one.
#[component]
pub fn CustomersPage() -> View {
    let (sign_in, target) = (use_sign_in(), RwSignal::new(None::<Target>));
    // Whoever goes elsewhere does not want to change the person any more.
    on_cleanup(move || sign_in.settle());
    view! {
        <Page title=switching::find_a_customer()>
            <div class="customers stack">
                <p>{switching::about_customers()}</p>
                <Form target/>
                <RecentCustomers target/>
                <ImpersonationDialog target power=Power::Operator/>
            </div>
        </Page>
    }
}

#[component]
fn Form(target: RwSignal<Option<Target>>) -> View {
    let sign_in = use_sign_in();
    let input = NodeRef::<Input>::new();
    let (typed, error) = (RwSignal::new(String::new()), RwSignal::new(None::<String>));
    let submit = move |event: web_sys::SubmitEvent| {
        event.prevent_default();
        let read = customer_number(&typed.read_untracked()).map_err(ToOwned::to_owned);
        let found = read.and_then(|id| untrack(|| sign_in.refusal(id, None)).map_or(Ok(id), Err));
        match found {
            Ok(id) => {
                error.set(None);
                target.set(Some(Target { id, name: switching::customer(&id.to_string()) }));
            }
            Err(sentence) => {
                error.set(Some(sentence));
                focus_field(input);
            }
        }
    };
    view! {
        <form class="form card stack" on:submit=submit novalidate>
            <TextField label=switching::customer_number() value=typed node_ref=input kind=FieldKind::Code
                autocomplete="off" required=true hint=switching::customer_number_hint() error/>
            <div class="form__actions">
                <Button kind=ButtonKind::Primary submit=true>{switching::sign_in_as_this_customer()}</Button>
            </div>
        </form>
    }
}
