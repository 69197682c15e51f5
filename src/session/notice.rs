//! What a person is told about who they are now.

/// Something that happened to the session, worth saying once.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Notice {
    /// Acting as the person of this name began.
    Started(String),
    /// Acting ended because the person returned.
    Returned {
        /// As whom they acted.
        name: String,
        /// Whether the server was told that the session is over.
        told: bool,
    },
    /// Acting ended because its time was up.
    TimeUp(String),
    /// Acting ended because the server no longer accepted it.
    Rejected(String),
    /// Acting ended because the page was loaded again.
    Reloaded(String),
    /// Another of one's own profiles was taken.
    ProfileTaken(String),
    /// Another of one's own profiles was taken, but not in this tab.
    ProfileChanged(String),
}

impl Notice {
    /// What to tell the person.
    pub fn sentence(&self) -> String {
        match self {
            Self::Started(name) => format!("You are now acting as {name}."),
            Self::Returned { name, told: true } => {
                format!("You are back in your own account. You no longer act as {name}.")
            }
            Self::Returned { name, told: false } => format!(
                "You are back in your own account. The server could not be told, so its session for {name} ends by itself later."
            ),
            Self::TimeUp(name) => {
                format!("Your time as {name} is up. You are back in your own account.")
            }
            Self::Rejected(name) => {
                format!("The server ended your session as {name}. You are back in your own account.")
            }
            Self::Reloaded(name) => {
                format!(
                    "The page was loaded again, which ended your session as {name}. You are in your own account."
                )
            }
            Self::ProfileChanged(name) => {
                format!("Your profile was changed to {name} in another tab or on another device.")
            }
            Self::ProfileTaken(name) => format!("You are now using the profile {name}."),
        }
    }
}
