//! Why a file was not taken.

use std::io;

use domain::{FieldProblems, Problem};

use super::MediaType;
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
                let megabytes = i64::try_from(limit / (1024 * 1024)).unwrap_or(i64::MAX);
                Some(Problem::new("file-too-large").with("megabytes", megabytes))
            }
            Self::WrongType { found } => {
                Some(Problem::new("file-wrong-type").with("found", found.extensions()[0]))
            }
            Self::Storage(_) => None,
        }
    }

    /// The refusal of a form whose field `field` held the file.
    pub fn in_field(self, field: &'static str) -> Refusal {
        match self.problem() {
            Some(problem) => Refusal::Invalid(FieldProblems::of(field, problem)),
            None => Refusal::Unexpected(self.into()),
        }
    }
}
