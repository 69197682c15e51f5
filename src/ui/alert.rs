use super::focus::bring_into_sight;
use super::icon::{Icon, IconName};
use crate::markup::{Children, NodeRef, View, live, view};
use leptos::html::Div;
use leptos::prelude::*;

/// How bad the news is.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum AlertKind {
    /// Something asked for did not happen.
    #[default]
    Error,
    /// Something needs care.
    Warning,
    /// Something worth knowing.
    Info,
}

/// A message in the page, announced when it appears: an error at once, the rest when there is a pause, though not by
/// every screen reader: what comes later than its page and is no error belongs into a [`status`].
///
/// It stays until its owner takes it away. Its kind is told by icon and edge as well as by colour.
#[component]
pub fn Alert(
    /// How bad the news is.
    #[prop(optional)]
    kind: AlertKind,
    /// The message.
    children: Children,
) -> View {
    let role = if kind == AlertKind::Error { "alert" } else { "status" };
    let place = NodeRef::<Div>::new();
    place.on_load(|alert| {
        request_animation_frame(move || {
            // A page is where one has scrolled it to; in a dialog it answers what was just pressed.
            if alert.closest("dialog").is_ok_and(|dialog| dialog.is_some()) {
                bring_into_sight(&alert);
            }
        });
    });
    message(kind, Some(role), place, children())
}

/// The place of a message that comes and goes and is no error. It is there before the message, as a live region must be,
/// and takes no room.
pub fn status(kind: AlertKind, said: impl FnMut() -> Option<View> + 'static) -> View {
    status_in(NodeRef::new(), "said", kind, said)
}

/// The same for a question in a dialog, which has to be answered before it closes: it comes into sight.
pub fn question(mut asked: impl FnMut() -> Option<View> + 'static) -> View {
    let place = NodeRef::<Div>::new();
    status_in(place, "said said--question", AlertKind::Warning, move || {
        let asked = asked()?;
        request_animation_frame(move || {
            if let Some(Some(place)) = place.try_get_untracked() {
                bring_into_sight(&place);
            }
        });
        Some(asked)
    })
}

fn status_in(
    place: NodeRef<Div>,
    class: &'static str,
    kind: AlertKind,
    mut said: impl FnMut() -> Option<View> + 'static,
) -> View {
    let said = live(move || said().map(|said| message(kind, None, NodeRef::new(), said)));
    view! { <div class=class role="status" node_ref=place>{said}</div> }
}

fn message(kind: AlertKind, role: Option<&'static str>, place: NodeRef<Div>, text: View) -> View {
    let (class, icon) = match kind {
        AlertKind::Error => ("alert", IconName::Alert),
        AlertKind::Warning => ("alert alert--warning", IconName::Alert),
        AlertKind::Info => ("alert alert--info", IconName::Info),
    };
    view! {
        <div class=class role=role node_ref=place>
            <Icon name=icon />
            <div class="alert__text">{text}</div>
        </div>
    }
}
