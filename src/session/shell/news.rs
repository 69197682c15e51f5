//! Telling the other tabs, and hearing them.

use super::Shell;
use crate::session::machine::{Event, State};
use crate::session::tabs::{Elsewhere, TabNews};
use contract::UserId;

impl Shell {
    pub(in crate::session) fn tell(&self, news: &TabNews) {
        if let Some(tabs) = self.0.tabs.get() {
            tabs.tell(news);
        }
    }

    pub(super) fn tell_acting(&self) {
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
            TabNews::Hello => self.tell_acting(),
            TabNews::SignedOut => self.check_sign_out(),
            TabNews::ProfileChanged { user } if self.own() == Some(user) => self.dispatch(Event::LookAgain),
            TabNews::ProfileChanged { .. } => {}
            TabNews::Acting { tab, user, name } => {
                if self.own() == Some(user) {
                    self.0.elsewhere.update(|tabs| {
                        tabs.retain(|other| other.tab != tab);
                        tabs.push(Elsewhere { tab, user, name });
                    });
                }
            }
            TabNews::Ended { tab } => self.0.elsewhere.update(|tabs| tabs.retain(|other| other.tab != tab)),
        }
    }
}
