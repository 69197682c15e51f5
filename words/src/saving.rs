messages! {
    saving:
    // Why something was not saved.
    not_saved(why: &str) = "Not saved. {why}";
    not_saved_of(fields: &str, name: &str, why: &str) = "{fields} for {name}: {why}";
    not_found = "This member or team could not be found. They may have been removed.";
    changed_by_another = "Not saved. Somebody else has changed this meanwhile. Choose above the members.";
    not_in_team(name: &str) = "{name} is not in this team any more, so nothing was saved.";
    account_changed = "A change may not have been saved: the account changed while it was sent.";

    // What somebody else has changed of other fields. The changes are put between commas.
    changed_meanwhile(name: &str, changes: &str) = "Somebody else has changed {name} meanwhile: {changes}.";
    is_on(permission: &str) = "{permission} is on";
    is_off(permission: &str) = "{permission} is off";
    is_unknown(field: &str) = "{field} is unknown";
    card_is(card: &str) = "Access card is “{card}”";
    card_is_none = "there is no access card";

    // What has to be chosen, above the table.
    choose = "Changed by somebody else meanwhile";
    on_but_wanted_off(permission: &str) = "{permission} is on on the server. You want it off.";
    off_but_wanted_on(permission: &str) = "{permission} is off on the server. You want it on.";
    card_but_wanted(now: &str, wanted: &str) = "The access card is “{now}” on the server. You want “{wanted}”.";
    card_but_wanted_none(now: &str) = "The access card is “{now}” on the server. You want no card.";
    no_card_but_wanted(wanted: &str) = "There is no access card on the server. You want “{wanted}”.";
    keep_on = "Keep on";
    keep_off = "Keep off";
    keep_card(card: &str) = "Keep “{card}”";
    keep_no_card = "Keep no card";
    change_to_on = "Change to on";
    change_to_off = "Change to off";
    change_to_card(card: &str) = "Change to “{card}”";
    change_to_no_card = "Change to no card";
    choice_for(choice: &str, field: &str, name: &str) = "{choice}: {field} for {name}";

    // The same in the dialog of the member.
    now_on(permission: &str) = "Somebody else has changed {permission} meanwhile: it is on now. You want it off.";
    now_off(permission: &str) = "Somebody else has changed {permission} meanwhile: it is off now. You want it on.";
    card_now(now: &str, wanted: &str) = "Somebody else has changed Access card meanwhile: it is “{now}” now. You want it “{wanted}”.";
    card_now_wanted_none(now: &str) = "Somebody else has changed Access card meanwhile: it is “{now}” now. You want none.";
    no_card_now(wanted: &str) = "Somebody else has changed Access card meanwhile: there is none now. You want “{wanted}”.";
    use_on = "Use mine: on";
    use_off = "Use mine: off";
    use_card(card: &str) = "Use mine: “{card}”";
    use_no_card = "Use mine: no card";

    // All that can be changed of one member.
    also_in[teams] = "Also in {teams}.";
    counts_there(administrator: &str) = "All but “{administrator}” counts there, too.";
    card_hint(most: usize) = "At most {most} characters; empty for none.";
    card_too_long(most: usize, length: usize) = "At most {most} characters; this has {length}.";
    card_refused = "The access card is too long.";
    unchanged = "Nothing has been changed yet.";
    save = "Save permissions";
    saved(name: &str) = "The permissions of {name} were saved.";
    cancel = "Cancel";
    leaving = "What you have changed is not saved.";
    go_on_editing = "Go on editing";
    discard = "Discard the changes";

    // Taking the administrator rights.
    take_rights_from(name: &str) = "Remove the administrator rights from {name}?";
    takes_rights_of(name: &str) = "{name} will no longer see and change the permissions of this team, or act as its members.";
    takes_their_rights = "They will no longer see and change the permissions of this team, or act as its members.";
    rights_can_come_back = "Another administrator can give the rights back.";
    take_rights = "Remove the rights";
    take_rights_and_save = "Remove the rights and save";

    // What the portal would offer the member.
    see_as(name: &str) = "See as {name} would with these switches";
    offered[what] = "Offered: {what}";
    not_offered[what] = "Not offered: {what}";
    not_known[what] = "Not known: {what}";
    offers_everybody = "Their own home page, profile and profiles to switch between";
    offers_team_permissions = "Team permissions: see and change what everybody in the team may do";
    offers_impersonation = "Impersonate account: act as any member of the team";
    offers_members = "Add people to the team and remove them";
    offers_bookings = "Book rooms, desks and equipment for themselves";
    offers_team_bookings = "Book in the name of the team";
    offers_products = "Buy products in the store";
    offers_events = "Buy tickets for events";
    offers_community = "The directory of members and the discussion boards";
}
