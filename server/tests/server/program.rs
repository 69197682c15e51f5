//! The program as it is started.

use crate::child::{PATIENCE, Running, read_all};
use std::io::{BufRead, BufReader, Write};
use std::process::{Child, Command, Output, Stdio};
use std::time::Instant;
use tempfile::TempDir;

fn program(flags: &[&str]) -> Command {
    let mut program = Command::new(env!("CARGO_BIN_EXE_portal-server"));
    program.args(flags).stdout(Stdio::piped()).stderr(Stdio::piped());
    program
}

/// Starts it and reads where it listens.
fn listening(flags: &[&str]) -> (Child, String) {
    first_line(program(flags).spawn().unwrap())
}

fn first_line(mut child: Child) -> (Child, String) {
    let mut line = String::new();
    BufReader::new(child.stdout.take().unwrap()).read_line(&mut line).unwrap();
    let address = line.trim_end().strip_prefix("listening on http://").expect("the first line").to_owned();
    (child, address)
}

fn stop(mut child: Child) {
    let id = child.id().to_string();
    assert!(Command::new("kill").args(["-TERM", &id]).status().unwrap().success());
    assert!(child.wait().unwrap().success());
}

fn fails(flags: &[&str]) -> String {
    let Output { status, stdout, stderr } = program(flags).output().unwrap();
    let text = String::from_utf8(stderr).unwrap();
    assert!(!status.success() && stdout.is_empty(), "{text}");
    assert_eq!(text.lines().count(), 1, "{text}");
    assert!(text.starts_with("portal-server: ") && !text.contains("panicked"), "{text}");
    text
}

#[test]
fn it_says_where_it_listens_and_stops_when_told_to() {
    let (child, address) = listening(&["--listen", "127.0.0.1:0"]);
    assert!(address.starts_with("127.0.0.1:") && !address.ends_with(":0"));
    std::net::TcpStream::connect(&address).unwrap();
    stop(child);
}

#[test]
#[cfg(target_os = "linux")]
fn a_log_that_cannot_be_written_keeps_nobody_from_being_answered() {
    let full = std::fs::File::options().write(true).open("/dev/full").unwrap();
    let (closed, pipe) = std::io::pipe().unwrap();
    drop(closed);
    for errors in [Stdio::from(full), Stdio::from(pipe)] {
        let mut program = program(&["--listen", "127.0.0.1:0"]);
        let (child, address) = first_line(program.stderr(errors).spawn().unwrap());
        for _ in 0..3 {
            let mut stream = std::net::TcpStream::connect(&address).unwrap();
            stream.write_all(b"GET /api/nothing HTTP/1.1\r\nhost: a\r\nconnection: close\r\n\r\n").unwrap();
            assert!(read_all(&mut stream).starts_with("HTTP/1.1 404"));
        }
        stop(child);
    }
}

#[test]
#[cfg(target_os = "linux")]
fn a_log_that_nobody_reads_keeps_nobody_from_being_answered_nor_the_server_from_stopping() {
    // A pipe holds 64 KiB, and each request is a line of some 80 bytes.
    const REQUESTS: usize = 3000;
    let (_unread, pipe) = std::io::pipe().unwrap();
    let mut program = program(&["--listen", "127.0.0.1:0"]);
    let (child, address) = first_line(program.stderr(pipe).spawn().unwrap());
    let ask = |path: &str| {
        let mut stream = std::net::TcpStream::connect(&address).unwrap();
        stream.set_read_timeout(Some(PATIENCE)).unwrap();
        let head = format!("GET {path} HTTP/1.1\r\nhost: a\r\n");
        let kept = format!("{head}\r\n").repeat(REQUESTS);
        let mut sending = stream.try_clone().unwrap();
        let sent = std::thread::spawn(move || {
            write!(sending, "{kept}{head}connection: close\r\n\r\n").unwrap();
        });
        let replies = read_all(&mut stream);
        sent.join().unwrap();
        replies
    };
    assert_eq!(ask("/api/nothing").matches("HTTP/1.1 404").count(), REQUESTS + 1);
    assert_eq!(ask("/healthz").matches("HTTP/1.1 200").count(), REQUESTS + 1);
    let began = Instant::now();
    stop(child);
    assert!(began.elapsed() < PATIENCE, "{:?}", began.elapsed());
}

#[test]
fn a_sandbox_that_others_can_reach_is_warned_of() {
    for (flags, warns) in [
        (&["--listen", "0.0.0.0:0"][..], true),
        (&["--listen", "127.0.0.1:0"], false),
        (&["--listen", "0.0.0.0:0", "--upstream", "https://a.example.com"], false),
    ] {
        let log = Running::start(flags).stop();
        assert_eq!(log.iter().any(|line| line.contains("demo accounts")), warns, "{flags:?}: {log:?}");
    }
}

#[test]
fn a_taken_address_is_said_in_one_line() {
    let (child, address) = listening(&["--listen", "127.0.0.1:0"]);
    let reason = fails(&["--listen", &address]);
    assert!(reason.starts_with("portal-server: `listen`: ") && reason.contains("in use"), "{reason}");
    let reason = fails(&["--listen", "127.0.0.1:0", "--metrics-listen", &address]);
    assert!(reason.starts_with("portal-server: `metrics_listen`: ") && reason.contains("in use"), "{reason}");
    stop(child);
}

#[test]
fn a_database_that_cannot_be_used_is_said_in_one_line() {
    let folder = TempDir::new().unwrap();
    let file = folder.path().join("notes.txt");
    std::fs::write(&file, "no database, but somebody's notes\n".repeat(100)).unwrap();
    assert!(fails(&["--db", file.to_str().unwrap()]).contains("not a database"));
    assert!(
        fails(&["--db", folder.path().join("no/where.db").to_str().unwrap()]).contains("there is no folder")
    );
    let foreign = folder.path().join("foreign.db");
    let made = rusqlite::Connection::open(&foreign).unwrap();
    made.execute_batch("CREATE TABLE diary (day TEXT)").unwrap();
    drop(made);
    assert!(fails(&["--db", foreign.to_str().unwrap()]).contains("another program"));
}

#[test]
fn a_wrong_flag_is_said_in_one_line() {
    assert!(fails(&["--memberz", "5"]).contains("--memberz"));
    assert!(fails(&["--listen", "nowhere"]).contains("nowhere"));
}

#[test]
fn a_wrong_setting_is_one_line_whatever_stands_in_it() {
    assert!(fails(&["--listen", "a\nb:1"]).contains(r#"`listen`: "a\nb:1" is no address"#));
    assert!(fails(&["--db", "/no\nwhere/x"]).contains(r"`db`: there is no folder /no\nwhere "));
    assert!(fails(&["--tls-cert", "/no\u{1b}where", "--tls-key", "/none"]).contains(r"/no\u{1b}where"));
    let folder = TempDir::new().unwrap();
    let file = folder.path().join("portal.toml");
    std::fs::write(&file, "\"bad\\nkey\" = 1").unwrap();
    let reason = fails(&["--config", file.to_str().unwrap()]);
    assert!(reason.contains(r"there is no setting `bad\nkey`"), "{reason}");
}

#[test]
#[cfg(unix)]
fn a_value_that_is_no_text_is_told_with_its_setting_and_where_it_was_written() {
    use std::ffi::OsStr;
    use std::os::unix::ffi::OsStrExt;
    let says = |program: &mut Command| text(&program.output().unwrap().stderr);
    for (variable, setting) in
        [("PORTAL_BRAND", "brand"), ("PORTAL_LISTEN", "listen"), ("PORTAL_MEMBERS", "members")]
    {
        let reason = says(program(&["--check"]).env(variable, OsStr::from_bytes(b"\xff:1")));
        let expected = format!(
            "portal-server: the setting `{setting}` must be text in UTF-8 (from the environment, {variable})\n"
        );
        assert_eq!(reason, expected);
    }
    for typed in [&[&b"--brand"[..], b"\xff"][..], &[b"--dist", b"\xff", b"--brand=\xff"]] {
        let reason = says(program(&["--check"]).args(typed.iter().map(|arg| OsStr::from_bytes(arg))));
        assert_eq!(reason, "portal-server: the value of --brand must be text in UTF-8 (from the flag)\n");
    }
    let reason = says(program(&["--check"]).env("PORTAL_DIST", OsStr::from_bytes(b"/\xff")));
    assert!(reason.starts_with("portal-server: `dist`: cannot read /"), "a path may be anything: {reason}");
}

#[test]
fn what_keeps_anything_from_being_served_is_refused_at_the_start_as_a_check_says_it() {
    for flags in [
        &["--listen", "nowhere"][..],
        &["--listen", "127.0.0.1:99999"],
        &["--listen", "127.0.0.1:8787", "--metrics-listen", "127.0.0.1:8787"],
    ] {
        let started = program(flags).output().unwrap();
        let checked = program(flags).args(["--check"]).output().unwrap();
        let (started_says, checked_says) = (text(&started.stderr), text(&checked.stderr));
        assert_eq!(started.status.code(), Some(2), "{started_says}");
        assert_eq!(started_says.lines().count(), 1, "{started_says}");
        assert!(checked_says.contains(&started_says), "{started_says}{checked_says}");
    }
}

#[test]
fn a_certificate_that_cannot_be_read_is_named_by_its_setting() {
    let tls = ["--tls-cert", "/nonexistent/cert.pem", "--tls-key", "/nonexistent/key.pem"];
    assert!(fails(&tls).contains("`tls_cert`"));
    let upstream = ["--upstream", "https://a.example.com", "--upstream-ca", "/nonexistent/ca.pem"];
    assert!(fails(&upstream).contains("`upstream_ca`"));
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8(bytes.to_vec()).unwrap()
}

#[test]
fn a_missing_page_is_told_at_the_start_with_where_its_folder_was_named() {
    let location = ["--upstream", "https://a.example.com"];
    for (flags, level) in [(&[][..], "WARN"), (&location[..], "ERROR")] {
        let server = Running::start(flags);
        let line = server.log_line("there is no page to serve");
        assert!(
            line.contains(level) && line.contains("`dist`: cannot read /nonexistent/index.html"),
            "{line}"
        );
        assert!(line.contains("from the flag --dist"), "{line}");
        server.stop();
    }
    let folder = TempDir::new().unwrap();
    std::fs::write(folder.path().join("index.html"), "<!doctype html>").unwrap();
    let log = Running::start(&["--dist", folder.path().to_str().unwrap()]).stop();
    assert!(log.iter().all(|line| !line.contains("no page")), "{log:?}");
}

#[test]
fn a_check_ends_with_what_it_found() {
    let folder = TempDir::new().unwrap();
    std::fs::write(folder.path().join("index.html"), "<!doctype html>").unwrap();
    let dist = folder.path().to_str().unwrap();
    let right = program(&["--check", "--listen", "127.0.0.1:0"]).env("PORTAL_DIST", dist).output().unwrap();
    let text = String::from_utf8(right.stdout).unwrap();
    assert!(right.status.success() && right.stderr.is_empty(), "{text}");
    assert!(text.contains("# environment PORTAL_DIST") && text.contains("# flag --listen"), "{text}");
    let wrong = program(&["--check", "--dist", "/nonexistent"]).output().unwrap();
    let text = String::from_utf8(wrong.stderr).unwrap();
    assert_eq!(wrong.status.code(), Some(2));
    assert!(text.starts_with("portal-server: `dist`: ") && text.lines().count() == 1, "{text}");
}

#[test]
fn the_demo_accounts_are_printed_as_a_table() {
    let output = program(&["--print-accounts"]).output().unwrap();
    let text = String::from_utf8(output.stdout).unwrap();
    assert!(output.status.success() && text.contains("maria.santos@example.com    harbour-demo"));
}

#[tokio::test]
async fn a_file_keeps_sessions_and_changes_over_a_restart() {
    use crate::client::{MARIA, Server};
    let folder = TempDir::new().unwrap();
    let file = folder.path().join("sandbox.db");
    let flags = ["--db", file.to_str().unwrap()];
    let server = Server::with(&flags);
    let maria = server.sign_in(MARIA).await;
    server.control("members/104/remove").await;
    drop(server);
    let server = Server::with(&flags);
    assert_eq!(server.whoami(&maria).await, 200);
    assert_eq!(server.impersonate(&maria, 104).await.status, 404);
    drop(server);
    let server = Server::with(&["--db", file.to_str().unwrap(), "--members", "100"]);
    let team = server.get("/api/public/teams/55/profile?_shape=TeamMembersCount", &maria).await.json();
    assert_eq!(team["TeamMembersCount"], 100);
}
