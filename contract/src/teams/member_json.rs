//! A member as the API writes one: flat, with the flags among the other fields.

use super::Member;
use crate::json::{Read, Reader, Write, Writer};
use crate::{Permission, PermissionSet, Unreadable};

impl Read for Member {
    fn read(json: &mut Reader<'_>) -> Result<Self, Unreadable> {
        let mut id = None;
        let (mut full_name, mut company_name, mut email) = Default::default();
        let (mut active, mut access_card_id, mut odd_card) = (None, None, false);
        let mut permissions = PermissionSet::default();
        json.fields(&mut |key, json| {
            match key {
                "Id" => id = Some(json.read()?),
                "FullName" => full_name = json.read()?,
                "CompanyName" => company_name = json.read()?,
                "Email" => email = json.read()?,
                "Active" => active = json.read()?,
                "AccessCardId" => {
                    odd_card = true;
                    access_card_id = card(json)?;
                    odd_card = false;
                }
                _ => match Permission::ALL.into_iter().find(|permission| permission.field() == key) {
                    Some(permission) => permissions.set(permission, json.read()?),
                    None => json.skip()?,
                },
            }
            Ok(())
        })?;
        let id = id.ok_or(Unreadable)?;
        if odd_card {
            // It is written with the flags, and would be lost.
            permissions = PermissionSet::default();
        }
        Ok(Self { id, full_name, company_name, email, active, permissions, access_card_id })
    }
}

/// A card that is a number is the text of it.
fn card(json: &mut Reader<'_>) -> Result<Option<String>, Unreadable> {
    let number = json.clone().number().ok().map(str::to_owned);
    if number.is_some() { json.skip().map(|()| number) } else { json.read() }
}

impl Write for Member {
    fn write(&self, json: &mut Writer) {
        json.object(&mut |json| {
            json.field("Id", &self.id);
            json.field("FullName", &self.full_name);
            json.field("CompanyName", &self.company_name);
            json.field("Email", &self.email);
            json.field("Active", &self.active);
            for permission in Permission::ALL {
                json.field(permission.field(), &self.permissions.get(permission));
            }
            json.field("AccessCardId", &self.access_card_id);
        });
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::json;

    fn read(text: &str) -> Member {
        json::read(text).unwrap()
    }

    #[test]
    fn every_flag_is_read_from_and_written_to_its_own_field() {
        for permission in Permission::ALL {
            let member = read(&format!(r#"{{"Id":1,"{}":true}}"#, permission.field()));
            assert_eq!(member.permissions, PermissionSet::default().with(permission, true));
            let written: serde_json::Value = serde_json::from_str(&json::write(&member)).unwrap();
            assert_eq!(written[permission.field()], true);
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
        assert!(json::read::<Member>(r#"{"FullName":"Nobody"}"#).is_err());
    }

    #[test]
    fn an_odd_value_is_unknown_and_spoils_nothing_else() {
        let odd = read(
            r#"{"Id":"1","FullName":["Ana"],"CompanyName":{"Id":3},"Email":0,"Active":"yes","IsTeamAdministrator":1,
                "CanMakeBookings":true,"AccessCardId":null}"#,
        );
        assert_eq!(odd, read(r#"{"Id":1,"CanMakeBookings":true}"#));
        assert_eq!(read(r#"{"Id":1,"AccessCardId":1234}"#).access_card_id.as_deref(), Some("1234"));
    }

    #[test]
    fn with_a_card_that_cannot_be_read_nothing_is_known_that_could_be_written() {
        for card in ["{}", "true", r#"["1"]"#] {
            let member =
                read(&format!(r#"{{"Id":1,"FullName":"Ana","CanMakeBookings":true,"AccessCardId":{card}}}"#));
            assert_eq!(member, read(r#"{"Id":1,"FullName":"Ana"}"#), "{card}");
        }
    }

    #[test]
    fn a_member_round_trips() {
        let member = read(
            r#"{"Id":1,"FullName":"Ana","CompanyName":"Acme","Email":"a@example.com","Active":false,
                "IsTeamAdministrator":true,"CanBookForTeam":false,"AccessCardId":"C"}"#,
        );
        assert_eq!(read(&json::write(&member)), member);
    }
}
