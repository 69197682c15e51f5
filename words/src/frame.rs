messages! {
    frame:
    skip_link = "Skip to the page";
    title_at(title: &str, place: &str) = "{title} - {place}";
    language = "Language";
    language_failed(language: &str) = "{language} could not be loaded. Check your connection and choose it again.";
    portal = "Member portal";
    main_navigation = "Main";
    home = "Home";
    title_while_acting(name: &str, title: &str) = "Acting as {name} – {title}";
    try_again = "Try again";
    // What the page says by itself, before the portal is there or after it broke.
    portal_not_loaded = "The portal could not be loaded. Check your connection.";
    too_old = "This browser is too old for the portal. Update it, or use another one.";
    cancel = "Cancel";
    sign_out = "Sign out";
    // What is asked of whoever signs out meanwhile.
    still_saving = "Changes are still being saved";
    signing_out_gives_up = "If you sign out now, what the server does not have yet is given up.";
    sign_out_of(name: &str) = "Sign out of {name}'s account";

    impersonation = "Impersonation";
    // The banner of somebody who acts as another person.
    acting_as[name] = "Acting as {name}";
    access_label = "Access:";
    reason_label = "Reason:";
    time_left(time: &str) = "{time} left";
    view_only_again = "Back to view only";
    allow_changes = "Allow changes";
    stay_longer = "Stay longer";
    change_person = "Change person";
    return_to_my_account = "Return to my account";
    returning = "Returning to your account";
    allow_changes_as(name: &str) = "Allow changes as {name}?";
    allow_changes_text = "You can then also change things as they could. The history in this tab says so, and you can go back to viewing at any time.";
    stay_longer_as(name: &str) = "Stay longer as {name}?";
    stay_longer_text = "The server is asked anew whether you may act as them. Until it has said yes, the time that is left runs on.";
    reason = "Reason";

    // The dialog that is asked before one acts as somebody.
    sign_in_as(name: &str) = "Sign in as {name}?";
    sign_in_as_text(minutes: u32) = "For at most {minutes} minute you see the portal as they do. You can return at any time, and your own session stays as it is.|For at most {minutes} minutes you see the portal as they do. You can return at any time, and your own session stays as it is.";
    reason_hint = "For example: correct a booking they asked about";
    access = "Access";
    view_only_text = "You see everything, and nothing can be changed.";
    full_access_text = "You can also change things as they could.";
    start = "Start";

    acting_elsewhere[names] = "You are acting as {names} in another tab.";
    oneself_here[name] = "In this tab you are {name}.";

    // What is listed after one has acted as somebody.
    changed_as[name] = "What you changed as {name}";
    tried_as[name] = "What you tried to change as {name}";

    // While it is not known whose session it is.
    unproved = "Your session could not be checked";
    unproved_text = "You are still signed in. Your pages appear as soon as the server has confirmed who you are.";

    cannot_start = "The portal cannot start";
    settings_unread = "It could not read its settings from this server.";
    part_unread = "A part of it could not be loaded.";

    not_found = "Page not found";
    not_found_text = "There is nothing at this address. It may have been mistyped, or the page has moved.";
    to_first_page = "Go to the home page";

    // A page that broke.
    broken = "Something went wrong";
    broken_text = "This page cannot go on. Nothing that was saved is lost. If you were acting as somebody else, that has ended: you are in your own account.";
    load_again = "Load the portal again";
}
