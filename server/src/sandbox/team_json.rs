//! A team as the API shows it.

use super::error::Refusal;
use super::shape::Shape;
use super::{Context, location};
use rusqlite::Row;
use serde_json::{Map, Value, json};

/// How a column of a member becomes a value.
#[derive(Clone, Copy)]
enum Kind {
    Number,
    Text,
    Flag,
    /// A text that is shown to administrators of the team only.
    Private,
}

/// What is known of a member, in the order of the query's columns.
const FIELDS: [(&str, Kind); 13] = [
    ("Id", Kind::Number),
    ("FullName", Kind::Text),
    ("CompanyName", Kind::Text),
    ("Email", Kind::Private),
    ("Active", Kind::Flag),
    ("CoworkerType", Kind::Number),
    ("IsTeamAdministrator", Kind::Flag),
    ("CanMakeBookings", Kind::Flag),
    ("CanBookForTeam", Kind::Flag),
    ("CanPurchaseProducts", Kind::Flag),
    ("CanPurchaseEvents", Kind::Flag),
    ("CanAccessCommunity", Kind::Flag),
    ("AccessCardId", Kind::Private),
];
const IS_ADMINISTRATOR: usize = 6;
const IS_MEMBER: usize = 13;

/// One of a team's lists of people, with the fields that were asked for. Only these are read: cutting members of
/// thousands down afterwards takes longer than everything else of a request.
struct List {
    name: &'static str,
    /// The column that says who is in it; `None`: everybody.
    only: Option<usize>,
    fields: Vec<(usize, &'static str, Kind)>,
    people: Vec<Value>,
}

impl List {
    /// `None` when nobody asked for it.
    fn of(shape: &Shape, name: &'static str, only: Option<usize>) -> Option<Self> {
        let shape = shape.wants(&[name]).then(|| shape.of_field(name))?;
        let fields = FIELDS.iter().enumerate().filter(|(_, (field, _))| shape.keeps(field));
        let fields = fields.map(|(column, (field, kind))| (column, *field, *kind)).collect();
        Some(Self { name, only, fields, people: Vec::new() })
    }

    fn add(&mut self, row: &Row, for_administrator: bool) -> rusqlite::Result<()> {
        if self.only.map_or(Ok(true), |column| row.get(column))? {
            let mut person = Map::new();
            for (column, field, kind) in &self.fields {
                let value = match kind {
                    Kind::Number => row.get::<_, i64>(*column)?.into(),
                    Kind::Flag => row.get::<_, bool>(*column)?.into(),
                    Kind::Private if !for_administrator => Value::Null,
                    Kind::Text | Kind::Private => row.get::<_, Option<String>>(*column)?.into(),
                };
                person.insert((*field).to_owned(), value);
            }
            self.people.push(person.into());
        }
        Ok(())
    }
}

/// The people of a team, in the lists that the shape wants. Addresses and cards are shown to administrators only.
fn people(cx: &Context, team: i64, for_administrator: bool, shape: &Shape) -> Result<Vec<List>, Refusal> {
    let lists = [
        ("TeamAdministrators", Some(IS_ADMINISTRATOR)),
        ("TeamMembers", Some(IS_MEMBER)),
        ("AllTeamMembers", None),
    ];
    let lists = lists.into_iter().filter_map(|(name, only)| List::of(shape, name, only));
    let mut lists: Vec<List> = lists.collect();
    if lists.is_empty() {
        return Ok(lists);
    }
    let mut rows = cx.tx.prepare_cached(
        "SELECT c.id, c.full_name, c.company_name, u.email, c.active, c.coworker_type, a.coworker_id IS NOT NULL,
                c.can_make_bookings, c.can_book_for_team, c.can_purchase_products, c.can_purchase_events,
                c.can_access_community, c.access_card, m.coworker_id IS NOT NULL
         FROM coworkers c JOIN users u ON u.id = c.user_id
         LEFT JOIN memberships m ON m.team_id = ?1 AND m.coworker_id = c.id
         LEFT JOIN administrators a ON a.team_id = ?1 AND a.coworker_id = c.id
         WHERE c.id IN (SELECT coworker_id FROM memberships WHERE team_id = ?1
                        UNION SELECT coworker_id FROM administrators WHERE team_id = ?1)
         ORDER BY c.full_name COLLATE NOCASE, c.id",
    )?;
    let mut rows = rows.query([team])?;
    while let Some(row) = rows.next()? {
        for list in &mut lists {
            list.add(row, for_administrator)?;
        }
    }
    Ok(lists)
}

/// A team, cut to a shape. A large team's members are only read when the shape wants them.
pub(super) fn describe(
    cx: &Context,
    team: i64,
    for_administrator: bool,
    shape: &Shape,
) -> Result<Value, Refusal> {
    let mut names = cx.tx.prepare_cached(
        "SELECT full_name FROM coworkers JOIN administrators ON coworker_id = id WHERE team_id = ?
         ORDER BY full_name COLLATE NOCASE, id",
    )?;
    let names = names.query_map([team], |row| row.get::<_, String>(0))?;
    let names: Value = names.collect::<Result<_, _>>()?;
    let mut found = cx.tx.prepare_cached(
        "SELECT t.unique_id, t.name, t.summary, t.website, t.tags, t.most_members, t.default_plan, p.name,
                (SELECT count(*) FROM memberships WHERE team_id = t.id)
         FROM teams t LEFT JOIN plans p ON p.id = t.default_plan WHERE t.id = ?",
    )?;
    let mut described = found.query_row([team], |row| {
        let tags: String = row.get(4)?;
        let plan: Option<i64> = row.get(6)?;
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
            "TeamMembersCount": row.get::<_, i64>(8)?,
            "TeamAdministratorsFullNames": names,
            "PayingMemberId": null,
            "CreateSingleInvoiceForTeam": false,
            "MaxTeamMemberCount": row.get::<_, Option<i64>>(5)?,
            "HasContactDetails": false,
            "HasDefaultPlan": plan.is_some(),
            "DefaultTariffId": plan,
            "DefaultTariffName": row.get::<_, Option<String>>(7)?,
            "DisableAttendaceDashboard": false,
            "HasTeamLogo": false,
            "HasImages": false,
        }))
    })?;
    described = shape.apply(described);
    if let Value::Object(described) = &mut described {
        for list in people(cx, team, for_administrator, shape)? {
            described.insert(list.name.to_owned(), list.people.into());
        }
    }
    Ok(described)
}
