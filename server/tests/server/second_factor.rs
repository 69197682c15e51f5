use crate::client::{AISHA, PASSWORD, Reply, Server, VERA};
use contract::Problem;

async fn code(server: &Server) -> String {
    server.get(&format!("/sandbox/totp?email={}", VERA.replace('@', "%40")), "").await.field("Code")
}

fn refused(reply: &Reply, error: &str) -> String {
    assert_eq!((reply.status.as_u16(), reply.field("error").as_str()), (400, error));
    Problem::read(&reply.text).message
}

#[tokio::test]
async fn without_a_code_one_is_asked_for_and_only_after_the_right_password() {
    let server = Server::start();
    refused(&server.sign_in_with(VERA, PASSWORD).await, "two_factor_auth_check");
    refused(&server.sign_in_with_code(VERA, PASSWORD, "%20%20").await, "two_factor_auth_check");
    let message = refused(&server.sign_in_with(VERA, "wrong").await, "invalid_grant");
    assert_eq!(message, "The email or password is incorrect.");
    let message =
        refused(&server.sign_in_with_code(VERA, "wrong", &code(&server).await).await, "invalid_grant");
    assert_eq!(message, "The email or password is incorrect.", "a right code is no password");
}

#[tokio::test]
async fn the_code_of_now_signs_in_once() {
    let server = Server::start();
    let code = code(&server).await;
    let spaced = format!("{}%20{}", &code[..3], &code[3..]);
    assert_eq!(server.sign_in_with_code(VERA, PASSWORD, &spaced).await.status, 200);
    let again = server.sign_in_with_code(VERA, PASSWORD, &code).await;
    assert_eq!(refused(&again, "invalid_grant"), "The verification code is incorrect.");
    server.advance(30).await;
    let next = self::code(&server).await;
    assert_eq!(server.sign_in_with_code(VERA, PASSWORD, &next).await.status, 200);
}

#[tokio::test]
async fn the_code_before_is_good_and_the_one_before_that_is_not() {
    for (seconds, good) in [(30, true), (60, false)] {
        let server = Server::start();
        // At the beginning of a step, so that as many seconds lie in as many steps however slow this is.
        let left = server.get("/sandbox/totp?email=vera.holm%40example.com", "").await.json();
        server.advance(u32::try_from(left["ExpiresInSeconds"].as_u64().unwrap()).unwrap()).await;
        let code = code(&server).await;
        server.advance(seconds).await;
        let reply = server.sign_in_with_code(VERA, PASSWORD, &code).await;
        assert_eq!(reply.status == 200, good, "{seconds}: {}", reply.text);
    }
}

#[tokio::test]
async fn whoever_knows_the_password_cannot_guess_at_codes_for_ever() {
    let server = Server::start();
    let right = code(&server).await;
    let wrong = if right == "000000" { "000001" } else { "000000" };
    for _ in 0..5 {
        // The right password alone starts no new count.
        refused(&server.sign_in_with(VERA, PASSWORD).await, "two_factor_auth_check");
        let reply = server.sign_in_with_code(VERA, PASSWORD, wrong).await;
        assert_eq!(refused(&reply, "invalid_grant"), "The verification code is incorrect.");
    }
    let reply = server.sign_in_with_code(VERA, PASSWORD, &right).await;
    assert_eq!(reply.status, 429);
    assert!((1..=10).contains(&reply.header("retry-after").parse::<u32>().unwrap()));
}

#[tokio::test]
async fn an_account_without_a_second_factor_takes_any_code() {
    let server = Server::start();
    assert_eq!(server.sign_in_with_code(AISHA, PASSWORD, "123456").await.status, 200);
    assert_eq!(server.get("/sandbox/totp?email=aisha.khan%40example.com", "").await.status, 404);
}
