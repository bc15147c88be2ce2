//! What an import would do, or which of its rows were refused.

use std::collections::VecDeque;

use domain::Permission;

use super::compare::{Compared, Known};
use super::file::{path_of, reading, rows};
use super::{Import, Verdict};
use crate::access::Operator;
use crate::paging::{Slice, Turn};
use crate::{Outcome, Portal};

/// Which rows to show.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum RowFilter {
    /// Every row.
    #[default]
    All,
    /// Rows that are wrong.
    Refused,
    /// Rows that add a product.
    New,
    /// Rows that change a product.
    Changed,
    /// Rows that change nothing.
    Unchanged,
}

impl RowFilter {
    fn shows(self, verdict: &Verdict) -> bool {
        match self {
            Self::All => true,
            Self::Refused => matches!(verdict, Verdict::Refused(_)),
            Self::New => matches!(verdict, Verdict::New),
            Self::Changed => matches!(verdict, Verdict::Changed(_)),
            Self::Unchanged => matches!(verdict, Verdict::Unchanged),
        }
    }
}

/// How many rows mean what.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// Rows that are wrong.
    pub refused: i64,
    /// Rows that add a product.
    pub new: i64,
    /// Rows that change a product.
    pub changed: i64,
    /// Rows that change nothing.
    pub unchanged: i64,
}

impl Counts {
    pub(super) fn add(&mut self, verdict: &Verdict) {
        match verdict {
            Verdict::Refused(_) => self.refused += 1,
            Verdict::New => self.new += 1,
            Verdict::Changed(_) => self.changed += 1,
            Verdict::Unchanged => self.unchanged += 1,
        }
    }

    /// Rows with something to import.
    pub const fn ready(&self) -> i64 {
        self.new + self.changed
    }

    /// All rows.
    pub const fn all(&self) -> i64 {
        self.refused + self.new + self.changed + self.unchanged
    }
}

/// A row of the file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PreviewRow {
    /// The line of the file where it starts.
    pub line: u64,
    /// The product UID it names.
    pub uid: String,
    /// Names in English and Spanish, as they stand there.
    pub names: [String; 2],
    /// What it means for the catalogue.
    pub verdict: Verdict,
}

impl From<Compared> for PreviewRow {
    fn from(row: Compared) -> Self {
        let uid = match (row.entry, &row.verdict) {
            (Some((entry, _)), _) => entry.product.uid.into(),
            (None, Verdict::Refused(problems)) => {
                let uid = problems.iter().find_map(|problem| problem.reference.clone());
                uid.unwrap_or_default()
            }
            (None, _) => String::new(),
        };
        Self {
            line: row.line,
            uid,
            names: row.names,
            verdict: row.verdict,
        }
    }
}

/// What an import would do to the catalogue as it is now.
#[derive(Clone, Debug)]
pub struct Preview {
    /// How many rows mean what.
    pub counts: Counts,
    /// Rows, keyed by their line.
    pub rows: Slice<PreviewRow>,
    /// Headings that mean nothing here; their columns are not read.
    pub ignored_columns: Vec<String>,
}

/// Compares the file of an import with the catalogue.
///
/// # Errors
/// [`Refusal::Forbidden`](crate::Refusal::Forbidden) without [`Permission::ManageCatalogue`].
pub async fn preview(
    portal: &Portal,
    operator: &Operator,
    import: &Import,
    filter: RowFilter,
    turn: Turn<u64>,
    limit: u32,
) -> Outcome<Preview> {
    operator.require(Permission::ManageCatalogue)?;
    let path = path_of(portal, import.content).await?;
    let mut known = Known::read(&mut portal.db.read().await?).await?;
    let at_most = usize::try_from(limit).unwrap_or(usize::MAX).saturating_add(1);
    reading(move || {
        let mut rows = rows(&path)?;
        let mut counts = Counts::default();
        let mut kept: VecDeque<PreviewRow> = VecDeque::new();
        while let Some(row) = known.compare(&mut rows) {
            let row = row?;
            counts.add(&row.verdict);
            if !filter.shows(&row.verdict) {
                continue;
            }
            let (wanted, slides) = match turn {
                Turn::First => (true, false),
                Turn::After(line) => (row.line > line, false),
                Turn::Before(line) => (row.line < line, true),
            };
            if wanted && (slides || kept.len() < at_most) {
                kept.push_back(row.into());
            }
            if kept.len() > at_most {
                kept.pop_front();
            }
        }
        let mut fetched = Vec::from(kept);
        if turn.is_backward() {
            fetched.reverse();
        }
        Ok(Preview {
            counts,
            rows: Slice::cut(fetched, &turn, limit),
            ignored_columns: rows.ignored_columns().to_vec(),
        })
    })
    .await
}
