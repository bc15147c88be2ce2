//! What stores sell, on both engines.

use domain::MappingState;
use domain::source::StoreProduct;
use futures::TryStreamExt as _;

use super::testing::product;
use super::*;
use crate::access::Client;
use crate::orders::testing;
use crate::paging::Turn;
use crate::stores::{Store, create_manual, find as find_store};
use crate::testing::{TestPortal, on_both};

async fn store(portal: &TestPortal) -> (Client, Store) {
    let client = testing::client(portal, "Estudio Garabato").await;
    let id = create_manual(portal, &client, "Tienda").await.unwrap();
    let store = find_store(portal, &client.scope(), id).await.unwrap();
    (client, store)
}

async fn write(portal: &TestPortal, store: &Store, products: &[StoreProduct]) -> (uuid::Uuid, Upserted) {
    let sync = portal.entropy.id();
    let mut tx = portal.db.begin().await.unwrap();
    let result = upsert(portal, &mut tx, store, sync, products).await.unwrap();
    tx.commit().await.unwrap();
    (sync, result)
}

async fn titles(portal: &TestPortal, client: &Client, filter: &StoreProductFilter) -> Vec<String> {
    let page = list(portal, &client.scope(), filter, Turn::First, 25)
        .await
        .unwrap();
    page.rows.into_iter().map(|row| row.title).collect()
}

#[tokio::test]
async fn each_order_of_the_list_has_pages_both_ways() {
    on_both(async |portal| {
        let (client, store) = store(&portal).await;
        let products = [(1, "Gato"), (2, "Áncora"), (3, "Limones")];
        for (number, title) in products {
            write(&portal, &store, &[product(number, title, &["X"])]).await;
        }
        let scope = client.scope();
        for (sort, expected) in [
            (StoreProductSort::Title, ["Áncora", "Gato", "Limones"]),
            (StoreProductSort::TitleDescending, ["Limones", "Gato", "Áncora"]),
            (StoreProductSort::Newest, ["Limones", "Áncora", "Gato"]),
        ] {
            let filter = StoreProductFilter {
                sort,
                ..StoreProductFilter::default()
            };
            assert_eq!(titles(&portal, &client, &filter).await, expected, "{sort:?}");
            let page = async |turn| list(&portal, &scope, &filter, turn, 1).await.unwrap();
            let first = page(Turn::First).await;
            let key = key_of(&portal, &scope, first.rows[0].id).await.unwrap().unwrap();
            let second = page(Turn::After(key)).await;
            assert_eq!(second.rows[0].title, expected[1], "{sort:?}");
            assert!(second.has_previous && second.has_next, "{sort:?}");
            let back = page(Turn::Before(second.rows[0].key())).await;
            assert_eq!(back.rows, first.rows, "{sort:?}");
        }
        let other = testing::client(&portal, "Nordlys Hotels").await;
        let all = list(&portal, &scope, &StoreProductFilter::default(), Turn::First, 5)
            .await
            .unwrap();
        let hidden = key_of(&portal, &other.scope(), all.rows[0].id).await.unwrap();
        assert_eq!(hidden, None);
        assert!(all.rows[0].open_variant.is_some());
    })
    .await;
}

#[tokio::test]
async fn the_file_has_the_products_of_the_list_and_of_no_other_customer() {
    on_both(async |portal| {
        let (client, store) = store(&portal).await;
        write(&portal, &store, &[product(1, "=HYPERLINK(1)", &["A", "B"])]).await;
        let file = async |scope| {
            let pieces = export_csv((*portal).clone(), scope, StoreProductFilter::default());
            let pieces: Vec<bytes::Bytes> = pieces.try_collect().await.unwrap();
            String::from_utf8(pieces.concat()).unwrap()
        };
        let own = file(client.scope()).await;
        let row = own.lines().nth(1).unwrap();
        let told = r#""'=HYPERLINK(1)","","not-connected","2","0","published","Tienda","1","","#;
        assert!(row.starts_with(told), "{row}");
        let other = testing::client(&portal, "Nordlys Hotels").await;
        assert_eq!(file(other.scope()).await.lines().count(), 1);
    })
    .await;
}

#[tokio::test]
async fn products_are_new_then_changed_then_gone() {
    on_both(async |portal| {
        let (client, store) = store(&portal).await;
        let mut cat = product(1, "Gato", &["GATO-A0", "GATO-A1"]);
        let lemons = product(2, "Limones", &["LIM"]);
        let (_, result) = write(&portal, &store, &[cat.clone(), lemons, cat.clone()]).await;
        assert_eq!((result.new, result.changed, result.unchanged), (2, 0, 0));
        let (_, result) = write(&portal, &store, std::slice::from_ref(&cat)).await;
        assert_eq!((result.new, result.changed, result.unchanged), (0, 0, 1));
        cat.variants.remove(0);
        cat.title = "Gato a las tres".to_owned();
        let (sync, result) = write(&portal, &store, std::slice::from_ref(&cat)).await;
        assert_eq!((result.new, result.changed, result.unchanged), (0, 1, 0));

        let mut tx = portal.db.begin().await.unwrap();
        let gone = missed(&mut tx, store.id, sync, 10).await.unwrap();
        let ids: Vec<_> = gone.iter().map(|(id, _)| *id).collect();
        assert_eq!(gone[0].1, "2");
        assert_eq!(mark_gone(&portal, &mut tx, store.id, &ids).await.unwrap(), 1);
        tx.commit().await.unwrap();

        let all = StoreProductFilter::default();
        assert_eq!(titles(&portal, &client, &all).await, ["Gato a las tres"]);
        let gone = StoreProductFilter { gone: true, ..all };
        assert_eq!(titles(&portal, &client, &gone).await, ["Limones"]);
        let all = StoreProductFilter::default();
        let page = list(&portal, &client.scope(), &all, Turn::First, 1).await;
        let row = page.unwrap().rows.remove(0);
        assert_eq!(
            (row.variant_count, row.mapping_state, row.sku.as_deref()),
            (1, MappingState::NotConnected, Some("GATO-A1")),
            "the SKU of the only variant that is there"
        );
        let detail = find(&portal, &client.scope(), row.id).await.unwrap();
        let gone: Vec<bool> = detail.variants.iter().map(|v| v.gone_at.is_some()).collect();
        assert_eq!(gone, [false, true]);
        assert_eq!(detail.variants[0].price().unwrap().decimal(), "19.90");
    })
    .await;
}

#[tokio::test]
async fn a_product_that_a_list_gives_twice_counts_once() {
    on_both(async |portal| {
        let (_, store) = store(&portal).await;
        let sync = portal.entropy.id();
        let mut counted = Vec::new();
        for title in ["Gato", "Gato", "Gato gris"] {
            let mut tx = portal.db.begin().await.unwrap();
            let cat = product(1, title, &["X"]);
            counted.push(upsert(&portal, &mut tx, &store, sync, &[cat]).await.unwrap());
            tx.commit().await.unwrap();
        }
        let once = Upserted {
            new: 1,
            ..Upserted::default()
        };
        assert_eq!(counted, [once, Upserted::default(), Upserted::default()]);
    })
    .await;
}

#[tokio::test]
async fn the_list_is_searched_filtered_and_turned() {
    on_both(async |portal| {
        let (client, store) = store(&portal).await;
        let products: Vec<_> = (0..7)
            .map(|number| product(number, &format!("Póster {number}"), &[&format!("SKU-{number}")]))
            .collect();
        write(&portal, &store, &products).await;
        let search = |text: &str| StoreProductFilter {
            search: text.to_owned(),
            ..StoreProductFilter::default()
        };
        assert_eq!(
            titles(&portal, &client, &search("poster sku-3")).await,
            ["Póster 3"]
        );
        let all = StoreProductFilter::default();
        let first = list(&portal, &client.scope(), &all, Turn::First, 3)
            .await
            .unwrap();
        let turn = Turn::After(first.rows[2].key());
        let second = list(&portal, &client.scope(), &all, turn, 3).await.unwrap();
        assert_eq!(second.rows[0].title, "Póster 3");
        let turn = Turn::Before(second.rows[0].key());
        let back = list(&portal, &client.scope(), &all, turn, 3).await.unwrap();
        assert_eq!(back.rows, first.rows);
        let counts = mapping_counts(&portal, &client.scope(), Some(store.id))
            .await
            .unwrap();
        assert_eq!((counts.not_connected, counts.total()), (7, 7));

        let other = testing::client(&portal, "Nordlys Hotels").await;
        assert!(titles(&portal, &other, &all).await.is_empty());
        let key = second.rows[0].key();
        let next = next_not_connected(&portal, &client.scope(), store.id, &key).await;
        assert_eq!(next.unwrap(), Some(second.rows[1].id));
    })
    .await;
}

#[tokio::test]
async fn ten_thousand_products_are_written_in_bulk() {
    on_both(async |portal| {
        let (client, store) = store(&portal).await;
        for page in 0..40 {
            let products: Vec<_> = (0..250)
                .map(|place| {
                    let number = page * 250 + place;
                    product(number, &format!("Product {number:05}"), &["A", "B", "C"])
                })
                .collect();
            let (_, result) = write(&portal, &store, &products).await;
            assert_eq!(result.new, 250);
        }
        let counts = mapping_counts(&portal, &client.scope(), None).await.unwrap();
        assert_eq!(counts.total(), 10_000);
    })
    .await;
}
