//! Large result files.

use std::time::Duration;

use super::*;
use crate::access::Scope;
use crate::testing::on_both;

fn say(said: Said<'_>) -> String {
    match said {
        Said::Outcome(outcome) => outcome.map_or("waiting", RowOutcome::as_str).to_owned(),
        _ => String::new(),
    }
}

#[tokio::test]
async fn a_result_file_tells_every_row_of_a_long_import() {
    on_both(async |portal| {
        let (client, store) = shop(&portal).await;
        let id = imported(&portal, &client, store, &orders_file(1_100)).await;
        let text = written(&portal, &client, id, ReportKind::Everything).await;
        let wrong: Vec<&str> = (1..)
            .zip(text.lines().skip(1))
            .filter(|(number, line)| !line.starts_with(&format!("\"created\",\"LP-{number}\",")))
            .map(|(_, line)| line)
            .collect();
        assert_eq!(wrong, Vec::<&str>::new());
        assert_eq!(text.lines().count(), 1_101);
    })
    .await;
}

/// On a runtime with three threads for work that blocks.
#[test]
fn whoever_does_not_fetch_a_result_file_keeps_no_thread() {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .max_blocking_threads(3)
        .enable_all()
        .build()
        .unwrap();
    runtime.block_on(on_both(async |portal| {
        let (client, store) = shop(&portal).await;
        let id = checked(&portal, &client, store, &orders_file(8_000)).await;
        let mut reports = Vec::new();
        for _ in 0..5 {
            let writing = report(&portal, &Scope::AllCustomers, id, ReportKind::Everything, say);
            reports.push(writing.await.unwrap());
        }
        let last = reports.pop().unwrap();
        let pieces = tokio::time::timeout(Duration::from_mins(1), last.body.try_collect::<Vec<_>>());
        let pieces = pieces.await.expect("no thread is left to write it").unwrap();
        let text = String::from_utf8(pieces.concat()).unwrap();
        assert_eq!(text.lines().count(), 8_001);
    }));
}
