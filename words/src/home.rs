messages! {
    home:
    welcome(name: &str) = "Welcome, {name}";

    who = "Who you are here";
    profile = "Profile";
    kind = "Kind";
    // Kinds of customers.
    individual = "Individual";
    company = "Company";
    email = "Email";
    location = "Location";
    change_details = "Change details";
    // The button is the one named `frame::allow_changes`.
    only_viewing(button: &str) = "You are only viewing this account. Choose “{button}” above to change it.";

    your_details = "Your details";
    details_of(name: &str) = "Details of {name}";
    full_name = "Full name";
    name_missing = "Enter a name.";
    save = "Save";
    saved = "The details were saved.";
    not_saved(why: &str) = "The details were not saved. {why}";

    teams = "Teams you administer";
    // No team.
    no_team = "None";
    no_team_text = "You do not administer a team with this profile.";
    members(count: u64) = "{count} member|{count} members";
}
