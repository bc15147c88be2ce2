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

#[cfg(test)]
mod tests {
    use domain::StoreScope;
    use tokio::io::AsyncReadExt as _;

    use super::*;
    use crate::Refusal;
    use crate::files::{Purpose, Upload, open};
    use crate::testing::{TestPortal, on_both};

    async fn customer(portal: &TestPortal) -> CustomerId {
        let id = CustomerId(portal.entropy.id());
        let mut tx = portal.db.begin().await.unwrap();
        sql(
            "INSERT INTO customers (id, name, sort_name, search, created_at, updated_at)
             VALUES ($1, 'Ana', 'ana', 'ana', $2, $2)",
        )
        .bind(id)
        .bind(portal.now())
        .execute(&mut tx)
        .await
        .unwrap();
        tx.commit().await.unwrap();
        id
    }

    async fn recorded(portal: &TestPortal, customer: Option<CustomerId>) -> FileId {
        let mut upload = Upload::begin(&*portal.files, Purpose::Csv).await.unwrap();
        upload.write(b"reference;quantity\n").await.unwrap();
        let file = upload.finish("pedidos.csv").await.unwrap();
        let mut tx = portal.db.begin().await.unwrap();
        let new = NewFile {
            file: &file,
            customer,
            created_by: None,
        };
        let id = record(&mut tx, portal, new).await.unwrap();
        tx.commit().await.unwrap();
        id
    }

    #[tokio::test]
    async fn a_file_is_found_by_its_customer_and_by_operators_only() {
        on_both(async |portal| {
            let (ana, bea) = (customer(&portal).await, customer(&portal).await);
            let file = recorded(&portal, Some(ana)).await;
            let internal = recorded(&portal, None).await;
            let of = |customer| Scope::Customer {
                customer,
                stores: StoreScope::All,
            };
            for (scope, id, found) in [
                (Scope::AllCustomers, file, true),
                (Scope::AllCustomers, internal, true),
                (of(ana), file, true),
                (of(ana), internal, false),
                (of(bea), file, false),
                (of(ana), FileId(portal.entropy.id()), false),
            ] {
                match open(&portal, &scope, id).await {
                    Ok(mut download) => {
                        assert!(found);
                        let mut text = String::new();
                        download.body.read_to_string(&mut text).await.unwrap();
                        assert_eq!(text, "reference;quantity\n");
                        assert!(download.headers.contains(&("content-length", "19".to_owned())));
                    }
                    Err(refusal) => {
                        assert!(!found && matches!(refusal, Refusal::NotFound), "{refusal:?}");
                    }
                }
            }
            let mut conn = portal.db.read().await.unwrap();
            let stored = find(&mut conn, &of(ana), file).await.unwrap().unwrap();
            assert_eq!(
                (stored.name.as_str(), stored.media_type),
                ("pedidos.csv", MediaType::Text)
            );
            assert_eq!((stored.content.size, stored.created_at), (19, portal.now()));
        })
        .await;
    }
}
