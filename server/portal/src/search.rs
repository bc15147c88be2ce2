//! Looking for something wherever the viewer may look: what the search palette finds.

use domain::{Permission, fold};

use crate::access::{Client, Operator, Viewer};
use crate::catalogue::{self, ProductFilter, ProductRow};
use crate::customers::{self, CustomerFilter, CustomerRow, PageRequest};
use crate::orders::{self, OrderFilter, OrderRow};
use crate::paging::Turn;
use crate::store_products::{self, StoreProductFilter, StoreProductRow};
use crate::stores::{self, StoreRow};
use crate::team::{self, FoundOperator};
use crate::users::{self, FoundUser};
use crate::{Outcome, Portal};

/// At most this many of each kind are found: who does not see what they meant types more.
const MOST: u32 = 5;

/// What was found, of each kind what came in last or is called first.
#[derive(Clone, Debug, Default)]
pub struct Found {
    /// Orders, by number, reference, customer, recipient or e-mail.
    pub orders: Vec<OrderRow>,
    /// Customers, for operators who may see them.
    pub customers: Vec<CustomerRow>,
    /// Products of the catalogue, for operators who look after it.
    pub products: Vec<ProductRow>,
    /// A client user's own stores.
    pub stores: Vec<StoreRow>,
    /// What a client user's own stores sell.
    pub store_products: Vec<StoreProductRow>,
    /// People of customers, for those who manage them.
    pub users: Vec<FoundUser>,
    /// Operators, for administrators.
    pub team: Vec<FoundOperator>,
}

/// Finds what `words` are about within what the viewer may see. Nothing is found by blank words.
///
/// # Errors
/// Only unexpected ones: what a role may not see is not found.
pub async fn find(portal: &Portal, viewer: &Viewer, words: &str) -> Outcome<Found> {
    if words.trim().is_empty() {
        return Ok(Found::default());
    }
    let mut found = match viewer {
        Viewer::Operator(operator) => of_operator(portal, operator, words).await?,
        Viewer::Client(client) => of_client(portal, client, words).await?,
    };
    found.users = users::search(portal, viewer, words, MOST).await?;
    if viewer.may(Permission::SeeOrders) {
        let filter = OrderFilter {
            search: words.to_owned(),
            ..OrderFilter::default()
        };
        let scope = viewer.scope();
        found.orders = orders::list(portal, &scope, &filter, Turn::First, MOST)
            .await?
            .rows;
    }
    Ok(found)
}

async fn of_operator(portal: &Portal, operator: &Operator, words: &str) -> Outcome<Found> {
    let mut found = Found::default();
    if operator.require(Permission::SeeCustomers).is_ok() {
        let filter = CustomerFilter {
            search: words.to_owned(),
            ..CustomerFilter::default()
        };
        let page = PageRequest {
            rows: MOST,
            ..PageRequest::default()
        };
        found.customers = customers::list(portal, operator, &filter, &page).await?.rows;
    }
    if operator.require(Permission::ManageCatalogue).is_ok() {
        let filter = ProductFilter {
            search: words.to_owned(),
            ..ProductFilter::default()
        };
        found.products = catalogue::list(portal, &filter, Turn::First, MOST).await?.rows;
    }
    found.team = team::search(portal, operator, words, MOST).await?;
    Ok(found)
}

async fn of_client(portal: &Portal, client: &Client, words: &str) -> Outcome<Found> {
    let mut found = Found::default();
    if client.require(Permission::SeeProducts).is_ok() {
        let filter = StoreProductFilter {
            search: words.to_owned(),
            ..StoreProductFilter::default()
        };
        let page = store_products::list(portal, &client.scope(), &filter, Turn::First, MOST).await?;
        found.store_products = page.rows;
    }
    if client.require(Permission::SeeStores).is_ok() {
        let words = fold(words);
        let named = |row: &StoreRow| {
            let name = fold(&row.store.name);
            words.split_whitespace().all(|word| name.contains(word))
        };
        let stores = stores::list(portal, &client.scope()).await?;
        found.stores = stores.into_iter().filter(named).take(MOST as usize).collect();
    }
    Ok(found)
}

#[cfg(test)]
mod tests {
    use domain::{ClientRole, OperatorRole, StoreScope};

    use super::*;
    use crate::accounts::confirm::Proof;
    use crate::orders::testing;
    use crate::testing::on_both;
    use crate::users::{AddForm, PersonForm, RoleForm};

    #[tokio::test]
    async fn everybody_finds_what_they_may_see_and_nothing_else() {
        on_both(async |portal| {
            let (client, mut operator, order) = testing::stock_order(&portal).await;
            let other = testing::client(&portal, "Nordlys Hotels").await;
            let all = Viewer::Operator(operator.clone());
            let found = find(&portal, &all, "garabato").await.unwrap();
            assert_eq!(
                (found.orders[0].id, found.customers[0].id),
                (order, client.customer)
            );
            let found = find(&portal, &all, "POSTER").await.unwrap();
            assert_eq!(found.products[0].uid, "poster");
            assert!(find(&portal, &all, " ").await.unwrap().orders.is_empty());

            operator.role = OperatorRole::Production;
            let found = find(&portal, &Viewer::Operator(operator), "garabato")
                .await
                .unwrap();
            assert_eq!((found.orders.len(), found.customers.len()), (1, 0));

            let found = find(&portal, &Viewer::Client(client.clone()), "direct")
                .await
                .unwrap();
            assert_eq!(found.stores[0].store.name, "Directos");
            let found = find(&portal, &Viewer::Client(client.clone()), "a-1")
                .await
                .unwrap();
            assert_eq!(found.orders[0].id, order);
            let mut few = client;
            few.role = ClientRole::ViewOnly;
            few.stores = StoreScope::Chosen(Vec::new());
            for stranger in [other, few] {
                let stranger = Viewer::Client(stranger);
                for words in ["a-1", "direct", "garabato", "poster", "levante"] {
                    let found = find(&portal, &stranger, words).await.unwrap();
                    let nothing = found.orders.is_empty() && found.stores.is_empty();
                    assert!(nothing && found.customers.is_empty() && found.products.is_empty());
                    let nobody = found.users.is_empty() && found.team.is_empty();
                    assert!(nobody && found.store_products.is_empty());
                }
            }
        })
        .await;
    }

    #[tokio::test]
    async fn users_and_store_products_are_found_by_those_who_may_see_them() {
        on_both(async |portal| {
            let (client, store) = testing::shop(&portal, "Estudio Garabato").await;
            let operator = Viewer::Operator(testing::operator(&portal));
            testing::catalogue(&portal).await;
            testing::connect(&portal, &store, "cat", "pen").await;
            let person = PersonForm {
                email: "ines@garabato.example".to_owned(),
                first_name: "Inés".to_owned(),
                last_name: "Carrasco".to_owned(),
                language: "es".to_owned(),
            };
            let role = RoleForm {
                role: "view-only".to_owned(),
                ..RoleForm::default()
            };
            let (proof, form) = (Proof::given(Some(portal.now())), AddForm { person, role });
            let ines = users::add(&portal, &operator, proof, client.customer, form)
                .await
                .unwrap();
            let sold = store_products::list(
                &portal,
                &client.scope(),
                &StoreProductFilter::default(),
                Turn::First,
                1,
            )
            .await
            .unwrap();
            let title = &sold.rows[0].title;
            let owner = Viewer::Client(client.clone());
            for viewer in [&owner, &operator] {
                let found = find(&portal, viewer, "INES carr").await.unwrap();
                assert_eq!(found.users.iter().map(|user| user.id).collect::<Vec<_>>(), [ines]);
            }
            let found = find(&portal, &owner, title).await.unwrap();
            assert_eq!(found.store_products[0].store_id, store.id);

            let of_role = |role, stores| {
                Viewer::Client(Client {
                    role,
                    stores,
                    ..client.clone()
                })
            };
            let orders_only = of_role(ClientRole::OrderManager, StoreScope::All);
            let elsewhere = of_role(ClientRole::StoreManager, StoreScope::Chosen(Vec::new()));
            for viewer in [orders_only, elsewhere] {
                assert!(
                    find(&portal, &viewer, title)
                        .await
                        .unwrap()
                        .store_products
                        .is_empty()
                );
                assert!(find(&portal, &viewer, "ines").await.unwrap().users.is_empty());
            }
        })
        .await;
    }
}
