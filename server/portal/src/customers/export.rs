//! The list of customers as a CSV file.

use std::collections::HashMap;

use domain::Permission;
use domain::csv_file::{CsvWriter, Delimiter};
use domain::id::CustomerId;

use super::list::{self, CustomerFilter, CustomerRow};
use crate::access::Operator;
use crate::storage::sql;
use crate::{Outcome, Portal, csv_list};

/// The columns: names for machines, the same in every language.
const COLUMNS: [&str; 12] = [
    "customerId",
    "name",
    "customerReferenceId",
    "description",
    "storefrontsAccess",
    "invitationState",
    "clientAdminEmail",
    "platforms",
    "orders30Days",
    "ordersNeedingAttention",
    "lastOrderAt",
    "createdAt",
];

/// All customers that pass the filter, by name, as a CSV file that spreadsheets open safely.
///
/// # Errors
/// [`crate::Refusal::Forbidden`].
pub async fn export_csv(portal: &Portal, operator: &Operator, filter: &CustomerFilter) -> Outcome<Vec<u8>> {
    operator.require(Permission::SeeCustomers)?;
    let rows = list::all(portal, operator, filter).await?;
    let emails: HashMap<CustomerId, String> = sql(
        "SELECT m.customer_id, u.email FROM memberships m JOIN users u ON u.id = m.user_id \
         WHERE m.role = 'account_admin' AND m.removed_at IS NULL",
    )
    .fetch_all::<(CustomerId, String)>(&mut portal.db.read().await?)
    .await?
    .into_iter()
    .collect();
    let write = || {
        let mut csv = CsvWriter::new(Vec::new(), Delimiter::Comma)?;
        csv.row(COLUMNS)?;
        for row in &rows {
            csv.row(cells(row, emails.get(&row.id)))?;
        }
        csv.finish()
    };
    write().map_err(|error: std::io::Error| anyhow::Error::from(error).into())
}

fn cells(row: &CustomerRow, email: Option<&String>) -> [String; 12] {
    let text = |text: &Option<String>| text.clone().unwrap_or_default();
    let platforms: Vec<&str> = row.platforms.iter().map(|platform| platform.slug()).collect();
    [
        row.id.to_string(),
        row.name.clone(),
        text(&row.reference_id),
        text(&row.description),
        row.storefronts_access.to_string(),
        row.invitation_state.slug().to_owned(),
        email.cloned().unwrap_or_default(),
        platforms.join(" "),
        row.recent_orders.to_string(),
        row.orders_needing_attention.to_string(),
        row.last_order_at.map(csv_list::moment).unwrap_or_default(),
        csv_list::moment(row.created_at),
    ]
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::customers::tests::{customer, operator};
    use crate::testing::on_both;

    #[tokio::test]
    async fn the_file_holds_what_the_list_shows_and_no_formulas() {
        on_both(async |portal| {
            let operator = operator(&portal).await;
            customer(&portal, &operator, "=HYPERLINK(\"http://evil\")", "R-1").await;
            customer(&portal, &operator, "Árbol, \"S.L.\"", "").await;
            let filter = CustomerFilter::default();
            let file = String::from_utf8(export_csv(&portal, &operator, &filter).await.unwrap()).unwrap();
            let lines: Vec<&str> = file.lines().collect();
            assert_eq!(lines.len(), 3);
            assert!(lines[0].contains("\"customerReferenceId\""), "{}", lines[0]);
            assert!(
                file.contains("\"'=HYPERLINK(\"\"http://evil\"\")\",\"R-1\""),
                "{file}"
            );
            assert!(
                file.contains("\"Árbol, \"\"S.L.\"\"\",\"\",\"\",\"false\",\"not-invited\""),
                "{file}"
            );
            assert!(file.contains("\"2026-11-21T09:00:00Z\""), "{file}");
            let filter = CustomerFilter {
                search: "arbol".to_owned(),
                ..filter
            };
            let file = String::from_utf8(export_csv(&portal, &operator, &filter).await.unwrap()).unwrap();
            assert_eq!(file.lines().count(), 2);
        })
        .await;
    }
}
