//! The words of result files.

use portal::imports::{ReportKind, Said};

use super::problem::of_cell;
use crate::text::Text;

/// Puts what a result file says into words.
pub fn say(t: Text) -> impl Fn(Said<'_>) -> String + Send + 'static {
    move |said| match said {
        Said::OutcomeHeading => t.get("imports-column-outcome"),
        Said::ReasonHeading => t.get("imports-column-reason"),
        Said::NumberHeading => t.get("imports-column-number"),
        Said::Outcome(None) => t.get("imports-outcome-waiting"),
        Said::Outcome(Some(outcome)) => t.get(&format!("imports-outcome-{}", outcome.slug())),
        Said::Reason(None, problem) => of_cell(t, problem),
        Said::Reason(Some(column), problem) => t.with(
            "imports-problem",
            [
                ("column", column.to_owned().into()),
                ("problem", of_cell(t, problem).into()),
            ],
        ),
    }
}

/// What the result file of `imported` is called.
pub fn file_name(t: Text, kind: ReportKind, imported: &str) -> String {
    let name = imported.rsplit_once('.').map_or(imported, |(stem, _)| stem);
    let key = match kind {
        ReportKind::Refused => "imports-errors-file",
        ReportKind::Everything => "imports-result-file",
    };
    t.with(key, [("name", name.to_owned().into())])
}

#[cfg(test)]
mod tests {
    use domain::csv_file::orders_column;
    use domain::{Language, RowOutcome, Timestamp};

    use super::*;
    use crate::text::Zone;

    #[test]
    fn no_column_of_a_result_file_is_taken_for_one_of_an_order() {
        for language in Language::ALL.iter().copied() {
            let say = say(Text::new(language, Zone::UTC, Timestamp::EPOCH));
            for heading in [Said::OutcomeHeading, Said::ReasonHeading, Said::NumberHeading] {
                assert_eq!(orders_column(&say(heading)), None, "{heading:?}");
            }
            for outcome in RowOutcome::ALL.iter().copied() {
                assert!(!say(Said::Outcome(Some(outcome))).starts_with('['), "{outcome:?}");
            }
        }
    }

    #[test]
    fn result_files_are_called_after_their_import() {
        let t = Text::new(Language::En, Zone::UTC, Timestamp::EPOCH);
        assert_eq!(file_name(t, ReportKind::Refused, "nov.csv"), "nov-errors.csv");
        assert_eq!(file_name(t, ReportKind::Everything, "a.b.csv"), "a.b-result.csv");
    }
}
