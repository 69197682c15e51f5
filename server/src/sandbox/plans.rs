//! The plans that the location offers.

use super::Sandbox;
use super::credential::{Credential, Query};
use super::error::Refusal;
use super::shape::Shape;
use super::teams::paged;
use axum::Json;
use axum::extract::State;
use serde_json::{Value, json};

/// `GET /api/public/plans/published`: all of them on one page.
pub(super) async fn published(
    State(sandbox): State<Sandbox>,
    query: Query,
    credential: Credential,
) -> Result<Json<Value>, Refusal> {
    let shape = Shape::of(&query);
    let reply = sandbox.run_as(credential, move |cx, _| {
        let mut plans = cx.tx.prepare_cached("SELECT id, name FROM plans ORDER BY name, id")?;
        let plans = plans.query_map([], |row| {
            Ok(json!({ "Id": row.get::<_, i64>(0)?, "Name": row.get::<_, String>(1)? }))
        })?;
        let plans: Vec<Value> = plans.collect::<Result<_, _>>()?;
        let count = plans.len();
        let mut reply = paged(count, count, 0, 1, count.max(1));
        reply.insert("Records".to_owned(), plans.into());
        Ok(shape.apply(reply.into()))
    });
    Ok(Json(reply.await?))
}
