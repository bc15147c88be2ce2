//! Rows of the table `files`: one use of content, with a name and an owner.

use domain::id::{CustomerId, FileId, StoreId, UserId};
use domain::{Permission, Timestamp};

use super::{Content, ContentHash, MediaType, ReceivedFile};
use crate::Portal;
use crate::access::{Scope, Viewer};
use crate::storage::{AsConn, Sql, StorageError, Tx, sql};

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

/// Finds a file within `scope`, to be used by a form: another customer's file is not there, a client finds no file of
/// the print company, and somebody limited to some stores none that only others use.
///
/// # Errors
/// When the database cannot answer.
pub async fn find(
    conn: &mut impl AsConn,
    scope: &Scope,
    id: FileId,
) -> Result<Option<StoredFile>, StorageError> {
    let mut query = select(id);
    if let Some(customer) = scope.customer() {
        query.push(" AND customer_id = ").push_bind(customer);
    }
    if let Some(stores) = scope.chosen_stores() {
        query.push(" AND (").push(NOT_USED);
        query.push(" OR ").push(USED_BY_ORDER);
        in_stores(&mut query, "o.store_id", Some(stores));
        query.push(" OR ").push(USED_BY_PRODUCT);
        in_stores(&mut query, "v.store_id", Some(stores));
        query.push(" OR ").push(USED_BY_IMPORT);
        in_stores(&mut query, "i.store_id", Some(stores));
        query.push(")");
    }
    Ok(query.fetch_optional::<Row>(conn).await?.map(StoredFile::from))
}

/// Finds a file that `viewer` may read: a design with the orders and products it belongs to, a CSV with the imports. What nothing
/// uses yet is there for whoever sent it, and for those who work with all stores of the customer.
///
/// # Errors
/// When the database cannot answer.
pub(super) async fn find_for(
    conn: &mut impl AsConn,
    viewer: &Viewer,
    id: FileId,
) -> Result<Option<StoredFile>, StorageError> {
    let mut query = select(id);
    match viewer {
        Viewer::Operator(operator) => {
            if !viewer.may(Permission::ManageCatalogue) {
                query.push(" AND (customer_id IS NOT NULL OR created_by = ");
                query.push_bind(operator.user).push(")");
            }
        }
        Viewer::Client(client) => {
            let scope = client.scope();
            let stores = scope.chosen_stores();
            query.push(" AND customer_id = ").push_bind(client.customer);
            query.push(" AND (").push(NOT_USED);
            if stores.is_some() {
                query.push(" AND created_by = ").push_bind(client.user);
            }
            if viewer.may(Permission::SeeOrders) {
                query.push(" OR ").push(USED_BY_ORDER);
                in_stores(&mut query, "o.store_id", stores);
            }
            if viewer.may(Permission::SeeProducts) {
                query.push(" OR ").push(USED_BY_PRODUCT);
                in_stores(&mut query, "v.store_id", stores);
            }
            if viewer.may(Permission::ImportOrders) {
                query.push(" OR ").push(USED_BY_IMPORT);
                in_stores(&mut query, "i.store_id", stores);
            }
            query.push(")");
        }
    }
    Ok(query.fetch_optional::<Row>(conn).await?.map(StoredFile::from))
}

fn select(id: FileId) -> Sql {
    sql("SELECT id, sha256, size, media_type, name, created_at FROM files WHERE id = $1").bind(id)
}

/// Nothing uses the file. Each use of one has an index: deleting a row looks there too.
pub(super) const NOT_USED: &str =
    "NOT EXISTS (SELECT 1 FROM order_line_files WHERE order_line_files.file_id = files.id)
    AND NOT EXISTS (SELECT 1 FROM store_variant_designs WHERE store_variant_designs.file_id = files.id)
    AND NOT EXISTS (SELECT 1 FROM imports WHERE imports.file_id = files.id)";

// `in_stores` closes the bracket.

const USED_BY_ORDER: &str = "EXISTS (SELECT 1 FROM order_line_files d JOIN order_lines l ON l.id = d.line_id \
     JOIN orders o ON o.id = l.order_id WHERE d.file_id = files.id AND o.customer_id = files.customer_id";

const USED_BY_PRODUCT: &str = "EXISTS (SELECT 1 FROM store_variant_designs d \
     JOIN store_variants v ON v.id = d.store_variant_id WHERE d.file_id = files.id";

const USED_BY_IMPORT: &str =
    "EXISTS (SELECT 1 FROM imports i WHERE i.file_id = files.id AND i.customer_id = files.customer_id";

/// Limits a use by its `column` to some stores, if it is to be, and closes its bracket.
fn in_stores(query: &mut Sql, column: &'static str, stores: Option<&[StoreId]>) {
    if let Some(stores) = stores {
        query.push(" AND ").push(column).push(" IN ");
        query.push_list(stores.iter().copied());
    }
    query.push(")");
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
    use domain::id::LineId;
    use domain::{ClientRole, OperatorRole, StoreScope};
    use tokio::io::AsyncReadExt as _;

    use super::*;
    use crate::Refusal;
    use crate::access::{Client, Operator};
    use crate::files::{Purpose, Upload, open};
    use crate::orders::testing;
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

    fn operator(portal: &TestPortal, role: OperatorRole) -> Viewer {
        Viewer::Operator(Operator {
            user: UserId(portal.entropy.id()),
            name: "Marta".to_owned(),
            role,
        })
    }

    fn client(portal: &TestPortal, customer: CustomerId, role: ClientRole, stores: StoreScope) -> Client {
        Client {
            user: UserId(portal.entropy.id()),
            name: "Ana".to_owned(),
            customer,
            customer_name: "Ana".to_owned(),
            role,
            stores,
        }
    }

    #[tokio::test]
    async fn a_file_is_found_by_its_customer_and_by_operators_only() {
        on_both(async |portal| {
            let (ana, bea) = (customer(&portal).await, customer(&portal).await);
            let file = recorded(&portal, Some(ana)).await;
            let internal = recorded(&portal, None).await;
            let admin = |customer| {
                let everywhere = StoreScope::All;
                Viewer::Client(client(&portal, customer, ClientRole::AccountAdmin, everywhere))
            };
            for (viewer, id, found) in [
                (operator(&portal, OperatorRole::Operator), file, true),
                (operator(&portal, OperatorRole::Operator), internal, true),
                (operator(&portal, OperatorRole::Production), file, true),
                (operator(&portal, OperatorRole::Production), internal, false),
                (admin(ana), file, true),
                (admin(ana), internal, false),
                (admin(bea), file, false),
                (admin(ana), FileId(portal.entropy.id()), false),
            ] {
                match open(&portal, &viewer, id).await {
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
            let stored = find(&mut conn, &admin(ana).scope(), file).await.unwrap().unwrap();
            assert_eq!(
                (stored.name.as_str(), stored.media_type),
                ("pedidos.csv", MediaType::Text)
            );
            assert_eq!((stored.content.size, stored.created_at), (19, portal.now()));
            let elsewhere = find(&mut conn, &admin(bea).scope(), file).await.unwrap();
            assert!(elsewhere.is_none());
        })
        .await;
    }

    #[tokio::test]
    async fn designs_and_imports_of_other_stores_and_permissions_are_not_there() {
        on_both(async |portal| {
            let (admin, _, order) = testing::order_without_design(&portal).await;
            let (line, store): (LineId, StoreId) =
                sql("SELECT l.id, o.store_id FROM order_lines l JOIN orders o ON o.id = l.order_id WHERE o.id = $1")
                    .bind(order)
                    .fetch_one(&mut portal.db.read().await.unwrap())
                    .await
                    .unwrap();
            let design = testing::upload(&portal, &admin, &testing::png(20, 20)).await;
            let import = recorded(&portal, Some(admin.customer)).await;
            let fresh = testing::upload(&portal, &admin, &testing::png(30, 30)).await;
            let mut tx = portal.db.begin().await.unwrap();
            sql("INSERT INTO order_line_files (id, line_id, area_key, file_id, state) \
                 VALUES ($1, $2, 'front', $3, 'checked')")
            .bind(portal.entropy.id())
            .bind(line)
            .bind(design)
            .execute(&mut tx)
            .await
            .unwrap();
            sql("INSERT INTO imports (id, kind, customer_id, store_id, file_id, file_name, state, created_at) \
                 VALUES ($1, 'orders', $2, $3, $4, 'a.csv', 'cancelled', $5)")
            .bind(portal.entropy.id())
            .bind(admin.customer)
            .bind(store)
            .bind(import)
            .bind(portal.now())
            .execute(&mut tx)
            .await
            .unwrap();
            tx.commit().await.unwrap();

            let somewhere_else = StoreScope::Chosen(vec![StoreId(portal.entropy.id())]);
            let here = StoreScope::Chosen(vec![store]);
            let of = |role, stores: &StoreScope| client(&portal, admin.customer, role, stores.clone());
            for (viewer, expected) in [
                (admin.clone(), [true, true, true]),
                (of(ClientRole::ViewOnly, &StoreScope::All), [true, false, true]),
                (of(ClientRole::OrderManager, &here), [true, true, false]),
                (of(ClientRole::StoreManager, &here), [true, false, false]),
                (of(ClientRole::StoreManager, &somewhere_else), [false; 3]),
                (of(ClientRole::OrderManager, &StoreScope::Chosen(Vec::new())), [false; 3]),
            ] {
                for (file, expected) in [design, import, fresh].into_iter().zip(expected) {
                    let opened = open(&portal, &Viewer::Client(viewer.clone()), file).await;
                    assert_eq!(opened.is_ok(), expected, "{viewer:?} {file}");
                }
            }
            let sender = Client { stores: somewhere_else, ..admin.clone() };
            assert!(open(&portal, &Viewer::Client(sender.clone()), fresh).await.is_ok());
            let mut conn = portal.db.read().await.unwrap();
            for (file, expected) in [(design, false), (import, false), (fresh, true)] {
                let found = find(&mut conn, &sender.scope(), file).await.unwrap();
                assert_eq!(found.is_some(), expected, "to be used by a form");
            }
        })
        .await;
    }
}
