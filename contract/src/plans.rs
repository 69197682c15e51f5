//! The plans that a location offers.

use crate::TariffId;
use crate::endpoint::{Endpoint, Method, Policy, Unreadable};
use serde_json::Value;

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

impl Plan {
    /// `None` for what has no id or no name: it cannot be chosen.
    fn read(value: &Value) -> Option<Self> {
        let name = value.get("Name")?.as_str()?.trim();
        let id = TariffId(value.get("Id")?.as_i64()?);
        (!name.is_empty()).then(|| Self { id, name: name.to_owned() })
    }
}

impl Endpoint for PublishedPlans {
    type Reply = Vec<Plan>;
    const METHOD: Method = Method::Get;
    const ROUTE: &'static str = "/api/public/plans/published";
    const POLICY: Policy = Policy::Allowed;

    fn read(text: &str) -> Result<Vec<Plan>, Unreadable> {
        let reply: Value = serde_json::from_str(text).unwrap_or_default();
        let records = reply.get("Records").unwrap_or(&reply).as_array();
        Ok(records.into_iter().flatten().filter_map(Plan::read).collect())
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
        assert_eq!(PublishedPlans::read(odd).unwrap().len(), 1);
        for body in ["", "<html>", "null", "{}", r#"{"Records":null}"#, r#""text""#] {
            assert_eq!(PublishedPlans::read(body), Ok(Vec::new()), "{body}");
        }
    }

    #[test]
    fn a_list_under_any_other_name_is_empty() {
        assert_eq!(PublishedPlans::read(r#"{"Plans":[{"Id":1,"Name":"x"}]}"#), Ok(Vec::new()));
    }
}
