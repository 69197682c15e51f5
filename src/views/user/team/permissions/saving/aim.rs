use contract::Permission;

/// What a change to many members does, as the person sees it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Aim {
    /// Turns a permission on or off.
    Turn(Permission, bool),
    /// Gives them what the member of this name has.
    CopyOf(String),
}
