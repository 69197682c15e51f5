//! Settings: where they may be written, which place wins, and how a wrong one is said.

use contract::{ExchangeForm, ProfileChoice};
use portal_server::{Command, Options, Report, command_in};
use std::ffi::OsString;
use std::time::Duration;
use tempfile::TempDir;

pub struct Place {
    pub folder: TempDir,
    environment: Vec<(&'static str, String)>,
}

impl Place {
    pub fn new() -> Self {
        Self { folder: TempDir::new().unwrap(), environment: Vec::new() }
    }

    pub fn file(&self, name: &str, text: &str) -> String {
        let path = self.folder.path().join(name);
        std::fs::write(&path, text).unwrap();
        path.to_str().unwrap().to_owned()
    }

    pub fn with(mut self, variable: &'static str, value: &str) -> Self {
        self.environment.push((variable, value.to_owned()));
        self
    }

    fn read(&self, flags: &[&str]) -> Command {
        let args = std::iter::once("portal-server").chain(flags.iter().copied()).map(OsString::from);
        let environment = self.environment.iter().map(|(name, value)| ((*name).to_owned(), value.into()));
        command_in(args, &environment.collect())
    }

    pub fn options(&self, flags: &[&str]) -> Options {
        match self.read(flags) {
            Command::Serve(options) => *options,
            other => panic!("{other:?}"),
        }
    }

    pub fn wrong(&self, flags: &[&str]) -> String {
        let Command::Wrong(reason) = self.read(flags) else { panic!("{flags:?} was taken") };
        assert!(!reason.contains('\n') && !reason.starts_with("error"), "{reason}");
        reason
    }

    pub fn check(&self, flags: &[&str]) -> Report {
        let Command::Check(report) = self.read(&[flags, &["--check"]].concat()) else { panic!("no check") };
        report
    }
}

#[test]
fn every_flag_of_the_settings_reaches_the_portal() {
    let flags = [
        "--profile-choice",
        "impersonate",
        "--exchange",
        "sys/users/exchange",
        "--acting-minutes",
        "5",
        "--idle-minutes",
        "20",
        "--api-base",
        "https://harbour.example.com/",
        "--brand",
        "Harbour",
    ];
    let settings = Place::new().options(&flags).settings();
    assert_eq!(settings.profile_choice, ProfileChoice::Impersonate);
    assert_eq!(settings.exchange, ExchangeForm::SysUsersExchange);
    assert_eq!((settings.acting_minutes, settings.brand.as_str()), (5, "Harbour"));
    assert_eq!(settings.idle_minutes, 20);
    assert_eq!(settings.api_base, "https://harbour.example.com");
}

#[test]
fn a_flag_wins_over_the_environment_that_over_the_file_and_that_over_the_default() {
    let place = Place::new().with("PORTAL_BRAND", "environment").with("PORTAL_MEMBERS", "2");
    let file = place.file("portal.toml", "brand = \"file\"\nmembers = 1\nacting_minutes = 7\n");
    let options = place.options(&["--config", &file, "--members", "3"]);
    assert_eq!(options.sandbox.members, 3);
    assert_eq!(options.brand, "environment");
    assert_eq!(options.acting_minutes, 7);
    assert_eq!(options.edge.listen, "127.0.0.1:8787");
}

#[test]
fn by_default_a_late_location_is_told_before_the_portal_gives_up_and_stopping_waits_for_it() {
    let options = Place::new().options(&[]);
    let reply = options.upstream.upstream_response_timeout;
    assert!(reply < Duration::from_secs(20), "the portal's own patience");
    assert!(options.upstream.upstream_connect_timeout < reply);
    assert!(options.edge.shutdown_grace > reply);
}

#[test]
fn the_file_may_be_named_in_the_environment() {
    let place = Place::new();
    let file =
        place.file("portal.toml", "sandbox_controls = true\nheader_timeout = 0.5\nlog_format = \"json\"");
    let options = place.with("PORTAL_CONFIG", &file).options(&[]);
    assert!(options.sandbox.sandbox_controls);
    assert_eq!(options.edge.header_timeout.as_millis(), 500);
}

#[test]
fn a_switch_can_be_off_in_words() {
    let place = Place::new().with("PORTAL_SANDBOX_CONTROLS", "false");
    let file = place.file("portal.toml", "sandbox_controls = true");
    assert!(!place.options(&["--config", &file]).sandbox.sandbox_controls);
}

#[test]
fn a_wrong_setting_is_one_line_that_says_where_it_was_written() {
    let place = Place::new();
    let flag = place.wrong(&["--members", "many"]);
    assert!(flag.contains("--members") && flag.contains("from the flag"), "{flag}");
    let place = Place::new().with("PORTAL_ACTING_MINUTES", "0");
    let variable = place.wrong(&[]);
    assert!(
        variable.contains("--acting-minutes") && variable.contains("PORTAL_ACTING_MINUTES"),
        "{variable}"
    );
    let place = Place::new();
    for (text, named) in [
        ("header_timeout = 0", "--header-timeout"),
        ("brnad = \"Harbour\"", "`brnad`"),
        ("config = \"other.toml\"", "`config`"),
        ("[listen]\nport = 1", "`listen`"),
        ("sandbox_controls = \"perhaps\"", "`sandbox_controls`"),
        ("= 1", "line 1"),
        ("brand = \"a\"\n= 1", "line 2"),
        ("brand = \"a\"\n\nlisten = ", "line 3"),
    ] {
        let file = place.file("portal.toml", text);
        let reason = place.wrong(&["--config", &file]);
        assert!(reason.contains(named) && reason.contains(&file), "{text}: {reason}");
    }
    let nowhere = place.wrong(&["--config", "/nonexistent/portal.toml"]);
    assert!(nowhere.contains("/nonexistent/portal.toml"), "{nowhere}");
}

#[test]
fn a_wrong_flag_is_explained_in_one_line() {
    let wrong: [&[&str]; 8] = [
        &["--nonsense"],
        &["--profile-choice", "guess"],
        &["--acting-minutes", "0"],
        &["--api-base", "harbour.example.com; script-src *"],
        &["--upstream", "http://harbour.example.com"],
        &["--shutdown-grace", "never"],
        &["--tls-cert", "cert.pem"],
        &["--rate-burst", "0"],
    ];
    for flags in wrong {
        let reason = Place::new().wrong(flags);
        assert!(reason.contains(flags[0]) || reason.contains("tls_key"), "{reason}");
    }
}

#[test]
fn with_an_upstream_nothing_of_the_sandbox_may_be_set_and_the_portal_asks_this_server() {
    let upstream = ["--upstream", "https://harbour.example.com/"];
    let options = Place::new().options(&[&upstream[..], &["--db", ":memory:", "--members", "0"]].concat());
    assert_eq!(options.upstream.upstream.as_deref(), Some("https://harbour.example.com"));
    assert_eq!(options.settings().api_base, "");
    for (flags, named) in [
        (&["--db", "a.db"][..], "`db`"),
        (&["--sandbox-controls"], "`sandbox_controls`"),
        (&["--api-base", "https://harbour.example.com"], "`api_base`"),
    ] {
        let reason = Place::new().wrong(&[&upstream[..], flags].concat());
        assert!(reason.contains(named) && reason.contains(flags[0]), "{reason}");
    }
}

#[test]
fn authorities_for_an_upstream_need_one() {
    let ca = ["--upstream-ca", "ca.pem"];
    for flags in [&[][..], &["--api-base", "https://harbour.example.com"]] {
        let reason = Place::new().wrong(&[&ca[..], flags].concat());
        assert!(reason.contains("`upstream_ca`") && reason.contains("`upstream`"), "{reason}");
    }
}

#[test]
fn the_grace_is_longer_than_a_location_may_take_as_far_as_anybody_waits() {
    let upstream = ["--upstream", "https://harbour.example.com"];
    for (grace, reply) in [("5", "15"), ("15", "15"), ("19.5", "60")] {
        let flags = ["--shutdown-grace", grace, "--upstream-response-timeout", reply];
        let reason = Place::new().wrong(&[&upstream[..], &flags].concat());
        assert!(
            reason.contains("`upstream_response_timeout`") && reason.contains("--shutdown-grace"),
            "{reason}"
        );
        Place::new().options(&flags);
    }
    for flags in [
        ["--shutdown-grace", "15.1"].as_slice(),
        &["--shutdown-grace", "5", "--upstream-response-timeout", "4"],
        &["--upstream-response-timeout", "60"],
    ] {
        Place::new().options(&[&upstream[..], flags].concat());
    }
}

#[test]
fn where_the_portal_asks_a_location_itself_nothing_of_the_sandbox_may_be_set() {
    let base = ["--api-base", "https://harbour.example.com"];
    Place::new().options(&[&base[..], &["--db", ":memory:"]].concat());
    let reason = Place::new().wrong(&[&base[..], &["--sandbox-controls"]].concat());
    assert!(reason.contains("`sandbox_controls`") && reason.contains("`api_base`"), "{reason}");
}

#[test]
fn help_and_version_are_no_errors() {
    let place = Place::new();
    assert!(matches!(place.read(&["--help"]), Command::Show(text) if text.contains("--sandbox-controls")));
    assert!(matches!(place.read(&["--version"]), Command::Show(_)));
    assert!(matches!(place.read(&["--print-accounts"]), Command::Accounts));
}
