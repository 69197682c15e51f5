//! The command line: what can be asked, and nothing about how it is done.

use std::ffi::OsString;

use lexopt::prelude::*;

/// Shown for `--help` and after a command that could not be understood.
pub const USAGE: &str = "\
Usage: cargo xtask <command>

  serve   Set up, start the server with its sandbox and the portal in front of it
            --port N        the portal's port (default 8080)
            --api-port N    the server's port (default 8787, or a free one)
            -- ARGS         handed to portal-server, e.g. -- --members 1000
  test    Set up, then format, lints, all tests, release build and browser journeys
            --only WHAT     lint, host, wasm, build or e2e; may be repeated
            -- ARGS         handed to Playwright, e.g. -- -g \"sign in\"
  bench   Set up, then measure the release build; a missed limit is no failure
            --only WHAT     pages (in the browser), server (under load) or files (beside nginx); may be repeated
            -- ARGS         handed to Playwright, for the pages: --only pages -- scroll
  build   Set up, then the release build into dist/ and a table of its sizes
  setup   Only the set-up";

/// One call of `cargo xtask`.
#[derive(Debug, PartialEq, Eq)]
pub enum Command {
    Help,
    Setup,
    Build,
    /// What trunk calls after a build while one works; not for people.
    Words,
    Serve(ServeOptions),
    Test(TestOptions),
    Bench(BenchOptions),
}

/// What `serve` can be told.
#[derive(Debug, PartialEq, Eq)]
pub struct ServeOptions {
    pub port: u16,
    /// `None` means: the usual one, or a free one when that is taken.
    pub api_port: Option<u16>,
    pub server_args: Vec<OsString>,
}

impl Default for ServeOptions {
    fn default() -> Self {
        Self { port: 8080, api_port: None, server_args: Vec::new() }
    }
}

/// What `test` can be told.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct TestOptions {
    /// Empty means: every part.
    pub only: Vec<Part>,
    pub playwright_args: Vec<OsString>,
}

impl TestOptions {
    /// Whether this part was asked for, by name or by asking for all of them.
    pub fn wants(&self, part: Part) -> bool {
        self.only.is_empty() || self.only.contains(&part)
    }
}

/// What `bench` can be told.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct BenchOptions {
    /// Empty means: everything.
    pub only: Vec<Measured>,
    pub playwright_args: Vec<OsString>,
}

impl BenchOptions {
    /// Whether this was asked for, by name or by asking for everything.
    pub fn wants(&self, measured: Measured) -> bool {
        self.only.is_empty() || self.only.contains(&measured)
    }
}

/// Something that can be measured alone.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Measured {
    Pages,
    Server,
    Files,
}

impl std::str::FromStr for Measured {
    type Err = String;

    fn from_str(name: &str) -> Result<Self, Self::Err> {
        match name {
            "pages" => Ok(Self::Pages),
            "server" => Ok(Self::Server),
            "files" => Ok(Self::Files),
            other => Err(format!("'{other}' cannot be measured: pages, server or files")),
        }
    }
}

/// A part of the test run that can be run alone.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Part {
    Lint,
    Host,
    Wasm,
    Build,
    E2e,
}

impl std::str::FromStr for Part {
    type Err = String;

    fn from_str(name: &str) -> Result<Self, Self::Err> {
        match name {
            "lint" => Ok(Self::Lint),
            "host" => Ok(Self::Host),
            "wasm" => Ok(Self::Wasm),
            "build" => Ok(Self::Build),
            "e2e" => Ok(Self::E2e),
            other => Err(format!("there is no part '{other}': lint, host, wasm, build or e2e")),
        }
    }
}

/// Reads the process's own arguments.
pub fn parse() -> Result<Command, lexopt::Error> {
    parse_from(lexopt::Parser::from_env())
}

fn parse_from(mut parser: lexopt::Parser) -> Result<Command, lexopt::Error> {
    let mut command = None;
    while let Some(arg) = parser.next()? {
        match (&mut command, arg) {
            (_, Short('h') | Long("help")) => return Ok(Command::Help),
            (None, Value(name)) => command = Some(named(&name.string()?)?),
            (Some(Command::Serve(options)), Long("port")) => options.port = parser.value()?.parse()?,
            (Some(Command::Serve(options)), Long("api-port")) => {
                options.api_port = Some(parser.value()?.parse()?);
            }
            // lexopt hands over what follows `--` as plain values.
            (Some(Command::Serve(options)), Value(arg)) => options.server_args.push(arg),
            (Some(Command::Test(options)), Long("only")) => {
                options.only.push(parser.value()?.parse()?);
            }
            (Some(Command::Test(options)), Value(arg)) => options.playwright_args.push(arg),
            (Some(Command::Bench(options)), Long("only")) => {
                options.only.push(parser.value()?.parse()?);
            }
            (Some(Command::Bench(options)), Value(arg)) => options.playwright_args.push(arg),
            (_, arg) => return Err(arg.unexpected()),
        }
    }
    Ok(command.unwrap_or(Command::Help))
}

fn named(name: &str) -> Result<Command, lexopt::Error> {
    match name {
        "serve" => Ok(Command::Serve(ServeOptions::default())),
        "test" => Ok(Command::Test(TestOptions::default())),
        "bench" => Ok(Command::Bench(BenchOptions::default())),
        "build" => Ok(Command::Build),
        "setup" => Ok(Command::Setup),
        "words" => Ok(Command::Words),
        "help" => Ok(Command::Help),
        other => Err(format!("there is no command '{other}'").into()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parsed(args: &[&str]) -> Result<Command, String> {
        parse_from(lexopt::Parser::from_args(args)).map_err(|error| error.to_string())
    }

    #[test]
    fn serve_hands_everything_after_the_dashes_to_the_server() {
        let expected = ServeOptions {
            port: 8081,
            api_port: Some(9000),
            server_args: vec!["--members".into(), "1000".into()],
        };
        let args = ["serve", "--port", "8081", "--api-port", "9000", "--", "--members", "1000"];
        assert_eq!(parsed(&args), Ok(Command::Serve(expected)));
    }

    #[test]
    fn bench_hands_everything_after_the_dashes_to_playwright() {
        let expected = BenchOptions {
            only: vec![Measured::Pages],
            playwright_args: vec!["scroll".into(), "--headed".into()],
        };
        assert_eq!(
            parsed(&["bench", "--only", "pages", "--", "scroll", "--headed"]),
            Ok(Command::Bench(expected))
        );
        assert_eq!(parsed(&["bench"]), Ok(Command::Bench(BenchOptions::default())));
    }

    #[test]
    fn parts_of_the_test_run_can_be_named_more_than_once() {
        let Ok(Command::Test(options)) = parsed(&["test", "--only", "host", "--only=wasm"]) else {
            panic!("not understood");
        };
        assert!(options.wants(Part::Host) && options.wants(Part::Wasm));
        assert!(!options.wants(Part::E2e));
    }

    #[test]
    fn without_a_choice_every_part_is_wanted() {
        assert!(TestOptions::default().wants(Part::Lint));
    }

    #[test]
    fn an_unknown_command_part_or_option_is_named_in_the_error() {
        for (args, word) in [
            (&["sevre"][..], "sevre"),
            (&["test", "--only", "unit"][..], "unit"),
            (&["build", "--fast"][..], "--fast"),
            (&["bench", "--only", "lint"][..], "lint"),
            (&["serve", "--port", "eighty"][..], "eighty"),
        ] {
            let error = parsed(args).expect_err("must not be understood");
            assert!(error.contains(word), "{error}");
        }
    }
}
