//! A portal and the stand-ins, opened beside one another.

use std::sync::Arc;
use std::time::Duration;

use connectors::outbound::{Outbound, OutboundSettings, Targets};
use connectors::store::Secret;
use domain::catalogue::{CatalogueProduct, RawCatalogueProduct};
use domain::id::UserId;
use domain::{ClientRole, OperatorRole, Platform, StoreScope, Timestamp};
use futures::future::BoxFuture;
use portal::access::{Client, Operator};
use portal::clock::Clock;
use portal::settings::Settings;
use portal::storage::sql;
use portal::stores::{Connectors, EtsySettings, ShopifySettings};
use portal::testing::TestPortal;
use portal::{Portal, catalogue};
use sandbox::clock::{Clock as StandInClock, Moment};
use sandbox::{etsy, shopify, stores as stand_ins};
use server::router::router;
use tokio::net::TcpListener;
use tokio::task::JoinHandle;

use super::{Trade, key};
use crate::people;

/// How long the portal waits for others unless a test wants it otherwise.
pub(super) const PATIENCE: Duration = Duration::from_secs(2);
/// The same for a whole file.
pub(super) const PATIENCE_FOR_FILES: Duration = Duration::from_mins(1);

/// The stand-ins' time, for the portal as well: a token has expired for both or for none.
#[derive(Debug)]
struct OneClock(StandInClock);

impl Clock for OneClock {
    fn now(&self) -> Timestamp {
        Timestamp::from_seconds(self.0.now().unix_seconds())
    }

    fn sleep(&self, duration: Duration) -> BoxFuture<'static, ()> {
        self.0.advance(duration);
        // What is waited for is made beside, by a thread of the stand-in.
        Box::pin(tokio::time::sleep(Duration::from_millis(20)))
    }
}

impl Trade {
    /// Opens the stand-ins with so many products each, and a portal of `test`'s database that knows them. Time stands
    /// still, until [`Trade::settle`] moves it.
    pub(super) async fn open(test: &TestPortal, products: usize) -> Self {
        let clock = StandInClock::standing_at(Moment::from_unix_seconds(test.clock.now().seconds()));
        let (mut trade, listener) = Self::prepare(test, products, clock).await;
        trade.serving.push(serve(listener, router(&trade.portal, None)));
        trade
    }

    /// As [`Trade::open`], with nobody yet who serves the portal where it listens.
    pub(super) async fn prepare(
        test: &TestPortal,
        products: usize,
        clock: StandInClock,
    ) -> (Self, TcpListener) {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let origin = format!("http://{}", listener.local_addr().unwrap());
        let options = stand_ins::Options {
            products,
            ..stand_ins::Options::default()
        };
        let stores = stand_ins::open(&options, clock.clone(), &origin).unwrap();
        let (world, announcement) = (Arc::clone(&stores.world), stores.announcement);
        let shops = serve(listener, stores.router);

        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let settings = Settings {
            base_url: format!("http://{}", listener.local_addr().unwrap())
                .parse()
                .unwrap(),
            shopify: ShopifySettings {
                client_id: Some(shopify::CLIENT_ID.to_owned()),
                client_secret: Some(Secret::new(shopify::CLIENT_SECRET)),
                hosts: format!("{origin}/shopify/{{name}}"),
                ..ShopifySettings::default()
            },
            etsy: EtsySettings {
                keystring: Some(etsy::KEYSTRING.to_owned()),
                shared_secret: Some(Secret::new(etsy::SHARED_SECRET)),
                webhook_secret: Some(Secret::new(etsy::WEBHOOK_SECRET)),
                base_url: Some(format!("{origin}/etsy")),
                ..EtsySettings::default()
            },
            ..Settings::clone(&test.settings)
        };
        let outbound = outbound(PATIENCE, PATIENCE_FOR_FILES);
        let portal = Portal {
            platforms: Arc::new(Connectors::new(&outbound, &settings).unwrap()),
            clock: Arc::new(OneClock(clock.clone())),
            outbound,
            settings: Arc::new(settings),
            ..Portal::clone(test)
        };
        let customer = people::customer(&portal, "Estudio Garabato").await;
        let email = people::client(&portal, customer, ClientRole::AccountAdmin).await;
        let (user,): (UserId,) = sql("SELECT id FROM users WHERE email = $1")
            .bind(&email)
            .fetch_one(&mut portal.db.read().await.unwrap())
            .await
            .unwrap();
        let client = Client {
            user,
            name: "Lucía Ferrer".to_owned(),
            customer,
            customer_name: "Estudio Garabato".to_owned(),
            role: ClientRole::AccountAdmin,
            stores: StoreScope::All,
        };
        let operator = Operator {
            user: people::person(
                &portal,
                "marta@levante.example",
                Some(OperatorRole::Administrator),
            )
            .await,
            name: "Marta Soler".to_owned(),
            role: OperatorRole::Administrator,
        };
        let trade = Self {
            portal,
            world,
            announcement,
            clock,
            client,
            email,
            operator,
            serving: vec![shops],
        };
        trade.without_limits();
        trade.fill_catalogue().await;
        (trade, listener)
    }

    /// Switches the platforms' own limits off: time stands still here, and nothing would refill them. And has
    /// WooCommerce keep shipments, which it does not before its owner wishes so.
    pub(super) fn without_limits(&self) {
        for (platform, switch) in [
            (Platform::Shopify, "unlimited"),
            (Platform::Etsy, "unlimited"),
            (Platform::WooCommerce, "fulfillments"),
        ] {
            self.world.change(&key(platform), |shop| {
                shop.settings.insert(switch.to_owned(), true.into());
            });
        }
    }

    /// A pen, which needs no design, and a postcard, which needs one.
    async fn fill_catalogue(&self) {
        let products = [
            ("pen", "Bolígrafo", ""),
            (
                "postcard",
                "Postal",
                "front(Front/Anverso) 148x105mm bleed 3mm 300dpi 1p pdf,png",
            ),
        ];
        for (uid, name_es, print_areas) in products {
            let product = CatalogueProduct::parse(&RawCatalogueProduct {
                uid,
                name_en: uid,
                name_es,
                category: "Things",
                print_areas,
                ..RawCatalogueProduct::default()
            });
            catalogue::create(&self.portal, &self.operator, &product.unwrap())
                .await
                .unwrap();
        }
    }

    /// Has the portal wait so long for the next bytes of others, and for a whole file, from now on.
    pub(super) fn waits(&mut self, bytes: Duration, file: Duration) {
        let outbound = outbound(bytes, file);
        self.portal = Portal {
            platforms: Arc::new(Connectors::new(&outbound, &self.portal.settings).unwrap()),
            outbound,
            ..self.portal.clone()
        };
    }
}

fn outbound(bytes: Duration, file: Duration) -> Outbound {
    Outbound::new(OutboundSettings {
        targets: Targets::PublicAndLoopback,
        stall_timeout: bytes,
        download_timeout: file,
        ..OutboundSettings::default()
    })
    .unwrap()
}

pub(super) fn serve(listener: TcpListener, router: axum::Router) -> JoinHandle<()> {
    let service = router.into_make_service_with_connect_info::<std::net::SocketAddr>();
    tokio::spawn(async move {
        axum::serve(listener, service).await.unwrap();
    })
}
