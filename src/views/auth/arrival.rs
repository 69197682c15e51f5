//! What somebody who wants in has brought along.

use super::attempt::{Attempt, use_attempt};
use super::kept;
use crate::boot;
use crate::routes::{Route, WayIn};
use crate::session::{Phase, SessionContext, Why, use_session};
use crate::signal::{RwSignal, StoredValue, effect};
use crate::views::auth::sign_in::Step;
use crate::views::frame::use_go;
use contract::{OneTimeToken, ResetToken};
use leptos::prelude::*;
use std::mem;

/// What was typed on one page of signing in and is wanted on the next, and the token of the link that led here. It lives
/// in the memory of this page alone, and is gone as soon as somebody signs in, or is signed in and goes elsewhere.
#[derive(Clone, Copy)]
pub struct Arrival {
    /// The e-mail address.
    pub email: RwSignal<String>,
    /// The password: a form that is made anew in another language still has it, as it has the next four.
    pub password: RwSignal<String>,
    /// The code of the second factor.
    pub code: RwSignal<String>,
    /// The one-time code of a mail.
    pub mail_code: RwSignal<String>,
    /// Which of the two is asked for.
    pub step: RwSignal<Step>,
    /// The password that is to take the place of another one.
    pub new_password: RwSignal<String>,
    /// Whether to keep the session after the browser is closed.
    pub keep: RwSignal<bool>,
    /// The address that an e-mail to sign in with was sent to.
    pub mailed: RwSignal<Option<String>>,
    /// The address that a link to a new password was sent to.
    pub reset_mailed: RwSignal<Option<String>>,
    /// What became of the token of a link: said again when the page is made anew in another language.
    pub spent: RwSignal<Spent>,
    /// What the form of the page has come to.
    attempts: [Attempt; 2],
    session: SessionContext,
    /// Where that was.
    tried_at: StoredValue<String>,
    /// Whether an answer to a new password was lost: what was sent may have been done.
    pub uncertain: StoredValue<bool>,
    tokens: StoredValue<Tokens>,
    wants_mail: StoredValue<bool>,
}

/// What became of the token of a link.
#[derive(Clone, Copy, Default, PartialEq, Eq)]
pub enum Spent {
    /// Nothing yet, or all that was wanted.
    #[default]
    No,
    /// It was refused.
    Refused,
    /// It was refused, after an answer was lost: it may have been used.
    Uncertain,
    /// The password was changed, but that did not sign in.
    Changed,
}

#[derive(Clone, Default)]
struct Tokens {
    reset: Option<Reset>,
    link: Option<OneTimeToken>,
}

/// A token to choose a new password with.
#[derive(Clone)]
pub struct Reset {
    /// The token.
    pub token: ResetToken,
    /// Whether the location demands it; else somebody asked for it.
    pub demanded: bool,
}

/// Provides what was brought along as a context. The token of a link has left the address before anything was sent.
pub fn provide_arrival() {
    let mut tokens = Tokens::default();
    if let Some(token) = boot::token() {
        match use_go().here().with_untracked(|here| Route::at(here)) {
            Some(Route::WayIn(WayIn::ResetPassword, _)) => {
                tokens.reset = ResetToken::new(token).map(|token| Reset { token, demanded: false });
            }
            Some(Route::WayIn(WayIn::SignInLink, _)) => tokens.link = OneTimeToken::new(token),
            _ => {}
        }
    }
    let arrival = Arrival {
        email: RwSignal::default(),
        password: RwSignal::default(),
        code: RwSignal::default(),
        mail_code: RwSignal::default(),
        step: RwSignal::default(),
        new_password: RwSignal::default(),
        keep: RwSignal::default(),
        mailed: RwSignal::default(),
        reset_mailed: RwSignal::default(),
        spent: RwSignal::default(),
        attempts: [(); 2].map(|()| use_attempt()),
        session: use_session(),
        tried_at: StoredValue::default(),
        uncertain: StoredValue::new(false),
        tokens: StoredValue::new(tokens),
        wants_mail: StoredValue::new(false),
    };
    provide_context(arrival);
    let (snapshot, go) = (use_session().snapshot(), use_go());
    let here = go.here();
    let mut was_somebody = None;
    let mut was_on_way = false;
    // Whoever has signed out on a way in may be about to go it, or may be gone.
    let mut left = false;
    effect(move || {
        here.with(|here| arrival.leave_forms(here));
        let snapshot = snapshot.read();
        let is_on_way = here.with(|here| matches!(Route::at(here), Some(Route::WayIn(..))));
        let is_somebody = match snapshot.phase {
            _ if snapshot.person().is_some() => Some(true),
            Phase::SignedOut(_) => Some(false),
            _ => was_somebody,
        };
        match (was_somebody, is_somebody) {
            // Whoever was signed in before they came here has brought nothing in yet.
            (Some(false), Some(true)) => {
                left = false;
                arrival.settle();
            }
            // Whoever comes next finds nothing of whoever was here.
            (Some(true), Some(false)) => {
                if matches!(snapshot.phase, Phase::SignedOut(Why::Unused(_))) {
                    go.replace(&Route::SignIn(None));
                }
                left = true;
                arrival.set_mailed(None);
            }
            // Whoever goes elsewhere as who they are, or were, wants nothing of it any more.
            (_, Some(stays)) if was_on_way && !is_on_way && (stays || left) => arrival.settle(),
            _ => {}
        }
        // Where it is not known yet who somebody is, it counts when it is.
        was_on_way = is_on_way || was_on_way && is_somebody.is_none();
        was_somebody = is_somebody;
    });
}

/// What was brought along.
pub fn use_arrival() -> Arrival {
    expect_context()
}

impl Arrival {
    /// What the form that is made here, and one below it on the same page, have come to: nothing, or what they had at this
    /// address before they were made anew in another language.
    pub fn attempts(self) -> [Attempt; 2] {
        self.leave_forms(&use_go().here().get_untracked());
        self.attempts
    }

    /// What the forms of another address had come to counts no more, nor the code of a mail that was typed there.
    fn leave_forms(self, here: &str) {
        if self.tried_at.with_value(|tried_at| tried_at != here) {
            self.tried_at.set_value(here.to_owned());
            self.forget_attempts();
        }
    }

    fn forget_attempts(self) {
        // Nobody is to be signed in by an answer to somebody who has gone.
        if self.attempts.iter().any(|attempt| attempt.is_awaited()) {
            self.session.give_up();
        }
        self.attempts.iter().for_each(|attempt| attempt.forget());
        self.mail_code.set(String::new());
    }

    /// The address as it is sent: without what stands unseen around one that was copied.
    pub fn typed_email(self) -> String {
        let unseen =
            |sign: char| sign.is_whitespace() || matches!(sign, '\u{200b}'..='\u{200f}' | '\u{feff}');
        self.email.read_untracked().trim_matches(unseen).to_owned()
    }

    /// The token to choose a new password with.
    pub fn reset(self) -> Option<Reset> {
        self.tokens.with_value(|tokens| tokens.reset.clone())
    }

    /// The location demands a new password, to be chosen with this token.
    pub fn demand_reset(self, token: ResetToken) {
        self.tokens.try_update_value(|tokens| tokens.reset = Some(Reset { token, demanded: true }));
        self.uncertain.set_value(false);
        self.spent.set(Spent::No);
    }

    /// The token of a link to sign in with.
    pub fn link(self) -> Option<OneTimeToken> {
        self.tokens.with_value(|tokens| tokens.link.clone())
    }

    /// No token is of use any more, nor what was typed or kept for one.
    pub fn spend(self) {
        kept::keep_next(None);
        self.tokens.set_value(Tokens::default());
        self.uncertain.set_value(false);
        self.new_password.set(String::new());
        // Where nothing was said of one, the form stays while it signs in.
        self.spent.try_maybe_update(|spent| (mem::take(spent) != Spent::No, ()));
    }

    /// The person has asked for an e-mail to sign in with, on the page before the one that sends it.
    pub fn ask_for_mail(self) {
        self.wants_mail.set_value(true);
    }

    /// Whether they have; once.
    pub fn take_mail_wish(self) -> bool {
        let wanted = self.wants_mail.get_value();
        self.wants_mail.set_value(false);
        wanted
    }

    /// An e-mail to sign in with was sent there, or is not waited for any more.
    pub fn set_mailed(self, email: Option<String>) {
        kept::keep_mailed(email.clone());
        // Sent there once more, it leaves the form for its code as it is.
        if *self.mailed.read_untracked() != email {
            self.mailed.set(email);
        }
    }

    /// What this tab knows of that when its page was loaded again.
    pub fn recall_mailed(self) {
        if self.mailed.read_untracked().is_none()
            && let Some(email) = kept::mailed()
        {
            self.email.set(email.clone());
            self.mailed.set(Some(email));
        }
    }

    fn settle(self) {
        self.email.set(String::new());
        self.password.set(String::new());
        self.code.set(String::new());
        self.step.set(Step::Password);
        self.keep.set(false);
        self.set_mailed(None);
        self.reset_mailed.set(None);
        self.spend();
        self.forget_attempts();
    }
}
