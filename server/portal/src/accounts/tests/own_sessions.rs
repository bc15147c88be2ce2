//! Where somebody is logged in.

use std::time::Duration;

use super::*;
use crate::accounts::profile::change_password;
use crate::testing::on_both;

#[tokio::test]
async fn people_see_their_sessions_and_end_them() {
    on_both(async |portal| {
        let user = administrator(&portal).await.user;
        let other = UserId(portal.entropy.id());
        session(&portal, user, b"this").await;
        portal.clock.advance(Duration::from_mins(1));
        session(&portal, user, b"phone").await;
        session(&portal, user, b"office").await;
        let between_the_steps = SessionRecord {
            user: Some(user),
            data: "{}".to_owned(),
            expires_at: portal.now() + Duration::from_mins(10),
            log_in: None,
        };
        sessions::create(&portal, b"half", &between_the_steps)
            .await
            .unwrap();
        let own = sessions::list(&portal, user, b"this").await.unwrap();
        assert_eq!(own.len(), 3, "who has only given a password is not logged in");
        assert!(own[0].is_this && !own[1].is_this && !own[2].is_this);
        assert_eq!(own[0].device.browser, Some("Firefox"));
        assert_eq!(own[0].address.as_deref(), Some("192.0.2.1"));
        assert_eq!(own[1].since, portal.now());

        sessions::end_own(&portal, other, &own[1].handle).await.unwrap();
        sessions::end_own(&portal, user, "nonsense").await.unwrap();
        assert_eq!(sessions::list(&portal, user, b"this").await.unwrap().len(), 3);
        sessions::end_own(&portal, user, &own[1].handle).await.unwrap();
        assert_eq!(sessions::list(&portal, user, b"this").await.unwrap().len(), 2);

        let new = OTHER_PASSWORD.to_owned();
        change_password(&portal, user, b"this", PASSWORD.to_owned(), new, HOME)
            .await
            .unwrap();
        let left = sessions::list(&portal, user, b"this").await.unwrap();
        assert!(left.len() == 1 && left[0].is_this);
        assert!(
            !is_alive(&portal, b"half").await,
            "nor does the old password go on to a code"
        );
        session(&portal, user, b"phone").await;
        sessions::end_others(&portal, user, b"this").await.unwrap();
        assert!(is_alive(&portal, b"this").await && !is_alive(&portal, b"phone").await);
    })
    .await;
}
