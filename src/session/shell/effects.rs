//! Carrying out what the machine decided, but for the little that signing in takes.

use super::{Shell, calls};
use crate::api::Millis;
use crate::session::machine::{Attempt, Effect, Event};
use crate::session::tabs::TabNews;
use contract::auth::SignOut;
use contract::{AccessToken, UserId};
use gloo_timers::future::TimeoutFuture;
use leptos::task::spawn_local;

/// How long after a switch whose answer was lost one looks again, and how long after that once more.
const LATE_MS: [u32; 2] = [10_000, 30_000];

impl Shell {
    pub(super) fn carry_out(&self, effect: Effect) {
        match effect {
            Effect::Settled(trouble) => self.0.doubts.settle(trouble),
            Effect::Seek(lapsed) => self.seek(&lapsed),
            Effect::ForgetPerson(client_id, before) => self.0.store.forget_person(&client_id, before),
            Effect::Greet => {
                self.tell(&TabNews::Hello);
                self.check_sign_out();
            }
            Effect::TellProfile(user) => {
                self.0.store.mark_moved(user, self.0.client.now());
                self.tell(&TabNews::ProfileChanged { user });
            }
            Effect::Hush => {
                self.0.notice.set(None);
                self.0.elsewhere.set(Vec::new());
            }
            Effect::TellActing => self.tell_acting(),
            Effect::Remember => self.remember(),
            Effect::Record => {
                let mut ledger = self.0.session.borrow().ledger.clone();
                ledger.page = Some(self.0.tab);
                self.0.store.save_ledger(&ledger);
                self.0.ledger.set(ledger);
            }
            Effect::Farewell(bearers, user) => self.farewell(bearers, user),
            Effect::Go(path) => self.0.goto.set(Some(path)),
            Effect::Say(notice) => self.0.notice.set(Some(notice)),
            asynchronous => {
                let shell = self.clone();
                spawn_local(async move { shell.carry_out_soon(asynchronous).await });
            }
        }
    }

    async fn carry_out_soon(self, effect: Effect) {
        match effect {
            Effect::Renew(credential) => self.renew(credential).await,
            Effect::Discard(bearer) => self.discard(&bearer).await,
            Effect::SwitchProfile(attempt, _, profile) => {
                // What was sent before was meant for the profile before: the server goes by the one it is on.
                self.0.client.changes_answered().await;
                let bearer = self.bearer_of(attempt);
                if let Some(bearer) = bearer {
                    self.call(Effect::SwitchProfile(attempt, bearer, profile)).await;
                }
            }
            call => self.call(call).await,
        }
    }

    /// The own bearer by now, unless this try counts no more.
    fn bearer_of(&self, attempt: Attempt) -> Option<AccessToken> {
        let session = self.0.session.borrow();
        let own = session.state.own().filter(|_| session.attempt == attempt)?;
        Some(own.credential.access.clone())
    }

    async fn call(&self, call: Effect) {
        let form = self.0.settings.borrow().exchange;
        let Some(event) = calls::call(self.0.client.clone(), form, call).await else { return };
        let is_lost = matches!(&event, Event::Switched(_, Err(error)) if error.may_be_done());
        self.dispatch(event);
        if is_lost {
            // It may still be on its way, and be carried out when one has looked already.
            for wait in LATE_MS {
                TimeoutFuture::new(wait).await;
                self.glance();
            }
        }
    }

    async fn discard(&self, bearer: &AccessToken) {
        // Nothing on the screen depends on the answer, and what it revokes is the location's affair.
        let _ = self.0.client.call_as(Some(bearer), &SignOut).await;
    }

    /// All of them at once: the other tabs hear of it when the server has of each, or three seconds later.
    fn farewell(&self, bearers: Vec<AccessToken>, user: Option<UserId>) {
        if let Some(user) = user {
            self.tell_gone();
            // Whoever signs in from now on is not signed out by this.
            self.0.gone.set(Some((user, self.0.client.now())));
        }
        self.0.parting.borrow_mut().extend(bearers.iter().cloned());
        for bearer in bearers {
            let shell = self.clone();
            spawn_local(async move {
                calls::end(&shell.0.client, &bearer).await;
                let mut parting = shell.0.parting.borrow_mut();
                parting.retain(|one| *one != bearer);
                let was_last = parting.is_empty();
                drop(parting);
                if was_last {
                    shell.tell_gone();
                }
            });
        }
    }

    /// Looks at the time, whether this person signed out elsewhere, and, at most every ten seconds, who they are to the
    /// server.
    pub(super) fn look_again(&self) {
        self.tick();
        self.check_sign_out();
        self.seek_again();
        self.glance();
    }

    pub(super) fn check_sign_out(&self) {
        // Where nobody is any more, that is why.
        self.check_use();
        let Some(user) = self.user() else { return };
        if let Some(at) = self.0.store.signed_out(user) {
            self.hear_sign_out(user, at);
        }
    }

    pub(super) fn hear_sign_out(&self, user: UserId, at: Millis) {
        match at > self.0.client.now() {
            // One from the future was noted by a clock that was wrong: it would sign people out when its time comes.
            true => self.0.store.drop_sign_out_mark(user),
            false => self.dispatch(Event::SignedOutElsewhere(user, at)),
        }
    }
}
