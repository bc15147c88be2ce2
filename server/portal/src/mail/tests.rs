//! From the queue to a real mail server and back, on both engines.

use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use domain::id::{CustomerId, InvitationId, MailId, UserId};
use domain::{Language, MailState, Timestamp};
use futures::future::BoxFuture;
use sandbox::mail::{Effect, Fault, MailCatcher, Options, Stage};

use super::{
    Accepted, MailKind, MailSettings, MailTransport, NewMail, OutgoingMail, SendFailure, SentMail,
    SmtpSettings, SmtpTransport, find, list, queue,
};
use crate::Portal;
use crate::accounts::invitation;
use crate::jobs::{self, Worker};
use crate::mail::settings::{Password, Tls};
use crate::storage::sql;
use crate::testing::{TestPortal, on_both};

const LUCIA: (&str, &str, &str) = ("Lucía", "Peña", "lucia@cafesol.example");
/// An hour: longer than any delay between two attempts.
const LATER: Duration = Duration::from_hours(1);

/// A portal that sends through a mail server of its own.
struct Case {
    portal: Portal,
    worker: Worker,
    catcher: MailCatcher,
}

async fn catcher(address: SocketAddr, options: Options) -> MailCatcher {
    MailCatcher::start(address, options).await.unwrap()
}

fn loopback() -> SocketAddr {
    ([127, 0, 0, 1], 0).into()
}

fn sending_to(test: &TestPortal, smtp: &SmtpSettings) -> Portal {
    let settings = MailSettings {
        from_address: Some("portal@levante.example".to_owned()),
        ..MailSettings::default()
    };
    let transport = SmtpTransport::new(smtp, &settings, &test.settings.brand).unwrap();
    Portal {
        mail: Arc::new(transport),
        ..Portal::clone(test)
    }
}

async fn case(test: &TestPortal) -> Case {
    let catcher = catcher(loopback(), Options::default()).await;
    let portal = sending_to(test, &SmtpSettings::plain("127.0.0.1", catcher.address().port()));
    let worker = Worker::new(&portal, jobs::registry());
    Case {
        portal,
        worker,
        catcher,
    }
}

/// What an invitation and its customer show.
#[derive(Debug, PartialEq, Eq, sqlx::FromRow)]
struct Shown {
    state: String,
    failure: Option<String>,
    customer_state: String,
}

impl Case {
    /// Invites somebody as account admin of a new customer.
    async fn invite(&self, (first_name, last_name, email): (&str, &str, &str)) -> (InvitationId, MailId) {
        let (portal, now) = (&self.portal, self.portal.now());
        let mut tx = portal.db.begin().await.unwrap();
        let user = UserId(portal.entropy.id());
        let (customer, invitation) = (CustomerId(portal.entropy.id()), InvitationId(portal.entropy.id()));
        sql("INSERT INTO users (id, email, email_key, first_name, last_name, language, time_zone, created_at, updated_at) \
             VALUES ($1, $2, $2, $3, $4, 'es', 'America/Mexico_City', $5, $5)")
        .bind(user)
        .bind(email)
        .bind(first_name)
        .bind(last_name)
        .bind(now)
        .execute(&mut tx)
        .await
        .unwrap();
        sql(
            "INSERT INTO customers (id, name, sort_name, search, invitation_state, created_at, updated_at) \
             VALUES ($1, 'Café Sol', 'cafe sol', 'cafe sol', 'sending', $2, $2)",
        )
        .bind(customer)
        .bind(now)
        .execute(&mut tx)
        .await
        .unwrap();
        sql("INSERT INTO invitations (id, user_id, customer_id, email, language, state, expires_at, created_at) \
             VALUES ($1, $2, $3, $4, 'es', 'sending', $5, $6)")
        .bind(invitation)
        .bind(user)
        .bind(customer)
        .bind(email)
        .bind(now + Duration::from_hours(72))
        .bind(now)
        .execute(&mut tx)
        .await
        .unwrap();
        let mail = NewMail::new(MailKind::InvitationClientAdmin, email, Language::Es)
            .user(user)
            .customer(customer)
            .invitation(invitation);
        let mail = queue(&mut tx, portal, mail).await.unwrap();
        tx.commit().await.unwrap();
        (invitation, mail)
    }

    async fn work(&self) {
        self.worker.run_until_idle().await.unwrap();
    }

    async fn mail(&self, id: MailId) -> SentMail {
        find(&mut self.portal.db.read().await.unwrap(), id)
            .await
            .unwrap()
            .unwrap()
    }

    async fn shown(&self, invitation: InvitationId) -> Shown {
        sql("SELECT i.state, i.failure, c.invitation_state AS customer_state \
             FROM invitations i JOIN customers c ON c.id = i.customer_id WHERE i.id = $1")
        .bind(invitation)
        .fetch_one(&mut self.portal.db.read().await.unwrap())
        .await
        .unwrap()
    }
}

fn shown(state: &str, failure: Option<&str>) -> Shown {
    Shown {
        state: state.to_owned(),
        failure: failure.map(str::to_owned),
        customer_state: state.to_owned(),
    }
}

/// The token of the link in a text.
fn token(text: &str, path: &str) -> String {
    let (_, rest) = text.split_once(path).unwrap();
    rest.split_whitespace().next().unwrap().to_owned()
}

#[tokio::test]
async fn an_accepted_mail_makes_the_invitation_sent() {
    on_both(async |test| {
        let case = case(&test).await;
        let (invitation, mail) = case.invite(LUCIA).await;
        assert_eq!(case.shown(invitation).await, shown("sending", None));
        case.work().await;
        assert_eq!(case.shown(invitation).await, shown("invitation_sent", None));
        let mail = case.mail(mail).await;
        assert_eq!((mail.state, mail.attempts), (MailState::Sent, 1));
        assert_eq!(mail.server_answer.as_deref(), Some("250 2.0.0 Ok: queued as 1"));
        let listed = list(&mut case.portal.db.read().await.unwrap(), invitation)
            .await
            .unwrap();
        assert_eq!(listed, std::slice::from_ref(&mail));

        let [message] = case.catcher.messages().try_into().unwrap();
        assert_eq!(message.envelope_from, "portal@levante.example");
        assert_eq!(message.from[0].name.as_deref(), Some("Levante Press"));
        assert_eq!(message.to[0].name.as_deref(), Some("Lucía Peña"));
        assert_eq!(message.date.as_deref(), Some("2026-11-21T09:00:00Z"));
        assert_eq!(
            message.header("Message-ID"),
            Some(format!("<{}@levante.example>", mail.id).as_str())
        );
        assert_eq!(message.header("Auto-Submitted"), Some("auto-generated"));
        let text = message.text.as_deref().unwrap();
        assert!(
            text.contains("hasta el 24 de noviembre de 2026, 03:00 (America/Mexico City)"),
            "{text}"
        );
        let token = token(text, "/invitation/");
        assert!(
            message
                .html
                .as_deref()
                .unwrap()
                .contains(&format!("/invitation/{token}\""))
        );
        assert_eq!(
            invitation::open(&case.portal, &token).await.unwrap().id,
            invitation
        );
    })
    .await;
}

#[tokio::test]
async fn a_refused_mail_shows_the_servers_words() {
    on_both(async |test| {
        let case = case(&test).await;
        let (invitation, mail) = case.invite(("Lucía", "Peña", "reject550@cafesol.example")).await;
        case.work().await;
        let words = "550 5.1.1 <reject550@cafesol.example>: the address asks to be refused";
        assert_eq!(
            case.shown(invitation).await,
            shown("delivery_failed", Some(words))
        );
        let mail = case.mail(mail).await;
        assert_eq!(
            (mail.state, mail.attempts, mail.retry_at),
            (MailState::Failed, 1, None)
        );
        assert!(case.catcher.messages().is_empty());
    })
    .await;
}

/// Accepts a mail just after somebody cancelled its job.
#[derive(Debug)]
struct CancelledMeanwhile(crate::storage::Db);

impl MailTransport for CancelledMeanwhile {
    fn send<'a>(&'a self, _: &'a OutgoingMail) -> BoxFuture<'a, Result<Accepted, SendFailure>> {
        Box::pin(async {
            let mut tx = self.0.begin().await.unwrap();
            sql("UPDATE jobs SET cancel_requested = TRUE WHERE state = 'running'")
                .execute(&mut tx)
                .await
                .unwrap();
            tx.commit().await.unwrap();
            Ok(Accepted {
                answer: "250 taken".to_owned(),
            })
        })
    }
}

#[tokio::test]
async fn a_mail_accepted_while_its_job_is_cancelled_is_sent() {
    on_both(async |test| {
        let mut case = case(&test).await;
        let (invitation, mail) = case.invite(LUCIA).await;
        case.portal.mail = Arc::new(CancelledMeanwhile(test.db.clone()));
        case.worker = Worker::new(&case.portal, jobs::registry());
        case.work().await;
        assert_eq!(case.mail(mail).await.state, MailState::Sent);
        assert_eq!(case.shown(invitation).await, shown("invitation_sent", None));
    })
    .await;
}

#[tokio::test]
async fn a_deferred_mail_is_tried_again_with_another_link() {
    on_both(async |test| {
        let case = case(&test).await;
        let (invitation, mail) = case.invite(("Lucía", "Peña", "defer451-2@cafesol.example")).await;
        for attempt in 1..=2 {
            case.work().await;
            let waiting = case.mail(mail).await;
            assert_eq!((waiting.state, waiting.attempts), (MailState::Queued, attempt));
            assert!(waiting.server_answer.unwrap().starts_with("451 4.2.0 "));
            assert!(waiting.retry_at.unwrap() > test.now() - LATER);
            assert_eq!(case.shown(invitation).await, shown("sending", None));
            test.clock.advance(LATER);
        }
        case.work().await;
        assert_eq!(case.shown(invitation).await, shown("invitation_sent", None));
        let (tokens,): (i64,) = sql("SELECT COUNT(*) FROM link_tokens WHERE invitation_id = $1")
            .bind(invitation)
            .fetch_one(&mut case.portal.db.read().await.unwrap())
            .await
            .unwrap();
        assert_eq!(tokens, 3);
    })
    .await;
}

#[tokio::test]
async fn a_mail_waits_for_a_server_that_is_down() {
    on_both(async |test| {
        let Case {
            portal,
            worker,
            catcher: stopped,
        } = case(&test).await;
        let address = stopped.address();
        stopped.stop().await;
        let case = Case {
            portal,
            worker,
            catcher: catcher(loopback(), Options::default()).await,
        };
        let (invitation, mail) = case.invite(LUCIA).await;
        case.work().await;
        assert!(case.mail(mail).await.server_answer.unwrap().contains("refused"));
        assert_eq!(case.shown(invitation).await, shown("sending", None));

        let back = catcher(address, Options::default()).await;
        test.clock.advance(LATER);
        case.work().await;
        assert_eq!(back.messages().len(), 1);
        assert_eq!(case.shown(invitation).await, shown("invitation_sent", None));
    })
    .await;
}

#[tokio::test]
async fn a_lost_confirmation_sends_the_same_message_again() {
    on_both(async |test| {
        let case = case(&test).await;
        case.catcher
            .faults()
            .add(Fault::new(Stage::Confirmation, Effect::Disconnect).times(1));
        let (invitation, _) = case.invite(LUCIA).await;
        case.work().await;
        assert_eq!(case.shown(invitation).await, shown("sending", None));
        test.clock.advance(LATER);
        case.work().await;
        let ids: Vec<_> = case
            .catcher
            .messages()
            .iter()
            .map(|message| message.header("Message-ID").map(str::to_owned))
            .collect();
        assert_eq!(ids.len(), 2);
        assert_eq!(
            ids[0], ids[1],
            "the recipient's mail programme can tell that it is one mail"
        );
    })
    .await;
}

#[tokio::test]
async fn a_mail_that_never_gets_through_fails_in_the_end() {
    on_both(async |test| {
        let case = case(&test).await;
        let busy = Effect::Answer("452 4.3.1 The disk is full".to_owned());
        case.catcher.faults().add(Fault::new(Stage::Sender, busy));
        let (invitation, mail) = case.invite(LUCIA).await;
        while case.mail(mail).await.state == MailState::Queued {
            case.work().await;
            test.clock.advance(LATER);
        }
        assert_eq!(
            case.shown(invitation).await,
            shown("delivery_failed", Some("452 4.3.1 The disk is full"))
        );
        let gave_up_after = test.now().since(case.mail(mail).await.created_at);
        assert!(gave_up_after < Duration::from_hours(72), "{gave_up_after:?}");

        // An operator tries again once the server has room.
        case.catcher.faults().clear();
        let retried = jobs::retry_dead(&case.portal).await.unwrap();
        assert_eq!((retried.queued, retried.left), (1, 0));
        assert_eq!(case.shown(invitation).await, shown("sending", None));
        case.work().await;
        assert_eq!(case.mail(mail).await.state, MailState::Sent);
        assert_eq!(case.shown(invitation).await, shown("invitation_sent", None));
    })
    .await;
}

#[tokio::test]
async fn a_revoked_or_expired_invitation_is_not_sent() {
    on_both(async |test| {
        let case = case(&test).await;
        let (revoked, mail) = case.invite(LUCIA).await;
        let (expired, _) = case.invite(("Omar", "Ruiz", "omar@cafesol.example")).await;
        let mut tx = case.portal.db.begin().await.unwrap();
        sql("UPDATE invitations SET state = 'revoked' WHERE id = $1")
            .bind(revoked)
            .execute(&mut tx)
            .await
            .unwrap();
        sql("UPDATE invitations SET expires_at = $2 WHERE id = $1")
            .bind(expired)
            .bind(Timestamp::EPOCH)
            .execute(&mut tx)
            .await
            .unwrap();
        tx.commit().await.unwrap();
        case.work().await;
        assert!(case.catcher.messages().is_empty());
        assert_eq!(case.shown(revoked).await.state, "revoked");
        assert_eq!(case.mail(mail).await.state, MailState::Failed);
        assert_eq!(case.shown(expired).await, shown("delivery_failed", None));
    })
    .await;
}

#[tokio::test]
async fn names_of_any_script_arrive_and_none_adds_a_header() {
    on_both(async |test| {
        let case = case(&test).await;
        let names = [
            ("👩‍🎨 Zoë", "O’Neil-Ñandú", "zoe@cafesol.example"),
            ("عمر", "الخطيب", "omar@cafesol.example"),
            ("Eve\r\nBcc: evil@x.example", "<b>&\"x\"", "eve@cafesol.example"),
            ("Ana", &"Larga ".repeat(40), "info@imprenta-peñón.example"),
        ];
        for name in names {
            case.invite(name).await;
        }
        case.work().await;
        let messages = case.catcher.messages();
        assert_eq!(messages.len(), names.len());
        let name_of = |index: usize| messages[index].to[0].name.clone().unwrap();
        assert_eq!(name_of(0), "👩‍🎨 Zoë O’Neil-Ñandú");
        assert_eq!(name_of(1), "عمر الخطيب");
        assert_eq!(name_of(2), "EveBcc: evil@x.example <b>&\"x\"");
        assert!(
            messages
                .iter()
                .all(|message| message.envelope_to.len() == 1 && message.header("Bcc").is_none())
        );
        assert!(messages[2].html.as_deref().unwrap().contains("Hola, Eve"));
        assert!(messages[1].text.as_deref().unwrap().contains("Hola, عمر:"));
        assert_eq!(messages[3].envelope_to, ["info@xn--imprenta-pen-khb2a.example"]);
    })
    .await;
}

#[tokio::test]
async fn the_portal_logs_in_and_a_wrong_password_is_not_the_recipients_fault() {
    on_both(async |test| {
        let credentials = Some(("portal".to_owned(), "s3cret".to_owned()));
        let catcher = catcher(
            loopback(),
            Options {
                credentials,
                ..Options::default()
            },
        )
        .await;
        let case_with = |password: &str, catcher: MailCatcher| {
            let smtp = SmtpSettings {
                user: Some("portal".to_owned()),
                password: Some(Password::new(password)),
                ..SmtpSettings::plain("127.0.0.1", catcher.address().port())
            };
            let portal = sending_to(&test, &smtp);
            Case {
                worker: Worker::new(&portal, jobs::registry()),
                portal,
                catcher,
            }
        };
        let wrong = case_with("guess", catcher);
        let (invitation, mail) = wrong.invite(LUCIA).await;
        wrong.work().await;
        assert_eq!(wrong.shown(invitation).await, shown("sending", None));
        assert!(
            wrong
                .mail(mail)
                .await
                .server_answer
                .unwrap()
                .starts_with("535 5.7.8 ")
        );

        let right = case_with("s3cret", wrong.catcher);
        test.clock.advance(LATER);
        right.work().await;
        assert_eq!(right.shown(invitation).await, shown("invitation_sent", None));
    })
    .await;
}

#[tokio::test]
async fn a_server_without_encryption_gets_nothing_when_encryption_is_set() {
    on_both(async |test| {
        for tls in [Tls::Starttls, Tls::Implicit] {
            let catcher = catcher(loopback(), Options::default()).await;
            let smtp = SmtpSettings {
                tls,
                timeout_seconds: 1,
                ..SmtpSettings::plain("127.0.0.1", catcher.address().port())
            };
            let portal = sending_to(&test, &smtp);
            let case = Case {
                worker: Worker::new(&portal, jobs::registry()),
                portal,
                catcher,
            };
            let (invitation, _) = case
                .invite(("Lucía", "Peña", &format!("{tls:?}@cafesol.example")))
                .await;
            case.work().await;
            assert_eq!(case.shown(invitation).await, shown("sending", None));
            assert!(case.catcher.messages().is_empty());
        }
    })
    .await;
}
