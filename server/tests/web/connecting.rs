//! Connecting online stores and looking after them, in a browser without scripts.
#![expect(
    clippy::unwrap_used,
    reason = "a test whose surroundings are missing has failed"
)]

use app::action::encode;
use connectors::OutboundError;
use connectors::store::{ConnectionError, StoreConnection as _, StoreLocation};
use domain::id::{CustomerId, StoreId};
use domain::source::ExternalId;
use domain::{ClientRole, Language, OperatorRole, Platform};
use http::StatusCode;
use portal::jobs::{Worker, registry};
use portal::storage::sql;
use portal::stores;
use portal::testing::{TestPortal, on_both};

use crate::browser::{Answer, Browser};
use crate::people::{self, PASSWORD};

const NEW: &str = "/storefronts/stores/new";
const SHOP: &str = "print-test.myshopify.com";
const SITE: &str = "https://tienda.example";
const CONNECT: &str = "/do/stores/connect";
const KEYS: &str = "/do/stores/connect-keys";
const TRY_NOW: &str = "/do/stores/try-now";

/// Somebody of a customer, reading in a language.
async fn browser(portal: &TestPortal, role: ClientRole, language: Language) -> Browser {
    let customer = people::customer(portal, "Estudio Garabato").await;
    let email = people::client(portal, customer, role).await;
    let mut tx = portal.db.begin().await.unwrap();
    sql("UPDATE users SET language = $2 WHERE email_key = $1")
        .bind(&email)
        .bind(language.as_str())
        .execute(&mut tx)
        .await
        .unwrap();
    tx.commit().await.unwrap();
    let mut browser = Browser::new(portal);
    browser.log_in(&email, PASSWORD).await;
    browser
}

/// Sends somebody to the platform's page; gives the state that comes back with them.
async fn leave(browser: &mut Browser, platform: &str, shop: &str) -> String {
    browser.open(&format!("{NEW}/{platform}")).await;
    let page = browser
        .submit(CONNECT, &[("platform", platform), ("shop", shop)])
        .await;
    let refresh = page.headers.get("refresh").unwrap().to_str().unwrap().to_owned();
    let address = refresh.strip_prefix("0; url=").unwrap();
    assert!(
        page.body.contains(&format!("href=\"{address}\"")),
        "{}",
        page.body
    );
    address.rsplit_once("state=").unwrap().1.to_owned()
}

async fn connect_with_keys(browser: &mut Browser, shop: &str) -> Answer {
    browser.open(&format!("{NEW}/woocommerce?way=keys")).await;
    let fields = [
        ("shop", shop),
        ("consumer_key", "ck_1"),
        ("consumer_secret", "cs_1"),
    ];
    browser.submit(KEYS, &fields).await
}

async fn work(portal: &TestPortal) {
    Worker::new(portal, registry()).run_until_idle().await.unwrap();
}

fn store_at(answer: &Answer) -> StoreId {
    let path = answer.at.split('?').next().unwrap();
    path.rsplit('/').next().unwrap().parse().unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_person_agrees_at_the_platform_and_comes_back_to_the_store() {
    on_both(async |portal| {
        portal.shops.open_shop(Platform::Shopify, SHOP);
        let mut browser = browser(&portal, ClientRole::Admin, Language::En).await;
        browser.open("/storefronts").await.says(&[
            "Add a store",
            "Sync its products",
            "Connect the products",
        ]);
        browser
            .open(NEW)
            .await
            .says(&["Shopify", "Etsy", "WooCommerce", "Manual store"]);
        browser.open(&format!("{NEW}/shopify")).await.says(&[
            "What we ask for, and why",
            "Read products",
            "What we never touch",
        ]);
        let empty = browser
            .submit(CONNECT, &[("platform", "shopify"), ("shop", "")])
            .await;
        empty.says(&["Connect Shopify", "aria-invalid=\"true\""]);

        let state = leave(&mut browser, "shopify", SHOP).await;
        let store = browser
            .open(&format!("/connect/shopify/callback?code={SHOP}&state={state}"))
            .await;
        store.says(&[
            &format!("{SHOP} is connected"),
            "Syncing products",
            "Connection health",
            "Stop",
        ]);
        let page = store.at.split('?').next().unwrap().to_owned();

        // Once more: nothing is lost, nothing doubled.
        browser
            .open(&format!("{NEW}/shopify?store={}", store_at(&store)))
            .await;
        let again = [("store", store_at(&store).to_string())];
        let again: Vec<(&str, &str)> = again
            .iter()
            .map(|(name, value)| (*name, value.as_str()))
            .collect();
        let leaving = browser.submit("/do/stores/reconnect", &again).await;
        let refresh = leaving.headers.get("refresh").unwrap().to_str().unwrap();
        let state = refresh.rsplit_once("state=").unwrap().1.to_owned();
        let back = browser
            .open(&format!("/connect/shopify/callback?code={SHOP}&state={state}"))
            .await;
        back.says(&["is connected again"]);
        assert_eq!(back.at.split('?').next().unwrap(), page);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_a_platform_keeps_from_us_is_said_with_the_way_to_do_it_by_hand() {
    on_both(async |portal| {
        let shop = portal.shops.open_shop(Platform::WooCommerce, SITE);
        shop.change_facts(|facts| {
            facts.capabilities.reads_addresses = false;
            facts.capabilities.writes_shipments = false;
        });
        for (language, says) in [
            (
                Language::En,
                [
                    "keeps your buyers’ addresses from us",
                    "enter it at WooCommerce yourself",
                ],
            ),
            (
                Language::Es,
                ["no nos da las direcciones", "introdúcelo tú en WooCommerce"],
            ),
        ] {
            let mut browser = browser(&portal, ClientRole::AccountAdmin, language).await;
            let store = connect_with_keys(&mut browser, SITE).await;
            store.says(&says);
            let page = store.at.split('?').next().unwrap().to_owned();
            browser.open(&page).await.says(&says);
            let mut tx = portal.db.begin().await.unwrap();
            sql("UPDATE store_connections SET disconnected_at = $1")
                .bind(portal.now())
                .execute(&mut tx)
                .await
                .unwrap();
            tx.commit().await.unwrap();
        }
    })
    .await;
}

/// What a shop answers, and what is said of it in English and in Spanish: the fact and the way out.
type Case = (fn() -> ConnectionError, [[&'static str; 2]; 2]);

const CASES: [Case; 12] = [
    (
        || ConnectionError::Unauthorized {
            message: "consumer_key is invalid".to_owned(),
        },
        [
            [
                "The store refuses our credentials",
                "The store says: “consumer_key is invalid”",
            ],
            [
                "La tienda rechaza nuestras credenciales",
                "La tienda dice: «consumer_key is invalid»",
            ],
        ],
    ),
    (
        || ConnectionError::ReadOnly,
        [
            [
                "The key may read but not write.",
                "Create a key with the permission Read/Write",
            ],
            [
                "La clave permite leer, pero no escribir.",
                "Crea una clave con permiso de lectura/escritura",
            ],
        ],
    ),
    (
        || ConnectionError::ShopMissing,
        [
            ["WooCommerce is not active", "Activate WooCommerce"],
            ["WooCommerce no está activo", "Activa WooCommerce"],
        ],
    ),
    (
        || ConnectionError::Firewall { status: 403 },
        [
            ["A firewall answers", "Ask your hosting provider"],
            ["Un cortafuegos responde", "Pide a tu proveedor de alojamiento"],
        ],
    ),
    (
        || ConnectionError::PlainPermalinks,
        [
            ["plain permalinks", "Settings &gt; Permalinks"],
            ["enlaces permanentes simples", "Ajustes &gt; Enlaces permanentes"],
        ],
    ),
    (
        || ConnectionError::Unreachable(OutboundError::TimedOut),
        [
            ["took too long to answer", "opens in a browser"],
            ["ha tardado demasiado", "se abre en un navegador"],
        ],
    ),
    (
        || ConnectionError::WriteOnly,
        [
            [
                "The key may write but not read.",
                "Create a key with the permission Read/Write",
            ],
            [
                "La clave permite escribir, pero no leer.",
                "Crea una clave con permiso de lectura/escritura",
            ],
        ],
    ),
    (
        || ConnectionError::OrdersHidden {
            message: "Sorry, you cannot list resources.".to_owned(),
        },
        [
            ["may not see orders", "an administrator or a shop manager"],
            ["no puede ver los pedidos", "un administrador o un gestor"],
        ],
    ),
    (
        || ConnectionError::ProductsHidden {
            message: String::new(),
        },
        [
            ["may not see products", "an administrator or a shop manager"],
            ["no puede ver los productos", "un administrador o un gestor"],
        ],
    ),
    (
        || ConnectionError::UnknownKey {
            message: "Consumer key is invalid.".to_owned(),
        },
        [
            ["This store does not know the key.", "from this very store"],
            ["Esta tienda no conoce la clave.", "de esta misma tienda"],
        ],
    ),
    (
        || ConnectionError::NotThisPlatform,
        [
            ["no store of this platform at this address", "Check the address"],
            [
                "no hay ninguna tienda de esta plataforma",
                "Comprueba la dirección",
            ],
        ],
    ),
    (
        || ConnectionError::Failing {
            status: 500,
            retry_after: None,
        },
        [
            ["answers with an error of its own", "we do not try by ourselves"],
            ["con un error propio", "no lo reintentamos por nuestra cuenta"],
        ],
    ),
];

#[tokio::test(flavor = "multi_thread")]
async fn every_refusal_says_what_is_wrong_and_what_to_do() {
    on_both(async |portal| {
        let shop = portal.shops.open_shop(Platform::WooCommerce, SITE);
        for (number, language) in [Language::En, Language::Es].into_iter().enumerate() {
            let mut browser = browser(&portal, ClientRole::AccountAdmin, language).await;
            for (error, words) in &CASES {
                shop.fail_next(error());
                let refused = connect_with_keys(&mut browser, SITE).await;
                refused.says(&words[number]);
                // The address is kept, the keys are not.
                refused.says(&[SITE]);
                assert!(!refused.body.contains("cs_1"), "{}", refused.body);
            }
            let nowhere = connect_with_keys(&mut browser, "https://nowhere.example").await;
            nowhere.says(&CASES[10].1[number]);
        }
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_store_that_fails_says_so_everywhere_and_is_tried_at_once_when_asked() {
    on_both(async |portal| {
        let shop = portal.shops.open_shop(Platform::WooCommerce, SITE);
        let mut browser = browser(&portal, ClientRole::Admin, Language::En).await;
        let store = connect_with_keys(&mut browser, SITE).await;
        let page = store.at.split('?').next().unwrap().to_owned();
        let store = store_at(&store).to_string();
        work(&portal).await;
        let unreachable = || ConnectionError::Unreachable(OutboundError::TimedOut);
        shop.fail_next(unreachable());
        browser
            .submit("/do/stores/sync-products", &[("store", &store)])
            .await;
        work(&portal).await;

        let failing = browser.open(&page).await;
        failing.says(&[
            "Cannot be reached since",
            "The store took too long to answer",
            "Next try at",
            "Try now",
            "data-status=\"needs-attention\"",
            "Waits, next try at",
            "<progress value=\"0\" max=\"1\"",
            "Sync products",
        ]);
        let mut console = Browser::new(&portal);
        let operator = people::operator(&portal, OperatorRole::Operator).await;
        console.log_in(&operator, PASSWORD).await;
        let activity = console.open("/console/activity").await;
        activity.says(&["Estudio Garabato", "/stores\"", "Customer and store"]);

        let wherever = ["Cannot be reached since", "took too long", "Try now"];
        browser.open("/storefronts/stores").await.says(&wherever);

        // Its products and its orders are tried.
        shop.fail_next(unreachable());
        shop.fail_next(unreachable());
        browser.open(&page).await;
        browser.submit(TRY_NOW, &[("store", &store)]).await;
        work(&portal).await;
        let lasting = browser.open(&page).await;
        lasting.says(&["data-status=\"disconnected\"", "data-tone=\"danger\""]);
        let done = browser.submit(TRY_NOW, &[("store", &store)]).await;
        done.says(&["The store is tried again"]);
        work(&portal).await;
        let fine = browser.open(&page).await;
        fine.says(&["data-status=\"connected\""]);
        assert!(!fine.main().contains("Cannot be reached"), "{}", fine.main());
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_comes_back_without_a_store_reads_why() {
    on_both(async |portal| {
        portal.shops.open_shop(Platform::Etsy, "12345");
        for (language, denied, forged) in [
            (
                Language::En,
                [
                    "The permission was denied",
                    "Connect again and accept the permissions",
                ],
                [
                    "does not belong to an authorisation that you began here",
                    "Begin again from this page",
                ],
            ),
            (
                Language::Es,
                ["Se denegó el permiso", "Conecta de nuevo y acepta los permisos"],
                [
                    "no corresponde a una autorización que hayas iniciado",
                    "Empieza de nuevo desde esta página",
                ],
            ),
        ] {
            let mut browser = browser(&portal, ClientRole::AccountAdmin, language).await;
            browser
                .open("/storefronts/orders")
                .await
                .says(&[NEW, "/storefronts/stores/new/manual"]);
            let state = leave(&mut browser, "etsy", "").await;
            let back = browser
                .open(&format!(
                    "/connect/etsy/callback?error=access_denied&state={state}"
                ))
                .await;
            assert_eq!(back.at, format!("{NEW}/etsy?failed=authorisation-denied"));
            back.says(&denied);
            let back = browser
                .open("/connect/etsy/callback?code=12345&state=made-up")
                .await;
            back.says(&forged);
        }
        portal.shops.open_shop(Platform::WooCommerce, SITE);
        let mut browser = browser(&portal, ClientRole::AccountAdmin, Language::En).await;
        let state = leave(&mut browser, "woocommerce", SITE).await;
        let back = browser
            .open(&format!("/connect/woocommerce/return?success=0&user_id={state}"))
            .await;
        back.says(&["The permission was denied", &format!("value=\"{SITE}\"")]);
        let failing = browser
            .open(&format!("{NEW}/woocommerce?failed=store-failing"))
            .await;
        failing.says(&[
            "we do not try by ourselves",
            "form=\"connect\"",
            "Try again",
            "takes up to 25 seconds",
        ]);
        let nonsense = browser
            .open(&format!("{NEW}/etsy?failed=%3Cb%3Epay%20here%3C/b%3E"))
            .await;
        nonsense.says(&["The store refuses the request"]);
        assert!(!nonsense.body.contains("pay here</b>"), "{}", nonsense.body);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_revoked_store_asks_to_be_reconnected() {
    on_both(async |portal| {
        let shop = portal.shops.open_shop(Platform::WooCommerce, SITE);
        let mut browser = browser(&portal, ClientRole::AccountAdmin, Language::Es).await;
        let store = connect_with_keys(&mut browser, SITE).await;
        store.says(&["está conectada"]);
        let id = store_at(&store);
        shop.fail_next(ConnectionError::Unauthorized {
            message: String::new(),
        });
        let open = stores::open(&portal, id).await.unwrap();
        open.verify().await.unwrap_err();

        let page = format!("/storefronts/stores/{id}");
        let revoked = browser.open(&page).await;
        revoked.says(&[
            "La tienda rechaza nuestras credenciales",
            "Reconectar",
            "La tienda lo rechaza",
        ]);
        assert!(
            !revoked.body.contains("/do/stores/sync-products"),
            "{}",
            revoked.body
        );
        let stores = browser.open("/storefronts/stores").await;
        stores.says(&["La tienda rechaza nuestras credenciales", "Reconectar"]);
        let tiles = stores.main().find("Conecta una tienda").unwrap();
        assert!(stores.main().find("Tus tiendas").unwrap() < tiles);

        // As with an order that waits: before the first one the dashboard only says what to do.
        let mut tx = portal.db.begin().await.unwrap();
        sql(
            "INSERT INTO order_status_counts (store_id, status, customer_id, orders) \
             SELECT id, 'on_hold', customer_id, 1 FROM stores WHERE id = $1",
        )
        .bind(id)
        .execute(&mut tx)
        .await
        .unwrap();
        tx.commit().await.unwrap();
        let dashboard = browser.open("/storefronts").await;
        let way = format!("{NEW}/woocommerce?store={id}");
        dashboard.says(&[&way, "Reconectar", ">Usuarios<"]);
        let place = |words: &str| dashboard.main().find(words).unwrap();
        assert!(place("Pedidos que te necesitan") < place("Pedidos por día"));
        assert!(place(&way) < place("Pedidos por día"));

        browser
            .open(&format!("{NEW}/woocommerce?store={id}&way=keys"))
            .await
            .says(&["Reconectar"]);
        let id = id.to_string();
        let again = [
            ("store", id.as_str()),
            ("consumer_key", "ck_2"),
            ("consumer_secret", "cs_2"),
        ];
        let again = browser.submit(KEYS, &again).await;
        again.says(&["vuelve a estar conectada"]);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_store_is_synced_paused_configured_and_disconnected() {
    on_both(async |portal| {
        portal.shops.open_shop(Platform::WooCommerce, SITE);
        let mut browser = browser(&portal, ClientRole::AccountAdmin, Language::En).await;
        let store = connect_with_keys(&mut browser, SITE).await;
        let id = store_at(&store).to_string();
        let page = format!("/storefronts/stores/{id}");
        let of_store = [("store", id.as_str())];

        browser.open(&page).await;
        let stopped = browser
            .submit("/do/stores/cancel-sync", &[("store", &id), ("what", "products")])
            .await;
        stopped.says(&["Sync stopped", "Cancelled"]);
        browser
            .submit("/do/stores/sync-products", &of_store)
            .await
            .says(&["Syncing products"]);

        let settings = format!("{page}/settings");
        browser.open(&settings).await.says(&["processing", SITE]);
        let typed = [
            ("store", id.as_str()),
            ("name", "Mi tienda"),
            ("ready_statuses", "processing, On-Hold"),
            ("notify_buyers", "true"),
        ];
        let saved = browser.submit("/do/stores/save-settings", &typed).await;
        assert_eq!(saved.at, settings);
        saved.says(&["Settings saved", "Mi tienda", "processing, on-hold"]);
        let day = [("store", id.as_str()), ("from", "2026-11-01")];
        browser
            .submit("/do/stores/sync-orders", &day)
            .await
            .says(&["Orders are being synced", "Syncing orders"]);

        browser.submit("/do/stores/pause", &of_store).await.says(&[
            "Store paused",
            "This store is paused",
            "Resume",
        ]);
        browser
            .submit("/do/stores/resume", &of_store)
            .await
            .says(&["Store resumed"]);
        browser
            .open(&format!("{page}?dialog=disconnect"))
            .await
            .says(&["Disconnect Mi tienda?", "The history stays"]);
        browser.submit("/do/stores/disconnect", &of_store).await.says(&[
            "Store disconnected",
            "This store is disconnected",
            "Reconnect",
        ]);
        browser
            .open(&settings)
            .await
            .says(&["None: the store is disconnected"]);
        let (customer,): (CustomerId,) = sql("SELECT customer_id FROM stores")
            .fetch_one(&mut portal.db.read().await.unwrap())
            .await
            .unwrap();
        let mut console = Browser::new(&portal);
        let operator = people::operator(&portal, OperatorRole::Operator).await;
        console.log_in(&operator, PASSWORD).await;
        let listed = console
            .open(&format!("/console/customers/{customer}/stores"))
            .await;
        listed.says(&["Mi tienda"]);
        let (_, tab) = listed.main().split_once("/stores\"").unwrap();
        let (tab, _) = tab.split_once("</a>").unwrap();
        assert!(tab.contains(">1<"), "the tab counts what is listed: {tab}");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn mistyped_settings_say_what_was_meant() {
    on_both(async |portal| {
        portal.shops.open_shop(Platform::WooCommerce, SITE);
        let mut browser = browser(&portal, ClientRole::AccountAdmin, Language::En).await;
        let store = connect_with_keys(&mut browser, SITE).await;
        let id = store_at(&store).to_string();
        browser.open(&format!("/storefronts/stores/{id}/settings")).await;
        let wrong = [
            ("store", id.as_str()),
            ("name", "Mi tienda"),
            ("ready_statuses", "pagado!"),
        ];
        browser
            .submit("/do/stores/save-settings", &wrong)
            .await
            .says(&["as WooCommerce names them", "pagado!"]);
        let mut mistyped = [
            ("store", id.as_str()),
            ("name", "Mi tienda"),
            ("ready_statuses", "procesing"),
            ("plug_in_statuses", ""),
        ];
        browser
            .submit("/do/stores/save-settings", &mistyped)
            .await
            .says(&["Did you mean “processing”?"]);
        mistyped[3].1 = "true";
        browser
            .submit("/do/stores/save-settings", &mistyped)
            .await
            .says(&["Settings saved"]);
        let no_day = [("store", id.as_str()), ("from", "soon")];
        browser
            .submit("/do/stores/sync-orders", &no_day)
            .await
            .says(&["Enter a date such as"]);
        let to_come = [("store", id.as_str()), ("from", "2030-11-01")];
        browser
            .submit("/do/stores/sync-orders", &to_come)
            .await
            .says(&["This day has not come yet", "2030-11-01"]);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn roles_that_do_not_connect_look_or_configure() {
    on_both(async |portal| {
        portal.shops.open_shop(Platform::WooCommerce, SITE);
        let mut admin = browser(&portal, ClientRole::AccountAdmin, Language::En).await;
        let store = connect_with_keys(&mut admin, SITE).await;
        let page = format!("/storefronts/stores/{}", store_at(&store));
        let (customer,) = sql("SELECT customer_id FROM stores WHERE id = $1")
            .bind(store_at(&store))
            .fetch_one(&mut portal.db.read().await.unwrap())
            .await
            .unwrap();
        for (role, does, does_not) in [
            (ClientRole::StoreManager, "/do/stores/sync-products", "disconnect"),
            (ClientRole::ViewOnly, "Connection health", "/do/stores/"),
        ] {
            let email = people::client(&portal, customer, role).await;
            let mut browser = Browser::new(&portal);
            browser.log_in(&email, PASSWORD).await;
            let seen = browser.open(&page).await;
            assert_eq!(seen.status, StatusCode::OK, "{role}");
            seen.says(&[does]);
            assert!(!seen.body.contains(does_not), "{role}: {}", seen.body);
        }
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn who_opens_the_application_at_shopify_arrives_where_that_shop_is_connected() {
    on_both(async |portal| {
        let genuine = format!("/connect/shopify?shop={SHOP}&hmac=app-secret");
        let forged = format!("/connect/shopify?shop={SHOP}&hmac=guess");

        let mut stranger = Browser::new(&portal);
        let answer = stranger.get(&genuine).await;
        let next = format!("{NEW}/shopify?shop={SHOP}");
        assert_eq!(answer.location(), format!("/login?next={}", encode(&next)));

        let mut browser = browser(&portal, ClientRole::AccountAdmin, Language::En).await;
        let page = browser.open(&genuine).await;
        assert!(
            page.main().contains(&format!("value=\"{SHOP}\"")),
            "{}",
            page.main()
        );
        let page = browser.open(&forged).await;
        let sentence = "The answer does not belong to an authorisation";
        assert!(page.main().contains(sentence), "{}", page.main());
        assert!(!page.main().contains(SHOP), "{}", page.main());
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_store_with_several_locations_lets_one_be_chosen() {
    on_both(async |portal| {
        let shop = portal.shops.open_shop(Platform::WooCommerce, SITE);
        shop.change_facts(|facts| {
            let place = |id: &str, name: &str| StoreLocation {
                id: ExternalId::new(id),
                name: name.to_owned(),
            };
            facts.locations = vec![place("l1", "Print room"), place("l2", "Warehouse")];
        });
        let mut browser = browser(&portal, ClientRole::AccountAdmin, Language::Es).await;
        let id = store_at(&connect_with_keys(&mut browser, SITE).await).to_string();
        let settings = format!("/storefronts/stores/{id}/settings");
        let page = browser.open(&settings).await;
        page.says(&["Todas las ubicaciones", "Print room", "Warehouse"]);
        let typed = |location: &'static str| {
            [
                ("store", id.clone()),
                ("name", "Tienda".to_owned()),
                ("location", location.to_owned()),
            ]
        };
        for (location, chosen) in [("l2", Some("l2")), ("l3", Some("l2")), ("", None)] {
            let typed = typed(location);
            let fields: Vec<(&str, &str)> = typed
                .iter()
                .map(|(name, value)| (*name, value.as_str()))
                .collect();
            browser.open(&settings).await;
            browser.submit("/do/stores/save-settings", &fields).await;
            let open = stores::open(&portal, id.parse().unwrap()).await.unwrap();
            let kept = open.settings.location.as_ref().map(ExternalId::as_str);
            assert_eq!(kept, chosen, "{location}");
        }
    })
    .await;
}
