//! Giving out files.

use std::io;

use app::visitor::Visitor;
use axum::Extension;
use axum::body::Body;
use axum::extract::{Path, State};
use axum::response::Response;
use bytes::{Bytes, BytesMut};
use domain::id::FileId;
use futures::{Stream, stream};
use portal::audit::downloaded;
use portal::files::FileReader;
use portal::{Outcome, Portal, files};
use tokio::io::AsyncReadExt as _;

use super::{download, viewer};

/// Bytes read in one go.
const PIECE: usize = 64 * 1024;

/// A file the visitor may have; anything else does not exist.
pub(super) async fn file(
    State(portal): State<Portal>,
    Extension(visitor): Extension<Visitor>,
    Path(id): Path<FileId>,
) -> Response {
    download(open(&portal, &visitor, id).await)
}

async fn open(portal: &Portal, visitor: &Visitor, id: FileId) -> Outcome<Response> {
    let viewer = viewer(visitor)?;
    let file = files::open(portal, viewer, id).await?;
    if let Some(name) = &file.imported {
        downloaded(portal, viewer, name).await?;
    }
    let mut response = Response::builder();
    for (name, value) in file.headers {
        response = response.header(name, value);
    }
    let body = Body::from_stream(pieces(file.body));
    Ok(response.body(body).map_err(anyhow::Error::from)?)
}

fn pieces(reader: FileReader) -> impl Stream<Item = io::Result<Bytes>> {
    stream::try_unfold(reader, |mut reader| async move {
        let mut piece = BytesMut::with_capacity(PIECE);
        let read = reader.read_buf(&mut piece).await?;
        Ok((read > 0).then(|| (piece.freeze(), reader)))
    })
}
