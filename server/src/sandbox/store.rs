//! The database: opening it, filling it once, and running work in it.

use super::error::Refusal;
use super::{MEMORY, password, schema, seed};
use rusqlite::{
    Connection, ErrorCode, OpenFlags, OptionalExtension, Transaction, TransactionBehavior, params,
};
use std::path::Path;
use std::sync::{Mutex, PoisonError};

pub(super) struct Store {
    connection: Mutex<Connection>,
}

impl Store {
    /// Opens a database and fills it when it is new. The error is a sentence.
    pub(super) fn open(name: &str, members: u32) -> Result<Self, String> {
        let opened = if name == MEMORY { Connection::open_in_memory() } else { open_file(name) };
        let mut connection = opened.map_err(sentence)?;
        prepare(&mut connection, members)?;
        Ok(Self { connection: Mutex::new(connection) })
    }

    /// Runs work in a transaction that a fault undoes and anything else keeps.
    pub(super) fn transaction<T>(
        &self,
        work: impl FnOnce(&Transaction) -> Result<T, Refusal>,
    ) -> Result<T, Refusal> {
        let mut connection = self.connection.lock().unwrap_or_else(PoisonError::into_inner);
        let tx = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
        let outcome = work(&tx);
        if outcome.as_ref().is_err_and(|refusal| *refusal == Refusal::Fault) {
            tx.rollback()?;
        } else {
            tx.commit()?;
        }
        outcome
    }

    /// What tokens are signed with. It is made with the database, so a file keeps its sessions over a restart.
    pub(super) fn secret(&self) -> rusqlite::Result<Vec<u8>> {
        let connection = self.connection.lock().unwrap_or_else(PoisonError::into_inner);
        connection.query_row("SELECT value FROM meta WHERE name = 'secret'", [], |row| row.get(0))
    }
}

/// Why a file cannot be this server's database, in a sentence. It only looks: one that is not there yet may be made, and one
/// that is in use, or was left by a crash for its next writer to mend, is not judged.
pub(crate) fn check(name: &str) -> Option<String> {
    if name == MEMORY || !Path::new(name).exists() {
        return None;
    }
    if Path::new(name).is_dir() {
        return Some("it is a folder".to_owned());
    }
    let opened = Connection::open_with_flags(name, OpenFlags::SQLITE_OPEN_READ_ONLY);
    // Whether somebody else uses it just now is not waited for.
    let judged = opened.and_then(|connection| {
        connection.busy_timeout(std::time::Duration::ZERO)?;
        judge(&connection)
    });
    match judged {
        Ok(Found::Foreign(why)) => Some(why.to_owned()),
        Ok(Found::Own | Found::Empty) => None,
        Err(error) => is_final(&error).then(|| sentence(error)),
    }
}

fn is_final(error: &rusqlite::Error) -> bool {
    use ErrorCode::{CannotOpen, DatabaseCorrupt, NotADatabase, PermissionDenied};
    let code = error.sqlite_error_code();
    code.is_some_and(|code| [CannotOpen, DatabaseCorrupt, NotADatabase, PermissionDenied].contains(&code))
}

/// What a database is.
enum Found {
    Empty,
    Own,
    /// Not this server's, in a sentence.
    Foreign(&'static str),
}

fn judge(connection: &Connection) -> rusqlite::Result<Found> {
    let pragma = |name: &str| connection.pragma_query_value(None, name, |row| row.get::<_, i64>(0));
    let tables: i64 = connection.query_row("SELECT count(*) FROM sqlite_schema", [], |row| row.get(0))?;
    Ok(if tables == 0 {
        Found::Empty
    } else if pragma("application_id")? != schema::APPLICATION_ID {
        Found::Foreign("it belongs to another program")
    } else if pragma("user_version")? != schema::VERSION {
        Found::Foreign("it was made by another version of this server; move it away to begin a new one")
    } else {
        Found::Own
    })
}

/// A new file is its owner's alone: it holds what tokens are signed with.
fn open_file(name: &str) -> rusqlite::Result<Connection> {
    #[cfg(unix)]
    {
        use std::os::unix::fs::OpenOptionsExt;
        // A file that is there already, or cannot be made, is SQLite's to judge.
        let _ = std::fs::OpenOptions::new().write(true).create_new(true).mode(0o600).open(name);
    }
    Connection::open(name)
}

fn sentence(error: rusqlite::Error) -> String {
    match error {
        rusqlite::Error::SqliteFailure(_, Some(message)) => message,
        other => other.to_string(),
    }
}

fn prepare(connection: &mut Connection, members: u32) -> Result<(), String> {
    connection.busy_timeout(std::time::Duration::from_secs(2)).map_err(sentence)?;
    let is_new = match judge(connection).map_err(sentence)? {
        Found::Empty => true,
        Found::Own => false,
        Found::Foreign(why) => return Err(why.to_owned()),
    };
    connection.pragma_update(None, "foreign_keys", true).map_err(sentence)?;
    connection.set_prepared_statement_cache_capacity(64);
    let tx = connection.transaction().map_err(sentence)?;
    if is_new {
        tx.execute_batch(schema::TABLES).map_err(sentence)?;
        tx.pragma_update(None, "application_id", schema::APPLICATION_ID).map_err(sentence)?;
        tx.pragma_update(None, "user_version", schema::VERSION).map_err(sentence)?;
        let secret = password::random::<32>().ok_or("the system gives no randomness")?;
        tx.execute("INSERT INTO meta (name, value) VALUES ('secret', ?)", params![secret])
            .map_err(sentence)?;
        seed::fill(&tx).map_err(sentence)?;
    }
    seed::grow(&tx, members).map_err(sentence)?;
    tx.commit().map_err(sentence)
}

/// One row or none.
pub(super) fn maybe<T>(found: rusqlite::Result<T>) -> Result<Option<T>, Refusal> {
    Ok(found.optional()?)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rename_then(outcome: Result<(), Refusal>) -> String {
        let store = Store::open(MEMORY, 0).unwrap();
        let _ = store.transaction(|tx| {
            tx.execute("UPDATE teams SET name = 'Changed' WHERE id = 55", [])?;
            outcome
        });
        let name = |tx: &Transaction| {
            Ok(tx.query_row("SELECT name FROM teams WHERE id = 55", [], |row| row.get(0))?)
        };
        store.transaction(name).unwrap()
    }

    #[test]
    fn a_fault_undoes_everything_and_a_refusal_keeps_it() {
        assert_eq!(rename_then(Ok(())), "Changed");
        assert_eq!(rename_then(Err(Refusal::Unauthorized)), "Changed");
        assert_eq!(rename_then(Err(Refusal::Fault)), "Lumen Studio");
    }

    #[test]
    fn the_demo_data_is_the_same_every_time() {
        let all = || {
            let store = Store::open(MEMORY, 100).unwrap();
            store
                .transaction(|tx| {
                    let mut rows = tx.prepare(
                        "SELECT id || full_name || active || ifnull(access_card, '') FROM coworkers",
                    )?;
                    let rows = rows.query_map([], |row| row.get(0))?;
                    Ok(rows.collect::<Result<Vec<String>, _>>()?)
                })
                .unwrap()
        };
        assert_eq!(all(), all());
        assert_eq!(all().len(), 41 + 32 + 16 + 85);
    }
}
