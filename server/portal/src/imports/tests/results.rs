//! What comes of a file.

use super::*;
use crate::testing::on_both;
use domain::{OrderSource, ReasonCode};

/// A thousand orders, seven of them with a wrong row.
fn with_seven_bad_rows() -> String {
    let mut rows: Vec<String> = (0..1000).map(|n| good(&format!("R-{n}"))).collect();
    rows[9] = "R-9,,Calle Mayor 1,Madrid,28013,ES,pen,2".into();
    rows[100] = "R-100,Ana,Calle Mayor 1,Madrid,2801,ES,pen,2".into();
    rows[200] = "R-200,Ana,Calle Mayor 1,Madrid,28013,Narnia,pen,2".into();
    rows[300] = "R-300,Ana,Calle Mayor 1,Madrid,28013,ES,pne,2".into();
    rows[400] = "R-400,Ana,Calle Mayor 1,Madrid,28013,ES,pen,0".into();
    rows[500] = "R-500,Ana,Calle Mayor 1,Madrid,28013,ES,pen,doce".into();
    rows[999] = ",Ana,Calle Mayor 1,Madrid,28013,ES,pen,2".into();
    csv(&rows)
}

#[tokio::test]
async fn of_a_thousand_orders_with_seven_bad_rows_993_are_created() {
    on_both(async |portal| {
        let (client, store) = shop(&portal).await;
        let text = with_seven_bad_rows();
        let id = checked(&portal, &client, store, &text).await;
        let preview = get(&portal, &client, id).await;
        assert_eq!(preview.state, ImportState::Ready);
        assert_eq!(counters(&preview), [1000, 7, 0, 993, 0, 0]);
        let bad = [
            "11 recipient required",
            "102 postcode invalid-postcode",
            "202 country unknown-country",
            "302 productUid unknown-product-uid-similar",
            "402 quantity quantity-too-small",
            "502 quantity quantity-not-whole",
            "1001 orderReferenceId required",
        ];
        assert_eq!(refused(&portal, &client, id).await, bad);
        let glances = listed(&portal, &client, id, RowFilter::Only(RowOutcome::Refused)).await;
        let glance = glances[5].glance.clone().unwrap();
        assert_eq!(
            [
                glance.reference,
                glance.recipient,
                glance.product_uid,
                glance.quantity
            ],
            ["R-500", "Ana", "pen", "doce"]
        );
        assert!(
            orders_of(&portal, store).await.is_empty(),
            "a preview creates nothing"
        );

        start(&portal, &client, id).await.unwrap();
        work(&portal).await;
        let done = get(&portal, &client, id).await;
        assert_eq!(
            (done.state, done.reason),
            (ImportState::PartlyFailed, Some(ReasonCode::ImportRowsRefused))
        );
        assert_eq!(counters(&done), [1000, 7, 0, 993, 993, 0]);
        assert_eq!(refused(&portal, &client, id).await, bad);
        assert_eq!(orders_of(&portal, store).await.len(), 993);
        let created = listed(&portal, &client, id, RowFilter::Only(RowOutcome::Created)).await;
        assert_eq!(created.len(), 993);
        let RowResult::Created(order) = created[0].result else {
            panic!("{:?}", created[0]);
        };
        let order = crate::orders::find(&portal, &client.scope(), order)
            .await
            .unwrap();
        assert_eq!(order.head.external_id, "R-0");
        assert_eq!(order.head.source, OrderSource::Csv);
        assert_eq!(
            order.timeline.last().unwrap().actor_name.as_deref(),
            Some("Lucía Ferrer")
        );
    })
    .await;
}

#[tokio::test]
async fn the_same_file_again_creates_nothing() {
    on_both(async |portal| {
        let (client, store) = shop(&portal).await;
        let text = orders_file(60);
        // Both are checked before either is imported.
        let ids = [
            checked(&portal, &client, store, &text).await,
            checked(&portal, &client, store, &text).await,
        ];
        for (id, created, unchanged) in [(ids[0], 60, 0), (ids[1], 0, 60)] {
            start(&portal, &client, id).await.unwrap();
            work(&portal).await;
            let done = get(&portal, &client, id).await;
            assert_eq!(done.state, ImportState::Succeeded);
            assert_eq!(counters(&done), [60, 0, 0, 60, created, unchanged]);
        }
        // From now on the preview knows.
        let id = checked(&portal, &client, store, &text).await;
        let preview = get(&portal, &client, id).await;
        assert_eq!(counters(&preview), [60, 0, 0, 0, 0, 60]);
        let there = listed(&portal, &client, id, RowFilter::Only(RowOutcome::Unchanged)).await;
        assert_eq!(there.len(), 60);
        let refusal = start(&portal, &client, id).await.unwrap_err();
        assert_eq!(testing::conflict_of(&refusal), "import-nothing-ready");
        assert_eq!(orders_of(&portal, store).await.len(), 60);
    })
    .await;
}

#[tokio::test]
async fn an_order_that_differs_from_the_one_that_is_there_is_refused() {
    on_both(async |portal| {
        let (client, store) = shop(&portal).await;
        let more = good("A").replace(",pen,2", ",pen,3");
        let changed = csv(&[more.clone(), good("B"), good("A")]);
        // Checked while the store has no such order, imported when it has.
        let early = checked(&portal, &client, store, &changed).await;
        assert_eq!(counters(&get(&portal, &client, early).await), [3, 0, 0, 2, 0, 0]);
        imported(&portal, &client, store, &csv(&[good("A")])).await;
        start(&portal, &client, early).await.unwrap();
        work(&portal).await;
        let done = get(&portal, &client, early).await;
        assert_eq!(done.state, ImportState::PartlyFailed);
        assert_eq!(counters(&done), [3, 1, 1, 2, 1, 0]);
        let differing = ["2  order-differs", "4  order-has-bad-row"];
        assert_eq!(refused(&portal, &client, early).await, differing);

        let late = checked(&portal, &client, store, &changed).await;
        assert_eq!(counters(&get(&portal, &client, late).await), [3, 1, 1, 0, 0, 1]);
        assert_eq!(refused(&portal, &client, late).await, differing);
        assert_eq!(orders_of(&portal, store).await.len(), 2);
    })
    .await;
}

#[tokio::test]
async fn the_file_of_refused_rows_has_every_order_that_differs_before_the_import_runs() {
    on_both(async |portal| {
        let (client, store) = shop(&portal).await;
        imported(&portal, &client, store, &orders_file(1_100)).await;
        let changed = orders_file(1_100).replace(",pen,2", ",pen,3") + &good("new") + "\n";
        let id = checked(&portal, &client, store, &changed).await;
        assert_eq!(
            counters(&get(&portal, &client, id).await),
            [1101, 1100, 0, 1, 0, 0]
        );
        let rows = written(&portal, &client, id, ReportKind::Refused).await;
        assert_eq!(rows.matches("row order-differs").count(), 1_100);
        assert!(!rows.contains("new"));
    })
    .await;
}

#[tokio::test]
async fn result_files_tell_every_row_and_can_be_imported() {
    on_both(async |portal| {
        let (client, store) = shop(&portal).await;
        let bad = good("B").replace(",pen,2", ",pen,'=x");
        let text = csv(&[good("A"), bad, good("B"), good("C")]);
        let id = checked(&portal, &client, store, &text).await;
        let quoted = |cells: &str| {
            let cells: Vec<String> = cells.split(',').map(|cell| format!("\"{cell}\"")).collect();
            cells.join(",") + "\r\n"
        };
        let row = |cells: &str, quantity: &str| {
            quoted(&format!(
                "{cells},Ana Ruiz,Calle Mayor 1,Madrid,28013,ES,pen,{quantity}"
            ))
        };
        let errors = quoted(&format!("reason,{HEADER}"))
            + &row("quantity quantity-not-whole,B", "'=x")
            + &row("row order-has-bad-row,B", "2");
        assert_eq!(written(&portal, &client, id, ReportKind::Refused).await, errors);
        let outcomes = written(&portal, &client, id, ReportKind::Everything).await;
        assert!(outcomes.contains(&row("waiting,,,A", "2")), "{outcomes}");

        start(&portal, &client, id).await.unwrap();
        work(&portal).await;
        assert_eq!(written(&portal, &client, id, ReportKind::Refused).await, errors);
        let everything = quoted(&format!("outcome,importedAs,reason,{HEADER}"))
            + &row("created,LP-1,,A", "2")
            + &row("refused,,quantity quantity-not-whole,B", "'=x")
            + &row("refused,,row order-has-bad-row,B", "2")
            + &row("created,LP-2,,C", "2");
        let prefix = &portal.settings.brand.order_prefix;
        assert_eq!(
            written(&portal, &client, id, ReportKind::Everything).await,
            everything.replace("LP-", prefix)
        );

        // Corrected as it came.
        let again = imported(&portal, &client, store, &errors.replace("'=x", "7")).await;
        assert_eq!(counters(&get(&portal, &client, again).await), [2, 0, 0, 1, 1, 0]);
        let ignored = get(&portal, &client, again)
            .await
            .dialect
            .unwrap()
            .0
            .ignored_columns;
        assert_eq!(ignored, ["reason"]);
    })
    .await;
}

#[tokio::test]
async fn only_the_first_problems_are_kept_but_all_are_counted_and_written() {
    on_both(async |portal| {
        let (client, store) = shop(&portal).await;
        let rows: Vec<String> = (0..1_200)
            .map(|n| good(&format!("R-{n}")).replace(",pen,", ",pne,"))
            .collect();
        let id = checked(&portal, &client, store, &csv(&rows)).await;
        assert_eq!(
            counters(&get(&portal, &client, id).await),
            [1_200, 1_200, 0, 0, 0, 0]
        );
        assert_eq!(refused(&portal, &client, id).await.len(), 1_000);
        let written = written(&portal, &client, id, ReportKind::Refused).await;
        assert_eq!(written.lines().count(), 1_201);
        assert!(written.ends_with(
            "\"R-1199\",\"Ana Ruiz\",\"Calle Mayor 1\",\"Madrid\",\"28013\",\"ES\",\"pne\",\"2\"\r\n"
        ));
    })
    .await;
}

#[tokio::test]
async fn rows_come_page_by_page() {
    on_both(async |portal| {
        let (client, store) = shop(&portal).await;
        let mut lines: Vec<String> = (0..10).map(|n| good(&format!("R-{n}"))).collect();
        // Two problems in each of three rows.
        for index in [2, 5, 8] {
            lines[index] = lines[index].replace("Ana Ruiz", "").replace(",pen,", ",,");
        }
        let id = checked(&portal, &client, store, &csv(&lines)).await;
        let page = async |filter, turn| {
            let slice = rows(&portal, &client.scope(), id, filter, turn, 2).await.unwrap();
            let lines: Vec<i64> = slice.rows.iter().map(|row| row.line).collect();
            (lines, slice.has_previous, slice.has_next)
        };
        let bad = RowFilter::Only(RowOutcome::Refused);
        assert_eq!(page(bad, Turn::First).await, (vec![4, 7], false, true));
        assert_eq!(page(bad, Turn::After(7)).await, (vec![10], true, false));
        assert_eq!(page(bad, Turn::Before(10)).await, (vec![4, 7], false, true));
        assert_eq!(
            page(RowFilter::All, Turn::After(3)).await,
            (vec![4, 5], true, true)
        );
        assert_eq!(
            page(RowFilter::Right, Turn::After(3)).await,
            (vec![5, 6], true, true)
        );
        let first = &listed(&portal, &client, id, bad).await[0];
        assert!(matches!(&first.result, RowResult::Refused(problems) if problems.len() == 2));
    })
    .await;
}
