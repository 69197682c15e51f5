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

/// What opens something, if anything has to, and what that is.
type Opens = (Option<Permission>, fn() -> &'static str);

/// What each permission opens, in the order of the table; what needs none comes first.
const OFFERS: [Opens; 9] = [
    (None, say::offers_everybody),
    (Some(Permission::TeamAdministrator), say::offers_team_permissions),
    (Some(Permission::TeamAdministrator), say::offers_impersonation),
    (Some(Permission::TeamAdministrator), say::offers_members),
    (Some(Permission::MakeBookings), say::offers_bookings),
    (Some(Permission::BookForTeam), say::offers_team_bookings),
    (Some(Permission::PurchaseProducts), say::offers_products),
    (Some(Permission::PurchaseEvents), say::offers_events),
    (Some(Permission::AccessCommunity), say::offers_community),
];

/// Everything that hangs on a permission, offered or not.
pub fn offers(set: &PermissionSet) -> Vec<Offer> {
    let offered = |permission: Option<Permission>| permission.map_or(Some(true), |one| set.get(one));
    OFFERS.iter().map(|(permission, what)| Offer { what: what(), offered: offered(*permission) }).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_permission_opens_something_of_its_own_and_nothing_else() {
        let none = Permission::ALL.into_iter().map(|one| (one, false)).collect::<PermissionSet>();
        let offered =
            |set: &PermissionSet| offers(set).into_iter().filter(|offer| offer.offered == Some(true)).count();
        for permission in Permission::ALL {
            let more = offered(&none.with(permission, true)) - offered(&none);
            let own = OFFERS.iter().filter(|(needs, _)| *needs == Some(permission)).count();
            assert!(more == own && own > 0, "{permission:?}");
        }
    }

    #[test]
    fn what_is_unknown_is_neither_offered_nor_refused() {
        let unknown = offers(&PermissionSet::default());
        assert!(unknown.iter().skip(1).all(|offer| offer.offered.is_none()));
    }
}
