//! Orders in numbers: per day, by status, by store.

use domain::{OrderStatus, StoreState};
use leptos::prelude::*;
use portal::orders::{DayCount, StatusCounts};
use portal::stores::{StoreRow, StoreSummary};

use super::{DAYS, Overview};
use crate::page::ClientPage;
use crate::storefronts::stores::connect::reconnect_button;
use crate::storefronts::stores::failing::try_now_button;
use crate::storefronts::stores::store::{in_production, on_the_way};
use crate::storefronts::stores::{Diagnosis, failing_line, failing_tone, store_badge, store_page};
use crate::text::Text;
use crate::ui::*;

/// How many stores are shown.
const STORES: usize = 5;
/// Orders of the days before from which on the change is said in hundredths: of a few, any change is a huge one.
const COMPARABLE: i64 = 30;

fn sum(days: &[DayCount]) -> i64 {
    days.iter().map(|day| day.orders).sum()
}

fn small(number: i64) -> u32 {
    u32::try_from(number).unwrap_or(0)
}

/// Orders per day, with the days before as a dashed line.
pub(super) fn chart(t: Text, overview: &Overview) -> AnyView {
    let (before, days) = overview.periods();
    let bars = days
        .iter()
        .map(|day| Bar {
            value: small(day.orders),
            title: t.with(
                "dashboard-bar",
                [("count", day.orders.into()), ("day", t.date(day.day).into())],
            ),
        })
        .collect();
    let previous = if sum(before) > 0 {
        before.iter().map(|day| small(day.orders)).collect()
    } else {
        Vec::new()
    };
    let mut legend = vec![(Tone::Info, t.with("dashboard-last-days", [("days", DAYS.into())]))];
    if !previous.is_empty() {
        legend.push((
            Tone::Neutral,
            t.with("dashboard-days-before", [("days", DAYS.into())]),
        ));
    }
    let most = days.iter().map(|day| day.orders).max().unwrap_or_default();
    let today = days.last().map(|day| day.orders).unwrap_or_default();
    let sentence = t.with(
        "dashboard-chart-sentence",
        [
            ("days", DAYS.into()),
            ("total", sum(days).into()),
            ("most", most.into()),
            ("today", today.into()),
        ],
    );
    let middle = days.get(days.len() / 2);
    let dates = [days.first(), middle]
        .into_iter()
        .flatten()
        .map(|day| t.date(day.day))
        .chain([t.get("dashboard-today")])
        .collect();
    view! {
        <Card>
            <CardHead title=t.get("dashboard-per-day")>
                <Legend entries=legend />
            </CardHead>
            <CardBody>
                <BarChart bars previous sentence dates />
            </CardBody>
        </Card>
    }
    .into_any()
}

/// The figures in a row.
pub(super) fn figures(t: Text, overview: &Overview) -> AnyView {
    let (before, days) = overview.periods();
    let (now, then) = (sum(days), sum(before));
    let change = change(then, now).map(|percent| {
        let sign = if percent > 0 { "+" } else { "" };
        t.with(
            "dashboard-change",
            [("change", format!("{sign}{}", t.number(percent)).into())],
        )
    });
    let change_tone = if now >= then { Tone::Success } else { Tone::Neutral };
    let history = if now > 0 {
        days.iter().map(|day| f64::from(small(day.orders))).collect()
    } else {
        Vec::new()
    };
    let counts = &overview.counts;
    let waits = counts.sum(|status| status.is_editable() || status == OrderStatus::Created);
    let [waits, made, carried] = [waits, in_production(counts), on_the_way(counts)].map(|n| t.number(n));
    view! {
        <Stats>
            <Stat
                label=t.with("dashboard-orders-days", [("days", DAYS.into())])
                figure=t.number(now)
                change
                change_tone
                history
                href="/storefronts/orders"
            />
            <Stat label=t.get("dashboard-before-production") figure=waits />
            <Stat label=t.get("dashboard-in-production") figure=made />
            <Stat label=t.get("dashboard-on-the-way") figure=carried />
        </Stats>
    }
    .into_any()
}

/// By how many hundredths more or fewer orders came in, where there were enough before to compare with.
fn change(then: i64, now: i64) -> Option<i64> {
    (then >= COMPARABLE).then(|| (now - then) * 100 / then)
}

/// How many orders are in each status that has any; each a link to them.
pub(super) fn by_status(t: Text, counts: &StatusCounts) -> Option<AnyView> {
    if counts.total() == 0 {
        return None;
    }
    let rows = OrderStatus::ALL
        .iter()
        .filter(|status| counts.of(**status) > 0)
        .map(|status| {
            let href = format!("/storefronts/orders?status={}", status.slug());
            let count = t.number(counts.of(*status));
            view! {
                <Fact name=t.status(*status)>
                    <a class="num" href=href>
                        {count}
                    </a>
                </Fact>
            }
        })
        .collect_view();
    let total = t.number(counts.total());
    let view = view! {
        <Card>
            <CardHead title=t.get("dashboard-by-status") count=total />
            <CardBody>
                <Facts stacked=true>{rows}</Facts>
            </CardBody>
        </Card>
    };
    Some(view.into_any())
}

/// The first stores and how they are: those before the others that somebody has to do something about.
pub(super) fn stores(page: &ClientPage, overview: &Overview) -> Option<AnyView> {
    let t = page.t;
    let mut stores: Vec<&StoreRow> = overview.stores.as_deref()?.iter().collect();
    if stores.is_empty() {
        return None;
    }
    stores.sort_by_key(|row| {
        let summary = overview.summaries.get(&row.store.id);
        let fails = summary.is_some_and(|summary| summary.failing.is_some());
        patience(row.store.state, fails)
    });
    let rows = stores
        .into_iter()
        .take(STORES)
        .map(|row| store(page, row, overview.summaries.get(&row.store.id)))
        .collect_view();
    let view = view! {
        <Card>
            <CardHead title=t.get("dashboard-stores")>
                <a href="/storefronts/stores">{t.get("dashboard-all-stores")}</a>
            </CardHead>
            <List>{rows}</List>
        </Card>
    };
    Some(view.into_any())
}

/// How long a store can wait for somebody to look at it, from 0: one that lets nothing through cannot.
const fn patience(state: StoreState, fails: bool) -> u8 {
    match state {
        StoreState::NeedsReauthorisation => 0,
        StoreState::NeedsAttention => 1,
        StoreState::Connected if fails => 1,
        StoreState::Paused => 2,
        StoreState::Connected => 3,
        StoreState::Disconnected => 4,
    }
}

fn store(page: &ClientPage, row: &StoreRow, summary: Option<&StoreSummary>) -> AnyView {
    let t = page.t;
    let store = &row.store;
    let picture = view! { <Platform slug=store.platform.slug() /> }.into_any();
    let state = store.state;
    let failing = summary.and_then(|summary| summary.failing.as_ref());
    let why = failing.map(|failing| failing_line(t, failing)).or_else(|| {
        let reason = summary.and_then(|summary| summary.reason.as_deref());
        let stopped = reason.filter(|_| state != StoreState::Connected);
        stopped.map(|reason| Diagnosis::of(t, reason, None).sentence)
    });
    let note_tone = match failing {
        Some(failing) => failing_tone(failing),
        None if why.is_some() => Tone::Warning,
        None => Tone::Neutral,
    };
    let badge = store_badge(t, state, failing);
    let remedy = match (state, failing) {
        (StoreState::NeedsReauthorisation, _) => reconnect_button(page, store, Size::Small),
        (_, Some(_)) => try_now_button(page, store, Size::Small),
        (_, None) => None,
    };
    let note =
        why.unwrap_or_else(|| t.with("dashboard-store-orders", [("count", row.orders_30_days.into())]));
    view! {
        <ListItem title=store.name.clone() href=store_page(store.id) note note_tone picture>
            {badge}
            {remedy}
        </ListItem>
    }
    .into_any()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_change_is_said_only_of_what_can_be_compared() {
        assert_eq!(change(2, 70), None);
        assert_eq!(change(30, 45), Some(50));
        assert_eq!(change(100, 80), Some(-20));
    }

    #[test]
    fn stores_that_need_somebody_come_first() {
        use StoreState::{Connected, Disconnected, NeedsReauthorisation, Paused};
        let mut stores = [
            (Disconnected, false),
            (Connected, false),
            (Paused, false),
            (Connected, true),
            (NeedsReauthorisation, false),
        ];
        stores.sort_by_key(|(state, fails)| patience(*state, *fails));
        assert_eq!(
            stores.map(|(state, _)| state),
            [NeedsReauthorisation, Connected, Paused, Connected, Disconnected]
        );
    }
}
