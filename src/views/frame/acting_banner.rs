//! Who one is acting as, on every page, and the way back.

use crate::session::{ActingView, duration};
use crate::ui::{Banner, Button, ButtonKind, Icon, IconName};
use crate::views::auth::sign_in::use_sign_in;
use leptos::prelude::*;

/// The first thing on every page while one acts as another person. It reads the credential in use, not a flag.
#[component]
pub fn ActingBanner() -> impl IntoView {
    let sign_in = use_sign_in();
    let snapshot = sign_in.snapshot();
    let acting = Memo::new(move |_| snapshot.read().acting.clone());
    move || acting.get().map(|acting| view! { <Shown acting/> })
}

#[component]
fn Shown(acting: ActingView) -> impl IntoView {
    let sign_in = use_sign_in();
    let now = sign_in.now();
    let ActingView { name, reason, access, deadline, .. } = acting;
    view! {
        <Banner label="Impersonation">
            <div class="acting">
                <Icon name=IconName::Swap/>
                <p class="acting__who">"Acting as " <bdi>{name}</bdi></p>
                <p class="acting__access">{access.label()}</p>
                <p class="acting__reason"><bdi>{reason}</bdi></p>
                <p class="acting__time">{move || format!("{} left", duration(deadline.seconds_after(now.get())))}</p>
                <Button kind=ButtonKind::Primary on_press=Callback::new(move |()| sign_in.return_to_my_account())>
                    "Return to my account"
                </Button>
            </div>
        </Banner>
    }
}
