//! All kinds of jobs of the portal.

use std::time::Duration;

use super::{Registry, Retention};
use crate::catalogue::import::ImportCatalogue;
use crate::imports::{CheckImport, ImportOrders};
use crate::mail::SendMail;
use crate::orders::CheckDesign;

/// Every kind of job there is, with the schedules of those that come round.
pub fn registry() -> Registry {
    Registry::new()
        .register::<CheckDesign>()
        .register::<CheckImport>()
        .register::<ImportCatalogue>()
        .register::<ImportOrders>()
        .register::<SendMail>()
        .every(Duration::from_hours(1), Duration::from_mins(5), &Retention {})
}
