use crate::Messages;

mod errors;
mod frame;
mod history;
mod home;
mod many;
mod members;
mod permissions;
mod profiles;
mod saving;
mod session;
mod sign_in;
mod switching;
mod ui;

pub(super) const MESSAGES: Messages = Messages {
    ui: ui::WORDS,
    frame: frame::WORDS,
    errors: errors::WORDS,
    session: session::WORDS,
    sign_in: sign_in::WORDS,
    profiles: profiles::WORDS,
    switching: switching::WORDS,
    home: home::WORDS,
    history: history::WORDS,
    permissions: permissions::WORDS,
    saving: saving::WORDS,
    many: many::WORDS,
    members: members::WORDS,
};
