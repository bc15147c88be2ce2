//! How far an order is, said to its shop.

use domain::source::{ExternalId, SourceLine};
use serde::Deserialize;
use serde_json::{Value, json};

use super::api::Ask;
use super::connection::Connection;
use super::text::plain;
use crate::lenient;
use crate::store::{ConnectionError, Progress, ProgressUpdate, Result, Written};

/// A note of an order.
#[derive(Deserialize)]
struct Note {
    id: i64,
    #[serde(default, deserialize_with = "lenient::or_default")]
    note: String,
}

impl Connection {
    pub(super) async fn tell_progress(&self, update: &ProgressUpdate) -> Result<Written> {
        match update.progress {
            // What was sent is paid and stays; refunding the rest, and saying that the order is complete then, is the
            // seller's.
            Progress::InProduction | Progress::RestCancelled => {
                self.write_note(update.order.as_str(), &update.remark, false, &[])
                    .await
            }
            Progress::Cancelled => self.cancel(update).await,
            Progress::Delivered => Ok(Written::NotSupported),
        }
    }

    /// Cancels the whole order when all of it is ours; else only remarks that our part will not come.
    async fn cancel(&self, update: &ProgressUpdate) -> Result<Written> {
        let Some(order) = self.raw_order(&update.order).await? else {
            return Err(gone());
        };
        if matches!(order.status.as_str(), "cancelled" | "refunded" | "trash") {
            return Ok(Written::AlreadyThere { external_id: None });
        }
        let (id, status) = (order.id, order.status.clone());
        self.learn_goods(std::slice::from_ref(&order)).await?;
        let lines = self
            .source_order(order)
            .await?
            .map(|order| order.lines)
            .unwrap_or_default();
        let all_ours = lines
            .iter()
            .filter(is_sent)
            .all(|line| update.lines.contains(&line.external_id));
        if !all_ours || status == "completed" {
            return self
                .write_note(update.order.as_str(), &update.remark, false, &[])
                .await;
        }
        let body = json!({ "status": "cancelled" });
        self.api
            .send(&Ask::put("orders.cancel", format!("/orders/{id}"), body))
            .await?;
        Ok(Written::Done { external_id: None })
    }

    /// Adds a note to an order, unless it has the same already that is none of `others`. One `to_buyer` is mailed to
    /// them.
    pub(super) async fn write_note(
        &self,
        order: &str,
        text: &str,
        to_buyer: bool,
        others: &[ExternalId],
    ) -> Result<Written> {
        if text.trim().is_empty() {
            return Ok(Written::NotSupported);
        }
        let path = format!("/orders/{order}/notes");
        let Some(answer) = self.api.look_up(&Ask::get("notes.list", &path)).await? else {
            return Err(gone());
        };
        let same = answer
            .json::<Vec<Note>>()?
            .into_iter()
            .filter(|note| !others.contains(&note.id.into()))
            .find(|note| plain(&note.note) == plain(text));
        if let Some(note) = same {
            return Ok(Written::AlreadyThere {
                external_id: Some(note.id.into()),
            });
        }
        let body = json!({ "note": text, "customer_note": to_buyer });
        let written: Value = self
            .api
            .send(&Ask::post("notes.create", path, body))
            .await?
            .json()?;
        Ok(Written::Done {
            external_id: written["id"].as_i64().map(Into::into),
        })
    }
}

/// Whether a line still is to be sent.
#[expect(
    clippy::trivially_copy_pass_by_ref,
    reason = "the signature of `Iterator::filter`"
)]
pub(super) fn is_sent(line: &&SourceLine) -> bool {
    line.ships && line.quantity > 0
}

/// The order is not there any more.
pub(super) fn gone() -> ConnectionError {
    ConnectionError::Refused {
        status: 404,
        message: "The order does not exist any more.".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::{Fake, answer, connection, sample};
    use super::*;
    use crate::store::StoreConnection;

    fn update(progress: Progress, lines: &[i64]) -> ProgressUpdate {
        ProgressUpdate {
            order: 134.into(),
            progress,
            lines: lines.iter().map(|id| (*id).into()).collect(),
            shipment: None,
            remark: "Print & ship: in production".to_owned(),
        }
    }

    fn shop(notes: &'static str) -> Fake {
        Fake::shop()
            .on("GET", "/orders/134", |_| answer(200, &sample("order_main")))
            .on("GET", "/orders/134/notes", move |_| answer(200, notes))
            .on("POST", "/orders/134/notes", |_| answer(201, r#"{"id":77}"#))
            .on("PUT", "/orders/134", |_| answer(200, "{}"))
    }

    #[tokio::test]
    async fn production_is_a_note_for_the_shop_written_once() {
        let fake = shop("[]").serve().await;
        let written = connection(&fake)
            .write_progress(&update(Progress::InProduction, &[1]))
            .await
            .unwrap();
        assert_eq!(
            written,
            Written::Done {
                external_id: Some(77.into())
            }
        );
        let note = fake.bodies().pop().unwrap();
        assert_eq!(
            note,
            json!({ "note": "Print & ship: in production", "customer_note": false })
        );

        let fake = shop(r#"[{"id":5,"note":"Print &amp; ship: in production"}]"#)
            .serve()
            .await;
        let written = connection(&fake)
            .write_progress(&update(Progress::InProduction, &[1]))
            .await
            .unwrap();
        assert_eq!(
            written,
            Written::AlreadyThere {
                external_id: Some(5.into())
            }
        );
        assert!(fake.bodies().is_empty());
    }

    #[tokio::test]
    async fn only_an_order_that_is_all_ours_is_cancelled() {
        let fake = shop("[]").serve().await;
        let shop = connection(&fake);
        shop.write_progress(&update(Progress::Cancelled, &[1, 2]))
            .await
            .unwrap();
        assert!(
            fake.asked().contains(&"POST /orders/134/notes".to_owned()),
            "the pens are not ours"
        );
        let written = shop
            .write_progress(&update(Progress::Cancelled, &[1, 2, 3]))
            .await
            .unwrap();
        assert_eq!(written, Written::Done { external_id: None });
        assert_eq!(fake.bodies().pop().unwrap(), json!({ "status": "cancelled" }));
    }

    #[tokio::test]
    async fn the_rest_of_an_order_is_a_note_however_much_of_it_is_ours() {
        let fake = shop("[]").serve().await;
        connection(&fake)
            .write_progress(&update(Progress::RestCancelled, &[1, 2, 3]))
            .await
            .unwrap();
        assert!(!fake.asked().contains(&"PUT /orders/134".to_owned()));
        assert!(fake.asked().contains(&"POST /orders/134/notes".to_owned()));
    }

    #[tokio::test]
    async fn a_cancelled_order_stays_as_it_is_and_delivery_has_no_word() {
        let fake = Fake::shop()
            .on("GET", "/orders/134", |_| answer(200, &sample("order_cancel")))
            .serve()
            .await;
        let shop = connection(&fake);
        let written = shop
            .write_progress(&update(Progress::Cancelled, &[37]))
            .await
            .unwrap();
        assert_eq!(written, Written::AlreadyThere { external_id: None });
        let written = shop
            .write_progress(&update(Progress::Delivered, &[37]))
            .await
            .unwrap();
        assert_eq!(written, Written::NotSupported);
        assert!(fake.bodies().is_empty());
    }
}
