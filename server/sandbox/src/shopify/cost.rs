//! What an operation costs, and the bucket it is paid from.
//!
//! Shopify's rules: a scalar or enum costs nothing, an object 1, a mutation 10 (`productSet` by what it sets), a connection
//! more the larger the page. How much more is not published: one measured answer (`variants(first: 250) { nodes
//! { inventoryItem { id } } }` costs 24, community.shopify.dev/t/23101) shows that it grows far slower than the page, and
//! twice the natural logarithm of the size gives that figure.

use apollo_compiler::Node;
use apollo_compiler::ast;
use apollo_compiler::executable::{Field, Selection, SelectionSet};
use apollo_compiler::response::JsonMap;
use apollo_compiler::schema::ExtendedType;
use serde_json::{Value, json};

use super::execute::Checked;

/// The most a single query may cost.
pub(super) const MAX_QUERY_COST: f64 = 1_000.0;

/// What an operation costs at most, as Shopify reckons before it runs one.
pub(super) fn requested(checked: &Checked<'_>, variables: &JsonMap) -> f64 {
    Counter { checked, variables }.selections(&checked.operation().selection_set, None)
}

/// What it cost in the end: pages count with the objects they really hold.
pub(super) fn actual(checked: &Checked<'_>, variables: &JsonMap, data: &Value) -> f64 {
    Counter { checked, variables }.selections(&checked.operation().selection_set, Some(data))
}

struct Counter<'a> {
    checked: &'a Checked<'a>,
    variables: &'a JsonMap,
}

impl Counter<'_> {
    fn selections(&self, set: &SelectionSet, data: Option<&Value>) -> f64 {
        let mut fields = 0.0;
        let mut dearest_fragment: f64 = 0.0;
        for selection in &set.selections {
            match selection {
                Selection::Field(field) => fields += self.field(field, &set.ty, data),
                Selection::InlineFragment(fragment) => {
                    dearest_fragment = dearest_fragment.max(self.selections(&fragment.selection_set, data));
                }
                Selection::FragmentSpread(spread) => {
                    if let Some(fragment) = self.checked.document().fragments.get(&spread.fragment_name) {
                        dearest_fragment =
                            dearest_fragment.max(self.selections(&fragment.selection_set, data));
                    }
                }
            }
        }
        fields + dearest_fragment
    }

    fn field(&self, field: &Node<Field>, parent: &str, data: Option<&Value>) -> f64 {
        if parent == "Mutation" {
            return self.mutation(field);
        }
        let type_name = field.definition.ty.inner_named_type().as_str();
        if matches!(
            self.checked.schema().types.get(type_name),
            None | Some(ExtendedType::Scalar(_) | ExtendedType::Enum(_))
        ) {
            return 0.0;
        }
        let data = data.map(|data| &data[field.response_key().as_str()]);
        if type_name.ends_with("Connection") {
            return self.connection(field, data);
        }
        // A list is one object before it runs; after it, what it holds is known but costs the same.
        let inner = data.map(|data| data.get(0).unwrap_or(data));
        match inner {
            Some(Value::Null) => 1.0,
            _ => 1.0 + self.selections(&field.selection_set, inner),
        }
    }

    fn connection(&self, field: &Node<Field>, data: Option<&Value>) -> f64 {
        let mut node_cost = 0.0;
        let mut held = 0;
        for selection in &field.selection_set.selections {
            let Selection::Field(child) = selection else {
                continue;
            };
            let children = data.map(|data| &data[child.response_key().as_str()]);
            let first = children.map(|children| &children[0]);
            held = held.max(children.and_then(Value::as_array).map_or(0, Vec::len));
            match child.name.as_str() {
                "nodes" => node_cost += 1.0 + self.selections(&child.selection_set, first),
                "edges" => node_cost += self.selections(&child.selection_set, first),
                _ => {}
            }
        }
        let asked = ["first", "last"]
            .iter()
            .find_map(|name| self.size(field, name))
            .unwrap_or(1);
        let size = if data.is_some() { held.min(asked) } else { asked };
        2.0 + sized(size) * node_cost
    }

    fn size(&self, field: &Node<Field>, name: &str) -> Option<usize> {
        match &**field.argument_by_name(name).ok()? {
            ast::Value::Int(number) => number.try_to_i32().ok()?.try_into().ok(),
            ast::Value::Variable(variable) => {
                self.variables.get(variable.as_str())?.as_u64()?.try_into().ok()
            }
            _ => None,
        }
    }

    /// `productSet` is paid by its parts (changelog of 2025); every other mutation costs 10.
    fn mutation(&self, field: &Node<Field>) -> f64 {
        if field.name != "productSet" {
            return 10.0;
        }
        let Ok(argument) = field.argument_by_name("input") else {
            return 10.0;
        };
        let input = match &**argument {
            ast::Value::Variable(variable) => self.variables.get(variable.as_str()),
            _ => None,
        };
        let count = |name: &str| {
            let length = input
                .and_then(|input| input.get(name))
                .and_then(|list| list.as_array())
                .map_or(0, Vec::len);
            u32::try_from(length).map_or(f64::MAX, f64::from)
        };
        (10.0 + count("variants") * 0.2 + count("metafields") * 0.4 + count("files") * 1.9).ceil()
    }
}

/// How a page of this many objects weighs.
fn sized(objects: usize) -> f64 {
    let objects = u32::try_from(objects).unwrap_or(u32::MAX);
    if objects == 0 {
        return 0.0;
    }
    (f64::from(objects).ln() * 2.0).round().max(1.0)
}

/// How fast points come back, and how many there can be.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Plan {
    /// `maximumAvailable`: the size of the bucket.
    pub maximum: f64,
    /// `restoreRate`: points per second.
    pub restore_rate: f64,
}

impl Plan {
    /// The plan most shops have: 100 points per second.
    pub const STANDARD: Self = Self {
        maximum: 2_000.0,
        restore_rate: 100.0,
    };
    /// No limit in practice, for measuring everything else.
    pub const UNLIMITED: Self = Self {
        maximum: 1e9,
        restore_rate: 1e9,
    };
}

/// The points of one app in one shop.
#[derive(Debug)]
pub(super) struct Bucket {
    plan: Plan,
    available: f64,
    /// When `available` was true, in milliseconds.
    at: i64,
}

impl Bucket {
    pub(super) fn full(plan: Plan, now: i64) -> Self {
        Self {
            plan,
            available: plan.maximum,
            at: now,
        }
    }

    /// Follows a change of plan; the bucket is full after one.
    pub(super) fn adopt(&mut self, plan: Plan, now: i64) {
        if plan != self.plan {
            *self = Self::full(plan, now);
        }
    }

    /// Takes points; false when there are not enough, and then none is taken.
    pub(super) fn take(&mut self, points: f64, now: i64) -> bool {
        self.refill(now);
        if self.available < points {
            return false;
        }
        self.available -= points;
        true
    }

    /// Gives points back that were taken but not used.
    pub(super) fn give_back(&mut self, points: f64) {
        self.available = (self.available + points).min(self.plan.maximum);
    }

    /// `extensions.cost`.
    pub(super) fn cost(&self, requested: f64, actual: Option<f64>) -> Value {
        json!({
            "requestedQueryCost": whole(requested),
            "actualQueryCost": actual.map(whole),
            "throttleStatus": {
                "maximumAvailable": self.plan.maximum,
                "currentlyAvailable": whole(self.available),
                "restoreRate": self.plan.restore_rate,
            },
        })
    }

    fn refill(&mut self, now: i64) {
        let passed = u32::try_from(now.saturating_sub(self.at)).unwrap_or(u32::MAX);
        self.available =
            (self.available + f64::from(passed) / 1_000.0 * self.plan.restore_rate).min(self.plan.maximum);
        self.at = now;
    }
}

/// Points as the whole number that is shown.
#[expect(
    clippy::cast_possible_truncation,
    reason = "points are far below what an i64 holds"
)]
fn whole(points: f64) -> i64 {
    points.floor() as i64
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_bucket_refills_with_time_and_never_beyond_its_size() {
        let mut bucket = Bucket::full(Plan::STANDARD, 0);
        assert!(bucket.take(1_950.0, 0));
        assert!(!bucket.take(60.0, 0));
        assert!(bucket.take(60.0, 100));
        assert!(bucket.take(2_000.0, 3_600_000));
        bucket.give_back(5_000.0);
        assert_eq!(
            bucket.cost(1.0, None)["throttleStatus"]["currentlyAvailable"],
            2_000
        );
    }
}
