//! A location to try the portal against: the API's contract, answered for real from SQLite.
//!
//! Every request runs as one transaction on one connection behind a mutex, off the async threads. Statements are
//! short, so this is quick enough for a sandbox, and no two requests ever see each other's half-done work.

mod accounts;
mod audit;
mod authority;
mod clock;
mod controls;
mod credential;
mod error;
mod exchange;
mod impersonation;
mod jwt;
mod location;
mod mail;
mod mail_page;
mod members;
mod new_members;
mod nora;
mod one_time;
mod own_profile;
mod password;
mod password_reset;
mod path;
mod people;
mod permissions;
mod plans;
mod profiles;
mod schema;
mod second_factor;
pub(crate) mod seed;
mod send_otp;
mod session;
mod shape;
mod store;
mod team_json;
mod teams;
mod throttle;
mod token;
mod totp;
mod write_limit;

use crate::Options;
use crate::problem::problem;
use axum::Router;
use axum::handler::Handler;
use axum::http::{StatusCode, header};
use axum::routing::{MethodRouter, delete, get, patch, post, put};
use clock::Clock;
use contract::Endpoint;
use contract::plans::PublishedPlans;
use contract::{auth, coworkers, location as place, teams as team};
use credential::Credential;
use error::Refusal;
use jwt::Keys;
use location::Place;
use rusqlite::Transaction;
use session::Caller;
use std::sync::{Arc, Mutex};
use store::Store;
pub(crate) use store::check as check_database;

/// The name of a database that is forgotten at the end.
pub(crate) const MEMORY: &str = ":memory:";

/// The sandbox: shared by all requests.
#[derive(Clone)]
pub(crate) struct Sandbox(Arc<Parts>);

struct Parts {
    store: Store,
    clock: Clock,
    keys: Keys,
    rules: Rules,
    place: Mutex<Place>,
}

/// What the flags say about sessions and their requests.
struct Rules {
    access_seconds: i64,
    acting_minutes: i64,
    writes_per_minute: i64,
}

/// What one request works with.
struct Context<'a> {
    tx: &'a Transaction<'a>,
    /// Milliseconds since 1970, by the sandbox's clock; one request sees one time.
    now: i64,
    keys: &'a Keys,
    rules: &'a Rules,
}

impl Sandbox {
    /// Opens and fills the database. The error is a sentence.
    pub(crate) fn open(options: &Options) -> Result<Self, String> {
        let store = Store::open(&options.sandbox.db, options.sandbox.members)?;
        let secret = store.secret().map_err(|error| error.to_string())?;
        Ok(Self(Arc::new(Parts {
            store,
            clock: Clock::default(),
            keys: Keys::new(&secret),
            rules: Rules {
                access_seconds: options.sandbox.access_token_seconds.into(),
                acting_minutes: options.acting_minutes.into(),
                writes_per_minute: options.sandbox.writes_per_minute.into(),
            },
            place: Mutex::default(),
        })))
    }

    /// Whether the database can be read.
    pub(crate) async fn answers(&self) -> bool {
        let read = |cx: &Context| {
            Ok(cx.tx.query_row("SELECT count(*) FROM meta", [], |row| row.get::<_, i64>(0))?)
        };
        self.run(read).await.is_ok()
    }

    /// Runs one request's work. A refusal keeps what was written (the audit, a used token), a fault keeps nothing.
    async fn run<T: Send + 'static>(
        &self,
        work: impl FnOnce(&Context) -> Result<T, Refusal> + Send + 'static,
    ) -> Result<T, Refusal> {
        let parts = Arc::clone(&self.0);
        let span = tracing::Span::current();
        let task = tokio::task::spawn_blocking(move || {
            let _entered = span.entered();
            parts.store.transaction(|tx| {
                work(&Context { tx, now: parts.clock.now(), keys: &parts.keys, rules: &parts.rules })
            })
        });
        task.await.unwrap_or_else(|error| Err(Refusal::fault("a request's work", &error)))
    }

    /// Runs one request's work for whoever the bearer is; 401 when it is nobody's, 429 when it is one write too many.
    async fn run_as<T: Send + 'static>(
        &self,
        credential: Credential,
        work: impl FnOnce(&Context, &Caller) -> Result<T, Refusal> + Send + 'static,
    ) -> Result<T, Refusal> {
        self.run(move |cx| {
            let caller = session::authenticate(cx, &credential)?;
            if credential.writes() {
                write_limit::count(cx, &caller.sid)?;
            }
            work(cx, &caller)
        })
        .await
    }
}

/// A GET that changes something: a HEAD, which axum would answer with the same handler, must not.
fn only_get<H: Handler<T, Sandbox>, T: 'static>(handler: H) -> MethodRouter<Sandbox> {
    get(handler).head(|| async { (StatusCode::METHOD_NOT_ALLOWED, [(header::ALLOW, "GET")]) })
}

/// The routes, as the contract names them.
pub(crate) fn router(sandbox: Sandbox, with_controls: bool) -> Router {
    let router = Router::new()
        .route(auth::PasswordGrant::ROUTE, post(token::grant))
        .route(auth::ExchangeLogin::ROUTE, post(exchange::login))
        .route(auth::ExchangeJwt::ROUTE, post(exchange::sys))
        .route(auth::SendOtp::ROUTE, only_get(send_otp::send))
        .route(auth::StartPasswordReset::ROUTE, post(password_reset::start))
        .route(auth::CompletePasswordReset::ROUTE, post(password_reset::complete))
        .route(auth::SignOut::ROUTE, only_get(token::sign_out))
        .route(coworkers::ListProfiles::ROUTE, get(profiles::list))
        .route(coworkers::SetCurrentProfile::ROUTE, put(profiles::set_current))
        .route(coworkers::UpdateProfile::ROUTE, patch(own_profile::update))
        .route(coworkers::Impersonate::ROUTE, only_get(impersonation::start))
        .route(coworkers::OperatorImpersonate::ROUTE, only_get(impersonation::start_as_operator))
        .route(team::MyTeams::ROUTE, get(teams::my))
        .route(team::PublishedTeams::ROUTE, get(teams::published))
        .route(team::TeamProfile::ROUTE, get(teams::profile))
        .route(team::UpdatePermissions::ROUTE, put(permissions::update))
        .route(team::AddMembers::ROUTE, post(members::add))
        .route(team::RemoveMember::ROUTE, delete(members::remove))
        .route(PublishedPlans::ROUTE, get(plans::published))
        .route(place::CurrentBusiness::ROUTE, get(location::current))
        .route(place::Configuration::ROUTE, get(location::configuration))
        .route("/sandbox/mail", get(mail_page::page))
        .route("/sandbox/mail.json", get(mail_page::json));
    let router = if with_controls { router.merge(controls::router()) } else { router };
    let not_so = || async { problem(StatusCode::METHOD_NOT_ALLOWED, "This cannot be done here.") };
    router.method_not_allowed_fallback(not_so).with_state(sandbox)
}
