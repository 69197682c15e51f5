messages! {
    permissions:
    // The page.
    title = "Team permissions";
    team = "Team";
    no_team = "No team to manage";
    no_team_why = "You do not administer a team with this profile. An administrator of your team or the location can change that.";
    to_first_page = "Go to the home page";
    note = "Team administrator counts in this team. The other permissions and the access card belong to the person: they count in every team they are in.";
    add_members = "Add members";
    no_adding_while_acting(name: &str) = "Nobody can be added while you act as {name}.";
    export = "Export as CSV";
    not_all_printed(export: &str) = "Not all members are on paper: there are too many. “{export}” on the page has all of them.";
    no_file = "Your browser could not make the file.";

    // The six permissions, and the switch of one member's.
    team_administrator = "Team administrator";
    make_bookings = "Make bookings";
    book_for_team = "Book for team";
    purchase_products = "Purchase products";
    purchase_event_tickets = "Purchase event tickets";
    access_community = "Access community";
    permission_for(permission: &str, name: &str) = "{permission} for {name}";

    // The table and its headings.
    table = "Team members and their permissions";
    scrollable = "Members and permissions, scrollable";
    column_pick = "Select all that are shown";
    column_member = "Member";
    column_company = "Company";
    column_role = "Role";
    access_card = "Access card";
    column_actions = "Actions";
    sort_by_this = "Sort by this";
    on_of_all(on: usize, all: usize) = "{on} of {all}";
    have_it[count] = "With this permission: {count}";

    // A row. What is read aloud of a button has to contain what is seen of it.
    administrator = "Administrator";
    member = "Member";
    not_active = "Not active";
    unknown_role = "Unknown";
    nameless_member(id: &str) = "Member {id}";
    also_in(teams: &str) = "Also in {teams}";
    select(name: &str) = "Select {name}";
    manage = "Manage";
    manage_permissions(name: &str) = "Manage permissions: {name}";
    impersonate = "Impersonate";
    impersonate_account(name: &str) = "Impersonate account: {name}";

    // Why something cannot be done.
    incomplete = "The server does not say all of this member's permissions, and they can only be saved together.";
    no_change_while_acting(name: &str) = "Permissions cannot be changed while you act as {name}.";
    own_rights = "You cannot change your own administrator rights.";
    last_administrator = "This is the team's last administrator. Make somebody else one first.";
    no_acting_while_many_change = "Many members are being changed. Wait until that is done, or cancel it, before you act as somebody.";

    // Search, filters and order.
    find = "Find a member";
    find_hint = "By name, company or number. Ctrl F comes here, too.";
    members(count: usize) = "{count} member|{count} members";
    members_found(all: usize, found: usize) = "{found} of {all} member|{found} of {all} members";
    filter_and_sort = "Filter and sort";
    filter_and_sort_with(count: usize) = "Filter and sort ({count} filter)|Filter and sort ({count} filters)";
    narrowed_by(by: &str, to: &str) = "{by}: {to}";
    any_role = "Any role";
    administrators = "Administrators";
    only_members = "Members";
    only_inactive = "Not active";
    on_or_off = "Any";
    on = "On";
    off = "Off";
    sort_by = "Sort by";
    other_way_round(column: &str) = "{column}, other way round";
    clear_filters = "Clear the filters";

    // Nobody to show.
    empty_team = "Nobody is in this team yet";
    empty_team_hint = "Members appear here as soon as they are added.";
    nobody_by_name = "Nobody by that name";
    nobody_by_name_hint = "Try a shorter part of the name, or clear the search.";
    clear_search = "Clear the search";
    nobody_like_that = "No member matches";
    nobody_like_that_hint = "No member has all that you have asked for. Ask for less, or for everybody.";
    show_everybody = "Show everybody";

    // The file. Its other headings are those of the table.
    file_id = "Id";
    file_also_in = "Also in";
    file_yes = "yes";
    file_no = "no";
}
