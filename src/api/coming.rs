//! Replies of all types by one machinery: what each endpoint adds to the download is its reading.

use super::error::ApiError;
use contract::Endpoint;
use futures_util::future::LocalBoxFuture;
use std::any::Any;
use std::future::Future;
use std::marker::PhantomData;
use std::pin::Pin;
use std::task::{Context, Poll};

/// A reply of any type.
pub(super) type Reply = Result<Box<dyn Any>, ApiError>;

/// What makes a reply of the body of a success.
pub(super) type Take = fn(String) -> Reply;

/// A reply of this type that is on its way.
pub struct Coming<'a, T>(LocalBoxFuture<'a, Reply>, PhantomData<fn() -> T>);

impl<'a, T> Coming<'a, T> {
    /// What `reply` comes to. It must be of this type.
    pub(super) fn of(reply: LocalBoxFuture<'a, Reply>) -> Self {
        Self(reply, PhantomData)
    }
}

impl<T: 'static> Future for Coming<'_, T> {
    type Output = Result<T, ApiError>;

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Self::Output> {
        let typed = |reply: Box<dyn Any>| *reply.downcast().unwrap_or_else(|_| unreachable!());
        self.0.as_mut().poll(context).map(|reply| reply.map(typed))
    }
}

/// What a success says, unless it says that it is none, or is not the API's at all.
pub(super) fn read<E: Endpoint>(body: String) -> Reply {
    if !E::ANY_BODY && body.trim_start().starts_with('<') {
        return Err(ApiError::Malformed);
    }
    let reply = E::read(&body).map_err(|_| ApiError::unreadable(&body))?;
    match E::refusal(&reply) {
        Some(problem) => Err(ApiError::Rejected(problem)),
        None => Ok(Box::new(reply)),
    }
}
