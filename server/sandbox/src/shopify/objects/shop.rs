//! The shop itself: its name and plan, its locations and publications.

use serde_json::{Value, json};

use super::super::access::Scopes;
use super::super::answer::gid;
use super::super::schema::API_VERSION;
use crate::shop::Shop;

/// The number of the online store's publication.
pub(in super::super) const ONLINE_STORE: u64 = 1;
/// The number of the publication of tills in shops.
const POINT_OF_SALE: u64 = 2;
/// The number of the first location.
const FIRST_LOCATION: u64 = 71;

/// The setting that says how many locations the shop sends from.
pub const LOCATIONS: &str = "locations";

/// A place the shop sends from.
pub(in super::super) struct Place {
    pub(in super::super) number: u64,
    pub(in super::super) name: String,
}

/// The shop's locations; one unless its setting says otherwise.
pub(in super::super) fn locations(shop: &Shop) -> Vec<Place> {
    let how_many = shop
        .settings
        .get(LOCATIONS)
        .and_then(Value::as_u64)
        .unwrap_or(1)
        .clamp(1, 20);
    (0..how_many)
        .map(|index| Place {
            number: FIRST_LOCATION + index,
            name: if index == 0 {
                "Print room".to_owned()
            } else {
                format!("Warehouse {index}")
            },
        })
        .collect()
}

/// `Location`.
pub(in super::super) fn location(shop: &Shop, number: u64) -> Option<Value> {
    let place = locations(shop).into_iter().find(|place| place.number == number)?;
    Some(json!({
        "id": gid("Location", number),
        "legacyResourceId": number.to_string(),
        "name": place.name,
        "isActive": true,
        "fulfillsOnlineOrders": true,
        "shipsInventory": true,
        "isFulfillmentService": false,
        "hasActiveInventory": false,
        "address": { "countryCode": shop.country, "country": shop.country, "city": "Springfield" },
        "fulfillmentService": null,
    }))
}

/// The numbers of the publications.
pub(in super::super) fn publications() -> [u64; 2] {
    [ONLINE_STORE, POINT_OF_SALE]
}

/// `Publication`.
pub(in super::super) fn publication(number: u64) -> Option<Value> {
    let title = match number {
        ONLINE_STORE => "Online Store",
        POINT_OF_SALE => "Point of Sale",
        _ => return None,
    };
    Some(json!({
        "id": gid("Publication", number),
        "name": title,
        "autoPublish": false,
        "supportsFuturePublishing": number == ONLINE_STORE,
        "catalog": { "__typename": "AppCatalog", "id": gid("AppCatalog", number), "title": title, "status": "ACTIVE" },
    }))
}

/// `Shop`.
pub(in super::super) fn shop(shop: &Shop) -> Value {
    let domain = domain(shop);
    json!({
        "id": gid("Shop", number(shop)),
        "name": shop.title,
        "myshopifyDomain": domain,
        "url": format!("https://{domain}"),
        "primaryDomain": { "id": gid("Domain", 1), "host": domain, "url": format!("https://{domain}"), "sslEnabled": true },
        "currencyCode": shop.currency,
        "email": "owner@example.com",
        "contactEmail": "owner@example.com",
        "ianaTimezone": "Etc/UTC",
        "timezoneAbbreviation": "UTC",
        "timezoneOffset": "+0000",
        "timezoneOffsetMinutes": shop.utc_offset_seconds / 60,
        "weightUnit": "KILOGRAMS",
        "unitSystem": "METRIC_SYSTEM",
        "taxesIncluded": true,
        "taxShipping": false,
        "setupRequired": false,
        "plan": {
            "publicDisplayName": "Basic",
            "displayName": "Basic",
            "shopifyPlus": false,
            "partnerDevelopment": false,
        },
    })
}

/// `AppInstallation`.
pub(in super::super) fn installation(scopes: &Scopes) -> Value {
    json!({
        "id": gid("AppInstallation", 1),
        "accessScopes": scopes
            .handles()
            .map(|handle| json!({ "handle": handle, "description": handle }))
            .collect::<Vec<_>>(),
        "app": { "id": gid("App", 1), "handle": "print-portal", "title": "Print portal" },
    })
}

/// `ApiVersion`.
pub(in super::super) fn api_version() -> Value {
    json!({ "handle": API_VERSION, "displayName": format!("{API_VERSION} (Latest)"), "supported": true })
}

/// The shop's domain; the stand-in's address differs, this name does not.
pub(in super::super) fn domain(shop: &Shop) -> String {
    format!("{}.myshopify.com", shop.key.name)
}

/// The shop's number, as privacy webhooks tell it.
pub(in super::super) fn number(shop: &Shop) -> u64 {
    shop.key.name.bytes().fold(5_480_000, |number, byte| {
        number * 31 % 100_000_007 + u64::from(byte)
    })
}
