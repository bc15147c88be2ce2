//! Platforms that keep the portal waiting: 45 seconds of silence, before or after the work was done.

use std::time::Duration;

use domain::{OrderStatus, Platform, WriteKind, WriteState};
use portal::orders;
use portal::testing::on_both;
use sandbox::faults::{Effect, Fault};

use super::opening::{PATIENCE, PATIENCE_FOR_FILES};
use super::{Trade, key};

/// How long a platform is silent: longer than the portal waits anywhere.
const SILENCE: f64 = 45.0;
/// How long the portal waits while nothing else answers either.
const SHORT: Duration = Duration::from_millis(50);

/// A parcel leaves while the platform is silent. The order says that its store does not know; once the platform
/// answers again, it is told once, also when it had done what it never said.
async fn ships_into_silence(platform: Platform) {
    on_both(async |test| {
        let mut trade = Trade::open(&test, 5).await;
        trade.connect_and_map(platform).await;
        let sold = trade.for_sale(platform, 1);
        for (effect, tracking) in [
            (Effect::Hang { seconds: SILENCE }, "SILENT-1"),
            (Effect::HangAfter { seconds: SILENCE }, "SILENT-2"),
        ] {
            let done_all_the_same = matches!(effect, Effect::HangAfter { .. });
            trade.place(platform, &sold);
            trade.poll().await;
            let order = trade.orders().await.remove(0).id;
            let known = trade.shipped_at(platform);
            trade.world.faults.inject(Fault {
                platform: Some(key(platform).platform),
                ..Fault::new("*", effect)
            });
            trade.waits(SHORT, PATIENCE_FOR_FILES);
            trade.make_and_ship(order, tracking).await;
            let detail = orders::find(&trade.portal, &trade.scope(), order).await.unwrap();
            assert_eq!(detail.head.status, OrderStatus::Shipped, "{platform}");
            let (untold, rest): (Vec<_>, Vec<_>) = detail
                .writes
                .iter()
                .partition(|write| write.state == WriteState::Failed);
            assert!(untold.iter().any(|write| write.kind == WriteKind::Shipped));
            assert!(
                rest.iter().all(|write| write.state == WriteState::NotSupported),
                "{platform} claims what is not there: {rest:?}"
            );
            let mut sentences = vec![["Retry", "Reintentar"]];
            for write in &untold {
                sentences.push(match write.reason.as_deref() {
                    Some("store-timed-out") => [
                        "The store took too long to answer.",
                        "La tienda ha tardado demasiado en responder.",
                    ],
                    Some("store-uncertain") => [
                        "The store did not answer, and the change may have been made.",
                        "La tienda no respondió y puede que el cambio se haya hecho.",
                    ],
                    other => panic!("{platform}: {other:?}"),
                });
            }
            trade.told(order, &sentences).await;
            if !done_all_the_same {
                assert_eq!(trade.shipped_at(platform), known, "{platform}");
            }

            trade.world.faults.clear();
            trade.waits(PATIENCE, PATIENCE_FOR_FILES);
            for write in untold {
                orders::retry_write(&trade.portal, &trade.viewer(), order, write.id)
                    .await
                    .unwrap();
            }
            trade.settle().await;
            let mut expected = [known, vec![tracking.to_owned()]].concat();
            expected.sort();
            assert_eq!(trade.shipped_at(platform), expected, "{platform}");
        }
    })
    .await;
}

#[tokio::test]
async fn a_parcel_leaves_while_shopify_is_silent() {
    ships_into_silence(Platform::Shopify).await;
}

#[tokio::test]
async fn a_parcel_leaves_while_etsy_is_silent() {
    ships_into_silence(Platform::Etsy).await;
}

#[tokio::test]
async fn a_parcel_leaves_while_woocommerce_is_silent() {
    ships_into_silence(Platform::WooCommerce).await;
}
