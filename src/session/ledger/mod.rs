//! What one did as others, kept for oneself: who, whom, why, how much, when, and every change asked for. It holds no
//! token. It is no audit log: it lies in this tab's storage, and only the server's own record proves anything.

mod stored;

use super::model::Reason;
use crate::api::{Access, Millis};
use contract::{CoworkerId, UserId};

/// The most sessions that are kept; the oldest go first.
const MOST: usize = 100;

/// The sessions as others that one account began in this tab, oldest first.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Ledger {
    /// Whose ledger it is.
    of: Option<UserId>,
    /// The page that wrote it last: a tab that is duplicated begins with a copy of what is another page's.
    pub(super) page: Option<u32>,
    entries: Vec<Entry>,
}

/// One session as another person.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// Who acted.
    pub own: Party,
    /// As whom.
    pub other: Party,
    /// Why.
    pub reason: String,
    /// How much could be done at first.
    pub access: Access,
    /// The page it was begun on, to come back to.
    pub from: String,
    /// When it began.
    pub started: Millis,
    /// When and how it ended; `None` while it goes on.
    pub ended: Option<(Millis, End)>,
    /// What happened in between, in order.
    pub steps: Vec<Step>,
}

/// A person in the ledger.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Party {
    /// The profile.
    pub coworker: CoworkerId,
    /// Its name then.
    pub name: String,
}

/// What ended a session as another person.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum End {
    /// The person returned.
    Returned,
    /// The person wanted to be somebody else.
    ChangedPerson,
    /// Its time was up.
    TimeUp,
    /// The server no longer accepted it.
    Rejected,
    /// The session turned out to be no longer the wanted person's.
    NotTheirs,
    /// The person's own session ended, and this one with it.
    OwnEnded,
    /// The page was loaded again, left or broke.
    Reloaded,
}

/// Something that happened in a session as another person.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Step {
    /// When.
    pub at: Millis,
    /// What.
    pub what: What,
}

/// What can happen in a session as another person.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum What {
    /// Full access was taken, for this reason.
    Raised(String),
    /// It went back to viewing only.
    Lowered,
    /// More time was taken, for this reason.
    Extended(String),
    /// A change was asked for.
    Changed(Change),
}

/// A request that changes something, made as another person.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    /// Tells the requests of one tab apart.
    pub number: u64,
    /// The method on the wire.
    pub method: String,
    /// The path, without its query.
    pub path: String,
    /// What came of it.
    pub outcome: Outcome,
}

/// What came of a change.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// The answer was not seen: it may have been carried out.
    Unknown,
    /// The server carried it out.
    Done,
    /// It failed, with this code.
    Failed(String),
}

impl Entry {
    /// The changes that were asked for.
    pub fn changes(&self) -> impl Iterator<Item = (Millis, &Change)> {
        self.steps.iter().filter_map(|step| match &step.what {
            What::Changed(change) => Some((step.at, change)),
            _ => None,
        })
    }

    /// How much could be done at most: what is taken on the way counts.
    pub fn reached(&self) -> Access {
        let raised = self.steps.iter().any(|step| matches!(step.what, What::Raised(_)));
        if raised { Access::Full } else { self.access }
    }

    /// How many changes were carried out, or may have been.
    pub fn changed(&self) -> usize {
        self.changes().filter(|(_, change)| !matches!(change.outcome, Outcome::Failed(_))).count()
    }

    /// How many of those may also not have been.
    pub fn unseen(&self) -> usize {
        self.changes().filter(|(_, change)| change.outcome == Outcome::Unknown).count()
    }
}

impl Ledger {
    /// The sessions, oldest first.
    pub fn entries(&self) -> &[Entry] {
        &self.entries
    }

    /// Whether it is this account's.
    pub(super) fn is_of(&self, user: UserId) -> bool {
        self.of == Some(user)
    }

    /// Makes it this account's: what another account left is dropped, and a session that is still open cannot be
    /// going on any more, because it was in the memory of a page that is gone. Gives back as whom that was.
    pub(super) fn take_over(&mut self, user: UserId, at: Millis) -> Option<String> {
        if !self.is_of(user) {
            *self = Self { of: Some(user), ..Self::default() };
        }
        let name = self.open().map(|entry| entry.other.name.clone());
        self.end(at, End::Reloaded);
        name
    }

    pub(super) fn begin(&mut self, entry: Entry) {
        let spare = (self.entries.len() + 1).saturating_sub(MOST);
        self.entries.drain(..spare);
        self.entries.push(entry);
    }

    /// The session that is going on.
    pub fn open(&self) -> Option<&Entry> {
        self.entries.last().filter(|entry| entry.ended.is_none())
    }

    /// Leaves out the session that is going on, which is another page's.
    pub(super) fn disown(&mut self) {
        self.entries.pop_if(|entry| entry.ended.is_none());
    }

    fn open_mut(&mut self) -> Option<&mut Entry> {
        self.entries.last_mut().filter(|entry| entry.ended.is_none())
    }

    fn note(&mut self, at: Millis, what: What) {
        if let Some(entry) = self.open_mut() {
            entry.steps.push(Step { at, what });
        }
    }

    pub(super) fn raised(&mut self, at: Millis, reason: &Reason) {
        self.note(at, What::Raised(reason.as_str().to_owned()));
    }

    pub(super) fn lowered(&mut self, at: Millis) {
        self.note(at, What::Lowered);
    }

    pub(super) fn extended(&mut self, at: Millis, reason: &Reason) {
        self.note(at, What::Extended(reason.as_str().to_owned()));
    }

    /// A change, when it is sent and again when it is answered: the second time replaces the first.
    pub(super) fn changed(&mut self, at: Millis, change: Change) {
        let Some(entry) = self.open_mut() else { return };
        let known = entry.steps.iter_mut().find_map(|step| match &mut step.what {
            What::Changed(known) if known.number == change.number => Some(known),
            _ => None,
        });
        match known {
            Some(known) => known.outcome = change.outcome,
            None => entry.steps.push(Step { at, what: What::Changed(change) }),
        }
    }

    pub(super) fn end(&mut self, at: Millis, how: End) {
        if let Some(entry) = self.open_mut() {
            entry.ended = Some((at, how));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use contract::json;

    fn entry(name: &str) -> Entry {
        let party = |id, name: &str| Party { coworker: CoworkerId(id), name: name.to_owned() };
        Entry {
            own: party(1, "Own"),
            other: party(2, name),
            reason: "help".into(),
            access: Access::ViewOnly,
            from: "/".into(),
            started: Millis(1),
            ended: None,
            steps: vec![],
        }
    }

    fn ledger() -> Ledger {
        let mut ledger = Ledger::default();
        ledger.take_over(UserId(1), Millis(0));
        ledger
    }

    #[test]
    fn another_account_finds_nothing_of_the_last_one() {
        let mut ledger = ledger();
        ledger.begin(entry("Ana"));
        assert_eq!(ledger.take_over(UserId(2), Millis(5)), None);
        assert!(ledger.entries().is_empty());
    }

    #[test]
    fn a_session_that_a_reload_ended_is_closed_and_named() {
        let mut ledger = ledger();
        ledger.begin(entry("Ana"));
        assert_eq!(ledger.take_over(UserId(1), Millis(5)), Some("Ana".into()));
        assert_eq!(ledger.entries()[0].ended, Some((Millis(5), End::Reloaded)));
        assert_eq!(ledger.take_over(UserId(1), Millis(6)), None);
    }

    #[test]
    fn what_goes_on_in_another_page_is_left_to_it() {
        let mut ledger = ledger();
        ledger.begin(entry("Ana"));
        ledger.end(Millis(2), End::Returned);
        ledger.disown();
        ledger.begin(entry("Bo"));
        ledger.disown();
        let names: Vec<_> = ledger.entries().iter().map(|entry| entry.other.name.as_str()).collect();
        assert_eq!(names, ["Ana"]);
    }

    #[test]
    fn a_change_is_written_down_when_it_is_sent_and_its_outcome_when_it_is_known() {
        let change = |outcome| Change { number: 7, method: "PUT".into(), path: "/x".into(), outcome };
        let mut ledger = ledger();
        ledger.begin(entry("Ana"));
        ledger.changed(Millis(2), change(Outcome::Unknown));
        ledger.changed(Millis(3), change(Outcome::Done));
        let seen: Vec<_> = ledger.entries()[0].changes().map(|(at, one)| (at, one.outcome.clone())).collect();
        assert_eq!(seen, [(Millis(2), Outcome::Done)]);
    }

    #[test]
    fn nothing_is_written_into_a_session_that_has_ended() {
        let mut ledger = ledger();
        ledger.begin(entry("Ana"));
        ledger.end(Millis(2), End::Returned);
        let before = ledger.clone();
        ledger.lowered(Millis(3));
        ledger.end(Millis(4), End::TimeUp);
        assert_eq!(ledger, before);
    }

    #[test]
    fn the_oldest_sessions_go_first() {
        let mut ledger = ledger();
        for number in 0..=MOST {
            ledger.begin(entry(&number.to_string()));
        }
        assert_eq!(ledger.entries().len(), MOST);
        assert_eq!(ledger.entries()[0].other.name, "1");
    }

    #[test]
    fn it_is_the_same_after_being_stored() {
        let mut ledger = ledger();
        ledger.begin(entry("Ana"));
        ledger.raised(Millis(2), &Reason::parse("fix it").unwrap());
        ledger.end(Millis(4), End::TimeUp);
        assert_eq!(json::read(&json::write(&ledger)), Ok(ledger));
    }
}
