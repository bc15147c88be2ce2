//! Bodies of messages, fit to be read.

/// At most this many characters of a body are shown.
const MOST: usize = 20_000;
/// Bodies up to this many bytes are laid out; longer ones stand as they came.
const LAID_OUT_UP_TO: usize = 1024 * 1024;

/// A body as it is shown.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Shown {
    /// The beginning, laid out when it is JSON.
    pub(super) text: String,
    /// How many characters follow that are not shown.
    pub(super) left_out: usize,
}

/// Lays a body out when it is JSON, and cuts it.
pub(super) fn shown(body: &str) -> Shown {
    let laid_out = laid_out(body).unwrap_or_else(|| body.to_owned());
    let mut characters = laid_out.chars();
    let text: String = characters.by_ref().take(MOST).collect();
    Shown {
        text,
        left_out: characters.count(),
    }
}

fn laid_out(body: &str) -> Option<String> {
    if body.len() > LAID_OUT_UP_TO {
        return None;
    }
    let value: serde_json::Value = serde_json::from_str(body).ok()?;
    serde_json::to_string_pretty(&value).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn json_is_laid_out_and_anything_else_stands_as_it_came() {
        assert_eq!(shown(r#"{"id":1}"#).text, "{\n  \"id\": 1\n}");
        assert_eq!(shown("<h1>503</h1>").text, "<h1>503</h1>");
    }

    #[test]
    fn a_long_body_is_cut_and_says_how_much_is_left_out() {
        let shown = shown(&"ñ".repeat(MOST + 7));
        assert_eq!((shown.text.chars().count(), shown.left_out), (MOST, 7));
    }
}
