//! Telling the other tabs, and hearing them.

use super::Shell;
use crate::session::locks::{Lock, is_free, lock};
use crate::session::machine::{Event, State};
use crate::session::tabs::{Elsewhere, TabNews};
use contract::UserId;
use futures_util::future::{Either, select};
use gloo_timers::future::TimeoutFuture;
use leptos::task::spawn_local;
use std::pin::pin;

/// After so long somebody else holds a lock.
const AT_ONCE_MS: u32 = 500;

/// Whether this tab holds the lock by which the others hear of its end.
#[derive(Default)]
pub(super) enum Hold {
    /// It has not asked for it.
    #[default]
    Not,
    /// It has asked for it.
    Asked,
    /// Until this is dropped.
    Held(#[expect(dead_code, reason = "it is let go of when it is dropped")] Lock),
}

impl Shell {
    pub(in crate::session) fn tell(&self, news: &TabNews) {
        if let Some(tabs) = self.0.tabs.get() {
            tabs.tell(news);
        }
    }

    /// Tells whether this tab acts as somebody. A tab that is closed may have no time to tell the end, and one that broke
    /// has none: while it acts it holds a lock, which the others hear of at its end.
    pub(super) fn tell_acting(&self) {
        let acts = matches!(self.0.session.borrow().state, State::Acting(..));
        if !acts {
            self.0.acts.take();
        } else if matches!(*self.0.acts.borrow(), Hold::Not) {
            self.0.acts.replace(Hold::Asked);
            let this = self.clone();
            // Told when it is held: whoever hears of it may find out at once.
            return spawn_local(async move {
                let held = lock(&lock_of(this.0.tab)).await;
                if let hold @ Hold::Asked = &mut *this.0.acts.borrow_mut() {
                    *hold = Hold::Held(held);
                }
                this.tell_acting_now();
            });
        }
        self.tell_acting_now();
    }

    fn tell_acting_now(&self) {
        let news = match &self.0.session.borrow().state {
            State::Acting(own, acting, _) => TabNews::Acting {
                tab: self.0.tab,
                user: own.identity.user,
                name: acting.request.target.name.clone(),
            },
            _ => TabNews::Ended { tab: self.0.tab },
        };
        self.tell(&news);
    }

    pub(super) fn own(&self) -> Option<UserId> {
        self.0.session.borrow().state.own().map(|own| own.identity.user)
    }

    pub(super) fn hear(&self, news: TabNews) {
        match news {
            TabNews::Hello => {
                self.tell_acting();
                // It may come from a tab that was changing the profile when it was loaded again.
                self.glance();
            }
            // A message alone is not believed, but where there can be no mark.
            TabNews::SignedOut { .. } if self.0.store.keeps() => self.check_sign_out(),
            TabNews::SignedOut { user, at } => self.hear_sign_out(user, at),
            // Also while it is not proved yet who one is: what the server has said of that may be from before.
            TabNews::ProfileChanged { user } if self.user() == Some(user) => {
                self.dispatch(Event::LookAgain);
            }
            TabNews::ProfileChanged { .. } => {}
            TabNews::Acting { tab, user, name } => {
                if self.own() == Some(user) {
                    let known = self.acts_no_more(tab);
                    self.0.elsewhere.update(|tabs| tabs.push(Elsewhere { tab, user, name }));
                    if !known {
                        let this = self.clone();
                        spawn_local(async move {
                            if is_free(&lock_of(tab)).await {
                                this.acts_no_more(tab);
                            }
                        });
                    }
                }
            }
            TabNews::Ended { tab } => {
                self.acts_no_more(tab);
            }
        }
    }

    /// Finds out what was done as others in this tab. What a tab that was duplicated goes on with is left to it.
    pub(super) fn remember(&self) {
        let mut ledger = self.0.store.ledger();
        let shell = self.clone();
        spawn_local(async move {
            if let Some(page) = ledger.page.filter(|_| ledger.open().is_some())
                && acts_still(page).await
            {
                ledger.disown();
            }
            shell.dispatch(Event::Remembered(ledger, shell.0.client.now()));
        });
    }

    /// Whether it did until now.
    fn acts_no_more(&self, tab: u32) -> bool {
        let known = self.0.elsewhere.read_untracked().iter().any(|other| other.tab == tab);
        if known {
            self.0.elsewhere.update(|tabs| tabs.retain(|other| other.tab != tab));
        }
        known
    }
}

/// Whether another page acts, as far as can be told at once: one that is gone, as before a reload, holds no lock.
async fn acts_still(tab: u32) -> bool {
    let name = lock_of(tab);
    let free = pin!(is_free(&name));
    matches!(select(free, TimeoutFuture::new(AT_ONCE_MS)).await, Either::Right(_))
}

fn lock_of(tab: u32) -> String {
    format!("portal.acts.{tab}")
}
