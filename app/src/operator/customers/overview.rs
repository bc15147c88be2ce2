//! A customer at a glance.

use domain::Permission;
use leptos::prelude::*;
use portal::customers::{self, CustomerProfile, Overview};

use super::access_card::access_badge;
use super::attention::attention;
use super::sections::{Section, section};
use crate::page::operator_page;
use crate::text::Text;
use crate::ui::*;

/// The page.
#[component]
pub fn CustomerOverviewPage() -> impl IntoView {
    operator_page(Permission::SeeCustomers, |page| async move {
        let t = page.t;
        let customer = customers::find(&page.portal, &page.operator, page.param("id")?).await?;
        let overview = customers::overview(&page.portal, &page.operator, customer.id).await?;
        let attention = attention(&page, &customer, &overview).await?;
        let content = view! {
            <div class="split">
                <div class="stack" data-gap="6">
                    {next_step(t, &customer)}
                    {figures(t, &overview)}
                    {chart(t, &overview)}
                    {attention}
                </div>
                <aside class="stack" data-gap="6" aria-label=t.get("customers-details")>
                    {details(t, &customer)}
                    {access(t, &customer)}
                </aside>
            </div>
        };
        Ok(section(&page, &customer, Section::Overview, content.into_any()))
    })
}

/// A new customer cannot do anything before its client admin is invited: says so and leads there.
fn next_step(t: Text, customer: &CustomerProfile) -> Option<AnyView> {
    let waiting = customer.admin.is_none() && customer.archived_at.is_none();
    let href = Section::Settings.href(customer);
    waiting.then(|| {
        view! {
            <Alert title=t.get("customers-next-title") text=t.get("customers-next-text")>
                <ButtonLink href size=Size::Small>{t.get("customers-invite-admin")}</ButtonLink>
            </Alert>
        }
        .into_any()
    })
}

fn figures(t: Text, overview: &Overview) -> AnyView {
    let recent = overview.recent_orders();
    let before = overview.orders_before;
    let change = (before > 0).then(|| (recent - before) * 100 / before);
    let words =
        change.map(|percent| t.with("customers-change", [("percent", format!("{percent:+}").into())]));
    let tone = if change.is_some_and(|percent| percent > 0) {
        Tone::Success
    } else {
        Tone::Neutral
    };
    let Overview {
        in_production,
        needing_attention,
        orders,
        ..
    } = *overview;
    view! {
        <Stats>
            <Stat label=t.get("customers-orders-30") figure=t.number(recent) change=words change_tone=tone />
            <Stat label=t.get("customers-in-production") figure=t.number(in_production) />
            <Stat label=t.get("customers-attention") figure=t.number(needing_attention) />
            <Stat label=t.get("customers-orders-ever") figure=t.number(orders) />
        </Stats>
    }
    .into_any()
}

fn chart(t: Text, overview: &Overview) -> AnyView {
    let on = |index: usize| {
        overview
            .days
            .get(index)
            .map(|day| t.date(day.day))
            .unwrap_or_default()
    };
    let dates = vec![on(0), on(overview.days.len() / 2), t.get("customers-today")];
    let orders = || overview.days.iter().map(|day| day.orders);
    let sentence = t.with(
        "customers-chart-sentence",
        [
            ("least", orders().min().unwrap_or_default().into()),
            ("most", orders().max().unwrap_or_default().into()),
            ("today", orders().next_back().unwrap_or_default().into()),
        ],
    );
    let bars = overview
        .days
        .iter()
        .map(|day| Bar {
            value: u32::try_from(day.orders).unwrap_or(u32::MAX),
            title: t.with(
                "customers-chart-bar",
                [("orders", day.orders.into()), ("date", t.date(day.day).into())],
            ),
        })
        .collect();
    view! {
        <Card>
            <CardHead title=t.get("customers-orders-per-day") />
            <CardBody>
                <BarChart bars sentence dates />
            </CardBody>
        </Card>
    }
    .into_any()
}

fn details(t: Text, customer: &CustomerProfile) -> AnyView {
    let reference = customer.reference_id.clone().map_or_else(
        || view! { <span class="faint">{t.get("customers-none")}</span> }.into_any(),
        |text| view! { <Copyable text /> }.into_any(),
    );
    let description = customer
        .description
        .clone()
        .map(|text| view! { <Fact name=t.get("customers-description") value=text /> });
    let edit = Section::Settings.href(customer);
    let created = t.date(customer.created_at);
    view! {
        <Card>
            <CardHead title=t.get("customers-details")>
                <a href=edit>{t.get("customers-edit")}</a>
            </CardHead>
            <CardBody>
                <Facts>
                    <Fact name=t.get("customers-reference")>{reference}</Fact>
                    <Fact name=t.get("customers-created") value=created />
                    {description}
                </Facts>
            </CardBody>
        </Card>
    }
    .into_any()
}

fn access(t: Text, customer: &CustomerProfile) -> AnyView {
    let badge = access_badge(t, customer.invitation_state, customer.storefronts_access);
    let switch = t.get(if customer.storefronts_access {
        "customers-on"
    } else {
        "customers-off"
    });
    let admin = customer.admin.as_ref().map(|admin| {
        let (name, email) = (admin.name(), admin.email.clone());
        let last = admin.last_login_at.map(|at| t.ago(at));
        let last = last.map(|last| view! { <Fact name=t.get("users-last-login") value=last /> });
        view! {
            <Fact name=t.get("customers-client-admin") value=name>
                <br />
                <span class="muted">{email}</span>
            </Fact>
            {last}
        }
    });
    view! {
        <Card>
            <CardHead title=t.get("customers-access")>
                {badge}
            </CardHead>
            <CardBody>
                <Facts>
                    <Fact name=t.get("customers-switch") value=switch />
                    {admin}
                </Facts>
            </CardBody>
        </Card>
    }
    .into_any()
}
