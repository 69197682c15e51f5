messages! {
    switching:
    switch_profile = "Switch profile";
    whole_choice = "Choose a profile or a team member";
    while_many_are_changed = "Many members are being changed. Wait until that is done, or cancel it, before you switch profiles.";
    while_switching = "Your profile is being changed. Wait until that is done.";
    cannot_open(name: &str) = "{name} does not administer this team. You are on the home page.";
    has_no_team(name: &str) = "{name} does not administer a team. You are on the home page.";
    other_profiles = "Your other profiles";
    does_not_administer(name: &str) = "{name} does not administer this team.";
    does_not_administer_either(name: &str) = "{name} does not administer this team either.";
    none_administers = "None of your profiles administers this team.";
    administers[name] = "{name} administers this team. Switch to this profile?";
    perhaps = "One of your other profiles may be able to open it.";
    switch_to[name] = "Switch to {name}";
    not_your_team = "Not one of your teams";
    not_your_team_why = "This team does not exist any more, or you do not administer it with this profile.";
    show_your_team = "Show a team of yours";
    find_a_customer = "Find a customer";
    about_customers = "As an operator you can use a customer's account on their behalf. You are asked for a reason first, and you can return at any time.";
    customer_number = "Customer number";
    customer_number_hint = "The number of the customer's record, digits only.";
    sign_in_as_this_customer = "Sign in as this customer…";
    customer(number: &str) = "customer {number}";
    enter_a_number = "Enter the customer number.";
    digits_only = "A customer number has only digits, such as 1042.";
    too_long = "This number is too long for a customer.";
    recent_customers = "Used in this tab before";
}
