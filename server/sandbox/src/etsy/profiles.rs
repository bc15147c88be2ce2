//! What a seller has set up before anything can be listed: the shop, shipping and processing profiles, return policies,
//! production partners; and what Etsy knows by itself: categories and carriers.

use axum::http::StatusCode;
use serde_json::{Value, json};

use super::service::{Caller, Done};
use super::{shop_id, user_id};
use crate::shop::{ProductStatus, Shop};

/// The only shipping profile of a shop.
pub(super) const SHIPPING_PROFILE: u64 = 189_944_640_304;
/// The only processing profile of a shop.
pub(super) const READINESS_STATE: u64 = 1_400_000_001;
/// The only return policy of a shop.
pub(super) const RETURN_POLICY: u64 = 1;
/// The only production partner of a shop; partners are made in Etsy's own pages.
pub(super) const PARTNER: u64 = 5_551;
/// Categories a print shop uses: id, name, the one above.
pub(super) const TAXONOMY: [(u64, &str, Option<u64>); 6] = [
    (66, "Art & Collectibles", None),
    (119, "Prints", Some(66)),
    (891, "Home & Living", None),
    (1062, "Mugs", Some(891)),
    (374, "Clothing", None),
    (482, "T-shirts", Some(374)),
];
/// Carriers by the country a parcel leaves from; `other` is known everywhere.
const CARRIERS: [(&str, &str); 8] = [
    ("US", "usps"),
    ("US", "ups"),
    ("US", "fedex"),
    ("GB", "royal-mail"),
    ("GB", "dpd-uk"),
    ("DE", "dhl-germany"),
    ("DE", "hermes-de"),
    ("ES", "correos-es"),
];

/// A list as Etsy gives it.
pub(super) fn list(results: Vec<Value>) -> Value {
    json!({ "count": results.len(), "results": results })
}

pub(super) fn ping(_: &Caller<'_>) -> Value {
    json!({ "application_id": 1_234_567_890 })
}

pub(super) fn me(caller: &Caller<'_>) -> Value {
    let name = &caller.key.name;
    json!({ "user_id": user_id(name), "shop_id": shop_id(name) })
}

pub(super) fn shop(caller: &Caller<'_>) -> Done {
    caller.with(|shop| Ok((StatusCode::OK, self::object(shop))))
}

/// `Shop`.
fn object(shop: &Shop) -> Value {
    let name = &shop.key.name;
    let active = shop
        .products
        .values()
        .filter(|found| found.status == ProductStatus::Published)
        .count();
    json!({
        "shop_id": shop_id(name),
        "user_id": user_id(name),
        "shop_name": shop.title,
        "login_name": name,
        "title": null,
        "announcement": null,
        "currency_code": shop.currency,
        "is_vacation": false,
        "listing_active_count": active,
        "digital_listing_count": 0,
        "url": format!("https://www.etsy.com/shop/{}", shop.title),
        "languages": ["en-US"],
        "is_shop_us_based": shop.country == "US",
        "shop_location_country_iso": shop.country,
        "shipping_from_country_iso": shop.country,
        "transaction_sold_count": shop.orders.len(),
        "policy_has_private_receipt_info": false,
        "is_using_structured_policies": true,
        "has_onboarded_structured_policies": true,
        "review_count": 0,
        "review_average": null,
    })
}

pub(super) fn shipping_profiles(caller: &Caller<'_>) -> Done {
    caller.with(|shop| {
        let profile = json!({
            "shipping_profile_id": SHIPPING_PROFILE,
            "title": "Standard",
            "user_id": user_id(&shop.key.name),
            "origin_country_iso": shop.country,
            "is_deleted": false,
            "shipping_profile_destinations": [],
            "shipping_profile_upgrades": [],
            "origin_postal_code": null,
            "profile_type": "manual",
            "domestic_handling_fee": 0,
            "international_handling_fee": 0,
        });
        Ok((StatusCode::OK, list(vec![profile])))
    })
}

pub(super) fn readiness_states(caller: &Caller<'_>) -> Value {
    let state = json!({
        "shop_id": shop_id(&caller.key.name),
        "readiness_state_id": READINESS_STATE,
        "readiness_state": "made_to_order",
        "min_processing_days": 1,
        "max_processing_days": 3,
        "processing_days_display_label": "1-3 days",
    });
    list(vec![state])
}

pub(super) fn return_policies(caller: &Caller<'_>) -> Value {
    let policy = json!({
        "return_policy_id": RETURN_POLICY,
        "shop_id": shop_id(&caller.key.name),
        "accepts_returns": true,
        "accepts_exchanges": false,
        "return_deadline": 30,
    });
    list(vec![policy])
}

pub(super) fn production_partners(_: &Caller<'_>) -> Value {
    let partner = json!({ "production_partner_id": PARTNER, "partner_name": "Print room", "location": "Leipzig, Germany" });
    list(vec![partner])
}

pub(super) fn taxonomy(_: &Caller<'_>) -> Value {
    let roots = TAXONOMY.iter().filter(|(_, _, above)| above.is_none());
    let nodes = roots.map(|(id, name, _)| {
        let below = TAXONOMY.iter().filter(|(_, _, above)| *above == Some(*id));
        let children: Vec<_> = below
            .map(|(child, name, _)| node(*child, name, Some(*id), &[]))
            .collect();
        node(*id, name, None, &children)
    });
    list(nodes.collect())
}

fn node(id: u64, name: &str, above: Option<u64>, children: &[Value]) -> Value {
    json!({
        "id": id,
        "level": if above.is_some() { 2 } else { 1 },
        "name": name,
        "parent_id": above,
        "children": children,
        "full_path_taxonomy_ids": above.into_iter().chain([id]).collect::<Vec<_>>(),
    })
}

pub(super) fn carriers(country: &str) -> Value {
    let known = CARRIERS
        .iter()
        .filter(|(from, _)| *from == country)
        .map(|(_, name)| *name)
        .chain(["other"]);
    let carriers = known.zip(1..).map(|(name, id)| {
        json!({ "shipping_carrier_id": id, "name": name, "domestic_classes": [], "international_classes": [] })
    });
    list(carriers.collect())
}
