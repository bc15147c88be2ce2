//! Reading products.

use serde_json::Value;

use super::api::Context;
use super::product_json;
use super::refusal::{Outcome, Refusal};
use super::reply::{Page, Reply};
use super::visit::Visit;
use crate::clock::Moment;
use crate::shop::{Product, Shop, Variant};

pub(super) const INVALID_ID: &str = "woocommerce_rest_product_invalid_id";

/// A row of the list: a product, or a variation found by its SKU.
#[derive(Clone, Copy)]
struct Row<'a> {
    product: &'a Product,
    variant: Option<&'a Variant>,
}

impl Row<'_> {
    fn id(&self) -> u64 {
        self.variant.map_or(self.product.id, |variant| variant.id)
    }

    fn created_at(&self) -> Moment {
        self.variant
            .map_or(self.product.created_at, |variant| variant.created_at)
    }

    fn updated_at(&self) -> Moment {
        self.variant
            .map_or(self.product.updated_at, |variant| variant.updated_at)
    }

    fn json(&self, shop: &Shop, visit: &Visit) -> Value {
        match self.variant {
            Some(variant) => product_json::variation_as_product(shop, self.product, variant, visit),
            None => product_json::product(shop, self.product, visit),
        }
    }
}

/// `GET /products`.
pub(super) fn list(context: &Context) -> Outcome<Reply> {
    let visit = &context.visit;
    let page = Page::of(visit)?;
    let span = Span::of(visit)?;
    let order = Ordering::of(visit)?;
    let status = visit.one_of(
        "status",
        "any",
        &["any", "future", "trash", "draft", "pending", "private", "publish"],
    )?;
    let kind = visit.one_of("type", "any", &["simple", "grouped", "external", "variable"])?;
    let search = visit.parameter("search").map(str::to_lowercase);
    context.read(|shop| {
        let mut rows = candidates(shop, visit);
        rows.retain(|row| {
            let of_status = match status {
                "any" => !row.product.binned,
                status => product_json::status(row.product) == status,
            };
            of_status
                && (kind == "any" || product_json::kind(row.product) == kind)
                && span.holds(row.created_at(), row.updated_at())
                && search
                    .as_ref()
                    .is_none_or(|words| row.product.title.to_lowercase().contains(words))
        });
        order.sort(&mut rows, |row| Sorted {
            id: row.id(),
            created_at: row.created_at(),
            updated_at: row.updated_at(),
            title: &row.product.title,
        });
        Ok(page.cut(rows, visit, context.twist, |row| row.json(shop, visit)))
    })
}

/// All products; with `sku` also variations, with `include` only those.
fn candidates<'a>(shop: &'a Shop, visit: &Visit) -> Vec<Row<'a>> {
    let skus = visit.list("sku");
    let include = visit.numbers("include");
    let exclude = visit.numbers("exclude");
    let mut rows: Vec<Row<'a>> = Vec::new();
    for product in shop.products.values() {
        if skus.is_empty() || skus.contains(&product_json::own_sku(product)) {
            rows.push(Row {
                product,
                variant: None,
            });
        }
        if !skus.is_empty() && !product.options.is_empty() {
            let wanted = |variant: &&Variant| variant.sku.as_ref().is_some_and(|sku| skus.contains(sku));
            let variants = product.variants.iter().filter(wanted);
            rows.extend(variants.map(|variant| Row {
                product,
                variant: Some(variant),
            }));
        }
    }
    rows.retain(|row| (include.is_empty() || include.contains(&row.id())) && !exclude.contains(&row.id()));
    rows
}

/// `GET /products/{id}`; also the id of a variation.
pub(super) fn one(context: &Context, id: u64) -> Outcome<Reply> {
    context.read(|shop| body(shop, id, &context.visit).map(Reply::ok))
}

/// A product or a variation of this id.
pub(super) fn body(shop: &Shop, id: u64, visit: &Visit) -> Outcome<Value> {
    if let Some(product) = shop.products.get(&id) {
        return Ok(product_json::product(shop, product, visit));
    }
    match shop.variant(id) {
        Some((product, variant)) if !product.options.is_empty() => {
            Ok(product_json::variation_as_product(shop, product, variant, visit))
        }
        _ => Err(Refusal::invalid_id(INVALID_ID)),
    }
}

/// `after`, `before`, `modified_after`, `modified_before`. The bounds themselves are outside.
#[derive(Clone, Copy, Debug)]
pub(super) struct Span {
    after: Option<Moment>,
    before: Option<Moment>,
    modified_after: Option<Moment>,
    modified_before: Option<Moment>,
}

impl Span {
    /// Reads the span. WooCommerce before 5.8 does not know the two of modification and ignores them.
    pub(super) fn of(visit: &Visit) -> Outcome<Self> {
        let knows_modified = visit.settings.is_at_least(5, 8);
        let modified = |name| {
            if knows_modified {
                visit.date(name)
            } else {
                Ok(None)
            }
        };
        Ok(Self {
            after: visit.date("after")?,
            before: visit.date("before")?,
            modified_after: modified("modified_after")?,
            modified_before: modified("modified_before")?,
        })
    }

    /// Whether something created and updated then is within. Dates have whole seconds.
    pub(super) fn holds(&self, created_at: Moment, updated_at: Moment) -> bool {
        let later = |at: Moment, bound: Option<Moment>| {
            bound.is_none_or(|bound| at.unix_seconds() > bound.unix_seconds())
        };
        let earlier = |at: Moment, bound: Option<Moment>| {
            bound.is_none_or(|bound| at.unix_seconds() < bound.unix_seconds())
        };
        later(created_at, self.after)
            && earlier(created_at, self.before)
            && later(updated_at, self.modified_after)
            && earlier(updated_at, self.modified_before)
    }
}

/// What rows are sorted by.
pub(super) struct Sorted<'a> {
    pub(super) id: u64,
    pub(super) created_at: Moment,
    pub(super) updated_at: Moment,
    pub(super) title: &'a str,
}

/// `orderby` and `order`.
#[derive(Clone, Copy, Debug)]
pub(super) struct Ordering {
    by: &'static str,
    ascending: bool,
}

impl Ordering {
    /// Reads the order; `modified` is known since WooCommerce 5.8 only.
    pub(super) fn of(visit: &Visit) -> Outcome<Self> {
        let known: &[&str] = if visit.settings.is_at_least(5, 8) {
            &["date", "id", "include", "title", "slug", "modified"]
        } else {
            &["date", "id", "include", "title", "slug"]
        };
        Ok(Self {
            by: visit.one_of("orderby", "date", known)?,
            ascending: visit.one_of("order", "desc", &["asc", "desc"])? == "asc",
        })
    }

    /// Sorts rows; those of the same second by id.
    pub(super) fn sort<T>(self, rows: &mut [T], of: impl for<'r> Fn(&'r T) -> Sorted<'r>) {
        rows.sort_by(|one, other| {
            let (one, other) = (of(one), of(other));
            let ordering = match self.by {
                "date" => one
                    .created_at
                    .unix_seconds()
                    .cmp(&other.created_at.unix_seconds()),
                "modified" => one
                    .updated_at
                    .unix_seconds()
                    .cmp(&other.updated_at.unix_seconds()),
                "title" | "slug" => one.title.cmp(other.title),
                _ => std::cmp::Ordering::Equal,
            };
            let ordering = ordering.then(one.id.cmp(&other.id));
            if self.ascending {
                ordering
            } else {
                ordering.reverse()
            }
        });
    }
}
