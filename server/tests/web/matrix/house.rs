//! A portal with one of everything, and somebody in every role.

use std::collections::BTreeMap;

use domain::catalogue::{CatalogueProduct, RawCatalogueProduct};
use domain::id::{
    AuditEntryId, CustomerId, FileId, ImportId, InvitationId, JobId, LineId, MessageId, OrderId,
    OrderWriteId, ProductId, StoreId, StoreProductId, StoreVariantId, UserId,
};
use domain::source::{ExternalId, Listing, StoreProduct, StoreVariant};
use domain::{ClientRole, OperatorRole, Platform, Role, StoreScope};
use portal::access::{Client, Operator, Viewer};
use portal::accounts::confirm::Proof;
use portal::accounts::sessions::{self, SessionRecord};
use portal::accounts::viewing;
use portal::files::{self, NewFile, Purpose, Upload};
use portal::jobs::{Registry, Worker};
use portal::mail::{MailKind, NewMail, queue};
use portal::orders::{AddressForm, LineForm, PlaceOrderForm};
use portal::paging::Turn;
use portal::storage::{Value, sql};
use portal::store_products::{self, StoreProductFilter};
use portal::syncs::{self, SyncProducts};
use portal::testing::{TestPortal, connect_store};
use portal::users::{self, AddForm, PersonForm, RoleForm};
use portal::views::{self, ViewedList};
use portal::{Portal, catalogue, orders, stores};
use serde_json::json;
use tower_sessions::session::Id;

use super::Visitor;
use crate::browser::Browser;
use crate::people;

/// The id of nothing.
pub(super) const NOTHING: &str = "018f0000-0000-7000-8000-000000000000";

/// A portal with one of everything.
pub(super) struct House {
    pub(super) portal: TestPortal,
    browser: Browser,
    pub(super) people: BTreeMap<&'static str, UserId>,
    /// The customer whose people the client roles are.
    pub(super) own: Company,
    /// Another customer.
    pub(super) other: Company,
    /// A customer that operators may do anything to.
    pub(super) idle: CustomerId,
    /// An operator to be changed.
    pub(super) colleague: UserId,
    job: JobId,
    pub(super) product: ProductId,
    catalogue_import: ImportId,
    invitation: InvitationId,
    /// A webhook.
    message: MessageId,
}

/// What belongs to a customer.
#[derive(Clone, Copy, Debug)]
pub(super) struct Company {
    pub(super) id: CustomerId,
    pub(super) store: StoreId,
    /// A store at a platform.
    pub(super) online: StoreId,
    /// What that store sells.
    pub(super) store_product: StoreProductId,
    pub(super) variant: StoreVariantId,
    /// The job that read it.
    sync: JobId,
    pub(super) order: OrderId,
    pub(super) line: LineId,
    /// What the order's store could not be told.
    pub(super) write: OrderWriteId,
    pub(super) import: ImportId,
    /// A file of its own.
    pub(super) file: FileId,
    /// A store in which nothing has happened.
    pub(super) quiet: StoreId,
    /// What was decided about it first.
    pub(super) entry: AuditEntryId,
    /// Who runs it.
    pub(super) admin: UserId,
    /// Somebody who only looks.
    pub(super) user: UserId,
}

impl House {
    pub(super) async fn build(portal: &TestPortal) -> Self {
        let mut people = BTreeMap::new();
        for role in OperatorRole::ALL {
            let email = people::operator(portal, *role).await;
            people.insert(role.as_str(), user(portal, &email).await);
        }
        let administrator = Operator {
            user: people[OperatorRole::Administrator.as_str()],
            name: "Ana Ibáñez".to_owned(),
            role: OperatorRole::Administrator,
        };
        let poster = CatalogueProduct::parse(&RawCatalogueProduct {
            uid: "poster",
            name_en: "Poster",
            name_es: "Cartel",
            category: "Things",
            print_areas: "front 297x420mm bleed 3mm 150dpi 1p pdf,png,jpeg",
            ..RawCatalogueProduct::default()
        });
        let product = catalogue::create(portal, &administrator, &poster.unwrap())
            .await
            .unwrap();
        let own = company(portal, "Estudio Garabato").await;
        for role in ClientRole::ALL {
            let email = people::client(portal, own.id, *role).await;
            people.insert(role.as_str(), user(portal, &email).await);
        }
        // A store manager has chosen stores: those of which the tables ask.
        let store_manager = people[ClientRole::StoreManager.as_str()];
        limit(portal, store_manager, &[own.store, own.online]).await;
        let colleague = people::person(
            portal,
            "colleague@levante.example",
            Some(OperatorRole::Production),
        )
        .await;
        let mut house = Self {
            browser: Browser::new(portal),
            portal: portal.clone(),
            people,
            own,
            other: company(portal, "Otro Estudio").await,
            idle: people::customer(portal, "Nordlys Hotels").await,
            colleague,
            job: JobId(portal.entropy.id()),
            product,
            catalogue_import: import(portal, None).await.0,
            invitation: InvitationId(portal.entropy.id()),
            message: message(portal, own).await,
        };
        house.job = house.add_job().await;
        house.invitation = house.invite(&administrator).await;
        house
    }

    /// Somebody who is not logged in.
    pub(super) fn anonymous(&self) -> Browser {
        self.browser.clone()
    }

    /// Somebody of a role.
    pub(super) async fn logged_in(&self, role: Role) -> Browser {
        let name = match role {
            Role::Operator(role) => role.as_str(),
            Role::Client(role) => role.as_str(),
        };
        self.session_of(self.people[name]).await
    }

    /// Somebody of a role who works with one store only, in which nothing has happened.
    pub(super) async fn limited(&self, role: ClientRole) -> UserId {
        let email = format!("limited-{role}@garabato.example");
        let user = people::person(&self.portal, &email, None).await;
        people::member(&self.portal, user, self.own.id, role).await;
        limit(&self.portal, user, &[self.own.quiet]).await;
        user
    }

    /// Somebody of a role at a customer that has nothing yet.
    pub(super) async fn of_nothing(&self, role: ClientRole) -> Browser {
        let email = format!("{role}@nordlys.example");
        let user = people::person(&self.portal, &email, None).await;
        people::member(&self.portal, user, self.idle, role).await;
        self.session_of(user).await
    }

    /// Puts the own online store and the own order into a state in which somebody must act.
    pub(super) async fn trouble(&self, store: &str, status: &str, reason: &str) {
        let mut tx = self.portal.db.begin().await.unwrap();
        sql("UPDATE stores SET state = $2 WHERE id = $1")
            .bind(self.own.online)
            .bind(store)
            .execute(&mut tx)
            .await
            .unwrap();
        sql(
            "UPDATE orders SET status = $2, reason = $3, needs_attention = TRUE, store_id = $4 WHERE id = $1",
        )
        .bind(self.own.order)
        .bind(status)
        .bind(reason)
        .bind(self.own.online)
        .execute(&mut tx)
        .await
        .unwrap();
        sql("UPDATE order_lines SET status = $2, reason = $3 WHERE order_id = $1")
            .bind(self.own.order)
            .bind(status)
            .bind(reason)
            .execute(&mut tx)
            .await
            .unwrap();
        tx.commit().await.unwrap();
    }

    /// A person, in a session that no other browser shares.
    pub(super) async fn session_of(&self, user: UserId) -> Browser {
        self.session_with(user, json!({})).await
    }

    /// An administrator who looks at the own customer's Storefronts.
    pub(super) async fn viewing(&self) -> Browser {
        let administrator = Operator {
            user: self.people[OperatorRole::Administrator.as_str()],
            name: "Ana Ibáñez".to_owned(),
            role: OperatorRole::Administrator,
        };
        let viewing = viewing::start(&self.portal, &administrator, self.own.id)
            .await
            .unwrap();
        self.session_with(administrator.user, json!({ (app::action::VIEWING): viewing }))
            .await
    }

    /// As [`Self::session_of`], with more values in it.
    async fn session_with(&self, user: UserId, more: serde_json::Value) -> Browser {
        let id = Id(i128::from_le_bytes(*self.portal.entropy.id().as_bytes()));
        let now = self.portal.now();
        let ends = now + std::time::Duration::from_hours(1);
        let mut data = json!({
            (app::action::USER): user,
            (app::action::ENDS): ends.micros(),
            (app::action::SEEN): now.micros(),
            (app::action::PROVED): now.micros(),
        });
        for (key, value) in more.as_object().into_iter().flatten() {
            data[key] = value.clone();
        }
        let record = SessionRecord {
            user: Some(user),
            data: data.to_string(),
            expires_at: ends,
            log_in: None,
        };
        assert!(
            sessions::create(&self.portal, &id.0.to_le_bytes(), &record)
                .await
                .unwrap()
        );
        let mut browser = self.browser.clone();
        browser.keep("session", &id.to_string());
        browser
    }

    /// The id that a path is about, by the part of the path before it.
    pub(super) fn subject(&self, area: &str) -> String {
        match area {
            "customers" => self.own.id.to_string(),
            "stores" => self.own.online.to_string(),
            "orders" => self.own.order.to_string(),
            "imports" => self.own.import.to_string(),
            "files" => self.own.file.to_string(),
            "catalogue" => self.product.to_string(),
            "import" => self.catalogue_import.to_string(),
            "invitations" => self.invitation.to_string(),
            "team" => self.colleague.to_string(),
            "audit" => self.own.entry.to_string(),
            "users" => self.own.user.to_string(),
            "activity" => self.job.to_string(),
            "jobs" => self.own.sync.to_string(),
            "events" => self.message.to_string(),
            "products" => self.own.store_product.to_string(),
            "variants" => self.own.variant.to_string(),
            other => panic!("what is /{other}/{{id}} about?"),
        }
    }

    /// What a form tells: what it is about is there, so that nobody is turned away for anything but their role.
    pub(super) fn fields(&self, function: &str) -> Vec<(&'static str, String)> {
        let company = &self.own;
        let import = if function.starts_with("catalogue/") {
            self.catalogue_import
        } else {
            company.import
        };
        let customer = if function.starts_with("account/") || function.starts_with("users/") {
            company.id
        } else {
            self.idle
        };
        vec![
            ("id", self.job.to_string()),
            ("member", self.colleague.to_string()),
            ("customer", customer.to_string()),
            ("user", company.user.to_string()),
            ("product", self.product.to_string()),
            ("store", company.store.to_string()),
            ("platform", "shopify".to_owned()),
            ("shop", "nowhere".to_owned()),
            ("order", company.order.to_string()),
            ("line", company.line.to_string()),
            ("write", company.write.to_string()),
            ("shipment", NOTHING.to_owned()),
            ("store_product", company.store_product.to_string()),
            ("variant", company.variant.to_string()),
            ("message", self.message.to_string()),
            ("area", "front".to_owned()),
            ("import", import.to_string()),
            ("to", "printed".to_owned()),
            ("seen", "0".to_owned()),
        ]
    }

    /// A saved view: everybody has their own.
    pub(super) async fn view_of(&self, visitor: Visitor) -> String {
        let Visitor::As(Role::Operator(role)) = visitor else {
            return NOTHING.to_owned();
        };
        let viewer = Viewer::Operator(Operator {
            user: self.people[role.as_str()],
            name: "Ana Ibáñez".to_owned(),
            role,
        });
        let name = self.portal.entropy.id().to_string();
        let view = views::save(&self.portal, &viewer, ViewedList::ConsoleOrders, &name, "q=ana").await;
        view.unwrap().to_string()
    }

    async fn invite(&self, administrator: &Operator) -> InvitationId {
        let person = PersonForm {
            email: "invited@garabato.example".to_owned(),
            first_name: "Lola".to_owned(),
            last_name: "Gil".to_owned(),
            language: "es".to_owned(),
        };
        let role = RoleForm {
            role: "view-only".to_owned(),
            ..RoleForm::default()
        };
        let by = Viewer::Operator(administrator.clone());
        let (proof, form) = (Proof::given(Some(self.portal.now())), AddForm { person, role });
        users::add(&self.portal, &by, proof, self.own.id, form)
            .await
            .unwrap();
        let (id,) = sql("SELECT id FROM invitations")
            .fetch_one(&mut self.portal.db.read().await.unwrap())
            .await
            .unwrap();
        id
    }

    /// Takes those back whom somebody may have removed or blocked.
    pub(super) async fn restore_removed(&self) {
        let mut tx = self.portal.db.begin().await.unwrap();
        sql("UPDATE memberships SET accepted_at = created_at, blocked_at = NULL, removed_at = NULL WHERE user_id = $1")
            .bind(self.own.user)
            .execute(&mut tx)
            .await
            .unwrap();
        sql("UPDATE users SET operator_role = 'production', blocked_at = NULL WHERE id = $1")
            .bind(self.colleague)
            .execute(&mut tx)
            .await
            .unwrap();
        tx.commit().await.unwrap();
    }

    /// Ignores the line of the own order, in this order only.
    pub(super) async fn ignore_line(&self) {
        let mut tx = self.portal.db.begin().await.unwrap();
        sql("UPDATE order_lines SET ignored_because = 'line' WHERE id = $1")
            .bind(self.own.line)
            .execute(&mut tx)
            .await
            .unwrap();
        tx.commit().await.unwrap();
    }

    async fn add_job(&self) -> JobId {
        let mut tx = self.portal.db.begin().await.unwrap();
        let mail = NewMail::new(
            MailKind::PasswordChanged,
            "somebody@x.example",
            domain::Language::En,
        )
        .user(self.colleague);
        queue(&mut tx, &self.portal, mail).await.unwrap();
        let (job,) = sql("SELECT id FROM jobs WHERE kind = 'send-mail'")
            .fetch_one(&mut tx)
            .await
            .unwrap();
        tx.commit().await.unwrap();
        job
    }
}

/// The first entry about a customer.
async fn entry(portal: &Portal, customer: CustomerId) -> AuditEntryId {
    let (id,) = sql("SELECT id FROM audit_entries WHERE customer_id = $1 ORDER BY id LIMIT 1")
        .bind(customer)
        .fetch_one(&mut portal.db.read().await.unwrap())
        .await
        .unwrap();
    id
}

async fn user(portal: &Portal, email: &str) -> UserId {
    let (id,) = sql("SELECT id FROM users WHERE email_key = $1")
        .bind(email)
        .fetch_one(&mut portal.db.read().await.unwrap())
        .await
        .unwrap();
    id
}

/// A customer with a store, an order and an import.
async fn company(portal: &TestPortal, name: &str) -> Company {
    let id = people::customer(portal, name).await;
    let email = format!("owner@{id}.example");
    let admin = people::person(portal, &email, None).await;
    people::member(portal, admin, id, ClientRole::AccountAdmin).await;
    let user = people::person(portal, &format!("user@{id}.example"), None).await;
    people::member(portal, user, id, ClientRole::ViewOnly).await;
    let client = Client {
        user: admin,
        name: "Lucía Ferrer".to_owned(),
        customer: id,
        customer_name: name.to_owned(),
        role: ClientRole::AccountAdmin,
        stores: StoreScope::All,
    };
    let store = stores::create_manual(portal, &client, "Directos").await.unwrap();
    let quiet = stores::create_manual(portal, &client, "Sin estrenar")
        .await
        .unwrap();
    let address = AddressForm {
        recipient: "Ana Ruiz".to_owned(),
        address_line1: "Calle Mayor 1".to_owned(),
        city: "Madrid".to_owned(),
        postcode: "28013".to_owned(),
        country: "ES".to_owned(),
        email: "ana@example.com".to_owned(),
        ..AddressForm::default()
    };
    let line = LineForm {
        product_uid: "poster".to_owned(),
        quantity: "1".to_owned(),
        ..LineForm::default()
    };
    let form = PlaceOrderForm {
        store: store.to_string(),
        reference: "A-1".to_owned(),
        address,
        lines: vec![line],
        ..PlaceOrderForm::default()
    };
    let order = orders::place(portal, &client, &form).await.unwrap().order;
    let (line,) = sql("SELECT id FROM order_lines WHERE order_id = $1")
        .bind(order)
        .fetch_one(&mut portal.db.read().await.unwrap())
        .await
        .unwrap();
    let (import, file) = import(portal, Some((id, store))).await;
    let shop = format!("{id}.myshopify.com");
    let (online, fake) = connect_store(portal, id, Platform::Shopify, &shop).await;
    fake.put_product(cat());
    let viewer = Viewer::Client(client);
    let sync = syncs::sync_products(portal, &viewer, online).await.unwrap();
    Worker::new(portal, Registry::new().register::<SyncProducts>())
        .run_until_idle()
        .await
        .unwrap();
    let sold = StoreProductFilter {
        store: Some(online),
        ..StoreProductFilter::default()
    };
    let sold = store_products::list(portal, &viewer.scope(), &sold, Turn::First, 1)
        .await
        .unwrap();
    let store_product = sold.rows[0].id;
    let variant = sold.rows[0].open_variant.unwrap();
    Company {
        id,
        store,
        online,
        store_product,
        variant,
        sync,
        order,
        line,
        write: at_store(portal, order, variant).await,
        import,
        file,
        quiet,
        entry: entry(portal, id).await,
        admin,
        user,
    }
}

/// Limits somebody to some stores of their only customer.
async fn limit(portal: &Portal, user: UserId, stores: &[StoreId]) {
    let mut tx = portal.db.begin().await.unwrap();
    sql("UPDATE memberships SET all_stores = FALSE WHERE user_id = $1")
        .bind(user)
        .execute(&mut tx)
        .await
        .unwrap();
    for store in stores {
        sql("INSERT INTO membership_stores (membership_id, store_id) SELECT id, $2 FROM memberships WHERE user_id = $1")
            .bind(user)
            .bind(*store)
            .execute(&mut tx)
            .await
            .unwrap();
    }
    tx.commit().await.unwrap();
}

/// What an online store sells.
fn cat() -> StoreProduct {
    StoreProduct {
        external_id: ExternalId::new("1"),
        title: "Cat at three".to_owned(),
        listing: Listing::Published,
        url: None,
        image_url: None,
        updated_at: None,
        variants: vec![StoreVariant {
            external_id: ExternalId::new("1-a"),
            sku: None,
            options: Vec::new(),
            price: None,
            image_url: None,
            ships: true,
        }],
    }
}

/// Makes an order one that a store gave and that its store could not be told about.
async fn at_store(portal: &Portal, order: OrderId, variant: StoreVariantId) -> OrderWriteId {
    let mut tx = portal.db.begin().await.unwrap();
    sql("UPDATE order_lines SET external_id = 'l1', store_variant_id = $2 WHERE order_id = $1")
        .bind(order)
        .bind(variant)
        .execute(&mut tx)
        .await
        .unwrap();
    let write = OrderWriteId(portal.entropy.id());
    sql(
        "INSERT INTO order_writes (id, order_id, store_id, kind, state, created_at, updated_at) \
         SELECT $1, id, store_id, 'in_production', 'failed', created_at, created_at FROM orders WHERE id = $2",
    )
    .bind(write)
    .bind(order)
    .execute(&mut tx)
    .await
    .unwrap();
    tx.commit().await.unwrap();
    write
}

/// A webhook that a job worked on already.
async fn message(portal: &Portal, company: Company) -> MessageId {
    let id = MessageId(portal.entropy.id());
    let mut tx = portal.db.begin().await.unwrap();
    sql(
        "INSERT INTO messages (id, direction, kind, platform, store_id, customer_id, topic, state, created_at) \
         VALUES ($1, 'in', 'webhook', 'shopify', $2, $3, 'orders/updated', 'done', $4)",
    )
    .bind(id)
    .bind(company.online)
    .bind(company.id)
    .bind(portal.now())
    .execute(&mut tx)
    .await
    .unwrap();
    tx.commit().await.unwrap();
    id
}

/// An import of orders into a store, or of products.
async fn import(portal: &Portal, into: Option<(CustomerId, StoreId)>) -> (ImportId, FileId) {
    let (kind, customer, store) = match into {
        Some((customer, store)) => ("orders", Some(customer), Some(store)),
        None => ("catalogue", None, None),
    };
    let mut upload = Upload::begin(portal.files.as_ref(), Purpose::Csv).await.unwrap();
    let rows = match into {
        Some(_) => {
            "orderReferenceId,recipient,addressLine1,city,postcode,country,productUid,quantity\n\
             A-1,Ana Ruiz,Calle Mayor 1,Madrid,28013,ES,poster,1\n"
        }
        None => "productUid,nameEn,nameEs,category\nPOSTER!,Poster,Cartel,Things\n",
    };
    upload.write(rows.as_bytes()).await.unwrap();
    let received = upload.finish("orders.csv").await.unwrap();
    let import = ImportId(portal.entropy.id());
    let mut tx = portal.db.begin().await.unwrap();
    let new = NewFile {
        file: &received,
        customer,
        created_by: None,
    };
    let file = files::record(&mut tx, portal, new).await.unwrap();
    sql(
        "INSERT INTO imports (id, kind, customer_id, store_id, file_id, file_name, state, dialect, created_at) \
         VALUES ($1, $2, $3, $4, $5, 'orders.csv', 'cancelled', $6, $7)",
    )
    .bind(import)
    .bind(kind)
    .bind(customer)
    .bind(store)
    .bind(file)
    .bind(Value::json(&json!({ "delimiter": "comma", "encoding": "utf-8", "ignored_columns": [] })))
    .bind(portal.now())
    .execute(&mut tx)
    .await
    .unwrap();
    tx.commit().await.unwrap();
    (import, file)
}
