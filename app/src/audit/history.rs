//! *History*: what was decided about one object, on its page.

use leptos::prelude::*;
use portal::Outcome;
use portal::access::Viewer;
use portal::audit::{self, Audited};

use super::{home, words};
use crate::page::Page;
use crate::ui::*;

/// How many entries a card shows; the log has the others.
const SHOWN: u32 = 8;

/// The newest entries about `object`; nothing where there are none, or for those who do not see the audit log.
///
/// # Errors
/// Only unexpected ones.
pub async fn history_card<I: Audited + Copy>(
    page: &Page,
    viewer: &Viewer,
    object: I,
) -> Outcome<Option<AnyView>> {
    let t = page.t;
    let rows = audit::history(&page.portal, viewer, object, SHOWN).await?;
    if rows.is_empty() {
        return Ok(None);
    }
    let path = home(viewer);
    let items = rows.into_iter().map(|row| {
        let who = words::actor(t, &row);
        let changed = words::summary(t, &row);
        let note = if changed.is_empty() {
            who
        } else {
            format!("{who} · {changed}")
        };
        view! {
            <TimelineItem time=t.date(row.at) datetime=t.machine_time(row.at) note>
                <a href=format!("{path}/{}", row.id)>{words::action(t, row.action)}</a>
            </TimelineItem>
        }
    });
    let items = items.collect_view();
    let all = format!("{path}?object={}", object.id());
    Ok(Some(
        view! {
            <Card sunken=true>
                <CardHead title=t.get("audit-history") />
                <CardBody>
                    <Timeline>{items}</Timeline>
                </CardBody>
                <CardFoot>
                    <a href=all>{t.get("audit-history-all")}</a>
                </CardFoot>
            </Card>
        }
        .into_any(),
    ))
}
