//! The form *Place order*.

use domain::id::{FileId, OrderId, StoreId};
use domain::order::{NewLine, NewOrder, OrderHead, OrderableProducts, RawAddress, RawLine, RawOrderHead};
use domain::{FieldProblems, OrderSource, Permission, Platform, Problem, StoreState};
use uuid::Uuid;

use super::{Actor, Creation, Origin, create_in};
use crate::access::Client;
use crate::catalogue;
use crate::files;
use crate::storage::AsConn;
use crate::stores::{self, LockedStore, Store};
use crate::{Outcome, Portal, Refusal};

/// The most lines of one form.
pub const MOST_LINES: usize = 50;

/// The form *Place order*. Controls have the names of the fields, those of line 0 begin with `line-0-`.
#[derive(Clone, Debug, Default)]
pub struct PlaceOrderForm {
    /// The store's id.
    pub store: String,
    /// Made with the form: a second submit of the same form finds the first one's order.
    pub token: String,
    /// What the customer calls the order; may be empty.
    pub reference: String,
    /// Where it goes, and how to reach the recipient.
    pub address: super::AddressForm,
    /// How it travels; may be empty.
    pub shipping_method: String,
    /// A remark; may be empty.
    pub note: String,
    /// What is ordered.
    pub lines: Vec<LineForm>,
}

/// A line of the form.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct LineForm {
    /// Control `product_uid`.
    pub product_uid: String,
    /// Control `quantity`.
    pub quantity: String,
    /// Control `title`; may be empty.
    pub title: String,
    /// Controls `design:<area>`: addresses of designs by print area; may be empty.
    pub designs: Vec<(String, String)>,
    /// Uploaded designs by print area.
    pub uploads: Vec<(String, FileId)>,
}

impl LineForm {
    /// Whether nothing was filled in.
    pub fn is_blank(&self) -> bool {
        self.product_uid.trim().is_empty()
            && self.title.trim().is_empty()
            && self.uploads.is_empty()
            && self.designs.iter().all(|(_, url)| url.trim().is_empty())
    }

    fn raw(&self) -> RawLine<'_> {
        RawLine {
            product_uid: &self.product_uid,
            quantity: &self.quantity,
            title: &self.title,
            design_urls: self
                .designs
                .iter()
                .map(|(area, url)| (area.as_str(), url.as_str()))
                .collect(),
            uploads: self
                .uploads
                .iter()
                .map(|(area, file)| (area.as_str(), *file))
                .collect(),
        }
    }
}

/// What came of a form.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Placed {
    /// The order.
    pub order: OrderId,
    /// Whether it was there before: the form was sent twice, or is a copy of one that was sent. Nothing was done then.
    pub again: bool,
}

/// Places an order on a manual store. The same form without a reference submitted again gives the same order, whatever
/// it says now.
///
/// # Errors
/// [`Refusal::Invalid`] by field, among them `reference`: `order-reference-taken`; [`Refusal::NotFound`] for files that
/// are not the client's; [`Refusal::Forbidden`] without [`Permission::PlaceOrders`].
pub async fn place(portal: &Portal, client: &Client, form: &PlaceOrderForm) -> Outcome<Placed> {
    client.require(Permission::PlaceOrders)?;
    let products = catalogue::orderable(portal).await?;
    let mut tx = portal.db.begin().await?;
    let actor = Actor::from(client);
    let named = !form.reference.trim().is_empty();
    // An order is known by the customer's reference, or else by its form. One without a token is nobody's copy.
    let form_key = form.token.trim().parse().ok().filter(|_| !named);
    let mut drawn = form_key.unwrap_or_else(|| portal.entropy.id());
    loop {
        let (store, order) = read(&mut tx, client, form, drawn, &products).await?;
        let store = LockedStore::load(&mut tx, &client.scope(), store.id).await?;
        let origin = Origin {
            store: &store,
            source: OrderSource::Form,
            actor: &actor,
            form_key,
        };
        return match create_in(portal, &mut tx, origin, &order, &products).await? {
            Creation::Created(order) => {
                tx.commit().await?;
                Ok(Placed { order, again: false })
            }
            Creation::Repeated(order) => Ok(Placed { order, again: true }),
            Creation::Unchanged(order) if named => Ok(Placed { order, again: true }),
            Creation::Conflict(_) if named => {
                Err(Refusal::field("reference", Problem::new("order-reference-taken")))
            }
            // The drawn reference is another order's.
            Creation::Unchanged(_) | Creation::Conflict(_) => {
                drawn = portal.entropy.id();
                continue;
            }
        };
    }
}

/// Looks for what is wrong with a form without placing it.
///
/// # Errors
/// As for [`place`], but for `order-reference-taken`.
pub async fn check(portal: &Portal, client: &Client, form: &PlaceOrderForm) -> Outcome<()> {
    client.require(Permission::PlaceOrders)?;
    let products = catalogue::orderable(portal).await?;
    let mut conn = portal.db.read().await?;
    read(&mut conn, client, form, portal.entropy.id(), &products)
        .await
        .map(|_| ())
}

/// The store and the order that a form means; `drawn` makes the reference of one whose customer gave none.
async fn read(
    conn: &mut impl AsConn,
    client: &Client,
    form: &PlaceOrderForm,
    drawn: Uuid,
    products: &OrderableProducts,
) -> Outcome<(Store, NewOrder)> {
    let mut problems = FieldProblems::new();
    let store = store(conn, client, &form.store, &mut problems).await?;
    let head = head(form, drawn)
        .map_err(|part| problems.append_under("", part))
        .ok();
    let lines = lines(form, products, &mut problems);
    let (Some(store), Some(head), true) = (store, head, problems.is_empty()) else {
        return Err(problems.into());
    };
    for (_, upload) in form.lines.iter().flat_map(|line| &line.uploads) {
        files::find(conn, &client.scope(), *upload)
            .await?
            .ok_or(Refusal::NotFound)?;
    }
    Ok((store, NewOrder { head, lines }))
}

async fn store(
    conn: &mut impl AsConn,
    client: &Client,
    typed: &str,
    problems: &mut FieldProblems,
) -> Outcome<Option<Store>> {
    let Ok(id) = typed.trim().parse::<StoreId>() else {
        problems.add("store", Problem::new("required"));
        return Ok(None);
    };
    let store = match stores::find_in(conn, &client.scope(), id).await {
        Ok(store) if store.platform == Platform::Manual && store.state == StoreState::Connected => {
            Some(store)
        }
        Ok(_) => {
            problems.add("store", Problem::new("store-takes-no-orders"));
            None
        }
        Err(Refusal::NotFound) => {
            problems.add("store", Problem::new("unknown-choice"));
            None
        }
        Err(refusal) => return Err(refusal),
    };
    Ok(store)
}

fn head(form: &PlaceOrderForm, drawn: Uuid) -> Result<OrderHead, FieldProblems> {
    let address: RawAddress<'_> = form.address.raw();
    let reference = if form.reference.trim().is_empty() {
        own_reference(drawn)
    } else {
        form.reference.clone()
    };
    OrderHead::parse(&RawOrderHead {
        reference: &reference,
        address,
        email: &form.address.email,
        phone: &form.address.phone,
        shipping_method: &form.shipping_method,
        note: &form.note,
    })
}

/// The reference of an order whose customer has none: the random end of `drawn`, short enough to be read out.
fn own_reference(drawn: Uuid) -> String {
    let drawn = drawn.simple().to_string();
    format!("W-{}", drawn[drawn.len() - 10..].to_uppercase())
}

fn lines(form: &PlaceOrderForm, products: &OrderableProducts, problems: &mut FieldProblems) -> Vec<NewLine> {
    if form.lines.len() > MOST_LINES {
        problems.add("lines", Problem::new("too-many-lines").with("max", MOST_LINES));
        return Vec::new();
    }
    // Lines left blank do not count, unless there is nothing else.
    let filled = form.lines.iter().any(|line| !line.is_blank());
    let counted = form
        .lines
        .iter()
        .enumerate()
        .filter(|(_, line)| !(filled && line.is_blank()));
    let lines: Vec<NewLine> = counted
        .filter_map(|(number, line)| {
            NewLine::parse(&line.raw(), products)
                .map_err(|part| problems.append_under(&format!("line-{number}-"), part))
                .ok()
        })
        .collect();
    if form.lines.is_empty() {
        problems.add("lines", Problem::new("required"));
    }
    lines
}

#[cfg(test)]
mod tests {
    use domain::{OrderStatus, ReasonCode, StoreScope};

    use super::*;
    use crate::orders::{find, testing};
    use crate::testing::{TestPortal, on_both};

    async fn form(portal: &TestPortal, client: &Client) -> PlaceOrderForm {
        let store = stores::create_manual(portal, client, "Directos").await.unwrap();
        testing::catalogue(portal).await;
        PlaceOrderForm {
            store: store.to_string(),
            token: portal.entropy.id().to_string(),
            address: testing::address_form(),
            lines: vec![
                LineForm {
                    product_uid: "pen".to_owned(),
                    quantity: "2".to_owned(),
                    ..LineForm::default()
                },
                LineForm::default(),
            ],
            ..PlaceOrderForm::default()
        }
    }

    #[tokio::test]
    async fn the_same_form_submitted_twice_is_one_order() {
        on_both(async |portal| {
            let client = testing::client(&portal, "Estudio Garabato").await;
            let mut form = form(&portal, &client).await;
            let (one, two) =
                futures::future::join(place(&portal, &client, &form), place(&portal, &client, &form)).await;
            let (one, two) = (one.unwrap(), two.unwrap());
            assert_eq!(one.order, two.order);
            assert_ne!(one.again, two.again, "one of them placed it");
            form.lines[0].quantity = "7".to_owned();
            let changed = place(&portal, &client, &form).await.unwrap();
            assert_eq!(
                (changed.order, changed.again),
                (one.order, true),
                "a form places one order"
            );
            let detail = find(&portal, &client.scope(), one.order).await.unwrap();
            assert_eq!((detail.head.number, detail.lines[0].quantity), (1, 2));
            assert!(
                detail.head.external_id.starts_with("W-"),
                "{}",
                detail.head.external_id
            );
            assert_eq!(detail.head.status, OrderStatus::Created);
        })
        .await;
    }

    #[tokio::test]
    async fn another_form_is_another_order_and_so_is_one_without_a_token() {
        on_both(async |portal| {
            let client = testing::client(&portal, "Estudio Garabato").await;
            let mut form = form(&portal, &client).await;
            let mut orders = Vec::new();
            for token in [
                form.token.clone(),
                portal.entropy.id().to_string(),
                String::new(),
                "x".into(),
            ] {
                form.token = token;
                let placed = place(&portal, &client, &form).await.unwrap();
                assert!(!placed.again);
                orders.push(placed.order);
            }
            orders.sort_unstable();
            orders.dedup();
            assert_eq!(orders.len(), 4);
        })
        .await;
    }

    #[tokio::test]
    async fn forms_that_draw_the_same_reference_are_two_orders() {
        on_both(async |portal| {
            let client = testing::client(&portal, "Estudio Garabato").await;
            let mut form = form(&portal, &client).await;
            form.token = "11111111-1111-7111-8111-110123456789".to_owned();
            let one = place(&portal, &client, &form).await.unwrap();
            form.token = "22222222-2222-7222-8222-220123456789".to_owned();
            let two = place(&portal, &client, &form).await.unwrap();
            assert!(!two.again, "another form is another order");
            assert_ne!(one.order, two.order);
        })
        .await;
    }

    #[tokio::test]
    async fn a_reference_names_one_order_of_a_store() {
        on_both(async |portal| {
            let client = testing::client(&portal, "Estudio Garabato").await;
            let mut form = form(&portal, &client).await;
            form.reference = "PD-1".to_owned();
            place(&portal, &client, &form).await.unwrap();
            form.lines[0].quantity = "3".to_owned();
            let refusal = place(&portal, &client, &form).await.unwrap_err();
            assert_eq!(
                testing::problem_of(&refusal, "reference"),
                "order-reference-taken"
            );
        })
        .await;
    }

    #[tokio::test]
    async fn every_field_tells_its_own_problem() {
        on_both(async |portal| {
            let client = testing::client(&portal, "Estudio Garabato").await;
            let mut form = form(&portal, &client).await;
            form.address.postcode = "1".to_owned();
            form.lines[0].product_uid = "penn".to_owned();
            form.lines[0].quantity = "0".to_owned();
            form.lines[1].product_uid = "poster_a3-silk".to_owned();
            form.lines[1].quantity = "1".to_owned();
            form.lines[1].designs = vec![("front".to_owned(), "file:///etc/passwd".to_owned())];
            let refusal = place(&portal, &client, &form).await.unwrap_err();
            let checked = check(&portal, &client, &form).await.unwrap_err();
            assert_eq!(format!("{checked:?}"), format!("{refusal:?}"));
            for (field, code) in [
                ("postcode", "invalid-postcode"),
                ("line-0-product_uid", "unknown-product-uid-similar"),
                ("line-0-quantity", "quantity-too-small"),
                ("line-1-design:front", "url-not-http"),
            ] {
                assert_eq!(testing::problem_of(&refusal, field), code);
            }
            form.lines.clear();
            let refusal = place(&portal, &client, &form).await.unwrap_err();
            assert_eq!(testing::problem_of(&refusal, "lines"), "required");
        })
        .await;
    }

    #[tokio::test]
    async fn a_store_outside_of_the_scope_cannot_be_chosen() {
        on_both(async |portal| {
            let mut client = testing::client(&portal, "Estudio Garabato").await;
            let form = form(&portal, &client).await;
            let other = testing::client(&portal, "Nordlys Hotels").await;
            let refusal = place(&portal, &other, &form).await.unwrap_err();
            assert_eq!(testing::problem_of(&refusal, "store"), "unknown-choice");
            client.stores = StoreScope::Chosen(vec![StoreId(portal.entropy.id())]);
            let refusal = place(&portal, &client, &form).await.unwrap_err();
            assert_eq!(testing::problem_of(&refusal, "store"), "unknown-choice");
        })
        .await;
    }

    #[tokio::test]
    async fn designs_are_checked_before_production() {
        on_both(async |portal| {
            let client = testing::client(&portal, "Estudio Garabato").await;
            let mut form = form(&portal, &client).await;
            let upload = async |bytes: &[u8]| testing::upload(&portal, &client, bytes).await;
            let poster = |file| LineForm {
                product_uid: "poster_a3-silk".to_owned(),
                quantity: "1".to_owned(),
                uploads: vec![("front".to_owned(), file)],
                ..LineForm::default()
            };
            form.lines = vec![
                poster(upload(&testing::png(2400, 3370)).await),
                poster(upload(&testing::png(150, 210)).await),
            ];
            let id = place(&portal, &client, &form).await.unwrap().order;
            assert_eq!(
                find(&portal, &client.scope(), id).await.unwrap().head.status,
                OrderStatus::Received
            );
            testing::work(&portal).await;
            let detail = find(&portal, &client.scope(), id).await.unwrap();
            assert_eq!(detail.lines[0].status, OrderStatus::Created);
            assert_eq!(detail.lines[1].status, OrderStatus::OnHold);
            assert_eq!(detail.head.reason, Some(ReasonCode::DesignLowResolution));
        })
        .await;
    }
}
