//! Which browsers somebody is known by, and what they are told of others.

use std::time::Duration;

use super::*;
use crate::accounts::arrival::{Arrival, note};
use crate::testing::on_both;

const FIREFOX: &str = "Mozilla/5.0 (X11; Linux x86_64; rv:145.0) Gecko/20100101 Firefox/145.0";

async fn arrive(portal: &Portal, user: UserId, token: Option<&str>) -> String {
    let arrival = Arrival {
        token,
        user_agent: Some(FIREFOX),
        address: HOME,
    };
    note(portal, user, arrival).await.unwrap()
}

#[tokio::test]
async fn a_browser_not_seen_before_is_told_in_the_persons_language() {
    on_both(async |portal| {
        let user = administrator(&portal).await.user;
        let known = arrive(&portal, user, None).await;
        assert_eq!(arrive(&portal, user, Some(&known)).await, known);
        work(&portal).await;
        assert!(
            portal.mailbox.sent().is_empty(),
            "the first one, and the same again"
        );
        let (last,): (Option<domain::Timestamp>,) = sql("SELECT last_login_at FROM users")
            .fetch_one(&mut portal.db.read().await.unwrap())
            .await
            .unwrap();
        assert_eq!(last, Some(portal.now()));

        let other = arrive(&portal, user, Some("not a token")).await;
        assert_ne!(other, known);
        work(&portal).await;
        let mail = portal.mailbox.sent().pop().unwrap();
        let text = &mail.content.paragraphs[1];
        assert!(
            text.contains("Firefox en Linux") && text.contains("192.0.2.1"),
            "{text}"
        );
        arrive(&portal, user, Some(&other)).await;
        work(&portal).await;
        assert_eq!(portal.mailbox.sent().len(), 1);

        let rows: Vec<(Vec<u8>,)> = sql("SELECT token_hash FROM known_devices")
            .fetch_all(&mut portal.db.read().await.unwrap())
            .await
            .unwrap();
        assert!(rows.len() == 2 && rows.iter().all(|(hash,)| hash.len() == 32));
    })
    .await;
}

#[tokio::test]
async fn the_browsers_used_last_are_remembered() {
    on_both(async |portal| {
        let user = administrator(&portal).await.user;
        let mut tokens = Vec::new();
        for _ in 0..12 {
            portal.clock.advance(Duration::from_mins(1));
            tokens.push(arrive(&portal, user, None).await);
        }
        let (known,): (i64,) = sql("SELECT COUNT(*) FROM known_devices")
            .fetch_one(&mut portal.db.read().await.unwrap())
            .await
            .unwrap();
        assert_eq!(known, 10);
        work(&portal).await;
        let mails = portal.mailbox.sent().len();
        arrive(&portal, user, Some(&tokens[11])).await;
        work(&portal).await;
        assert_eq!(portal.mailbox.sent().len(), mails);
        arrive(&portal, user, Some(&tokens[0])).await;
        work(&portal).await;
        assert_eq!(portal.mailbox.sent().len(), mails + 1, "forgotten, and so told");
    })
    .await;
}
