//! Coming in without the phone.

use super::*;

#[tokio::test]
async fn recovery_codes_work_once_each_and_their_use_is_told() {
    on_both(async |portal| {
        let operator = administrator(&portal).await;
        let user = operator.user;
        let (_, codes) = switched_on(&portal, user).await;
        let all: Vec<String> = codes.iter().map(str::to_owned).collect();
        let typed = all[0].to_lowercase().replace('-', " ");
        check(&portal, user, &typed, HOME).await.unwrap();
        assert_eq!(
            code(check(&portal, user, &all[0], HOME).await),
            "secret_code: wrong-recovery-code"
        );
        assert_eq!(
            two_factor::find(&portal, user).await.unwrap().unwrap().codes_left,
            9
        );
        work(&portal).await;
        let mail = portal.mailbox.sent().pop().unwrap();
        assert!(
            mail.content.paragraphs[1].contains("Te quedan 9"),
            "{:?}",
            mail.content
        );
        assert!(mail.content.action.url.ends_with("/account/security"));

        let rows: Vec<(Vec<u8>,)> = sql("SELECT code_hash FROM recovery_codes")
            .fetch_all(&mut portal.db.read().await.unwrap())
            .await
            .unwrap();
        assert!(
            rows.iter().all(|(hash,)| hash.len() == 32),
            "only hashes are kept"
        );

        let refused = two_factor::renew(&portal, user, Proof::given(None)).await;
        assert!(matches!(refused, Err(Refusal::Unproved)));
        let renewed = two_factor::renew(&portal, user, fresh(&portal)).await.unwrap();
        assert_eq!(
            code(check(&portal, user, &all[1], HOME).await),
            "secret_code: wrong-recovery-code"
        );
        check(&portal, user, renewed.iter().last().unwrap(), HOME)
            .await
            .unwrap();
    })
    .await;
}

#[tokio::test]
async fn codes_that_wait_to_be_shown_open_for_their_person_only() {
    on_both(async |portal| {
        let user = administrator(&portal).await.user;
        let (_, codes) = switched_on(&portal, user).await;
        let sealed = codes.seal(&portal, user).unwrap();
        assert!(!codes.iter().any(|code| sealed.contains(code)));
        assert_eq!(RecoveryCodes::open(&portal, user, &sealed), Some(codes));
        let other = UserId(portal.entropy.id());
        assert_eq!(RecoveryCodes::open(&portal, other, &sealed), None);
        assert_eq!(RecoveryCodes::open(&portal, user, "nonsense"), None);
    })
    .await;
}
