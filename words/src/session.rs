messages! {
    session:
    unused(minutes: u32) = "You were signed out because nobody used the portal for {minutes} minute.|You were signed out because nobody used the portal for {minutes} minutes.";
    sign_in_again = "Sign in again";
    lapsed = "Your session has ended. Sign in again to go on where you are: this page stays as it is.";
    still_there = "Are you still there?";
    signed_out_soon = "Nobody has used the portal for a while. You are about to be signed out.";
    stay_signed_in = "Stay signed in";
    again_somebody_else = "The server opened somebody else's session. It was thrown away, and you are still signed out. Try again.";
    again_not_proved(problem: &str) = "It could not be proved that the new session is yours, so it was thrown away. {problem}";
    again_not_accepted = "The server does not accept the new session, so it was thrown away. Try again.";

    nameless_profile(id: &str) = "Profile {id}";

    // Notices: what happened to who one is.
    started(name: &str) = "You are now acting as {name}.";
    raised = "You can now change things as they could. The history in this tab says so.";
    lowered = "You are only viewing again. Nothing can be changed.";
    extended(time: &str) = "You have more time: {time}.";
    ends_soon(name: &str, time: &str) = "Acting as {name} ends in {time}.";
    reloaded(name: &str) = "The page was loaded again, which ended your session as {name}. You are in your own account.";
    profile_changed(name: &str) = "Your profile was changed to {name} in another tab or on another device.";
    profile_taken(name: &str) = "You are now using the profile {name}.";
    returned(name: &str) = "You are back in your own account. You no longer act as {name}.";
    changing_person(name: &str) = "You are back in your own account. Choose whom to act as instead of {name}.";
    time_up(name: &str) = "Your time as {name} is up. You are back in your own account.";
    server_ended(name: &str) = "The server ended your session as {name}. You are back in your own account.";
    no_longer_theirs(name: &str) = "The session as {name} was no longer theirs, so it was ended. You are back in your own account.";
    has_ended(name: &str) = "Your session as {name} has ended. You are back in your own account.";
    nothing_changed = "Nothing was changed.";
    things_changed(count: usize) = "You changed one thing.|You changed {count} things.";
    things_changed_at_most(count: usize) = "You changed at most one thing: not every answer was seen.|You changed at most {count} things: not every answer was seen.";
    server_not_told = "The server could not be told, so its session for them ends by itself later.";
    seconds(count: u64) = "{count} second|{count} seconds";
    minutes(count: u64) = "{count} minute|{count} minutes";

    // Why one stayed who one is.
    still_own = "You are still in your own account.";
    not_accepted_to_act(name: &str) = "Your own session was not accepted, so you cannot act as {name}. Sign in again, then retry.";
    not_permitted(name: &str) = "You do not have permission to act as {name}. Only an administrator of a team they belong to can.";
    not_found(name: &str) = "{name} could not be found. They may have left.";
    no_operator = "You are not an operator of this location.";
    operator_not_permitted(name: &str) = "The location does not let an operator act as {name}.";
    no_customer(name: &str) = "There is no {name} at this location. Check the number.";
    pass_not_accepted(name: &str) = "The one-time pass for {name} was not accepted: it has expired or was already used. Start again.";
    unchanged(name: &str) = "The server said yes, but the session is still your own. You are not acting as {name}.";
    not_theirs(name: &str) = "The server opened a session that is not {name}'s. It was thrown away.";
    new_not_accepted(name: &str) = "The server does not accept the new session for {name}, so it was thrown away.";
    not_proved(name: &str, problem: &str) = "It could not be proved that the new session is {name}'s, so it was thrown away. {problem}";
    paused(time: &str) = "The server refused this too often, so it is not asked for now. Try again in {time}.";
    no_longer_permitted = "The server does not allow you more time as this person.";
    no_more_time = "There is no more time to be had: your own session, or the server's limit, ends at the same time.";
    this_person_not_found = "This person could not be found.";
    own_not_accepted = "Your own session was not accepted.";
    no_longer_session(name: &str) = "The server did not give you a longer session as {name}.";
    still_acting(name: &str) = "You still act as {name} for the time that is left.";
    profile_not_permitted(name: &str) = "You do not have permission to use the profile {name}.";
    profile_not_available(name: &str) = "The profile {name} is not available any more.";
    profile_not_opened(name: &str) = "The profile {name} could not be opened. Try again.";
    profile_unchanged(name: &str) = "The server said yes, but you are not on the profile {name}. Try again.";
    somebody_elses = "The server opened somebody else's session. It was thrown away.";
    profile_not_confirmed(name: &str, problem: &str) = "It could not be confirmed that you are on the profile {name}. {problem}";

    // What is typed as a reason.
    say_why = "Say in a few words why you need this.";
    reason_too_long = "Keep the reason to 200 characters.";
}
