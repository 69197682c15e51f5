use super::icon::{Icon, IconName};
use crate::markup::{Children, View, view};
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

/// A message in the page, announced when it appears: an error at once, the rest when there is a pause.
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
    let (class, role, icon) = match kind {
        AlertKind::Error => ("alert", "alert", IconName::Alert),
        AlertKind::Warning => ("alert alert--warning", "status", IconName::Alert),
        AlertKind::Info => ("alert alert--info", "status", IconName::Info),
    };
    view! {
        <div class=class role=role>
            <Icon name=icon />
            <div class="alert__text">{children()}</div>
        </div>
    }
}
