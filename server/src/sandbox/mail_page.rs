//! `/sandbox/mail`: the mails and the authenticators of everybody, for whoever tries the portal. It is always there: a
//! sandbox has no secrets, and without this page nobody could follow a link.

use super::Sandbox;
use super::error::Refusal;
use super::mail::{self, Sent};
use super::second_factor::{self, Shown};
use axum::Json;
use axum::extract::State;
use axum::response::Html;
use serde_json::{Value, json};

/// `GET /sandbox/mail`
pub(super) async fn page(State(sandbox): State<Sandbox>) -> Result<Html<String>, Refusal> {
    let (mails, codes) = sandbox.run(|cx| Ok((mail::all(cx)?, second_factor::shown(cx)?))).await?;
    Ok(Html(written(&mails, &codes)))
}

/// `GET /sandbox/mail.json`
pub(super) async fn json(State(sandbox): State<Sandbox>) -> Result<Json<Value>, Refusal> {
    let mails = sandbox.run(mail::all).await?;
    let mails = mails.into_iter().map(|mail| {
        json!({
            "Id": mail.id, "At": mail.at, "To": mail.to, "Subject": mail.subject, "Text": mail.text,
            "Link": mail.link, "Code": mail.code,
        })
    });
    Ok(Json(mails.collect()))
}

fn written(mails: &[Sent], codes: &[Shown]) -> String {
    let mut page = String::from(
        "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width\">\n<meta name=\"color-scheme\" content=\"light dark\">\n\
         <title>Mail - sandbox</title>\n</head>\n<body>\n<main>\n<h1>Mail</h1>\n\
         <p>What the sandbox has sent, the newest first. Load this page again to see what is new.</p>\n",
    );
    if mails.is_empty() {
        page.push_str("<p>Nothing has been sent yet.</p>\n");
    }
    for mail in mails {
        let paragraphs: String =
            mail.text.split("\n\n").map(|text| format!("<p>{}</p>\n", escaped(text))).collect();
        page.push_str(&format!(
            "<article>\n<h2>{subject}</h2>\n<p>To {to}, <time>{at}</time></p>\n{paragraphs}\
             <p><a href=\"{link}\">{subject}</a></p>\n</article>\n",
            subject = escaped(&mail.subject),
            to = escaped(&mail.to),
            at = escaped(&mail.at),
            link = escaped(&mail.link),
        ));
    }
    page.push_str("<h2>Authenticators</h2>\n<p>What the authenticator of each account shows.</p>\n<ul>\n");
    for Shown { email, code, seconds_left } in codes {
        let email = escaped(email);
        page.push_str(&format!("<li>{email}: <strong>{code}</strong>, {seconds_left} s left</li>\n"));
    }
    page.push_str("</ul>\n</main>\n</body>\n</html>\n");
    page
}

/// A text that stays text wherever it stands in the page.
fn escaped(text: &str) -> String {
    text.chars().fold(String::with_capacity(text.len()), |mut escaped, letter| {
        match letter {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            '\'' => escaped.push_str("&#39;"),
            other => escaped.push(other),
        }
        escaped
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_in_a_mail_becomes_markup() {
        let evil = "<script>alert('\"&')</script>".to_owned();
        let mail = Sent {
            id: 1,
            at: evil.clone(),
            to: evil.clone(),
            subject: evil.clone(),
            text: evil.clone(),
            link: evil.clone(),
            code: Some(evil.clone()),
        };
        let codes = [Shown { email: evil, code: "123456".into(), seconds_left: 7 }];
        let page = written(&[mail], &codes);
        assert!(!page.contains("<script") && !page.contains("alert('"), "{page}");
        assert_eq!(
            page.matches("&lt;script&gt;alert(&#39;&quot;&amp;&#39;)&lt;/script&gt;").count(),
            7,
            "{page}"
        );
        assert!(page.contains("<strong>123456</strong>, 7 s left"));
    }
}
