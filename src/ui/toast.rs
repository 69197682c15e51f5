use super::{
    button::{Button, ButtonKind},
    focus::{find, focusable, focused, stay_near},
    icon::{Icon, IconName},
};
use crate::markup::{Keyed, View, keyed, view};
use crate::signal::{Callback, RwSignal};
use js_sys::Date;
use leptos::wasm_bindgen::JsCast;
use leptos::web_sys::{Element, HtmlElement};
use leptos::{ev, prelude::*};

/// How many messages are on the screen at once.
const MOST: usize = 4;
/// Milliseconds for which what went well is news.
const NEWS: f64 = 5_000.0;

#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Done,
    News,
    Wrong,
}

/// What a button on it is called and does.
type Way = (&'static str, Callback<()>);

#[derive(Clone)]
struct Toast {
    number: u32,
    text: String,
    kind: Kind,
    way: Option<Way>,
    /// Milliseconds since 1970.
    at: f64,
}

#[derive(Clone, Default)]
struct Toasts {
    last: u32,
    shown: Vec<Toast>,
}

impl Toasts {
    /// Takes away what went well some time ago: something else does by now, or did not. Nothing goes from under the focus.
    fn drop_old_news(&mut self, now: f64) {
        if has_focus() {
            return;
        }
        self.shown.retain(|toast| toast.kind != Kind::Done || now - toast.at < NEWS);
    }
}

/// One message, to [take away](Toaster::dismiss) when it is true no more.
#[derive(Clone, Copy)]
pub struct Said(u32);

/// Says things to the person, wherever they are in the portal.
#[derive(Clone, Copy)]
pub struct Toaster(RwSignal<Toasts>);

impl Toaster {
    /// Says that something went well, when the person pauses. It stays until it is dismissed or the person goes on: to
    /// something else that is said, or to another page.
    pub fn say(self, text: impl Into<String>) {
        self.push(text.into(), Kind::Done, None);
    }

    /// Says what the person did not ask for and should know, when they pause.
    pub fn tell(self, text: impl Into<String>) {
        self.push(text.into(), Kind::News, None);
    }

    /// The same, with a button to do something about it, which a dialog that is open does not keep out of reach.
    pub fn offer(self, text: impl Into<String>, action: &'static str, on_press: Callback<()>) -> Said {
        self.push(text.into(), Kind::News, Some((action, on_press)))
    }

    /// Says that something went wrong, at once.
    pub fn warn(self, text: impl Into<String>) {
        self.warn_for_now(text);
    }

    /// The same, of what may come out otherwise.
    pub fn warn_for_now(self, text: impl Into<String>) -> Said {
        self.push(text.into(), Kind::Wrong, None)
    }

    /// The person goes on to another page.
    pub fn go_on(self) {
        let _ = self.0.try_update(|toasts| toasts.drop_old_news(Date::now()));
    }

    /// Takes every message away. Call it where somebody else is there: what was said was not said to them.
    pub fn clear(self) {
        let _ = self.0.try_update(|toasts| toasts.shown.clear());
    }

    /// Takes every message away but what went wrong. Call it where the same person goes on as another: nobody else would be
    /// told of it again.
    pub fn keep_warnings(self) {
        let _ = self.0.try_update(|toasts| toasts.shown.retain(|toast| toast.kind == Kind::Wrong));
    }

    fn remove(self, number: u32) {
        let _ = self.0.try_update(|toasts| toasts.shown.retain(|toast| toast.number != number));
    }

    fn push(self, text: String, kind: Kind, way: Option<Way>) -> Said {
        let number = self.0.try_update(|toasts| {
            let at = Date::now();
            toasts.drop_old_news(at);
            toasts.last = toasts.last.wrapping_add(1);
            let spare = toasts.shown.len().saturating_sub(MOST - 1);
            toasts.shown.drain(..spare);
            toasts.shown.push(Toast { number: toasts.last, text, kind, way, at });
            toasts.last
        });
        Said(number.unwrap_or_default())
    }

    /// Takes one message away. If the focus was in it, the next one has it, or the heading.
    pub fn dismiss(self, Said(number): Said) {
        let had_focus = has_focus();
        self.remove(number);
        if had_focus {
            request_animation_frame(|| {
                if focused().is_none() {
                    let next = ["dialog[open] .toast__dismiss", ".toast__dismiss"].into_iter().find_map(find);
                    stay_near(next.as_ref());
                }
            });
        }
    }
}

/// Whether the focus is in a message.
fn has_focus() -> bool {
    find(".toast :focus").is_some()
}

/// Makes the portal's one toaster. Called by the app shell, so that it outlives every page.
pub fn provide_toaster() -> Toaster {
    let toaster = Toaster(RwSignal::new(Toasts::default()));
    provide_context(toaster);
    toaster
}

/// The toaster of the app shell.
pub fn use_toaster() -> Toaster {
    expect_context()
}

/// Every message is announced once, even one said twice. It stays until it is dismissed or four newer ones came, what went
/// well only as long as it is news.
///
/// The `role="status"` region is there from the start, as a live region must be. Put it in the shell once, outside
/// whatever is remounted when the person changes. While a dialog is open everything else is inert, this too: each
/// dialog announces and shows what is said meanwhile, and here it is found when the dialog has closed.
#[component]
pub fn ToastRegion() -> View {
    let toaster = use_toaster();
    let some = move || toaster.0.with(|toasts| !toasts.shown.is_empty());
    view! {
        {announced(toaster, 0)}
        // A landmark, as everything on a page is in one; none while there is nothing in it.
        <div class="toasts" role=move || some().then_some("region") aria-label=move || some().then(words::ui::messages)>
            {shown(toaster, 0)}
        </div>
    }
}

/// What is said from now on, for the dialog that lies over the shell's region.
pub(super) fn said_meanwhile() -> View {
    let toaster = use_toaster();
    let since = toaster.0.with_untracked(|toasts| toasts.last);
    view! {
        {announced(toaster, since)}
        <div class="toasts">{shown(toaster, since)}</div>
    }
}

fn announced(toaster: Toaster, since: u32) -> View {
    let toasts = toaster.0;
    let (mut before, mut seen) = (since, since);
    let latest = move || {
        let toasts = toasts.read();
        // Those that came last, perhaps several at once; none that was announced before is announced again with them.
        if seen != toasts.last {
            (before, seen) = (seen, toasts.last);
        }
        let latest =
            toasts.shown.iter().filter(|toast| toast.number > before && toast.kind != Kind::Wrong).cloned();
        latest.map(|toast| Keyed::new(toast.number, move || view! { <p>{toast.text}</p> })).collect()
    };
    // Keyed, so that the same words said again are a new node, which is announced again.
    view! { <div class="visually-hidden" role="status">{keyed(latest)}</div> }
}

fn shown(toaster: Toaster, since: u32) -> View {
    keyed(move || {
        let shown =
            toaster.0.with(|toasts| toasts.shown.clone()).into_iter().filter(|toast| toast.number > since);
        shown.map(|toast| Keyed::new(toast.number, move || message(toast, toaster))).collect()
    })
}

fn message(toast: Toast, toaster: Toaster) -> View {
    let wrong = toast.kind == Kind::Wrong;
    let icon = match toast.kind {
        Kind::Done => IconName::Check,
        Kind::News => IconName::Info,
        Kind::Wrong => IconName::Alert,
    };
    view! {
        <div class="toast" class:toast--warning=move || wrong>
            <Icon name=icon />
            <div class="toast__text">
                <p role=wrong.then_some("alert")>{toast.text}</p>
                {toast.way.map(|(action, on_press)| view! { <Button kind=ButtonKind::Quiet on_press>{action}</Button> })}
            </div>
            <button
                type="button"
                class="button button--quiet toast__dismiss"
                aria-label=words::ui::dismiss()
                on:click=move |event| {
                    let next = neighbour(&event);
                    toaster.remove(toast.number);
                    queue_microtask(move || stay_near(next.as_ref()));
                }
            >
                <Icon name=IconName::Close />
            </button>
        </div>
    }
}

/// What takes the focus when this toast goes: the button of the next one, else of the one before, else the heading of the
/// dialog it is in.
fn neighbour(event: &ev::MouseEvent) -> Option<HtmlElement> {
    let toast = event.target()?.dyn_into::<Element>().ok()?.closest(".toast").ok().flatten()?;
    if let Some(other) = toast.next_element_sibling().or_else(|| toast.previous_element_sibling()) {
        return other.query_selector(".toast__dismiss").ok().flatten()?.dyn_into().ok();
    }
    focusable(toast.closest("dialog").ok().flatten()?.query_selector("h2").ok().flatten()?)
}
