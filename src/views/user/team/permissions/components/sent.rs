//! What "Manage permissions" has sent.

use super::draft::Draft;
use crate::memo::Memo;
use crate::queries::Wish;
use crate::signal::{RwSignal, effect};
use crate::ui::use_toaster;
use crate::views::user::team::permissions::desk::{Asked, Desk};
use crate::views::user::team::permissions::saving::Pending;
use contract::CoworkerId;
use leptos::prelude::*;
use words::saving as say;

/// The save that the dialog has begun. It outlives the dialog, which may be closed meanwhile, or changed further: what
/// came of it is told all the same, and what was changed since then stays. Other changes of the member are told beside
/// their switches.
#[derive(Clone, Copy)]
pub(super) struct Sent {
    what: RwSignal<Option<(CoworkerId, Wish)>>,
    busy: RwSignal<bool>,
    failure: Memo<Option<String>>,
}

/// What the dialog sends; nothing yet.
pub(super) fn use_sent(desk: Desk, draft: RwSignal<Option<Draft>>) -> Sent {
    let toaster = use_toaster();
    let (what, busy) = (RwSignal::new(None::<(CoworkerId, Wish)>), RwSignal::new(false));
    // It has landed when nothing of it is wanted any more.
    let landed = Memo::new(move |_| {
        let what = what.read();
        let Some((id, wish)) = what.as_ref().filter(|_| busy.get()) else { return false };
        let is_there = |pending: &Pending| wish.keys().all(|field| pending.wanted(*field).is_none());
        desk.saving.with(*id, |pending| pending.is_none_or(is_there))
    });
    let failure = Memo::new(move |_| {
        let what = what.read();
        let (id, wish) = what.as_ref()?;
        desk.saving.with(*id, |pending| {
            let pending = pending?;
            wish.keys().find_map(|field| pending.failure(*field, desk.held(*id, *field).as_ref()))
        })
    });
    effect(move || {
        if !landed.get() {
            return;
        }
        busy.set(false);
        let Some((id, wish)) = what.get_untracked().filter(|_| failure.with_untracked(Option::is_none))
        else {
            return;
        };
        toaster.say(say::saved(&desk.name(id)));
        if desk.asked.get_untracked() != Some(Asked::Manage(id)) {
            return;
        }
        draft.update(|draft| {
            if let Some(draft) = draft {
                see(draft, &wish);
            }
        });
        if !is_changed(draft) {
            desk.close();
        }
    });
    Sent { what, busy, failure }
}

impl Sent {
    /// Sends what is wished for a member.
    pub(super) fn send(self, desk: Desk, id: CoworkerId, wish: Wish) {
        self.what.set(Some((id, wish.clone())));
        self.busy.set(true);
        desk.saving.wish(id, wish);
    }

    /// Whether something for a member is on its way.
    pub(super) fn is_under_way(self, id: CoworkerId) -> bool {
        self.busy.get() && self.is_for(id)
    }

    /// Why what was sent for a member was not saved.
    pub(super) fn failure(self, id: CoworkerId) -> Option<String> {
        self.failure.get().filter(|_| self.is_for(id))
    }

    fn is_for(self, id: CoworkerId) -> bool {
        self.what.read().as_ref().is_some_and(|(whom, _)| *whom == id)
    }

    /// A dialog is opened with this draft, which shows what is on its way as if it were there.
    pub(super) fn open(self, id: CoworkerId, mut draft: Draft) -> Draft {
        if !self.busy.get_untracked() {
            // What was told to another opening is not told to this one.
            self.what.set(None);
        } else if let Some((whom, wish)) = &*self.what.read_untracked()
            && *whom == id
        {
            for (field, wanted) in wish.iter() {
                if let Some(seen) = &wanted.seen {
                    draft.see(*field, seen);
                }
            }
        }
        draft
    }

    /// Whether closing the dialog gives up something that is not on its way.
    pub(super) fn leaves(self, id: CoworkerId, draft: RwSignal<Option<Draft>>) -> bool {
        let what = self.what.read_untracked();
        match what.as_ref().filter(|(whom, _)| *whom == id && self.busy.get_untracked()) {
            None => is_changed(draft),
            Some((_, wish)) => draft.get_untracked().is_some_and(|mut draft| {
                see(&mut draft, wish);
                draft.is_changed()
            }),
        }
    }
}

fn see(draft: &mut Draft, wish: &Wish) {
    for (field, wanted) in wish.iter() {
        draft.see(*field, &wanted.value);
    }
}

fn is_changed(draft: RwSignal<Option<Draft>>) -> bool {
    draft.with_untracked(|draft| draft.as_ref().is_some_and(Draft::is_changed))
}
