//! The newest syncs of a store and what they found.

use domain::{JobState, ReasonCode, Timestamp};
use leptos::prelude::*;
use portal::syncs::{OrdersRead, ProductsRead};

use super::frame::StoreFrame;
use crate::page::ClientPage;
use crate::text::Text;
use crate::ui::*;

/// The card; nothing before the first sync.
pub(super) fn runs_card(page: &ClientPage, frame: &StoreFrame) -> Option<AnyView> {
    let t = page.t;
    let runs = &frame.runs;
    let products = runs.products.as_ref().map(|run| Ended {
        what: "products",
        state: run.state,
        at: run.finished_at.unwrap_or(run.created_at),
        reason: run.reason,
        found: run.found.as_ref().map(|found| products_found(t, found)),
    });
    let orders = runs.orders.as_ref().map(|run| Ended {
        what: "orders",
        state: run.state,
        at: run.finished_at.unwrap_or(run.created_at),
        reason: run.reason,
        found: run.found.as_ref().map(|found| orders_found(t, found)),
    });
    if products.is_none() && orders.is_none() {
        return None;
    }
    let rows = [products, orders].into_iter().flatten().map(|run| run.row(t));
    let rows = rows.collect_view();
    let view = view! {
        <Card>
            <CardHead title=t.get("stores-runs") />
            <List>{rows}</List>
        </Card>
    };
    Some(view.into_any())
}

/// A sync as its row shows it.
struct Ended {
    what: &'static str,
    state: JobState,
    at: Timestamp,
    reason: Option<ReasonCode>,
    found: Option<String>,
}

impl Ended {
    fn row(self, t: Text) -> AnyView {
        let title = t.get(&format!("stores-run-{}", self.what));
        let why = self.reason.map(|reason| t.reason(reason));
        // One that ended because the store was paused has not failed.
        let tone = if why.is_some() && self.state != JobState::Cancelled {
            Tone::Warning
        } else {
            Tone::Neutral
        };
        let parts: Vec<String> = [Some(t.ago(self.at)), self.found, why]
            .into_iter()
            .flatten()
            .collect();
        let state = self.state;
        view! {
            <ListItem title note=parts.join(" · ") note_tone=tone>
                <Badge status=state.slug() text=t.status(state) />
            </ListItem>
        }
        .into_any()
    }
}

fn products_found(t: Text, found: &ProductsRead) -> String {
    counted(
        t,
        &[
            ("stores-found-new", found.new),
            ("stores-found-changed", found.changed),
            ("stores-found-unchanged", found.unchanged),
            ("stores-found-gone", found.gone),
            ("stores-found-not-seen", found.not_seen),
            ("stores-found-unreadable", found.unreadable),
        ],
    )
}

fn orders_found(t: Text, found: &OrdersRead) -> String {
    counted(
        t,
        &[
            ("stores-found-new", found.new),
            ("stores-found-changed", found.changed),
            ("stores-found-unchanged", found.unchanged),
            ("stores-found-not-wanted", found.not_wanted),
            ("stores-found-passed-over", found.passed_over),
            ("stores-found-unreadable", found.unreadable),
        ],
    )
}

/// What there is of each kind; that nothing was found, when there is none of any.
fn counted(t: Text, counts: &[(&str, u64)]) -> String {
    let parts: Vec<String> = counts
        .iter()
        .filter(|(_, count)| *count > 0)
        .map(|(key, count)| {
            let count = i64::try_from(*count).unwrap_or(i64::MAX);
            t.with(key, [("count", count.into())])
        })
        .collect();
    if parts.is_empty() {
        t.get("stores-found-nothing")
    } else {
        parts.join(", ")
    }
}
