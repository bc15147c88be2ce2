//! What is wrong with a row, in a sentence that finds the cell.

use domain::Problem;
use domain::csv_file::{RowGlance, RowProblem, orders_column};

use crate::text::Text;

/// The cell of a problem, when it is one that a table of rows shows: the documented name of its column.
pub(super) fn shown_column(problem: &RowProblem) -> Option<&'static str> {
    let column = orders_column(problem.column.as_deref()?)?;
    ["orderReferenceId", "recipient", "productUid", "quantity"]
        .contains(&column)
        .then_some(column)
}

/// What is wrong with a cell: said for files where a form would say it otherwise, because a country is chosen there.
pub(super) fn of_cell(t: Text, problem: &Problem) -> String {
    match problem.code.as_ref() {
        "unknown-country" => t.get("imports-unknown-country"),
        _ => t.problem(problem),
    }
}

/// `Postcode “4600”: Write a postcode such as 46001`. What the table shows already is not quoted again.
pub(super) fn sentence(t: Text, problem: &RowProblem, glance: Option<&RowGlance>) -> String {
    let said = of_cell(t, &problem.problem);
    let Some(column) = problem.column.clone() else {
        return said;
    };
    let value = problem
        .value
        .clone()
        .filter(|_| glance.is_none() || shown_column(problem).is_none());
    match value {
        Some(value) => t.with(
            "imports-problem-value",
            [
                ("column", column.into()),
                ("value", value.into()),
                ("problem", said.into()),
            ],
        ),
        None => t.with(
            "imports-problem",
            [("column", column.into()), ("problem", said.into())],
        ),
    }
}

#[cfg(test)]
mod tests {
    use domain::{Language, Timestamp};

    use super::*;
    use crate::text::Zone;

    #[test]
    fn a_sentence_names_column_value_and_way_out() {
        let t = Text::new(Language::En, Zone::UTC, Timestamp::EPOCH);
        let problem = |column: &str, value: &str, problem| RowProblem {
            line: 7,
            reference: None,
            column: Some(column.to_owned()),
            value: Some(value.to_owned()),
            problem,
        };
        let postcode = problem(
            "zip",
            "460",
            Problem::new("invalid-postcode").with("example", "46001"),
        );
        let quantity = problem("Cantidad", "doce", Problem::new("quantity-not-whole"));
        let glance = RowGlance::default();
        assert_eq!(
            sentence(t, &postcode, Some(&glance)),
            "zip “460”: Write a postcode such as 46001"
        );
        assert_eq!(
            sentence(t, &quantity, Some(&glance)),
            "Cantidad: Write a whole number"
        );
        assert_eq!(
            sentence(t, &quantity, None),
            "Cantidad “doce”: Write a whole number"
        );
        assert_eq!(shown_column(&quantity), Some("quantity"));
        let country = problem("País", "Narnia", Problem::new("unknown-country"));
        assert_eq!(
            sentence(t, &country, None),
            "País “Narnia”: Write a country: its name or its two letters, such as ES"
        );
    }
}
