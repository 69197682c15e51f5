//! What the portal offers somebody who has certain permissions.

use contract::{Permission, PermissionSet};
use words::saving as say;

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
    let always = [Offer { what: say::offers_everybody(), offered: Some(true) }];
    let each = Permission::ALL
        .into_iter()
        .flat_map(|permission| opens(permission).iter().map(move |what| (permission, what())));
    let each = each.map(|(permission, what)| Offer { what, offered: set.get(permission) });
    always.into_iter().chain(each).collect()
}

fn opens(permission: Permission) -> &'static [fn() -> &'static str] {
    match permission {
        Permission::TeamAdministrator => {
            &[say::offers_team_permissions, say::offers_impersonation, say::offers_members]
        }
        Permission::MakeBookings => &[say::offers_bookings],
        Permission::BookForTeam => &[say::offers_team_bookings],
        Permission::PurchaseProducts => &[say::offers_products],
        Permission::PurchaseEvents => &[say::offers_events],
        Permission::AccessCommunity => &[say::offers_community],
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
