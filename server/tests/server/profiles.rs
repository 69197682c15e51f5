use crate::client::{AISHA, LEO, MARIA, Server, TOMAS};
use axum::http::Method;
use contract::Endpoint;
use contract::coworkers::{ListProfiles, Profiles};

async fn whoami(server: &Server, bearer: &str) -> Profiles {
    ListProfiles::read(&server.get(&ListProfiles.request().path, bearer).await.text).unwrap()
}

fn current(profiles: &Profiles) -> i64 {
    profiles.profiles.iter().find(|profile| profile.is_default_profile == Some(true)).unwrap().id.0
}

async fn switch(server: &Server, bearer: &str, coworker: &str) -> crate::client::Reply {
    let path = format!("/api/public/coworkers/profiles/current?coworkerId={coworker}");
    server.call(Method::PUT, &path, bearer, "").await
}

#[tokio::test]
async fn the_portals_question_is_answered_without_the_echoed_bearer() {
    let server = Server::start();
    let leo = server.sign_in(LEO).await;
    let reply = server.get(&ListProfiles.request().path, &leo).await;
    assert!(!reply.text.contains("AccessToken") && !reply.text.contains(&leo));
    let list = ListProfiles::read(&reply.text).unwrap();
    assert_eq!(list.profiles.len(), 3);
    assert_eq!((list.user.email.as_str(), current(&list)), (LEO, 105));
    assert_eq!(list.default_business.unwrap().name, "Harbour House");
    let whole = server.get("/api/public/coworkers/profiles", &leo).await.json();
    assert_eq!(
        whole["User"]["AccessToken"],
        leo.as_str(),
        "the API echoes it to whoever does not say what they want"
    );
}

#[tokio::test]
async fn a_switch_is_kept_for_the_person_on_every_device() {
    let server = Server::start();
    let (here, there) = (server.sign_in(MARIA).await, server.sign_in(MARIA).await);
    let reply = switch(&server, &here, "102").await;
    assert_eq!((reply.status.as_u16(), &reply.json()["WasSuccessful"]), (200, &true.into()));
    assert_eq!(current(&whoami(&server, &here).await), 102);
    assert_eq!(current(&whoami(&server, &there).await), 102);
}

#[tokio::test]
async fn only_an_active_profile_of_ones_own_can_be_taken() {
    let server = Server::start();
    let maria = server.sign_in(MARIA).await;
    for wrong in ["104", "424242", "nobody"] {
        assert_eq!(switch(&server, &maria, wrong).await.status, 404, "{wrong}");
    }
    assert_eq!(switch(&server, &maria, "").await.status, 400);
    assert_eq!(switch(&server, "", "102").await.status, 401);
    server.control("members/102/deactivate").await;
    assert_eq!(switch(&server, &maria, "102").await.status, 404);
    assert_eq!(current(&whoami(&server, &maria).await), 101);
}

#[tokio::test]
async fn acting_as_a_person_on_one_profile_gives_none_of_the_others() {
    let server = Server::start();
    let maria = server.sign_in(MARIA).await;
    let as_leo = server.act(&maria, 105).await;
    assert_eq!(switch(&server, &as_leo, "107").await.status, 403);
    assert_eq!(current(&whoami(&server, &as_leo).await), 105);
    let leo = server.sign_in(LEO).await;
    switch(&server, &leo, "107").await;
    assert_eq!(
        current(&whoami(&server, &as_leo).await),
        105,
        "Leo's own switch does not move the administrator"
    );
}

#[tokio::test]
async fn a_person_without_a_profile_is_nobody_here() {
    let server = Server::start();
    let aisha = server.sign_in(AISHA).await;
    server.control("members/104/remove").await;
    assert_eq!(server.whoami(&aisha).await, 401);
    let reply = server.sign_in_with(AISHA, crate::client::PASSWORD).await;
    assert_eq!((reply.status.as_u16(), reply.field("error").as_str()), (400, "invalid_grant"));
    let tomas = server.sign_in(TOMAS).await;
    server.control("members/103/deactivate").await;
    assert_eq!(server.whoami(&tomas).await, 401, "an inactive profile is none");
}
