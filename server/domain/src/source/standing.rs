//! Where a line of a store's order stands before production: the rules of intake.

use super::SourceOrderState;
use crate::{OrderStatus, ReasonCode};

/// What decides about every line of an order.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct OrderStanding {
    /// How far the store has it.
    pub state: SourceOrderState,
    /// Whether it was placed to try something out.
    pub test: bool,
    /// Whether the customer has access to Storefronts.
    pub access: bool,
    /// Why nothing can be sent to its address.
    pub address: Option<ReasonCode>,
}

impl OrderStanding {
    /// The same for a line that the store may hold while others of the order are ready.
    #[must_use]
    pub fn of_line(self, held: bool) -> Self {
        let state = match self.state {
            SourceOrderState::Ready if held => SourceOrderState::Waiting,
            state => state,
        };
        Self { state, ..self }
    }
}

/// What decides about one line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LineStanding {
    /// Not made here.
    Ignored,
    /// Nobody has said what it is made of.
    NotConnected,
    /// What it is made of is not made any more.
    Retired,
    /// More or fewer than can be ordered.
    OutOfLimits,
    /// A print area has no design.
    DesignMissing,
    /// Its designs are being checked.
    DesignsWaiting,
    /// A design cannot be printed as it is.
    DesignRefused(ReasonCode),
    /// The buyer added something that its design does not show.
    Personalised,
    /// Nothing is missing.
    Ready,
}

/// The status of a line that production has not begun, and why it is no further. Nothing but what is given decides,
/// so that it does not matter in which order things became known.
pub fn stand(order: OrderStanding, line: LineStanding) -> (OrderStatus, Option<ReasonCode>) {
    use OrderStatus::{Cancelled, Created, Draft, Failed, NotConnected, OnHold, Received};
    if line == LineStanding::Ignored {
        let cancelled = order.state == SourceOrderState::Cancelled;
        return (Cancelled, cancelled.then_some(ReasonCode::CancelledAtStore));
    }
    match order.state {
        SourceOrderState::Cancelled => return (Cancelled, Some(ReasonCode::CancelledAtStore)),
        SourceOrderState::Fulfilled => return (Cancelled, Some(ReasonCode::FulfilledElsewhere)),
        _ if order.test => return (Draft, Some(ReasonCode::TestOrder)),
        SourceOrderState::Waiting => return (Draft, Some(ReasonCode::WaitingAtStore)),
        SourceOrderState::Ready => {}
    }
    match line {
        LineStanding::NotConnected => return (NotConnected, Some(ReasonCode::ProductNotConnected)),
        LineStanding::Retired => return (Failed, Some(ReasonCode::ProductRetired)),
        LineStanding::OutOfLimits => return (Failed, Some(ReasonCode::QuantityOutOfLimits)),
        _ => {}
    }
    if !order.access {
        return (OnHold, Some(ReasonCode::StorefrontsAccessOff));
    }
    if let Some(reason) = order.address {
        return (OnHold, Some(reason));
    }
    match line {
        LineStanding::DesignMissing => (OnHold, Some(ReasonCode::DesignMissing)),
        LineStanding::DesignRefused(reason) if reason == ReasonCode::DesignLowResolution => {
            (OnHold, Some(reason))
        }
        LineStanding::DesignRefused(reason) => (Failed, Some(reason)),
        LineStanding::DesignsWaiting => (Received, None),
        LineStanding::Personalised => (OnHold, Some(ReasonCode::DesignPersonalised)),
        _ => (Created, None),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const FINE: OrderStanding = OrderStanding {
        state: SourceOrderState::Ready,
        test: false,
        access: true,
        address: None,
    };

    #[test]
    fn what_stops_first_is_told_first() {
        let withheld = OrderStanding {
            address: Some(ReasonCode::AddressWithheld),
            ..FINE
        };
        for (order, line, status, reason) in [
            (FINE, LineStanding::Ready, OrderStatus::Created, None),
            (FINE, LineStanding::DesignsWaiting, OrderStatus::Received, None),
            (
                FINE,
                LineStanding::Personalised,
                OrderStatus::OnHold,
                Some(ReasonCode::DesignPersonalised),
            ),
            (
                withheld,
                LineStanding::NotConnected,
                OrderStatus::NotConnected,
                Some(ReasonCode::ProductNotConnected),
            ),
            (
                withheld,
                LineStanding::DesignMissing,
                OrderStatus::OnHold,
                Some(ReasonCode::AddressWithheld),
            ),
            (withheld, LineStanding::Ignored, OrderStatus::Cancelled, None),
        ] {
            assert_eq!(stand(order, line), (status, reason), "{line:?}");
        }
    }

    #[test]
    fn a_held_line_waits_whatever_the_others_do() {
        let waits = (OrderStatus::Draft, Some(ReasonCode::WaitingAtStore));
        assert_eq!(stand(FINE.of_line(true), LineStanding::Ready), waits);
        assert_eq!(
            stand(FINE.of_line(false), LineStanding::Ready).0,
            OrderStatus::Created
        );
        let cancelled = OrderStanding {
            state: SourceOrderState::Cancelled,
            ..FINE
        };
        let gone = (OrderStatus::Cancelled, Some(ReasonCode::CancelledAtStore));
        for line in [LineStanding::Ready, LineStanding::Ignored] {
            assert_eq!(stand(cancelled.of_line(true), line), gone);
        }
    }

    #[test]
    fn nothing_is_produced_that_the_store_does_not_want_produced() {
        let lines = [
            LineStanding::NotConnected,
            LineStanding::Ready,
            LineStanding::DesignsWaiting,
            LineStanding::DesignRefused(ReasonCode::DesignDamaged),
        ];
        let orders = [
            (SourceOrderState::Waiting, false, OrderStatus::Draft),
            (SourceOrderState::Ready, true, OrderStatus::Draft),
            (SourceOrderState::Cancelled, true, OrderStatus::Cancelled),
            (SourceOrderState::Fulfilled, false, OrderStatus::Cancelled),
        ];
        for line in lines {
            for (state, test, status) in orders {
                let order = OrderStanding { state, test, ..FINE };
                let (stands, reason) = stand(order, line);
                assert_eq!(stands, status, "{state:?}");
                assert!(reason.is_some());
            }
        }
    }
}
