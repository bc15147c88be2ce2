//! What a deployment can set. Read from one TOML file and the environment by the server;
//! `docs/configuration.md` lists every option with its default.

use std::net::SocketAddr;
use std::path::PathBuf;
use std::time::Duration;

use serde::{Deserialize, Serialize};
use url::Url;

use crate::mail::MailSettings;
use crate::secrets::{EncryptionSettings, KeyProblem};
use crate::stores::{EtsySettings, ShopifySettings};

/// Everything a deployment can set.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Settings {
    /// Development has comfortable defaults; production refuses to start on them.
    pub environment: Environment,
    /// Where the portal listens.
    pub listen: SocketAddr,
    /// The address people open, without a path: links in mails start with it.
    pub base_url: Url,
    /// Where the database file, uploads and keys live.
    pub data_dir: PathBuf,
    /// Where the built style sheet, scripts, fonts and icons lie.
    pub site_dir: PathBuf,
    /// Addresses of reverse proxies whose `X-Forwarded-For` is believed.
    pub trusted_proxies: Vec<std::net::IpAddr>,
    /// Which roles this process has.
    pub roles: Roles,
    /// The database.
    pub database: DatabaseOptions,
    /// Names, colours and addresses of the print company.
    pub brand: Brand,
    /// Where mails go and whom they come from.
    pub mail: MailSettings,
    /// How long sessions live.
    pub sessions: SessionSettings,
    /// How people prove who they are.
    pub security: SecuritySettings,
    /// How the process logs.
    pub log: LogSettings,
    /// What secrets are sealed with.
    pub encryption: EncryptionSettings,
    /// The application at Shopify.
    pub shopify: ShopifySettings,
    /// The application at Etsy.
    pub etsy: EtsySettings,
    /// How outbound requests are bounded.
    pub outbound: OutboundTargets,
    /// Shops to try the portal on.
    pub sandbox: SandboxSettings,
    /// How much people may send.
    pub uploads: UploadSettings,
    /// How long finished things are kept.
    pub retention: Retention,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            environment: Environment::Development,
            listen: SocketAddr::from(([127, 0, 0, 1], 3000)),
            base_url: development_url(),
            data_dir: PathBuf::from("data"),
            site_dir: PathBuf::from("target/site"),
            trusted_proxies: Vec::new(),
            roles: Roles::default(),
            database: DatabaseOptions::default(),
            brand: Brand::default(),
            mail: MailSettings::default(),
            sessions: SessionSettings::default(),
            security: SecuritySettings::default(),
            log: LogSettings::default(),
            encryption: EncryptionSettings::default(),
            shopify: ShopifySettings::default(),
            etsy: EtsySettings::default(),
            outbound: OutboundTargets::default(),
            sandbox: SandboxSettings::default(),
            uploads: UploadSettings::default(),
            retention: Retention::default(),
        }
    }
}

#[expect(clippy::expect_used, reason = "a literal that a test parses")]
fn development_url() -> Url {
    Url::parse("http://127.0.0.1:3000").expect("a valid literal")
}

impl Settings {
    /// Whether this is a production deployment.
    pub fn is_production(&self) -> bool {
        self.environment == Environment::Production
    }

    /// An absolute address for a path that starts with `/`.
    pub fn link(&self, path: &str) -> String {
        format!("{}{path}", self.base_url.as_str().trim_end_matches('/'))
    }

    /// The database's URL: as set, or a file in the data directory.
    pub fn database_url(&self) -> String {
        self.database
            .url
            .clone()
            .unwrap_or_else(|| format!("sqlite:{}", self.data_dir.join("portal.db").display()))
    }

    /// Whether cookies can be marked `Secure` with the `__Host-` prefix: the portal is opened over HTTPS.
    pub fn secure_cookies(&self) -> bool {
        self.base_url.scheme() == "https"
    }
}

impl Settings {
    /// What is wrong with the settings, each in a sentence that names the option. A process does not start
    /// with any.
    pub fn problems(&self) -> Vec<String> {
        let mut problems = Vec::new();
        let mut check = |fine: bool, problem: &str| {
            if !fine {
                problems.push(problem.to_owned());
            }
        };
        check(
            matches!(self.base_url.scheme(), "http" | "https") && self.base_url.path() == "/",
            "base_url: an address such as https://portal.example.com, without a path",
        );
        check(
            is_colour(&self.brand.accent),
            "brand.accent: a CSS colour such as #1d6fb8 or oklch(0.5 0.11 230)",
        );
        check(
            jiff::tz::TimeZone::get(&self.brand.default_time_zone).is_ok(),
            "brand.default_time_zone: a name such as Europe/Madrid",
        );
        check(
            self.roles.web || self.roles.worker,
            "roles: a process needs `web`, `worker` or both",
        );
        check(
            !self.roles.worker || self.roles.worker_slots > 0,
            "roles.worker_slots: at least 1",
        );
        check(
            self.roles.worker_lease_seconds > 0,
            "roles.worker_lease_seconds: at least 1",
        );
        check(
            self.retention.audit_days >= Retention::LEAST_AUDIT_DAYS,
            "retention.audit_days: at least 30",
        );
        check(
            self.mail.smtp.is_some()
                || self.mail.shared_mailbox
                || !self.roles.web
                || self.listen.ip().is_loopback(),
            "listen: without a mail server everybody who reaches the portal can read its mails, and the links in them \
             let people in; listen on 127.0.0.1, set mail.smtp.host, or allow it with mail.shared_mailbox",
        );
        if self.is_production() {
            check(
                self.base_url.scheme() == "https",
                "base_url: production needs https, or cookies travel in the clear",
            );
            check(
                !self.outbound.allow_loopback,
                "outbound.allow_loopback: never in production",
            );
            check(
                self.sandbox.listen.is_none(),
                "sandbox.listen: never in production",
            );
        }
        let production = self.is_production();
        let applications = [self.shopify.problems(production), self.etsy.problems(production)];
        problems.extend(applications.concat().into_iter().map(ToOwned::to_owned));
        match self.encryption.ring() {
            Err(problem) => problems.push(problem.to_string()),
            Ok(None) if self.is_production() => problems.push(KeyProblem::Missing.to_string()),
            Ok(_) => {}
        }
        problems.extend(
            self.mail
                .validate(self.environment)
                .err()
                .map(|problem| problem.to_string()),
        );
        problems
    }
}

/// Whether a text can only be a CSS colour: it goes into a style sheet.
fn is_colour(text: &str) -> bool {
    let allowed = |c: char| c.is_ascii_alphanumeric() || "#(),.%/ -".contains(c);
    !text.is_empty() && text.len() <= 64 && text.chars().all(allowed)
}

/// What kind of deployment this is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Environment {
    /// For trying out and building: loopback targets, built-in mail catcher.
    Development,
    /// For real customers: every required setting must be given.
    Production,
}

/// Which roles a process has. Both by default; several processes can share a PostgreSQL database.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Roles {
    /// Serves pages and edges.
    pub web: bool,
    /// Works on jobs.
    pub worker: bool,
    /// How many jobs it works on at once.
    pub worker_slots: usize,
    /// Seconds for which a job belongs to a worker that gives no sign of life; then another one takes it over.
    pub worker_lease_seconds: u32,
}

impl Roles {
    /// How long a job belongs to a worker that gives no sign of life.
    pub fn worker_lease(&self) -> Duration {
        Duration::from_secs(u64::from(self.worker_lease_seconds))
    }
}

impl Default for Roles {
    fn default() -> Self {
        Self {
            web: true,
            worker: true,
            worker_slots: 16,
            worker_lease_seconds: 30,
        }
    }
}

/// The database.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct DatabaseOptions {
    /// `sqlite:<file>` or `postgres://…`; without it a SQLite file in the data directory.
    pub url: Option<String>,
    /// The most connections to PostgreSQL, or readers of the SQLite file.
    pub connections: u32,
}

impl Default for DatabaseOptions {
    fn default() -> Self {
        Self {
            url: None,
            connections: 16,
        }
    }
}

/// Names, colours and addresses of the print company (white label).
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Brand {
    /// The print company.
    pub company: String,
    /// The operators' face.
    pub console_name: String,
    /// The client users' face.
    pub storefronts_name: String,
    /// Any CSS colour; readable shades are derived from it.
    pub accent: String,
    /// Where *Ask for help* goes.
    pub support_email: Option<String>,
    /// What stands before an order's number.
    pub order_prefix: String,
    /// Language of people who have not chosen one and whose browser asks for neither.
    pub default_language: domain::Language,
    /// Time zone of people who have not chosen one: an IANA name.
    pub default_time_zone: String,
}

impl Default for Brand {
    fn default() -> Self {
        Self {
            company: "Levante Press".to_owned(),
            console_name: "GelatoConnect".to_owned(),
            storefronts_name: "Storefronts".to_owned(),
            accent: "oklch(0.5 0.11 230)".to_owned(),
            support_email: None,
            order_prefix: "LP-".to_owned(),
            default_language: domain::Language::Es,
            default_time_zone: "Europe/Madrid".to_owned(),
        }
    }
}

/// How long sessions live.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct SessionSettings {
    /// Hours after which a client user must log in again, whatever they do.
    pub client_hours: u32,
    /// Minutes without a request after which a client user must log in again.
    pub client_idle_minutes: u32,
    /// Hours after which an operator must log in again, whatever they do.
    pub operator_hours: u32,
    /// Minutes without a request after which an operator must log in again.
    pub operator_idle_minutes: u32,
}

impl Default for SessionSettings {
    fn default() -> Self {
        Self {
            client_hours: 12,
            client_idle_minutes: 60,
            operator_hours: 8,
            operator_idle_minutes: 30,
        }
    }
}

impl SessionSettings {
    /// How long a session may last from log-in on.
    pub fn absolute(&self, operator: bool) -> Duration {
        let hours = if operator {
            self.operator_hours
        } else {
            self.client_hours
        };
        Duration::from_secs(u64::from(hours) * 3600)
    }

    /// How long a session may rest.
    pub fn idle(&self, operator: bool) -> Duration {
        let minutes = if operator {
            self.operator_idle_minutes
        } else {
            self.client_idle_minutes
        };
        Duration::from_secs(u64::from(minutes) * 60)
    }
}

/// How people prove who they are.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct SecuritySettings {
    /// Whether operators can open nothing before they log in with a second step.
    pub operators_need_two_factor: bool,
}

/// How the process logs, to standard error.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct LogSettings {
    /// `text` for people, `json` for collectors.
    pub format: LogFormat,
    /// A `tracing` filter such as `info` or `info,portal=debug`.
    pub filter: String,
}

impl Default for LogSettings {
    fn default() -> Self {
        Self {
            format: LogFormat::Text,
            filter: "info".to_owned(),
        }
    }
}

/// The shape of log lines.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum LogFormat {
    /// One readable line per event.
    Text,
    /// One JSON object per event.
    Json,
}

/// Where outbound requests may go.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct OutboundTargets {
    /// Lets requests reach this machine itself, for the sandbox. Refused in production.
    pub allow_loopback: bool,
}

/// Shops to try the portal on without an account anywhere: stand-ins of the store platforms.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct SandboxSettings {
    /// Where they and the desk to play buyer at are served; without it there are none. Refused in production.
    pub listen: Option<SocketAddr>,
    /// The desk where people play buyer and shop owner, such as `http://127.0.0.1:3001/desk`, once it is served.
    #[serde(skip)]
    pub desk: Option<String>,
}

/// How much people may send.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct UploadSettings {
    /// The most megabytes that the people of one customer may send within 24 hours.
    pub customer_megabytes_per_day: u32,
}

impl Default for UploadSettings {
    fn default() -> Self {
        Self {
            customer_megabytes_per_day: 10_240,
        }
    }
}

/// How long finished things are kept, in days unless said.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Retention {
    /// Hours a finished job stays readable.
    pub finished_job_hours: u32,
    /// Days a failed or dead job stays for a retry.
    pub failed_job_days: u32,
    /// Days an import stays, with its file and the results of its rows. The orders stay.
    pub import_days: u32,
    /// Days a mail's delivery record stays.
    pub mail_days: u32,
    /// Days that messages between stores and the portal stay.
    pub message_days: u32,
    /// Days that lists read from stores without trouble stay; those that failed stay as other messages.
    pub poll_days: u32,
    /// Days that the audit log stays; 30 at the least.
    pub audit_days: u32,
}

impl Retention {
    /// The database lets go of no entry of the audit log that is younger than four weeks.
    const LEAST_AUDIT_DAYS: u32 = 30;
}

impl Default for Retention {
    fn default() -> Self {
        Self {
            finished_job_hours: 24,
            failed_job_days: 30,
            import_days: 90,
            mail_days: 90,
            message_days: 90,
            poll_days: 3,
            audit_days: 730,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_defaults_are_fine_for_development_and_not_for_production() {
        assert_eq!(Settings::default().problems(), Vec::<String>::new());
        let production = Settings {
            environment: Environment::Production,
            ..Settings::default()
        };
        let options: Vec<String> = production
            .problems()
            .iter()
            .map(|problem| problem[..9].to_owned())
            .collect();
        assert_eq!(options, ["base_url:", "encryptio", "mail.smtp"]);
    }

    #[test]
    fn only_this_machine_reads_the_mails_of_a_portal_without_a_mail_server() {
        let open = Settings {
            listen: SocketAddr::from(([0, 0, 0, 0], 3000)),
            ..Settings::default()
        };
        let problems = open.problems();
        assert!(
            problems.len() == 1 && problems[0].starts_with("listen:"),
            "{problems:?}"
        );
        let fine = |change: fn(&mut Settings)| {
            let mut settings = open.clone();
            change(&mut settings);
            settings.problems().is_empty()
        };
        assert!(fine(
            |settings| settings.listen = SocketAddr::from(([127, 0, 0, 2], 3000))
        ));
        assert!(fine(|settings| settings.mail.shared_mailbox = true));
        assert!(fine(|settings| settings.roles.web = false));
        assert!(fine(|settings| {
            settings.mail.smtp = Some(crate::mail::SmtpSettings::plain("mail.example.com", 25));
            settings.mail.from_address = Some("portal@example.com".to_owned());
        }));
    }

    #[test]
    fn a_colour_cannot_leave_its_declaration() {
        let accent = |accent: &str| is_colour(accent);
        assert!(accent("#1d6fb8") && accent("oklch(0.5 0.11 230)") && accent("teal"));
        assert!(!accent("red;} body{display:none") && !accent("</style>") && !accent(""));
    }

    #[test]
    fn links_have_one_slash_between_host_and_path() {
        assert_eq!(Settings::default().link("/login"), "http://127.0.0.1:3000/login");
    }
}
