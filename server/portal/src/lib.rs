//! The use cases of the portal, with storage, job queue, mail and files.

pub mod texts;
