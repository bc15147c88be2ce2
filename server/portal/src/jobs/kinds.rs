//! All kinds of jobs of the portal.

use std::time::Duration;

use super::{Registry, Retention};
use crate::accounts::SendResetLink;
use crate::catalogue::import::ImportCatalogue;
use crate::imports::{CheckImport, ImportOrders};
use crate::mail::SendMail;
use crate::mapping::CheckStoreDesign;
use crate::orders::{CheckDesign, ReconsiderOrders, RenameInOrders, TellAgain, WriteBack};
use crate::stores::notices::{EraseBuyer, EraseStore, HandleNotice};
use crate::stores::{WatchStore, WatchStores};
use crate::syncs::{FetchOrder, FetchProduct, ScheduleStores, SyncOrders, SyncProducts};

/// Every kind of job there is, with the schedules of those that come round.
pub fn registry() -> Registry {
    Registry::new()
        .register::<CheckDesign>()
        .register::<CheckImport>()
        .register::<EraseBuyer>()
        .register::<EraseStore>()
        .register::<HandleNotice>()
        .register::<CheckStoreDesign>()
        .register::<FetchOrder>()
        .register::<FetchProduct>()
        .register::<ImportCatalogue>()
        .register::<ImportOrders>()
        .register::<ReconsiderOrders>()
        .register::<RenameInOrders>()
        .register::<SendMail>()
        .register::<SendResetLink>()
        .register::<WatchStore>()
        .every(Duration::from_mins(5), Duration::from_secs(30), &WatchStores {})
        .register::<SyncOrders>()
        .register::<SyncProducts>()
        .register::<TellAgain>()
        .register::<WriteBack>()
        .every(
            Duration::from_mins(1),
            Duration::from_secs(10),
            &ScheduleStores {},
        )
        .every(Duration::from_hours(1), Duration::from_mins(5), &Retention {})
}
