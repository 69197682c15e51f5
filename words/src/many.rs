messages! {
    many:
    // The bar of those who are selected.
    bar = "Change the selected members";
    selected(count: usize) = "{count} member selected|{count} members selected";
    selected_and_hidden(count: usize, hidden: usize) = "{count} member selected, {hidden} of them not shown|{count} members selected, {hidden} of them not shown";
    permission = "Permission";
    turn_on_for_all = "Turn on for all";
    turn_off_for_all = "Turn off for all";
    copy_from = "Copy permissions from…";
    select_all(count: usize) = "Select all {count} that match|Select all {count} that match";
    clear_selection = "Clear the selection";

    // What is done, and whether to do it.
    turn_on(permission: &str) = "Turn on {permission}";
    turn_off(permission: &str) = "Turn off {permission}";
    copy_of(name: &str) = "Copy the permissions of {name}";
    turn_on_asked(permission: &str) = "Turn on {permission}?";
    turn_off_asked(permission: &str) = "Turn off {permission}?";
    copy_of_asked(name: &str) = "Copy the permissions of {name}?";
    undo_of(what: &str) = "Undo: {what}";

    // What it would do.
    nobody_changed = "Nobody would be changed.";
    one_changed = "1 member is changed.";
    changed_in_seconds(count: usize, seconds: u64) = "{count} members are changed, one after the other, in about {seconds} seconds. You can pause, cancel and undo it.";
    changed_in_minutes(count: usize, minutes: u64) = "{count} members are changed, one after the other, in about {minutes} minutes. You can pause, cancel and undo it.";
    so_already(count: usize) = "{count} member needs no change.|{count} members need no change.";
    cannot_be_changed(count: usize) = "{count} member cannot be changed:|{count} members cannot be changed:";
    and_more(count: usize) = "and {count} more|and {count} more";
    another_goes_on = "Another change to many members is going on. Wait for it, or cancel it.";
    nothing_to_change = "There is nothing to change.";
    cancel = "Cancel";
    change_nobody = "Change";
    change(count: usize) = "Change {count} member|Change {count} members";

    // From whom permissions are copied.
    copy_from_whom = "Copy permissions from whom?";
    copy_note(administrator: &str) = "The selected members get the same five permissions. “{administrator}” and the access card are not copied.";
    find_to_copy = "Find the member to copy from";
    nobody_found = "No member found";
    found(count: usize) = "{count} member found|{count} members found";
    found_many(count: usize, shown: usize) = "{count} members, the first {shown} shown. Keep typing to find one.";
    not_all_known = "Not all permissions of this member are known.";

    // How it goes on.
    panel = "Change to many members";
    progress = "Progress";
    saved_of(done: usize, all: usize) = "{done} of {all} saved|{done} of {all} saved";
    saved_of_with_failures(done: usize, all: usize, failed: usize) = "{done} of {all} saved, {failed} not saved|{done} of {all} saved, {failed} not saved";
    cancelled(progress: &str) = "Cancelled: {progress}";
    done(progress: &str) = "Done: {progress}";
    paused(progress: &str) = "Paused: {progress}";
    rests(progress: &str, time: &str) = "{progress}. The server takes no more for now: it goes on in {time}.";
    out_of_reach(progress: &str, time: &str) = "{progress}. The server cannot be reached: it is tried again in {time}.";
    pause = "Pause";
    resume = "Go on";
    cancel_rest = "Cancel the rest";
    retry = "Try the failed again";
    undo_all = "Undo all of it";
    close = "Close";

    // What came of each member.
    results = "Results";
    not_changed = "not changed";
    waiting = "waiting";
    being_saved = "being saved";
    so_before = "needed no change";
    saved = "saved";
    not_saved = "not saved";

    // How it ended while nobody looked.
    ended_well(done: usize, all: usize) = "The change to many members is done: {done} of {all} saved.|The change to many members is done: {done} of {all} saved.";
    ended_by_account(done: usize, all: usize) = "The account changed, so the change to many members has ended: {done} of {all} saved.|The account changed, so the change to many members has ended: {done} of {all} saved.";
    ended_by_rights(done: usize, all: usize) = "You may not change this team any more, so the change to many members has ended: {done} of {all} saved.|You may not change this team any more, so the change to many members has ended: {done} of {all} saved.";
}
