//! What the process writes down about people: nothing.

use std::io;
use std::sync::{Arc, Mutex, OnceLock};

use domain::OperatorRole;
use domain::id::UserId;
use portal::accounts::two_factor;
use portal::jobs::{self, Worker};
use portal::storage::sql;
use portal::testing::{TestPortal, on_both};
use tracing_subscriber::fmt::MakeWriter;

use crate::browser::Browser;
use crate::people::{self, PASSWORD};

/// Log lines, kept to be searched.
#[derive(Clone, Default)]
pub(crate) struct Lines(Arc<Mutex<Vec<u8>>>);

impl io::Write for Lines {
    fn write(&mut self, line: &[u8]) -> io::Result<usize> {
        self.0.lock().unwrap().extend_from_slice(line);
        Ok(line.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl<'a> MakeWriter<'a> for Lines {
    type Writer = Self;

    fn make_writer(&'a self) -> Self {
        self.clone()
    }
}

impl Lines {
    /// Everything that this process logs from the first call on: what the portal's own crates say, and all that others
    /// say when asked for details. Every test of the process may write into it: only canaries are searched.
    pub(crate) fn captured() -> &'static Self {
        static LINES: OnceLock<Lines> = OnceLock::new();
        LINES.get_or_init(|| {
            let lines = Self::default();
            let subscriber = tracing_subscriber::fmt()
                .with_env_filter("debug,portal=trace,app=trace,server=trace,connectors=trace,sandbox=off")
                .with_writer(lines.clone())
                .with_ansi(false)
                .finish();
            tracing::subscriber::set_global_default(subscriber).unwrap();
            lines
        })
    }

    /// Checks that none of `canaries` was logged.
    pub(crate) fn say_nothing_of<'a>(&self, canaries: impl IntoIterator<Item = &'a str>) {
        let logged = self.text();
        assert!(logged.contains("request"), "the logs are captured");
        for canary in canaries {
            let line = logged.lines().find(|line| line.contains(canary));
            assert_eq!(line, None, "{canary}");
        }
    }

    fn text(&self) -> String {
        String::from_utf8_lossy(&self.0.lock().unwrap()).into_owned()
    }
}

/// Sets a second step up and logs in with it; the key, and the recovery code that was used.
async fn second_step(
    portal: &TestPortal,
    browser: &mut Browser,
    email: &str,
    password: &str,
) -> (String, String) {
    browser.open("/account/two-factor").await;
    browser.submit("/do/account/start-two-factor", &[]).await;
    let (user,): (UserId,) = sql("SELECT id FROM users WHERE email_key = $1")
        .bind(email)
        .fetch_one(&mut portal.db.read().await.unwrap())
        .await
        .unwrap();
    let app = two_factor::pending(portal, user).await.unwrap().unwrap();
    let code = app.code_at(portal.now());
    let shown = browser
        .submit("/do/account/switch-on-two-factor", &[("secret_code", &code)])
        .await;
    let recovery = shown.main().split("<li class=\"mono\">").nth(1).unwrap();
    let recovery = recovery.split('<').next().unwrap();
    browser.submit("/do/account/log-out", &[]).await;
    browser.log_in(email, password).await;
    for typed in ["CANA-RYCO-DECA-NARY", recovery] {
        browser
            .submit("/do/account/give-code", &[("secret_code", typed)])
            .await;
    }
    assert_eq!(browser.open("/account").await.at, "/account");
    (app.key, recovery.to_owned())
}

#[tokio::test(flavor = "multi_thread")]
async fn neither_secrets_nor_people_are_in_the_logs() {
    let lines = Lines::captured();
    on_both(async |portal| {
        let email = people::operator(&portal, OperatorRole::Administrator).await;
        let mut browser = Browser::new(&portal);
        browser.log_in(&email, "canary-wrong-password").await;
        browser
            .log_in("canary-stranger@x.example", "canary-wrong-password")
            .await;
        browser.log_in(&email, PASSWORD).await.says(&["Profile"]);
        let session = browser.cookie("session").unwrap().to_owned();

        browser
            .submit("/do/account/request-reset", &[("email", &email)])
            .await;
        let worker = Worker::new(&portal, jobs::registry());
        worker.run_until_idle().await.unwrap();
        let mail = portal.mailbox.sent().pop().unwrap();
        let token = mail.content.action.url.rsplit('/').next().unwrap().to_owned();
        let reset = format!("/reset/{token}");
        browser.open(&reset).await.says(&[&email]);
        let new = "canary-new-password-42";
        browser
            .submit(
                "/do/account/complete-reset",
                &[("token", &token), ("password", new)],
            )
            .await;
        browser.open(&reset).await;
        let name = [
            ("first_name", "Canaryname"),
            ("last_name", "Canarysurname"),
            ("language", "es"),
            ("time_zone", "Europe/Madrid"),
            ("theme", "dark"),
        ];
        browser.submit("/do/account/save-profile", &name).await;
        browser.open("/invitation/canary-invitation-token").await;
        browser.open("/console/orders?q=canary-search").await;

        browser
            .open("/console/buyers/export.json?email=canary-buyer@x.example")
            .await;
        let (key, recovery) = second_step(&portal, &mut browser, &email, new).await;
        let device = browser.cookie("device").unwrap().to_owned();

        let secrets = [email.as_str(), PASSWORD, session.as_str(), token.as_str(), new];
        let unspaced = key.replace(' ', "");
        let of_second_step = [key.as_str(), &unspaced, &recovery, &device];
        lines.say_nothing_of(secrets.into_iter().chain(of_second_step).chain([
            "canary-wrong-password",
            "canary-stranger",
            "Canaryname",
            "Canarysurname",
            "canary-invitation-token",
            "canary-search",
            "canary-buyer",
            "CANA-RYCO",
            "@levante.example",
        ]));
    })
    .await;
}
