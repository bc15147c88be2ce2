//! The rows of an import that were refused, as a file to correct and import again.

use std::collections::HashMap;
use std::fs::File;
use std::io::BufReader;

use domain::Permission;
use domain::csv_file::{RowProblem, copy_rows};
use domain::id::ImportId;

use super::compare::Known;
use super::file::{path_of, reading, rows};
use super::{Verdict, find};
use crate::access::Operator;
use crate::{Outcome, Portal};

/// The refused rows as they were sent. Two columns precede them, with the line of each row and what is wrong with it;
/// `headings` names them and `say` writes the sentence.
///
/// # Errors
/// [`Refusal::NotFound`](crate::Refusal::NotFound); [`Refusal::Forbidden`](crate::Refusal::Forbidden) without
/// [`Permission::ManageCatalogue`].
pub async fn rejected(
    portal: &Portal,
    operator: &Operator,
    id: ImportId,
    headings: [String; 2],
    say: impl Fn(&[RowProblem]) -> String + Send + 'static,
) -> Outcome<Vec<u8>> {
    operator.require(Permission::ManageCatalogue)?;
    let import = find(portal, operator, id).await?;
    let path = path_of(portal, import.content).await?;
    let mut known = Known::read(&mut portal.db.read().await?).await?;
    reading(move || {
        let mut refused: HashMap<u64, String> = HashMap::new();
        let mut rows = rows(&path)?;
        while let Some(row) = known.compare(&mut rows) {
            let row = row?;
            if let Verdict::Refused(problems) = row.verdict {
                refused.insert(row.line, say(&problems));
            }
        }
        let source = BufReader::new(File::open(&path)?);
        let headings = headings.each_ref().map(String::as_str);
        copy_rows(source, Vec::new(), &headings, |line| {
            let sentence = refused.remove(&line)?;
            Some(vec![line.to_string(), sentence])
        })
    })
    .await
}
