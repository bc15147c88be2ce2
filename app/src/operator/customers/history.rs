//! What became of the invitations of a customer's client admins.

use leptos::prelude::*;
use portal::invitations::{HistoryEntry, HistoryEvent};

use crate::text::Text;
use crate::ui::*;

/// The events, newest first, beside the settings.
pub(super) fn history_card(t: Text, entries: Vec<HistoryEntry>) -> AnyView {
    let items = entries.into_iter().map(|entry| item(t, entry)).collect_view();
    view! {
        <aside class="pinned" aria-label=t.get("customers-history")>
            <Card sunken=true>
                <CardHead title=t.get("customers-history") />
                <CardBody>
                    <Timeline>{items}</Timeline>
                </CardBody>
            </Card>
        </aside>
    }
    .into_any()
}

fn item(t: Text, entry: HistoryEntry) -> AnyView {
    let email = entry.email;
    let (words, note, tone) = match entry.event {
        HistoryEvent::Invited {
            by,
            again,
            delivered_at,
        } => {
            let key = if again {
                "customers-history-resent"
            } else {
                "customers-history-invited"
            };
            let by = by.unwrap_or_else(|| t.get("customers-history-somebody"));
            let taken = delivered_at
                .map(|at| t.with("customers-history-delivered", [("time", t.date_time(at).into())]));
            let note = taken.map_or_else(|| email.clone(), |taken| format!("{email} · {taken}"));
            (t.with(key, [("name", by.into())]), Some(note), Tone::Neutral)
        }
        HistoryEvent::Refused { answer } => (t.get("customers-history-refused"), answer, Tone::Danger),
        HistoryEvent::Accepted { name } => (
            t.with("customers-history-accepted", [("name", name.into())]),
            Some(email),
            Tone::Success,
        ),
        HistoryEvent::Expired => (t.get("customers-history-expired"), Some(email), Tone::Warning),
        HistoryEvent::Revoked => (t.get("customers-history-revoked"), Some(email), Tone::Neutral),
    };
    view! {
        <TimelineItem time=t.date(entry.at) datetime=t.machine_time(entry.at) tone note>
            {words}
        </TimelineItem>
    }
    .into_any()
}
