//! Rows of the table `files`: one use of content, with a name and an owner.

use domain::Timestamp;
use domain::id::{CustomerId, FileId, UserId};

use super::{Content, ContentHash, MediaType, ReceivedFile};
use crate::Portal;
use crate::access::Scope;
use crate::storage::{AsConn, StorageError, Tx, sql};

/// A file to be recorded.
#[derive(Clone, Debug)]
pub struct NewFile<'f> {
    /// What was received.
    pub file: &'f ReceivedFile,
    /// Whose it is; none for files of the print company itself.
    pub customer: Option<CustomerId>,
    /// Who sent it; none when the portal fetched or made it.
    pub created_by: Option<UserId>,
}

/// A recorded file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StoredFile {
    /// The row's id.
    pub id: FileId,
    /// Its content.
    pub content: Content,
    /// What it is.
    pub media_type: MediaType,
    /// What it is called.
    pub name: String,
    /// When it came.
    pub created_at: Timestamp,
}

/// Records a file that was received.
///
/// # Errors
/// When the database refuses.
pub async fn record(tx: &mut Tx, portal: &Portal, new: NewFile<'_>) -> Result<FileId, StorageError> {
    let id = FileId(portal.entropy.id());
    let ReceivedFile {
        content,
        media_type,
        name,
    } = new.file;
    sql(
        "INSERT INTO files (id, sha256, size, media_type, name, customer_id, created_by, created_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
    )
    .bind(id)
    .bind(content.hash.0)
    .bind(i64::try_from(content.size).unwrap_or(i64::MAX))
    .bind(media_type.mime())
    .bind(name.as_str())
    .bind(new.customer)
    .bind(new.created_by)
    .bind(portal.now())
    .execute(tx)
    .await?;
    Ok(id)
}

/// Finds a file within `scope`: another customer's file is not there, and a client finds no file of the print
/// company.
///
/// # Errors
/// When the database cannot answer.
pub async fn find(
    conn: &mut impl AsConn,
    scope: &Scope,
    id: FileId,
) -> Result<Option<StoredFile>, StorageError> {
    let mut query =
        sql("SELECT id, sha256, size, media_type, name, created_at FROM files WHERE id = $1").bind(id);
    if let Some(customer) = scope.customer() {
        query.push(" AND customer_id = ").push_bind(customer);
    }
    Ok(query.fetch_optional::<Row>(conn).await?.map(StoredFile::from))
}

#[derive(sqlx::FromRow)]
struct Row {
    id: FileId,
    #[sqlx(try_from = "Vec<u8>")]
    sha256: ContentHash,
    size: i64,
    media_type: String,
    name: String,
    created_at: Timestamp,
}

impl From<Row> for StoredFile {
    fn from(row: Row) -> Self {
        Self {
            id: row.id,
            content: Content {
                hash: row.sha256,
                size: u64::try_from(row.size).unwrap_or_default(),
            },
            media_type: MediaType::from_mime(&row.media_type),
            name: row.name,
            created_at: row.created_at,
        }
    }
}
