messages! {
    members:
    // Who shall come into the team.
    add_title = "Add members";
    people = "People";
    people_hint(most: usize) = "Name and e-mail address, one person per line, at most {most}. You can paste two columns of a spreadsheet.";
    nobody_written = "Write at least one person.";
    lines_wrong(count: usize) = "One line is not right yet; see below.|{count} lines are not right yet; see below.";
    can_be_added(count: usize) = "One person can be added.|{count} people can be added.";
    plan = "Plan";
    choose_plan = "Choose a plan";
    no_plan_chosen = "Choose a plan.";
    nameless_plan(id: &str) = "Plan {id}";
    own_plan(plan: &str) = "{plan} (the team's own)";
    plan_number = "Plan number";
    plan_number_hint = "The location publishes no plans. It can tell you the number.";
    starts_on = "Starts on";
    starts_on_hint = "A day in the future. They get a mail that says how to sign in.";
    no_day_chosen = "Choose the day they start.";
    day_not_in_future = "The day has to be in the future.";
    add_nobody = "Add members";
    add(count: usize) = "Add {count} member|Add {count} members";
    cancel = "Cancel";

    // What is wrong with a line.
    line(number: usize) = "Line {number}:";
    address_missing = "The e-mail address is missing.";
    name_missing = "The name is missing.";
    several_addresses = "There is more than one e-mail address. Write one person per line.";
    too_much(text: &str) = "There is more than a name and an e-mail address: “{text}”.";
    no_address(text: &str) = "“{text}” is not an e-mail address.";
    address_known(number: usize) = "This address is in line {number}, too.";
    too_many_people(most: usize) = "At most {most} people can be added at a time.";

    // What came of it.
    added(count: usize) = "One person was added to the team.|{count} people were added to the team.";
    nobody_added(why: &str) = "Nobody was added. {why}";
    perhaps_added = "They may have been added all the same: look at the list before you try again.";
    nobody_added_no_rights = "You do not administer this team any more, so nobody was added.";
    nobody_added_no_team = "This team could not be found any more, so nobody was added.";

    // Who shall leave the team.
    remove_asked(name: &str) = "Remove {name} from the team?";
    remove_what = "They lose what the team gives them: its bookings, its plan and its permissions. Their own account stays.";
    remove = "Remove";
    remove_from_team = "Remove from the team";
    removed(name: &str) = "{name} was removed from the team.";
    not_removed(name: &str, why: &str) = "{name} was not removed. {why}";
    no_removing_while_acting(name: &str) = "Nobody can be removed while you act as {name}.";
    not_oneself = "You cannot remove yourself from the team.";
    save_first = "Save what you have changed first, or take it back.";
    not_oneself_by_server = "You cannot remove yourself. Another administrator of the team can.";
    has_contract(name: &str) = "{name} has an active contract. It has to end, or be cancelled by the location, before they can be removed.";
    not_in_team(name: &str) = "{name} is not in this team any more.";
    no_rights_to_remove = "You do not administer this team any more, so you cannot remove anybody.";
}
