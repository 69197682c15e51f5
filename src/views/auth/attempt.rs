//! What a form that signs in has come to.

use super::trouble::{Trouble, use_trouble};
use super::wrong::{Wrong, use_wrong};
use crate::signal::RwSignal;

/// What the last try of a form came to, and whether one is under way. It outlives the form, which is made anew in another
/// language: so no answer is lost to that, and nothing is sent twice.
#[derive(Clone, Copy)]
pub struct Attempt {
    /// What stands in the way.
    pub trouble: Trouble,
    /// What is wrong with what was typed.
    pub wrong: Wrong,
    /// How many tries were begun or forgotten, and whether an answer to the last one is awaited.
    tries: RwSignal<(u32, bool)>,
}

/// None yet.
pub fn use_attempt() -> Attempt {
    Attempt { trouble: use_trouble(), wrong: use_wrong(), tries: RwSignal::default() }
}

impl Attempt {
    /// A try begins. Gives back its number.
    pub fn begin(self) -> u32 {
        self.trouble.clear();
        self.put(true)
    }

    /// The answer to a try is there. False when nobody is at the form any more who waits for it.
    pub fn ends(self, number: u32) -> bool {
        let awaited = self.awaits(number);
        if awaited {
            self.tries.set((number, false));
        }
        awaited
    }

    /// Whether an answer is awaited. Follows it.
    pub fn is_under_way(self) -> bool {
        self.tries.get().1
    }

    /// The same, without following it.
    pub fn is_awaited(self) -> bool {
        self.tries.get_untracked().1
    }

    /// Whether this try is the last, and its answer is awaited.
    pub fn awaits(self, number: u32) -> bool {
        self.tries.get_untracked() == (number, true)
    }

    /// Whoever comes to the form next begins anew.
    pub fn forget(self) {
        self.trouble.forget();
        self.wrong.forget();
        self.put(false);
    }

    fn put(self, awaited: bool) -> u32 {
        let number = self.tries.get_untracked().0.wrapping_add(1);
        self.tries.set((number, awaited));
        number
    }
}
