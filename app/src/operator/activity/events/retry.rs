//! Another chance for webhooks that stopped: one, or many with what became of each.

use domain::Problem;
use domain::id::MessageId;
use leptos::prelude::*;
use portal::Refusal;
use portal::messages::{self, RetriedMessage};
use serde::{Deserialize, Serialize};

use super::{EVENTS, page_of};
use crate::action::{Action, Done, Reply};
use crate::page::OperatorPage;
use crate::ui::*;

/// Session key of what became of the last selection.
const RESULTS: &str = "event-results";

/// A message of a selection that was not retried.
#[derive(Serialize, Deserialize)]
struct Left {
    message: MessageId,
    why: Why,
}

/// Why it was not.
#[derive(Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Why {
    NotFound,
    NotStopped,
}

impl Why {
    const fn of(result: RetriedMessage) -> Option<Self> {
        match result {
            RetriedMessage::Queued => None,
            RetriedMessage::NotFound => Some(Self::NotFound),
            RetriedMessage::NotStopped => Some(Self::NotStopped),
        }
    }

    const fn key(&self) -> &'static str {
        match self {
            Self::NotFound => "activity-event-not-there",
            Self::NotStopped => "activity-event-not-stopped",
        }
    }
}

/// Has a webhook worked on again.
#[server(prefix = "/do", endpoint = "activity/retry-event")]
pub async fn retry_event(
    /// The webhook.
    #[server(default)]
    message: String,
) -> Result<Reply, ServerFnError> {
    let action = Action::begin()?;
    let outcome = async {
        let operator = action.operator()?;
        let id: MessageId = action.id(&message)?;
        let results = messages::retry(&action.portal, operator, &[id]).await?;
        match results.first().map(|(_, result)| *result) {
            Some(RetriedMessage::Queued) => Ok(Done::to(page_of(id)).saying("event-retried")),
            Some(RetriedMessage::NotStopped) => Err(Refusal::conflict("event-not-stopped")),
            Some(RetriedMessage::NotFound) | None => Err(Refusal::NotFound),
        }
    }
    .await;
    action.answer("retry-event", outcome).await
}

/// Has the selected webhooks worked on again; tells what became of each.
#[server(prefix = "/do", endpoint = "activity/retry-events")]
pub async fn retry_events(
    /// The selected webhooks.
    #[server(default)]
    messages: Vec<String>,
) -> Result<Reply, ServerFnError> {
    let action = Action::begin()?;
    let outcome = async {
        let ids: Vec<MessageId> = messages.iter().filter_map(|id| id.parse().ok()).collect();
        let results = messages::retry(&action.portal, action.operator()?, &ids).await?;
        if results.is_empty() {
            return Err(Refusal::conflict("nothing-selected"));
        }
        let queued = results
            .iter()
            .filter(|(_, result)| *result == RetriedMessage::Queued)
            .count();
        let left: Vec<Left> = results
            .into_iter()
            .filter_map(|(message, result)| {
                Some(Left {
                    message,
                    why: Why::of(result)?,
                })
            })
            .collect();
        action.remember(RESULTS, &left).await?;
        let done = Problem::new("events-retried").with("count", queued);
        Ok(Done::to(action.came_from(EVENTS)).saying_with(done))
    }
    .await;
    action.answer("retry-events", outcome).await
}

/// The alert that names the messages of the last selection that were not retried, and why.
pub(super) async fn retry_results(page: &OperatorPage) -> Option<AnyView> {
    let t = page.t;
    let left: Vec<Left> = page.take(RESULTS).await;
    if left.is_empty() {
        return None;
    }
    let count = i64::try_from(left.len()).unwrap_or(i64::MAX);
    let items = left
        .iter()
        .map(|left| format!("{}: {}", left.message, t.get(left.why.key())))
        .collect();
    let title = t.with("activity-events-left", [("count", count.into())]);
    Some(view! { <Alert tone=Tone::Warning title items urgent=true /> }.into_any())
}
