/// A page that leads in for whoever does not sign in with e-mail and password.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum WayIn {
    /// Asks for the link to a new password.
    ForgotPassword,
    /// Chooses the new password: where that link leads.
    ResetPassword,
    /// Asks for a link and a code by e-mail, and takes the code.
    SignInByEmail,
    /// Where the link to sign in with leads.
    SignInLink,
}

impl WayIn {
    /// Every one.
    pub const ALL: [Self; 4] =
        [Self::ForgotPassword, Self::ResetPassword, Self::SignInByEmail, Self::SignInLink];

    /// Its path. `src/boot.js` knows them too.
    pub fn path(self) -> &'static str {
        match self {
            Self::ForgotPassword => "/forgot-password",
            Self::ResetPassword => "/reset-password",
            Self::SignInByEmail => "/sign-in/email",
            Self::SignInLink => "/sign-in/link",
        }
    }

    pub(super) fn at(path: &str) -> Option<Self> {
        let path = path.strip_suffix('/').unwrap_or(path);
        Self::ALL.into_iter().find(|way| way.path() == path)
    }
}
