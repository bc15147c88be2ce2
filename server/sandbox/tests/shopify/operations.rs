//! The official schema takes every operation of `specs/shopify/operations`, and refuses what it should.

#![expect(
    clippy::unwrap_used,
    reason = "operations that cannot be read fail their test"
)]

use sandbox::shopify::schema;

fn operations() -> Vec<(String, String)> {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/specs/shopify/operations");
    let files = std::fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path());
    let name = |path: &std::path::Path| path.file_name().unwrap().to_string_lossy().into_owned();
    files
        .map(|path| (name(&path), std::fs::read_to_string(&path).unwrap()))
        .collect()
}

#[test]
fn every_operation_is_valid() {
    let operations = operations();
    assert_eq!(operations.len(), 30);
    for (name, text) in operations {
        assert_eq!(schema::validate(&text), Ok(()), "{name}");
    }
}

#[test]
fn what_the_schema_does_not_know_is_refused() {
    for (operation, part) in [
        ("{ shop { nickname } }", "nickname"),
        ("{ products(first: \"ten\") { nodes { id } } }", "Int"),
        ("query A($id: ID!) { shop { id } }", "$id"),
        (
            "mutation { fulfillmentCreate(fulfillment: {}) { userErrors { message } } }",
            "lineItemsByFulfillmentOrder",
        ),
        ("mutation { productSet { userErrors { message } } }", "input"),
        ("{ shop { id }", ""),
    ] {
        let problems = schema::validate(operation).unwrap_err().join(" ");
        assert!(problems.contains(part), "{operation}: {problems}");
    }
}
