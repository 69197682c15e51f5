//! The one way out: checks who speaks before a request leaves and again before its reply is used.

use super::changes::Changes;
use super::coming::{Coming, Take, read};
use super::error::ApiError;
use super::fence::{Epoch, Millis, Passport};
use super::retry::wait_before_retry;
use super::transport::{Outgoing, Transport};
use contract::{AccessToken, Endpoint, Request};
use futures_util::future::{AbortHandle, Either, LocalBoxFuture, abortable, select};
use std::any::Any;
use std::cell::{Cell, RefCell};
use std::rc::Rc;

/// Longest wait for an answer.
const TIMEOUT_MS: u32 = 20_000;

/// The API client. Cheap to clone; all clones share one fence.
#[derive(Clone)]
pub struct Client(Rc<Inner>);

struct Inner {
    transport: Rc<dyn Transport>,
    base: RefCell<String>,
    passport: RefCell<Passport>,
    in_flight: RefCell<Vec<(u64, AbortHandle)>>,
    next_flight: Cell<u64>,
    changes: Changes,
    on_unauthorized: RefCell<Rc<OnUnauthorized>>,
    on_change: RefCell<Rc<OnChange>>,
}

type OnChange = dyn Fn(Change<'_>);
type OnUnauthorized = dyn Fn(Epoch) -> LocalBoxFuture<'static, Result<(), ApiError>>;

/// A request of the current person that changes something: told when it is sent, and again when it is answered.
pub struct Change<'a> {
    /// For whom it was sent.
    pub epoch: Epoch,
    /// Tells the requests of this client apart.
    pub number: u64,
    /// What was sent.
    pub request: &'a Request,
    /// What came of it; `None` as long as that is not known.
    pub outcome: Option<Result<(), &'a ApiError>>,
}

/// For whom a request is sent.
enum Speaker<'a> {
    /// The current person, as long as they are of this epoch.
    Current(Epoch),
    /// Whoever holds this bearer: for proving a session before it becomes the current one.
    Holder(Option<&'a AccessToken>),
}

impl Client {
    /// A client for nobody yet.
    pub fn new(transport: Rc<dyn Transport>) -> Self {
        Self(Rc::new(Inner {
            transport,
            base: RefCell::default(),
            passport: RefCell::default(),
            in_flight: RefCell::default(),
            next_flight: Cell::default(),
            changes: Changes::default(),
            on_unauthorized: RefCell::new(Rc::new(|_| Box::pin(async { Ok(()) }))),
            on_change: RefCell::new(Rc::new(|_| {})),
        }))
    }

    /// Puts `base` (scheme and host; empty for the page's own) before every path from now on.
    pub fn set_base(&self, base: &str) {
        self.0.base.replace(base.trim_end_matches('/').to_owned());
    }

    /// Calls `told` with the epoch whenever the current person's bearer was answered with 401, or there is none. The
    /// request waits for what it gives back; an error of it is what stood in the way of finding out.
    pub fn on_unauthorized(
        &self,
        told: impl Fn(Epoch) -> LocalBoxFuture<'static, Result<(), ApiError>> + 'static,
    ) {
        self.0.on_unauthorized.replace(Rc::new(told));
    }

    /// Calls `told` with every request of the current person that changes something.
    pub fn on_change(&self, told: impl Fn(Change<'_>) + 'static) {
        self.0.on_change.replace(Rc::new(told));
    }

    /// Makes somebody else the current person: everything in flight is aborted, and no reply to it is used.
    pub fn assume(&self, passport: Passport) {
        self.0.passport.replace(passport);
        for (_, flight) in self.0.in_flight.take() {
            flight.abort();
        }
    }

    /// Replaces bearer or limits of the same person. Does nothing when the epoch differs.
    pub fn renew(&self, passport: Passport) {
        let mut current = self.0.passport.borrow_mut();
        if current.epoch == passport.epoch {
            *current = passport;
        }
    }

    /// Waits until no change of the current person is on its way any more. One that was not sent yet does not count.
    pub async fn changes_answered(&self) {
        self.0.changes.answered().await;
    }

    /// Whether one is.
    pub fn is_changing(&self) -> bool {
        self.0.changes.any()
    }

    /// The wall clock.
    pub fn now(&self) -> Millis {
        self.0.transport.now()
    }

    /// Calls an endpoint for the current person, who must be of `epoch`. A bearer that is too old, a session that is over,
    /// or a switch to another profile that is under way, only delays a read: it is sent again once there is another bearer. A change is never sent a second time.
    ///
    /// # Errors
    /// [`ApiError::StaleSession`] when it would have been;
    /// [`ApiError::WrongIdentity`] when the person changed, before sending or while waiting;
    /// [`ApiError::Refused`] when the endpoint's policy forbids it while acting; else what the server answered.
    pub fn call<E: Endpoint>(&self, epoch: Epoch, endpoint: &E) -> Coming<'_, E::Reply> {
        Coming::of(self.send(Speaker::Current(epoch), endpoint.request(), read::<E>))
    }

    /// Calls an endpoint for whoever holds `bearer`, outside of the fence: to prove a session that is not yet the
    /// current one, or to end one that no longer is.
    ///
    /// # Errors
    /// What the server answered.
    pub fn call_as<'a, E: Endpoint>(
        &'a self,
        bearer: Option<&'a AccessToken>,
        endpoint: &E,
    ) -> Coming<'a, E::Reply> {
        Coming::of(self.send(Speaker::Holder(bearer), endpoint.request(), read::<E>))
    }

    /// Sends something for whoever holds `bearer` that is to arrive also when this page is gone. Nobody waits for it.
    pub fn send_parting<E: Endpoint>(&self, bearer: &AccessToken, endpoint: &E) {
        self.0.transport.send_parting(self.address(&endpoint.request(), Some(bearer)));
    }

    /// Sends a ready request for nobody and gives back the body.
    ///
    /// # Errors
    /// What the server answered.
    pub async fn send_anonymous(&self, request: Request) -> Result<String, ApiError> {
        Coming::<String>::of(self.send(Speaker::Holder(None), request, |body| Ok(Box::new(body)))).await
    }

    fn may_send(&self, epoch: Epoch, request: &Request) -> bool {
        self.0.passport.borrow().check(epoch, request, self.now()).is_ok()
    }

    fn next_number(&self) -> u64 {
        let number = self.0.next_flight.get();
        self.0.next_flight.set(number.wrapping_add(1));
        number
    }

    /// Sends a request and has its reply read by `take`. The same for all endpoints, so that each adds no more than its
    /// reading to the download.
    fn send<'a>(
        &'a self,
        speaker: Speaker<'a>,
        request: Request,
        take: Take,
    ) -> LocalBoxFuture<'a, Result<Box<dyn Any>, ApiError>> {
        Box::pin(async move {
            let telling = match speaker {
                Speaker::Current(epoch) if !request.method.is_safe() && self.may_send(epoch, &request) => {
                    Some((epoch, self.next_number()))
                }
                _ => None,
            };
            let tell = |outcome| {
                if let Some((epoch, number)) = telling {
                    let told = self.0.on_change.borrow().clone();
                    told(Change { epoch, number, request: &request, outcome });
                }
            };
            tell(None);
            // A change that was refused was not carried out, whatever happens while it is found out why.
            let is_refused = Cell::new(false);
            let refused = || {
                is_refused.set(true);
                tell(Some(Err(&ApiError::Unauthorized)));
            };
            let (work, handle) = abortable(self.deliver(&speaker, &request, refused));
            // A change of person drops it, wherever it has come to, which aborts its request.
            let flight = self.next_number();
            if let Speaker::Current(_) = speaker {
                self.0.in_flight.borrow_mut().push((flight, handle));
            }
            let landed = Landing { client: self, flight };
            let outcome = work.await;
            drop(landed);
            let result = outcome.unwrap_or(Err(ApiError::WrongIdentity)).and_then(take);
            if !is_refused.get() {
                tell(Some(result.as_ref().map(|_| ())));
            }
            result
        })
    }

    /// Calls `refused` for a change whose bearer was answered with 401: it is not sent again.
    async fn deliver(
        &self,
        speaker: &Speaker<'_>,
        request: &Request,
        refused: impl Fn(),
    ) -> Result<String, ApiError> {
        let mut tries = 0;
        loop {
            tries += 1;
            let bearer = self.bearer();
            let error = match self.try_once(speaker, request).await {
                Ok(body) => return Ok(body),
                Err(error) => error,
            };
            if error == ApiError::Unauthorized {
                if bearer.is_some() && !request.method.is_safe() {
                    refused();
                }
                if self.wait_for_bearer(speaker, request, bearer).await? {
                    tries = 0;
                    continue;
                }
            }
            let dice = self.0.transport.random();
            match wait_before_retry(request, &error, tries, dice) {
                Some(wait) => self.0.transport.sleep(wait).await,
                None => return Err(error),
            }
        }
    }

    fn bearer(&self) -> Option<AccessToken> {
        self.0.passport.borrow().bearer.clone()
    }

    /// Whether the current person has another bearer than the one that was refused, once it is known whether they are to
    /// have one.
    async fn wait_for_bearer(
        &self,
        speaker: &Speaker<'_>,
        request: &Request,
        refused: Option<AccessToken>,
    ) -> Result<bool, ApiError> {
        let Speaker::Current(epoch) = speaker else { return Ok(false) };
        if !request.bearer || request.one_shot {
            return Ok(false);
        }
        // A late 401 for a bearer that has been renewed since says nothing about the new one.
        if self.bearer() == refused {
            let told = self.0.on_unauthorized.borrow().clone();
            told(*epoch).await?;
        }
        match self.bearer() != refused {
            true if refused.is_some() && !request.method.is_safe() => Err(ApiError::StaleSession),
            renewed => Ok(renewed),
        }
    }

    async fn try_once(&self, speaker: &Speaker<'_>, request: &Request) -> Result<String, ApiError> {
        let bearer = match speaker {
            Speaker::Current(epoch) => {
                let passport = self.0.passport.borrow();
                passport.check(*epoch, request, self.now())?;
                passport.bearer.clone()
            }
            Speaker::Holder(bearer) => bearer.cloned(),
        };
        let is_change = matches!(speaker, Speaker::Current(_)) && !request.method.is_safe();
        let _change = is_change.then(|| self.0.changes.sends());
        let outgoing = self.address(request, bearer.as_ref());
        let answer = select(self.0.transport.send(outgoing), self.0.transport.sleep(TIMEOUT_MS));
        let reply = match answer.await {
            Either::Left((reply, _)) => reply.map_err(|_| ApiError::Offline)?,
            Either::Right(_) => return Err(ApiError::Timeout),
        };
        if let Speaker::Current(epoch) = speaker {
            let passport = self.0.passport.borrow();
            if *epoch != passport.epoch {
                return Err(ApiError::WrongIdentity);
            }
            // Nobody speaks while it may be changed whose this bearer is: the reply may be the next one's already.
            if bearer.is_some() && passport.bearer.is_none() && request.method.is_safe() {
                return Err(ApiError::Unauthorized);
            }
        }
        match reply.status {
            200..=299 => Ok(reply.body),
            _ => Err(ApiError::from_reply(reply)),
        }
    }

    fn address(&self, request: &Request, bearer: Option<&AccessToken>) -> Outgoing {
        let mut headers = request.headers.clone();
        headers.push(("Accept", "application/json".to_owned()));
        if request.path.starts_with("/api/public") {
            headers.push(("X-Use-Timezone", "true".to_owned()));
        }
        if let Some(kind) = request.body.content_type() {
            headers.push(("Content-Type", kind.to_owned()));
        }
        if let (true, Some(bearer)) = (request.bearer, bearer) {
            headers.push(("Authorization", format!("Bearer {}", bearer.expose())));
        }
        Outgoing {
            method: request.method,
            url: format!("{}{}", self.0.base.borrow(), request.path),
            headers,
            body: request.body.text().map(ToOwned::to_owned),
        }
    }
}

/// Takes a flight off the list when it ends, also when its caller is dropped.
struct Landing<'a> {
    client: &'a Client,
    flight: u64,
}

impl Drop for Landing<'_> {
    fn drop(&mut self) {
        self.client.0.in_flight.borrow_mut().retain(|(flight, _)| *flight != self.flight);
    }
}
