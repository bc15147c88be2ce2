//! Why a use case did not do what it was asked.

use domain::{FieldProblems, Problem};

use crate::storage::StorageError;

/// What a use case gives back.
pub type Outcome<T> = Result<T, Refusal>;

/// Why a use case did not do what it was asked.
///
/// Pages and edges turn it into an answer: fields with sentences, the not-found page, a sentence on the
/// page, or the error page with the request's id. Nothing of [`Refusal::Unexpected`] reaches a user.
#[derive(Debug, thiserror::Error)]
pub enum Refusal {
    /// Some inputs are wrong; each problem names its field.
    #[error("invalid input: {0:?}")]
    Invalid(FieldProblems),
    /// The object does not exist, or lies outside of what the viewer may see: both answer alike.
    #[error("not found")]
    NotFound,
    /// The viewer's role does not allow it.
    #[error("forbidden")]
    Forbidden,
    /// The object's state does not allow it (any more).
    #[error("conflict: {0}")]
    Conflict(Problem),
    /// Nobody is logged in, or the session has ended.
    #[error("not logged in")]
    NotLoggedIn,
    /// It is sensitive, and the person has not proved for a while who they are.
    #[error("not proved")]
    Unproved,
    /// A fault of ours or of the machine.
    #[error(transparent)]
    Unexpected(#[from] anyhow::Error),
}

impl Refusal {
    /// One wrong field.
    pub fn field(name: &'static str, problem: Problem) -> Self {
        Self::Invalid(FieldProblems::of(name, problem))
    }

    /// A state that does not allow it, by its problem code.
    pub const fn conflict(code: &'static str) -> Self {
        Self::Conflict(Problem::new(code))
    }
}

impl From<FieldProblems> for Refusal {
    fn from(problems: FieldProblems) -> Self {
        Self::Invalid(problems)
    }
}

impl From<StorageError> for Refusal {
    fn from(error: StorageError) -> Self {
        Self::Unexpected(error.into())
    }
}
