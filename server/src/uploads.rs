//! Forms that carry files: each file is kept as it arrives, and its id takes its place in the form, so that a
//! server function and a form that is shown again see only text.

use std::time::Duration;

use app::action::RefusedFiles;
use app::fault;
use app::visitor::Visitor;
use axum::body::Body;
use axum::extract::multipart::{Field, MultipartError};
use axum::extract::{FromRequest as _, Multipart, Request};
use axum::response::{IntoResponse, Response};
use domain::id::{CustomerId, FileId};
use domain::{FieldProblems, Permission, Problem};
use http::{HeaderMap, HeaderValue, StatusCode, header};
use portal::Portal;
use portal::access::Viewer;
use portal::files::{self, FileError, NewFile, Purpose, Room, Upload};

/// Most bytes of a form with all its files.
pub const FORM_WITH_FILES_LIMIT: usize = 1024 * 1024 * 1024;
/// Most parts of such a form: an order of 50 lines has some hundred.
const MOST_PARTS: usize = 2_000;
/// Most files of such a form, those included that are refused.
const MOST_FILES: usize = 100;
/// Most bytes of files passed over that come with a form, and the longest that such a form may take to arrive: anybody
/// can say that they were logged in here.
const PASSED_OVER_LIMIT: usize = 16 * 1024 * 1024;
const PASSED_OVER_WITHIN: Duration = Duration::from_mins(1);
/// What a form without files looks like.
const PLAIN: HeaderValue = HeaderValue::from_static("application/x-www-form-urlencoded");

/// Whether a request brings a form that may carry files.
pub fn may_carry_files(headers: &HeaderMap) -> bool {
    let kind = headers
        .get(header::CONTENT_TYPE)
        .and_then(|kind| kind.to_str().ok());
    kind.is_some_and(|kind| kind.starts_with("multipart/form-data"))
}

/// Keeps the files of a form and makes a plain form of it: a file's id stands where the file was, and nothing where
/// none was picked. Files that do not belong in their field are noted in [`RefusedFiles`]. Texts may have `text_limit` bytes.
///
/// Of somebody whose session has ended the texts are read and the files passed over: see [`app::visitor::KeptForm`]. So
/// are those of people of several customers who may not bring files: the form tells whether it was shown for the customer
/// where they may not. Of anybody else who may not bring files nothing is read: the server function tells them so.
///
/// # Errors
/// With the answer to a form that cannot be read, or has more parts, files or text than any of ours.
pub async fn without_files(
    portal: &Portal,
    request: Request,
    text_limit: usize,
) -> Result<Request, Response> {
    let (mut parts, body) = request.into_parts();
    let visitor = parts.extensions.get::<Visitor>().cloned().unwrap_or_default();
    let signed_out = visitor.current.is_none() && visitor.was.is_some();
    let of_several = visitor
        .current
        .as_ref()
        .is_some_and(|current| current.customers.len() > 1);
    let sender = visitor.current.map(|current| current.viewer).filter(brings_files);
    let mut received = Received {
        text_limit,
        ..Received::default()
    };
    let request = Request::from_parts(parts.clone(), body);
    if sender.is_some() {
        received.read(portal, sender.as_ref(), request).await?;
    } else if signed_out || of_several {
        tokio::time::timeout(PASSED_OVER_WITHIN, received.read(portal, None, request))
            .await
            .map_err(|_| StatusCode::REQUEST_TIMEOUT.into_response())??;
    }
    let plain =
        serde_urlencoded::to_string(&received.fields).map_err(|_| StatusCode::BAD_REQUEST.into_response())?;
    parts.headers.insert(header::CONTENT_TYPE, PLAIN);
    parts.headers.remove(header::CONTENT_LENGTH);
    parts.extensions.insert(RefusedFiles(received.problems));
    Ok(Request::from_parts(parts, Body::from(plain)))
}

fn brings_files(viewer: &Viewer) -> bool {
    [
        Permission::PlaceOrders,
        Permission::EditOrders,
        Permission::ImportOrders,
        Permission::ManageCatalogue,
        Permission::ConnectProducts,
    ]
    .into_iter()
    .any(|permission| viewer.may(permission))
}

/// What the file of a field is for: fields called `csv` bring rows, all others designs.
fn purpose_of(field: &str) -> Purpose {
    if field == "csv" {
        Purpose::Csv
    } else {
        Purpose::Design
    }
}

/// The bare answer to a form that is cut off or too large.
fn unreadable(error: &MultipartError) -> Response {
    error.status().into_response()
}

/// What has arrived of a form.
#[derive(Default)]
struct Received {
    fields: Vec<(String, String)>,
    files: usize,
    /// Bytes of files that are not kept.
    passed_over: usize,
    /// Bytes of names and texts, and how many they may be.
    text_bytes: usize,
    text_limit: usize,
    problems: FieldProblems,
}

impl Received {
    async fn read(
        &mut self,
        portal: &Portal,
        sender: Option<&Viewer>,
        request: Request,
    ) -> Result<(), Response> {
        let mut form = Multipart::from_request(request, &())
            .await
            .map_err(|refused| refused.status().into_response())?;
        while let Some(field) = form.next_field().await.map_err(|error| unreadable(&error))? {
            self.take(portal, sender, field).await?;
        }
        Ok(())
    }

    async fn take(
        &mut self,
        portal: &Portal,
        sender: Option<&Viewer>,
        field: Field<'_>,
    ) -> Result<(), Response> {
        let name = field.name().unwrap_or_default().to_owned();
        self.count_text(name.len()).map_err(IntoResponse::into_response)?;
        if self.fields.len() >= MOST_PARTS {
            return Err(too_large());
        }
        let Some(file_name) = field.file_name().map(str::to_owned) else {
            let text = self.text(field).await?;
            self.fields.push((name, text));
            return Ok(());
        };
        self.count_text(file_name.len())
            .map_err(IntoResponse::into_response)?;
        let mut file = None;
        if !file_name.is_empty() {
            self.files += 1;
            if self.files > MOST_FILES {
                return Err(too_large());
            }
            if let Some(viewer) = sender {
                file = self.file(portal, viewer, &name, &file_name, field).await?;
            } else {
                self.pass_over(field).await?;
                self.problems.add(name.clone(), Problem::new("file-not-kept"));
            }
        }
        self.fields
            .push((name, file.map(|id| id.to_string()).unwrap_or_default()));
        Ok(())
    }

    async fn pass_over(&mut self, mut field: Field<'_>) -> Result<(), Response> {
        while let Some(piece) = field.chunk().await.map_err(|error| unreadable(&error))? {
            self.passed_over += piece.len();
            if self.passed_over > PASSED_OVER_LIMIT {
                return Err(too_large());
            }
        }
        Ok(())
    }

    fn count_text(&mut self, bytes: usize) -> Result<(), StatusCode> {
        self.text_bytes += bytes;
        if self.text_bytes > self.text_limit {
            return Err(StatusCode::PAYLOAD_TOO_LARGE);
        }
        Ok(())
    }

    async fn text(&mut self, mut field: Field<'_>) -> Result<String, Response> {
        let mut bytes = Vec::new();
        while let Some(piece) = field.chunk().await.map_err(|error| unreadable(&error))? {
            self.count_text(piece.len())
                .map_err(IntoResponse::into_response)?;
            bytes.extend_from_slice(&piece);
        }
        Ok(String::from_utf8_lossy(&bytes).into_owned())
    }

    async fn file(
        &mut self,
        portal: &Portal,
        viewer: &Viewer,
        name: &str,
        file_name: &str,
        field: Field<'_>,
    ) -> Result<Option<FileId>, Response> {
        let purpose = purpose_of(name);
        match keep(portal, viewer, purpose, file_name, field).await {
            Ok(id) => Ok(Some(id)),
            Err(NotKept::Refused(error)) => match error.problem_for(purpose) {
                Some(problem) => {
                    self.problems.add(name.to_owned(), problem);
                    Ok(None)
                }
                None => Err(failed(&error.into())),
            },
            Err(NotKept::CutOff(error)) => Err(unreadable(&error)),
            Err(NotKept::Failed(error)) => Err(failed(&error)),
        }
    }
}

fn too_large() -> Response {
    StatusCode::PAYLOAD_TOO_LARGE.into_response()
}

fn failed(error: &anyhow::Error) -> Response {
    fault::status_of(error, "an upload").into_response()
}

/// Why a file was not kept.
enum NotKept {
    Refused(FileError),
    CutOff(MultipartError),
    Failed(anyhow::Error),
}

impl NotKept {
    fn failed(error: impl Into<anyhow::Error>) -> Self {
        Self::Failed(error.into())
    }
}

impl From<FileError> for NotKept {
    fn from(error: FileError) -> Self {
        Self::Refused(error)
    }
}

async fn keep(
    portal: &Portal,
    viewer: &Viewer,
    purpose: Purpose,
    file_name: &str,
    mut field: Field<'_>,
) -> Result<FileId, NotKept> {
    let customer = viewer.scope().customer();
    let room = room_of(portal, customer).await.map_err(NotKept::Failed)?;
    let mut upload = Upload::begin(portal.files.as_ref(), purpose)
        .await?
        .within(room)?;
    while let Some(piece) = field.chunk().await.map_err(NotKept::CutOff)? {
        upload.write(&piece).await?;
    }
    upload.sync().await?;
    record(portal, viewer, upload, file_name).await
}

/// Records and keeps a file that has arrived, if there is room for it still: others may have come at the same time. It
/// is kept once nobody waits for the transaction any more. Broken off in between, the row is one that nothing uses and
/// that is swept.
async fn record(
    portal: &Portal,
    viewer: &Viewer,
    mut upload: Upload<'_>,
    file_name: &str,
) -> Result<FileId, NotKept> {
    let customer = viewer.scope().customer();
    let file = upload.describe(file_name)?;
    let mut tx = portal.db.begin().await.map_err(NotKept::failed)?;
    if let Some(customer) = customer {
        let room = files::room_to_record(portal, &mut tx, customer).await;
        upload = upload.still_within(room.map_err(NotKept::failed)?)?;
    }
    let new = NewFile {
        file: &file,
        customer,
        created_by: Some(viewer.user()),
    };
    let id = files::record(&mut tx, portal, new)
        .await
        .map_err(NotKept::failed)?;
    tx.commit().await.map_err(NotKept::failed)?;
    upload.finish(file_name).await?;
    Ok(id)
}

/// What a customer may still send; operators may send what they need.
async fn room_of(portal: &Portal, customer: Option<CustomerId>) -> anyhow::Result<Option<Room>> {
    let Some(customer) = customer else {
        return Ok(None);
    };
    let mut conn = portal.db.read().await?;
    Ok(Some(files::room(portal, &mut conn, customer).await?))
}
