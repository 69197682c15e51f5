use crate::markup::{View, view};
use leptos::prelude::*;

/// The pictures the portal uses, drawn with one stroke on a 24 by 24 grid.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[allow(missing_docs, reason = "each is what it is called")]
pub enum IconName {
    Alert,
    Check,
    ChevronDown,
    Close,
    Eye,
    EyeOff,
    Info,
    Search,
    Swap,
}

impl IconName {
    const fn path(self) -> &'static str {
        match self {
            Self::Alert => "M12 4 2.8 20h18.4zM12 10v4.5M12 17.2v.1",
            Self::Check => "m4 12.5 5.5 5.5L20 6.5",
            Self::ChevronDown => "m6 9 6 6 6-6",
            Self::Close => "M6 6l12 12M18 6 6 18",
            Self::Eye => "M2 12s3.6-7 10-7 10 7 10 7-3.6 7-10 7-10-7-10-7M12 9a3 3 0 1 0 0 6 3 3 0 0 0 0-6",
            Self::EyeOff => {
                "M10 5.2A9 9 0 0 1 12 5c6.4 0 10 7 10 7a17 17 0 0 1-2.7 3.5M6.5 6.6A17 17 0 0 0 2 12s3.6 7 10 7a10 10 0 0 0 5.4-1.6M10 10a3 3 0 0 0 4 4M3 3l18 18"
            }
            Self::Info => "M12 11v5.5M12 7.6v.1M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18",
            Self::Search => "m20 20-4.5-4.5M11 4a7 7 0 1 0 0 14 7 7 0 0 0 0-14",
            Self::Swap => "M4 9h15m-4-4 4 4-4 4M20 15.5H5m4 4-4-4 4-4",
        }
    }
}

/// An ornament in the colour and size of the text around it; hidden from assistive technology.
///
/// It never carries a meaning alone: the text beside it, or the label of its button, does.
#[component]
pub fn Icon(
    /// Which picture.
    name: IconName,
) -> View {
    view! {
        <svg class="icon" viewBox="0 0 24 24" aria-hidden="true">
            <path d=name.path() />
        </svg>
    }
}
