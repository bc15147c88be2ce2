//! Shops to try a development portal on, served beside it: stand-ins of the store platforms.

use anyhow::Context as _;
use connectors::store::Secret;
use portal::settings::Settings;
use sandbox::clock::Clock;
use sandbox::etsy;
use sandbox::shop::{Platform as ShopPlatform, ShopKey};
use sandbox::shopify;
use sandbox::stores::{self, Stores};
use tokio::net::TcpListener;

/// The stand-ins, ready to be served.
pub(crate) struct SandboxStores {
    /// The shops.
    pub(crate) stores: Stores,
    /// Where they listen.
    pub(crate) listener: TcpListener,
}

/// Opens the stand-ins when the settings ask for them, and has the settings lead to them wherever no application of
/// the deployment's own does.
///
/// # Errors
/// When their address cannot be listened on.
pub(crate) async fn open(settings: &mut Settings) -> anyhow::Result<Option<SandboxStores>> {
    let Some(address) = settings.sandbox.listen else {
        return Ok(None);
    };
    let listener = TcpListener::bind(address)
        .await
        .with_context(|| format!("the sandbox cannot listen on {address} (sandbox.listen)"))?;
    let origin = format!("http://{}", listener.local_addr()?);
    let options = stores::Options {
        started_again: true,
        ..stores::Options::default()
    };
    let stores = stores::open(&options, Clock::system(), &origin)?;
    lead_to(settings, &origin);
    lead_back(&stores, settings);
    Ok(Some(SandboxStores { stores, listener }))
}

fn lead_to(settings: &mut Settings, origin: &str) {
    settings.sandbox.desk = Some(format!("{origin}/desk"));
    settings.outbound.allow_loopback = true;
    let at_shopify = &mut settings.shopify;
    if at_shopify.client_id.is_none() {
        at_shopify.client_id = Some(shopify::CLIENT_ID.to_owned());
        at_shopify.client_secret = Some(Secret::new(shopify::CLIENT_SECRET));
        at_shopify.hosts = format!("{origin}/shopify/{{name}}");
    }
    let at_etsy = &mut settings.etsy;
    if at_etsy.keystring.is_none() {
        at_etsy.keystring = Some(etsy::KEYSTRING.to_owned());
        at_etsy.shared_secret = Some(Secret::new(etsy::SHARED_SECRET));
        at_etsy.webhook_secret = Some(Secret::new(etsy::WEBHOOK_SECRET));
        at_etsy.base_url = Some(format!("{origin}/etsy"));
    }
}

/// Types in at the platforms what the owner of an application does: where webhooks go that no store asks for.
fn lead_back(stores: &Stores, settings: &Settings) {
    let addresses = [
        (ShopPlatform::Etsy, etsy::WEBHOOK_URL, "/hooks/etsy"),
        (ShopPlatform::Shopify, shopify::PRIVACY_URL, "/hooks/shopify"),
    ];
    for (platform, setting, path) in addresses {
        let shop = ShopKey::new(platform, stores::DEMO);
        stores.world.change(&shop, |shop| {
            shop.settings
                .insert(setting.to_owned(), settings.link(path).into());
        });
    }
}
