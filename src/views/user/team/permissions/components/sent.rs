//! What "Manage permissions" has sent.

use super::draft::Draft;
use crate::memo::Memo;
use crate::queries::{Field, Wish};
use crate::signal::{RwSignal, effect};
use crate::ui::use_toaster;
use crate::views::user::team::permissions::desk::{Asked, Desk};
use crate::views::user::team::permissions::saving::Pending;
use contract::CoworkerId;
use leptos::prelude::*;
use words::saving as say;

/// The saves that the dialog has begun. They outlive the dialog, which may be closed meanwhile, or changed further: what
/// came of one is told all the same, and what was changed since then stays. Other changes of a member are told beside
/// their switches.
#[derive(Clone, Copy)]
pub(super) struct Sent {
    desk: Desk,
    /// The last one of each member.
    saves: RwSignal<Vec<Save>>,
}

#[derive(Clone)]
struct Save {
    whom: CoworkerId,
    wish: Wish,
    under_way: bool,
    /// Whether the dialog has been opened again since. What it shows then is not closed under somebody's hands.
    earlier: bool,
}

/// What the dialog sends; nothing yet.
pub(super) fn use_sent(desk: Desk, draft: RwSignal<Option<Draft>>) -> Sent {
    let toaster = use_toaster();
    let sent = Sent { desk, saves: RwSignal::new(Vec::new()) };
    let landed = Memo::new(move |_| {
        let saves = sent.saves.read();
        saves.iter().find(|save| save.under_way && sent.has_landed(save)).map(|save| save.whom)
    });
    effect(move || {
        let Some(id) = landed.get() else { return };
        let wish = sent.saves.try_update(|saves| {
            let save = saves.iter_mut().find(|save| save.whom == id)?;
            save.under_way = false;
            Some((save.wish.clone(), save.earlier))
        });
        let Some(Some((wish, earlier))) = wish else { return };
        let saved = untrack(|| sent.failure(id)).is_none();
        if saved {
            toaster.say(say::saved(&untrack(|| desk.name(id))));
        }
        if desk.asked.get_untracked() != Some(Asked::Manage(id)) {
            return;
        }
        draft.update(|draft| {
            if let Some(draft) = draft {
                draft.see_landed(&wish, &|field| untrack(|| desk.failure(id, field)).is_some());
            }
        });
        if saved && !earlier && !is_changed(draft) {
            desk.close();
        }
    });
    sent
}

impl Sent {
    /// Sends what is wished for a member.
    pub(super) fn send(self, whom: CoworkerId, wish: Wish) {
        let save = Save { whom, wish: wish.clone(), under_way: true, earlier: false };
        self.saves.update(|saves| {
            saves.retain(|save| save.whom != whom);
            saves.push(save);
        });
        self.desk.saving.wish(whom, wish);
    }

    /// Whether something for a member is on its way.
    pub(super) fn is_under_way(self, whom: CoworkerId) -> bool {
        self.saves.read().iter().any(|save| save.whom == whom && save.under_way)
    }

    /// Why what was sent for a member was not saved.
    pub(super) fn failure(self, whom: CoworkerId) -> Option<String> {
        let saves = self.saves.read();
        let save = saves.iter().find(|save| save.whom == whom)?;
        save.wish.keys().find_map(|field| self.desk.failure(whom, *field))
    }

    /// The fields of a member that were not saved, whoever sent them.
    pub(super) fn failed(self, whom: CoworkerId) -> Vec<Field> {
        Field::all().filter(|field| self.desk.failure(whom, *field).is_some()).collect()
    }

    /// It has landed when nothing of it is wanted any more.
    fn has_landed(self, save: &Save) -> bool {
        let is_there = |pending: &Pending| save.wish.keys().all(|field| pending.wanted(*field).is_none());
        self.desk.saving.with(save.whom, |pending| pending.is_none_or(is_there))
    }

    /// A dialog is opened with this draft, which shows what is on its way as if it were there.
    pub(super) fn open(self, whom: CoworkerId, mut draft: Draft) -> Draft {
        // What was told to another opening is not told to this one.
        self.saves.update(|saves| {
            saves.retain(|save| save.under_way);
            saves.iter_mut().for_each(|save| save.earlier = true);
        });
        if let Some(save) = self.saves.read_untracked().iter().find(|save| save.whom == whom) {
            for (field, wanted) in save.wish.iter() {
                if let Some(seen) = &wanted.seen {
                    draft.see(*field, seen);
                }
            }
        }
        draft
    }

    /// Gives up what was sent for a member and not saved.
    pub(super) fn forget(self, whom: CoworkerId) {
        let saves = self.saves.read_untracked();
        let sent = saves.iter().filter(|save| save.whom == whom).flat_map(|save| save.wish.keys());
        sent.for_each(|field| self.desk.saving.keep(whom, *field));
    }

    /// Whether closing the dialog gives up something that is not on its way.
    pub(super) fn leaves(self, whom: CoworkerId, draft: RwSignal<Option<Draft>>) -> bool {
        let Some(mut draft) = draft.get_untracked() else { return false };
        let saves = self.saves.read_untracked();
        if let Some(save) = saves.iter().find(|save| save.whom == whom && save.under_way) {
            draft.see_landed(&save.wish, &|_| false);
        }
        draft.is_changed()
    }
}

fn is_changed(draft: RwSignal<Option<Draft>>) -> bool {
    draft.with_untracked(|draft| draft.as_ref().is_some_and(Draft::is_changed))
}
