use leptos::prelude::*;

/// The pictures the portal uses, drawn with one stroke on a 24 by 24 grid.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[allow(missing_docs, reason = "each is what it is called")]
pub enum IconName {
    Alert,
    ArrowLeft,
    Check,
    ChevronDown,
    Clock,
    Close,
    Eye,
    EyeOff,
    Info,
    Lock,
    Search,
    Shield,
    SignOut,
    Swap,
    User,
    Users,
}

impl IconName {
    const fn path(self) -> &'static str {
        match self {
            Self::Alert => "M12 4 2.8 20h18.4zM12 10v4.5M12 17.2v.1",
            Self::ArrowLeft => "M20 12H4m7-7-7 7 7 7",
            Self::Check => "m4 12.5 5.5 5.5L20 6.5",
            Self::ChevronDown => "m6 9 6 6 6-6",
            Self::Clock => "M12 7v5l3.5 2M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18",
            Self::Close => "M6 6l12 12M18 6 6 18",
            Self::Eye => "M2 12s3.6-7 10-7 10 7 10 7-3.6 7-10 7-10-7-10-7M12 9a3 3 0 1 0 0 6 3 3 0 0 0 0-6",
            Self::EyeOff => {
                "M10 5.2A9 9 0 0 1 12 5c6.4 0 10 7 10 7a17 17 0 0 1-2.7 3.5M6.5 6.6A17 17 0 0 0 2 12s3.6 7 10 7a10 10 0 0 0 5.4-1.6M10 10a3 3 0 0 0 4 4M3 3l18 18"
            }
            Self::Info => "M12 11v5.5M12 7.6v.1M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18",
            Self::Lock => "M8 11V8a4 4 0 0 1 8 0v3M6 11h12v9H6z",
            Self::Search => "m20 20-4.5-4.5M11 4a7 7 0 1 0 0 14 7 7 0 0 0 0-14",
            Self::Shield => "M12 3 5 6v5.5c0 4.4 2.9 7.7 7 9.5 4.1-1.8 7-5.1 7-9.5V6z",
            Self::SignOut => "M14 4h5v16h-5M15 12H4m4-4.5L3.5 12 8 16.5",
            Self::Swap => "M4 9h15m-4-4 4 4-4 4M20 15.5H5m4 4-4-4 4-4",
            Self::User => "M4.5 20a7.5 7.5 0 0 1 15 0M12 4a4 4 0 1 0 0 8 4 4 0 0 0 0-8",
            Self::Users => {
                "M2.5 20a6.5 6.5 0 0 1 13 0M9 4.5a3.7 3.7 0 1 0 0 7.4 3.7 3.7 0 0 0 0-7.4M16 5a3.7 3.7 0 0 1 0 6.8M18 14.3a6.5 6.5 0 0 1 3.5 5.7"
            }
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
) -> impl IntoView {
    view! {
        <svg class="icon" viewBox="0 0 24 24" aria-hidden="true">
            <path d=name.path() />
        </svg>
    }
}
