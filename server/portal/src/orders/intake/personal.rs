//! What buyers added to a line, and whether a person has looked at it: the design of a connected product shows nothing
//! of it, and a cup without the name is a cup printed twice.

use domain::Timestamp;
use domain::id::LineId;
use domain::source::LineProperty;
use sqlx::types::Json;

use crate::Portal;
use crate::storage::{AsConn, StorageError, Tx, sql};

/// Whether the buyer of a line added something that nobody has looked at yet.
pub(in crate::orders) async fn waits_for_a_look(
    conn: &mut impl AsConn,
    line: LineId,
) -> Result<bool, StorageError> {
    let (properties, looked_at): (Option<Json<Vec<LineProperty>>>, Option<Timestamp>) =
        sql("SELECT properties, personal_looked_at FROM order_lines WHERE id = $1")
            .bind(line)
            .fetch_one(conn)
            .await?;
    let personal = properties.is_some_and(|Json(all)| all.iter().any(LineProperty::is_personal));
    Ok(personal && looked_at.is_none())
}

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
