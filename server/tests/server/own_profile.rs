use crate::client::{AISHA, LEO, MARIA, Reply, Server};
use axum::http::Method;
use contract::coworkers::{ListProfiles, Profile, UpdateProfile};
use contract::{Endpoint, Problem};
use serde_json::{Value, json};

async fn profile(server: &Server, bearer: &str, id: i64) -> Profile {
    let list = ListProfiles::read(&server.get(&ListProfiles.request().path, bearer).await.text).unwrap();
    list.profiles.into_iter().find(|profile| profile.id.0 == id).unwrap()
}

async fn patch(server: &Server, bearer: &str, body: &Value) -> Reply {
    server.call(Method::PATCH, UpdateProfile::ROUTE, bearer, &body.to_string()).await
}

fn body(change: &UpdateProfile) -> Value {
    serde_json::from_str(&contract::json::write(change)).unwrap()
}

fn rename(name: &str) -> Value {
    body(&UpdateProfile { full_name: Some(name.into()), company_name: None })
}

#[tokio::test]
async fn ones_own_new_name_is_what_whoami_says_and_the_rest_stays() {
    let server = Server::start();
    let maria = server.sign_in(MARIA).await;
    let before = profile(&server, &maria, 101).await;
    let other = profile(&server, &maria, 102).await;
    let change = UpdateProfile { full_name: Some("  María dos Santos ".into()), company_name: None };
    let request = change.request();
    let reply = server.call(Method::PATCH, &request.path, &maria, request.body.text().unwrap()).await;
    assert_eq!(reply.status, 200);
    assert!(UpdateProfile::read(&reply.text).unwrap().was_successful);
    let after = profile(&server, &maria, 101).await;
    assert_eq!(after, Profile { full_name: "María dos Santos".into(), ..before });
    assert_eq!(profile(&server, &maria, 102).await, other, "only the profile that the session is on");
}

#[tokio::test]
async fn a_company_can_be_given_and_taken_away() {
    let server = Server::start();
    let aisha = server.sign_in(AISHA).await;
    let name = profile(&server, &aisha, 104).await.full_name;
    for company in ["Khan & Daughters", ""] {
        let change = UpdateProfile { full_name: None, company_name: Some(company.into()) };
        assert_eq!(patch(&server, &aisha, &body(&change)).await.status, 200);
        let after = profile(&server, &aisha, 104).await;
        assert_eq!((after.company_name.as_str(), &after.full_name), (company, &name));
    }
}

#[tokio::test]
async fn while_acting_the_other_persons_name_changes_and_never_ones_own() {
    let server = Server::start();
    let maria = server.sign_in(MARIA).await;
    let own = profile(&server, &maria, 101).await;
    let acting = server.act(&maria, 104).await;
    // Whatever the body says about whom it is for counts for nothing.
    let mut change = rename("Aisha K.");
    for field in ["Id", "CoworkerId", "UserId"] {
        change[field] = json!(101);
    }
    assert_eq!(patch(&server, &acting, &change).await.status, 200);
    assert_eq!(profile(&server, &acting, 104).await.full_name, "Aisha K.");
    assert_eq!(profile(&server, &maria, 101).await, own);
    let aisha = server.sign_in(AISHA).await;
    assert_eq!(profile(&server, &aisha, 104).await.full_name, "Aisha K.");
}

#[tokio::test]
async fn acting_on_one_profile_of_a_person_changes_none_of_the_others() {
    let server = Server::start();
    let maria = server.sign_in(MARIA).await;
    let leo = server.sign_in(LEO).await;
    let others = [profile(&server, &leo, 106).await, profile(&server, &leo, 107).await];
    let switch = "/api/public/coworkers/profiles/current?coworkerId=107";
    assert_eq!(server.call(Method::PUT, switch, &leo, "").await.status, 200);
    let acting = server.act(&maria, 105).await;
    assert_eq!(patch(&server, &acting, &rename("Léo M.")).await.status, 200);
    assert_eq!(profile(&server, &leo, 105).await.full_name, "Léo M.");
    for other in others {
        assert_eq!(profile(&server, &leo, other.id.0).await.full_name, other.full_name);
    }
}

#[tokio::test]
async fn a_blank_or_overlong_value_is_a_400_that_names_the_field_and_changes_nothing() {
    let server = Server::start();
    let aisha = server.sign_in(AISHA).await;
    let before = profile(&server, &aisha, 104).await;
    let long = "ü".repeat(201);
    let cases = [
        ("FullName", json!("")),
        ("FullName", json!(" \t")),
        ("FullName", json!(&long)),
        ("FullName", json!(5)),
        ("CompanyName", json!(&long)),
        ("CompanyName", json!(["Acme"])),
    ];
    for (field, value) in cases {
        let mut change = json!({ "FullName": "New", "CompanyName": "New" });
        change[field] = value.clone();
        let reply = patch(&server, &aisha, &change).await;
        assert_eq!((reply.status.as_u16(), &reply.json()["WasSuccessful"]), (400, &false.into()), "{value}");
        let problem = Problem::read(&reply.text);
        assert_eq!(problem.fields.len(), 1, "{}", reply.text);
        assert_eq!((problem.fields[0].field.as_str(), &problem.fields[0].message), (field, &problem.message));
    }
    let both = patch(&server, &aisha, &json!({ "FullName": "", "CompanyName": long })).await;
    assert_eq!(Problem::read(&both.text).fields.len(), 2);
    for no_object in [Value::Null, json!([]), json!("FullName")] {
        assert_eq!(patch(&server, &aisha, &no_object).await.status, 400, "{no_object}");
    }
    assert_eq!(profile(&server, &aisha, 104).await, before);
    let longest = "ü".repeat(200);
    assert_eq!(patch(&server, &aisha, &rename(&longest)).await.status, 200, "characters, not bytes");
    assert_eq!(profile(&server, &aisha, 104).await.full_name, longest);
}

#[tokio::test]
async fn without_a_bearer_or_after_acting_ended_it_is_a_401_and_nothing_changes() {
    let server = Server::start();
    let maria = server.sign_in(MARIA).await;
    let acting = server.act(&maria, 104).await;
    server.get("/en/login/logout", &acting).await;
    for bearer in ["", "nonsense", acting.as_str()] {
        let reply = patch(&server, bearer, &rename("Nobody")).await;
        assert_eq!((reply.status.as_u16(), reply.text.as_str()), (401, ""));
    }
    let aisha = server.sign_in(AISHA).await;
    assert_eq!(profile(&server, &aisha, 104).await.full_name, "Aisha Khan");
}

#[tokio::test]
async fn credentials_that_the_api_would_take_here_are_no_way_into_the_account() {
    let server = Server::start();
    let maria = server.sign_in(MARIA).await;
    let acting = server.act(&maria, 104).await;
    let change =
        json!({ "Email": "maria.santos+aisha@example.com", "Password": "other", "NewPassword": "other" });
    assert_eq!(patch(&server, &acting, &change).await.status, 200);
    server.sign_in(AISHA).await;
}

#[tokio::test]
async fn what_was_changed_while_acting_names_both_people_and_the_fields_but_no_value() {
    let server = Server::start();
    let maria = server.sign_in(MARIA).await;
    patch(&server, &maria, &rename("Maria S.")).await;
    let acting = server.act(&maria, 104).await;
    let change = UpdateProfile { full_name: Some("Aisha K.".into()), company_name: Some("Acme".into()) };
    patch(&server, &acting, &body(&change)).await;
    patch(&server, &acting, &rename(" ")).await;
    let reply = server.get("/sandbox/audit", "").await;
    let lines = reply.json().as_array().unwrap().clone();
    let events: Vec<&str> = lines.iter().map(|line| line["Event"].as_str().unwrap()).collect();
    assert_eq!(
        events,
        ["start", "exchange", "write", "profile-updated", "write"],
        "one's own change is not acting, and a refused one is an attempt only"
    );
    for line in &lines {
        let ids = ["ActorUserId", "ActorCoworkerId", "TargetUserId", "TargetCoworkerId"];
        assert_eq!(ids.map(|id| line[id].as_i64().unwrap()), [9001, 101, 9003, 104]);
    }
    assert_eq!(lines[2]["Detail"], "PATCH /api/public/coworker/profile");
    assert_eq!(lines[3]["Detail"], "FullName, CompanyName");
    assert_eq!(lines[3]["SessionId"], lines[2]["SessionId"]);
    assert!(!reply.text.contains("Aisha K.") && !reply.text.contains("Acme"));
}
