//! Putting what a store is told into the connectors' form.

use std::sync::LazyLock;

use connectors::store::{OutgoingShipment, Progress, ProgressUpdate};
use domain::id::{CustomerId, OrderId, ShipmentId};
use domain::source::ExternalId;
use domain::{Argument, ClientRole, Language, WriteKind};
use sqlx::types::Json;

use super::rest;
use crate::Portal;
use crate::storage::{AsConn, StorageError, sql};
use crate::stores::OpenStore;
use crate::texts::Texts;

/// What the portal says to people of shops and to their buyers.
pub(super) static TEXTS: LazyLock<Texts> = LazyLock::new(|| {
    Texts::load(&[
        (Language::En, &[include_str!("../../../locales/en/shops.ftl")]),
        (Language::Es, &[include_str!("../../../locales/es/shops.ftl")]),
    ])
});

/// What to say.
#[derive(Debug)]
pub(super) enum Saying {
    Progress(ProgressUpdate),
    /// A parcel, with those that are told with it.
    Shipment(Box<OutgoingShipment>, Vec<ShipmentId>),
    /// A parcel that completes nothing of what the store counts: it is told with a later one.
    Later,
    /// A parcel of which the store wants nothing any more.
    NotWanted,
}

/// What is to be told, with the order and what the store called it before.
#[derive(Clone, Debug, sqlx::FromRow)]
pub(super) struct Told {
    pub(super) order_id: OrderId,
    pub(super) order_external_id: String,
    pub(super) shipment_id: Option<ShipmentId>,
    pub(super) kind: WriteKind,
    pub(super) external_id: Option<String>,
    pub(super) sent_before: Option<Json<Vec<ExternalId>>>,
}

impl Told {
    /// In the connectors' form, for `store`.
    pub(super) async fn saying(
        &self,
        portal: &Portal,
        conn: &mut impl AsConn,
        store: &OpenStore,
    ) -> Result<Saying, StorageError> {
        let language = language(portal, conn, store.customer).await?;
        let progress = match (self.kind, self.shipment_id) {
            (WriteKind::Shipped, Some(shipment)) => {
                return self.parcel(conn, shipment, store, language).await;
            }
            (WriteKind::InProduction | WriteKind::Shipped, _) => Progress::InProduction,
            (WriteKind::Cancelled, _) => Progress::Cancelled,
            (WriteKind::RestCancelled, _) => Progress::RestCancelled,
            (WriteKind::Delivered, _) => Progress::Delivered,
        };
        let (lines, named) = if progress == Progress::RestCancelled {
            let rests = rest::of_order(conn, self.order_id).await?;
            let named = rest::in_words(&rests);
            (rests.into_iter().map(|rest| rest.line).collect(), named)
        } else {
            (self.lines(conn).await?, String::new())
        };
        Ok(Saying::Progress(ProgressUpdate {
            order: ExternalId::new(self.order_external_id.as_str()),
            progress,
            lines,
            shipment: self.written_shipment(conn).await?,
            remark: remark(portal, language, self.kind, &named),
        }))
    }

    async fn lines(&self, conn: &mut impl AsConn) -> Result<Vec<ExternalId>, StorageError> {
        let rows: Vec<(String,)> = sql("SELECT external_id FROM order_lines
             WHERE order_id = $1 AND external_id IS NOT NULL AND kind <> 'ignored' ORDER BY position")
        .bind(self.order_id)
        .fetch_all(conn)
        .await?;
        Ok(rows.into_iter().map(|(id,)| ExternalId::new(id)).collect())
    }

    /// What the store calls the parcel this is about.
    async fn written_shipment(&self, conn: &mut impl AsConn) -> Result<Option<ExternalId>, StorageError> {
        let row: Option<(Option<String>,)> =
            sql("SELECT external_id FROM order_writes WHERE shipment_id = $1 AND kind = 'shipped'")
                .bind(self.shipment_id)
                .fetch_optional(conn)
                .await?;
        Ok(row.and_then(|(id,)| id).map(ExternalId::new))
    }
}

/// The language of a customer's people: that of whoever has been its account admin longest.
async fn language(
    portal: &Portal,
    conn: &mut impl AsConn,
    customer: CustomerId,
) -> Result<Language, StorageError> {
    let found: Option<(Language,)> = sql(
        "SELECT users.language FROM memberships JOIN users ON users.id = memberships.user_id
         WHERE memberships.customer_id = $1 AND memberships.role = $2 AND memberships.removed_at IS NULL
         ORDER BY memberships.id LIMIT 1",
    )
    .bind(customer)
    .bind(ClientRole::AccountAdmin.as_str())
    .fetch_optional(conn)
    .await?;
    Ok(found.map_or(portal.settings.brand.default_language, |(language,)| language))
}

/// A sentence for people of the shop; `lines` names those that will not be made.
fn remark(portal: &Portal, language: Language, kind: WriteKind, lines: &str) -> String {
    let brand = &portal.settings.brand;
    let company: Argument = brand.company.as_str().into();
    let key = format!("shop-remark-{}", kind.slug());
    TEXTS.format(language, &key, &[("company", company), ("lines", lines.into())])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_languages_say_everything() {
        assert_eq!(TEXTS.parity_problems(), &[] as &[String]);
        for kind in WriteKind::ALL {
            assert!(TEXTS.has(Language::En, &format!("shop-remark-{}", kind.slug())));
        }
    }
}
