//! News between the tabs of one browser. News is a hint to look, never an identity: it carries no secret, and
//! what it says about sessions is checked before anything is done, wherever there is something to check it by.

use crate::api::Millis;
use contract::json::{self, Read, Reader, Write, Writer};
use contract::{Unreadable, UserId};
use wasm_bindgen::prelude::*;
use web_sys::{BroadcastChannel, MessageEvent};

const CHANNEL: &str = "portal";

/// What tabs tell each other.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum TabNews {
    /// A tab has opened and wants to know about the others.
    Hello,
    /// Somebody has signed out: look at their mark. What it says stands here for where nothing can be stored.
    SignedOut {
        /// The account.
        user: UserId,
        /// When.
        at: Millis,
    },
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
        json::read(&data.as_string()?).ok()
    }
}

impl Read for TabNews {
    fn read(json: &mut Reader<'_>) -> Result<Self, Unreadable> {
        let mut news = String::new();
        let (mut tab, mut user, mut name, mut at) = (None, None, None, None);
        json.object(&mut |key, json| {
            match key {
                "news" => news = json.read()?,
                "tab" => tab = Some(json.read()?),
                "user" => user = Some(json.read()?),
                "name" => name = Some(json.read()?),
                "at" => at = Some(json.read()?),
                _ => json.skip()?,
            }
            Ok(())
        })?;
        let read = match news.as_str() {
            "hello" => Some(Self::Hello),
            "signed_out" => user.zip(at).map(|(user, at)| Self::SignedOut { user, at: Millis(at) }),
            "profile_changed" => user.map(|user| Self::ProfileChanged { user }),
            "acting" => tab.zip(user).zip(name).map(|((tab, user), name)| Self::Acting { tab, user, name }),
            "ended" => tab.map(|tab| Self::Ended { tab }),
            _ => None,
        };
        read.ok_or(Unreadable)
    }
}

impl Write for TabNews {
    fn write(&self, json: &mut Writer) {
        json.object(&mut |json| match self {
            Self::Hello => json.field("news", &"hello"),
            Self::SignedOut { user, at } => {
                json.field("news", &"signed_out");
                json.field("user", user);
                json.field("at", &at.0);
            }
            Self::ProfileChanged { user } => {
                json.field("news", &"profile_changed");
                json.field("user", user);
            }
            Self::Acting { tab, user, name } => {
                json.field("news", &"acting");
                json.field("tab", tab);
                json.field("user", user);
                json.field("name", name);
            }
            Self::Ended { tab } => {
                json.field("news", &"ended");
                json.field("tab", tab);
            }
        });
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
        if let Some(channel) = &self.channel {
            let _ = channel.post_message(&JsValue::from_str(&json::write(news)));
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn news_is_the_same_in_the_other_tab() {
        let (tab, user) = (7, UserId(9));
        for news in [
            TabNews::Hello,
            TabNews::SignedOut { user: UserId(1), at: Millis(5) },
            TabNews::ProfileChanged { user },
            TabNews::Acting { tab, user, name: "Ana".into() },
            TabNews::Ended { tab },
        ] {
            assert_eq!(json::read(&json::write(&news)), Ok(news));
        }
    }

    #[test]
    fn anything_unexpected_is_no_news() {
        for text in [
            "{}",
            "[]",
            r#"{"news":"other"}"#,
            r#"{"news":"acting","tab":1,"user":2}"#,
            r#"{"news":"ended"}"#,
        ] {
            assert_eq!(json::read::<TabNews>(text), Err(Unreadable), "{text}");
        }
    }
}
