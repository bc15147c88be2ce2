//! Everything at once: a file that Shopify prepares, read piece by piece.

use std::collections::BTreeSet;
use std::time::Duration;

use bytes::BytesMut;
use domain::source::{ExternalId, StoreProduct};
use reqwest::header::{HeaderValue, RANGE};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use super::graphql::{Api, UserError, accept};
use super::operations::{BULK_OPERATION, BULK_PRODUCTS, BULK_RUN};
use super::products::{self, ProductNode, Shop, VariantNode};
use crate::lenient;
use crate::store::{Call, ConnectionError, Page, Reading, Result};

/// How often to look whether the file is ready.
pub(super) const POLL: Duration = Duration::from_secs(3);
/// Products on a page.
const PRODUCTS: usize = 250;
/// A line longer than this is no product.
const LONGEST_LINE: usize = 4 * 1024 * 1024;

/// A file that is prepared or read.
#[derive(Serialize, Deserialize)]
pub(super) struct Export {
    /// The operation. The file's address is asked for each time: it lets anybody in and must not be stored.
    id: String,
    /// Where in the file to go on, in bytes.
    from: u64,
}

/// How far a file is.
pub(super) enum State {
    /// Not ready.
    Preparing(Export),
    /// A part of it.
    Part {
        page: Page<StoreProduct>,
        next: Option<Export>,
    },
    /// Shopify gave up, or the file is gone.
    Failed,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Started {
    bulk_operation_run_query: Option<Run>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Run {
    bulk_operation: Option<Operation>,
    #[serde(default, deserialize_with = "lenient::or_default")]
    user_errors: Vec<UserError>,
}

#[derive(Deserialize)]
struct Looked {
    shop: Option<Shop>,
    node: Option<Operation>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Operation {
    id: Option<String>,
    status: Option<String>,
    #[serde(default, deserialize_with = "lenient::integer")]
    root_object_count: Option<i64>,
    url: Option<String>,
}

/// Asks Shopify to prepare the file; `None` when it prepares as many as it can already.
pub(super) async fn start(api: &Api) -> Result<Option<Export>> {
    let started: Started = api.ask(&BULK_RUN, json!({ "query": BULK_PRODUCTS })).await?;
    let Some(run) = started.bulk_operation_run_query else {
        return Ok(None);
    };
    let busy = |error: &UserError| {
        matches!(
            error.code.as_deref(),
            Some("OPERATION_IN_PROGRESS" | "LIMIT_REACHED")
        )
    };
    if run.user_errors.iter().any(busy) {
        return Ok(None);
    }
    accept(&run.user_errors)?;
    let id = run.bulk_operation.and_then(|operation| operation.id);
    Ok(id.map(|id| Export { id, from: 0 }))
}

/// Looks how far the file is, and reads the next part when it is ready.
pub(super) async fn read(api: &Api, export: Export) -> Result<State> {
    let looked: Looked = api.ask(&BULK_OPERATION, json!({ "id": export.id })).await?;
    let Some(operation) = looked.node else {
        return Ok(State::Failed);
    };
    match operation.status.as_deref() {
        Some("CREATED" | "RUNNING") => return Ok(State::Preparing(export)),
        Some("COMPLETED") => {}
        _ => return Ok(State::Failed),
    }
    let total = operation
        .root_object_count
        .and_then(|count| u64::try_from(count).ok());
    // There is no file when there is nothing in it.
    let Some(url) = operation.url else {
        let page = Page {
            total,
            ..Page::last(Vec::new())
        };
        return Ok(State::Part { page, next: None });
    };
    let currency = Shop::currency(looked.shop.as_ref());
    let mut lines = Lines::open(api, &url, export.from).await?;
    let part = Part::read(&mut lines).await?;
    let mut page = Page {
        total,
        ..Page::last(Vec::new())
    };
    page.items = part
        .nodes
        .into_iter()
        .map(|node| products::product(node, currency))
        .collect();
    page.unreadable = part.unreadable;
    for parent in part.torn {
        page.items
            .extend(products::one(api, &ExternalId::new(parent)).await?);
    }
    let next = part.next.map(|from| Export { id: export.id, from });
    Ok(State::Part { page, next })
}

/// Some products of the file.
#[derive(Default)]
struct Part {
    nodes: Vec<ProductNode>,
    unreadable: Vec<(String, String)>,
    /// Products with variants far from them, although grouping was asked for: they are read again, whole.
    torn: BTreeSet<String>,
    /// Where the next part begins, in bytes.
    next: Option<u64>,
}

impl Part {
    async fn read(lines: &mut Lines) -> Result<Self> {
        let mut part = Self::default();
        loop {
            let start = lines.position;
            let Some(line) = lines.next().await? else {
                return Ok(part);
            };
            let Ok(line) = serde_json::from_slice::<Value>(&line) else {
                part.unreadable
                    .push((String::new(), format!("byte {start} of the file is no JSON")));
                continue;
            };
            if line["__parentId"].is_string() {
                part.variant(line);
                continue;
            }
            if part.nodes.len() == PRODUCTS {
                part.next = Some(start);
                return Ok(part);
            }
            let id = line["id"].as_str().unwrap_or_default().to_owned();
            match serde_json::from_value(line) {
                Ok(node) => part.nodes.push(node),
                Err(error) => part.unreadable.push((id, error.to_string())),
            }
        }
    }

    fn variant(&mut self, line: Value) {
        let parent = line["__parentId"].as_str().unwrap_or_default().to_owned();
        let product = self.nodes.last_mut().filter(|product| product.id == parent);
        match (product, serde_json::from_value::<VariantNode>(line)) {
            (Some(product), Ok(variant)) => product.variants.nodes.push(variant),
            (Some(_), Err(error)) => self.unreadable.push((parent, error.to_string())),
            (None, _) => {
                self.torn.insert(parent);
            }
        }
    }
}

/// The lines of a file on another server.
struct Lines {
    reading: Reading,
    buffer: BytesMut,
    /// Where the next line begins, in bytes from the start of the file.
    position: u64,
    /// Bytes to pass over: of a server that begins at the start whatever is asked.
    skip: u64,
}

impl Lines {
    async fn open(api: &Api, url: &str, from: u64) -> Result<Self> {
        let mut call = Call::get("products.bulk.file", url);
        call.shown_url = url.split('?').next().map(str::to_owned);
        call.cost = 0;
        let range = HeaderValue::from_str(&format!("bytes={from}-"));
        let range = range.map_err(|error| ConnectionError::Unreadable(error.to_string()))?;
        let reading = api.wire().open(&call.header(RANGE, range)).await?;
        Ok(Self {
            skip: if reading.status() == 206 { 0 } else { from },
            position: from,
            buffer: BytesMut::new(),
            reading,
        })
    }

    /// The next line that is not empty; nothing after the last.
    async fn next(&mut self) -> Result<Option<BytesMut>> {
        let mut searched = 0;
        loop {
            if let Some(end) = self.buffer[searched..].iter().position(|byte| *byte == b'\n') {
                let line = self.buffer.split_to(searched + end + 1);
                searched = 0;
                self.position += line.len() as u64;
                if !line.trim_ascii().is_empty() {
                    return Ok(Some(line));
                }
                continue;
            }
            searched = self.buffer.len();
            if searched > LONGEST_LINE {
                return Err(ConnectionError::Unreadable("a line without an end".to_owned()));
            }
            match self.reading.chunk().await.map_err(ConnectionError::Unreachable)? {
                Some(chunk) => self.take(&chunk),
                None if self.buffer.trim_ascii().is_empty() => return Ok(None),
                None => {
                    self.position += self.buffer.len() as u64;
                    return Ok(Some(self.buffer.split()));
                }
            }
        }
    }

    fn take(&mut self, chunk: &[u8]) {
        let skipped = usize::try_from(self.skip).unwrap_or(usize::MAX).min(chunk.len());
        self.skip -= skipped as u64;
        self.buffer.extend_from_slice(&chunk[skipped..]);
    }
}
