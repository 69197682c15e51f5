messages! {
    errors:
    stale_session = "Your session had ended, so this was not done. Try again.";
    forbidden = "You do not have permission to do this.";
    not_found = "This could not be found. It may have been removed.";
    throttled = "Too many requests. Wait a moment, then try again.";
    throttled_for(seconds: u32) = "Too many requests. Wait {seconds} second, then try again.|Too many requests. Wait {seconds} seconds, then try again.";
    rejected = "The server did not accept this.";
    offline = "The server cannot be reached. Check your connection and try again.";
    timeout = "The server did not answer in time. Try again.";
    server = "The server has a problem. Try again in a moment.";
    malformed = "The server's answer could not be understood. Try again.";
    wrong_identity = "The account changed meanwhile, so this was not done.";
    view_only = "You are only viewing this account, so nothing was changed.";
    not_while_acting = "This cannot be done while you act as somebody else. Return to your account first.";
    perhaps_done = "It may have been done all the same: look before you try again.";

    access_view_only = "View only";
    access_full = "Full access";
}
