//! Lists as CSV files.

use app::orders::query::OrderQuery;
use app::visitor::Visitor;
use axum::Extension;
use axum::body::Body;
use axum::extract::{Query, State};
use axum::response::{IntoResponse as _, Response};
use domain::Permission;
use http::{HeaderValue, header};
use portal::access::Viewer;
use portal::{Outcome, Portal, Refusal, catalogue, orders};

use super::download;

/// The orders of a list, whoever's face it is in.
pub(super) async fn orders(
    State(portal): State<Portal>,
    Extension(visitor): Extension<Visitor>,
    Query(pairs): Query<Vec<(String, String)>>,
) -> Response {
    let exported = || -> Outcome<Response> {
        let viewer = viewer(&visitor)?;
        viewer.require(Permission::SeeOrders)?;
        let filter = OrderQuery::of(pairs).filter(visitor.time_zone);
        let pieces = orders::export_csv(portal, viewer.scope(), filter);
        Ok(csv("orders.csv", Body::from_stream(pieces)))
    };
    download(exported())
}

/// The catalogue.
pub(super) async fn catalogue(
    State(portal): State<Portal>,
    Extension(visitor): Extension<Visitor>,
) -> Response {
    let exported = async {
        let Viewer::Operator(operator) = viewer(&visitor)? else {
            return Err(Refusal::NotFound);
        };
        let file = catalogue::export_csv(&portal, operator).await?;
        Ok(csv("catalogue.csv", Body::from(file)))
    };
    download(exported.await)
}

fn viewer(visitor: &Visitor) -> Outcome<&Viewer> {
    visitor
        .current
        .as_ref()
        .map(|current| &current.viewer)
        .ok_or(Refusal::NotLoggedIn)
}

fn csv(name: &'static str, body: Body) -> Response {
    let mut response = body.into_response();
    let headers = response.headers_mut();
    headers.insert(
        header::CONTENT_TYPE,
        HeaderValue::from_static("text/csv; charset=utf-8"),
    );
    if let Ok(disposition) = HeaderValue::from_str(&format!("attachment; filename=\"{name}\"")) {
        headers.insert(header::CONTENT_DISPOSITION, disposition);
    }
    response
}
