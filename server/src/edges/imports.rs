//! Files around imports: the template to start from, and what came of the rows.

use app::storefronts::imports::{file_name, say};
use app::visitor::Visitor;
use axum::Extension;
use axum::body::Body;
use axum::extract::{Path, State};
use axum::response::Response;
use domain::Permission;
use domain::id::ImportId;
use portal::access::{Client, Viewer};
use portal::audit::downloaded;
use portal::imports::{ReportKind, report, template};
use portal::{Outcome, Portal, Refusal};

use super::{csv, download, viewer};

/// The template, in the visitor's language.
pub(super) async fn orders_template(
    State(portal): State<Portal>,
    Extension(visitor): Extension<Visitor>,
) -> Response {
    let file = async {
        importer(&visitor)?;
        let bytes = template(&portal, visitor.language).await?;
        Ok(csv(&visitor.text().get("imports-template-file"), bytes))
    };
    download(file.await)
}

/// The rows that were refused, to be corrected and imported.
pub(super) async fn refused_rows(
    State(portal): State<Portal>,
    Extension(visitor): Extension<Visitor>,
    Path(id): Path<ImportId>,
) -> Response {
    written(&portal, &visitor, id, ReportKind::Refused).await
}

/// Every row, with what became of it.
pub(super) async fn all_rows(
    State(portal): State<Portal>,
    Extension(visitor): Extension<Visitor>,
    Path(id): Path<ImportId>,
) -> Response {
    written(&portal, &visitor, id, ReportKind::Everything).await
}

async fn written(portal: &Portal, visitor: &Visitor, id: ImportId, kind: ReportKind) -> Response {
    let text = visitor.text();
    let answer = async {
        let scope = importer(visitor)?.scope();
        let report = report(portal, &scope, id, kind, say(text)).await?;
        downloaded(portal, viewer(visitor)?, &report.file_name).await?;
        let name = file_name(text, kind, &report.file_name);
        Ok(csv(&name, Body::from_stream(report.body)))
    };
    download(answer.await)
}

/// The client user who asks, if their role imports orders.
fn importer(visitor: &Visitor) -> Outcome<&Client> {
    let Viewer::Client(client) = viewer(visitor)? else {
        return Err(Refusal::NotFound);
    };
    client.require(Permission::ImportOrders)?;
    Ok(client)
}
