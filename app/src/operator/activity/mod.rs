//! Activity: what the portal does by itself, how far it is, and what waits for a person.

pub mod cancel;
pub mod events;
mod facts;
pub mod job;
pub mod jobs;
mod list_query;
pub mod mails;
pub mod retry;
mod table;
pub mod workers;

use portal::jobs::StoppedJobs;

use crate::text::Text;
use crate::ui::TabItem;

/// Where the list of jobs is.
const JOBS: &str = "/console/activity";
/// Where the list of mails is.
const MAILS: &str = "/console/activity/mails";

/// Where the workers are.
const WORKERS: &str = "/console/activity/workers";

/// The lists, with what gave up in them.
fn tabs(t: Text, here: &str, stopped: StoppedJobs, dead_messages: i64) -> Vec<TabItem> {
    [
        (JOBS, "activity-jobs", stopped.dead),
        (events::EVENTS, "activity-events", dead_messages),
        (MAILS, "activity-mails", 0),
        (WORKERS, "activity-workers", 0),
    ]
    .into_iter()
    .map(|(href, name, waiting)| TabItem {
        text: t.get(name),
        href: href.to_owned(),
        count: (waiting > 0).then(|| t.number(waiting)).into(),
        current: href == here,
    })
    .collect()
}
