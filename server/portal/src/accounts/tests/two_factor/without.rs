//! Doing without a second step: whoever may, and whose is taken.

use domain::{AuditAction, OperatorRole};

use super::*;
use crate::accounts::current::{Standing, standing};
use crate::settings::{SecuritySettings, Settings};
use crate::{audit, team};

/// The same portal, whose operators need a second step.
fn strict(portal: &Portal) -> Portal {
    let security = SecuritySettings {
        operators_need_two_factor: true,
    };
    Portal {
        settings: std::sync::Arc::new(Settings {
            security,
            ..Settings::clone(&portal.settings)
        }),
        ..portal.clone()
    }
}

#[tokio::test]
async fn switching_off_takes_password_and_code_and_is_told() {
    on_both(async |portal| {
        let user = administrator(&portal).await.user;
        let off = async |portal: &Portal, password: &str, typed: &str| {
            two_factor::switch_off(portal, user, password.to_owned(), typed, HOME).await
        };
        assert_eq!(code(off(&portal, PASSWORD, "123456").await), "two-factor-is-off");
        let (key, _) = switched_on(&portal, user).await;
        portal.clock.advance(STEP);
        assert_eq!(
            code(off(&portal, "", "").await),
            "password: required, secret_code: required"
        );
        let right = key.code_at(portal.now());
        assert_eq!(
            code(off(&portal, OTHER_PASSWORD, &right).await),
            "password: wrong-password"
        );
        assert_eq!(
            code(off(&portal, PASSWORD, "000000").await),
            "secret_code: wrong-code"
        );
        let strict = strict(&portal);
        assert_eq!(code(off(&strict, PASSWORD, &right).await), "two-factor-needed");
        off(&portal, PASSWORD, &right).await.unwrap();
        assert!(two_factor::find(&portal, user).await.unwrap().is_none());
        assert_eq!(told(&portal, MailKind::TwoFactorOff).await, 1);
        assert!(matches!(
            check(&portal, user, &right, HOME).await,
            Err(Refusal::NotFound)
        ));
    })
    .await;
}

#[tokio::test]
async fn operators_who_need_a_second_step_are_nobody_until_they_have_one() {
    on_both(async |portal| {
        let operator = administrator(&portal).await;
        let strict = strict(&portal);
        let stands = async || standing(&strict, operator.user, None).await.unwrap().unwrap();
        assert!(matches!(stands().await, Standing::Unprotected(person) if person.id == operator.user));
        switched_on(&portal, operator.user).await;
        assert!(matches!(stands().await, Standing::Settled(_)));

        let (_, token) = invited(&portal, &operator, "Garabato", LUCIA).await;
        let client = accepted(&portal, &token).await;
        let client = standing(&strict, client, None).await.unwrap();
        assert!(
            matches!(client, Some(Standing::Settled(_))),
            "asked of operators only"
        );
    })
    .await;
}

#[tokio::test]
async fn an_administrator_resets_a_colleague_and_an_operator_somebody_of_a_customer() {
    on_both(async |portal| {
        let operator = administrator(&portal).await;
        let (customer, token) = invited(&portal, &operator, "Garabato", LUCIA).await;
        let client = accepted(&portal, &token).await;
        switched_on(&portal, client).await;
        session(&portal, client, b"client").await;
        let reset = async |operator: &Operator, proof, customer| {
            two_factor::reset_of_client(&portal, operator, proof, customer, client).await
        };
        let production = Operator {
            role: OperatorRole::Production,
            ..operator.clone()
        };
        let elsewhere = CustomerId(portal.entropy.id());
        assert!(matches!(
            reset(&production, fresh(&portal), customer).await,
            Err(Refusal::Forbidden)
        ));
        assert!(matches!(
            reset(&operator, Proof::given(None), customer).await,
            Err(Refusal::Unproved)
        ));
        assert!(matches!(
            reset(&operator, fresh(&portal), elsewhere).await,
            Err(Refusal::NotFound)
        ));
        assert!(is_alive(&portal, b"client").await);
        reset(&operator, fresh(&portal), customer).await.unwrap();
        assert!(!is_alive(&portal, b"client").await);
        assert_eq!(told(&portal, MailKind::TwoFactorOff).await, 1);
        let viewer = Viewer::Operator(operator.clone());
        let log = audit::history(&portal, &viewer, client, 1).await.unwrap();
        assert_eq!(log[0].action, AuditAction::TwoFactorReset);
        assert_eq!(log[0].customer_id, Some(customer), "their account admin sees it");
        assert_eq!(
            code(reset(&operator, fresh(&portal), customer).await),
            "two-factor-is-off"
        );

        switched_on(&portal, operator.user).await;
        let own = team::reset_two_factor(&portal, &operator, fresh(&portal), operator.user).await;
        assert_eq!(code(own), "team-yourself");
        let client = team::reset_two_factor(&portal, &operator, fresh(&portal), client).await;
        assert!(matches!(client, Err(Refusal::NotFound)));
        let other = Operator {
            user: UserId(portal.entropy.id()),
            ..operator.clone()
        };
        session(&portal, operator.user, b"operator").await;
        let stale = team::reset_two_factor(&portal, &other, Proof::given(None), operator.user).await;
        assert!(matches!(stale, Err(Refusal::Unproved)));
        team::reset_two_factor(&portal, &other, fresh(&portal), operator.user)
            .await
            .unwrap();
        assert!(!is_alive(&portal, b"operator").await);
        assert!(!team::list(&portal, &operator).await.unwrap()[0].two_factor);

        for name in ["nobody@levante.example", "no address"] {
            let nobody = two_factor::reset_by_name(&portal, name).await;
            assert!(matches!(nobody, Err(Refusal::NotFound)));
        }
        let off = two_factor::reset_by_name(&portal, MARTA).await;
        assert_eq!(code(off), "two-factor-is-off");
        switched_on(&portal, operator.user).await;
        two_factor::reset_by_name(&portal, &MARTA.to_uppercase())
            .await
            .unwrap();
        assert!(two_factor::find(&portal, operator.user).await.unwrap().is_none());
    })
    .await;
}
