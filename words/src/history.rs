messages! {
    history:
    title = "Impersonation history";
    caption = "Sessions as other people";
    while_acting = "Not while you act as somebody else";
    while_acting_text = "Return to your account to see your history.";
    nothing = "Nothing yet";
    nothing_text = "When you act as somebody else, it is listed here.";
    kept_here = "This list is kept in this tab until you sign out. It is not an audit log: ask your location what it records.";
    export_csv = "Export as CSV";
    export_json = "Export as JSON";
    file_name(day: &str) = "impersonation-history-{day}";
    no_file = "This browser could not make the file.";

    // The columns: when one acted, as whom, why, how much was allowed, when and how it ended, what was changed.
    when = "When";
    acted_as = "As";
    reason = "Reason";
    access = "Access";
    ended = "Ended";
    changes = "Changes";
    // No changes.
    no_changes = "None";
    count_of_changes(count: usize) = "{count} change|{count} changes";

    // How it ended.
    going_on = "Going on";
    returned = "You returned";
    changed_person = "You changed person";
    time_up = "Time was up";
    rejected = "The server ended it";
    not_theirs = "It was no longer theirs";
    own_ended = "Your own session ended";
    reloaded = "The page was loaded again";

    // What happened meanwhile, then its reason or what came of it.
    raised = "Full access taken";
    lowered = "Back to view only";
    extended = "More time taken";
    details_changed = "Changed details";
    followed_by[more] = ": {more}";
    unseen = "answer not seen";
    done = "done";
    failed(code: &str) = "failed ({code})";

    // More columns of the file: who acted, with which profile; as whom, with which profile.
    csv_started = "Started";
    csv_how_it_ended = "How it ended";
    csv_by = "By";
    csv_by_profile = "By profile";
    csv_as_profile = "As profile";
    what_happened = "What happened";
}
