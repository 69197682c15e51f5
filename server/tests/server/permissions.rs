use crate::client::{AISHA, MARIA, Reply, Server, TOMAS};
use axum::http::Method;
use contract::teams::{Member, PermissionsBody, ProfileDetail, TeamProfile, UpdatePermissions};
use contract::{CoworkerId, Endpoint, Permission, Problem, TeamId};
use serde_json::{Value, json};

async fn member(server: &Server, bearer: &str, team: i64, id: i64) -> Member {
    let path = TeamProfile { team: TeamId(team), detail: ProfileDetail::Everything }.request().path;
    let team = TeamProfile::read(&server.get(&path, bearer).await.text).unwrap();
    team.all_team_members.into_iter().find(|member| member.id == CoworkerId(id)).unwrap()
}

async fn put(server: &Server, bearer: &str, team: i64, id: i64, body: &Value) -> Reply {
    let path = format!("/api/public/teams/{team}/permissions/{id}");
    server.call(Method::PUT, &path, bearer, &body.to_string()).await
}

fn body(member: &Member) -> Value {
    let card = member.access_card_id.clone();
    let body = PermissionsBody::new(member.id, member.permissions, card).unwrap();
    serde_json::from_str(&contract::json::write(&body)).unwrap()
}

#[tokio::test]
async fn a_change_is_kept_and_the_reply_is_empty() {
    let server = Server::start();
    let maria = server.sign_in(MARIA).await;
    for permission in Permission::ALL {
        for on in [true, false, true] {
            let before = member(&server, &maria, 55, 119).await;
            let permissions = before.permissions.with(permission, on);
            let permissions = PermissionsBody::new(before.id, permissions, Some("NEW-119".into())).unwrap();
            let request = UpdatePermissions { team: TeamId(55), member: before.id, permissions }.request();
            let reply = server.call(Method::PUT, &request.path, &maria, request.body.text().unwrap()).await;
            assert_eq!((reply.status.as_u16(), reply.text.as_str()), (200, ""));
            let after = member(&server, &maria, 55, 119).await;
            assert_eq!(after.permissions, before.permissions.with(permission, on));
            assert_eq!(after.access_card_id.as_deref(), Some("NEW-119"));
        }
    }
}

#[tokio::test]
async fn the_card_stays_when_left_out_and_goes_when_emptied() {
    let server = Server::start();
    let maria = server.sign_in(MARIA).await;
    let mut change = body(&member(&server, &maria, 55, 104).await);
    change.as_object_mut().unwrap().remove("AccessCardId");
    assert_eq!(put(&server, &maria, 55, 104, &change).await.status, 200);
    assert_eq!(member(&server, &maria, 55, 104).await.access_card_id.as_deref(), Some("CARD-00104"));
    change["AccessCardId"] = "".into();
    assert_eq!(put(&server, &maria, 55, 104, &change).await.status, 200);
    assert_eq!(member(&server, &maria, 55, 104).await.access_card_id, None);
}

#[tokio::test]
async fn invalid_data_is_a_400_that_names_the_fields_and_changes_nothing() {
    let server = Server::start();
    let maria = server.sign_in(MARIA).await;
    let before = member(&server, &maria, 55, 104).await;
    let good = body(&before);
    let mut cases =
        vec![("AccessCardId", json!("1234567890123456")), ("AccessCardId", json!(5)), ("Id", json!(105))];
    for flag in ["IsTeamAdministrator", "CanMakeBookings", "CanAccessCommunity"] {
        cases.push((flag, Value::Null));
        cases.push((flag, json!("true")));
    }
    for (field, value) in cases {
        let mut bad = good.clone();
        bad["CanPurchaseEvents"] = json!(true);
        bad[field] = value;
        let reply = put(&server, &maria, 55, 104, &bad).await;
        assert_eq!(reply.status, 400, "{bad}");
        let problem = Problem::read(&reply.text);
        assert_eq!(problem.fields.len(), 1, "{}", reply.text);
        assert_eq!(problem.fields[0].field, field);
    }
    assert_eq!(Problem::read(&put(&server, &maria, 55, 104, &json!([])).await.text).fields.len(), 6);
    assert_eq!(member(&server, &maria, 55, 104).await, before);
}

#[tokio::test]
async fn only_an_administrator_of_the_team_may_write() {
    let server = Server::start();
    let maria = server.sign_in(MARIA).await;
    let change = body(&member(&server, &maria, 55, 104).await);
    for other in [AISHA, TOMAS] {
        let bearer = server.sign_in(other).await;
        assert_eq!(put(&server, &bearer, 55, 104, &change).await.status, 403, "{other}");
    }
    assert_eq!(put(&server, "", 55, 104, &change).await.status, 401);
    server.control("teams/55/admins/101/remove").await;
    assert_eq!(put(&server, &maria, 55, 104, &change).await.status, 403);
}

#[tokio::test]
async fn an_unknown_team_or_member_is_a_404() {
    let server = Server::start();
    let maria = server.sign_in(MARIA).await;
    let change = body(&member(&server, &maria, 55, 104).await);
    assert_eq!(put(&server, &maria, 999, 104, &change).await.status, 404);
    assert_eq!(put(&server, &maria, 55, 424_242, &change).await.status, 404);
    assert_eq!(put(&server, &maria, 55, 131, &change).await.status, 404, "a member of another team");
}

#[tokio::test]
async fn nobody_changes_their_own_administrator_rights_or_removes_the_last_administrator() {
    let server = Server::start();
    let maria = server.sign_in(MARIA).await;
    let mut change = body(&member(&server, &maria, 55, 101).await);
    change["CanPurchaseEvents"] = json!(false);
    assert_eq!(put(&server, &maria, 55, 101, &change).await.status, 200, "the rest of one's own is free");
    change["IsTeamAdministrator"] = json!(false);
    let own = put(&server, &maria, 55, 101, &change).await;
    assert_eq!((own.status.as_u16(), own.field("Message").contains("your own")), (400, true));

    let mut jonas = body(&member(&server, &maria, 55, 110).await);
    jonas["IsTeamAdministrator"] = json!(false);
    assert_eq!(put(&server, &maria, 55, 110, &jonas).await.status, 200, "another remains");
    let last = put(&server, &maria, 55, 101, &change).await;
    assert_eq!((last.status.as_u16(), last.field("Message").contains("at least one")), (400, true));
    assert_eq!(
        member(&server, &maria, 55, 101).await.permissions.get(Permission::TeamAdministrator),
        Some(true)
    );
}

#[tokio::test]
async fn flags_belong_to_the_member_and_administration_to_the_team() {
    let server = Server::start();
    let maria = server.sign_in(MARIA).await;
    let mut change = body(&member(&server, &maria, 55, 120).await);
    change["CanMakeBookings"] = json!(false);
    change["IsTeamAdministrator"] = json!(true);
    assert_eq!(put(&server, &maria, 55, 120, &change).await.status, 200);
    let elsewhere = member(&server, &maria, 56, 120).await.permissions;
    assert_eq!(elsewhere.get(Permission::MakeBookings), Some(false), "one set for all teams");
    assert_eq!(elsewhere.get(Permission::TeamAdministrator), Some(false));
}

#[tokio::test]
async fn a_demoted_administrator_who_was_no_member_becomes_one() {
    let server = Server::start();
    let maria = server.sign_in(MARIA).await;
    let mut chloe = body(&member(&server, &maria, 56, 120).await);
    chloe["IsTeamAdministrator"] = json!(true);
    assert_eq!(put(&server, &maria, 56, 120, &chloe).await.status, 200);
    let as_chloe = server.act(&maria, 120).await;
    let mut change = body(&member(&server, &as_chloe, 56, 101).await);
    change["IsTeamAdministrator"] = json!(false);
    assert_eq!(put(&server, &as_chloe, 56, 101, &change).await.status, 200);
    assert_eq!(
        member(&server, &maria, 56, 101).await.permissions.get(Permission::TeamAdministrator),
        Some(false)
    );
}
