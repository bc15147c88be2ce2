//! The statuses of orders and their lines, and how one may follow another.

use crate::word::{Status, Tone, words};

words! {
    /// The status of an order or of one of its lines.
    pub enum OrderStatus {
        /// Being written; not sent yet.
        Draft = "draft", "draft";
        /// Came in; not checked yet.
        Received = "received", "received";
        /// A line names a product that is not connected to the catalogue.
        NotConnected = "not_connected", "not-connected";
        /// Stopped by a person or a rule.
        OnHold = "on_hold", "on-hold";
        /// Waits for somebody of the customer to approve it.
        PendingApproval = "pending_approval", "pending-approval";
        /// Products, files, address and shipping method are fine.
        Passed = "passed", "passed";
        /// Something is wrong with it; its reason code says what.
        Failed = "failed", "failed";
        /// Handed to production.
        Created = "created", "created";
        /// Production has begun.
        InProduction = "in_production", "in-production";
        /// Printed.
        Printed = "printed", "printed";
        /// Packaged.
        Packaged = "packaged", "packaged";
        /// Given to the carrier.
        Shipped = "shipped", "shipped";
        /// Seen by the carrier on its way.
        InTransit = "in_transit", "in-transit";
        /// Arrived.
        Delivered = "delivered", "delivered";
        /// Came back.
        Returned = "returned", "returned";
        /// Will not be made.
        Cancelled = "cancelled", "cancelled";
    }
}

use OrderStatus::{
    Cancelled, Created, Delivered, Draft, Failed, InProduction, InTransit, NotConnected, OnHold, Packaged,
    Passed, PendingApproval, Printed, Received, Returned, Shipped,
};

/// Statuses from the least to the most advanced. What stopped comes first: it cannot go on by itself, so an order
/// with such a line is not further than that line.
const PROGRESS: [OrderStatus; 15] = [
    Draft,
    Failed,
    NotConnected,
    OnHold,
    Received,
    Passed,
    PendingApproval,
    Created,
    InProduction,
    Printed,
    Packaged,
    Shipped,
    InTransit,
    Delivered,
    Returned,
];

/// The way of an order that nothing stops.
const RUN: [OrderStatus; 9] = [
    Received,
    Passed,
    Created,
    InProduction,
    Printed,
    Packaged,
    Shipped,
    InTransit,
    Delivered,
];

impl OrderStatus {
    /// The statuses that may follow this one: the one table of legal transitions.
    ///
    /// In production, steps may be skipped forward (not every shop records each one) and repeated (a reprint).
    pub const fn followers(self) -> &'static [Self] {
        match self {
            Draft => &[Received, Cancelled],
            Received => &[NotConnected, OnHold, PendingApproval, Passed, Failed, Cancelled],
            NotConnected => &[Received, OnHold, Passed, Failed, Cancelled],
            OnHold => &[
                Received,
                PendingApproval,
                Passed,
                Created,
                InProduction,
                Failed,
                Cancelled,
            ],
            PendingApproval => &[OnHold, Passed, Created, Failed, Cancelled],
            Passed => &[OnHold, PendingApproval, Created, Failed, Cancelled],
            Failed => &[Received, OnHold, Cancelled],
            // A design given now is checked before anybody prints it.
            Created => &[
                Received,
                OnHold,
                InProduction,
                Printed,
                Packaged,
                Shipped,
                Failed,
                Cancelled,
            ],
            InProduction => &[OnHold, Printed, Packaged, Shipped, Failed, Cancelled],
            Printed => &[OnHold, InProduction, Packaged, Shipped, Failed, Cancelled],
            Packaged => &[OnHold, InProduction, Shipped, Failed, Cancelled],
            Shipped => &[InTransit, Delivered, Returned],
            InTransit => &[Delivered, Returned],
            Delivered => &[Returned],
            Returned | Cancelled => &[],
        }
    }

    /// Whether this status may be followed by `next`.
    pub fn may_become(self, next: Self) -> bool {
        self.followers().contains(&next)
    }

    /// The next step on the way of an order that nothing stops: what *Move to the next status* does.
    pub fn next(self) -> Option<Self> {
        let here = RUN.iter().position(|status| *status == self)?;
        RUN.get(here + 1).copied()
    }

    /// Whether nothing more is expected to happen: delivered, returned or cancelled.
    pub const fn is_finished(self) -> bool {
        matches!(self, Delivered | Returned | Cancelled)
    }

    /// Statuses in which nothing is to be made or sent any more: all of it has left, or is not wanted.
    pub const NOTHING_TO_SEND: [Self; 5] = [Shipped, InTransit, Delivered, Returned, Cancelled];

    /// Whether production has not taken it yet, so that address, files, products and quantities may still change. What
    /// is on hold may have been stopped in production: where it was before decides then.
    pub const fn is_editable(self) -> bool {
        matches!(
            self,
            Draft | Received | NotConnected | OnHold | PendingApproval | Passed | Failed
        )
    }

    /// Whether a person must act for it to go on.
    pub const fn needs_attention(self) -> bool {
        matches!(self, NotConnected | OnHold | PendingApproval | Failed | Returned)
    }

    /// How advanced it is, from 0; nothing for cancelled, which is off the way.
    pub fn progress(self) -> Option<usize> {
        PROGRESS.iter().position(|status| *status == self)
    }

    /// The status of an order: that of its least advanced line that is not cancelled. With every line cancelled
    /// the order is; without lines it is a draft.
    pub fn of_order(lines: impl IntoIterator<Item = Self>) -> Self {
        let mut lines = lines.into_iter().peekable();
        if lines.peek().is_none() {
            return Draft;
        }
        lines
            .filter_map(Self::progress)
            .min()
            .map_or(Cancelled, |least| PROGRESS[least])
    }
}

impl Status for OrderStatus {
    const SET: &'static str = "order";

    fn slug(self) -> &'static str {
        Self::slug(self)
    }

    fn tone(self) -> Tone {
        match self {
            Draft | Cancelled => Tone::Neutral,
            Received | Passed | Created | Shipped | InTransit => Tone::Info,
            InProduction | Printed | Packaged => Tone::Press,
            Delivered => Tone::Success,
            NotConnected | OnHold | PendingApproval | Returned => Tone::Warning,
            Failed => Tone::Danger,
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use proptest::sample::select;

    use super::*;
    use crate::word::assert_words;

    fn any_status() -> impl Strategy<Value = OrderStatus> {
        select(OrderStatus::ALL)
    }

    #[test]
    fn every_word_reads_back() {
        assert_words!(OrderStatus);
    }

    #[test]
    fn a_smooth_order_runs_from_received_to_delivered() {
        let run: Vec<_> = std::iter::successors(Some(Received), |status| status.next()).collect();
        assert_eq!(run, RUN);
        assert!(run.windows(2).all(|step| step[0].may_become(step[1])));
        assert_eq!(OnHold.next(), None);
    }

    #[test]
    fn what_can_still_be_cancelled_is_to_be_made_or_sent() {
        for status in OrderStatus::ALL {
            let nothing = OrderStatus::NOTHING_TO_SEND.contains(status);
            assert_eq!(status.may_become(Cancelled), !nothing, "{status}");
        }
    }

    #[test]
    fn only_cancelled_is_off_the_way() {
        for status in OrderStatus::ALL {
            assert_eq!(status.progress().is_none(), *status == Cancelled);
        }
    }

    #[test]
    fn the_order_is_where_its_slowest_line_is() {
        assert_eq!(
            OrderStatus::of_order([Shipped, InProduction, Cancelled]),
            InProduction
        );
        assert_eq!(OrderStatus::of_order([Packaged, Failed]), Failed);
        assert_eq!(OrderStatus::of_order([Cancelled, Cancelled]), Cancelled);
        assert_eq!(OrderStatus::of_order([]), Draft);
    }

    proptest! {
        #[test]
        fn no_status_follows_itself_and_every_status_can_end(status in any_status()) {
            prop_assert!(!status.may_become(status));
            let mut reached = vec![status];
            let mut at = 0;
            while at < reached.len() {
                for next in reached[at].followers() {
                    if !reached.contains(next) {
                        reached.push(*next);
                    }
                }
                at += 1;
            }
            prop_assert!(reached.iter().any(|end| end.followers().is_empty()));
        }

        #[test]
        fn what_was_shipped_never_goes_back_to_the_press(start in select(&[Shipped, InTransit, Delivered, Returned][..])) {
            for next in start.followers() {
                prop_assert!(next.progress() > start.progress());
            }
        }

        #[test]
        fn tones_say_who_must_act(status in any_status()) {
            let calls = matches!(status.tone(), Tone::Warning | Tone::Danger);
            prop_assert_eq!(status.needs_attention(), calls);
        }

        #[test]
        fn the_roll_up_is_one_of_the_lines_and_ignores_their_order(
            mut lines in prop::collection::vec(any_status(), 1..8)
        ) {
            let order = OrderStatus::of_order(lines.iter().copied());
            prop_assert!(lines.contains(&order));
            lines.reverse();
            prop_assert_eq!(OrderStatus::of_order(lines.iter().copied()), order);
            lines.push(Cancelled);
            prop_assert_eq!(OrderStatus::of_order(lines.iter().copied()), order);
        }

        #[test]
        fn moving_a_line_forward_never_moves_the_order_back(
            lines in prop::collection::vec(select(&RUN[..]), 1..6), at in any::<prop::sample::Index>()
        ) {
            let before = OrderStatus::of_order(lines.iter().copied());
            let mut moved = lines;
            let at = at.index(moved.len());
            if let Some(next) = moved[at].next() {
                moved[at] = next;
            }
            prop_assert!(OrderStatus::of_order(moved).progress() >= before.progress());
        }
    }
}
