//! The thin shell around the machine: it carries out effects and reports events, and decides nothing.

mod calls;
mod changes;
mod doubt;
mod effects;
mod news;
mod renewal;
mod rest;
mod time;
mod unused;

pub(in crate::session) use calls::exchange_own;

use super::credential::Credential;
use super::ledger::Ledger;
use super::machine::{Attempt, Effect, Event, Session, State};
use super::notice::Notice;
use super::snapshot::Snapshot;
use super::store::Store;
use super::tabs::{Elsewhere, TabNews, Tabs};
use crate::api::{Client, Millis};
use crate::signal::ArcRwSignal;
use contract::auth::SignOut;
use contract::coworkers::ListProfiles;
use contract::{AccessToken, Settings, UserId};
use doubt::Doubts;
use leptos::task::spawn_local;
use news::Hold;
use rest::Rest;
use std::cell::{Cell, OnceCell, RefCell};
use std::collections::VecDeque;
use std::rc::Rc;
use std::sync::Arc;
use time::Timers;

/// Longest wait for the server to hear that one session is over. The way back does not depend on it.
const STOP_MS: u32 = 3_000;

/// What a change of person does to what is kept of one: with true all of it goes.
type Forget = Rc<dyn Fn(bool)>;

/// The session of this tab with everything that carries it out. Clones are the same one.
#[derive(Clone)]
pub(in crate::session) struct Shell(pub(in crate::session) Rc<Inner>);

pub(in crate::session) struct Inner {
    pub(in crate::session) session: RefCell<Session>,
    events: RefCell<VecDeque<Event>>,
    busy: Cell<bool>,
    looked: Cell<Millis>,
    pub(in crate::session) client: Client,
    /// Numbers the tries at signing in.
    tries: Cell<u64>,
    pub(in crate::session) settings: RefCell<Settings>,
    pub(in crate::session) store: Store,
    rest: Cell<Rest>,
    /// What waits for that.
    postponed: RefCell<Vec<Effect>>,
    pub(in crate::session) tab: u32,
    tabs: OnceCell<Tabs>,
    /// Held while this tab acts as somebody.
    acts: RefCell<Hold>,
    timers: Timers,
    renewing: RefCell<Option<Credential>>,
    /// Sessions that are over, of which the server has perhaps not heard yet.
    parting: RefCell<Vec<AccessToken>>,
    /// Who has just signed out, and when, for as long as the other tabs do not know.
    gone: Cell<Option<(UserId, Millis)>>,
    doubts: Doubts,
    /// When somebody last did something.
    used: Cell<Option<Millis>>,
    pub(in crate::session) forget: RefCell<Vec<Forget>>,
    pub(in crate::session) snapshot: ArcRwSignal<Arc<Snapshot>>,
    pub(in crate::session) now: ArcRwSignal<Millis>,
    pub(in crate::session) goto: ArcRwSignal<Option<String>>,
    pub(in crate::session) notice: ArcRwSignal<Option<Notice>>,
    pub(in crate::session) elsewhere: ArcRwSignal<Vec<Elsewhere>>,
    /// When the person is signed out unless they say that they are still there.
    pub(in crate::session) unused: ArcRwSignal<Option<Millis>>,
    pub(in crate::session) ledger: ArcRwSignal<Ledger>,
}

impl Shell {
    pub(in crate::session) fn new(client: Client) -> Self {
        let session = Session::new();
        Self(Rc::new(Inner {
            snapshot: ArcRwSignal::new(Arc::new(Snapshot::from(&session))),
            session: RefCell::new(session),
            events: RefCell::default(),
            busy: Cell::default(),
            looked: Cell::new(client.now()),
            now: ArcRwSignal::new(client.now()),
            client,
            tries: Cell::default(),
            settings: RefCell::default(),
            store: Store,
            rest: Cell::new(Rest::NONE),
            postponed: RefCell::default(),
            tab: (js_sys::Math::random() * f64::from(u32::MAX)) as u32,
            tabs: OnceCell::new(),
            acts: RefCell::default(),
            timers: Timers::default(),
            renewing: RefCell::default(),
            parting: RefCell::default(),
            gone: Cell::default(),
            doubts: Doubts::default(),
            used: Cell::default(),
            forget: RefCell::default(),
            goto: ArcRwSignal::new(None),
            notice: ArcRwSignal::new(None),
            elsewhere: ArcRwSignal::new(Vec::new()),
            unused: ArcRwSignal::new(None),
            ledger: ArcRwSignal::default(),
        }))
    }

    /// Reports to this session for as long as it lives, without keeping it alive.
    fn reporter<T: 'static>(&self, report: impl Fn(&Self, T) + 'static) -> impl Fn(T) + 'static {
        let weak = Rc::downgrade(&self.0);
        move |news| {
            if let Some(inner) = weak.upgrade() {
                report(&Self(inner), news);
            }
        }
    }

    /// Reports an event. One that an effect reports waits until the effects before it are carried out.
    pub(in crate::session) fn dispatch(&self, event: Event) {
        self.0.events.borrow_mut().push_back(event);
        self.decide();
    }

    /// Decides about what was reported, unless that is under way.
    fn decide(&self) {
        if self.0.busy.replace(true) {
            return;
        }
        while let Some(event) = self.next_event() {
            let (session, effects) = (self.rest().step)(self.0.session.take(), event);
            let snapshot = Snapshot::from(&session);
            self.0.session.replace(session);
            for effect in effects {
                self.run(effect);
            }
            if **self.0.snapshot.read_untracked() != snapshot {
                self.0.now.set(self.0.client.now());
                self.0.snapshot.set(Arc::new(snapshot));
            }
        }
        self.0.busy.set(false);
        (self.rest().keep_time)(self);
    }

    pub(in crate::session) fn rest(&self) -> Rest {
        self.0.rest.get()
    }

    fn next_event(&self) -> Option<Event> {
        self.0.events.borrow_mut().pop_front()
    }

    /// Carries out what signing in takes, and leaves the rest to the rest.
    fn run(&self, effect: Effect) {
        match effect {
            Effect::Assume(passport) => {
                self.0.client.assume(passport);
                self.forget(true);
            }
            Effect::Refresh(passport) => {
                self.0.client.renew(passport);
                self.forget(false);
            }
            Effect::Limit(passport) => self.0.client.renew(passport),
            Effect::Store(credential) => self.0.store.save(&credential),
            Effect::Forget(access) => self.0.store.forget(|kept| kept.access == access),
            Effect::Whoami(attempt, bearer) => {
                let shell = self.clone();
                spawn_local(async move {
                    let client = &shell.0.client;
                    let result = client.call_as(Some(&bearer), &ListProfiles).await;
                    shell.dispatch(Event::Proved(attempt, client.now(), result));
                });
            }
            other => (self.rest().carry_out)(self, other),
        }
    }

    pub(in crate::session) fn next_try(&self) -> Attempt {
        self.0.tries.set(self.0.tries.get().wrapping_add(1));
        Attempt(self.0.tries.get())
    }

    /// Whose account it is, whoever they act as.
    pub(in crate::session) fn user(&self) -> Option<UserId> {
        self.0.session.borrow().state.user()
    }

    fn tell_gone(&self) {
        if let Some((user, at)) = self.0.gone.take() {
            self.0.store.mark_signed_out(user, at);
            self.tell(&TabNews::SignedOut { user, at });
        }
    }

    fn forget(&self, all: bool) {
        let each = self.0.forget.borrow().clone();
        each.iter().for_each(|forget| forget(all));
    }

    /// Tells the other tabs and the server, without waiting, that sessions as others are over, and one's own where one has
    /// just signed out: the page goes away, or broke.
    pub(in crate::session) fn part(&self) {
        self.tell(&TabNews::Ended { tab: self.0.tab });
        for bearer in self.0.parting.take() {
            self.0.client.send_parting(&bearer, &SignOut);
        }
        // The server cannot be waited for.
        self.tell_gone();
        if let Ok(session) = self.0.session.try_borrow() {
            // One that is over is not.
            if let Some(own) = session.state.own().filter(|_| !matches!(session.state, State::Lapsed(..))) {
                self.0.store.hold(&own.credential);
            }
            for bearer in session.state.overlays() {
                self.0.client.send_parting(&bearer, &SignOut);
            }
        }
    }

    /// Nothing that happens from now on changes anything.
    pub(in crate::session) fn freeze(&self) {
        self.0.busy.set(true);
    }
}
