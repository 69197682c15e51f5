//! `--check`: what it prints, and what it finds wrong.

use crate::settings::Place;
use std::path::PathBuf;

#[test]
fn a_check_names_everything_that_is_wrong() {
    let place = Place::new();
    let flags = [
        "--dist",
        "/nonexistent",
        "--tls-cert",
        "/nonexistent/cert.pem",
        "--listen",
        "nowhere",
        "--metrics-listen",
        "127.0.0.1:99999",
        "--db",
        "/nonexistent/a.db",
    ];
    let problems = place.check(&flags).problems;
    for setting in ["dist", "tls_cert", "tls_key", "listen", "metrics_listen", "db"] {
        assert!(
            problems.iter().any(|line| line.contains(&format!("`{setting}`"))),
            "{setting}: {problems:?}"
        );
    }
    assert!(problems.iter().all(|line| !line.contains('\n')), "{problems:?}");
}

#[test]
fn a_check_looks_at_the_database_and_changes_nothing() {
    let place = Place::new();
    let problem = |name: &str| {
        let path = place.folder.path().join(name);
        let before = std::fs::read(&path).ok();
        let problems = place.check(&["--db", path.to_str().unwrap()]).problems;
        assert_eq!(std::fs::read(&path).ok(), before, "{name}");
        problems.into_iter().find(|line| line.contains("`db`"))
    };
    let made = |name: &str, sql: &str| {
        let path = place.folder.path().join(name);
        rusqlite::Connection::open(path).unwrap().execute_batch(sql).unwrap();
    };
    let own = place.folder.path().join("own.db");
    let _ = portal_server::build(&place.options(&["--db", own.to_str().unwrap()])).unwrap();
    place.file("empty.db", "");
    for name in ["none.db", "empty.db", "own.db"] {
        assert_eq!(problem(name), None, "{name}");
    }
    let busy = rusqlite::Connection::open(&own).unwrap();
    busy.execute_batch("BEGIN EXCLUSIVE").unwrap();
    assert_eq!(problem("own.db"), None, "in use");
    place.file("notes.txt", &"somebody's notes\n".repeat(100));
    made("foreign.db", "CREATE TABLE diary (day TEXT)");
    made(
        "former.db",
        "CREATE TABLE meta (name TEXT); PRAGMA application_id = 1347375700; PRAGMA user_version = 1",
    );
    std::fs::create_dir(place.folder.path().join("folder")).unwrap();
    for (name, why) in [
        ("folder", "it is a folder"),
        ("notes.txt", "not a database"),
        ("foreign.db", "another program"),
        ("former.db", "another version"),
    ] {
        let problem = problem(name).unwrap();
        assert!(problem.contains(why) && problem.contains("from the flag --db"), "{problem}");
    }
}

#[test]
fn a_check_says_which_of_certificate_and_key_cannot_be_used() {
    let made = || rcgen::generate_simple_self_signed(["localhost".to_owned()]).unwrap();
    let (one, other) = (made(), made());
    let place = Place::new();
    let cert = place.file("cert.pem", &one.cert.pem());
    let key = place.file("key.pem", &one.signing_key.serialize_pem());
    let others = place.file("others.pem", &other.signing_key.serialize_pem());
    let no_cert = place.file("no_cert.pem", "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n");
    let no_key = place.file("no_key.pem", "-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n");
    for (certificate, private, setting, blamed) in [
        (cert.as_str(), "/nonexistent/key.pem", "tls_key", "/nonexistent/key.pem"),
        (&cert, &cert, "tls_key", &cert),
        (&cert, &no_key, "tls_key", &no_key),
        (&cert, &others, "tls_key", &others),
        ("/nonexistent/cert.pem", &key, "tls_cert", "/nonexistent/cert.pem"),
        (&key, &key, "tls_cert", &key),
        (&no_cert, &key, "tls_cert", &no_cert),
    ] {
        let problems = place.check(&["--tls-cert", certificate, "--tls-key", private]).problems;
        let problem = problems.iter().find(|line| line.contains("tls_")).unwrap();
        let flag = format!("from the flag --{}", setting.replace('_', "-"));
        assert!(
            problem.starts_with(&format!("`{setting}`: {blamed}: ")) && problem.contains(&flag),
            "{problem}"
        );
    }
    let right = place.check(&["--tls-cert", &cert, "--tls-key", &key]).problems;
    assert!(right.iter().all(|line| !line.contains("tls_")), "{right:?}");
}

#[test]
fn what_is_wrong_with_a_file_of_a_certificate_or_a_key_is_said_in_words() {
    let made = rcgen::generate_simple_self_signed(["localhost".to_owned()]).unwrap();
    let place = Place::new();
    let cert = place.file("cert.pem", &made.cert.pem());
    let key = place.file("key.pem", &made.signing_key.serialize_pem());
    let locked = "-----BEGIN ENCRYPTED PRIVATE KEY-----\nAAAA\n-----END ENCRYPTED PRIVATE KEY-----\n";
    let older =
        "-----BEGIN RSA PRIVATE KEY-----\nProc-Type: 4,ENCRYPTED\n\nAAAA\n-----END RSA PRIVATE KEY-----\n";
    let end = "-----END";
    let cut = |text: String| text.split(end).next().unwrap().to_owned();
    for (certificate, private, why) in [
        (None, Some(locked.to_owned()), "it is locked with a password"),
        (None, Some(older.to_owned()), "it is locked with a password"),
        (None, Some(String::new()), "there is no private key in it"),
        (None, Some(cut(made.signing_key.serialize_pem())), "the end of a private key is missing"),
        (Some(cut(made.cert.pem())), None, "the end of a certificate is missing"),
        (Some("-----BEGIN CERT\n".to_owned()), None, "the first line of a certificate is none"),
        (Some(String::new()), None, "there is no certificate in it"),
    ] {
        let certificate = certificate.map_or(cert.clone(), |text| place.file("wrong.pem", &text));
        let private = private.map_or(key.clone(), |text| place.file("wrong.pem", &text));
        let problems = place.check(&["--tls-cert", &certificate, "--tls-key", &private]).problems;
        assert!(
            problems.iter().any(|line| line.contains(&format!("wrong.pem: {why} ("))),
            "{why}: {problems:?}"
        );
    }
    let ca = place.file("ca.pem", &cut(made.cert.pem()));
    let problems = place.check(&["--upstream", "https://a.example.com", "--upstream-ca", &ca]).problems;
    assert!(
        problems.iter().any(|line| line.contains("ca.pem: the end of a certificate is missing (")),
        "{problems:?}"
    );
}

#[test]
fn a_check_says_that_a_certificate_is_not_valid_now() {
    let place = Place::new();
    let signed = rcgen::KeyPair::generate().unwrap();
    let key = place.file("key.pem", &signed.serialize_pem());
    for (from, to, wrong) in [(2000, 2001, "it expired "), (2800, 2900, "it is not valid before ")] {
        let mut params = rcgen::CertificateParams::new(["localhost".to_owned()]).unwrap();
        params.not_before = rcgen::date_time_ymd(from, 1, 1);
        params.not_after = rcgen::date_time_ymd(to, 1, 1);
        let cert = place.file("cert.pem", &params.self_signed(&signed).unwrap().pem());
        let problems = place.check(&["--tls-cert", &cert, "--tls-key", &key]).problems;
        let beginning = format!("`tls_cert`: {cert}: {wrong}");
        assert!(
            problems.iter().any(|line| line.starts_with(&beginning) && line.contains(" days ")),
            "{problems:?}"
        );
    }
}

#[test]
fn a_check_says_that_two_settings_want_the_same_port() {
    let place = Place::new();
    let flags = |listen, metrics| ["--listen", listen, "--metrics-listen", metrics];
    for (listen, metrics) in [
        ("127.0.0.1:8787", "127.0.0.1:8787"),
        ("0.0.0.0:8787", "127.0.0.1:8787"),
        ("127.0.0.1:8787", "[::]:8787"),
    ] {
        let problems = place.check(&flags(listen, metrics)).problems;
        assert!(
            problems.iter().any(|line| line.contains("`metrics_listen`") && line.contains(listen)),
            "{listen} {metrics}: {problems:?}"
        );
    }
    for (listen, metrics) in [
        ("127.0.0.1:8787", "127.0.0.1:9090"),
        ("127.0.0.1:8787", "127.0.0.2:8787"),
        ("127.0.0.1:0", "127.0.0.1:0"),
    ] {
        let problems = place.check(&flags(listen, metrics)).problems;
        assert!(problems.iter().all(|line| !line.contains("listen")), "{problems:?}");
    }
}

#[test]
fn an_upstream_that_is_this_server_itself_is_refused() {
    let place = Place::new();
    let flags = |upstream, listen| ["--upstream", upstream, "--listen", listen];
    for (upstream, listen) in [
        ("http://127.0.0.1:8787", "127.0.0.1:8787"),
        ("http://127.0.0.1:8787", "0.0.0.0:8787"),
        ("http://[::1]:8787", "[::]:8787"),
        ("http://localhost:8787", "localhost:8787"),
        ("http://localhost", "[::]:80"),
    ] {
        let reason = place.wrong(&flags(upstream, listen));
        assert!(reason.contains("`upstream`") && reason.contains(listen), "{reason}");
        assert!(place.check(&flags(upstream, listen)).problems.contains(&reason), "{reason}");
    }
    let metrics = ["--upstream", "http://127.0.0.1:9090", "--metrics-listen", "127.0.0.1:9090"];
    assert!(place.wrong(&metrics).contains("`metrics_listen`"));
    for (upstream, listen) in [
        ("http://127.0.0.1:8788", "127.0.0.1:8787"),
        ("http://127.0.0.2:8787", "127.0.0.1:8787"),
        ("http://127.0.0.1:8787", "127.0.0.1:0"),
        ("https://127.0.0.1:8787", "127.0.0.1:8787"),
    ] {
        place.options(&flags(upstream, listen));
    }
}

#[test]
fn a_text_of_digits_is_printed_so_that_it_is_read_as_the_same_text() {
    for brand in ["007", "+7", "-0", "7", "1_000", "0x7", "7.0", "true", "\"", "99999999999999999999"] {
        let place = Place::new().with("PORTAL_BRAND", brand);
        let file = place.file("portal.toml", &place.check(&[]).settings);
        assert_eq!(Place::new().options(&["--config", &file]).brand, brand);
    }
}

#[test]
fn what_a_check_prints_is_a_file_that_means_the_same() {
    let place = Place::new().with("PORTAL_BRAND", "The \"Harbour\" \\ 7 # x");
    place.file("index.html", "<!doctype html>");
    let dist = place.folder.path().to_str().unwrap().to_owned();
    let first = place.check(&["--dist", &dist, "--sandbox-controls", "--body-timeout", "0.5"]);
    assert_eq!(first.problems, [""; 0]);
    for line in ["# environment PORTAL_BRAND", "# flag --dist", "# default", "# tls_cert is not set"] {
        assert!(first.settings.contains(line), "{line}\n{}", first.settings);
    }
    let file = place.file("portal.toml", &first.settings);
    let again = Place::new().check(&["--config", &file]);
    assert_eq!(again.problems, [""; 0]);
    let values = |text: &str| text.parse::<toml::Table>().unwrap();
    assert_eq!(values(&again.settings), values(&first.settings));
    assert_eq!(Place::new().options(&["--config", &file]).dist, PathBuf::from(dist));
}
