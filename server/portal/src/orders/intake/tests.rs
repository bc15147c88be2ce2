//! Orders of stores coming in, on both engines.

use domain::source::{ExternalId, SourceAddress, SourceLine, SourceOrder, SourceOrderState};
use domain::{IgnoredBecause, LineKind, MappingState, OrderEventKind, OrderSource, OrderStatus, ReasonCode};
use rand::rngs::StdRng;
use rand::seq::SliceRandom as _;
use rand::{RngExt as _, SeedableRng as _};

use super::testing::{at, line, madrid, order};
use super::{Arrival, TakenIn, gone, ignore_line, take_back, take_in};
use crate::Refusal;
use crate::access::{Client, Operator, Scope, Viewer};
use crate::mapping;
use crate::orders::testing::{self, shop};
use crate::orders::{
    AddressForm, Advance, LineEdit, OrderDetail, OrderFilter, StoreChange, TimelineEvent, advance, cancel,
    edit_address, edit_line, find, hold, list, release, status_counts,
};
use crate::paging::Turn;
use crate::storage::sql;
use crate::stores::Store;
use crate::testing::{TestPortal, on_both};
use domain::id::{OrderId, StoreVariantId};

mod deleted;
mod designs;
mod late;
mod packs;
mod personal;
mod take_over;

struct Shop {
    client: Client,
    operator: Operator,
    store: Store,
}

async fn open(portal: &TestPortal) -> Shop {
    let (client, store) = shop(portal, "Estudio Garabato").await;
    testing::catalogue(portal).await;
    testing::connect(portal, &store, "pen", "pen").await;
    let operator = testing::operator(portal);
    Shop {
        client,
        operator,
        store,
    }
}

impl Shop {
    async fn take(&self, portal: &TestPortal, order: &SourceOrder) -> TakenIn {
        let arrival = Arrival {
            store: &self.store,
            source: OrderSource::Webhook,
            unconnected: true,
            placed_before: false,
            asked_at: portal.now(),
        };
        let mut tx = portal.db.begin().await.unwrap();
        let taken = take_in(portal, &mut tx, arrival, order).await.unwrap();
        tx.commit().await.unwrap();
        taken
    }

    fn viewer(&self) -> Viewer {
        Viewer::Client(self.client.clone())
    }
}

async fn detail(portal: &TestPortal, id: OrderId) -> OrderDetail {
    find(portal, &Scope::AllCustomers, id).await.unwrap()
}

fn status(detail: &OrderDetail) -> (OrderStatus, Option<ReasonCode>) {
    (detail.head.status, detail.head.reason)
}

#[tokio::test]
async fn an_order_comes_in_once_and_goes_to_production() {
    on_both(async |portal| {
        let shop = open(&portal).await;
        let taken = shop.take(&portal, &order("1001", 1)).await;
        let TakenIn::Created(id) = taken else {
            panic!("{taken:?}")
        };
        assert_eq!(
            shop.take(&portal, &order("1001", 1)).await,
            TakenIn::Unchanged(id)
        );
        assert_eq!(
            shop.take(&portal, &order("1001", 9)).await,
            TakenIn::Unchanged(id)
        );
        assert_eq!(shop.take(&portal, &order("1001", 5)).await, TakenIn::Older(id));
        let found = detail(&portal, id).await;
        assert_eq!(status(&found), (OrderStatus::Created, None));
        assert_eq!(found.head.external_id, "#1001");
        assert_eq!((found.head.item_count, found.lines[0].kind), (3, LineKind::Stock));
        assert_eq!(found.lines[0].product_uid.as_deref(), Some("pen"));
        assert_eq!(found.timeline.len(), 2, "{:?}", found.timeline);
        let mut conn = portal.db.read().await.unwrap();
        let counts = status_counts(&mut conn, &shop.client.scope(), None)
            .await
            .unwrap();
        assert_eq!((counts.of(OrderStatus::Created), counts.total()), (1, 1));
    })
    .await;
}

#[tokio::test]
async fn what_the_store_holds_back_is_not_produced() {
    on_both(async |portal| {
        let shop = open(&portal).await;
        let in_state = |id: &str, second, state| SourceOrder {
            state,
            ..order(id, second)
        };
        let waiting = in_state("1", 1, SourceOrderState::Waiting);
        let id = shop.take(&portal, &waiting).await.order().unwrap();
        let found = detail(&portal, id).await;
        assert_eq!(
            status(&found),
            (OrderStatus::Draft, Some(ReasonCode::WaitingAtStore))
        );
        shop.take(&portal, &order("1", 2)).await;
        assert_eq!(status(&detail(&portal, id).await), (OrderStatus::Created, None));
        for (order, expected) in [
            (
                SourceOrder {
                    test: true,
                    ..order("2", 1)
                },
                (OrderStatus::Draft, ReasonCode::TestOrder),
            ),
            (
                in_state("3", 1, SourceOrderState::Fulfilled),
                (OrderStatus::Cancelled, ReasonCode::FulfilledElsewhere),
            ),
            (
                in_state("1", 3, SourceOrderState::Cancelled),
                (OrderStatus::Cancelled, ReasonCode::CancelledAtStore),
            ),
        ] {
            let id = shop.take(&portal, &order).await.order().unwrap();
            assert_eq!(status(&detail(&portal, id).await), (expected.0, Some(expected.1)));
        }
        // Brought back at the store.
        shop.take(&portal, &order("1", 4)).await;
        assert_eq!(status(&detail(&portal, id).await), (OrderStatus::Created, None));
    })
    .await;
}

#[tokio::test]
async fn what_somebody_ignored_is_made_after_all_when_they_say_so() {
    on_both(async |portal| {
        let shop = open(&portal).await;
        let id = shop.take(&portal, &order("1", 1)).await.order().unwrap();
        let line = detail(&portal, id).await.lines[0].id;
        let viewer = shop.viewer();
        let refusal = take_back(&portal, &viewer, id, line).await.unwrap_err();
        assert!(matches!(refusal, Refusal::NotFound), "nobody ignored it");
        ignore_line(&portal, &viewer, id, line).await.unwrap();
        let found = detail(&portal, id).await;
        assert_eq!(
            found.head.status,
            OrderStatus::Cancelled,
            "nothing else was left to make"
        );
        let told = |found: &OrderDetail, kind| found.timeline.iter().any(|event| event.kind == kind);
        assert!(told(&found, OrderEventKind::LineIgnored));
        take_back(&portal, &viewer, id, line).await.unwrap();
        let found = detail(&portal, id).await;
        assert_eq!(status(&found), (OrderStatus::Created, None));
        assert!(told(&found, OrderEventKind::LineTakenBack));
    })
    .await;
}

#[tokio::test]
async fn lines_that_are_not_made_here_are_shown() {
    on_both(async |portal| {
        let shop = open(&portal).await;
        let mut order = order("1", 1);
        order.lines.push(SourceLine {
            ships: false,
            ..line("l2", "ebook", 1)
        });
        order.lines.push(line("l3", "pen", 0));
        let id = shop.take(&portal, &order).await.order().unwrap();
        let found = detail(&portal, id).await;
        assert_eq!(status(&found), (OrderStatus::Created, None));
        let because: Vec<_> = found.lines.iter().map(|line| line.ignored_because).collect();
        assert_eq!(
            because,
            [
                None,
                Some(IgnoredBecause::Digital),
                Some(IgnoredBecause::NothingLeft)
            ]
        );
        assert_eq!(found.head.item_count, 3);
        order.updated_at = at(2);
        order.lines[0].quantity = 1;
        order.lines[2].quantity = 2;
        shop.take(&portal, &order).await;
        let found = detail(&portal, id).await;
        assert_eq!(found.head.item_count, 3, "one refunded, two added");
        assert_eq!(found.lines[2].status, OrderStatus::Created);
    })
    .await;
}

#[tokio::test]
async fn what_the_store_sends_nothing_for_is_made_once_a_person_says_so() {
    on_both(async |portal| {
        let shop = open(&portal).await;
        let digital = |id: &str, second| {
            let mut order = order(id, second);
            order.lines.push(SourceLine {
                ships: false,
                ..line("l2", "ebook", 1)
            });
            order
        };
        let before = shop.take(&portal, &digital("1", 1)).await.order().unwrap();
        let (ebook, state): (StoreVariantId, MappingState) =
            sql("SELECT id, mapping_state FROM store_variants WHERE external_id = 'ebook-v'")
                .fetch_one(&mut portal.db.read().await.unwrap())
                .await
                .unwrap();
        assert_eq!(state, MappingState::Ignored, "nobody is asked about it");

        mapping::disconnect(&portal, &shop.viewer(), ebook).await.unwrap();
        testing::work(&portal).await;
        let after = shop.take(&portal, &digital("2", 2)).await.order().unwrap();
        let because = async |id| detail(&portal, id).await.lines[1].ignored_because;
        assert_eq!(because(before).await, Some(IgnoredBecause::Digital));
        assert_eq!(because(after).await, None);
        let found = detail(&portal, after).await;
        assert_eq!(found.lines[1].status, OrderStatus::NotConnected);

        mapping::ignore(&portal, &shop.viewer(), mapping::Ignore::Variant(ebook))
            .await
            .unwrap();
        testing::work(&portal).await;
        assert_eq!(because(after).await, Some(IgnoredBecause::Digital));
    })
    .await;
}

#[tokio::test]
async fn an_order_without_a_usable_address_waits_with_everything_kept() {
    on_both(async |portal| {
        let shop = open(&portal).await;
        let withheld = SourceOrder {
            address: None,
            address_withheld: true,
            ..order("1", 1)
        };
        let id = shop.take(&portal, &withheld).await.order().unwrap();
        let found = detail(&portal, id).await;
        assert_eq!(
            status(&found),
            (OrderStatus::OnHold, Some(ReasonCode::AddressWithheld))
        );
        let refusal = release(&portal, &Viewer::Operator(shop.operator.clone()), id)
            .await
            .unwrap_err();
        assert_eq!(testing::conflict_of(&refusal), "address-missing");
        let seen = AddressForm::of(&found.head).version();
        let typed = AddressForm {
            email: "casa@example.com".to_owned(),
            ..testing::address_form()
        };
        edit_address(&portal, &shop.viewer(), id, &typed, &seen)
            .await
            .unwrap();
        assert_eq!(status(&detail(&portal, id).await), (OrderStatus::Created, None));
        // What was typed stays when the order changes otherwise.
        let again = SourceOrder {
            note: Some("Gift\u{0}".to_owned()),
            updated_at: at(2),
            ..withheld
        };
        shop.take(&portal, &again).await;
        let found = detail(&portal, id).await;
        assert_eq!(
            (status(&found), found.head.city.as_str()),
            ((OrderStatus::Created, None), "Madrid")
        );

        assert_eq!(found.head.address_problem, None);
        assert_eq!(
            found.head.email.unwrap_or_default(),
            "casa@example.com",
            "nor is it told whom to write to"
        );

        // It is told beside what stops the order first.
        let unconnected = SourceOrder {
            address: None,
            lines: vec![line("l1", "mug", 1)],
            ..order("3", 1)
        };
        let id = shop.take(&portal, &unconnected).await.order().unwrap();
        let head = detail(&portal, id).await.head;
        assert_eq!(head.reason, Some(ReasonCode::ProductNotConnected));
        assert_eq!(head.address_problem, Some(ReasonCode::AddressIncomplete));
        let no_address = OrderFilter {
            no_address: true,
            ..OrderFilter::default()
        };
        let rows = list(&portal, &Scope::AllCustomers, &no_address, Turn::First, 25)
            .await
            .unwrap()
            .rows;
        assert_eq!(rows.iter().map(|row| row.id).collect::<Vec<_>>(), [id]);

        let mut odd = order("2", 1);
        odd.address = Some(SourceAddress {
            postcode: "1".to_owned(),
            ..madrid()
        });
        let id = shop.take(&portal, &odd).await.order().unwrap();
        let found = detail(&portal, id).await;
        assert_eq!(
            status(&found),
            (OrderStatus::OnHold, Some(ReasonCode::AddressIncomplete))
        );
        assert_eq!(
            (found.head.postcode.as_deref(), found.head.city.as_str()),
            (Some("1"), "Madrid")
        );
    })
    .await;
}

#[tokio::test]
async fn what_is_cancelled_at_the_store_keeps_its_pieces_though_the_store_takes_them_out() {
    on_both(async |portal| {
        let shop = open(&portal).await;
        let id = shop.take(&portal, &order("1", 1)).await.order().unwrap();
        let mut cancelled = order("1", 2);
        cancelled.state = SourceOrderState::Cancelled;
        cancelled.lines[0].quantity = 0;
        shop.take(&portal, &cancelled).await;
        let gone = (OrderStatus::Cancelled, Some(ReasonCode::CancelledAtStore));
        let found = detail(&portal, id).await;
        assert_eq!((status(&found), found.head.item_count), (gone, 3));
        cancelled.external_id = ExternalId::new("2");
        let never_seen = shop.take(&portal, &cancelled).await.order().unwrap();
        assert_eq!(status(&detail(&portal, never_seen).await), gone);
    })
    .await;
}

#[tokio::test]
async fn changes_are_followed_until_production_and_flagged_after() {
    on_both(async |portal| {
        let shop = open(&portal).await;
        let id = shop.take(&portal, &order("1", 1)).await.order().unwrap();
        let mut edited = order("1", 2);
        edited.lines = vec![line("l1", "pen", 2), line("l2", "pen", 5)];
        shop.take(&portal, &edited).await;
        let found = detail(&portal, id).await;
        assert_eq!(
            (found.head.item_count, found.head.status),
            (7, OrderStatus::Created)
        );

        let first = Advance {
            lines: vec![found.lines[0].id],
            to: Some(OrderStatus::InProduction),
        };
        advance(&portal, &shop.operator, id, &first).await.unwrap();
        let mut late = edited.clone();
        late.updated_at = at(3);
        late.lines[0].quantity = 1;
        late.lines[1].quantity = 4;
        shop.take(&portal, &late).await;
        let found = detail(&portal, id).await;
        let seen: Vec<_> = found
            .lines
            .iter()
            .map(|line| (line.quantity, line.status, line.reason))
            .collect();
        assert_eq!(
            seen,
            [
                (2, OrderStatus::OnHold, Some(ReasonCode::ChangedAfterProduction)),
                (4, OrderStatus::Created, None)
            ]
        );
        release(&portal, &Viewer::Operator(shop.operator.clone()), id)
            .await
            .unwrap();
        assert_eq!(
            detail(&portal, id).await.lines[0].status,
            OrderStatus::InProduction
        );
        late.updated_at = at(4);
        assert_eq!(shop.take(&portal, &late).await, TakenIn::Unchanged(id));
        late.updated_at = at(5);
        late.state = SourceOrderState::Cancelled;
        shop.take(&portal, &late).await;
        let found = detail(&portal, id).await;
        assert_eq!(found.lines[0].reason, Some(ReasonCode::CancelledAfterProduction));
        assert_eq!(found.lines[1].status, OrderStatus::Cancelled);
    })
    .await;
}

#[tokio::test]
async fn the_timeline_says_what_the_store_changed() {
    on_both(async |portal| {
        let shop = open(&portal).await;
        let before = SourceOrder {
            lines: vec![line("l1", "pen", 3), line("l2", "mug", 1)],
            ..order("1", 1)
        };
        let id = shop.take(&portal, &before).await.order().unwrap();
        let after = SourceOrder {
            updated_at: at(2),
            lines: vec![line("l1", "pen", 5), line("l3", "cap", 2)],
            note: Some("A gift".to_owned()),
            address: Some(SourceAddress {
                line1: "Calle Menor 2".to_owned(),
                ..madrid()
            }),
            ..before
        };
        shop.take(&portal, &after).await;
        let order = detail(&portal, id).await;
        let changed = |event: &&TimelineEvent| event.kind == OrderEventKind::ChangedAtStore;
        let event = order.timeline.iter().find(changed).unwrap();
        let title = str::to_owned;
        assert_eq!(
            event.detail.as_ref().unwrap().0.changes,
            [
                StoreChange::Quantity {
                    title: title("pen"),
                    from: 3,
                    to: 5
                },
                StoreChange::LineAdded {
                    title: title("cap"),
                    quantity: 2
                },
                StoreChange::LineRemoved { title: title("mug") },
                StoreChange::Address,
                StoreChange::Note,
            ]
        );
    })
    .await;
}

#[tokio::test]
async fn what_people_decided_stays() {
    on_both(async |portal| {
        let shop = open(&portal).await;
        let cancelled = shop.take(&portal, &order("1", 1)).await.order().unwrap();
        cancel(&portal, &shop.viewer(), cancelled).await.unwrap();
        let held = shop.take(&portal, &order("2", 1)).await.order().unwrap();
        hold(&portal, &shop.viewer(), held).await.unwrap();
        for id in ["1", "2"] {
            let changed = SourceOrder {
                lines: vec![line("l1", "pen", 9)],
                ..order(id, 2)
            };
            shop.take(&portal, &changed).await;
        }
        assert_eq!(
            detail(&portal, cancelled).await.head.status,
            OrderStatus::Cancelled
        );
        let found = detail(&portal, held).await;
        assert_eq!(
            status(&found),
            (OrderStatus::OnHold, Some(ReasonCode::HeldByPerson))
        );
        assert_eq!(found.lines[0].quantity, 9);
        release(&portal, &shop.viewer(), held).await.unwrap();
        assert_eq!(detail(&portal, held).await.head.status, OrderStatus::Created);
    })
    .await;
}

#[tokio::test]
async fn what_people_decided_stays_when_another_product_is_ordered_instead() {
    on_both(async |portal| {
        let shop = open(&portal).await;
        testing::connect(&portal, &shop.store, "poster", "poster_a3-silk").await;
        let cancelled = shop.take(&portal, &order("1", 1)).await.order().unwrap();
        cancel(&portal, &shop.viewer(), cancelled).await.unwrap();
        let held = shop.take(&portal, &order("2", 1)).await.order().unwrap();
        hold(&portal, &shop.viewer(), held).await.unwrap();
        for id in ["1", "2"] {
            let changed = SourceOrder {
                lines: vec![line("l1", "poster", 3)],
                ..order(id, 2)
            };
            shop.take(&portal, &changed).await;
        }
        assert_eq!(
            status(&detail(&portal, cancelled).await),
            (OrderStatus::Cancelled, None)
        );
        let found = detail(&portal, held).await;
        assert_eq!(
            status(&found),
            (OrderStatus::OnHold, Some(ReasonCode::HeldByPerson))
        );
        assert_eq!(found.lines[0].product_uid.as_deref(), Some("poster_a3-silk"));
        release(&portal, &shop.viewer(), held).await.unwrap();
        assert_eq!(
            status(&detail(&portal, held).await),
            (OrderStatus::OnHold, Some(ReasonCode::DesignMissing)),
            "nobody has accepted what the poster lacks"
        );
    })
    .await;
}

#[tokio::test]
async fn a_line_is_corrected_in_this_order_only() {
    on_both(async |portal| {
        let shop = open(&portal).await;
        let vase = |second, quantity| SourceOrder {
            address: None,
            lines: vec![line("l1", "vase", quantity)],
            ..order("1", second)
        };
        let id = shop.take(&portal, &vase(1, 2)).await.order().unwrap();
        let found = detail(&portal, id).await;
        assert_eq!(found.head.status, OrderStatus::NotConnected);
        let edit = LineEdit {
            product_uid: "pen".to_owned(),
            quantity: "5".to_owned(),
            ..LineEdit::default()
        };
        edit_line(&portal, &shop.viewer(), id, found.lines[0].id, &edit)
            .await
            .unwrap();
        let found = detail(&portal, id).await;
        assert_eq!(
            status(&found),
            (OrderStatus::OnHold, Some(ReasonCode::AddressIncomplete))
        );
        assert_eq!(
            (found.lines[0].title.as_str(), found.head.item_count),
            ("vase", 5)
        );
        let noted = SourceOrder {
            note: Some("Gift".to_owned()),
            ..vase(2, 2)
        };
        shop.take(&portal, &noted).await;
        assert_eq!(
            detail(&portal, id).await.lines[0].quantity,
            5,
            "the store says what it said before"
        );
        shop.take(&portal, &vase(3, 1)).await;
        assert_eq!(detail(&portal, id).await.lines[0].quantity, 1);
        let other = SourceOrder {
            lines: vec![line("l1", "vase", 1)],
            ..order("2", 1)
        };
        let other = shop.take(&portal, &other).await.order().unwrap();
        assert_eq!(
            detail(&portal, other).await.head.status,
            OrderStatus::NotConnected
        );
    })
    .await;
}

#[tokio::test]
async fn an_order_that_is_gone_at_its_store_is_cancelled() {
    on_both(async |portal| {
        let shop = open(&portal).await;
        let id = shop.take(&portal, &order("1", 1)).await.order().unwrap();
        let arrival = Arrival {
            store: &shop.store,
            source: OrderSource::Webhook,
            unconnected: true,
            placed_before: false,
            asked_at: portal.now(),
        };
        for (external_id, expected) in [("1", Some(TakenIn::Changed(id))), ("none", None)] {
            let mut tx = portal.db.begin().await.unwrap();
            let taken = gone(&portal, &mut tx, arrival, &ExternalId::new(external_id))
                .await
                .unwrap();
            tx.commit().await.unwrap();
            assert_eq!(taken, expected);
        }
        assert_eq!(
            detail(&portal, id).await.head.reason,
            Some(ReasonCode::CancelledAtStore)
        );
    })
    .await;
}

#[tokio::test]
async fn the_same_order_at_once_is_one_order() {
    on_both(async |portal| {
        let shop = open(&portal).await;
        let first = order("1", 1);
        let taken = futures::future::join_all((0..20).map(|_| shop.take(&portal, &first))).await;
        let created = taken
            .iter()
            .filter(|taken| matches!(taken, TakenIn::Created(_)))
            .count();
        assert_eq!(created, 1);
        let ids: std::collections::BTreeSet<_> = taken.iter().filter_map(|taken| taken.order()).collect();
        assert_eq!(ids.len(), 1);
    })
    .await;
}

/// A life of an order at its store: every state with a later time than the one before.
fn life(id: &str, random: &mut StdRng) -> Vec<SourceOrder> {
    let states = [
        SourceOrderState::Waiting,
        SourceOrderState::Ready,
        SourceOrderState::Ready,
        SourceOrderState::Fulfilled,
        SourceOrderState::Cancelled,
    ];
    let mut current = order(id, 0);
    (1..=random.random_range(2..6))
        .map(|second| {
            current.updated_at = at(second);
            current.state = states[random.random_range(0..states.len())];
            current.lines = (0..3)
                .map(|number| {
                    let product = ["pen", "pen", "vase"][random.random_range(0..3)];
                    line(&format!("l{number}"), product, random.random_range(0..3))
                })
                .collect();
            current.address = (random.random_range(0..4) > 0).then(madrid);
            current.clone()
        })
        .collect()
}

/// What must not depend on the order in which an order's states became known. How many pieces a cancelled order had is
/// what was read last before the store took them out of it.
fn outcome(detail: &OrderDetail) -> impl PartialEq + std::fmt::Debug + use<> {
    let counts = detail.head.status != OrderStatus::Cancelled;
    let lines: Vec<_> = detail
        .lines
        .iter()
        .map(|line| {
            (
                line.title.clone(),
                counts.then_some((line.kind, line.quantity)),
                line.status,
                line.reason,
            )
        })
        .collect();
    let head = &detail.head;
    (
        head.status,
        head.reason,
        head.city.clone(),
        counts.then_some(head.item_count),
        lines,
    )
}

#[tokio::test]
async fn any_order_of_arrival_ends_in_the_same_state() {
    on_both(async |portal| {
        let shop = open(&portal).await;
        let mut random = StdRng::seed_from_u64(7);
        for number in 0..30 {
            let life = life(&format!("{number}"), &mut random);
            let mut arrivals: Vec<&SourceOrder> = life.iter().chain(&life).collect();
            arrivals.shuffle(&mut random);
            let mut ids = std::collections::BTreeSet::new();
            for state in arrivals {
                ids.extend(shop.take(&portal, state).await.order());
            }
            assert_eq!(ids.len(), 1, "one order");
            let last = life.last().unwrap();
            let straight = SourceOrder {
                external_id: ExternalId::new(format!("{number}-straight")),
                ..last.clone()
            };
            let straight = shop.take(&portal, &straight).await.order().unwrap();
            let (shuffled, straight) = (
                detail(&portal, *ids.first().unwrap()).await,
                detail(&portal, straight).await,
            );
            assert_eq!(
                format!("{:?}", outcome(&shuffled)),
                format!("{:?}", outcome(&straight)),
                "{life:#?}"
            );
        }
        let mut conn = portal.db.read().await.unwrap();
        let counts = status_counts(&mut conn, &shop.client.scope(), None)
            .await
            .unwrap();
        assert_eq!(counts.total(), 60, "every order is counted once");
    })
    .await;
}

#[tokio::test]
async fn orders_from_before_the_store_was_connected_come_in_only_when_somebody_asks_for_them() {
    on_both(async |portal| {
        let shop = open(&portal).await;
        let old = SourceOrder {
            placed_at: at(-24 * 3600),
            ..order("1", 1)
        };
        assert_eq!(shop.take(&portal, &old).await, TakenIn::PlacedBefore);
        let ask_for = async |order: &SourceOrder| {
            let arrival = Arrival {
                store: &shop.store,
                source: OrderSource::Poll,
                unconnected: true,
                placed_before: true,
                asked_at: portal.now(),
            };
            let mut tx = portal.db.begin().await.unwrap();
            let taken = take_in(&portal, &mut tx, arrival, order).await.unwrap();
            tx.commit().await.unwrap();
            taken
        };
        let sent = SourceOrder {
            state: SourceOrderState::Fulfilled,
            ..old.clone()
        };
        assert_eq!(ask_for(&sent).await, TakenIn::OverAlready);
        let id = ask_for(&old).await.order().unwrap();
        // Once it is here it is followed like any other.
        let noted = SourceOrder {
            note: Some("Thank you!".to_owned()),
            updated_at: at(9),
            ..old
        };
        assert_eq!(shop.take(&portal, &noted).await, TakenIn::Changed(id));
    })
    .await;
}
