//! One message: as it came, what came of it, what was answered.

use domain::id::MessageId;
use domain::{Direction, MessageKind, MessageState, Permission};
use leptos::prelude::*;
use leptos::server_fn::ServerFn;
use portal::Refusal;
use portal::access::Scope;
use portal::messages::{self, Message, MessageOrder, MessageRow};

use super::retry::RetryEvent;
use super::text::{Shown, shown};
use super::{EVENTS, words};
use crate::operator::activity::JOBS;
use crate::page::{Content, OperatorPage, operator_page};
use crate::text::Text;
use crate::ui::*;

/// What came of a message that has words of its own.
const KNOWN_RESULTS: [&str; 6] = [
    "order",
    "product",
    "taken_in",
    "permissions",
    "erased",
    "unreadable",
];
/// What became of an order, in words.
const TAKEN_IN: [&str; 9] = [
    "unknown",
    "created",
    "changed",
    "unchanged",
    "older",
    "out_of_sight",
    "not_wanted",
    "placed_before",
    "over_already",
];

/// The page.
#[component]
pub fn EventPage() -> impl IntoView {
    operator_page(Permission::SeeActivity, |page| async move {
        let id: MessageId = page.param("message")?;
        let mut conn = page.portal.db.read().await?;
        let message = messages::find(&mut conn, &Scope::AllCustomers, id)
            .await?
            .ok_or(Refusal::NotFound)?;
        let order = messages::order_of(&mut conn, &message).await?;
        drop(conn);
        let t = page.t;
        let title = message.row.topic.clone();
        let panes = (
            raw(t, &message),
            mapped(&page, &message, order),
            answered(t, &message),
        );
        let view = view! {
            {head(&page, &message.row)}
            <div class="stack" data-gap="6">
                {what_is_wrong(t, &message.row)}
                <Card label=t.get("activity-event-panes")>
                    <Inspector>{panes}</Inspector>
                </Card>
                {about(&page, &message.row)}
            </div>
        };
        Ok(Content::new(title, view))
    })
}

fn head(page: &OperatorPage, row: &MessageRow) -> AnyView {
    let t = page.t;
    let crumbs = vec![
        Crumb::link(t.get("activity-title"), JOBS),
        Crumb::link(t.get("activity-events"), EVENTS),
    ];
    let badge = view! { <Badge status=row.state.slug() text=t.status(row.state) /> }.into_any();
    let picture = view! { <Platform slug=row.platform.slug() size=Size::Large /> }.into_any();
    let kind = t.get(&format!("activity-event-kind-{}", row.kind.slug()));
    let direction = words::direction(t, row.direction);
    let lede = format!("{direction} · {kind} · {}", t.date_time(row.created_at));
    let retry = words::can_retry(&page.operator, row).then(|| {
        let id = row.id.to_string();
        view! {
            <Form id="retry-event" action=RetryEvent::PATH>
                <input type="hidden" name="message" value=id />
                <Button variant=Variant::Primary icon="retry">{t.get("activity-retry")}</Button>
            </Form>
        }
    });
    view! {
        <PageHead title=row.topic.clone() lede crumbs badge picture>
            {retry}
        </PageHead>
    }
    .into_any()
}

fn what_is_wrong(t: Text, row: &MessageRow) -> Option<AnyView> {
    if row.state == MessageState::Parked {
        let (title, text) = (
            t.get("activity-event-parked"),
            t.get("activity-event-parked-text"),
        );
        return Some(view! { <Alert tone=Tone::Warning title text /> }.into_any());
    }
    let (title, text) = words::why(t, row)?;
    Some(view! { <Alert tone=Tone::Danger title text /> }.into_any())
}

/// The request: its line, its headers, its body.
fn raw(t: Text, message: &Message) -> AnyView {
    let method = message.method.clone().unwrap_or_else(|| "POST".to_owned());
    let mut lines = Vec::new();
    if let Some(url) = &message.url {
        lines.push(format!("{method} {url}"));
    }
    if let Some(headers) = &message.headers {
        lines.extend(headers.0.iter().map(|(name, value)| format!("{name}: {value}")));
    }
    let head = (!lines.is_empty()).then(|| lines.join("\n"));
    let beside = view! { <span class="push"><Tag text=method /></span> }.into_any();
    let body = body(t, head, message.body_text());
    view! {
        <Pane title=t.get("activity-event-request") beside>
            {body}
        </Pane>
    }
    .into_any()
}

/// What the portal made of it.
fn mapped(page: &OperatorPage, message: &Message, order: Option<MessageOrder>) -> AnyView {
    let t = page.t;
    let results = message.result.as_ref().map(|result| result_rows(t, &result.0));
    let nothing = (results.as_ref().is_none_or(Vec::is_empty) && order.is_none()).then(|| {
        row(
            t.get("activity-event-result"),
            t.get(nothing_yet(&message.row)).into_any(),
        )
    });
    let results = results.unwrap_or_default();
    let order = order.map(|order| {
        let name = format!("{}{}", page.portal.settings.brand.order_prefix, order.number);
        let link = view! {
            <a href=format!("/console/orders/{}", order.id)>{name}</a>
            " "
            <Badge status=order.status.slug() text=t.status(order.status) />
        };
        row(t.get("activity-event-order"), link.into_any())
    });
    view! {
        <Pane title=t.get("activity-event-mapping")>
            <table class="mapping">
                <tbody>{results} {order} {nothing}</tbody>
            </table>
        </Pane>
    }
    .into_any()
}

const fn nothing_yet(row: &MessageRow) -> &'static str {
    match (row.direction, row.state) {
        (Direction::Out, _) => "activity-event-result-call",
        (Direction::In, MessageState::Received) => "activity-event-result-waiting",
        _ => "activity-event-result-nothing",
    }
}

fn row(name: String, value: AnyView) -> AnyView {
    view! {
        <tr>
            <th scope="row">{name}</th>
            <td>{value}</td>
        </tr>
    }
    .into_any()
}

fn result_rows(t: Text, result: &serde_json::Value) -> Vec<AnyView> {
    let Some(entries) = result.as_object() else {
        return Vec::new();
    };
    entries
        .iter()
        .map(|(name, value)| {
            let value = value.as_str().map_or_else(|| value.to_string(), str::to_owned);
            let value = if name == "taken_in" && TAKEN_IN.contains(&value.as_str()) {
                t.get(&format!("activity-event-taken-in-{}", value.replace('_', "-")))
            } else {
                value
            };
            let name = if KNOWN_RESULTS.contains(&name.as_str()) {
                t.get(&format!("activity-event-result-{}", name.replace('_', "-")))
            } else {
                name.clone()
            };
            row(name, view! { <span dir="auto">{value}</span> }.into_any())
        })
        .collect()
}

/// What was answered. Webhooks are acknowledged as soon as they are stored.
fn answered(t: Text, message: &Message) -> AnyView {
    let row = &message.row;
    // What we asked for ourselves waits for no answer.
    let listed = row.direction == Direction::In && row.kind == MessageKind::Poll;
    let code = match row.direction {
        Direction::In => (!listed).then_some(200),
        Direction::Out => row.status,
    };
    let beside =
        code.map(|code| view! { <span class="push"><Tag text=code.to_string() /></span> }.into_any());
    let head = match row.direction {
        Direction::In if listed => t.get("activity-event-listed"),
        Direction::In => t.get("activity-event-acknowledged"),
        Direction::Out => match (row.status, words::took(row)) {
            (Some(status), Some(took)) => t.with(
                "activity-event-answered",
                [("status", status.into()), ("took", took.into())],
            ),
            _ => t.get("activity-event-not-answered"),
        },
    };
    let answer = body(t, Some(head), message.answer_text());
    let title = t.get("activity-event-response");
    match beside {
        Some(beside) => view! { <Pane title beside>{answer}</Pane> }.into_any(),
        None => view! { <Pane title>{answer}</Pane> }.into_any(),
    }
}

/// A muted head, and a body below it as far as it is shown.
fn body(t: Text, head: Option<String>, body: Option<String>) -> AnyView {
    let Shown { text, left_out } = shown(&body.unwrap_or_default());
    let head = head.map(|head| view! { <span class="c">{head} "\n\n"</span> });
    let rest = (left_out > 0).then(|| {
        let count = i64::try_from(left_out).unwrap_or(i64::MAX);
        let words = t.with("activity-event-left-out", [("count", count.into())]);
        view! { <span class="c">"\n" {words}</span> }
    });
    view! {
        <pre class="code" tabindex="0">
            {head}
            {text}
            {rest}
        </pre>
    }
    .into_any()
}

fn about(page: &OperatorPage, row: &MessageRow) -> AnyView {
    let t = page.t;
    let linked = |name: &str, href: String, words: String| {
        view! {
            <Fact name=t.get(name)>
                <a href=href dir="auto">
                    {words}
                </a>
            </Fact>
        }
    };
    let customer = row
        .customer_id
        .zip(row.customer_name.clone())
        .map(|(id, name)| linked("activity-customer", format!("/console/customers/{id}"), name));
    let store = row
        .store_id
        .zip(row.store_name.clone())
        .map(|(id, name)| linked("activity-event-store", format!("{EVENTS}?store={id}"), name));
    let job = row.job_id.map(|id| {
        linked(
            "activity-job",
            format!("{JOBS}/{id}"),
            t.get("activity-event-see-job"),
        )
    });
    let attempts = (row.kind == MessageKind::Webhook || row.attempt > 1).then(|| {
        let name = t.get(if row.direction == Direction::In {
            "activity-attempts"
        } else {
            "activity-event-attempt"
        });
        view! { <Fact name value=t.number(row.attempt) /> }
    });
    let took = words::took(row).map(|took| view! { <Fact name=t.get("activity-took") value=took /> });
    let finished = row
        .finished_at
        .map(|at| view! { <Fact name=t.get("activity-finished-at") value=t.date_time(at) /> });
    let (id, created) = (row.id.to_string(), t.date_time(row.created_at));
    view! {
        <Card>
            <CardHead title=t.get("activity-event-about") />
            <CardBody>
                <Facts>
                    {customer} {store} <Fact name=t.get("activity-event-time") value=created /> {finished}
                    {took} {attempts} {job}
                    <Fact name=t.get("activity-event-id")>
                        <Copyable text=id />
                    </Fact>
                </Facts>
            </CardBody>
        </Card>
    }
    .into_any()
}
