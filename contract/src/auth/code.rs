//! The codes of a refused `/api/token`, and what it says.

/// Wrong credentials, not registered here, or suspended.
pub const INVALID_GRANT: &str = "invalid_grant";
/// A second factor is on and no code came along.
pub const TWO_FACTOR: &str = "two_factor_auth_check";
/// The password must be reset first. What stands where others have words is a reset token.
pub const MUST_RESET: &str = "must_reset_password";
/// A bad grant type, or a body that is not a form.
pub const UNSUPPORTED_GRANT: &str = "unsupported_grant_type";

/// What it says where only the password, or the code of the second factor, is wrong: seen at locations, documented for older
/// ones, and the sandbox's. A client may say it in its own words.
pub const INCORRECT: [&str; 4] = [
    "The email or password is incorrect.",
    "Invalid email/password",
    "The user name or password is incorrect.",
    "The verification code is incorrect.",
];
