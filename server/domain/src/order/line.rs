//! A line of an order: what, how many, with which designs.

use serde::{Deserialize, Serialize};

use super::OrderableProducts;
use crate::id::FileId;
use crate::{CatalogueKey, FieldProblems, LineTitle, Problem, ProductUid, Quantity, WebUrl, optional};

/// A line of a new order.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct NewLine {
    /// What the line is called; the product's name when the order does not say.
    pub title: Option<LineTitle>,
    /// What is ordered.
    pub product_uid: ProductUid,
    /// How many.
    pub quantity: Quantity,
    /// The designs, at most one for each print area. Missing ones can be given later.
    pub designs: Vec<NewDesign>,
}

/// The design of one print area.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct NewDesign {
    /// The print area.
    pub area: CatalogueKey,
    /// Where the file comes from.
    pub source: DesignSource,
}

/// Where a design file comes from.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DesignSource {
    /// To be fetched from the web.
    Url(WebUrl),
    /// Uploaded already.
    Upload(FileId),
}

/// A line as it was typed.
#[derive(Clone, Debug, Default)]
pub struct RawLine<'a> {
    /// Control `product_uid`.
    pub product_uid: &'a str,
    /// Control `quantity`.
    pub quantity: &'a str,
    /// Control `title`; may be empty.
    pub title: &'a str,
    /// Addresses of designs with the key of their print area; an empty key means the product's first area, an empty
    /// address no design. Control `design` for the former, `design:<area>` else.
    pub design_urls: Vec<(&'a str, &'a str)>,
    /// Uploaded designs with the key of their print area; as above.
    pub uploads: Vec<(&'a str, FileId)>,
}

impl NewLine {
    /// Reads a line and checks it against what can be ordered.
    ///
    /// # Errors
    ///
    /// The problem of each field, under the field's name.
    pub fn parse(raw: &RawLine<'_>, products: &OrderableProducts) -> Result<Self, FieldProblems> {
        let mut problems = FieldProblems::new();
        let product = problems.take("product_uid", products.find(raw.product_uid));
        let quantity = match product {
            Some(product) => Quantity::parse_within(raw.quantity, product.min_quantity, product.max_quantity),
            None => Quantity::parse(raw.quantity),
        };
        let quantity = problems.take("quantity", quantity);
        let title = problems.take("title", optional(raw.title, LineTitle::parse));
        let areas = product.map(|product| product.print_areas.as_slice());
        let designs = designs(raw, areas, &mut problems);
        match (product, quantity, title) {
            (Some(product), Some(quantity), Some(title)) if problems.is_empty() => Ok(Self {
                title,
                product_uid: product.uid.clone(),
                quantity,
                designs,
            }),
            _ => Err(problems),
        }
    }
}

/// The designs of a line. `areas` are those of the product, where it is known.
fn designs(
    raw: &RawLine<'_>,
    areas: Option<&[CatalogueKey]>,
    problems: &mut FieldProblems,
) -> Vec<NewDesign> {
    let urls = raw
        .design_urls
        .iter()
        .map(|(area, url)| (*area, optional(url, WebUrl::parse)));
    let urls = urls.map(|(area, url)| (area, url.map(|url| url.map(DesignSource::Url))));
    let uploads = raw
        .uploads
        .iter()
        .map(|(area, file)| (*area, Ok(Some(DesignSource::Upload(*file)))));
    let mut designs: Vec<NewDesign> = Vec::new();
    for (area, source) in urls.chain(uploads) {
        let field = if area.is_empty() {
            "design".to_owned()
        } else {
            format!("design:{area}")
        };
        let Some(Some(source)) = problems.take(field.clone(), source) else {
            continue;
        };
        let Some(areas) = areas else { continue };
        let Some(area) = problems.take(field.clone(), find_area(area, areas)) else {
            continue;
        };
        match designs.iter().find(|design| design.area == area) {
            Some(same) if same.source == source => {}
            Some(_) => problems.add(
                field,
                Problem::new("two-designs-for-one-area").with("area", area.as_str()),
            ),
            None => designs.push(NewDesign { area, source }),
        }
    }
    designs
}

fn find_area(typed: &str, areas: &[CatalogueKey]) -> Result<CatalogueKey, Problem> {
    let found = match typed.trim() {
        "" => areas.first(),
        key => areas.iter().find(|area| area.as_str().eq_ignore_ascii_case(key)),
    };
    if areas.is_empty() {
        return Err(Problem::new("product-without-print-areas"));
    }
    let known = || {
        areas
            .iter()
            .map(CatalogueKey::as_str)
            .collect::<Vec<_>>()
            .join(", ")
    };
    found
        .cloned()
        .ok_or_else(|| Problem::new("unknown-print-area").with("areas", known()))
}

#[cfg(test)]
mod tests {
    use super::super::products::tests::product;
    use super::*;
    use crate::order::OrderableProduct;

    fn products() -> OrderableProducts {
        let limited = OrderableProduct {
            max_quantity: Some(Quantity::new(10).unwrap()),
            ..product("card")
        };
        let stock = OrderableProduct {
            print_areas: vec![],
            ..product("pen")
        };
        [product("poster"), limited, stock].into_iter().collect()
    }

    fn codes(raw: &RawLine<'_>) -> Vec<String> {
        let problems = NewLine::parse(raw, &products()).unwrap_err();
        problems
            .iter()
            .map(|(field, problem)| format!("{field} {problem}"))
            .collect()
    }

    #[test]
    fn a_design_without_an_area_goes_to_the_first() {
        let design_urls = vec![
            ("", "https://example.com/a.pdf"),
            ("Back", "https://example.com/b.pdf"),
        ];
        let raw = RawLine {
            product_uid: "poster",
            quantity: "2",
            design_urls,
            ..RawLine::default()
        };
        let line = NewLine::parse(&raw, &products()).unwrap();
        assert_eq!(
            line.designs
                .iter()
                .map(|design| design.area.as_str())
                .collect::<Vec<_>>(),
            ["front", "back"]
        );
        assert_eq!(line.title, None);
    }

    #[test]
    fn designs_can_be_given_later() {
        let raw = RawLine {
            product_uid: "poster",
            quantity: "2",
            design_urls: vec![("", " ")],
            ..RawLine::default()
        };
        assert!(NewLine::parse(&raw, &products()).unwrap().designs.is_empty());
    }

    #[test]
    fn every_field_tells_its_own_problem() {
        let raw = |product_uid, quantity| RawLine {
            product_uid,
            quantity,
            ..RawLine::default()
        };
        assert_eq!(
            codes(&raw("", "0")),
            ["product_uid required", "quantity quantity-too-small"]
        );
        assert_eq!(codes(&raw("card", "11")), ["quantity quantity-too-large"]);
        let url = |area| vec![(area, "https://example.com/a.pdf")];
        assert_eq!(
            codes(&RawLine {
                design_urls: url("sleeve"),
                ..raw("poster", "1")
            }),
            ["design:sleeve unknown-print-area"]
        );
        assert_eq!(
            codes(&RawLine {
                design_urls: url(""),
                ..raw("pen", "1")
            }),
            ["design product-without-print-areas"]
        );
        let two = vec![
            ("", "https://example.com/a.pdf"),
            ("front", "https://example.com/b.pdf"),
        ];
        assert_eq!(
            codes(&RawLine {
                design_urls: two,
                ..raw("poster", "1")
            }),
            ["design:front two-designs-for-one-area"]
        );
        let unsafe_url = vec![("", "file:///etc/passwd")];
        assert_eq!(
            codes(&RawLine {
                design_urls: unsafe_url,
                ..raw("poster", "1")
            }),
            ["design url-not-http"]
        );
    }
}
