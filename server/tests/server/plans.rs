use crate::client::{AISHA, MARIA, Server};
use contract::plans::{Plan, PublishedPlans};
use contract::teams::{ProfileDetail, TeamProfile};
use contract::{Endpoint, TariffId, TeamId};

#[tokio::test]
async fn the_plans_are_there_for_whoever_has_a_session() {
    let server = Server::start();
    let path = PublishedPlans.request().path;
    assert_eq!(server.get(&path, "").await.status, 401);
    let aisha = server.sign_in(AISHA).await;
    let reply = server.get(&path, &aisha).await;
    let plan = |id, name: &str| Plan { id: TariffId(id), name: name.into() };
    let expected = [plan(302, "Dedicated desk"), plan(301, "Flex"), plan(303, "Private office")];
    assert_eq!(PublishedPlans::read(&reply.text).unwrap(), expected);
    let ids = server.get(&format!("{path}?_shape=Records.Id"), &aisha).await;
    assert!(!ids.text.contains("Flex") && !ids.text.contains("TotalItems"), "{}", ids.text);
}

#[tokio::test]
async fn a_team_says_its_default_plan() {
    let server = Server::start();
    let maria = server.sign_in(MARIA).await;
    let mut said = Vec::new();
    for team in [55, 56] {
        let path = TeamProfile { team: TeamId(team), detail: ProfileDetail::Everything }.request().path;
        let team = TeamProfile::read(&server.get(&path, &maria).await.text).unwrap();
        said.push((team.default_tariff_id, team.default_tariff_name, team.max_team_member_count));
    }
    assert_eq!(said, [(Some(TariffId(301)), "Flex".into(), None), (None, String::new(), None)]);
}
