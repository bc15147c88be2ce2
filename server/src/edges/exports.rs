//! Lists as CSV files.

use app::operator::catalogue::import::problem::sentences;
use app::orders::exports::{columns, row_words};
use app::orders::query::OrderQuery;
use app::storefronts::stores::products::query::ProductsQuery;
use app::visitor::Visitor;
use axum::Extension;
use axum::body::Body;
use axum::extract::{Path, Query, State};
use axum::response::Response;
use domain::csv_file;
use domain::id::{ImportId, StoreId};
use domain::{AuditAction, Permission};
use portal::access::Viewer;
use portal::audit::exported;
use portal::orders::OrderRow;
use portal::{Outcome, Portal, Refusal, catalogue, orders, store_products, stores};

use super::{csv, download, operator, viewer};

/// The orders that the list of the operator console shows.
pub(super) async fn all_orders(
    State(portal): State<Portal>,
    Extension(visitor): Extension<Visitor>,
    Query(pairs): Query<Vec<(String, String)>>,
) -> Response {
    let orders = async {
        match viewer(&visitor)? {
            Viewer::Client(_) => Err(Refusal::NotFound),
            viewer @ Viewer::Operator(_) => orders_of(portal, &visitor, viewer, pairs).await,
        }
    };
    download(orders.await)
}

/// The orders that the list of Storefronts shows.
pub(super) async fn own_orders(
    State(portal): State<Portal>,
    Extension(visitor): Extension<Visitor>,
    Query(pairs): Query<Vec<(String, String)>>,
) -> Response {
    let orders = async {
        match viewer(&visitor)? {
            Viewer::Operator(_) => Err(Refusal::NotFound),
            viewer @ Viewer::Client(_) => orders_of(portal, &visitor, viewer, pairs).await,
        }
    };
    download(orders.await)
}

async fn orders_of(
    portal: Portal,
    visitor: &Visitor,
    viewer: &Viewer,
    pairs: Vec<(String, String)>,
) -> Outcome<Response> {
    viewer.require(Permission::SeeOrders)?;
    exported(&portal, viewer, AuditAction::OrdersExported, &pairs).await?;
    let filter = OrderQuery::of(pairs).filter(visitor.time_zone);
    let t = visitor.text();
    let words = move |row: &OrderRow| row_words(t, row);
    let pieces = orders::export_csv(portal, viewer.scope(), filter, columns(t), words);
    Ok(csv("orders.csv", Body::from_stream(pieces)))
}

/// The products that the list of a store shows.
pub(super) async fn store_products(
    State(portal): State<Portal>,
    Extension(visitor): Extension<Visitor>,
    Path(id): Path<StoreId>,
    Query(pairs): Query<Vec<(String, String)>>,
) -> Response {
    let exported = async {
        let viewer = match viewer(&visitor)? {
            Viewer::Operator(_) => return Err(Refusal::NotFound),
            client @ Viewer::Client(_) => client,
        };
        viewer.require(Permission::SeeProducts)?;
        let scope = viewer.scope();
        stores::find(&portal, &scope, id).await?;
        exported(&portal, viewer, AuditAction::StoreProductsExported, &pairs).await?;
        let filter = ProductsQuery::of(pairs).filter(id);
        let pieces = store_products::export_csv(portal.clone(), scope, filter);
        Ok(csv("products.csv", Body::from_stream(pieces)))
    };
    download(exported.await)
}

/// The catalogue.
pub(super) async fn catalogue(
    State(portal): State<Portal>,
    Extension(visitor): Extension<Visitor>,
) -> Response {
    let exported = async {
        let file = catalogue::export_csv(&portal, operator(&visitor)?).await?;
        exported(&portal, viewer(&visitor)?, AuditAction::CatalogueExported, &[]).await?;
        Ok(csv("catalogue.csv", file))
    };
    download(exported.await)
}

/// The file to start an import of products from, in the visitor's language.
pub(super) async fn catalogue_template(Extension(visitor): Extension<Visitor>) -> Response {
    let template = || {
        let operator = operator(&visitor)?;
        operator.require(Permission::ManageCatalogue)?;
        let name = visitor.text().get("catalogue-template-file");
        Ok(csv(&name, csv_file::catalogue_template(visitor.language)))
    };
    download(template())
}

/// The rows of an import of products that were refused, each with what is wrong with it.
pub(super) async fn catalogue_errors(
    State(portal): State<Portal>,
    Extension(visitor): Extension<Visitor>,
    Path(id): Path<ImportId>,
) -> Response {
    let rows = async {
        let t = visitor.text();
        let headings = ["catalogue-errors-line", "catalogue-errors-problem"].map(|key| t.get(key));
        let operator = operator(&visitor)?;
        let rows = catalogue::import::rejected(&portal, operator, id, headings, sentences(t)).await?;
        Ok(csv(&t.get("catalogue-errors-file"), rows))
    };
    download(rows.await)
}
