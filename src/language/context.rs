use super::{intl, preference};
use crate::boot;
use crate::markup::Listener;
use crate::signal::{RwSignal, StoredValue};
use leptos::prelude::*;
use leptos::task::spawn_local;
use std::cell::Cell;
use std::rc::Rc;
use words::Language;

/// The language as a context. Cheap to copy; outlives every page.
#[derive(Clone, Copy)]
pub struct LanguageContext {
    spoken: RwSignal<Option<Language>>,
    failed: RwSignal<Option<Language>>,
    course: StoredValue<Rc<Course>>,
}

/// How the next language comes about.
#[derive(Default)]
struct Course {
    /// Numbers what was asked for: only the latest counts.
    latest: Cell<u32>,
    /// Whether it was asked already what the location speaks.
    follows: Cell<bool>,
    /// Whether what is being fetched is the person's choice.
    by_choice: Cell<bool>,
    /// Whether what is on the screen is not made anew for a language that nobody has chosen.
    held: Cell<bool>,
    /// The language that waits for that, with its words.
    waits: Cell<Option<(Language, Option<String>)>>,
    /// Whether the person has just chosen and is still there, so that the picker made anew takes the focus.
    just_chosen: Cell<bool>,
}

/// Begins to speak the language that this device remembers, and provides it as a context.
pub fn provide_language() -> LanguageContext {
    let context = LanguageContext {
        spoken: RwSignal::new(None),
        failed: RwSignal::new(None),
        course: StoredValue::default(),
    };
    provide_context(context);
    context.speak(preference::first());
    context
}

/// The language.
pub fn use_language() -> LanguageContext {
    expect_context()
}

impl LanguageContext {
    fn course(self) -> Rc<Course> {
        self.course.get_value()
    }

    /// What is spoken; `None` until the words of the first language are there. Whatever shows words is made anew when
    /// this changes.
    pub fn spoken(self) -> Option<Language> {
        self.spoken.get()
    }

    /// The language whose words could not be fetched when it was last asked for.
    pub fn failed(self) -> Option<Language> {
        self.failed.get()
    }

    /// Speaks what the person chose, and remembers it on this device. Where the words are long on their way and the person
    /// has gone on to another control, it waits as the location's language does.
    pub fn choose(self, language: Language) {
        preference::choose(language);
        self.course().by_choice.set(true);
        self.speak(language);
    }

    /// Whether the person has just chosen and is still there. True once for each choice.
    pub(super) fn take_just_chosen(self) -> bool {
        self.course().just_chosen.take()
    }

    /// Whether it is of interest now what the location speaks: once, where nobody has chosen.
    pub fn begins_to_follow(self) -> bool {
        preference::chosen().is_none() && !self.course().follows.replace(true)
    }

    /// Speaks what the location speaks, for whoever has not chosen. A language that the portal does not have changes nothing.
    pub fn follow_location(self, tag: &str) {
        let Some(language) = Language::of_tag(tag) else { return };
        preference::note_location(language);
        if preference::chosen().is_none() && self.spoken.get_untracked() != Some(language) {
            self.speak(language);
        }
    }

    /// From now on what is on the screen stays as it is, unless the person chooses a language.
    pub fn hold(self) {
        self.course().held.set(true);
    }

    /// The end of that, and of waiting for whoever types, when there is nothing on the screen yet that could be lost.
    pub fn release(self) {
        self.course().held.set(false);
        self.speak_what_waits();
    }

    /// From here on a choice that waits for whoever has gone on to something else comes when they have left it.
    pub fn attend(self) {
        let look = move || {
            if self.course().by_choice.get() && !is_in_use() {
                self.speak_what_waits();
            }
        };
        // The focus is nowhere until it is somewhere else.
        Listener::new(window().into(), "focusout", move |_| request_animation_frame(look)).stay();
    }

    fn speak_what_waits(self) {
        if let Some((language, words)) = self.course().waits.take() {
            // Whoever says so is taken away by it.
            spawn_local(async move { self.make_spoken(language, words) });
        }
    }

    /// Fetches the words, then speaks. Where that fails, what was spoken stays; at the start that is English.
    fn speak(self, language: Language) {
        let course = self.course();
        let turn = course.latest.get() + 1;
        course.latest.set(turn);
        course.waits.set(None);
        self.failed.set(None);
        if language == Language::English {
            self.become_spoken(language, None);
            return;
        }
        spawn_local(async move {
            let words = boot::words(language.tag()).await;
            // Only the latest choice counts.
            if course.latest.get() != turn {
                return;
            }
            match words {
                Some(words) => self.become_spoken(language, Some(words)),
                None => self.give_up(language),
            }
        });
    }

    fn become_spoken(self, language: Language, words: Option<String>) {
        let course = self.course();
        let waits = match course.by_choice.get() {
            // Whoever has chosen and gone on meanwhile would lose what they are at.
            true => is_in_use() && !is_on_picker(),
            false => course.held.get() || is_in_use(),
        };
        if waits && self.spoken.get_untracked().is_some() {
            return course.waits.set(Some((language, words)));
        }
        self.make_spoken(language, words);
    }

    fn make_spoken(self, language: Language, words: Option<String>) {
        // Each language is kept in memory for good: there are few, and its words are everywhere.
        match words::install(words.map(|words| &*words.leak())) {
            Ok(()) => {
                intl::count_as(language);
                if let Some(root) = document().document_element() {
                    let _ = root.set_attribute("lang", language.locale());
                    let _ = root.set_attribute("dir", if language.is_rtl() { "rtl" } else { "ltr" });
                }
                self.note_choice();
                self.spoken.set(Some(language));
            }
            Err(words::Unreadable) => self.give_up(language),
        }
    }

    fn note_choice(self) {
        let course = self.course();
        let by_choice = course.by_choice.take();
        course.just_chosen.set(by_choice && is_on_picker());
    }

    fn give_up(self, language: Language) {
        self.note_choice();
        self.failed.set(Some(language));
        if self.spoken.get_untracked().is_none() {
            self.become_spoken(Language::English, None);
        }
    }
}

fn is_on_picker() -> bool {
    matches!(document().query_selector("#language :focus"), Ok(Some(_)))
}

/// Whether a control has the focus or is pressed: made anew, it would lose the next key, or the press.
fn is_in_use() -> bool {
    matches!(document().query_selector(".app :focus:not(h1), .app :active"), Ok(Some(_)))
}
