//! Who one is acting as, on every page, and the way back.

use crate::api::Millis;
use crate::session::ActingView;
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
                <p class="acting__time">{move || time_left(deadline, now.get())}</p>
                <Button kind=ButtonKind::Primary on_press=Callback::new(move |()| sign_in.return_to_my_account())>
                    "Return to my account"
                </Button>
            </div>
        </Banner>
    }
}

/// The time left, in words; by the second in the last minute.
fn time_left(deadline: Millis, now: Millis) -> String {
    let seconds = deadline.seconds_after(now);
    match (seconds.div_ceil(60), seconds) {
        (_, 1) => "1 second left".to_owned(),
        (_, seconds @ 0..=60) => format!("{seconds} seconds left"),
        (minutes, _) => format!("{minutes} minutes left"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_time_left_is_rounded_up_and_never_negative() {
        let left = |seconds: u64| time_left(Millis(seconds * 1000), Millis(0));
        assert_eq!(left(30 * 60), "30 minutes left");
        assert_eq!(left(29 * 60 + 1), "30 minutes left");
        assert_eq!(left(61), "2 minutes left");
        assert_eq!(left(60), "60 seconds left");
        assert_eq!(left(1), "1 second left");
        assert_eq!(time_left(Millis(0), Millis(9_000)), "0 seconds left");
    }
}
