use crate::client::{AISHA, MARIA, OPS, Reply, Server, TOMAS};
use axum::http::Method;
use contract::teams::{
    AddMembers, MyTeams, NewMember, NewMembers, ProfileDetail, RemovalRefusal, RemoveMember, Team,
    TeamDetail, TeamProfile,
};
use contract::{CoworkerId, Endpoint, Permission, Problem, TariffId, TeamId};
use serde_json::{Value, json};

/// Years ahead of whatever the tests' clock says.
const START: &str = "2999-02-01T00:00:00.000Z";
const DAY: i64 = 24 * 60 * 60;

async fn team(server: &Server, bearer: &str, id: i64) -> Team {
    let path = TeamProfile { team: TeamId(id), detail: ProfileDetail::Everything }.request().path;
    TeamProfile::read(&server.get(&path, bearer).await.text).unwrap()
}

fn names(team: &Team) -> Vec<&str> {
    team.all_team_members.iter().map(|member| member.full_name.as_str()).collect()
}

fn body(people: &[(&str, &str)]) -> Value {
    let person =
        |(name, email): &(&str, &str)| NewMember { full_name: (*name).into(), email: (*email).into() };
    let members = NewMembers {
        tariff_id: TariffId(301),
        people: people.iter().map(person).collect(),
        start_date: START.into(),
    };
    serde_json::from_str(&contract::json::write(&members)).unwrap()
}

async fn post(server: &Server, bearer: &str, team: i64, body: &Value) -> Reply {
    server.call(Method::POST, &format!("/api/public/teams/{team}/members"), bearer, &body.to_string()).await
}

async fn remove(server: &Server, bearer: &str, team: i64, member: i64) -> Reply {
    let request = RemoveMember { team: TeamId(team), member: CoworkerId(member) }.request();
    server.call(Method::DELETE, &request.path, bearer, "").await
}

fn refused(reply: &Reply) -> Problem {
    assert_eq!(reply.status, 400, "{}", reply.text);
    Problem::read(&reply.text)
}

#[tokio::test]
async fn people_who_are_added_are_members_and_the_reply_is_empty() {
    let server = Server::start();
    let maria = server.sign_in(MARIA).await;
    let people = [("Alice Johnson", "alice@example.com"), (" Carlos Rivera ", "carlos@example.com")];
    let person = |(name, email): (&str, &str)| NewMember { full_name: name.into(), email: email.into() };
    let members = NewMembers {
        tariff_id: TariffId(302),
        people: people.map(person).to_vec(),
        start_date: START.into(),
    };
    let request = AddMembers { team: TeamId(55), members }.request();
    let reply = server.call(Method::POST, &request.path, &maria, request.body.text().unwrap()).await;
    assert_eq!((reply.status.as_u16(), reply.text.as_str()), (200, ""));
    let after = team(&server, &maria, 55).await;
    assert_eq!((after.all_team_members.len(), after.team_members_count), (17, Some(17)));
    let carlos = after.all_team_members.iter().find(|one| one.full_name == "Carlos Rivera").unwrap();
    assert!(after.permissions_of(carlos).is_complete() && carlos.active == Some(true));
    assert_eq!(after.permissions_of(carlos).get(Permission::TeamAdministrator), Some(false));
    assert_eq!(server.impersonate(&maria, carlos.id.0).await.status, 200);
}

#[tokio::test]
async fn nobody_can_guess_the_password_of_an_account_that_has_none_yet() {
    let server = Server::start();
    let maria = server.sign_in(MARIA).await;
    assert_eq!(post(&server, &maria, 55, &body(&[("Ann", "ann@example.com")])).await.status, 200);
    for password in ["", "harbour-demo"] {
        assert_eq!(server.sign_in_with("ann@example.com", password).await.field("error"), "invalid_grant");
    }
}

#[tokio::test]
async fn whoever_has_the_address_already_joins_with_their_default_profile() {
    let server = Server::start();
    let maria = server.sign_in(MARIA).await;
    let known = body(&[("Somebody Else", "Tomas.Lind@Example.com"), ("New", "new@example.com")]);
    assert_eq!(post(&server, &maria, 55, &known).await.status, 200);
    let after = team(&server, &maria, 55).await;
    assert!(names(&after).contains(&"Tomas Lind") && !names(&after).contains(&"Somebody Else"));
    assert!(after.all_team_members.iter().any(|member| member.id == CoworkerId(103)));
    let again = refused(&post(&server, &maria, 55, &known).await);
    assert_eq!(again.fields.len(), 2, "both are in the team by now");
    assert!(again.fields.iter().all(|wrong| wrong.field == "Emails" && wrong.message.contains("already")));
    assert!(again.fields[0].message.contains("Tomas.Lind@Example.com"));
    // An account without an active profile is nobody who could join.
    server.control("members/103/deactivate").await;
    let inactive = refused(&post(&server, &maria, 56, &known).await);
    assert!(inactive.message.contains("no active profile"));
}

#[tokio::test]
async fn what_is_wrong_is_said_of_each_field_and_nobody_is_added() {
    let server = Server::start();
    let maria = server.sign_in(MARIA).await;
    let good = body(&[("Ann", "ann@example.com")]);
    let many = |count: usize| (1..=count).map(|n| format!("a{n}@example.com")).collect::<Vec<_>>();
    let today = "StartDate";
    let cases = [
        ("FullNames", json!(["Ann", "Bob"]), "Emails"),
        ("FullNames", json!(["   "]), "FullNames"),
        ("FullNames", json!(["x".repeat(201)]), "FullNames"),
        ("FullNames", json!("Ann"), "FullNames"),
        ("FullNames", json!([5]), "FullNames"),
        ("Emails", json!(["ann"]), "Emails"),
        ("Emails", json!(null), "Emails"),
        ("TariffId", json!(999), "TariffId"),
        ("TariffId", json!("301"), "TariffId"),
        ("TariffId", json!(null), "TariffId"),
        (today, json!("2020-01-01T00:00:00.000Z"), today),
        (today, json!("2999-02-31T00:00:00.000Z"), today),
        (today, json!("tomorrow"), today),
        (today, json!("now"), today),
        (today, json!(""), today),
        (today, json!(9_999_999), today),
        (today, json!(null), today),
    ];
    for (field, value, said_of) in cases {
        let mut bad = good.clone();
        bad[field] = value;
        let problem = refused(&post(&server, &maria, 55, &bad).await);
        assert_eq!(problem.fields.len(), 1, "{bad}: {problem:?}");
        assert_eq!(problem.fields[0].field, said_of, "{bad}");
    }
    let nobody = refused(&post(&server, &maria, 55, &body(&[])).await);
    assert!(nobody.message.contains("nobody to add"));
    let mut crowd = good.clone();
    (crowd["FullNames"], crowd["Emails"]) = (json!(many(26)), json!(many(26)));
    assert!(refused(&post(&server, &maria, 55, &crowd).await).message.contains("25"));
    let twice = body(&[("A", "a@example.com"), ("B", "A@example.com")]);
    assert!(refused(&post(&server, &maria, 55, &twice).await).message.contains("more than once"));
    let everything = refused(&post(&server, &maria, 55, &json!([])).await);
    let fields: Vec<_> = everything.fields.iter().map(|wrong| wrong.field.as_str()).collect();
    assert_eq!(fields, ["FullNames", "Emails", "TariffId", "StartDate"]);
    assert_eq!(team(&server, &maria, 55).await.all_team_members.len(), 15);
    let mut full = good;
    (full["FullNames"], full["Emails"]) = (json!(many(25)), json!(many(25)));
    assert_eq!(post(&server, &maria, 55, &full).await.status, 200);
}

#[tokio::test]
async fn a_membership_begins_tomorrow_at_the_earliest_by_the_days_of_utc() {
    let server = Server::start();
    let maria = server.sign_in(MARIA).await;
    let day = |days: i64| {
        let memory = rusqlite::Connection::open_in_memory().unwrap();
        let text: String = memory
            .query_row(
                "SELECT strftime('%Y-%m-%dT00:00:00.000Z', 'now', ?)",
                [format!("{days} days")],
                |row| row.get(0),
            )
            .unwrap();
        json!(text)
    };
    let mut wanted = body(&[("Ann", "ann@example.com")]);
    for days in [-1, 0] {
        wanted["StartDate"] = day(days);
        assert_eq!(refused(&post(&server, &maria, 55, &wanted).await).fields[0].field, "StartDate");
    }
    // Should the day end just now, two days ahead is still tomorrow.
    wanted["StartDate"] = day(2);
    assert_eq!(post(&server, &maria, 55, &wanted).await.status, 200);
}

#[tokio::test]
async fn a_team_takes_no_more_than_it_may_have() {
    let server = Server::start();
    let tomas = server.sign_in(TOMAS).await;
    let before = team(&server, &tomas, 57).await;
    assert_eq!((before.team_members_count, before.max_team_member_count), (Some(12), Some(14)));
    let three = body(&[("A", "a@example.com"), ("B", "b@example.com"), ("C", "c@example.com")]);
    assert!(refused(&post(&server, &tomas, 57, &three).await).message.contains("room for 2 more"));
    let two = body(&[("A", "a@example.com"), ("B", "b@example.com")]);
    assert_eq!(post(&server, &tomas, 57, &two).await.status, 200);
    let one = body(&[("C", "c@example.com")]);
    assert!(refused(&post(&server, &tomas, 57, &one).await).message.contains("room for 0 more"));
}

#[tokio::test]
async fn only_an_administrator_of_the_team_adds_and_removes() {
    let server = Server::start();
    let wanted = body(&[("Ann", "ann@example.com")]);
    for (email, status) in [(AISHA, 403), (TOMAS, 404), (OPS, 404)] {
        let bearer = server.sign_in(email).await;
        assert_eq!(post(&server, &bearer, 55, &wanted).await.status, status, "{email}");
        assert_eq!(remove(&server, &bearer, 55, 119).await.status, status, "{email}");
    }
    assert_eq!(post(&server, "", 55, &wanted).await.status, 401);
    assert_eq!(remove(&server, "", 55, 119).await.status, 401);
    let maria = server.sign_in(MARIA).await;
    assert_eq!(post(&server, &maria, 999, &wanted).await.status, 404);
    assert_eq!(team(&server, &maria, 55).await.all_team_members.len(), 15);
}

#[tokio::test]
async fn a_removed_member_is_gone_from_this_team_alone() {
    let server = Server::start();
    let maria = server.sign_in(MARIA).await;
    let reply = remove(&server, &maria, 55, 120).await;
    assert_eq!((reply.status.as_u16(), reply.text.as_str()), (200, ""));
    let after = team(&server, &maria, 55).await;
    assert_eq!((after.all_team_members.len(), after.team_members_count), (14, Some(14)));
    assert!(names(&team(&server, &maria, 56).await).contains(&"Chloé Dubois"));
    assert_eq!(remove(&server, &maria, 55, 120).await.status, 404, "gone already");
    assert_eq!(remove(&server, &maria, 55, 131).await.status, 404, "a member of another team");
    let odd = server.call(Method::DELETE, "/api/public/teams/55/members/x", &maria, "").await;
    assert_eq!(odd.status, 404);
    // An administrator who is taken out loses the rights, too, and nobody acts as who is gone.
    assert_eq!(remove(&server, &maria, 55, 110).await.status, 200);
    let list = MyTeams { is_team_admin: true, detail: TeamDetail::Ids, page: 1 }.request().path;
    let records = MyTeams::read(&server.get(&list, &maria).await.text).unwrap().records;
    let lumen = records.iter().find(|team| team.id == TeamId(55)).unwrap();
    assert_eq!(lumen.all_team_members.len(), 13);
    assert!(
        lumen.all_team_members.iter().all(|member| member.full_name.is_empty()),
        "only ids were asked for"
    );
    assert_eq!(server.impersonate(&maria, 110).await.status, 403);
}

#[tokio::test]
async fn nobody_removes_themselves_and_so_the_last_administrator_stays() {
    let server = Server::start();
    let tomas = server.sign_in(TOMAS).await;
    let problem = refused(&remove(&server, &tomas, 57, 103).await);
    assert_eq!(problem.message, "CANNOT_REMOVE_ITSELF");
    assert_eq!(RemovalRefusal::of(&problem), Some(RemovalRefusal::Oneself));
    assert_eq!(team(&server, &tomas, 57).await.team_members_count, Some(12));
}

#[tokio::test]
async fn a_member_with_an_active_contract_stays_and_a_contract_is_active_once_it_begins() {
    let server = Server::with(&["--access-token-seconds", "1209600"]);
    let maria = server.sign_in(MARIA).await;
    let problem = refused(&remove(&server, &maria, 55, 122).await);
    assert!(problem.message.contains("has active contracts"), "{problem:?}");
    assert_eq!(RemovalRefusal::of(&problem), Some(RemovalRefusal::ActiveContracts));
    assert!(names(&team(&server, &maria, 55).await).contains(&"Ravi Subramaniam"));

    let memory = rusqlite::Connection::open_in_memory().unwrap();
    let in_two_days: String = memory
        .query_row("SELECT strftime('%Y-%m-%dT00:00:00Z', 'now', '2 days')", [], |row| row.get(0))
        .unwrap();
    let mut wanted = body(&[("Ann", "ann@example.com"), ("Bob", "bob@example.com")]);
    wanted["StartDate"] = json!(in_two_days);
    assert_eq!(post(&server, &maria, 55, &wanted).await.status, 200);
    let with_both = team(&server, &maria, 55).await;
    let id = |name: &str| with_both.all_team_members.iter().find(|one| one.full_name == name).unwrap().id.0;
    assert_eq!(remove(&server, &maria, 55, id("Ann")).await.status, 200, "it has not begun");
    server.control(&format!("clock/advance?seconds={}", 2 * DAY)).await;
    let problem = refused(&remove(&server, &maria, 55, id("Bob")).await);
    assert_eq!(RemovalRefusal::of(&problem), Some(RemovalRefusal::ActiveContracts));
}
