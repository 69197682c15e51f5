messages! {
    profiles:
    title = "Choose a profile";
    your_profiles = "Your profiles";
    find_a_profile = "Find a profile";
    arrow_keys = "The arrow keys lead through the list.";
    profiles_shown(count: usize) = "{count} profile|{count} profiles";
    profiles_found(found: usize, all: usize) = "{found} of {all} profiles";
    no_profile_found = "No profile found";
    no_profile_by_that_name = "No profile by that name";
    skip_to_members = "Skip to the team members";
    // Marks on a profile.
    current = "Current";
    last_used = "Last used";
    not_active = "Not active";
    not_active_why = "This profile is not active, so it cannot be used.";
    // A profile without a name.
    profile(id: &str) = "Profile {id}";
    while_acting(name: &str) = "You are acting as {name}. Return to your account to change your profile.";

    always_use = "Always use this profile on this device";
    always_use_next = "The one that you choose now. The next time you sign in here, you are not asked.";
    always_use_now(name: &str) = "Now it is {name}.";
    always_used(name: &str) = "This device always uses the profile {name}. To change that, choose “Switch profile” in the menu, then “Choose a profile or a team member”.";
    always_but_failed(name: &str) = "This device always uses the profile {name}.";
    always_but_inactive(name: &str) = "This device always uses the profile {name}, which is not active now. Choose another one.";
    always_but_gone = "The profile that this device always used is not yours any more. Choose another one.";

    sign_in_as_a_member = "Sign in as a team member";
    sign_in_as_a_member_why = "You administer a team, so you can use its members' accounts on their behalf.";
    find_a_member = "Find a team member";
    team = "Team";
    all_teams = "All teams";
    looking = "Looking through the team members…";
    type_to_look(count: usize) = "Type part of a name to look through the {count} team.|Type part of a name to look through all {count} teams.";
    no_member_found = "No member found";
    members_found(count: usize) = "{count} member found|{count} members found";
    first_members_shown(count: usize, shown: usize) = "{count} member, the first {shown} shown. Keep typing to find one.|{count} members, the first {shown} shown. Keep typing to find one.";
    teams_loaded(loaded: usize, all: usize) = "Loaded {loaded} of {all} teams";
    members_not_loaded[team] = "The members of {team} could not be loaded.";
    try_again = "Try again";
    // Its name for those who do not see beside which team it stands.
    try_again_with(team: &str) = "Try again: {team}";
    nobody_by_that_name = "Nobody by that name";
    search_shorter = "Try a shorter part of the name, or clear the search.";
    clear_the_search = "Clear the search";
    // Why somebody cannot be acted as.
    acting_already(name: &str) = "You are already acting as {name}. Return to your account first.";
    this_is_you = "This is you.";
    member_not_active = "This member is not active, so nobody can act as them.";
    sign_in_as[name] = "Sign in as {name}";
    // A member without a name.
    member(id: &str) = "Member {id}";
}
