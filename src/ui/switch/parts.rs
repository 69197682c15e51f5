use crate::markup::put;
use crate::ui::made::element;
use leptos::web_sys::Element;

/// What a switch shows.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SwitchState {
    /// The accessible name: what is on when it is on.
    pub label: String,
    /// The state; `None` is unknown.
    pub on: Option<bool>,
    /// Why it cannot be changed now, as a sentence.
    pub refusal: Option<String>,
    /// Whether a change is being saved.
    pub busy: bool,
    /// Why the last change failed; shown beside the switch.
    pub failure: Option<String>,
}

impl SwitchState {
    /// Whether a press changes nothing.
    pub fn is_blocked(&self) -> bool {
        self.on.is_none() || self.refusal.is_some() || self.busy
    }
}

/// A switch and the note beside it, as elements. They say what the last state says, and only what differs is touched.
pub struct SwitchParts {
    button: Element,
    note: Element,
    shown: Option<SwitchState>,
}

impl SwitchParts {
    /// A new box with a switch and a note in it, to be copied or shown.
    pub fn make() -> Element {
        let button = element("button|type=button|role=switch|class=switch", &[]);
        element("span|class=switch-box", &[&button, &element("span|class=switch-box__note", &[])])
    }

    /// The parts of a box that [`SwitchParts::make`] has made. `id` is the note's, and nobody else's.
    pub fn of(boxed: &Element, id: &str) -> Option<Self> {
        let (button, note) = (boxed.first_element_child()?, boxed.last_element_child()?);
        for name in ["aria-describedby", "data-why"] {
            put(&button, name, Some(id));
        }
        note.set_id(id);
        Some(Self { button, note, shown: None })
    }

    /// Makes the elements say this.
    pub fn show(&mut self, state: SwitchState) {
        let before = self.shown.as_ref();
        if before == Some(&state) {
            return;
        }
        if before.map(|before| &before.label) != Some(&state.label) {
            put(&self.button, "aria-label", Some(&state.label));
        }
        let checked = match state.on {
            Some(true) => "true",
            Some(false) => "false",
            None => "mixed",
        };
        put(&self.button, "aria-checked", Some(checked));
        let disabled = state.on.is_none() || state.refusal.is_some();
        put(&self.button, "aria-disabled", disabled.then_some("true"));
        put(&self.button, "aria-busy", state.busy.then_some("true"));
        put(&self.button, "aria-invalid", state.failure.is_some().then_some("true"));
        self.note.set_text_content(None);
        if let Some(failure) = &state.failure {
            let told = element("span|class=switch-box__error", &[]);
            told.set_text_content(Some(&format!("{failure} ")));
            let _ = self.note.append_child(&told);
        }
        let reason = match (state.on, &state.refusal) {
            (Some(_), reason) => reason.clone(),
            // A switch that guesses "off" would lie.
            (None, reason) => {
                let reason = reason.as_deref().unwrap_or_else(|| words::ui::unknown_reason());
                Some([words::ui::unknown(), " ", reason].concat())
            }
        };
        if let Some(reason) = reason {
            let told = element("span|class=visually-hidden", &[]);
            told.set_text_content(Some(&reason));
            let _ = self.note.append_child(&told);
        }
        self.shown = Some(state);
    }
}
