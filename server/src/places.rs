//! So many places for each client at a time.

use crate::rate_limit::block;
use std::collections::HashMap;
use std::net::IpAddr;
use std::sync::{Arc, Mutex, PoisonError};

/// Counts by client what each has at a time.
#[derive(Clone)]
pub(crate) struct Places(Arc<Counts>);

struct Counts {
    most: u32,
    /// Clients with a place; no other has an entry.
    taken: Mutex<HashMap<IpAddr, u32>>,
}

impl Places {
    /// At most so many for each client; `None` for any number.
    pub(crate) fn new(most: u32) -> Option<Self> {
        (most > 0).then(|| Self(Arc::new(Counts { most, taken: Mutex::default() })))
    }

    /// A place for a client, unless it has all that it may.
    pub(crate) fn take(&self, client: IpAddr) -> Option<Place> {
        let client = block(client);
        let mut taken = self.0.taken.lock().unwrap_or_else(PoisonError::into_inner);
        let own = taken.entry(client).or_default();
        if *own >= self.0.most {
            return None;
        }
        *own += 1;
        Some(Place { counts: Arc::clone(&self.0), client })
    }
}

/// A place that is taken; whatever becomes of its client, it is free again when this is dropped.
pub(crate) struct Place {
    counts: Arc<Counts>,
    client: IpAddr,
}

impl Drop for Place {
    fn drop(&mut self) {
        let mut taken = self.counts.taken.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(own) = taken.get_mut(&self.client) {
            *own = own.saturating_sub(1);
            if *own == 0 {
                taken.remove(&self.client);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_place_is_free_again_when_what_took_it_is_over_and_nobody_idle_is_remembered() {
        let places = Places::new(2).unwrap();
        let ip = |text: &str| text.parse().unwrap();
        let take = |text| places.take(ip(text));
        let (first, second) = (take("2001:db8::1"), take("2001:db8::2"));
        assert!(first.is_some() && second.is_some() && take("2001:db8::3").is_none());
        assert!(take("192.0.2.1").is_some(), "somebody else");
        drop(first);
        let third = take("2001:db8::3");
        assert!(third.is_some() && take("2001:db8::4").is_none());
        drop((second, third));
        assert!(places.0.taken.lock().unwrap().is_empty());
        assert!(Places::new(0).is_none());
    }
}
