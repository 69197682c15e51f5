//! What the portal offers somebody who has certain permissions.

use contract::{Permission, PermissionSet};

/// Something that a permission opens.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Offer {
    /// What it is.
    pub what: &'static str,
    /// Whether the person is offered it; `None` when the permission is unknown.
    pub offered: Option<bool>,
}

/// Everything that hangs on a permission, offered or not, in the order of the table. What needs none comes first.
pub fn offers(set: &PermissionSet) -> Vec<Offer> {
    let always = ["Their own first page, profile and profiles to switch between"];
    let always = always.into_iter().map(|what| Offer { what, offered: Some(true) });
    let each = Permission::ALL
        .into_iter()
        .flat_map(|permission| opens(permission).iter().map(move |what| (permission, *what)));
    always.chain(each.map(|(permission, what)| Offer { what, offered: set.get(permission) })).collect()
}

fn opens(permission: Permission) -> &'static [&'static str] {
    match permission {
        Permission::TeamAdministrator => &[
            "Team permissions: see and change what everybody in the team may do",
            "Impersonate account: act as any member of the team",
            "Add people to the team and remove them",
        ],
        Permission::MakeBookings => &["Book rooms, desks and equipment for themselves"],
        Permission::BookForTeam => &["Book in the name of the team"],
        Permission::PurchaseProducts => &["Buy products in the store"],
        Permission::PurchaseEvents => &["Buy tickets for events"],
        Permission::AccessCommunity => &["The directory of members and the discussion boards"],
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_permission_opens_something_of_its_own_and_nothing_else() {
        let none =
            Permission::ALL.into_iter().fold(PermissionSet::default(), |set, one| set.with(one, false));
        let offered =
            |set: &PermissionSet| offers(set).into_iter().filter(|offer| offer.offered == Some(true)).count();
        for permission in Permission::ALL {
            let more = offered(&none.with(permission, true)) - offered(&none);
            assert_eq!(more, opens(permission).len(), "{permission:?}");
            assert!(more > 0);
        }
    }

    #[test]
    fn what_is_unknown_is_neither_offered_nor_refused() {
        let unknown = offers(&PermissionSet::default());
        assert!(unknown.iter().skip(1).all(|offer| offer.offered.is_none()));
    }
}
