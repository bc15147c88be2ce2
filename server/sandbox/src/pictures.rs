//! Pictures of the products that are made up, drawn when they are asked for.

use axum::Router;
use axum::extract::Path;
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::get;

/// Where a picture is served: `code` is the family of the product, `side` what it shows of it.
pub(crate) fn address(origin: &str, code: &str, number: usize, side: &str) -> String {
    format!("{origin}/pictures/{code}-{number}-{side}.svg")
}

/// What [`address`] leads to.
pub(crate) fn router() -> Router {
    Router::new().route("/pictures/{name}", get(picture))
}

async fn picture(Path(name): Path<String>) -> Response {
    match drawn(&name) {
        Some(picture) => ([(header::CONTENT_TYPE, "image/svg+xml")], picture).into_response(),
        None => StatusCode::NOT_FOUND.into_response(),
    }
}

/// `None` when the name is not one that [`address`] gives.
fn drawn(name: &str) -> Option<String> {
    let mut parts = name.strip_suffix(".svg")?.split('-');
    let (code, number, side) = (parts.next()?, parts.next()?.parse::<u64>().ok()?, parts.next()?);
    let shape = match code {
        "POS" => r#"<path d="M22 8h56v84H22z"/>"#,
        "MUG" => r#"<path d="M18 24h48v54H18zM66 34h8a14 14 0 0 1 0 32h-8v-9h6a6 6 0 0 0 0-14h-6z"/>"#,
        "TEE" => r#"<path d="M34 12h32l26 14-9 20-11-4v46H28V42l-11 4-9-20z"/>"#,
        "STI" => r#"<path d="M14 10h72v56L64 88H14z"/>"#,
        "BC" => r#"<path d="M8 28h84v48H8z"/>"#,
        "PHO" => r#"<path d="M10 16h80v68H10z"/>"#,
        _ => return None,
    };
    // Steps of the golden angle: neighbours never look alike.
    let hue = number * 137 % 360;
    let print = if side == "front" {
        format!(r#"<circle cx="42" cy="50" r="13" fill="hsl({hue} 70% 92%)"/>"#)
    } else {
        String::new()
    };
    Some(format!(
        r#"<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 100 100"><g fill="hsl({hue} 55% 48%)">{shape}</g>{print}</svg>"#
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_address_leads_to_a_picture_of_its_own() {
        let name = |code, number, side| {
            let address = address("http://sandbox", code, number, side);
            address
                .strip_prefix("http://sandbox/pictures/")
                .unwrap()
                .to_owned()
        };
        let mut pictures: Vec<String> = ["POS", "MUG", "TEE", "STI", "BC", "PHO"]
            .iter()
            .flat_map(|code| {
                [
                    name(code, 1, "front"),
                    name(code, 1, "back"),
                    name(code, 2, "front"),
                ]
            })
            .map(|name| drawn(&name).unwrap())
            .collect();
        let all = pictures.len();
        pictures.sort();
        pictures.dedup();
        assert_eq!(pictures.len(), all);
        for nothing in ["POS-1-front.png", "POS-x-front.svg", "ABC-1-front.svg", ""] {
            assert_eq!(drawn(nothing), None, "{nothing}");
        }
    }
}
