//! What can be ordered: what forms and imports check product UIDs against.

use std::collections::BTreeMap;

use crate::id::VariantId;
use crate::{CatalogueKey, Problem, ProductName, ProductUid, Quantity};

/// One thing that can be ordered: a catalogue product without options, or one combination of its options.
#[derive(Clone, Debug)]
pub struct OrderableProduct {
    /// What orders name it by.
    pub uid: ProductUid,
    /// The catalogue variant behind it.
    pub variant_id: VariantId,
    /// What its lines are called when the order does not say.
    pub name: ProductName,
    /// The least that can be ordered.
    pub min_quantity: Quantity,
    /// The most that can be ordered.
    pub max_quantity: Option<Quantity>,
    /// Its print areas; a design without an area belongs to the first.
    pub print_areas: Vec<CatalogueKey>,
    /// Whether it was archived or its combination was taken away.
    pub retired: bool,
}

/// Everything that can be ordered, by product UID.
#[derive(Clone, Debug, Default)]
pub struct OrderableProducts(BTreeMap<ProductUid, OrderableProduct>);

impl FromIterator<OrderableProduct> for OrderableProducts {
    fn from_iter<I: IntoIterator<Item = OrderableProduct>>(products: I) -> Self {
        Self(
            products
                .into_iter()
                .map(|product| (product.uid.clone(), product))
                .collect(),
        )
    }
}

impl OrderableProducts {
    /// The product with this UID, also a retired one.
    pub fn get(&self, uid: &ProductUid) -> Option<&OrderableProduct> {
        self.0.get(uid)
    }

    /// The product that `typed` names and that can still be ordered.
    ///
    /// # Errors
    ///
    /// `required`; `unknown-product-uid`, or `unknown-product-uid-similar` naming the `suggestion`;
    /// `product-retired`.
    pub fn find(&self, typed: &str) -> Result<&OrderableProduct, Problem> {
        let uid = match ProductUid::parse(typed) {
            Ok(uid) => Some(uid),
            Err(problem) if problem.code == "required" => return Err(problem),
            Err(_) => None,
        };
        match uid.and_then(|uid| self.get(&uid)) {
            Some(product) if product.retired => Err(Problem::new("product-retired")),
            Some(product) => Ok(product),
            None => Err(self
                .suggest(typed)
                .map_or(Problem::new("unknown-product-uid"), |suggestion| {
                    Problem::new("unknown-product-uid-similar").with("suggestion", suggestion.as_str())
                })),
        }
    }

    /// The UID that was probably meant: a combination of the product that was named, or the one with the fewest
    /// letters to change.
    fn suggest(&self, typed: &str) -> Option<&ProductUid> {
        let typed = typed.trim().to_ascii_lowercase();
        let orderable = || {
            self.0
                .values()
                .filter(|product| !product.retired)
                .map(|product| &product.uid)
        };
        let combination = format!("{typed}_");
        if let Some(uid) = orderable().find(|uid| uid.as_str().starts_with(&combination)) {
            return Some(uid);
        }
        let most_changes = (typed.chars().count() / 4).clamp(1, 3);
        orderable()
            .filter_map(|uid| {
                Some((
                    changes(typed.as_bytes(), uid.as_str().as_bytes(), most_changes)?,
                    uid,
                ))
            })
            .min_by_key(|(changes, _)| *changes)
            .map(|(_, uid)| uid)
    }
}

/// How many letters must be added, left out, replaced or swapped with their neighbour to get from `a` to `b`
/// (optimal string alignment); nothing when it takes more than `most`, or when either is longer than a UID.
///
/// A file with a hundred thousand wrong rows asks this for every product, hence rows on the stack.
fn changes(a: &[u8], b: &[u8], most: usize) -> Option<usize> {
    const WIDTH: usize = ProductUid::MAX_LENGTH + 1;
    if a.len().abs_diff(b.len()) > most || a.len().max(b.len()) >= WIDTH {
        return None;
    }
    let mut before = [0_usize; WIDTH];
    let mut last: [usize; WIDTH] = std::array::from_fn(|j| j);
    let mut row = [0_usize; WIDTH];
    for i in 1..=a.len() {
        row[0] = i;
        let mut least_of_row = i;
        for j in 1..=b.len() {
            let replaced = last[j - 1] + usize::from(a[i - 1] != b[j - 1]);
            let mut least = replaced.min(last[j] + 1).min(row[j - 1] + 1);
            if i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1] {
                least = least.min(before[j - 2] + 1);
            }
            row[j] = least;
            least_of_row = least_of_row.min(least);
        }
        if least_of_row > most {
            return None;
        }
        before = std::mem::replace(&mut last, row);
    }
    Some(last[b.len()]).filter(|changes| *changes <= most)
}

#[cfg(test)]
pub(crate) mod tests {
    use uuid::Uuid;

    use super::*;

    pub(crate) fn product(uid: &str) -> OrderableProduct {
        OrderableProduct {
            uid: ProductUid::parse(uid).unwrap(),
            variant_id: VariantId(Uuid::nil()),
            name: ProductName::parse(uid).unwrap(),
            min_quantity: Quantity::MIN,
            max_quantity: None,
            print_areas: vec![
                CatalogueKey::parse("front").unwrap(),
                CatalogueKey::parse("back").unwrap(),
            ],
            retired: false,
        }
    }

    #[cfg(feature = "csv")]
    pub(crate) fn products_for_tests() -> OrderableProducts {
        [product("poster"), product("card")].into_iter().collect()
    }

    fn products() -> OrderableProducts {
        [
            product("poster_a3-silk"),
            product("mug-white"),
            OrderableProduct {
                retired: true,
                ..product("mug-old")
            },
        ]
        .into_iter()
        .collect()
    }

    #[test]
    fn products_are_found_whatever_their_capitals() {
        assert_eq!(products().find(" Mug-White ").unwrap().uid.as_str(), "mug-white");
        assert_eq!(products().find("mug-old").unwrap_err().code, "product-retired");
        assert_eq!(products().find("  ").unwrap_err().code, "required");
    }

    #[test]
    fn a_slip_of_the_pen_gets_a_suggestion() {
        let meant = |text: &str| Problem::new("unknown-product-uid-similar").with("suggestion", text);
        for (typed, uid) in [
            ("mug-whtie", "mug-white"),
            ("mug white", "mug-white"),
            ("mug-whit", "mug-white"),
            ("poster", "poster_a3-silk"),
        ] {
            assert_eq!(products().find(typed).unwrap_err(), meant(uid), "{typed}");
        }
        assert_eq!(
            products().find("calendar").unwrap_err(),
            Problem::new("unknown-product-uid")
        );
    }

    #[test]
    fn changes_are_counted_up_to_a_limit() {
        assert_eq!(changes(b"abcd", b"abdc", 2), Some(1));
        assert_eq!(changes(b"abcd", b"xbcde", 2), Some(2));
        assert_eq!(changes(b"abcd", b"wxyz", 2), None);
        assert_eq!(changes(b"", b"ab", 2), Some(2));
    }
}
