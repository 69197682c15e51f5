//! The caller's teams, one team with everybody in it, and what somebody is in a team.

use super::credential::{Credential, Query};
use super::error::Refusal;
use super::path::Path;
use super::shape::Shape;
use super::store::maybe;
use super::team_json::describe;
use super::{Context, Sandbox};
use axum::Json;
use axum::extract::State;
use rusqlite::params;
use serde_json::{Map, Value, json};

pub(super) const NO_TEAM: Refusal = Refusal::NotFound("There is no such team.");
pub(super) const NO_MEMBER: Refusal = Refusal::NotFound("There is no such member in this team.");

pub(super) const NOT_AN_ADMINISTRATOR: Refusal =
    Refusal::Forbidden("You are not an administrator of this team.");

/// What somebody is in a team.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Standing {
    None,
    Member,
    Administrator,
}

/// A team's id, if there is such a team.
pub(super) fn find(cx: &Context, id: &str) -> Result<i64, Refusal> {
    let id: i64 = id.parse().map_err(|_| NO_TEAM)?;
    maybe(cx.tx.query_row("SELECT id FROM teams WHERE id = ?", [id], |row| row.get(0)))?.ok_or(NO_TEAM)
}

/// What a coworker is in a team.
pub(super) fn standing(cx: &Context, team: i64, coworker: i64) -> Result<Standing, Refusal> {
    let (administrator, member) = cx
        .tx
        .prepare_cached(
            "SELECT EXISTS (SELECT 1 FROM administrators WHERE team_id = ?1 AND coworker_id = ?2),
                    EXISTS (SELECT 1 FROM memberships WHERE team_id = ?1 AND coworker_id = ?2)",
        )?
        .query_row(params![team, coworker], |row| Ok((row.get(0)?, row.get(1)?)))?;
    Ok(match (administrator, member) {
        (true, _) => Standing::Administrator,
        (false, true) => Standing::Member,
        (false, false) => Standing::None,
    })
}

/// The id of a team that a coworker administers; what one has nothing to do with is a 404, as if it were not there.
pub(super) fn administered(cx: &Context, id: &str, coworker: i64) -> Result<i64, Refusal> {
    let team = find(cx, id)?;
    match standing(cx, team, coworker)? {
        Standing::Administrator => Ok(team),
        Standing::Member => Err(NOT_AN_ADMINISTRATOR),
        Standing::None => Err(NO_TEAM),
    }
}

/// `GET /api/public/teams/my?isTeamAdmin=&teamId=`; administering none gives an empty list.
pub(super) async fn my(
    State(sandbox): State<Sandbox>,
    query: Query,
    credential: Credential,
) -> Result<Json<Value>, Refusal> {
    let shape = Shape::of(&query);
    let reply = sandbox.run_as(credential, move |cx, caller| {
        let only_administered = match query.get("isTeamAdmin").map(str::to_ascii_lowercase).as_deref() {
            Some("true") => true,
            Some("false") => false,
            _ => return Err(Refusal::BadRequest("isTeamAdmin must be true or false.")),
        };
        let wanted = query.get("teamId").map(str::parse::<i64>).transpose();
        let wanted = wanted.map_err(|_| Refusal::BadRequest("teamId must be a number."))?;
        let mut all = cx.tx.prepare_cached(
            "SELECT id FROM teams t WHERE (?2 IS NULL OR id = ?2)
               AND (EXISTS (SELECT 1 FROM administrators a WHERE a.team_id = t.id AND a.coworker_id = ?1)
                 OR (NOT ?3 AND EXISTS (SELECT 1 FROM memberships m WHERE m.team_id = t.id AND m.coworker_id = ?1)))
             ORDER BY name, id",
        )?;
        let ids = all.query_map(params![caller.coworker, wanted, only_administered], |row| row.get(0))?;
        let ids: Vec<i64> = ids.collect::<Result<_, _>>()?;
        page_of(cx, &ids, &query, &shape, &|team| {
            Ok(standing(cx, team, caller.coworker)? == Standing::Administrator)
        })
    });
    Ok(Json(reply.await?))
}

/// `GET /api/public/teams/published`: all teams, as anybody at the location sees them.
pub(super) async fn published(
    State(sandbox): State<Sandbox>,
    query: Query,
    credential: Credential,
) -> Result<Json<Value>, Refusal> {
    let shape = Shape::of(&query);
    let reply = sandbox.run_as(credential, move |cx, _| {
        let mut all = cx.tx.prepare_cached("SELECT id FROM teams ORDER BY name, id")?;
        let ids: Vec<i64> = all.query_map([], |row| row.get(0))?.collect::<Result<_, _>>()?;
        page_of(cx, &ids, &query, &shape, &|_| Ok(false))
    });
    Ok(Json(reply.await?))
}

/// The page of a list of teams that a query asks for. `administers` says of which teams everything is shown.
fn page_of(
    cx: &Context,
    ids: &[i64],
    query: &Query,
    shape: &Shape,
    administers: &dyn Fn(i64) -> Result<bool, Refusal>,
) -> Result<Value, Refusal> {
    let number = |names: [&str; 2], otherwise: usize| {
        names.iter().find_map(|name| query.get(name)?.parse().ok()).filter(|n| *n > 0).unwrap_or(otherwise)
    };
    let size = number(["size", "_pageSize"], 25).min(100);
    let page = number(["page", "_page"], 1);
    let first = size.saturating_mul(page - 1);
    let shown = ids.iter().skip(first).take(size);
    let records = shown.map(|team| describe(cx, *team, administers(*team)?, shape.of_field("Records")));
    let records: Vec<Value> = records.collect::<Result<_, _>>()?;
    let envelope = paged(records.len(), ids.len(), first, page, size);
    let mut reply = shape.apply(envelope.into());
    if let (Value::Object(reply), true) = (&mut reply, shape.wants(&["Records"])) {
        // Cut to the shape already.
        reply.insert("Records".to_owned(), records.into());
    }
    Ok(reply)
}

/// The envelope of a list, without its records.
pub(super) fn paged(
    shown: usize,
    total: usize,
    first: usize,
    page: usize,
    size: usize,
) -> Map<String, Value> {
    let mut envelope = Map::new();
    let fields = [
        ("CurrentPageSize", json!(shown)),
        ("CurrentPage", json!(page)),
        ("CurrentOrderField", json!("Name")),
        ("CurrentSortDirection", json!("ASC")),
        ("FirstItem", json!(if shown == 0 { 0 } else { first + 1 })),
        ("HasNextPage", json!(first + shown < total)),
        ("HasPreviousPage", json!(page > 1)),
        ("LastItem", json!(if shown == 0 { 0 } else { first + shown })),
        ("PageNumber", json!(page)),
        ("PageSize", json!(size)),
        ("TotalItems", json!(total)),
        ("TotalPages", json!(total.div_ceil(size))),
    ];
    envelope.extend(fields.map(|(name, value)| (name.to_owned(), value)));
    envelope
}

/// `GET /api/public/teams/{id}/profile`; a team one does not belong to is a 404.
pub(super) async fn profile(
    State(sandbox): State<Sandbox>,
    Path(id): Path<String>,
    query: Query,
    credential: Credential,
) -> Result<Json<Value>, Refusal> {
    let shape = Shape::of(&query);
    let reply = sandbox.run_as(credential, move |cx, caller| {
        let team = find(cx, &id)?;
        match standing(cx, team, caller.coworker)? {
            Standing::None => Err(NO_TEAM),
            standing => {
                let administers = standing == Standing::Administrator;
                describe(cx, team, administers, &shape)
            }
        }
    });
    Ok(Json(reply.await?))
}
