//! A buyer wants to know what is kept about them.

use connectors::store::Buyer;
use domain::id::{CustomerId, StoreId};
use serde_json::json;

use super::erase::orders_of;
use crate::Portal;
use crate::jobs::JobError;
use crate::mail::{self, MailKind, responsible};
use crate::storage::Tx;

/// Tells those responsible for the store which orders the buyer asks about: a person answers the buyer, whom the
/// platform names to the shop. Mails name no buyer.
pub(super) async fn pass_on(
    portal: &Portal,
    tx: &mut Tx,
    customer: CustomerId,
    store: StoreId,
    buyer: &Buyer,
) -> Result<serde_json::Value, JobError> {
    let orders = orders_of(tx, store, buyer).await?;
    let numbers: Vec<i64> = orders.iter().map(|(number, _)| *number).collect();
    for person in responsible(tx, customer).await? {
        let mail = person.mail(MailKind::DataRequested).customer(customer);
        mail::queue(tx, portal, mail.store(store).orders(numbers.clone())).await?;
    }
    Ok(json!({ "data_request": numbers }))
}
