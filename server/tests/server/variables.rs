//! Variables of the environment: which are settings, which are refused, and which are nobody's business.

use crate::settings::Place;
use portal_server::{Command, command_in};

#[test]
fn a_variable_that_is_no_setting_is_refused_with_the_one_that_was_meant() {
    for (name, meant) in [
        ("PORTAL_UPSTREM", "PORTAL_UPSTREAM"),
        ("PORTAL_TLSCERT", "PORTAL_TLS_CERT"),
        ("PORTAL_TRUSTED_HOP", "PORTAL_TRUSTED_HOPS"),
        ("PORTAL_CONFG", "PORTAL_CONFIG"),
        ("PORTAL_listen", "PORTAL_LISTEN"),
        ("PORTAL_UPSTREAM_URL", "PORTAL_UPSTREAM "),
        ("PORTAL_UPSTREAM_CA_FILE", "PORTAL_UPSTREAM_CA "),
        ("PORTAL_TLS_CERTIFICATE", "PORTAL_TLS_CERT "),
        ("PORTAL_LOCATION", "--help"),
        ("PORTAL_CHECK", "--help"),
        ("PORTAL_PORT", "--help"),
        ("PORTAL_DB_PORT", "PORTAL_DB "),
    ] {
        let reason = Place::new().with(name, "1").wrong(&[]);
        assert!(reason.contains(name) && reason.contains(meant), "{reason}");
    }
}

#[test]
fn variables_that_a_cluster_or_the_projects_own_tools_set_are_none_of_the_servers() {
    let services = ["", "TLS_", "DB_"].map(|name| {
        let alone = [
            ("SERVICE_HOST", "10.0.0.1"),
            ("SERVICE_PORT", "80"),
            ("SERVICE_PORT_HTTP", "80"),
            ("PORT", "tcp://10.0.0.1:80"),
            ("PORT_80_TCP", "tcp://10.0.0.1:80"),
            ("PORT_80_TCP_PROTO", "tcp"),
            ("PORT_80_TCP_PORT", "80"),
            ("PORT_80_TCP_ADDR", "10.0.0.1"),
        ];
        alone.map(|(rest, value)| (format!("PORTAL_{name}{rest}"), value))
    });
    let tools = ["SERVER", "SERVER_BIN", "SEED", "E2E_REPORT", "BENCH_REPORT"];
    let tools = tools.map(|rest| (format!("PORTAL_{rest}"), "1"));
    for (name, value) in services.into_iter().flatten().chain(tools) {
        let environment = [(name.clone(), value.into())].into();
        let read = command_in(["portal-server".into()], &environment);
        assert!(matches!(read, Command::Serve(_)), "{name}: {read:?}");
    }
}

#[test]
fn what_a_container_is_told_of_another_that_it_is_linked_to_is_none_of_the_servers() {
    let linked = [
        ("PORTAL_DB_PORT", "tcp://10.0.0.1:5432"),
        ("PORTAL_DB_PORT_5432_TCP_START", "tcp://10.0.0.1:5432"),
        ("PORTAL_DB_NAME", "/web/portal-db"),
        ("PORTAL_DB_ENV_PASSWORD", "x"),
    ];
    let read = |all: &[(&str, &str)]| {
        let environment = all.iter().map(|(name, value)| ((*name).to_owned(), (*value).into())).collect();
        command_in(["portal-server".into()], &environment)
    };
    assert!(matches!(read(&linked), Command::Serve(_)));
    assert!(matches!(read(&linked[1..]), Command::Wrong(_)), "without the address they are settings");
}

#[test]
fn an_empty_variable_is_one_that_is_not_set() {
    let place =
        Place::new().with("PORTAL_CONFIG", "").with("PORTAL_UPSTREAM", "").with("PORTAL_TLS_CERT", "");
    let place = place.with("PORTAL_MEMBERS", "").with("PORTAL_SANDBOX_CONTROLS", "").with("PORTAL_ELSE", "");
    let file = place.file("portal.toml", "members = 7");
    let options = place.options(&["--config", &file]);
    assert_eq!((options.sandbox.members, options.edge.tls_cert), (7, None));
    assert!(options.upstream.upstream.is_none() && !options.sandbox.sandbox_controls);
}
