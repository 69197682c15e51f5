use crate::client::{MARIA, Server};
use axum::http::Method;
use contract::teams::{Member, ProfileDetail, TeamProfile};
use contract::{CoworkerId, Endpoint, TeamId};
use serde_json::json;

async fn member(server: &Server, id: i64) -> Member {
    let maria = server.sign_in(MARIA).await;
    let path = TeamProfile { team: TeamId(55), detail: ProfileDetail::Everything }.request().path;
    let team = TeamProfile::read(&server.get(&path, &maria).await.text).unwrap();
    team.all_team_members.into_iter().find(|member| member.id == CoworkerId(id)).unwrap()
}

#[tokio::test]
async fn a_member_is_renamed_to_any_text_and_what_is_left_out_stays() {
    let server = Server::start();
    let rename = |id: i64, body: String| {
        let server = server.clone();
        async move {
            server
                .call(Method::POST, &format!("/sandbox/members/{id}/rename"), "", &body)
                .await
                .status
                .as_u16()
        }
    };
    let hostile = "<img src=x onerror=alert(1)>\u{202e}\u{0}\"'&";
    assert_eq!(rename(122, json!({ "FullName": hostile }).to_string()).await, 200);
    let ravi = member(&server, 122).await;
    assert_eq!((ravi.full_name.as_str(), ravi.company_name.as_str()), (hostile, "Subramaniam Acoustics"));
    assert_eq!(rename(122, json!({ "FullName": "", "CompanyName": "  " }).to_string()).await, 200);
    let ravi = member(&server, 122).await;
    assert_eq!((ravi.full_name.as_str(), ravi.company_name.as_str()), ("", "  "));
    assert_eq!(rename(122, "FullName".to_owned()).await, 400);
    assert_eq!(rename(424_242, "{}".to_owned()).await, 404);
}
