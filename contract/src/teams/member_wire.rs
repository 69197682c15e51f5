//! A member as the API writes one: flat.

use super::Member;
use crate::lenient;
use crate::{CoworkerId, PermissionSet};
use serde::{Deserialize, Serialize};

/// A [`Member`] with its flags among the other fields. Flattening [`PermissionSet`] instead would make serde keep every
/// member as a list of texts first, which is slow in a team of thousands.
#[derive(Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct MemberWire {
    id: CoworkerId,
    #[serde(default, deserialize_with = "lenient::text")]
    full_name: String,
    #[serde(default, deserialize_with = "lenient::text")]
    company_name: String,
    #[serde(default, deserialize_with = "lenient::text")]
    email: String,
    active: Option<bool>,
    is_team_administrator: Option<bool>,
    can_make_bookings: Option<bool>,
    can_book_for_team: Option<bool>,
    can_purchase_products: Option<bool>,
    can_purchase_events: Option<bool>,
    can_access_community: Option<bool>,
    access_card_id: Option<String>,
}

impl From<MemberWire> for Member {
    fn from(wire: MemberWire) -> Self {
        Self {
            id: wire.id,
            full_name: wire.full_name,
            company_name: wire.company_name,
            email: wire.email,
            active: wire.active,
            permissions: PermissionSet {
                is_team_administrator: wire.is_team_administrator,
                can_make_bookings: wire.can_make_bookings,
                can_book_for_team: wire.can_book_for_team,
                can_purchase_products: wire.can_purchase_products,
                can_purchase_events: wire.can_purchase_events,
                can_access_community: wire.can_access_community,
            },
            access_card_id: wire.access_card_id,
        }
    }
}

impl From<Member> for MemberWire {
    fn from(member: Member) -> Self {
        Self {
            id: member.id,
            full_name: member.full_name,
            company_name: member.company_name,
            email: member.email,
            active: member.active,
            is_team_administrator: member.permissions.is_team_administrator,
            can_make_bookings: member.permissions.can_make_bookings,
            can_book_for_team: member.permissions.can_book_for_team,
            can_purchase_products: member.permissions.can_purchase_products,
            can_purchase_events: member.permissions.can_purchase_events,
            can_access_community: member.permissions.can_access_community,
            access_card_id: member.access_card_id,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Permission;

    fn read(text: &str) -> Member {
        serde_json::from_str(text).unwrap()
    }

    #[test]
    fn every_flag_is_read_from_and_written_to_its_own_field() {
        for permission in Permission::ALL {
            let member = read(&format!(r#"{{"Id":1,"{}":true}}"#, permission.field()));
            assert_eq!(member.permissions, PermissionSet::default().with(permission, true));
            assert_eq!(serde_json::to_value(&member).unwrap()[permission.field()], true);
        }
    }

    #[test]
    fn nulls_and_missing_fields_are_unknown_and_unknown_fields_are_ignored() {
        let nulls = read(
            r#"{"Id":1,"FullName":null,"CompanyName":null,"Email":null,"Active":null,"IsTeamAdministrator":null,
                "CanMakeBookings":null,"AccessCardId":null,"Contracts":[{"Id":9}],"TeamNames":{"a":[1]}}"#,
        );
        assert_eq!(nulls, read(r#"{"Id":1}"#));
        assert_eq!(nulls.permissions, PermissionSet::default());
        assert_eq!((nulls.full_name.as_str(), nulls.active), ("", None));
        assert!(serde_json::from_str::<Member>(r#"{"FullName":"Nobody"}"#).is_err());
    }

    #[test]
    fn a_member_round_trips() {
        let member = read(
            r#"{"Id":1,"FullName":"Ana","CompanyName":"Acme","Email":"a@example.com","Active":false,
                "IsTeamAdministrator":true,"CanBookForTeam":false,"AccessCardId":"C"}"#,
        );
        assert_eq!(read(&serde_json::to_string(&member).unwrap()), member);
    }
}
