//! What is wanted of one member's permissions, until the server has it.

use contract::Permission;
use std::collections::BTreeMap;

/// The changes to one member that are not saved yet. They are sent one after the other, because a save replaces all six
/// permissions; the last thing that was wanted is what is sent in the end, however quickly one changes one's mind.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Pending {
    wanted: BTreeMap<Permission, bool>,
    sent: Option<BTreeMap<Permission, bool>>,
    failed: BTreeMap<Permission, String>,
}

impl Pending {
    /// Wants a permission to be so. True when nothing is on its way, so that sending has to be begun.
    pub fn want(&mut self, permission: Permission, on: bool) -> bool {
        self.wanted.insert(permission, on);
        self.failed.remove(&permission);
        self.sent.is_none()
    }

    /// What is to be sent next; `None` when everything is there.
    pub fn take(&mut self) -> Option<Vec<(Permission, bool)>> {
        self.sent = (!self.wanted.is_empty()).then(|| self.wanted.clone());
        self.sent.as_ref().map(|sent| sent.iter().map(|(permission, on)| (*permission, *on)).collect())
    }

    /// What was sent is there, or is not, for this reason. What is wanted otherwise by now stays wanted.
    pub fn landed(&mut self, result: Result<(), String>) {
        for (permission, on) in self.sent.take().unwrap_or_default() {
            if self.wanted.get(&permission) != Some(&on) {
                continue;
            }
            self.wanted.remove(&permission);
            if let Err(why) = &result {
                self.failed.insert(permission, why.clone());
            }
        }
    }

    /// How a permission is to be shown before the server has it.
    pub fn wanted(&self, permission: Permission) -> Option<bool> {
        self.wanted.get(&permission).copied()
    }

    /// Why the last change of a permission is not saved.
    pub fn failure(&self, permission: Permission) -> Option<String> {
        self.failed.get(&permission).cloned()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const BOOKINGS: Permission = Permission::MakeBookings;

    #[test]
    fn a_change_is_shown_at_once_and_gone_from_here_when_the_server_has_it() {
        let mut pending = Pending::default();
        assert!(pending.want(BOOKINGS, true), "sending has to be begun");
        assert_eq!(pending.wanted(BOOKINGS), Some(true));
        assert_eq!(pending.take(), Some(vec![(BOOKINGS, true)]));
        pending.landed(Ok(()));
        assert_eq!((pending.take(), pending), (None, Pending::default()));
    }

    #[test]
    fn one_save_runs_at_a_time_and_what_is_wanted_meanwhile_goes_with_the_next() {
        let mut pending = Pending::default();
        pending.want(BOOKINGS, true);
        pending.take();
        assert!(!pending.want(BOOKINGS, false), "it is being sent already");
        assert!(!pending.want(Permission::BookForTeam, true));
        pending.landed(Ok(()));
        assert_eq!(pending.take(), Some(vec![(BOOKINGS, false), (Permission::BookForTeam, true)]));
    }

    #[test]
    fn what_failed_flips_back_and_says_why_until_it_is_tried_again() {
        let mut pending = Pending::default();
        pending.want(BOOKINGS, true);
        pending.take();
        pending.landed(Err("No.".into()));
        assert_eq!((pending.wanted(BOOKINGS), pending.failure(BOOKINGS)), (None, Some("No.".into())));
        assert_eq!(pending.take(), None);
        pending.want(BOOKINGS, true);
        assert_eq!(pending.failure(BOOKINGS), None);
    }

    proptest! {
        #[test]
        fn however_one_changes_ones_mind_the_server_has_the_last_thing_that_was_wanted(
            steps in prop::collection::vec((0usize..6, any::<bool>(), any::<bool>(), prop::bool::weighted(0.2)), 1..60)
        ) {
            let (mut pending, mut server, mut last) = (Pending::default(), BTreeMap::new(), BTreeMap::new());
            let mut on_its_way: Option<Vec<(Permission, bool)>> = None;
            for (which, on, lands, fails) in steps {
                let permission = Permission::ALL[which];
                if pending.want(permission, on) {
                    prop_assert!(on_its_way.is_none(), "two saves at once");
                    on_its_way = pending.take();
                }
                last.insert(permission, on);
                if lands && let Some(sent) = on_its_way.take() {
                    if fails {
                        for (permission, on) in sent {
                            if last.get(&permission) == Some(&on) {
                                last.remove(&permission);
                            }
                        }
                        pending.landed(Err("No.".into()));
                    } else {
                        server.extend(sent);
                        pending.landed(Ok(()));
                    }
                    on_its_way = pending.take();
                }
            }
            while let Some(sent) = on_its_way {
                server.extend(sent);
                pending.landed(Ok(()));
                on_its_way = pending.take();
            }
            for (permission, on) in last {
                prop_assert_eq!(server.get(&permission), Some(&on));
                prop_assert_eq!(pending.wanted(permission), None);
            }
        }
    }
}
