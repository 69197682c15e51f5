//! The six permissions of a team member.

/// One permission.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Permission {
    /// Full rights over the team.
    TeamAdministrator,
    /// Books for oneself.
    MakeBookings,
    /// Books for the team.
    BookForTeam,
    /// Buys products.
    PurchaseProducts,
    /// Buys event tickets.
    PurchaseEvents,
    /// Sees directory and discussion boards.
    AccessCommunity,
}

impl Permission {
    /// The name of its flag on the wire.
    pub const fn field(self) -> &'static str {
        match self {
            Self::TeamAdministrator => "IsTeamAdministrator",
            Self::MakeBookings => "CanMakeBookings",
            Self::BookForTeam => "CanBookForTeam",
            Self::PurchaseProducts => "CanPurchaseProducts",
            Self::PurchaseEvents => "CanPurchaseEvents",
            Self::AccessCommunity => "CanAccessCommunity",
        }
    }

    /// Where it stands in [`Permission::ALL`].
    pub const fn place(self) -> usize {
        self as usize
    }

    /// All six, in the order of the table.
    pub const ALL: [Self; 6] = [
        Self::TeamAdministrator,
        Self::MakeBookings,
        Self::BookForTeam,
        Self::PurchaseProducts,
        Self::PurchaseEvents,
        Self::AccessCommunity,
    ];
}

/// The six flags as a member object carries them, each at its [place](Permission::place): a missing flag is unknown, not
/// false.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct PermissionSet([Option<bool>; 6]);

impl PermissionSet {
    /// One flag; `None` when unknown.
    pub fn get(&self, permission: Permission) -> Option<bool> {
        self.0.get(permission.place()).copied().flatten()
    }

    /// The same set with one flag set.
    #[must_use]
    pub fn with(mut self, permission: Permission, on: bool) -> Self {
        self.set(permission, Some(on));
        self
    }

    pub(crate) fn set(&mut self, permission: Permission, flag: Option<bool>) {
        if let Some(place) = self.0.get_mut(permission.place()) {
            *place = flag;
        }
    }

    /// True when all six flags are known: only then can the set be written back, because a write replaces all six.
    pub fn is_complete(&self) -> bool {
        self.0.iter().all(Option::is_some)
    }
}

impl FromIterator<(Permission, bool)> for PermissionSet {
    fn from_iter<I: IntoIterator<Item = (Permission, bool)>>(flags: I) -> Self {
        flags.into_iter().fold(Self::default(), |set, (permission, on)| set.with(permission, on))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn each_permission_stands_at_its_place() {
        for (place, permission) in Permission::ALL.into_iter().enumerate() {
            assert_eq!(permission.place(), place);
        }
    }

    proptest! {
        #[test]
        fn setting_a_flag_changes_that_flag_alone(flags in prop::array::uniform6(any::<Option<bool>>()), at in 0usize..6, on: bool) {
            let mut set = PermissionSet::default();
            for (permission, flag) in Permission::ALL.into_iter().zip(flags) {
                if let Some(flag) = flag { set = set.with(permission, flag); }
            }
            let changed = set.with(Permission::ALL[at], on);
            for (i, permission) in Permission::ALL.into_iter().enumerate() {
                let expected = if i == at { Some(on) } else { flags[i] };
                prop_assert_eq!(changed.get(permission), expected);
            }
        }
    }
}
