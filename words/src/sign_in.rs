messages! {
    sign_in:
    title = "Sign in";
    email = "Email";
    enter_email = "Enter your email.";
    password = "Password";
    enter_password = "Enter your password.";
    keep_me_signed_in = "Keep me signed in";
    only_on_your_own_device = "Only on a device that is yours alone.";
    submit = "Sign in";
    back_to_sign_in = "Back to sign in";

    signed_out = "You have signed out.";
    signed_out_in_another_tab = "You have signed out in another tab.";
    somebody_else_is_kept = "Somebody else has signed in in this browser meanwhile. Sign in to go on in this tab.";
    session_ended = "Your session has ended. Sign in again to go on.";
    session_ended_while_acting(name: &str) = "Your own session has ended, and so has the one as {name}. Sign in again to go on.";
    no_profile = "Your account has no profile at this location. Ask the location to add one.";
    not_accepted(code: &str) = "You signed in, but the server does not accept the session ({code}). Try again.";

    incorrect = "The email or password is incorrect.";
    incorrect_or_trouble = "The email or password is incorrect, or the server has a problem.";
    too_many_tries = "Too many tries. Wait a moment, then try again.";
    too_many_tries_wait(seconds: u32) = "Too many tries. Wait {seconds} second, then try again.|Too many tries. Wait {seconds} seconds, then try again.";
    try_again_in_seconds(seconds: u64) = "Try again in {seconds} s";
    try_again_in_minutes(minutes: u64) = "Try again in {minutes} min";
    asked_to_wait = "The server asks to wait before the next try.";
    you_can_try_again = "You can try again now.";
    back_online = "You are connected again. Nothing you typed is lost: try again.";
    must_reset_first = "Your password must be reset first. Have a link sent to choose a new one: press “Forgot your password?”.";

    verification_code = "Verification code";
    verification_hint(email: &str) = "The six digits that your authenticator app shows for {email}.";
    enter_six_digits = "Enter the six digits of the code.";
    wrong_verification_code = "The verification code is incorrect.";
    verify = "Verify";
    back = "Back";

    forgot_password = "Forgot your password?";
    forgot_explanation = "Enter the email that you sign in with. You get a link to choose a new password.";
    send_the_link = "Send the link";
    reset_link_sent(email: &str) = "If {email} has an account here, the link is on its way. If nothing comes, look in your spam folder.";

    new_password_title = "Choose a new password";
    new_password = "New password";
    enter_new_password = "Enter a new password.";
    location_wants_new_password = "Before you go on, this location asks you to choose a new password.";
    save_and_sign_in = "Save and sign in";
    password_changed = "Your password was changed. Sign in with the new one.";
    link_missing = "This page was opened without a link, or was loaded again since. Open the link from your email once more, or have a new one sent.";
    asked_when_signing_in = "If you were asked for a new password when you signed in, sign in again.";
    reset_link_malformed = "This link is not complete. Open it again from your email, or have a new one sent.";
    reset_link_expired = "By this device’s clock this link has expired. Have a new one sent, or try it.";
    reset_link_refused = "This link has expired or was used before. Have a new one sent.";
    reset_uncertain = "It is not certain whether your new password was saved. Try to sign in with it, or have a new link sent.";
    send_a_new_link = "Send a new link";

    email_me_a_link = "Email me a sign-in link";
    by_email_title = "Sign in by email";
    by_email_explanation = "Enter your email. You get a link and a code, and need no password.";
    check_your_email = "Check your email";
    sign_in_mail_sent(email: &str) = "If {email} has an account here, a link and a code are on their way. Open the link, or enter the code here.";
    one_time_code = "One-time code";
    enter_one_time_code = "Enter the code from the email.";
    wrong_one_time_code = "This code is not right, or it has expired or was used before.";
    send_again = "Send again";
    sent_again = "Another email is on its way. Only its link and code work now.";

    link_explanation = "Press the button to sign in with the link from your email.";
    sign_in_link_refused = "This link has expired or was used before. Have a new one sent.";

    already_signed_in(name: &str) = "You are signed in as {name}. Going on signs you out, in every tab.";
    stay_signed_in(name: &str) = "Stay signed in as {name}";
}
