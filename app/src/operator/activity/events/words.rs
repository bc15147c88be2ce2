//! What there is to say about a message, in words.

use domain::{Direction, MessageState, Permission};
use portal::access::Operator;
use portal::messages::MessageRow;

use crate::storefronts::stores::Diagnosis;
use crate::text::Text;

/// Which way it went.
pub(super) fn direction(t: Text, direction: Direction) -> String {
    t.get(&format!("activity-event-{}", direction.slug()))
}

/// Why it is not done, and what to do about it.
pub(super) fn why(t: Text, row: &MessageRow) -> Option<(String, Option<String>)> {
    if let Some(code) = &row.reason {
        let Diagnosis { sentence, remedy, .. } = Diagnosis::of(t, code, None);
        return Some((sentence, remedy));
    }
    let status = row.status.filter(|_| row.state == MessageState::Failed)?;
    Some((t.with("activity-event-status", [("status", status.into())]), None))
}

/// How long it took: `96 ms`, `10.0 s`.
pub(super) fn took(row: &MessageRow) -> Option<String> {
    let millis = row.duration_us? / 1000;
    Some(match millis {
        ..1 => "< 1 ms".to_owned(),
        1..1000 => format!("{millis} ms"),
        _ => format!("{}.{} s", millis / 1000, millis % 1000 / 100),
    })
}

/// Whether this operator can have it worked on again. What the portal says is repeated by its job.
pub(super) fn can_retry(operator: &Operator, row: &MessageRow) -> bool {
    let stopped = matches!(
        row.state,
        MessageState::Failed | MessageState::Dead | MessageState::Parked
    );
    stopped && row.direction == Direction::In && operator.require(Permission::ControlActivity).is_ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::{Language, MessageKind, OperatorRole, Platform, Timestamp};

    use crate::text::Zone;

    fn row(direction: Direction, state: MessageState) -> MessageRow {
        MessageRow {
            id: "018f0000-0000-7000-8000-000000000000".parse().unwrap(),
            direction,
            kind: MessageKind::Webhook,
            platform: Platform::Shopify,
            store_id: None,
            store_name: None,
            customer_id: None,
            customer_name: None,
            topic: "orders/updated".to_owned(),
            state,
            reason: None,
            status: None,
            order_id: None,
            order_number: None,
            job_id: None,
            attempt: 1,
            duration_us: None,
            created_at: Timestamp::EPOCH,
            finished_at: None,
        }
    }

    #[test]
    fn a_message_says_how_long_it_took() {
        let of = |micros| MessageRow {
            duration_us: Some(micros),
            ..row(Direction::Out, MessageState::Done)
        };
        let took = |micros| took(&of(micros)).unwrap();
        assert_eq!(
            [took(400), took(96_000), took(10_020_000)],
            ["< 1 ms", "96 ms", "10.0 s"]
        );
    }

    #[test]
    fn a_message_that_stopped_says_why() {
        let t = Text::new(Language::En, Zone::UTC, Timestamp::EPOCH);
        let failed = row(Direction::Out, MessageState::Failed);
        assert_eq!(why(t, &failed), None);
        let answered = MessageRow {
            status: Some(503),
            ..failed.clone()
        };
        assert!(why(t, &answered).unwrap().0.contains("503"));
        let reason = MessageRow {
            reason: Some("store-unauthorized".to_owned()),
            ..failed
        };
        let (sentence, remedy) = why(t, &reason).unwrap();
        assert!(sentence.contains("credentials") && remedy.unwrap().contains("again"));
    }

    #[test]
    fn only_webhooks_that_stopped_can_be_retried_and_only_by_those_who_control_activity() {
        let operator = |role| Operator {
            user: "018f0000-0000-7000-8000-000000000000".parse().unwrap(),
            name: String::new(),
            role,
        };
        let can = |role, direction, state| can_retry(&operator(role), &row(direction, state));
        assert!(can(OperatorRole::Operator, Direction::In, MessageState::Dead));
        assert!(!can(OperatorRole::Operator, Direction::In, MessageState::Done));
        assert!(!can(OperatorRole::Operator, Direction::Out, MessageState::Failed));
        assert!(!can(OperatorRole::Production, Direction::In, MessageState::Dead));
    }
}
