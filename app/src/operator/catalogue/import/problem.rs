//! What is wrong with a row, in a sentence that finds the cell.

use domain::csv_file::RowProblem;

use crate::text::Text;

/// `maxQuantity “0”: Enter 1 at least`.
pub fn sentence(t: Text, problem: &RowProblem) -> String {
    let said = t.problem(&problem.problem);
    let Some(column) = problem.column.clone() else {
        return said;
    };
    match problem.value.clone() {
        Some(value) => t.with(
            "catalogue-problem-value",
            [
                ("column", column.into()),
                ("value", value.into()),
                ("problem", said.into()),
            ],
        ),
        None => t.with(
            "catalogue-problem",
            [("column", column.into()), ("problem", said.into())],
        ),
    }
}

/// Everything that is wrong with a row, for the cell of a file.
pub fn sentences(t: Text) -> impl Fn(&[RowProblem]) -> String + Send + 'static {
    move |problems| {
        let said: Vec<String> = problems.iter().map(|problem| sentence(t, problem)).collect();
        said.join(". ")
    }
}

#[cfg(test)]
mod tests {
    use domain::{Language, Problem, Timestamp};

    use super::*;
    use crate::text::Zone;

    #[test]
    fn a_sentence_names_column_value_and_way_out() {
        let t = Text::new(Language::En, Zone::UTC, Timestamp::EPOCH);
        let problem = |column: Option<&str>, value: Option<&str>| RowProblem {
            line: 7,
            reference: None,
            column: column.map(str::to_owned),
            value: value.map(str::to_owned),
            problem: Problem::new("not-yes-or-no"),
        };
        let whole = problem(Some("archived"), Some("maybe"));
        assert_eq!(sentence(t, &whole), "archived “maybe”: Write yes or no");
        let problems = [problem(Some("archived"), None), problem(None, None)];
        assert_eq!(
            sentences(t)(&problems),
            "archived: Write yes or no. Write yes or no"
        );
    }
}
