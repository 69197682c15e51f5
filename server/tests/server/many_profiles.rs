use crate::client::{NORA, Server};
use axum::http::Method;
use contract::coworkers::{ListProfiles, Profiles, SetCurrentProfile};
use contract::teams::{MyTeams, PublishedTeams, TeamDetail};
use contract::{CoworkerId, Endpoint, TeamId};

async fn profiles(server: &Server, bearer: &str) -> Profiles {
    ListProfiles::read(&server.get(&ListProfiles.request().path, bearer).await.text).unwrap()
}

async fn switch(server: &Server, bearer: &str, id: i64) -> u16 {
    let path = SetCurrentProfile { coworker: CoworkerId(id) }.request().path;
    server.call(Method::PUT, &path, bearer, "").await.status.as_u16()
}

#[tokio::test]
async fn all_of_many_profiles_are_listed_and_an_inactive_one_is_not_taken() {
    let server = Server::start();
    let nora = server.sign_in(NORA).await;
    let list = profiles(&server, &nora).await;
    assert_eq!(list.profiles.len(), 32);
    assert_eq!(list.profiles[0].is_default_profile, Some(true), "the first one");
    let inactive: Vec<i64> =
        list.profiles.iter().filter(|profile| !profile.is_available()).map(|profile| profile.id.0).collect();
    assert_eq!(inactive, [207, 214, 229]);
    assert_eq!((switch(&server, &nora, 207).await, switch(&server, &nora, 231).await), (404, 200));
    let list = profiles(&server, &nora).await;
    let current = list.profiles.iter().find(|profile| profile.is_default_profile == Some(true)).unwrap();
    assert_eq!(current.id, CoworkerId(231));
}

#[tokio::test]
async fn a_team_is_opened_by_the_one_profile_that_the_directory_names() {
    let server = Server::start();
    let nora = server.sign_in(NORA).await;
    let team = "/api/public/teams/58/profile?_shape=Id";
    assert_eq!(server.get(team, &nora).await.status, 404);
    let path = PublishedTeams { page: 1 }.request().path;
    assert_eq!(server.get(&path, "").await.status, 401);
    let reply = server.get(&path, &nora).await;
    assert!(!reply.text.contains("@example.com") && !reply.text.contains("FullName"), "{}", reply.text);
    let directory = PublishedTeams::read(&reply.text).unwrap();
    assert_eq!(directory.records.len(), 17);
    let found = directory.records.iter().find(|found| found.id == TeamId(58)).unwrap();
    let administrators: Vec<i64> = found.team_administrators.iter().map(|person| person.id.0).collect();
    assert_eq!(administrators, [204]);
    assert_eq!(switch(&server, &nora, 204).await, 200);
    assert_eq!(server.get(team, &nora).await.status, 200);
}

#[tokio::test]
async fn one_of_them_administers_a_dozen_teams() {
    let server = Server::start();
    let nora = server.sign_in(NORA).await;
    switch(&server, &nora, 220).await;
    let path = MyTeams { is_team_admin: true, detail: TeamDetail::Ids, page: 1 }.request().path;
    let teams = MyTeams::read(&server.get(&path, &nora).await.text).unwrap().records;
    assert_eq!(teams.len(), 12);
    // She herself is listed with those whom she administers.
    assert!(teams.iter().all(|team| (3..=4).contains(&team.all_team_members.len())));
    assert_eq!(server.impersonate(&nora, 157).await.status, 200);
}
