//! Who may become whom. One rule, asked when a token is issued, when it is exchanged, and at every request after.

use super::Context;
use super::error::Refusal;
use super::session::Actor;
use super::store::maybe;

/// What a wish to become somebody rests on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Power {
    /// Administering a team, or being the same person.
    Member,
    /// Being an operator of the location.
    Operator,
}

impl Power {
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Member => "member",
            Self::Operator => "operator",
        }
    }

    pub(super) fn read(name: Option<&str>) -> Self {
        if name == Some(Self::Operator.name()) { Self::Operator } else { Self::Member }
    }
}

/// How the target is related to the actor.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Relation {
    /// Another profile of the same person: no acting at all, an ordinary session.
    Oneself,
    /// Another person.
    Another,
}

/// The target of an impersonation.
pub(super) struct Target {
    pub(super) user: i64,
    active: bool,
}

/// The person behind a profile; `None` when there is no such profile.
pub(super) fn target(cx: &Context, coworker: i64) -> Result<Option<Target>, Refusal> {
    maybe(
        cx.tx
            .prepare_cached(
                "SELECT u.id, c.active AND u.active FROM coworkers c JOIN users u ON u.id = c.user_id WHERE c.id = ?",
            )?
            .query_row([coworker], |row| Ok(Target { user: row.get(0)?, active: row.get(1)? })),
    )
}

/// Whether the actor may become the target; the inner error is the reason why not. An unknown target is a 404.
pub(super) fn may_become(
    cx: &Context,
    actor: Actor,
    power: Power,
    coworker: i64,
) -> Result<Result<Relation, &'static str>, Refusal> {
    let Some(target) = target(cx, coworker)? else { return Ok(Err("There is no such member.")) };
    if coworker == actor.coworker {
        return Ok(Err("You are on this profile already."));
    }
    if !target.active {
        return Ok(Err("This member is not active."));
    }
    if target.user == actor.user {
        return Ok(Ok(Relation::Oneself));
    }
    let allowed = match power {
        Power::Operator => is_operator(cx, actor.user)?,
        Power::Member => administers_team_of(cx, actor.coworker, coworker)?,
    };
    Ok(if allowed {
        Ok(Relation::Another)
    } else {
        Err("You administer no team that this member belongs to.")
    })
}

fn is_operator(cx: &Context, user: i64) -> Result<bool, Refusal> {
    Ok(super::session::operator_if_active(cx, user)? == Some(true))
}

fn administers_team_of(cx: &Context, administrator: i64, member: i64) -> Result<bool, Refusal> {
    let mut found = cx.tx.prepare_cached(
        "SELECT 1 FROM administrators a JOIN memberships m ON m.team_id = a.team_id
         JOIN coworkers c ON c.id = a.coworker_id AND c.active
         WHERE a.coworker_id = ? AND m.coworker_id = ?",
    )?;
    Ok(found.exists([administrator, member])?)
}
