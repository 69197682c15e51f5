//! The words for permissions.

use contract::Permission;

/// The permission's name: column heading, and the first words of its switches' names.
pub(super) fn label(permission: Permission) -> &'static str {
    match permission {
        Permission::TeamAdministrator => "Team administrator",
        Permission::MakeBookings => "Make bookings",
        Permission::BookForTeam => "Book for team",
        Permission::PurchaseProducts => "Purchase products",
        Permission::PurchaseEvents => "Purchase event tickets",
        Permission::AccessCommunity => "Access community",
    }
}
