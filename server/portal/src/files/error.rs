//! Why a file was not taken.

use std::io;

use domain::{FieldProblems, Problem};

use super::{MediaType, Purpose};
use crate::Refusal;

/// Why a file was not taken.
#[derive(Debug, thiserror::Error)]
pub enum FileError {
    /// There is nothing in it.
    #[error("the file is empty")]
    Empty,
    /// It is larger than allowed.
    #[error("the file is larger than {limit} bytes")]
    TooLarge {
        /// The limit in bytes.
        limit: u64,
    },
    /// Its bytes say it is something else than what belongs here.
    #[error("a file of type {} does not belong here", found.mime())]
    WrongType {
        /// What it is.
        found: MediaType,
    },
    /// The customer has sent as much as it may in a day.
    #[error("the customer has sent {quota} bytes today, which is all it may")]
    QuotaUsedUp {
        /// The limit in bytes.
        quota: u64,
    },
    /// The disk or the network behind the store failed.
    #[error("the file cannot be stored")]
    Storage(#[from] io::Error),
}

impl FileError {
    /// What to tell the person who sent it; nothing when it is not their doing.
    pub fn problem(&self) -> Option<Problem> {
        match self {
            Self::Empty => Some(Problem::new("file-empty")),
            Self::TooLarge { limit } => {
                Some(Problem::new("file-too-large").with("megabytes", megabytes(*limit)))
            }
            Self::QuotaUsedUp { quota } => {
                Some(Problem::new("file-quota-used-up").with("megabytes", megabytes(*quota)))
            }
            Self::WrongType { found } => Some(Problem::new("file-wrong-type").with("found", found.word())),
            Self::Storage(_) => None,
        }
    }

    /// As [`Self::problem`], for a file that was sent for `purpose`: instead of a CSV people send the spreadsheet.
    pub fn problem_for(&self, purpose: Purpose) -> Option<Problem> {
        let (Self::WrongType { found }, Purpose::Csv) = (self, purpose) else {
            return self.problem();
        };
        Some(Problem::new(match found {
            MediaType::Png | MediaType::Jpeg | MediaType::Tiff | MediaType::Webp | MediaType::Svg => {
                "file-is-image"
            }
            MediaType::Zip => "file-is-spreadsheet",
            _ => "file-not-text",
        }))
    }

    /// The refusal of a form whose field `field` held the file.
    pub fn in_field(self, field: &'static str) -> Refusal {
        match self.problem() {
            Some(problem) => Refusal::Invalid(FieldProblems::of(field, problem)),
            None => Refusal::Unexpected(self.into()),
        }
    }
}

fn megabytes(bytes: u64) -> i64 {
    i64::try_from(bytes / (1024 * 1024)).unwrap_or(i64::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whoever_sends_no_csv_is_told_what_it_is() {
        for (found, code) in [
            (MediaType::Png, "file-is-image"),
            (MediaType::Zip, "file-is-spreadsheet"),
            (MediaType::Pdf, "file-not-text"),
            (MediaType::Html, "file-not-text"),
        ] {
            let error = FileError::WrongType { found };
            assert_eq!(error.problem_for(Purpose::Csv).unwrap().code, code);
            assert_eq!(error.problem_for(Purpose::Design), error.problem());
        }
        let limit = Purpose::Csv.max_bytes();
        let problem = FileError::TooLarge { limit }.problem_for(Purpose::Csv).unwrap();
        assert_eq!(problem, Problem::new("file-too-large").with("megabytes", 50_i64));
    }
}
