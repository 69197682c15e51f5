//! Variables of the environment that look like settings and are none.

use super::layers::{Environment, settings};
use std::ffi::OsStr;

const PREFIX: &str = "PORTAL_";

/// Variables of this project's own tools, which a server that they start may find in its environment.
const TOOLS: [&str; 5] =
    ["PORTAL_SERVER", "PORTAL_SERVER_BIN", "PORTAL_SEED", "PORTAL_E2E_REPORT", "PORTAL_BENCH_REPORT"];

/// Where the value of a setting is looked for.
pub(super) fn variable_of(setting: &str) -> String {
    format!("{PREFIX}{}", setting.to_uppercase())
}

/// Why a variable is refused, in a line: it begins like a setting and is none, so what somebody wanted would not happen.
/// Those that a cluster sets for its services stay, and those of this project's tools.
pub(super) fn refused(environment: &Environment) -> Option<String> {
    let names: Vec<String> =
        settings().into_iter().map(|(name, _)| name).chain(["config".to_owned()]).collect();
    let is_setting = |variable: &str| names.iter().any(|name| variable_of(name) == variable);
    // A container that is linked to another is told that one's address, name and variables.
    let ports = environment.iter().filter(|(_, value)| is_address(value));
    let linked: Vec<&str> = ports.filter_map(|(variable, _)| variable.strip_suffix("PORT")).collect();
    let is_linked = |variable: &str| {
        linked
            .iter()
            .filter_map(|name| variable.strip_prefix(name))
            .any(|what| what == "NAME" || what.starts_with("ENV_") || what.starts_with("PORT_"))
    };
    let (variable, written) = environment.iter().find_map(|(variable, value)| {
        let written = variable.strip_prefix(PREFIX)?;
        let is_fine = is_setting(variable)
            || TOOLS.contains(&variable.as_str())
            || is_of_a_service(written, value)
            || is_linked(variable);
        (!is_fine).then_some((variable, written.to_lowercase()))
    })?;
    Some(match meant(&written, &names) {
        Some(meant) => {
            format!(
                "there is no setting {variable}, but there is {} (from the environment)",
                variable_of(meant)
            )
        }
        None => format!("there is no setting {variable} (from the environment; --help lists all)"),
    })
}

fn is_address(value: &OsStr) -> bool {
    let kinds = ["tcp://", "udp://", "sctp://"];
    value.to_str().is_some_and(|value| kinds.iter().any(|kind| value.starts_with(kind)))
}

/// The setting that was meant: nearly the same, or the longest one that it begins with.
fn meant<'a>(written: &str, names: &'a [String]) -> Option<&'a String> {
    let is_near = |name: &&String| {
        let wrong = strsim::damerau_levenshtein(written, name);
        wrong <= 2 && wrong * 3 <= name.len()
    };
    let is_begin = |name: &&String| written.starts_with(name.as_str());
    names.iter().find(is_near).or_else(|| names.iter().filter(is_begin).max_by_key(|name| name.len()))
}

/// Whether this is what a cluster tells about the address of a service called `portal` or `portal-…`:
/// `PORTAL_SERVICE_HOST`, `PORTAL_TLS_SERVICE_PORT_HTTPS`, `PORTAL_PORT`, `PORTAL_TLS_PORT_443_TCP_ADDR`.
fn is_of_a_service(written: &str, value: &OsStr) -> bool {
    let is_address = || is_address(value);
    let words: Vec<&str> = written.split('_').collect();
    (0..words.len()).any(|at| match words.get(at..).unwrap_or_default() {
        ["SERVICE", "HOST"] | ["SERVICE", "PORT", ..] => true,
        // A port that somebody wants to listen at is a number alone.
        ["PORT"] => is_address(),
        ["PORT", number, "TCP" | "UDP" | "SCTP", rest @ ..] => {
            number.parse::<u16>().is_ok() && matches!(rest, [] | ["PROTO" | "PORT" | "ADDR"])
        }
        _ => false,
    })
}
