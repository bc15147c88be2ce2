//! What the process writes down about people: nothing.

use std::io;
use std::sync::{Arc, Mutex};

use domain::OperatorRole;
use portal::jobs::{self, Worker};
use portal::testing::on_both;
use tracing_subscriber::fmt::MakeWriter;

use crate::browser::Browser;
use crate::people::{self, PASSWORD};

/// Log lines, kept to be searched.
#[derive(Clone, Default)]
struct Lines(Arc<Mutex<Vec<u8>>>);

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
    fn text(&self) -> String {
        String::from_utf8_lossy(&self.0.lock().unwrap()).into_owned()
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn neither_secrets_nor_people_are_in_the_logs() {
    let lines = Lines::default();
    // Everything the portal's own crates say, and all that others say when asked for details.
    let subscriber = tracing_subscriber::fmt()
        .with_env_filter("debug,portal=trace,app=trace,server=trace")
        .with_writer(lines.clone())
        .with_ansi(false)
        .finish();
    // Whoever else runs in this process may write into it too: only canaries are searched.
    let _ = tracing::subscriber::set_global_default(subscriber);
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

        let logged = lines.text();
        assert!(logged.contains("request"), "the logs are captured");
        let secrets = [email.as_str(), PASSWORD, session.as_str(), token.as_str(), new];
        for canary in secrets.into_iter().chain([
            "canary-wrong-password",
            "canary-stranger",
            "Canaryname",
            "Canarysurname",
            "canary-invitation-token",
            "canary-search",
            "@levante.example",
        ]) {
            let line = logged.lines().find(|line| line.contains(canary));
            assert_eq!(line, None, "{canary}");
        }
    })
    .await;
}
