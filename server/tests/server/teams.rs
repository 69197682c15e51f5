use crate::client::{AISHA, LEO, MARIA, OPS, Server};
use contract::teams::{MyTeams, ProfileDetail, TeamDetail, TeamProfile};
use contract::{CoworkerId, Endpoint, Permission, TeamId};
use std::time::{Duration, Instant};

#[tokio::test]
async fn my_teams_are_those_of_the_profile_and_an_administrators_are_marked() {
    let server = Server::start();
    let names = |bearer: String, is_team_admin: bool| {
        let server = server.clone();
        async move {
            let path = MyTeams { is_team_admin, detail: TeamDetail::Names, page: 1 }.request().path;
            let list = MyTeams::read(&server.get(&path, &bearer).await.text).unwrap();
            list.records.into_iter().map(|team| team.id.0).collect::<Vec<_>>()
        }
    };
    let maria = server.sign_in(MARIA).await;
    assert_eq!(names(maria, true).await, [55, 56]);
    let aisha = server.sign_in(AISHA).await;
    assert_eq!(names(aisha.clone(), false).await, [55]);
    assert!(names(aisha, true).await.is_empty(), "an empty list, not a 403");
    let leo = server.sign_in(LEO).await;
    assert_eq!(names(leo, false).await, [56], "57 is his other profile's");
}

#[tokio::test]
async fn the_list_pages_and_filters() {
    let server = Server::start();
    let maria = server.sign_in(MARIA).await;
    let my = |query: &str| format!("/api/public/teams/my?{query}");
    assert_eq!(server.get(&my(""), &maria).await.status, 400);
    assert_eq!(server.get(&my("isTeamAdmin=perhaps"), &maria).await.status, 400);
    assert_eq!(server.get(&my(""), "").await.status, 401);
    let second = server.get(&my("isTeamAdmin=true&size=1&page=2"), &maria).await.json();
    assert_eq!((&second["Records"][0]["Id"], &second["TotalItems"]), (&56.into(), &2.into()));
    assert_eq!((&second["HasNextPage"], &second["HasPreviousPage"]), (&false.into(), &true.into()));
    let one = server.get(&my("isTeamAdmin=false&teamId=55"), &maria).await.json();
    assert_eq!(one["TotalItems"], 1);
}

#[tokio::test]
async fn a_team_shows_everybody_with_all_six_permissions() {
    let server = Server::start();
    let maria = server.sign_in(MARIA).await;
    let path = TeamProfile { team: TeamId(55), detail: ProfileDetail::Everything }.request().path;
    let team = TeamProfile::read(&server.get(&path, &maria).await.text).unwrap();
    assert_eq!(team.all_team_members.len(), 15);
    assert!(team.all_team_members.iter().all(|member| team.permissions_of(member).is_complete()));
    assert!(team.all_team_members.iter().any(|member| member.active == Some(false)));
    let jonas = team.all_team_members.iter().find(|member| member.id == CoworkerId(110)).unwrap();
    assert_eq!(jonas.permissions.get(Permission::TeamAdministrator), Some(true));
    assert_eq!(jonas.access_card_id.as_deref(), Some("CARD-00110"));
    // Maria administers 56 without being a member: listed, but not counted.
    let path = TeamProfile { team: TeamId(56), detail: ProfileDetail::Everything }.request().path;
    let team = TeamProfile::read(&server.get(&path, &maria).await.text).unwrap();
    assert_eq!(team.all_team_members.len() as i64, team.team_members_count.unwrap() + 1);
}

#[tokio::test]
async fn a_plain_member_sees_the_team_without_addresses_and_cards() {
    let server = Server::start();
    let aisha = server.sign_in(AISHA).await;
    let team = server.get("/api/public/teams/55/profile", &aisha).await;
    assert_eq!(team.status, 200);
    assert!(!team.text.contains("@example.com") && !team.text.contains("CARD-"));
}

#[tokio::test]
async fn a_team_of_others_is_a_404() {
    let server = Server::start();
    let aisha = server.sign_in(AISHA).await;
    let ops = server.sign_in(OPS).await;
    for (bearer, team) in [(&aisha, "56"), (&aisha, "999"), (&aisha, "x"), (&ops, "55")] {
        let path = format!("/api/public/teams/{team}/profile");
        assert_eq!(server.get(&path, bearer).await.status, 404, "{team}");
    }
    assert_eq!(server.get("/api/public/teams/55/profile", "").await.status, 401);
}

#[tokio::test]
async fn ten_thousand_members_are_there_quickly_and_the_named_ones_among_them() {
    let began = Instant::now();
    let server = Server::with(&["--members", "10000"]);
    assert!(began.elapsed() < Duration::from_secs(6), "{:?} in a debug build", began.elapsed());
    let maria = server.sign_in(MARIA).await;
    let path = TeamProfile { team: TeamId(55), detail: ProfileDetail::Everything }.request().path;
    let team = TeamProfile::read(&server.get(&path, &maria).await.text).unwrap();
    assert_eq!((team.all_team_members.len(), team.team_members_count), (10_000, Some(10_000)));
    assert_eq!(server.impersonate(&maria, 104).await.status, 200);
    assert!(!server.sign_in("member000001@example.com").await.is_empty());
}
