//! The plans that a location offers.

use crate::TariffId;
use crate::endpoint::{Endpoint, Method, Policy, Unreadable};
use crate::json::{self, Read, Reader};

/// The plans that are open to everybody. A reply of an unknown shape is an empty list and no error: this address was
/// observed in use, but is not documented. Source: none. Errors: 401.
pub struct PublishedPlans;

/// A plan.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Plan {
    /// Its id.
    pub id: TariffId,
    /// Its name.
    pub name: String,
}

impl Read for Plan {
    /// What has no id or no name cannot be chosen.
    fn read(json: &mut Reader<'_>) -> Result<Self, Unreadable> {
        let (mut id, mut name) = (None, String::new());
        json.object(&mut |key, json| {
            match key {
                "Id" => id = Some(json.read()?),
                "Name" => json.text()?.trim().clone_into(&mut name),
                _ => json.skip()?,
            }
            Ok(())
        })?;
        let id = id.filter(|_| !name.is_empty()).ok_or(Unreadable)?;
        Ok(Self { id, name })
    }
}

/// The list itself, or the one in an envelope.
struct Plans(Vec<Plan>);

impl Read for Plans {
    fn read(json: &mut Reader<'_>) -> Result<Self, Unreadable> {
        if json.is_list() {
            return json.read().map(Self);
        }
        let mut plans = Vec::new();
        json.fields(&mut |key, json| {
            match key {
                "Records" => plans = json.read()?,
                _ => json.skip()?,
            }
            Ok(())
        })?;
        Ok(Self(plans))
    }
}

impl Endpoint for PublishedPlans {
    type Reply = Vec<Plan>;
    const METHOD: Method = Method::Get;
    const ROUTE: &'static str = "/api/public/plans/published";
    const POLICY: Policy = Policy::Allowed;

    fn read(text: &str) -> Result<Vec<Plan>, Unreadable> {
        Ok(json::read(text).map(|Plans(plans)| plans).unwrap_or_default())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_list_and_an_envelope_read_alike() {
        let list = r#"[{"Id":301,"Name":" Flex ","Price":9.5},{"Id":302,"Name":"Dedicated desk"}]"#;
        let envelope = format!(r#"{{"Records":{list},"HasNextPage":false}}"#);
        let plans = PublishedPlans::read(list).unwrap();
        assert_eq!(plans.len(), 2);
        assert_eq!(plans[0], Plan { id: TariffId(301), name: "Flex".into() });
        assert_eq!(PublishedPlans::read(&envelope), Ok(plans));
    }

    #[test]
    fn what_is_no_plan_is_left_out_and_what_is_no_list_is_empty() {
        let odd =
            r#"[null,5,{"Id":1},{"Name":"x"},{"Id":"2","Name":"y"},{"Id":3,"Name":""},{"Id":4,"Name":"z"}]"#;
        let plans = PublishedPlans::read(odd).unwrap();
        assert_eq!(plans.iter().map(|plan| plan.id.0).collect::<Vec<_>>(), [2, 4]);
        for body in ["", "<html>", "null", "{}", r#"{"Records":null}"#, r#""text""#] {
            assert_eq!(PublishedPlans::read(body), Ok(Vec::new()), "{body}");
        }
    }

    #[test]
    fn a_list_under_any_other_name_is_empty() {
        assert_eq!(PublishedPlans::read(r#"{"Plans":[{"Id":1,"Name":"x"}]}"#), Ok(Vec::new()));
    }
}
