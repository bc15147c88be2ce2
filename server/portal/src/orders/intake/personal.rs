//! What buyers added to a line, and whether a person has looked at it: the design of a connected product shows nothing
//! of it, and a cup without the name is a cup printed twice.

use domain::Timestamp;
use domain::id::LineId;
use domain::source::LineProperty;
use sqlx::types::Json;

use crate::Portal;
use crate::storage::{AsConn, StorageError, Tx, sql};
use crate::stores::StoreSettings;

/// Whether the buyer of a line added something that nobody has looked at yet, at a store whose people want to.
pub(in crate::orders) async fn waits_for_a_look(
    conn: &mut impl AsConn,
    line: LineId,
) -> Result<bool, StorageError> {
    let (properties, looked_at, settings): Looked = sql(
        "SELECT order_lines.properties, order_lines.personal_looked_at, store_connections.settings
         FROM order_lines JOIN orders ON orders.id = order_lines.order_id
         LEFT JOIN store_connections ON store_connections.store_id = orders.store_id WHERE order_lines.id = $1",
    )
    .bind(line)
    .fetch_one(conn)
    .await?;
    let personal = properties.is_some_and(|Json(all)| all.iter().any(LineProperty::is_personal));
    let holds = settings.is_none_or(|Json(settings)| settings.hold_personalised);
    Ok(personal && looked_at.is_none() && holds)
}

/// What the buyer of a line added, when somebody looked at it, and what is chosen for its store.
type Looked = (
    Option<Json<Vec<LineProperty>>>,
    Option<Timestamp>,
    Option<Json<StoreSettings>>,
);

/// Notes that a person decided how a line is made: until the buyer's additions change it goes on.
pub(in crate::orders) async fn looked_at(
    portal: &Portal,
    tx: &mut Tx,
    line: LineId,
) -> Result<(), StorageError> {
    sql("UPDATE order_lines SET personal_looked_at = $2 WHERE id = $1")
        .bind(line)
        .bind(portal.now())
        .execute(tx)
        .await?;
    Ok(())
}
