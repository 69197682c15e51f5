messages! {
    session:
    unused(minutes: u32) = "You were signed out because nobody used the portal for {minutes} minute.|You were signed out because nobody used the portal for {minutes} minutes.";
    sign_in_again = "Sign in again";
    lapsed = "Your session has ended. Sign in again to go on where you are: nothing that you have typed is lost.";
    email = "Email";
    password = "Password";
    enter_password = "Enter your password.";
    sign_in = "Sign in";
    sign_out = "Sign out";
    still_there = "Are you still there?";
    signed_out_in(seconds: u64) = "Nobody has used the portal for a while. You are signed out in {seconds} second.|Nobody has used the portal for a while. You are signed out in {seconds} seconds.";
    stay_signed_in = "Stay signed in";
    again_somebody_else = "The server opened somebody else's session. It was thrown away, and you are still signed out. Try again.";
    again_not_proved(problem: &str) = "It could not be proved that the new session is yours, so it was thrown away. {problem}";
    again_not_accepted = "The server does not accept the new session, so it was thrown away. Try again.";
}
