//! Reading orders: Etsy's receipts.

use domain::Timestamp;
use domain::source::{ExternalId, SourceOrder};
use serde::{Deserialize, Serialize};
use serde_json::json;

use super::ShopId;
use super::api::Api;
use super::receipt::{Receipt, order};
use super::shapes::{List, id_of};
use crate::store::{ConnectionError, Cursor, Page, Result};

/// The most that Etsy gives at once.
const LIMIT: usize = 100;
/// The earliest time Etsy takes in a search: the start of 2000.
const EARLIEST: i64 = 946_684_800;
/// By which time receipts are listed.
#[derive(Clone, Copy)]
pub(super) enum By {
    /// When they changed last.
    Update,
    /// When they were placed.
    Placing,
}

/// Where a list of receipts goes on. Receipts that change while the list is read move to its end and would shift the
/// others past a counted page: each page begins at the time where the one before ended.
#[derive(Clone, Copy, Serialize, Deserialize)]
struct Place {
    /// The list begins here, in seconds.
    from: i64,
    /// How many to pass over: those of that second that were read.
    offset: usize,
}

impl Place {
    /// The place after a full page, the last of which has the time `latest`.
    fn after(self, read: usize, latest: Option<i64>) -> Self {
        match latest {
            Some(latest) if latest > self.from => Self {
                from: latest,
                offset: 0,
            },
            _ => Self {
                offset: self.offset + read,
                ..self
            },
        }
    }
}

/// A page of receipts, oldest change (or placing) first.
pub(super) async fn list(
    api: &Api,
    shop: ShopId,
    by: By,
    since: Timestamp,
    cursor: Option<&Cursor>,
) -> Result<Page<SourceOrder>> {
    let place = match cursor {
        Some(Cursor(place)) => {
            serde_json::from_str(place).map_err(|error| ConnectionError::Unreadable(error.to_string()))?
        }
        None => Place {
            from: since.seconds().max(EARLIEST),
            offset: 0,
        },
    };
    let (parameter, sort, fields) = match by {
        By::Update => (
            "min_last_modified",
            "updated",
            ["updated_timestamp", "update_timestamp"],
        ),
        By::Placing => (
            "min_created",
            "created",
            ["created_timestamp", "create_timestamp"],
        ),
    };
    let Place { from, offset } = place;
    let path = format!(
        "/shops/{shop}/receipts?{parameter}={from}&sort_on={sort}&sort_order=asc&limit={LIMIT}&offset={offset}"
    );
    let list: List = api.get("orders.list", &path).await?;
    let read = list.results.len();
    let last = list.results.last();
    let latest = last.and_then(|receipt| fields.iter().find_map(|field| receipt[*field].as_i64()));
    let next = (read == LIMIT).then(|| place.after(read, latest));
    let mut page = Page::last(Vec::new());
    page.total = list.count.filter(|_| cursor.is_none());
    page.next = next.map(|place| Cursor(json!(place).to_string()));
    for value in list.results {
        let id = id_of(&value, "receipt_id");
        match serde_json::from_value::<Receipt>(value) {
            Ok(receipt) => page.items.push(order(receipt)),
            Err(error) => page.unreadable.push((id, error.to_string())),
        }
    }
    Ok(page)
}

/// A receipt as Etsy has it.
pub(super) async fn read(api: &Api, shop: ShopId, id: &ExternalId) -> Result<Option<Receipt>> {
    let Ok(id) = id.as_str().parse::<u64>() else {
        return Ok(None);
    };
    api.find("orders.get", &format!("/shops/{shop}/receipts/{id}"))
        .await
}

/// Whether the newest receipts of things that are sent have no address: Etsy keeps them from this application. `None`
/// when there is nothing to tell by.
pub(super) async fn addresses_withheld(api: &Api, shop: ShopId) -> Result<Option<bool>> {
    let path =
        format!("/shops/{shop}/receipts?was_paid=true&sort_on=created&sort_order=desc&limit=5&offset=0");
    let list: List = api.get("orders.list", &path).await?;
    let receipts = list.results.into_iter();
    let orders: Vec<SourceOrder> = receipts
        .filter_map(|value| serde_json::from_value(value).ok())
        .map(order)
        .collect();
    let sent = orders
        .iter()
        .find(|order| order.lines.iter().any(|line| line.ships));
    Ok(sent.map(|order| order.address_withheld))
}
