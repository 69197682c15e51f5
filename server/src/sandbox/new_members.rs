//! What a request to add people to a team says, and whether it can be done.

use super::error::{Refusal, Wrong};
use super::store::maybe;
use super::{Context, session};
use contract::teams::NewMembers;
use rusqlite::params;
use serde_json::Value;
use std::borrow::Cow;
use std::collections::HashSet;

const LONGEST_NAME: usize = 200;
const LONGEST_EMAIL: usize = 254;

/// Somebody to add.
pub(super) enum Newcomer {
    /// Nobody has this address yet.
    New { name: String, email: String },
    /// The profile of the person whose address it is.
    Known(i64),
}

/// Whom to add to a team, and on what.
pub(super) struct Addition {
    pub(super) plan: i64,
    /// Milliseconds since 1970.
    pub(super) starts_at: i64,
    pub(super) people: Vec<Newcomer>,
}

/// The body of a request, and everything that is wrong with it.
struct Body {
    json: Value,
    wrong: Vec<Wrong>,
}

impl Body {
    fn refuse(
        &mut self,
        field: &'static str,
        value: impl Into<Value>,
        message: impl Into<Cow<'static, str>>,
    ) {
        self.wrong.push(Wrong { field, value: value.into(), message: message.into() });
    }

    fn get(&self, field: &str) -> Value {
        self.json.get(field).cloned().unwrap_or_default()
    }

    /// A list of texts, without blanks around them; `None` when it is none.
    fn texts(&mut self, field: &'static str) -> Option<Vec<String>> {
        let value = self.get(field);
        let items =
            value.as_array().and_then(|items| items.iter().map(Value::as_str).collect::<Option<Vec<_>>>());
        let texts = items.map(|items| items.into_iter().map(|text| text.trim().to_owned()).collect());
        if texts.is_none() {
            self.refuse(field, value, "This must be a list of texts.");
        }
        texts
    }

    /// Names and addresses, one of each for each person.
    fn people(&mut self) -> Vec<(String, String)> {
        let (names, emails) = (self.texts("FullNames"), self.texts("Emails"));
        let (Some(names), Some(emails)) = (names, emails) else { return Vec::new() };
        if names.is_empty() && emails.is_empty() {
            self.refuse("FullNames", self.get("FullNames"), "There is nobody to add.");
        }
        if names.len().max(emails.len()) > NewMembers::MOST {
            self.refuse("FullNames", names.len(), "At most 25 people can be added at once.");
            return Vec::new();
        }
        if names.len() != emails.len() {
            self.refuse("Emails", self.get("Emails"), "There must be one address for each name.");
        }
        for name in &names {
            if name.is_empty() {
                self.refuse("FullNames", "", "A name cannot be empty.");
            } else if name.chars().count() > LONGEST_NAME {
                self.refuse("FullNames", name.as_str(), "A name has at most 200 characters.");
            }
        }
        let mut seen = HashSet::new();
        for email in &emails {
            if !is_address(email) {
                self.refuse(
                    "Emails",
                    email.as_str(),
                    format!("\u{201c}{email}\u{201d} is not an e-mail address."),
                );
            } else if !seen.insert(email.to_ascii_lowercase()) {
                self.refuse("Emails", email.as_str(), format!("{email} is there more than once."));
            }
        }
        names.into_iter().zip(emails).collect()
    }

    /// The plan, if there is such a plan.
    fn plan(&mut self, cx: &Context) -> Result<i64, Refusal> {
        let value = self.get("TariffId");
        let found = cx.tx.query_row("SELECT id FROM plans WHERE id = ?", [value.as_i64()], |row| row.get(0));
        let found = maybe(found)?;
        if found.is_none() {
            self.refuse("TariffId", value, "There is no such plan.");
        }
        Ok(found.unwrap_or_default())
    }

    /// The beginning of the plan, if it is a date after today. The days are those of UTC.
    fn starts_at(&mut self, cx: &Context) -> Result<i64, Refusal> {
        let value = self.get("StartDate");
        // SQLite also takes words, bare numbers and the 31st of any month for dates.
        let found = cx.tx.query_row(
            "SELECT unixepoch(?1) * 1000
             WHERE date(substr(?1, 1, 10)) = substr(?1, 1, 10) AND date(?1) > date(?2 / 1000, 'unixepoch')",
            params![value.as_str(), cx.now],
            |row| row.get(0),
        );
        let found = maybe(found)?;
        if found.is_none() {
            self.refuse("StartDate", value, "The start date must be a date after today.");
        }
        Ok(found.unwrap_or_default())
    }

    /// The profile that becomes a member: a new one, or the default one of whoever has the address.
    fn newcomer(
        &mut self,
        cx: &Context,
        team: i64,
        name: String,
        email: String,
    ) -> Result<Newcomer, Refusal> {
        let user = cx.tx.query_row("SELECT id FROM users WHERE email = ?", [&email], |row| row.get(0));
        let Some(user) = maybe(user)? else { return Ok(Newcomer::New { name, email }) };
        let Some(profile) = session::current_profile(cx, user)? else {
            self.refuse("Emails", email.as_str(), format!("{email} has no active profile."));
            return Ok(Newcomer::New { name, email });
        };
        let mut member =
            cx.tx.prepare_cached("SELECT 1 FROM memberships WHERE team_id = ? AND coworker_id = ?")?;
        if member.exists(params![team, profile])? {
            self.refuse("Emails", email.as_str(), format!("{email} is in this team already."));
        }
        Ok(Newcomer::Known(profile))
    }

    fn has_room(&mut self, cx: &Context, team: i64, wanted: usize) -> Result<(), Refusal> {
        let room: Option<i64> = cx.tx.query_row(
            "SELECT most_members - (SELECT count(*) FROM memberships WHERE team_id = id) FROM teams WHERE id = ?",
            [team],
            |row| row.get(0),
        )?;
        if let Some(room) =
            room.map(|room| usize::try_from(room).unwrap_or_default()).filter(|room| wanted > *room)
        {
            self.refuse("FullNames", wanted, format!("This team has room for {room} more."));
        }
        Ok(())
    }
}

/// Enough to catch what was mistyped; whether it can be written to only a mail shows.
fn is_address(text: &str) -> bool {
    let odd = |c: char| c.is_whitespace() || c.is_control() || ",;<>\"()[]\\".contains(c);
    let Some((local, host)) = text.split_once('@') else { return false };
    let labels: Vec<&str> = host.split('.').collect();
    let is_host = labels.len() > 1 && labels.iter().all(|label| !label.is_empty()) && !host.contains('@');
    is_host && !local.is_empty() && text.len() <= LONGEST_EMAIL && !text.contains(odd)
}

/// Reads a body. One that cannot be done as a whole is refused with everything that is wrong with it.
pub(super) fn read(cx: &Context, team: i64, body: &[u8]) -> Result<Addition, Refusal> {
    let mut body = Body { json: serde_json::from_slice(body).unwrap_or_default(), wrong: Vec::new() };
    let wanted = body.people();
    let count = wanted.len();
    let (plan, starts_at) = (body.plan(cx)?, body.starts_at(cx)?);
    let people = wanted.into_iter().map(|(name, email)| body.newcomer(cx, team, name, email));
    let people = people.collect::<Result<_, _>>()?;
    body.has_room(cx, team, count)?;
    if body.wrong.is_empty() {
        Ok(Addition { plan, starts_at, people })
    } else {
        Err(Refusal::Invalid(body.wrong))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_has_one_at_sign_and_a_host_with_a_dot() {
        for good in ["a@example.com", "zoë.o'connor+x@sub.example.com", "a@b.c"] {
            assert!(is_address(good), "{good}");
        }
        let long = format!("{}@example.com", "a".repeat(250));
        let bad = [
            "", "a", "@b.c", "a@", "a@b", "a@.c", "a@b.", "a@b..c", "a@b@c.d", "a b@c.d", "<a@b.c>",
            "a@b.c\n", &long,
        ];
        for bad in bad {
            assert!(!is_address(bad), "{bad}");
        }
    }
}
