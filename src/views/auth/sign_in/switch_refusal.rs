//! Why no other profile can be taken now.

use super::use_sign_in::use_sign_in;
use crate::signal::Signal;
use crate::views::user::team::permissions::use_many_are_changed;
use words::switching;

/// Why no other of one's profiles can be taken now, in words; `None` when one can. Acting ends first, what is still to be
/// saved is saved as the profile that wanted it, and one is taken at a time.
pub fn use_switch_refusal() -> Signal<Option<String>> {
    let (sign_in, many_are_changed) = (use_sign_in(), use_many_are_changed());
    let choosing = sign_in.choosing();
    Signal::derive(move || {
        let changing = || many_are_changed.get().then(|| switching::while_many_are_changed().to_owned());
        let switching = || choosing.get().map(|_| switching::while_switching().to_owned());
        sign_in.no_other_profile().or_else(changing).or_else(switching)
    })
}
