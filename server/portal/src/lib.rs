//! The use cases of the portal, with storage, job queue, mail and files.

pub mod clock;
pub mod entropy;
pub mod storage;
#[cfg(any(test, feature = "testing"))]
pub mod testing;
pub mod texts;
