//! News between the tabs of one browser. News is a hint to look, never an identity: it carries no secret, and
//! what it says about sessions is checked before anything is done.

use contract::UserId;
use serde::{Deserialize, Serialize};
use wasm_bindgen::prelude::*;
use web_sys::{BroadcastChannel, MessageEvent};

const CHANNEL: &str = "portal";

/// What tabs tell each other.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "news", rename_all = "snake_case")]
pub enum TabNews {
    /// A tab has opened and wants to know about the others.
    Hello,
    /// Somebody has signed out: look whether it was you.
    SignedOut,
    /// This account may be on another profile now: look.
    ProfileChanged {
        /// The account.
        user: UserId,
    },
    /// That tab acts as somebody, on behalf of this account.
    Acting {
        /// The tab, a random number.
        tab: u32,
        /// The account whose overlay it is.
        user: UserId,
        /// As whom, for a sentence.
        name: String,
    },
    /// That tab no longer acts as anybody.
    Ended {
        /// The tab.
        tab: u32,
    },
}

impl TabNews {
    /// Reads a message; anything unexpected is no news.
    fn read(data: &JsValue) -> Option<Self> {
        serde_json::from_str(&data.as_string()?).ok()
    }
}

/// Another tab of this browser that acts as somebody on behalf of the same account.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Elsewhere {
    /// The tab.
    pub tab: u32,
    /// The account on whose behalf.
    pub user: UserId,
    /// As whom.
    pub name: String,
}

/// This tab's end of the channel. Where the browser has none, tabs do not talk, and still check storage on focus.
pub(super) struct Tabs {
    channel: Option<BroadcastChannel>,
    _listener: Option<Closure<dyn FnMut(MessageEvent)>>,
}

impl Tabs {
    /// Opens the channel; `heard` is called with every readable message of another tab.
    pub(super) fn open(heard: impl Fn(TabNews) + 'static) -> Self {
        let Ok(channel) = BroadcastChannel::new(CHANNEL) else {
            return Self { channel: None, _listener: None };
        };
        let listener = Closure::new(move |event: MessageEvent| {
            if let Some(news) = TabNews::read(&event.data()) {
                heard(news);
            }
        });
        channel.set_onmessage(Some(listener.as_ref().unchecked_ref()));
        Self { channel: Some(channel), _listener: Some(listener) }
    }

    /// Tells the other tabs.
    pub(super) fn tell(&self, news: &TabNews) {
        if let (Some(channel), Ok(text)) = (&self.channel, serde_json::to_string(news)) {
            let _ = channel.post_message(&JsValue::from_str(&text));
        }
    }
}

impl Drop for Tabs {
    fn drop(&mut self) {
        if let Some(channel) = &self.channel {
            channel.close();
        }
    }
}
