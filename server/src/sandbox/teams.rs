//! The caller's teams, and one team with everybody in it.

use super::credential::{Credential, Query};
use super::error::Refusal;
use super::shape::Shape;
use super::store::maybe;
use super::{Context, Sandbox, location};
use axum::Json;
use axum::extract::{Path, State};
use rusqlite::params;
use serde_json::{Value, json};

pub(super) const NO_TEAM: Refusal = Refusal::NotFound("There is no such team.");
pub(super) const NO_MEMBER: Refusal = Refusal::NotFound("There is no such member in this team.");

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
        let number = |names: [&str; 2], otherwise: usize| {
            names.iter().find_map(|name| query.get(name)?.parse().ok()).filter(|n| *n > 0).unwrap_or(otherwise)
        };
        let size = number(["size", "_pageSize"], 25).min(100);
        let page = number(["page", "_page"], 1);
        let mut all = cx.tx.prepare_cached(
            "SELECT id FROM teams t WHERE (?2 IS NULL OR id = ?2)
               AND (EXISTS (SELECT 1 FROM administrators a WHERE a.team_id = t.id AND a.coworker_id = ?1)
                 OR (NOT ?3 AND EXISTS (SELECT 1 FROM memberships m WHERE m.team_id = t.id AND m.coworker_id = ?1)))
             ORDER BY name, id",
        )?;
        let ids = all.query_map(params![caller.coworker, wanted, only_administered], |row| row.get(0))?;
        let ids: Vec<i64> = ids.collect::<Result<_, _>>()?;
        let first = size.saturating_mul(page - 1);
        let records = ids.iter().skip(first).take(size).map(|team| {
            let administers = standing(cx, *team, caller.coworker)? == Standing::Administrator;
            describe(cx, *team, administers, shape.of_field("Records"))
        });
        let records: Vec<Value> = records.collect::<Result<_, _>>()?;
        Ok(shape.apply(paged(records, ids.len(), first, page, size)))
    });
    Ok(Json(reply.await?))
}

/// The envelope of a list.
fn paged(records: Vec<Value>, total: usize, first: usize, page: usize, size: usize) -> Value {
    let shown = records.len();
    json!({
        "Records": records,
        "CurrentPageSize": shown,
        "CurrentPage": page,
        "CurrentOrderField": "Name",
        "CurrentSortDirection": "ASC",
        "FirstItem": if shown == 0 { 0 } else { first + 1 },
        "HasNextPage": first + shown < total,
        "HasPreviousPage": page > 1,
        "LastItem": if shown == 0 { 0 } else { first + shown },
        "PageNumber": page,
        "PageSize": size,
        "TotalItems": total,
        "TotalPages": total.div_ceil(size),
    })
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
                Ok(shape.apply(describe(cx, team, administers, &shape)?))
            }
        }
    });
    Ok(Json(reply.await?))
}

struct Member {
    is_member: bool,
    is_administrator: bool,
    json: Value,
}

/// Everybody in a team. Addresses and cards are shown to its administrators only.
fn members(cx: &Context, team: i64, for_administrator: bool) -> Result<Vec<Member>, Refusal> {
    let mut rows = cx.tx.prepare_cached(
        "SELECT c.id, c.full_name, c.company_name, u.email, c.active, c.coworker_type, c.can_make_bookings,
                c.can_book_for_team, c.can_purchase_products, c.can_purchase_events, c.can_access_community,
                c.access_card, m.coworker_id IS NOT NULL, a.coworker_id IS NOT NULL
         FROM coworkers c JOIN users u ON u.id = c.user_id
         LEFT JOIN memberships m ON m.team_id = ?1 AND m.coworker_id = c.id
         LEFT JOIN administrators a ON a.team_id = ?1 AND a.coworker_id = c.id
         WHERE c.id IN (SELECT coworker_id FROM memberships WHERE team_id = ?1
                        UNION SELECT coworker_id FROM administrators WHERE team_id = ?1)
         ORDER BY c.full_name COLLATE NOCASE, c.id",
    )?;
    let rows = rows.query_map([team], |row| {
        let is_administrator = row.get(13)?;
        let email: Option<String> = if for_administrator { row.get(3)? } else { None };
        let card: Option<String> = if for_administrator { row.get(11)? } else { None };
        let json = json!({
            "Id": row.get::<_, i64>(0)?,
            "FullName": row.get::<_, String>(1)?,
            "CompanyName": row.get::<_, String>(2)?,
            "Email": email,
            "Active": row.get::<_, bool>(4)?,
            "CoworkerType": row.get::<_, i64>(5)?,
            "IsTeamAdministrator": is_administrator,
            "CanMakeBookings": row.get::<_, bool>(6)?,
            "CanBookForTeam": row.get::<_, bool>(7)?,
            "CanPurchaseProducts": row.get::<_, bool>(8)?,
            "CanPurchaseEvents": row.get::<_, bool>(9)?,
            "CanAccessCommunity": row.get::<_, bool>(10)?,
            "AccessCardId": card,
        });
        Ok(Member { is_member: row.get(12)?, is_administrator, json })
    })?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// A team as the API shows it. A large team's members are only read when the shape wants them.
fn describe(cx: &Context, team: i64, for_administrator: bool, shape: &Shape) -> Result<Value, Refusal> {
    let count: i64 =
        cx.tx.query_row("SELECT count(*) FROM memberships WHERE team_id = ?", [team], |row| row.get(0))?;
    let mut names = cx.tx.prepare_cached(
        "SELECT full_name FROM coworkers JOIN administrators ON coworker_id = id WHERE team_id = ?
         ORDER BY full_name COLLATE NOCASE, id",
    )?;
    let names = names.query_map([team], |row| row.get::<_, String>(0))?;
    let names: Value = names.collect::<Result<_, _>>()?;
    let everybody = if shape.wants(&["AllTeamMembers", "TeamAdministrators", "TeamMembers"]) {
        members(cx, team, for_administrator)?
    } else {
        Vec::new()
    };
    let pick = |list: &str, wanted: fn(&Member) -> bool| -> Value {
        let shape = shape.of_field(list);
        let picked = everybody.iter().filter(|member| wanted(member));
        if shape.is_empty() { json!([]) } else { picked.map(|m| shape.apply(m.json.clone())).collect() }
    };
    let administrators = pick("TeamAdministrators", |member| member.is_administrator);
    let only_members = pick("TeamMembers", |member| member.is_member);
    let all = pick("AllTeamMembers", |_| true);
    let team = cx.tx.query_row(
        "SELECT unique_id, name, summary, website, tags FROM teams WHERE id = ?",
        [team],
        |row| {
            let tags: String = row.get(4)?;
            Ok(json!({
                "Id": team,
                "UniqueId": row.get::<_, String>(0)?,
                "IdString": team.to_string(),
                "Name": row.get::<_, String>(1)?,
                "Description": null,
                "ProfileSummary": row.get::<_, String>(2)?,
                "ProfileIsPublic": true,
                "ProfileWebsite": row.get::<_, Option<String>>(3)?,
                "ProfileTags": &tags,
                "ProfileTagsList": tags.split(' ').filter(|tag| !tag.is_empty()).collect::<Vec<_>>(),
                "BusinessName": location::NAME,
                "BusinessHomeUrl": location::HOME,
                "TeamMembersCount": count,
                "TeamAdministratorsFullNames": names,
                "TeamAdministrators": administrators,
                "TeamMembers": only_members,
                "AllTeamMembers": all,
                "PayingMemberId": null,
                "CreateSingleInvoiceForTeam": false,
                "MaxTeamMemberCount": null,
                "HasContactDetails": false,
                "HasDefaultPlan": false,
                "DisableAttendaceDashboard": false,
                "HasTeamLogo": false,
                "HasImages": false,
            }))
        },
    )?;
    Ok(team)
}
