//! What the search palette finds.

use domain::Language;
use leptos::prelude::*;
use portal::access::Viewer;
use portal::orders::OrderRow;
use portal::search::{self, Found};
use serde::{Deserialize, Serialize};

use crate::action::{Action, Reply};
use crate::orders::page_of;
use crate::text::Text;
use crate::users::Place;

/// A line of the palette.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Line {
    /// What it is called.
    title: String,
    /// What it is, and whose.
    note: String,
    /// Its page.
    href: String,
    /// The name of its icon.
    icon: String,
}

/// The answer of the search.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum Answer {
    /// What was found.
    Lines {
        /// Best first within each kind.
        lines: Vec<Line>,
    },
    /// Why nothing was looked for.
    Instead(Reply),
}

/// Finds what the words are about within what the viewer may see.
#[server(prefix = "/do", endpoint = "search/find")]
pub async fn find(
    /// What was typed.
    #[server(default)]
    q: String,
) -> Result<Answer, ServerFnError> {
    let action = Action::begin()?;
    let found = async {
        let viewer = action.reader()?;
        let found = search::find(&action.portal, viewer, &q).await?;
        let prefix = &action.portal.settings.brand.order_prefix;
        Ok(lines(action.visitor.text(), viewer, prefix, found))
    };
    match found.await {
        Ok(lines) => Ok(Answer::Lines { lines }),
        Err(refusal) => Ok(Answer::Instead(action.answer("palette", Err(refusal)).await?)),
    }
}

fn lines(t: Text, viewer: &Viewer, prefix: &str, found: Found) -> Vec<Line> {
    let note = |kind: &str, whose: &str| format!("{} · {whose}", t.get(kind));
    let line = |title: String, note: String, href: String, icon: &str| Line {
        title,
        note,
        href,
        icon: icon.to_owned(),
    };
    let order = |row: OrderRow| {
        let number = format!("{prefix}{}", row.number);
        let (title, whose) = match viewer {
            Viewer::Operator(_) => (number, row.customer_name),
            Viewer::Client(_) => (row.external_id, row.recipient),
        };
        line(
            title,
            note("search-order", &whose),
            page_of(viewer, row.id),
            "orders",
        )
    };
    let customers = found.customers.into_iter().map(|row| {
        let reference = row.reference_id.unwrap_or_default();
        let note = if reference.is_empty() {
            t.get("search-customer")
        } else {
            note("search-customer", &reference)
        };
        line(
            row.name,
            note,
            format!("/console/customers/{}", row.id),
            "customers",
        )
    });
    let products = found.products.into_iter().map(|row| {
        let name = match t.language {
            Language::En => row.name_en,
            Language::Es => row.name_es,
        };
        let href = format!("/console/catalogue/{}", row.id);
        line(name, note("search-product", &row.uid), href, "catalog")
    });
    let stores = found.stores.into_iter().map(|row| {
        let platform = t.get(&format!("platform-{}", row.store.platform.slug()));
        line(
            row.store.name,
            note("search-store", &platform),
            format!("/storefronts/stores/{}", row.store.id),
            "stores",
        )
    });
    let store_products = found.store_products.into_iter().map(|row| {
        let href = format!("/storefronts/stores/{}/products/{}", row.store_id, row.id);
        line(
            row.title,
            note("search-store-product", &row.store_name),
            href,
            "products",
        )
    });
    let users = found.users.into_iter().map(|user| {
        let href = Place::new(viewer.clone(), user.customer_id).page_of(user.id);
        let whose = match viewer {
            Viewer::Operator(_) => user.customer_name,
            Viewer::Client(_) => user.email,
        };
        let name = format!("{} {}", user.first_name, user.last_name);
        line(name, note("search-user", &whose), href, "team")
    });
    let team = found.team.into_iter().map(|operator| {
        let name = format!("{} {}", operator.first_name, operator.last_name);
        let href = format!("/console/team/{}", operator.id);
        line(name, note("search-operator", &operator.email), href, "team")
    });
    let customers_and_stores = customers.chain(stores).collect::<Vec<_>>();
    let orders = found.orders.into_iter().map(order);
    let things = orders.chain(customers_and_stores).chain(products);
    things.chain(store_products).chain(users).chain(team).collect()
}
