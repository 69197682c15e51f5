//! Settings of the embedded sandbox.

/// What the sandbox holds and how strict it is. Means nothing with `--upstream` or `--api-base`.
#[derive(Clone, Debug, clap::Args)]
#[command(next_help_heading = "Sandbox")]
pub struct SandboxOptions {
    /// The sandbox's database: a file, or `:memory:` for one that is forgotten at the end.
    #[arg(long, value_name = "FILE", default_value = crate::sandbox::MEMORY)]
    pub db: String,
    /// Grows the first team to this many members.
    #[arg(long, value_name = "N", default_value_t = 0, value_parser = clap::value_parser!(u32).range(0..=200_000))]
    pub members: u32,
    /// Answers `/sandbox/…`: reads the audit, removes members, moves the clock, changes the location. For tests only:
    /// anybody may call it. (`/sandbox/mail` and `/sandbox/mail.json` are always there.)
    #[arg(long)]
    pub sandbox_controls: bool,
    /// Seconds that a bearer lives.
    #[arg(long, value_name = "SECONDS", default_value_t = 86_400, value_parser = clap::value_parser!(u32).range(1..=1_209_600))]
    pub access_token_seconds: u32,
    /// Requests that change something, for each session and minute; more are answered with 429. 0 takes any number.
    #[arg(long, value_name = "N", default_value_t = 60)]
    pub writes_per_minute: u32,
}
