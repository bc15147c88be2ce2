//! Finds the words for a mail.

use std::sync::LazyLock;
use std::time::Duration;

use domain::{Argument, Timestamp};

use super::MailKind;
use super::content::{Action, Content};
use crate::accounts::device::Device;
use crate::settings::Brand;
use crate::texts::{Language, Texts};

/// What the portal says in mails.
pub(super) static TEXTS: LazyLock<Texts> = LazyLock::new(|| {
    Texts::load(&[
        (Language::En, &[include_str!("../../locales/en/mail.ftl")]),
        (Language::Es, &[include_str!("../../locales/es/mail.ftl")]),
    ])
});

/// What a mail is about and whom it is for.
#[derive(Clone, Debug)]
pub(super) struct Facts<'a> {
    pub(super) kind: MailKind,
    pub(super) language: Language,
    pub(super) first_name: &'a str,
    /// The log-in name.
    pub(super) email: &'a str,
    /// The customer the recipient is invited to work for.
    pub(super) customer: Option<&'a str>,
    /// The store that the mail is about.
    pub(super) store: Option<&'a str>,
    /// The browser that the mail is about.
    pub(super) device: Device,
    /// Its address.
    pub(super) address: Option<&'a str>,
    /// The numbers of the orders that the mail is about, as people say them.
    pub(super) orders: Vec<String>,
    /// How many recovery codes the recipient has left.
    pub(super) codes_left: i64,
    /// Whether the recipient can log in already, at another customer.
    pub(super) has_password: bool,
    /// Whether the recipient uses the operator console rather than the client portal.
    pub(super) is_operator: bool,
    /// IANA name; what is no time zone reads as UTC.
    pub(super) time_zone: &'a str,
    /// Where the button leads.
    pub(super) url: String,
    /// How long the button's link works, and until when.
    pub(super) valid: Option<(Duration, Timestamp)>,
    /// When what the mail tells happened.
    pub(super) happened_at: Timestamp,
}

/// Puts a mail into words.
pub(super) fn compose(facts: &Facts<'_>, brand: &Brand) -> Content {
    let portal = if facts.is_operator {
        &brand.console_name
    } else {
        &brand.storefronts_name
    };
    let say = |key: &str| {
        let arguments: [(&str, Argument); 12] = [
            ("company", brand.company.as_str().into()),
            ("portal", portal.as_str().into()),
            ("customer", facts.customer.unwrap_or(&brand.company).into()),
            ("store", facts.store.unwrap_or_default().into()),
            ("name", facts.first_name.into()),
            ("email", brand.support_email.as_deref().unwrap_or_default().into()),
            ("moment", moment(facts, facts.happened_at).into()),
            ("device", device(facts).into()),
            ("address", facts.address.unwrap_or_default().into()),
            ("codes", facts.codes_left.into()),
            ("orders", facts.orders.join(", ").into()),
            (
                "count",
                i64::try_from(facts.orders.len()).unwrap_or(i64::MAX).into(),
            ),
        ];
        TEXTS.format(facts.language, key, &arguments)
    };
    let own = |part: &str| say(&facts.kind.key(part));
    let mut paragraphs = vec![say("mail-greeting"), own("body")];
    if facts.kind.is_invitation() {
        let todo = if facts.has_password {
            "confirm"
        } else {
            "choose-password"
        };
        paragraphs.push(say(&format!("mail-invitation-{todo}")));
    }
    let (action, unexpected) = if facts.kind.is_invitation() {
        (say("mail-invitation-action"), say("mail-invitation-unexpected"))
    } else {
        (own("action"), own("unexpected"))
    };
    let mut small_print: Vec<String> = facts
        .valid
        .map(|(time, until)| validity(facts, time, until))
        .into_iter()
        .collect();
    small_print.push(unexpected);
    let mut footer = vec![say("mail-footer")];
    if brand.support_email.is_some() {
        footer.push(say("mail-footer-support"));
    }
    Content {
        language: facts.language,
        subject: one_line(&own("subject")),
        preheader: one_line(&own("preheader")),
        heading: own("heading"),
        paragraphs,
        details: vec![(say("mail-user-name"), facts.email.to_owned())],
        action: Action {
            label: action,
            url: facts.url.clone(),
        },
        paste_link: say("mail-paste-link"),
        small_print,
        footer,
    }
}

fn validity(facts: &Facts<'_>, time: Duration, until: Timestamp) -> String {
    let minutes = i64::try_from(time.as_secs() / 60).unwrap_or(i64::MAX);
    let (key, n) = if minutes % 60 == 0 {
        ("mail-hours", minutes / 60)
    } else {
        ("mail-minutes", minutes)
    };
    let duration = TEXTS.format(facts.language, key, &[("n", n.into())]);
    let arguments = [
        ("duration", Argument::from(duration)),
        ("until", moment(facts, until).into()),
    ];
    TEXTS.format(facts.language, "mail-link-valid", &arguments)
}

/// Browser and system, as far as they are known.
fn device(facts: &Facts<'_>) -> String {
    let say = |key: &str| TEXTS.get(facts.language, key);
    let name = |name: Option<&str>, unknown: &str| name.map_or_else(|| say(unknown), str::to_owned);
    let arguments = [
        (
            "browser",
            Argument::from(name(facts.device.browser, "mail-unknown-browser")),
        ),
        ("system", name(facts.device.system, "mail-unknown-system").into()),
    ];
    TEXTS.format(facts.language, "mail-device", &arguments)
}

/// Day and time where the recipient lives, with the name of their time zone.
fn moment(facts: &Facts<'_>, time: Timestamp) -> String {
    let zone = jiff::tz::TimeZone::get(facts.time_zone).unwrap_or(jiff::tz::TimeZone::UTC);
    let instant = jiff::Timestamp::from_microsecond(time.micros()).unwrap_or_default();
    let there = instant.to_zoned(zone);
    let zone = there.time_zone().iana_name().unwrap_or("UTC").replace('_', " ");
    let arguments = [
        ("day", Argument::from(i64::from(there.day()))),
        (
            "month",
            TEXTS
                .get(facts.language, &format!("mail-month-{}", there.month()))
                .into(),
        ),
        ("year", there.year().to_string().into()),
        ("time", there.strftime("%H:%M").to_string().into()),
        ("zone", zone.into()),
    ];
    TEXTS.format(facts.language, "mail-moment", &arguments)
}

/// Header fields are single lines: a name with a line break in it must not start another header.
fn one_line(text: &str) -> String {
    text.split(|character: char| character.is_control() || character.is_whitespace())
        .filter(|word| !word.is_empty())
        .collect::<Vec<_>>()
        .join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::mail::{html, plain};

    /// Every kind, for Lucía of Café & Sol in Madrid.
    pub(in crate::mail) fn facts(kind: MailKind, language: Language) -> Facts<'static> {
        let happened_at = Timestamp::from_seconds(1_795_251_600);
        let time = Duration::from_secs(if kind.is_invitation() { 72 * 3600 } else { 30 * 60 });
        Facts {
            kind,
            language,
            first_name: "Lucía",
            email: "lucia@cafesol.example",
            store: Some("Láminas Garabato"),
            customer: Some("Café & <Sol>"),
            device: Device {
                browser: Some("Firefox"),
                system: Some("Linux"),
            },
            address: Some("192.0.2.7"),
            orders: vec!["ORD-1001".to_owned(), "ORD-1007".to_owned()],
            codes_left: 9,
            has_password: kind == MailKind::InvitationClientUser,
            is_operator: kind == MailKind::InvitationOperator,
            time_zone: "Europe/Madrid",
            url: "https://portal.example/invitation/t0ken?a=1&b=2".to_owned(),
            valid: (kind.is_invitation() || kind == MailKind::PasswordReset)
                .then(|| (time, happened_at + time)),
            happened_at,
        }
    }

    #[test]
    fn both_languages_say_everything() {
        assert_eq!(TEXTS.parity_problems(), Vec::<String>::new());
        for kind in MailKind::ALL {
            for language in [Language::En, Language::Es] {
                let content = compose(&facts(kind, language), &Brand::default());
                let text = plain::render(&content);
                assert!(!text.contains('[') && !text.contains("{$"), "{text}");
            }
        }
    }

    #[test]
    fn mails_read_as_they_should() {
        let brand = Brand {
            support_email: Some("help@levante.example".to_owned()),
            ..Brand::default()
        };
        for kind in MailKind::ALL {
            for language in [Language::En, Language::Es] {
                let content = compose(&facts(kind, language), &brand);
                let name = format!("{}.{language}", kind.as_str());
                insta::assert_snapshot!(
                    format!("{name}.txt"),
                    format!("Subject: {}\n\n{}", content.subject, plain::render(&content))
                );
                insta::assert_snapshot!(format!("{name}.html"), html::render(&content));
            }
        }
    }

    #[test]
    fn a_subject_stays_one_line() {
        let brand = Brand {
            company: "Levante\r\nBcc: all@x.example\u{0}".to_owned(),
            ..Brand::default()
        };
        let content = compose(&facts(MailKind::InvitationClientAdmin, Language::En), &brand);
        assert_eq!(
            content.subject,
            "Levante Bcc: all@x.example gives you access to Storefronts"
        );
    }
}
