//! Connecting what stores sell, on both engines.

use std::collections::BTreeSet;

use domain::id::{StoreVariantId, VariantId};
use domain::source::{ExternalId, SourceLine, StoreProduct};
use domain::{FileState, MappedHow, MappingState, ReasonCode};

use super::*;
use crate::Refusal;
use crate::access::{Client, Viewer};
use crate::orders::intake;
use crate::orders::testing::{self, shop};
use crate::paging::Turn;
use crate::store_products::{self, StoreProductDetail, StoreProductFilter, StoreVariantDetail, upsert};
use crate::stores::Store;
use crate::testing::{TestPortal, on_both};

async fn selling(portal: &TestPortal, products: &[StoreProduct]) -> (Client, Store) {
    let (client, store) = shop(portal, "Estudio Garabato").await;
    testing::catalogue(portal).await;
    let mut tx = portal.db.begin().await.unwrap();
    upsert(portal, &mut tx, &store, portal.entropy.id(), products)
        .await
        .unwrap();
    tx.commit().await.unwrap();
    (client, store)
}

async fn product(portal: &TestPortal, client: &Client, title: &str) -> StoreProductDetail {
    let filter = StoreProductFilter {
        search: title.to_owned(),
        ..StoreProductFilter::default()
    };
    let page = store_products::list(portal, &client.scope(), &filter, Turn::First, 5).await;
    let rows = page.unwrap().rows;
    let id = rows
        .iter()
        .find(|row| domain::fold(&row.title) == title)
        .unwrap()
        .id;
    store_products::find(portal, &client.scope(), id).await.unwrap()
}

fn variants(product: &StoreProductDetail) -> Vec<StoreVariantId> {
    product.variants.iter().map(|variant| variant.id).collect()
}

fn states(product: &StoreProductDetail) -> Vec<MappingState> {
    product
        .variants
        .iter()
        .map(|variant| variant.mapping_state)
        .collect()
}

async fn made(portal: &TestPortal, uid: &str) -> VariantId {
    let (id,) = crate::storage::sql("SELECT id FROM catalogue_variants WHERE uid = $1")
        .bind(uid)
        .fetch_one(&mut portal.db.read().await.unwrap())
        .await
        .unwrap();
    id
}

fn pack_with_url(uid: &str, pieces: &str) -> ConnectForm {
    ConnectForm {
        pieces_per_unit: pieces.to_owned(),
        ..with_url(uid)
    }
}

fn with_url(uid: &str) -> ConnectForm {
    ConnectForm {
        product_uid: uid.to_owned(),
        designs: vec![("front".to_owned(), "https://example.com/cat.pdf".to_owned())],
        ..ConnectForm::default()
    }
}

#[tokio::test]
async fn a_variant_needs_a_product_and_a_design_for_each_print_area() {
    on_both(async |portal| {
        let cat = store_products::testing::product(1, "Gato", &["G-4", "G-3"]);
        let (client, _) = selling(&portal, &[cat]).await;
        let viewer = Viewer::Client(client.clone());
        let gato = product(&portal, &client, "gato").await;
        let variant = variants(&gato)[0];
        let mut form = with_url("poster");
        let refusal = connect(&portal, &viewer, variant, &form).await.unwrap_err();
        assert_eq!(
            testing::problem_of(&refusal, "product_uid"),
            "unknown-product-uid-similar"
        );
        form = with_url("poster_a4-silk");
        form.designs[0].1 = String::new();
        let refusal = connect(&portal, &viewer, variant, &form).await.unwrap_err();
        assert_eq!(testing::problem_of(&refusal, "design:front"), "design-required");
        form.designs[0].1 = "ftp://x".to_owned();
        let refusal = connect(&portal, &viewer, variant, &form).await.unwrap_err();
        assert_eq!(testing::problem_of(&refusal, "design:front"), "url-not-http");

        form.uploads = vec![(
            "front".to_owned(),
            testing::upload(&portal, &client, &testing::png(2400, 3370)).await,
        )];
        connect(&portal, &viewer, variant, &form).await.unwrap();
        let a3 = made(&portal, "poster_a3-silk").await;
        connect_alike(&portal, &viewer, variant, &[(variants(&gato)[1], a3)])
            .await
            .unwrap();
        testing::work(&portal).await;
        let gato = product(&portal, &client, "gato").await;
        assert_eq!(states(&gato), [MappingState::Connected; 2]);
        assert_eq!(gato.product.connected_count, 2);
        for (variant, uid) in gato.variants.iter().zip(["poster_a4-silk", "poster_a3-silk"]) {
            assert_eq!(variant.product_uid.as_deref(), Some(uid));
            assert_eq!(
                variant.designs[0].state,
                FileState::Checked,
                "{:?}",
                variant.designs
            );
        }
        // The same product again keeps its design; another one with a smaller file is told to be too small.
        let keep = ConnectForm {
            product_uid: "poster_a3-silk".to_owned(),
            ..ConnectForm::default()
        };
        connect(&portal, &viewer, variant, &keep).await.unwrap();
        form.uploads[0].1 = testing::upload(&portal, &client, &testing::png(150, 210)).await;
        connect(&portal, &viewer, variants(&gato)[1], &form)
            .await
            .unwrap();
        testing::work(&portal).await;
        let gato = product(&portal, &client, "gato").await;
        assert_eq!(
            gato.variants[1].designs[0].reason,
            Some(ReasonCode::DesignLowResolution)
        );
        disconnect(&portal, &viewer, variant).await.unwrap();
        let gato = product(&portal, &client, "gato").await;
        assert_eq!(states(&gato)[0], MappingState::NotConnected);
    })
    .await;
}

#[tokio::test]
async fn a_product_is_ignored_with_all_it_will_have() {
    on_both(async |portal| {
        let mut cat = store_products::testing::product(1, "Gato", &["G-4"]);
        let (client, store) = selling(&portal, &[cat.clone()]).await;
        let viewer = Viewer::Client(client.clone());
        let gato = product(&portal, &client, "gato").await;
        ignore(&portal, &viewer, Ignore::Product(gato.product.id))
            .await
            .unwrap();
        let more = store_products::testing::product(1, "Gato", &["G-4", "G-3"]);
        cat.variants = more.variants;
        let mut tx = portal.db.begin().await.unwrap();
        upsert(&portal, &mut tx, &store, portal.entropy.id(), &[cat])
            .await
            .unwrap();
        tx.commit().await.unwrap();
        let gato = product(&portal, &client, "gato").await;
        assert_eq!(states(&gato), [MappingState::Ignored; 2]);
        assert_eq!(gato.product.mapping_state, MappingState::Ignored);
        take_back(&portal, &viewer, gato.product.id).await.unwrap();
        let gato = product(&portal, &client, "gato").await;
        assert_eq!(
            (states(&gato), gato.ignored),
            (vec![MappingState::NotConnected; 2], false)
        );

        let other = testing::client(&portal, "Nordlys Hotels").await;
        let refusal = ignore(&portal, &Viewer::Client(other), Ignore::Product(gato.product.id)).await;
        assert!(matches!(refusal, Err(Refusal::NotFound)));
    })
    .await;
}

#[tokio::test]
async fn what_somebody_connects_meanwhile_is_not_ignored_among_others() {
    on_both(async |portal| {
        let cat = store_products::testing::product(1, "Gato", &["G-4"]);
        let dog = store_products::testing::product(2, "Perro", &["P-4"]);
        let (client, store) = selling(&portal, &[cat, dog]).await;
        let viewer = Viewer::Client(client.clone());
        let gato = product(&portal, &client, "gato").await;
        let perro = product(&portal, &client, "perro").await;
        let selected = [gato.product.id, perro.product.id];
        let a4 = made(&portal, "poster_a4-silk").await;
        let mut tx = portal.db.begin().await.unwrap();
        let variant = locked::LockedVariant::one(&mut tx, &viewer.scope(), variants(&gato)[0])
            .await
            .unwrap();
        let how = MappedHow::ByPerson;
        write::connected(&portal, &mut tx, variant.id, (a4, 1), how, &(&viewer).into())
            .await
            .unwrap();
        write::decided(&portal, &mut tx, &[variant]).await.unwrap();
        let ignored = ignore_waiting(&portal, &viewer, store.id, &selected);
        let connected = async {
            portal.somebody_waits().await;
            tx.commit().await.unwrap();
        };
        let (ignored, ()) = tokio::join!(ignored, connected);
        assert_eq!(ignored.unwrap().products, 1);
        let gato = product(&portal, &client, "gato").await;
        assert_eq!(
            (states(&gato), gato.ignored),
            (vec![MappingState::Connected], false)
        );
        let perro = product(&portal, &client, "perro").await;
        assert_eq!(
            (states(&perro), perro.ignored),
            (vec![MappingState::Ignored], true)
        );

        let again = ignore_waiting(&portal, &viewer, store.id, &selected).await;
        assert_eq!(testing::conflict_of(&again.unwrap_err()), "nothing-selected");
        let many = [gato.product.id; 101];
        let refusal = ignore_waiting(&portal, &viewer, store.id, &many).await;
        assert_eq!(testing::conflict_of(&refusal.unwrap_err()), "too-many-selected");
        let other = Viewer::Client(testing::client(&portal, "Nordlys Hotels").await);
        let refusal = ignore_waiting(&portal, &other, store.id, &selected).await;
        assert!(matches!(refusal, Err(Refusal::NotFound)), "{refusal:?}");
    })
    .await;
}

#[tokio::test]
async fn what_was_ignored_is_told_when_the_others_break() {
    on_both(async |portal| {
        let sold: Vec<StoreProduct> = [(1, "Gato"), (2, "Perro"), (3, "Pato")]
            .into_iter()
            .map(|(number, title)| store_products::testing::product(number, title, &["4"]))
            .collect();
        let (client, store) = selling(&portal, &sold).await;
        let viewer = Viewer::Client(client.clone());
        let mut selected = Vec::new();
        for title in ["gato", "perro", "pato"] {
            selected.push(product(&portal, &client, title).await.product.id);
        }
        let failpoint = portal.db.failpoint();
        failpoint.die_after(2);
        let ignored = ignore_waiting(&portal, &viewer, store.id, &selected).await;
        failpoint.revive();
        let told = IgnoredWaiting {
            products: 1,
            orders: 0,
            left: 2,
        };
        assert_eq!(ignored.unwrap(), told);
    })
    .await;
}

#[tokio::test]
async fn the_auto_match_shows_what_it_would_do_and_does_it() {
    on_both(async |portal| {
        let products = [
            store_products::testing::product(1, "Bolígrafo", &["PEN"]),
            store_products::testing::product(2, "Gato", &["GATO-1", "poster_a3-silk"]),
            store_products::testing::product(3, "Otro", &["poster_a4-silk"]),
            store_products::testing::product(4, "Copia", &["gato-1"]),
            store_products::testing::product(5, "Dos", &["pen / poster_a3-matt"]),
            store_products::testing::product(6, "Nada", &["X"]),
        ];
        let (client, store) = selling(&portal, &products).await;
        let viewer = Viewer::Client(client.clone());
        let gato = product(&portal, &client, "gato").await;
        connect(&portal, &viewer, variants(&gato)[0], &with_url("poster_a4-silk"))
            .await
            .unwrap();
        let dry = auto_match(&portal, &viewer, store.id, &Apply::Nothing)
            .await
            .unwrap();
        assert_eq!(dry.counts(), [3, 1, 1, 1]);
        let how: Vec<_> = dry
            .rows
            .iter()
            .filter_map(|row| match &row.outcome {
                MatchOutcome::Connects { how, .. } => Some((row.title.as_str(), *how)),
                _ => None,
            })
            .collect();
        assert_eq!(
            how,
            [
                ("Bolígrafo", MappedHow::ExactUid),
                ("Copia", MappedHow::KnownSku),
                ("Gato", MappedHow::ExactUid)
            ]
        );
        let again = auto_match(&portal, &viewer, store.id, &Apply::Nothing)
            .await
            .unwrap();
        assert_eq!(again.rows, dry.rows, "a dry run writes nothing");
        let pen = BTreeSet::from([dry.rows[0].variant]);
        let only = auto_match(&portal, &viewer, store.id, &Apply::Only(pen))
            .await
            .unwrap();
        assert_eq!(only.counts(), [1, 0, 0, 0]);
        let all = auto_match(&portal, &viewer, store.id, &Apply::All).await.unwrap();
        assert_eq!(all.counts(), [2, 1, 1, 1]);
        let copy = product(&portal, &client, "copia").await;
        assert_eq!(copy.variants[0].mapped_how, Some(MappedHow::KnownSku));
        assert_eq!(
            copy.variants[0].designs[0].url.as_deref(),
            Some("https://example.com/cat.pdf")
        );
        let left = auto_match(&portal, &viewer, store.id, &Apply::Nothing)
            .await
            .unwrap();
        assert_eq!(left.counts(), [0, 1, 1, 1]);
    })
    .await;
}

#[tokio::test]
async fn a_pack_is_one_for_variants_that_are_connected_alike_and_for_those_with_its_sku() {
    on_both(async |portal| {
        let products = [
            store_products::testing::product(1, "Gato", &["GATO-1", "GATO-2", "poster_a4-silk"]),
            store_products::testing::product(2, "Copia", &["gato-1"]),
        ];
        let (client, store) = selling(&portal, &products).await;
        let viewer = Viewer::Client(client.clone());
        let gato = variants(&product(&portal, &client, "gato").await);
        let form = pack_with_url("poster_a4-silk", "10");
        connect(&portal, &viewer, gato[0], &form).await.unwrap();
        let a3 = made(&portal, "poster_a3-silk").await;
        connect_alike(&portal, &viewer, gato[0], &[(gato[1], a3)])
            .await
            .unwrap();
        let found = auto_match(&portal, &viewer, store.id, &Apply::All).await.unwrap();
        assert_eq!(
            found.counts(),
            [1, 0, 1, 0],
            "nobody knows how many pieces another variant of the product is"
        );
        let pieces = |detail: StoreProductDetail| -> Vec<i64> {
            let variants = detail.variants.iter();
            variants.map(|variant| variant.pieces_per_unit).collect()
        };
        assert_eq!(pieces(product(&portal, &client, "gato").await), [10, 10, 1]);
        assert_eq!(pieces(product(&portal, &client, "copia").await), [10]);
        disconnect(&portal, &viewer, gato[1]).await.unwrap();
        assert_eq!(pieces(product(&portal, &client, "gato").await), [10, 1, 1]);
    })
    .await;
}

#[tokio::test]
async fn nothing_is_connected_like_a_variant_that_is_just_being_disconnected() {
    on_both(async |portal| {
        let cat = store_products::testing::product(1, "Gato", &["G-4", "G-3"]);
        let (client, _) = selling(&portal, &[cat]).await;
        let viewer = Viewer::Client(client.clone());
        let gato = variants(&product(&portal, &client, "gato").await);
        connect(&portal, &viewer, gato[0], &with_url("poster_a4-silk"))
            .await
            .unwrap();
        let a3 = made(&portal, "poster_a3-silk").await;
        let mut tx = portal.db.begin().await.unwrap();
        locked::LockedVariant::one(&mut tx, &viewer.scope(), gato[0])
            .await
            .unwrap();
        let open = MappingState::NotConnected;
        write::not_connected(&portal, &mut tx, &gato[..1], open, &(&viewer).into())
            .await
            .unwrap();
        let wanted = [(gato[1], a3)];
        let alike = connect_alike(&portal, &viewer, gato[0], &wanted);
        let disconnected = async {
            portal.somebody_waits().await;
            tx.commit().await.unwrap();
        };
        let (alike, ()) = tokio::join!(alike, disconnected);
        assert_eq!(
            testing::conflict_of(&alike.unwrap_err()),
            "template-not-connected"
        );
    })
    .await;
}

#[tokio::test]
async fn a_design_that_was_given_up_is_checked_again_when_its_job_is_retried() {
    on_both(async |portal| {
        let cat = store_products::testing::product(1, "Gato", &["G-4"]);
        let (client, _) = selling(&portal, &[cat]).await;
        let viewer = Viewer::Client(client.clone());
        let variant = variants(&product(&portal, &client, "gato").await)[0];
        let mut form = with_url("poster_a4-silk");
        form.uploads = vec![(
            "front".to_owned(),
            testing::upload(&portal, &client, &testing::png(2400, 3370)).await,
        )];
        connect(&portal, &viewer, variant, &form).await.unwrap();
        let job = testing::give_up(&portal, "check-store-design").await;
        let state = async || product(&portal, &client, "gato").await.variants[0].designs[0].state;
        assert_eq!(state().await, FileState::Refused);
        testing::retry(&portal, job).await;
        assert_eq!(state().await, FileState::Waiting);
        testing::work(&portal).await;
        assert_eq!(state().await, FileState::Checked);
    })
    .await;
}

/// The variants that the store still has.
fn current(product: &StoreProductDetail) -> Vec<StoreVariantDetail> {
    let there = product
        .variants
        .iter()
        .filter(|variant| variant.gone_at.is_none());
    there.cloned().collect()
}

/// The product with new ids for its variants, as after a change of an inventory at Etsy.
fn with_new_ids(product: &StoreProduct) -> StoreProduct {
    let mut product = product.clone();
    for variant in &mut product.variants {
        variant.external_id = ExternalId::new(format!("new-{}", variant.external_id));
    }
    product
}

#[tokio::test]
async fn variants_that_come_back_under_new_ids_are_connected_as_they_were() {
    on_both(async |portal| {
        let cat = store_products::testing::product(1, "Gato", &["G-4", "G-3"]);
        let (client, store) = selling(&portal, std::slice::from_ref(&cat)).await;
        let viewer = Viewer::Client(client.clone());
        let first = variants(&product(&portal, &client, "gato").await)[0];
        let form = with_url("poster_a4-silk");
        connect(&portal, &viewer, first, &form).await.unwrap();

        let changed = with_new_ids(&cat);
        let mut tx = portal.db.begin().await.unwrap();
        upsert(&portal, &mut tx, &store, portal.entropy.id(), &[changed])
            .await
            .unwrap();
        tx.commit().await.unwrap();
        let came = current(&product(&portal, &client, "gato").await);
        let came: Vec<_> = came
            .iter()
            .map(|variant| (variant.mapping_state, variant.designs.len()))
            .collect();
        assert_eq!(
            came,
            [(MappingState::Connected, 1), (MappingState::NotConnected, 0)]
        );

        // What a person decides about them afterwards stays.
        let came = current(&product(&portal, &client, "gato").await);
        assert_ne!(came[0].id, first);
        assert_eq!(came[0].product_uid.as_deref(), Some("poster_a4-silk"));
        disconnect(&portal, &viewer, came[0].id).await.unwrap();
        let renamed = StoreProduct {
            title: "Gato gris".to_owned(),
            ..with_new_ids(&cat)
        };
        let mut tx = portal.db.begin().await.unwrap();
        upsert(&portal, &mut tx, &store, portal.entropy.id(), &[renamed])
            .await
            .unwrap();
        tx.commit().await.unwrap();
        let came = current(&product(&portal, &client, "gato gris").await);
        assert!(
            came.iter()
                .all(|variant| variant.mapping_state == MappingState::NotConnected)
        );
    })
    .await;
}

#[tokio::test]
async fn an_order_with_a_new_id_that_no_sync_has_seen_is_made_as_before() {
    on_both(async |portal| {
        let cat = store_products::testing::product(1, "Gato", &["G-4"]);
        let (client, store) = selling(&portal, &[cat]).await;
        let viewer = Viewer::Client(client.clone());
        let known = variants(&product(&portal, &client, "gato").await)[0];
        let form = ConnectForm {
            product_uid: "pen".to_owned(),
            ..ConnectForm::default()
        };
        connect(&portal, &viewer, known, &form).await.unwrap();
        let line = SourceLine {
            variant_id: Some(ExternalId::new("new-1-0")),
            sku: Some("G-4".to_owned()),
            variant_title: "A0".to_owned(),
            ..intake::testing::line("l1", "1", 1)
        };
        let mut tx = portal.db.begin().await.unwrap();
        let found = store_products::known_from_line(&portal, &mut tx, &store, &line)
            .await
            .unwrap()
            .unwrap();
        tx.commit().await.unwrap();
        assert_ne!(found, known);
        let gato = product(&portal, &client, "gato").await;
        let found = gato.variants.iter().find(|variant| variant.id == found).unwrap();
        assert_eq!(found.mapping_state, MappingState::Connected);
    })
    .await;
}
