use crate::markup::put;
use crate::ui::id::next_id;
use crate::ui::made::element;
use leptos::web_sys::Element;
use std::mem;

/// What a switch shows.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SwitchState {
    /// The accessible name: what is on when it is on.
    pub label: String,
    /// The state; `None` is unknown.
    pub on: Option<bool>,
    /// Why it cannot be changed now, as a sentence.
    pub refusal: Option<String>,
    /// Why the last change failed; shown beside the switch.
    pub failure: Option<String>,
    /// Whether the state is on its way to where it is kept; shown when that takes long.
    pub saving: bool,
}

impl SwitchState {
    fn checked(&self) -> &'static str {
        match self.on {
            Some(true) => "true",
            Some(false) => "false",
            None => "mixed",
        }
    }

    /// Whether a press changes nothing.
    pub fn is_disabled(&self) -> bool {
        self.on.is_none() || self.refusal.is_some()
    }

    /// What is said of why it cannot be changed. A switch that guesses "off" would lie.
    fn reason(&self) -> Option<String> {
        match (self.on, &self.refusal) {
            (Some(_), reason) => reason.clone(),
            (None, reason) => {
                let reason = reason.as_deref().unwrap_or_else(|| words::ui::unknown_reason());
                Some([words::ui::unknown(), " ", reason].concat())
            }
        }
    }
}

/// A switch and the note beside it, as elements. They say what the last state says, and only what differs is touched.
pub struct SwitchParts {
    boxed: Element,
    button: Element,
    /// Only where there is something to say: tables have hundreds of switches.
    note: Option<Element>,
    shown: SwitchState,
}

impl SwitchParts {
    /// A new box with a switch in it, to be copied or shown.
    pub fn make() -> Element {
        let button = element("button|type=button|role=switch|class=switch|aria-checked=false", &[]);
        element("span|class=switch-box", &[&button])
    }

    /// The parts of a box that [`SwitchParts::make`] has made.
    pub fn of(boxed: &Element) -> Option<Self> {
        let as_made = SwitchState { on: Some(false), ..SwitchState::default() };
        Some(Self { boxed: boxed.clone(), button: boxed.first_element_child()?, note: None, shown: as_made })
    }

    /// Makes the elements say this.
    pub fn show(&mut self, state: SwitchState) {
        let before = mem::replace(&mut self.shown, state);
        let now = &self.shown;
        let differs = |name: &str, now: Option<&str>, before: Option<&str>| {
            if now != before {
                put(&self.button, name, now);
            }
        };
        let flag = |flag: bool| flag.then_some("true");
        differs("aria-label", Some(&now.label), Some(&before.label));
        differs("aria-checked", Some(now.checked()), Some(before.checked()));
        differs("aria-disabled", flag(now.is_disabled()), flag(before.is_disabled()));
        differs("aria-invalid", flag(now.failure.is_some()), flag(before.failure.is_some()));
        differs("data-saving", flag(now.saving), flag(before.saving));
        let (failure, reason) = (now.failure.clone(), now.reason());
        if (&failure, &reason) != (&before.failure, &before.reason()) {
            self.tell([("switch-box__error", failure), ("visually-hidden", reason)]);
        }
    }

    /// Makes these the sentences of the note.
    fn tell(&mut self, sentences: [(&str, Option<String>); 2]) {
        if let Some(note) = &self.note {
            note.set_text_content(None);
        }
        for (class, sentence) in sentences {
            let Some(sentence) = sentence else { continue };
            if self.note.is_none() {
                let (note, id) = (element("span|class=switch-box__note", &[]), next_id("note"));
                note.set_id(&id);
                let _ = self.boxed.append_child(&note);
                self.point_to(Some(&id));
                self.note = Some(note);
            }
            let told = element("span", &[]);
            told.set_class_name(class);
            told.set_text_content(Some(&[&sentence, " "].concat()));
            let _ = self.note.as_ref().map(|note| note.append_child(&told));
        }
        if let Some(empty) = self.note.take_if(|note| note.first_child().is_none()) {
            empty.remove();
            self.point_to(None);
        }
    }

    fn point_to(&self, note: Option<&str>) {
        for name in ["aria-describedby", "data-why"] {
            put(&self.button, name, note);
        }
    }
}
