//! What is wanted of one member, until the server has it.

use crate::list_map::ListMap;
use crate::queries::{Clash, Field, Unsaved, Value, Wanted, Wish};
use crate::views::user::team::permissions::wording;

/// The changes to one member that are not saved yet. They are sent one after the other, because a save replaces
/// everything; the last thing that was wanted is what is sent in the end, however quickly one changes one's mind.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Pending {
    wanted: Wish,
    sent: Option<Wish>,
    refused: ListMap<Field, Refused>,
    /// How many rounds were begun.
    round: u32,
    /// Whether somebody sends rounds until there are none left.
    running: bool,
}

#[derive(Clone, Debug, PartialEq, Eq)]
enum Refused {
    /// It was to hold this, and may all the same.
    Failed(Unsaved, Value),
    Clash(Clash),
}

impl Pending {
    /// Wants a field to hold something. Gives back the round that it is sent in.
    pub fn want(&mut self, field: Field, mut wanted: Wanted) -> u32 {
        let unsent =
            |earlier: &&Wanted| self.sent.as_ref().and_then(|sent| sent.get(&field)) != Some(*earlier);
        if let Some(earlier) = self.wanted.get(&field).filter(unsent) {
            // What was seen before the first change of mind: the server knows nothing of the ones in between.
            wanted.seen.clone_from(&earlier.seen);
        }
        self.wanted.insert(field, wanted);
        self.refused.remove(&field);
        self.round.wrapping_add(1)
    }

    /// Wants several fields to hold something. Gives back the round that they are sent in, which is the present one where
    /// exactly that is on its way; `None` for no field.
    pub fn want_all(&mut self, wish: Wish) -> Option<u32> {
        let is_sent: Vec<bool> = wish.iter().map(|(field, wanted)| self.is_sent(*field, wanted)).collect();
        if !is_sent.is_empty() && is_sent.iter().all(|is_sent| *is_sent) {
            return Some(self.round);
        }
        let mut round = None;
        for ((field, mut wanted), is_sent) in wish.into_iter().zip(is_sent) {
            if is_sent {
                // It goes with the others once more: what comes of it is told of all of them.
                wanted.seen = Some(wanted.value.clone());
            }
            round = Some(self.want(field, wanted));
        }
        round
    }

    /// Whether this is on its way, and nothing else was wanted since.
    fn is_sent(&self, field: Field, wanted: &Wanted) -> bool {
        let sent = self.sent.as_ref().and_then(|sent| sent.get(&field));
        sent == Some(wanted) && self.wanted.get(&field) == sent
    }

    /// Whether there is anything on its way, or still to be sent.
    pub fn is_running(&self) -> bool {
        self.running
    }

    /// True for whoever has to send now; false while somebody does already.
    pub fn begin(&mut self) -> bool {
        !std::mem::replace(&mut self.running, true)
    }

    /// Nobody sends any more.
    pub fn stop(&mut self) {
        self.running = false;
    }

    /// What is to be sent next, and its round; `None` when everything is there.
    pub fn take(&mut self) -> Option<(u32, Wish)> {
        self.sent = (!self.wanted.is_empty()).then(|| self.wanted.clone());
        self.running = self.sent.is_some();
        let wish = self.sent.clone()?;
        self.round = self.round.wrapping_add(1);
        Some((self.round, wish))
    }

    /// What was sent is there, or is not. What is wanted otherwise by now stays wanted. What clashes has to be chosen
    /// first, and the rest is sent again without it.
    pub fn landed(&mut self, result: Result<(), &Unsaved>) {
        for (field, sent) in self.sent.take().unwrap_or_default() {
            if self.wanted.get(&field) != Some(&sent) {
                if let (Err(why), Some(wanted)) = (result, self.wanted.get_mut(&field))
                    && why.clashes().is_empty()
                    && wanted.seen.as_ref() == Some(&sent.value)
                {
                    // What was shown in between never came to be.
                    wanted.seen = sent.seen;
                }
                continue;
            }
            match result {
                Ok(()) => {}
                Err(why) if why.clashes().is_empty() => {
                    self.refused.insert(field, Refused::Failed(why.clone(), sent.value));
                }
                Err(why) => {
                    let Some(clash) = why.clashes().iter().find(|clash| clash.field == field) else {
                        continue;
                    };
                    self.refused.insert(field, Refused::Clash(clash.clone()));
                }
            }
            self.wanted.remove(&field);
        }
    }

    /// What a field is to be shown to hold before the server has it.
    pub fn wanted(&self, field: Field) -> Option<&Value> {
        self.wanted.get(&field).map(|wanted| &wanted.value)
    }

    /// Why the last change of a field, which holds this by now, is not saved. An answer that was lost says nothing: what
    /// is as it was wanted to be was saved.
    pub fn failure(&self, field: Field, held: Option<&Value>) -> Option<String> {
        Some(match self.refused.get(&field)? {
            Refused::Failed(_, wanted) if Some(wanted) == held => return None,
            Refused::Failed(why, _) => wording::unsaved(why),
            Refused::Clash(_) => words::saving::changed_by_another().to_owned(),
        })
    }

    /// What has to be chosen.
    pub fn clashes(&self) -> impl Iterator<Item = &Clash> {
        self.refused.values().filter_map(|refused| match refused {
            Refused::Clash(clash) => Some(clash),
            Refused::Failed(..) => None,
        })
    }

    /// Leaves a field as the server has it.
    pub fn keep(&mut self, field: Field) {
        self.refused.remove(&field);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::api::ApiError;
    use crate::queries::Unwritten;
    use contract::Permission;
    use proptest::prelude::*;

    const BOOKINGS: Field = Field::Permission(Permission::MakeBookings);
    const FOR_TEAM: Field = Field::Permission(Permission::BookForTeam);

    fn wanted(seen: bool, on: bool) -> Wanted {
        Wanted { seen: Some(Value::Flag(seen)), value: Value::Flag(on) }
    }

    const NOT_YET: Option<&Value> = Some(&Value::Flag(false));
    const FORBIDDEN: &str = "Not saved. You do not have permission to do this.";
    const FAILED: Result<(), &Unsaved> = Err(&Unsaved::Failed(ApiError::Forbidden));

    #[test]
    fn a_change_is_shown_at_once_and_gone_from_here_when_the_server_has_it() {
        let mut pending = Pending::default();
        let round = pending.want(BOOKINGS, wanted(false, true));
        assert_eq!(pending.wanted(BOOKINGS), Some(&Value::Flag(true)));
        assert_eq!(pending.take(), Some((round, Wish::from([(BOOKINGS, wanted(false, true))]))));
        assert!(pending.begin() || pending.is_running());
        pending.landed(Ok(()));
        assert_eq!((pending.take(), pending.is_running()), (None, false));
        assert_eq!(pending.wanted(BOOKINGS), None);
    }

    #[test]
    fn of_several_fields_that_are_wanted_at_once_each_is_sent_and_all_in_one_round() {
        let mut pending = Pending::default();
        let wish = Wish::from([(BOOKINGS, wanted(true, false)), (FOR_TEAM, wanted(false, true))]);
        let round = pending.want_all(wish.clone());
        assert_eq!(pending.take(), round.map(|round| (round, wish)));
        assert_eq!(Pending::default().want_all(Wish::new()), None);
    }

    #[test]
    fn what_is_wanted_and_on_its_way_already_is_not_promised_to_a_round_that_never_comes() {
        let mut pending = Pending::default();
        pending.want(BOOKINGS, wanted(true, false));
        let (round, wish) = pending.take().unwrap();
        assert_eq!(pending.want_all(wish.clone()), Some(round));
        // With something else it is, and that one comes.
        let both = Wish::from([(BOOKINGS, wanted(true, false)), (FOR_TEAM, wanted(false, true))]);
        let next = pending.want_all(both).unwrap();
        pending.landed(Ok(()));
        let again = Wish::from([(BOOKINGS, wanted(false, false)), (FOR_TEAM, wanted(false, true))]);
        assert_eq!(pending.take(), Some((next, again)));
        pending.landed(FAILED);
        assert_eq!(pending.take(), None);
    }

    #[test]
    fn one_save_runs_at_a_time_and_what_is_wanted_meanwhile_goes_with_the_next() {
        let mut pending = Pending::default();
        pending.want(BOOKINGS, wanted(false, true));
        pending.take();
        let next = pending.want(BOOKINGS, wanted(true, false));
        pending.want(FOR_TEAM, wanted(false, true));
        pending.landed(Ok(()));
        let wish = Wish::from([(BOOKINGS, wanted(true, false)), (FOR_TEAM, wanted(false, true))]);
        assert_eq!(pending.take(), Some((next, wish)));
    }

    #[test]
    fn what_was_seen_is_what_was_seen_before_the_first_change_of_mind() {
        let mut pending = Pending::default();
        pending.want(BOOKINGS, wanted(true, false));
        pending.want(BOOKINGS, wanted(false, true));
        assert_eq!(pending.take().unwrap().1.remove(&BOOKINGS).unwrap(), wanted(true, true));
    }

    #[test]
    fn what_was_saved_although_its_answer_was_lost_is_not_called_unsaved() {
        let mut pending = Pending::default();
        pending.want(BOOKINGS, wanted(false, true));
        pending.take();
        pending.landed(Err(&Unsaved::Failed(ApiError::Timeout)));
        assert!(pending.failure(BOOKINGS, NOT_YET).is_some());
        assert_eq!(pending.failure(BOOKINGS, Some(&Value::Flag(true))), None);
    }

    #[test]
    fn what_failed_flips_back_and_says_why_until_it_is_tried_again() {
        let mut pending = Pending::default();
        pending.want(BOOKINGS, wanted(false, true));
        pending.take();
        pending.landed(FAILED);
        assert_eq!(
            (pending.wanted(BOOKINGS), pending.failure(BOOKINGS, NOT_YET)),
            (None, Some(FORBIDDEN.into()))
        );
        assert_eq!(pending.take(), None);
        pending.want(BOOKINGS, wanted(false, true));
        assert_eq!(pending.failure(BOOKINGS, NOT_YET), None);
    }

    #[test]
    fn what_was_shown_in_between_and_never_saved_is_not_what_was_seen() {
        let mut pending = Pending::default();
        pending.want(BOOKINGS, wanted(false, true));
        pending.take();
        pending.want(BOOKINGS, wanted(true, false));
        pending.want(BOOKINGS, wanted(false, true));
        pending.landed(FAILED);
        assert_eq!(pending.take().unwrap().1.remove(&BOOKINGS).unwrap(), wanted(false, true));
    }

    #[test]
    fn there_is_one_who_sends_also_between_two_rounds() {
        let mut pending = Pending::default();
        pending.want(BOOKINGS, wanted(false, true));
        assert!(pending.begin());
        pending.take();
        pending.landed(Ok(()));
        pending.want(FOR_TEAM, wanted(false, true));
        assert!(!pending.begin(), "the one who has just landed looks for more");
        assert!(pending.take().is_some());
    }

    #[test]
    fn what_clashes_waits_for_the_person_and_the_rest_is_sent_again_without_it() {
        let mut pending = Pending::default();
        pending.want(BOOKINGS, wanted(true, true));
        pending.want(FOR_TEAM, wanted(false, true));
        pending.take();
        let clash = Clash { field: BOOKINGS, now: Value::Flag(false), wanted: Value::Flag(true) };
        pending.landed(Err(&Unsaved::Unwritten(Unwritten::Clashes(vec![clash.clone()]))));
        assert_eq!(pending.take().unwrap().1, Wish::from([(FOR_TEAM, wanted(false, true))]));
        assert_eq!(pending.clashes().collect::<Vec<_>>(), [&clash]);
        assert!(pending.failure(BOOKINGS, NOT_YET).unwrap().contains("Somebody else"));
        pending.keep(BOOKINGS);
        assert_eq!((pending.clashes().count(), pending.failure(BOOKINGS, NOT_YET)), (0, None));
    }

    proptest! {
        #[test]
        fn however_one_changes_ones_mind_the_server_has_the_last_thing_that_was_wanted(
            steps in prop::collection::vec((0usize..6, any::<bool>(), any::<bool>(), prop::bool::weighted(0.2)), 1..60)
        ) {
            let (mut pending, mut server, mut last) = (Pending::default(), ListMap::new(), ListMap::new());
            let mut on_its_way: Option<Wish> = None;
            for (which, on, lands, fails) in steps {
                let field = Field::Permission(Permission::ALL[which]);
                pending.want(field, wanted(!on, on));
                let begins = pending.begin();
                prop_assert_eq!(begins, on_its_way.is_none(), "one save at a time");
                if begins {
                    on_its_way = pending.take().map(|(_, wish)| wish);
                }
                last.insert(field, Value::Flag(on));
                if lands && let Some(sent) = on_its_way.take() {
                    if fails {
                        for (field, wanted) in sent {
                            if last.get(&field) == Some(&wanted.value) {
                                last.remove(&field);
                            }
                        }
                        pending.landed(FAILED);
                        // What was wanted again meanwhile is wanted still.
                        last.extend(FIELDS.iter().filter_map(|field| Some((*field, pending.wanted(*field)?.clone()))));
                    } else {
                        server.extend(sent.into_iter().map(|(field, wanted)| (field, wanted.value)));
                        pending.landed(Ok(()));
                    }
                    on_its_way = pending.take().map(|(_, wish)| wish);
                }
            }
            while let Some(sent) = on_its_way {
                server.extend(sent.into_iter().map(|(field, wanted)| (field, wanted.value)));
                pending.landed(Ok(()));
                on_its_way = pending.take().map(|(_, wish)| wish);
            }
            for (field, value) in last {
                prop_assert_eq!(server.get(&field), Some(&value));
                prop_assert_eq!(pending.wanted(field), None);
            }
        }
    }

    const FIELDS: [Field; 2] = [BOOKINGS, FOR_TEAM];
}
