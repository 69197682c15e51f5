//! Fills a new database with the demo data, always the same.

use super::people::{CONTRACTS, MUST_RESET, PEOPLE, PLANS, Person, SECOND_FACTOR, TEAMS, USERS};
use super::{nora, password, people};
use rusqlite::{Transaction, params};

/// The password of every demo account.
pub(crate) const PASSWORD: &str = "harbour-demo";

/// Ids of generated members begin here.
const GENERATED: i64 = 100_001;

fn hashed() -> rusqlite::Result<Vec<u8>> {
    password::hash(PASSWORD).ok_or(rusqlite::Error::InvalidParameterName("no password hash".to_owned()))
}

/// Writes the named people and their teams.
pub(super) fn fill(tx: &Transaction) -> rusqlite::Result<()> {
    for (id, name) in PLANS {
        tx.execute("INSERT INTO plans (id, name) VALUES (?, ?)", params![id, name])?;
    }
    for team in TEAMS.iter().chain(nora::TEAMS) {
        tx.execute(
            "INSERT INTO teams (id, unique_id, name, summary, website, tags, default_plan, most_members)
             VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
            params![
                team.id,
                format!("5f3a0c5e-2f51-4c0e-8a35-3d8f5f7f{:04}", team.id),
                team.name,
                team.summary,
                team.website,
                team.tags,
                team.default_plan,
                team.most_members
            ],
        )?;
    }
    let shared = hashed()?;
    for (id, email, name) in USERS {
        add_user(tx, *id, email, name, &hashed()?)?;
    }
    tx.execute("UPDATE users SET is_operator = 1 WHERE email = 'ops@example.com'", [])?;
    tx.execute("UPDATE users SET active = 0 WHERE email = 'suspended@example.com'", [])?;
    tx.execute("UPDATE users SET must_reset = 1 WHERE id = ?", [MUST_RESET])?;
    let (user, secret) = SECOND_FACTOR;
    tx.execute("UPDATE users SET totp_secret = ? WHERE id = ?", params![secret, user])?;
    for person in PEOPLE.iter().chain(nora::PROFILES).chain(nora::MEMBERS) {
        let user = match person.login {
            people::Login::Account(user) => user,
            people::Login::Email(email) => {
                let user = 9000 + person.id;
                add_user(tx, user, email, person.name, &shared)?;
                user
            }
        };
        add_person(tx, person, user)?;
    }
    for (person, plan) in CONTRACTS {
        tx.execute(
            "INSERT INTO contracts (coworker_id, plan_id, starts_at) VALUES (?, ?, 0)",
            params![person, plan],
        )?;
    }
    tx.execute(
        "UPDATE users SET default_coworker = (SELECT min(id) FROM coworkers WHERE user_id = users.id)",
        [],
    )?;
    Ok(())
}

fn add_user(tx: &Transaction, id: i64, email: &str, name: &str, password: &[u8]) -> rusqlite::Result<()> {
    tx.prepare_cached(
        "INSERT INTO users (id, email, full_name, active, is_operator, password) VALUES (?, ?, ?, 1, 0, ?)",
    )?
    .execute(params![id, email, name, password])?;
    Ok(())
}

fn add_person(tx: &Transaction, person: &Person, user: i64) -> rusqlite::Result<()> {
    add_coworker(
        tx,
        &Coworker {
            id: person.id,
            user,
            name: person.name,
            company: person.company,
            kind: if person.is_company { 2 } else { 1 },
            active: person.active,
            flags: person.flags,
            card: person.card,
        },
    )?;
    for team in person.member_of {
        tx.execute("INSERT INTO memberships (team_id, coworker_id) VALUES (?, ?)", params![team, person.id])?;
    }
    for team in person.administers {
        tx.execute(
            "INSERT INTO administrators (team_id, coworker_id) VALUES (?, ?)",
            params![team, person.id],
        )?;
    }
    Ok(())
}

/// A row of its table. `flags` are the five permissions, first one highest.
struct Coworker<'a> {
    id: i64,
    user: i64,
    name: &'a str,
    company: &'a str,
    kind: i64,
    active: bool,
    flags: u8,
    card: Option<&'a str>,
}

fn add_coworker(tx: &Transaction, c: &Coworker) -> rusqlite::Result<()> {
    let [bookings, for_team, products, events, community] =
        [4, 3, 2, 1, 0].map(|bit| c.flags & (1 << bit) != 0);
    tx.prepare_cached(
        "INSERT INTO coworkers (id, user_id, full_name, company_name, coworker_type, active, can_make_bookings,
             can_book_for_team, can_purchase_products, can_purchase_events, can_access_community, access_card)
         VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
    )?
    .execute(params![
        c.id, c.user, c.name, c.company, c.kind, c.active, bookings, for_team, products, events, community, c.card
    ])?;
    Ok(())
}

/// Adds generated members to the first team until it has `wanted`.
pub(super) fn grow(tx: &Transaction, wanted: u32) -> rusqlite::Result<()> {
    let team = people::FIRST_TEAM;
    let (count, highest): (u32, Option<i64>) = tx.query_row(
        "SELECT (SELECT count(*) FROM memberships WHERE team_id = ?), max((SELECT max(id) FROM coworkers), (SELECT max(id) FROM users))",
        [team],
        |row| Ok((row.get(0)?, row.get(1)?)),
    )?;
    if count >= wanted {
        return Ok(());
    }
    let shared = hashed()?;
    let first = highest.map_or(GENERATED, |highest| GENERATED.max(highest + 1));
    for id in first..first + i64::from(wanted - count) {
        let number = id - GENERATED + 1;
        let name = people::generated_name(number);
        let company = if number % 7 == 0 { people::generated_company(number) } else { String::new() };
        let card = (number % 5 == 0).then(|| format!("GEN-{number:06}"));
        // Spreads the 32 combinations of flags evenly, whatever the count.
        let flags = u8::try_from((number * 11) % 32).unwrap_or_default();
        add_user(tx, id, &format!("member{number:06}@example.com"), &name, &shared)?;
        let active = number % 29 != 0;
        let card = card.as_deref();
        let coworker =
            Coworker { id, user: id, name: &name, company: &company, kind: 1, active, flags, card };
        add_coworker(tx, &coworker)?;
        tx.prepare_cached("UPDATE users SET default_coworker = ?1 WHERE id = ?1")?.execute([id])?;
        tx.prepare_cached("INSERT INTO memberships (team_id, coworker_id) VALUES (?, ?)")?
            .execute(params![team, id])?;
    }
    Ok(())
}
