use crate::client::{AISHA, MARIA, OPS, Server, claims};
use axum::http::Method;
use contract::coworkers::OperatorImpersonate;
use contract::{CoworkerId, Endpoint, ExchangeForm, OneTimeToken, auth};
use serde_json::Value;

async fn ask(server: &Server, bearer: &str, id: i64) -> crate::client::Reply {
    server.get(&OperatorImpersonate { coworker: CoworkerId(id) }.request().path, bearer).await
}

#[tokio::test]
async fn an_operator_becomes_any_active_customer_of_the_location_in_both_forms() {
    let server = Server::start();
    let ops = server.sign_in(OPS).await;
    for (id, user) in
        [(101, "9001"), (107, "9004"), (123, "9123"), (140, "9008"), (141, "9009"), (231, "9010")]
    {
        for form in [ExchangeForm::AuthLogin, ExchangeForm::SysUsersExchange] {
            let token = OperatorImpersonate::read(&ask(&server, &ops, id).await.text).unwrap().token;
            let path = auth::exchange(form, OneTimeToken::from(token), 20).path;
            let reply = server.post(&path).await;
            let session = reply.field("token");
            let claims = claims(&session);
            assert_eq!((&claims["sub"], &claims["coworker"]), (&user.into(), &id.into()));
            assert_eq!(claims["act"]["sub"], "9005", "it names the operator");
            assert!(reply.json().get("refresh_token").is_none());
            assert_eq!(server.whoami(&session).await, 200);
        }
    }
}

#[tokio::test]
async fn customers_are_told_401_operators_404_and_403_and_all_of_it_is_written_down() {
    let server = Server::start();
    let (maria, ops) = (server.sign_in(MARIA).await, server.sign_in(OPS).await);
    for bearer in [maria.as_str(), &server.act(&maria, 104).await, "nonsense", ""] {
        let reply = ask(&server, bearer, 104).await;
        assert_eq!((reply.status.as_u16(), reply.text.as_str()), (401, ""));
    }
    assert_eq!(server.whoami(&maria).await, 200, "and her session is as good as before");
    let refused = [(424_242, 404), (118, 403), (109, 403), (108, 403)];
    for (id, status) in refused {
        assert_eq!(ask(&server, &ops, id).await.status, status, "{id}");
    }
    let path = "/api/sys/users/impersonate";
    assert_eq!(server.get(path, &ops).await.status, 404, "nobody is named");
    let token = ask(&server, &ops, 104).await.field("token");
    assert_eq!(server.call(Method::HEAD, path, &ops, "").await.status, 405);
    server.exchange(&token).await;
    let lines = server.get("/sandbox/audit", "").await.json().as_array().unwrap().clone();
    let of_ops: Vec<&Value> = lines.iter().filter(|line| line["ActorUserId"] == 9005).collect();
    let events: Vec<&str> = of_ops.iter().map(|line| line["Event"].as_str().unwrap()).collect();
    assert_eq!(events, ["refused", "refused", "refused", "refused", "refused", "start", "exchange"]);
    for line in &of_ops[5..] {
        assert_eq!((&line["TargetUserId"], &line["Detail"]), (&9003.into(), &"operator".into()));
    }
    assert!(lines.iter().any(|line| line["ActorUserId"] == 9001 && line["Detail"] == "not an operator"));
}

#[tokio::test]
async fn an_operator_who_acts_as_a_customer_is_no_operator_meanwhile() {
    let server = Server::start();
    let ops = server.sign_in(OPS).await;
    let session = server.exchange(&ask(&server, &ops, 104).await.field("token")).await.field("token");
    assert_eq!(ask(&server, &session, 101).await.status, 401);
    let whoami = server.get("/api/public/coworkers/profiles", &session).await.json();
    assert_eq!((&whoami["User"]["Email"], &whoami["User"]["IsAdmin"]), (&AISHA.into(), &false.into()));
    let own = server.get("/api/public/coworkers/profiles", &ops).await.json();
    assert_eq!(own["User"]["IsAdmin"], true);
}
