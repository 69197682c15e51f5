//! What one has begun and not sent.

use crate::signal::ArcRwSignal;
use crate::views::user::team::permissions::many::Selection;

/// What one has begun on the page of a team: it is still there when one comes back to it, for as long as one is who one is.
#[derive(Clone, Default)]
pub struct Begun {
    /// Those who are selected for a change to many.
    pub selection: ArcRwSignal<Selection>,
    /// The people to be added, as they were typed.
    pub people: ArcRwSignal<String>,
    /// Their plan; `None` before one was chosen.
    pub plan: ArcRwSignal<Option<String>>,
    /// The day from which they are members.
    pub start: ArcRwSignal<String>,
    /// Whether they are being added: nobody is to be added twice.
    pub adding: ArcRwSignal<bool>,
}

impl Begun {
    /// Nothing of what was typed is still wanted.
    pub fn forget_people(&self) {
        self.people.set(String::new());
        self.plan.set(None);
        self.start.set(String::new());
    }
}
