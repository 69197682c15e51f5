//! What this device remembers of how people choose their profile: ids alone, nothing secret. It outlives the session,
//! so that it is there at the next sign-in.

use contract::{CoworkerId, UserId, json, record};
use leptos::prelude::window;
use web_sys::Storage;

const KEY: &str = "portal.profiles";
/// So many accounts are remembered, those that were here last.
const MOST_USERS: usize = 8;
/// So many profiles of each.
const MOST_USED: usize = 5;

/// What is remembered of one account.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DeviceChoice {
    /// Whose it is.
    pub user: UserId,
    /// The profiles that were used here, the last one first.
    pub used: Vec<CoworkerId>,
    /// The profile that is always used here.
    pub always: Option<CoworkerId>,
}

record!(DeviceChoice {
    needs "user" => user;
    "used" => used,
    "always" => always,
});

impl DeviceChoice {
    /// What this device remembers of an account. Whatever cannot be read is nothing.
    pub fn of(user: UserId) -> Self {
        find(&load(), user)
    }

    /// Remembers that a profile is used here now.
    pub fn remember_used(user: UserId, profile: CoworkerId) {
        save(user, &|choice| {
            choice.used.retain(|known| *known != profile);
            choice.used.insert(0, profile);
        });
    }

    /// Remembers the profile that is always used here, or that there is none.
    pub fn set_always(user: UserId, always: Option<CoworkerId>) {
        save(user, &|choice| choice.always = always);
    }
}

fn storage() -> Option<Storage> {
    window().local_storage().ok().flatten()
}

fn load() -> Vec<DeviceChoice> {
    read(&storage().and_then(|storage| storage.get_item(KEY).ok().flatten()).unwrap_or_default())
}

fn save(user: UserId, change: &dyn Fn(&mut DeviceChoice)) {
    let text = json::write(&changed(load(), user, change));
    if let Some(storage) = storage() {
        // Where nothing can be kept the choice is made anew each time.
        let _ = storage.set_item(KEY, &text);
    }
}

fn read(text: &str) -> Vec<DeviceChoice> {
    json::read(text).unwrap_or_default()
}

fn find(all: &[DeviceChoice], user: UserId) -> DeviceChoice {
    let known = all.iter().find(|choice| choice.user == user).cloned();
    known.unwrap_or(DeviceChoice { user, used: Vec::new(), always: None })
}

/// The account that is changed comes first; those that were not here for the longest time are forgotten.
fn changed(
    mut all: Vec<DeviceChoice>,
    user: UserId,
    change: &dyn Fn(&mut DeviceChoice),
) -> Vec<DeviceChoice> {
    let mut choice = find(&all, user);
    change(&mut choice);
    choice.used.truncate(MOST_USED);
    all.retain(|known| known.user != user);
    all.insert(0, choice);
    all.truncate(MOST_USERS);
    all
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn what_is_damaged_is_nothing() {
        for text in ["", "null", "{}", "[1]", "<html>", r#"[{"user":"x"}]"#, r#"[{"user":1,"used":"#] {
            assert_eq!(read(text), [], "{text}");
        }
        let kept = read(r#"[{"user":7,"used":null,"always":3,"more":{}}]"#);
        assert_eq!((kept[0].user, kept[0].used.len(), kept[0].always), (UserId(7), 0, Some(CoworkerId(3))));
    }

    #[test]
    fn what_one_account_chose_is_not_another_accounts() {
        let all = changed(Vec::new(), UserId(1), &|choice| choice.always = Some(CoworkerId(5)));
        assert_eq!(find(&all, UserId(1)).always, Some(CoworkerId(5)));
        assert_eq!(find(&all, UserId(2)).always, None);
        let all = changed(all, UserId(1), &|choice| choice.always = None);
        assert_eq!(find(&all, UserId(1)).always, None);
    }

    proptest! {
        #[test]
        fn it_stays_small_reads_back_and_the_last_comes_first(
            steps in prop::collection::vec((0i64..20, 0i64..20), 1..60)
        ) {
            let mut all = Vec::new();
            for (user, profile) in steps {
                all = changed(all, UserId(user), &|choice| choice.used.insert(0, CoworkerId(profile)));
                prop_assert_eq!(&read(&json::write(&all)), &all);
                prop_assert_eq!(all[0].user, UserId(user));
                prop_assert_eq!(all[0].used[0], CoworkerId(profile));
                prop_assert!(all.len() <= MOST_USERS);
                prop_assert!(all.iter().all(|choice| choice.used.len() <= MOST_USED));
            }
        }
    }
}
