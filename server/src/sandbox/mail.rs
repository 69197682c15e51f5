//! Mails, which go nowhere: they are kept to be read.

use super::Context;
use super::error::Refusal;
use contract::{OneTimeToken, ResetToken};
use form_urlencoded::Serializer;
use rusqlite::params;

/// How many are kept.
const KEPT: i64 = 200;

/// A mail with one link, which leads into the portal.
pub(super) struct Mail {
    pub(super) to: String,
    pub(super) subject: &'static str,
    /// Paragraphs, with an empty line between two.
    pub(super) text: String,
    pub(super) link: Link,
    /// What can be typed instead of following the link.
    pub(super) code: Option<String>,
}

/// Where a link leads, with what.
pub(super) enum Link {
    /// To the page where a new password is chosen.
    ResetPassword(ResetToken),
    /// To the page that signs in.
    SignIn(OneTimeToken),
}

impl Link {
    /// The path in the portal.
    fn path(&self) -> String {
        let (page, token) = match self {
            Self::ResetPassword(token) => ("/reset-password", token.expose()),
            Self::SignIn(token) => ("/sign-in/link", token.expose()),
        };
        let query = Serializer::new(String::new()).append_pair("token", token).finish();
        format!("{page}?{query}")
    }
}

pub(super) fn send(cx: &Context, mail: &Mail) -> Result<(), Refusal> {
    cx.tx.execute(
        "INSERT INTO mails (at, recipient, subject, text, link, code) VALUES (?, ?, ?, ?, ?, ?)",
        params![cx.now, mail.to, mail.subject, mail.text, mail.link.path(), mail.code],
    )?;
    cx.tx.execute("DELETE FROM mails WHERE id <= (SELECT max(id) FROM mails) - ?", [KEPT])?;
    Ok(())
}

/// A mail as it was kept.
pub(super) struct Sent {
    pub(super) id: i64,
    pub(super) at: String,
    pub(super) to: String,
    pub(super) subject: String,
    pub(super) text: String,
    pub(super) link: String,
    pub(super) code: Option<String>,
}

/// All mails, newest first.
pub(super) fn all(cx: &Context) -> Result<Vec<Sent>, Refusal> {
    let mut mails = cx.tx.prepare_cached(
        "SELECT id, strftime('%Y-%m-%dT%H:%M:%SZ', at / 1000, 'unixepoch'), recipient, subject, text, link, code
         FROM mails ORDER BY id DESC",
    )?;
    let mails = mails.query_map([], |row| {
        Ok(Sent {
            id: row.get(0)?,
            at: row.get(1)?,
            to: row.get(2)?,
            subject: row.get(3)?,
            text: row.get(4)?,
            link: row.get(5)?,
            code: row.get(6)?,
        })
    })?;
    Ok(mails.collect::<Result<_, _>>()?)
}
