//! What happens between an operator and a client admin, from the switch to the log-in, on both engines.

use std::time::Duration;

use domain::id::{CustomerId, UserId};
use domain::{InvitationState, Language, OperatorRole, Problem};

use super::*;
use crate::access::Operator;
use crate::accounts::confirm::Proof;
use crate::accounts::current::current;
use crate::accounts::{invitation, sessions};
use crate::invitations::HistoryEvent;
use crate::jobs::{Worker, registry};
use crate::storage::sql;
use crate::testing::{TestPortal, on_both};
use crate::{Portal, Refusal};

/// An operator who may do everything with customers.
pub(crate) async fn operator(portal: &Portal) -> Operator {
    let user = UserId(portal.entropy.id());
    let mut tx = portal.db.begin().await.unwrap();
    sql(
        "INSERT INTO users (id, email, email_key, first_name, last_name, password_hash, language, time_zone, \
         operator_role, created_at, updated_at) \
         VALUES ($1, $2, $2, 'Marta', 'Soler', 'x', 'es', 'Europe/Madrid', 'operator', $3, $3)",
    )
    .bind(user)
    .bind(format!("marta.{user}@levante.example"))
    .bind(portal.now())
    .execute(&mut tx)
    .await
    .unwrap();
    tx.commit().await.unwrap();
    Operator {
        user,
        name: "Marta Soler".to_owned(),
        role: OperatorRole::Operator,
    }
}

pub(crate) fn form(name: &str, reference: &str) -> CreateForm {
    let customer = CustomerForm {
        name: name.to_owned(),
        reference: reference.to_owned(),
        ..Default::default()
    };
    CreateForm { customer, key: None }
}

/// A customer without Storefronts access.
pub(crate) async fn customer(
    portal: &Portal,
    operator: &Operator,
    name: &str,
    reference: &str,
) -> CustomerId {
    create(portal, operator, form(name, reference)).await.unwrap()
}

/// A proof just given.
fn fresh(portal: &Portal) -> Proof {
    Proof::given(Some(portal.now()))
}

fn access(email: &str) -> AccessForm {
    AccessForm {
        access: true,
        email: email.to_owned(),
        first_name: "Amparo".to_owned(),
        last_name: "Llorens".to_owned(),
        language: "es".to_owned(),
    }
}

const OFF: fn() -> AccessForm = AccessForm::default;
const AMPARO: &str = "amparo.llorens@clinicaruzafa.example";

/// Lets the mail server take, or refuse, every mail that waits.
async fn mails_leave(portal: &TestPortal, state: InvitationState) {
    let mut tx = portal.db.begin().await.unwrap();
    sql("UPDATE invitations SET state = $1, sent_at = $2 WHERE state = 'sending'")
        .bind(state.as_str())
        .bind(portal.now())
        .execute(&mut tx)
        .await
        .unwrap();
    sql("UPDATE customers SET invitation_state = $1 WHERE invitation_state = 'sending'")
        .bind(state.as_str())
        .execute(&mut tx)
        .await
        .unwrap();
    tx.commit().await.unwrap();
}

/// Accepts the last invitation to this address, as its recipient does.
async fn accept(portal: &TestPortal, email: &str) -> Result<UserId, Refusal> {
    let (id, expires_at): (domain::id::InvitationId, domain::Timestamp) =
        sql("SELECT id, expires_at FROM invitations WHERE email = $1 ORDER BY id DESC LIMIT 1")
            .bind(email)
            .fetch_one(&mut portal.db.read().await?)
            .await?;
    let mut tx = portal.db.begin().await?;
    let target = crate::accounts::link::Target {
        invitation: Some(id),
        user: None,
    };
    let purpose = crate::accounts::link::Purpose::Invitation;
    let token = crate::accounts::link::issue(portal, &mut tx, purpose, target, expires_at).await?;
    tx.commit().await?;
    let form = invitation::AcceptForm {
        password: "levante imprime de noche".to_owned(),
        language: "es".to_owned(),
    };
    invitation::accept(portal, &token, form, [192, 0, 2, 1].into()).await
}

async fn counted(portal: &Portal, table: &'static str) -> i64 {
    let (rows,): (i64,) = sql(table)
        .fetch_one(&mut portal.db.read().await.unwrap())
        .await
        .unwrap();
    rows
}

fn code(refusal: Refusal) -> String {
    match refusal {
        Refusal::Invalid(problems) => problems.iter().map(|(_, problem)| problem.to_string()).collect(),
        Refusal::Conflict(problem) => problem.to_string(),
        other => other.to_string(),
    }
}

#[tokio::test]
async fn switching_on_invites_the_client_admin_and_acceptance_makes_them_active() {
    on_both(async |portal| {
        let operator = operator(&portal).await;
        let id = customer(&portal, &operator, "Clínica Dental Ruzafa", "CR-0188").await;
        assert_eq!(
            save_access(&portal, &operator, id, access(AMPARO)).await.unwrap(),
            AccessChange::Invited
        );
        let profile = find(&portal, &operator, id).await.unwrap();
        assert!(profile.storefronts_access);
        assert_eq!(profile.invitation_state, InvitationState::Sending);
        assert_eq!(profile.admin.clone().unwrap().email, AMPARO);
        assert_eq!(
            counted(&portal, "SELECT COUNT(*) FROM mails WHERE state = 'queued'").await,
            1
        );
        assert_eq!(
            counted(&portal, "SELECT COUNT(*) FROM jobs WHERE kind = 'send-mail'").await,
            1
        );

        mails_leave(&portal, InvitationState::InvitationSent).await;
        let user = profile.admin.unwrap().user_id;
        assert!(
            current(&portal, user, None).await.unwrap().is_none(),
            "nobody comes in before accepting"
        );
        assert_eq!(accept(&portal, AMPARO).await.unwrap(), user);
        assert!(current(&portal, user, None).await.unwrap().is_some());
        let profile = find(&portal, &operator, id).await.unwrap();
        assert_eq!(profile.invitation_state, InvitationState::Active);
        assert_eq!(profile.invitation.unwrap().state, InvitationState::Active);
        // Found by the client admin's address, too.
        let filter = CustomerFilter {
            search: "llorens@CLINICA".to_owned(),
            ..CustomerFilter::default()
        };
        assert_eq!(
            list(&portal, &operator, &filter, &PageRequest::default())
                .await
                .unwrap()
                .rows
                .len(),
            1
        );
    })
    .await;
}

#[tokio::test]
async fn the_form_sent_twice_at_once_invites_once() {
    on_both(async |portal| {
        let operator = operator(&portal).await;
        let id = customer(&portal, &operator, "Clínica", "").await;
        let (one, two) = tokio::join!(
            save_access(&portal, &operator, id, access(AMPARO)),
            save_access(&portal, &operator, id, access(AMPARO))
        );
        let mut changes = [one.unwrap(), two.unwrap()];
        changes.sort_by_key(|change| *change == AccessChange::Saved);
        assert_eq!(changes, [AccessChange::Invited, AccessChange::Saved]);
        assert_eq!(counted(&portal, "SELECT COUNT(*) FROM memberships").await, 1);
        assert_eq!(counted(&portal, "SELECT COUNT(*) FROM invitations").await, 1);
        assert_eq!(counted(&portal, "SELECT COUNT(*) FROM mails").await, 1);
    })
    .await;
}

#[tokio::test]
async fn an_invitation_expires_by_itself_and_is_sent_again() {
    on_both(async |portal| {
        let operator = operator(&portal).await;
        let id = customer(&portal, &operator, "Clínica", "").await;
        save_access(&portal, &operator, id, access(AMPARO)).await.unwrap();
        let sending = resend_invitation(&portal, &operator, id).await.unwrap_err();
        assert_eq!(code(sending), "invitation-sending");
        mails_leave(&portal, InvitationState::InvitationSent).await;
        portal.clock.advance(Duration::from_hours(72));
        assert_eq!(
            find(&portal, &operator, id).await.unwrap().invitation_state,
            InvitationState::Expired
        );
        assert_eq!(code(accept(&portal, AMPARO).await.unwrap_err()), "link-expired");

        resend_invitation(&portal, &operator, id).await.unwrap();
        mails_leave(&portal, InvitationState::InvitationSent).await;
        assert_eq!(
            find(&portal, &operator, id).await.unwrap().invitation_state,
            InvitationState::InvitationSent
        );
        accept(&portal, AMPARO).await.unwrap();
        let accepted = resend_invitation(&portal, &operator, id).await.unwrap_err();
        assert_eq!(code(accepted), "invitation-accepted");

        let history = crate::invitations::history(&portal, &mut portal.db.read().await.unwrap(), id)
            .await
            .unwrap();
        let told: Vec<&HistoryEvent> = history.iter().map(|entry| &entry.event).collect();
        let now = portal.now();
        let invited = |again, days_ago: u64| HistoryEvent::Invited {
            by: Some("Marta Soler".to_owned()),
            again,
            delivered_at: Some(now - Duration::from_hours(days_ago * 24)),
        };
        assert_eq!(
            told[0],
            &HistoryEvent::Accepted {
                name: "Amparo Llorens".to_owned()
            }
        );
        assert!(told.contains(&&HistoryEvent::Expired));
        assert!(told.contains(&&invited(true, 0)));
        assert_eq!(*told.last().unwrap(), &invited(false, 3));
        assert_eq!(
            told.len(),
            4,
            "taking the expired one back is told by the new one: {told:?}"
        );
    })
    .await;
}

#[tokio::test]
async fn name_and_language_of_an_invited_client_admin_are_corrected() {
    on_both(async |portal| {
        let operator = operator(&portal).await;
        let id = customer(&portal, &operator, "Clínica", "").await;
        save_access(&portal, &operator, id, access(AMPARO)).await.unwrap();
        let corrected = AccessForm {
            first_name: "Empar".to_owned(),
            last_name: "Roig".to_owned(),
            language: "en".to_owned(),
            ..access(AMPARO)
        };
        let change = save_access(&portal, &operator, id, corrected).await.unwrap();
        assert_eq!(change, AccessChange::Saved);
        let profile = find(&portal, &operator, id).await.unwrap();
        assert_eq!(profile.admin.unwrap().name(), "Empar Roig");
        assert_eq!(profile.invitation.unwrap().language, Language::En);
        accept(&portal, AMPARO).await.unwrap();
        let (mails,): (i64,) = sql("SELECT COUNT(*) FROM mails")
            .fetch_one(&mut portal.db.read().await.unwrap())
            .await
            .unwrap();
        assert_eq!(mails, 1, "nothing is sent again");
    })
    .await;
}

#[tokio::test]
async fn a_corrected_address_revokes_the_former_invitation() {
    on_both(async |portal| {
        let operator = operator(&portal).await;
        let id = customer(&portal, &operator, "Clínica", "").await;
        save_access(&portal, &operator, id, access("wrong@clinica.example"))
            .await
            .unwrap();
        mails_leave(&portal, InvitationState::DeliveryFailed).await;
        assert_eq!(
            find(&portal, &operator, id).await.unwrap().invitation_state,
            InvitationState::DeliveryFailed
        );
        let change = save_access(&portal, &operator, id, access(AMPARO)).await.unwrap();
        assert_eq!(change, AccessChange::AddressChanged);
        assert_eq!(
            code(accept(&portal, "wrong@clinica.example").await.unwrap_err()),
            "link-revoked"
        );
        let profile = find(&portal, &operator, id).await.unwrap();
        assert_eq!(profile.invitation_state, InvitationState::Sending);
        assert_eq!(profile.admin.unwrap().email, AMPARO);
        assert_eq!(profile.users, 1);
        accept(&portal, AMPARO).await.unwrap();
        // From now on the form's fields count no more.
        let change = save_access(&portal, &operator, id, access("other@clinica.example"))
            .await
            .unwrap();
        assert_eq!(change, AccessChange::Saved);
        assert_eq!(
            find(&portal, &operator, id).await.unwrap().admin.unwrap().email,
            AMPARO
        );
    })
    .await;
}

#[tokio::test]
async fn what_is_revoked_lets_nobody_in_and_can_be_given_again() {
    on_both(async |portal| {
        let operator = operator(&portal).await;
        let id = customer(&portal, &operator, "Clínica", "").await;
        let missing = revoke_invitation(&portal, &operator, fresh(&portal), id)
            .await
            .unwrap_err();
        assert_eq!(code(missing), "invitation-missing");
        save_access(&portal, &operator, id, access(AMPARO)).await.unwrap();
        assert_eq!(
            revoke_invitation(&portal, &operator, fresh(&portal), id)
                .await
                .unwrap(),
            Revoked::Invitation
        );
        assert_eq!(
            find(&portal, &operator, id).await.unwrap().invitation_state,
            InvitationState::Revoked
        );
        assert_eq!(code(accept(&portal, AMPARO).await.unwrap_err()), "link-revoked");

        assert_eq!(
            save_access(&portal, &operator, id, access(AMPARO)).await.unwrap(),
            AccessChange::Invited
        );
        let user = accept(&portal, AMPARO).await.unwrap();
        assert_eq!(
            revoke_invitation(&portal, &operator, fresh(&portal), id)
                .await
                .unwrap(),
            Revoked::Access
        );
        assert!(current(&portal, user, None).await.unwrap().is_none());
        let profile = find(&portal, &operator, id).await.unwrap();
        assert!(profile.storefronts_access, "the switch is another matter");
        assert_eq!(profile.invitation_state, InvitationState::Revoked);
        // Invited again they have a password, and must accept all the same.
        assert_eq!(
            save_access(&portal, &operator, id, access(AMPARO)).await.unwrap(),
            AccessChange::Invited
        );
        assert!(current(&portal, user, None).await.unwrap().is_none());
        assert_eq!(accept(&portal, AMPARO).await.unwrap(), user);
        assert!(current(&portal, user, None).await.unwrap().is_some());
    })
    .await;
}

#[tokio::test]
async fn switching_off_ends_the_sessions_of_this_customer_only() {
    on_both(async |portal| {
        let operator = operator(&portal).await;
        let one = customer(&portal, &operator, "One", "").await;
        let two = customer(&portal, &operator, "Two", "").await;
        for (id, email) in [(one, "a@one.example"), (two, "b@two.example")] {
            save_access(&portal, &operator, id, access(email)).await.unwrap();
            let user = accept(&portal, email).await.unwrap();
            let record = sessions::SessionRecord {
                user: Some(user),
                data: "{}".to_owned(),
                expires_at: portal.now() + Duration::from_hours(1),
                log_in: None,
            };
            sessions::create(&portal, email.as_bytes(), &record)
                .await
                .unwrap();
        }
        assert_eq!(
            save_access(&portal, &operator, one, OFF()).await.unwrap(),
            AccessChange::SwitchedOff
        );
        assert!(sessions::load(&portal, b"a@one.example").await.unwrap().is_none());
        assert!(sessions::load(&portal, b"b@two.example").await.unwrap().is_some());
        let change = save_access(&portal, &operator, one, access("")).await.unwrap();
        assert_eq!(
            change,
            AccessChange::SwitchedOn,
            "the client admin is still there"
        );
    })
    .await;
}

#[tokio::test]
async fn a_session_ends_with_the_last_customer_its_person_can_work_for() {
    on_both(async |portal| {
        let operator = operator(&portal).await;
        let one = customer(&portal, &operator, "One", "").await;
        let two = customer(&portal, &operator, "Two", "").await;
        save_access(&portal, &operator, one, access(AMPARO))
            .await
            .unwrap();
        let user = accept(&portal, AMPARO).await.unwrap();
        let log_in = async || {
            let record = sessions::SessionRecord {
                user: Some(user),
                data: "{}".to_owned(),
                expires_at: portal.now() + Duration::from_hours(1),
                log_in: None,
            };
            assert!(sessions::create(&portal, b"open", &record).await.unwrap());
        };
        let is_logged_in = async || sessions::load(&portal, b"open").await.unwrap().is_some();
        let switch = async |id, form| save_access(&portal, &operator, id, form).await.unwrap();

        switch(two, access(AMPARO)).await;
        log_in().await;
        switch(one, OFF()).await;
        assert!(!is_logged_in().await, "an invitation elsewhere lets nobody in");
        accept(&portal, AMPARO).await.unwrap();
        switch(one, access("")).await;
        log_in().await;
        switch(one, OFF()).await;
        assert!(is_logged_in().await, "they work for the other one");
        switch(two, OFF()).await;
        assert!(!is_logged_in().await, "neither lets them in");
        switch(one, access("")).await;
        switch(two, access("")).await;
        log_in().await;
        revoke_invitation(&portal, &operator, fresh(&portal), two)
            .await
            .unwrap();
        assert!(is_logged_in().await, "they were removed from one only");
        switch(one, OFF()).await;
        assert!(
            !is_logged_in().await,
            "a place that was taken away lets nobody in"
        );
    })
    .await;
}

#[tokio::test]
async fn somebody_to_invite_is_not_dropped_while_access_is_off() {
    on_both(async |portal| {
        let operator = operator(&portal).await;
        let id = customer(&portal, &operator, "Clínica", "").await;
        let typed = |email: &str, on| AccessForm {
            access: on,
            ..access(email)
        };
        let refused = save_access(&portal, &operator, id, typed(AMPARO, false)).await;
        let Refusal::Invalid(problems) = refused.unwrap_err() else {
            panic!("dropped in silence");
        };
        assert_eq!(
            problems.get("access"),
            Some(&Problem::new("access-needed-to-invite"))
        );
        save_access(&portal, &operator, id, typed(AMPARO, true))
            .await
            .unwrap();
        let other = save_access(&portal, &operator, id, typed("other@clinica.example", false)).await;
        assert!(matches!(other.unwrap_err(), Refusal::Invalid(_)));
        let same = save_access(&portal, &operator, id, typed(AMPARO, false)).await;
        assert_eq!(same.unwrap(), AccessChange::SwitchedOff, "nothing was typed anew");
    })
    .await;
}

#[tokio::test]
async fn one_person_can_work_for_several_customers_but_not_for_the_printer() {
    on_both(async |portal| {
        let operator = operator(&portal).await;
        let one = customer(&portal, &operator, "One", "").await;
        let two = customer(&portal, &operator, "Two", "").await;
        save_access(&portal, &operator, one, access(AMPARO))
            .await
            .unwrap();
        let user = accept(&portal, AMPARO).await.unwrap();
        save_access(&portal, &operator, two, access(&AMPARO.to_uppercase()))
            .await
            .unwrap();
        assert!(
            current(&portal, user, Some(two)).await.unwrap().is_none(),
            "not before accepting"
        );
        assert_eq!(accept(&portal, &AMPARO.to_uppercase()).await.unwrap(), user);
        assert!(current(&portal, user, Some(two)).await.unwrap().is_some());
        assert!(current(&portal, user, Some(one)).await.unwrap().is_some());

        let three = customer(&portal, &operator, "Three", "").await;
        let own = format!("marta.{}@levante.example", operator.user);
        let refused = save_access(&portal, &operator, three, access(&own))
            .await
            .unwrap_err();
        assert_eq!(code(refused), "email-of-operator");
        assert!(!find(&portal, &operator, three).await.unwrap().storefronts_access);
    })
    .await;
}

#[tokio::test]
async fn wrong_fields_are_named_and_nothing_happens() {
    on_both(async |portal| {
        let operator = operator(&portal).await;
        let id = customer(&portal, &operator, "Clínica", "").await;
        let form = AccessForm {
            email: "no address".to_owned(),
            language: "xx".to_owned(),
            ..access("")
        };
        let Refusal::Invalid(problems) = save_access(&portal, &operator, id, form).await.unwrap_err() else {
            panic!("accepted");
        };
        assert_eq!(problems.get("email"), Some(&Problem::new("invalid-email")));
        assert_eq!(problems.get("language"), Some(&Problem::new("unknown-choice")));
        assert!(!find(&portal, &operator, id).await.unwrap().storefronts_access);
        let nobody = CustomerId(portal.entropy.id());
        assert_eq!(
            code(save_access(&portal, &operator, nobody, OFF()).await.unwrap_err()),
            "not found"
        );
    })
    .await;
}

#[tokio::test]
async fn archiving_shuts_the_customer_and_restoring_does_not_open_it() {
    on_both(async |portal| {
        let operator = operator(&portal).await;
        let id = customer(&portal, &operator, "Clínica", "").await;
        save_access(&portal, &operator, id, access(AMPARO)).await.unwrap();
        archive(&portal, &operator, id).await.unwrap();
        assert_eq!(code(accept(&portal, AMPARO).await.unwrap_err()), "link-revoked");
        let archived = save_access(&portal, &operator, id, access(AMPARO))
            .await
            .unwrap_err();
        assert_eq!(code(archived), "customer-archived");
        let shown = |archived| CustomerFilter {
            archived,
            ..CustomerFilter::default()
        };
        let rows = async |filter: CustomerFilter| {
            list(&portal, &operator, &filter, &PageRequest::default())
                .await
                .unwrap()
                .rows
                .len()
        };
        assert_eq!((rows(shown(false)).await, rows(shown(true)).await), (0, 1));
        restore(&portal, &operator, id).await.unwrap();
        assert_eq!((rows(shown(false)).await, rows(shown(true)).await), (1, 0));
        let profile = find(&portal, &operator, id).await.unwrap();
        assert!(!profile.storefronts_access && profile.archived_at.is_none());
    })
    .await;
}

#[tokio::test]
async fn taking_an_invitation_back_and_noting_that_it_was_sent_do_not_wait_for_each_other() {
    on_both(async |portal| {
        let operator = operator(&portal).await;
        let id = customer(&portal, &operator, "Café Sol", "").await;
        save_access(&portal, &operator, id, access("lucia@cafesol.example"))
            .await
            .unwrap();
        let mut tx = portal.db.begin().await.unwrap();
        let locked = row::lock(&portal, &mut tx, id).await.unwrap();
        let taking_back = async {
            portal.somebody_waits().await;
            let invited = admin::find(&mut tx, id).await.unwrap().unwrap();
            admin::remove(&portal, &mut tx, &locked, &invited).await.unwrap();
            tx.commit().await.unwrap();
        };
        let worker = Worker::new(&portal, registry());
        let (worked, ()) = futures::join!(worker.run_once(), taking_back);
        assert!(worked.unwrap());
        let (job, invitation): (String, String) =
            sql("SELECT (SELECT state FROM jobs), (SELECT state FROM invitations)")
                .fetch_one(&mut portal.db.read().await.unwrap())
                .await
                .unwrap();
        assert_eq!((job.as_str(), invitation.as_str()), ("succeeded", "revoked"));
        assert_eq!(
            find(&portal, &operator, id).await.unwrap().invitation_state,
            InvitationState::Revoked
        );
    })
    .await;
}
