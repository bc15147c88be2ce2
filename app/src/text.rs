//! The interface's sentences in the visitor's language, and dates, numbers and sizes as it writes them.

use std::collections::BTreeMap;
use std::sync::{LazyLock, Mutex, PoisonError};

use domain::catalogue::Length;
use domain::{Argument, Language, Money, Problem, ReasonCode, Status, Timestamp};
use jiff::Zoned;
use jiff::tz::TimeZone;
use portal::files::design::Finding;
use portal::jobs::JobRow;
use portal::texts::{self, Texts};

use crate::visitor::visitor;

macro_rules! load {
    ($($area:literal),+ $(,)?) => {
        Texts::load(&[
            (Language::En, &[$(include_str!(concat!("../locales/en/", $area, ".ftl"))),+]),
            (Language::Es, &[$(include_str!(concat!("../locales/es/", $area, ".ftl"))),+]),
        ])
    };
}

static TEXTS: LazyLock<Texts> = LazyLock::new(|| {
    load![
        "account",
        "activity",
        "activity_events",
        "app",
        "audit",
        "buyers",
        "catalogue",
        "connections",
        "customers",
        "dashboard",
        "development",
        "imports",
        "orders",
        "orders_at_store",
        "problems",
        "products",
        "reasons",
        "statuses",
        "storefront_orders",
        "stores",
        "stores_connect",
        "team",
        "ui",
        "users",
    ]
});

/// A time zone that views can carry around: a zone is read once and kept for good, so that a [`Text`] can be
/// copied into every part of a view. There are no more of them than the time zone database has names.
#[derive(Clone, Copy, Debug)]
pub struct Zone(&'static TimeZone);

impl Zone {
    /// UTC.
    pub const UTC: Self = Self(&TimeZone::UTC);

    /// The zone of an IANA name; UTC for a name that is none.
    pub fn named(name: &str) -> Self {
        static KNOWN: Mutex<BTreeMap<String, Zone>> = Mutex::new(BTreeMap::new());
        let mut known = KNOWN.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(zone) = known.get(name) {
            return *zone;
        }
        let Ok(zone) = TimeZone::get(name) else {
            return Self::UTC;
        };
        let zone = Self(Box::leak(Box::new(zone)));
        known.insert(name.to_owned(), zone);
        zone
    }

    /// The midnight that begins a day, or one `later` days after it: of `2026-11-21`, as date fields send it.
    pub fn day(self, day: &str, later: i64) -> Option<Timestamp> {
        let day: jiff::civil::Date = day.parse().ok()?;
        let day = day.checked_add(jiff::Span::new().try_days(later).ok()?).ok()?;
        let midnight = day.to_zoned(self.0.clone()).ok()?;
        Some(Timestamp::from_micros(midnight.timestamp().as_microsecond()))
    }
}

/// The sentences of the visitor's language.
#[derive(Clone, Copy, Debug)]
pub struct Text {
    /// The language.
    pub language: Language,
    zone: Zone,
    now: Timestamp,
}

/// The sentences in the language of the request being answered.
pub fn texts() -> Text {
    let visitor = visitor();
    Text::new(visitor.language, visitor.time_zone, visitor.now)
}

impl Text {
    /// The sentences of a language, with times shown in a zone and told from `now`.
    pub fn new(language: Language, zone: Zone, now: Timestamp) -> Self {
        Self { language, zone, now }
    }

    /// The sentence of a key.
    pub fn get(&self, key: &str) -> String {
        TEXTS.get(self.language, key)
    }

    /// The sentence of a key that names values.
    pub fn with<const N: usize>(&self, key: &str, arguments: [(&str, Argument); N]) -> String {
        TEXTS.format(self.language, key, &arguments)
    }

    /// What is wrong, in a sentence.
    pub fn problem(&self, problem: &Problem) -> String {
        TEXTS.problem(self.language, problem)
    }

    /// Why something stopped, in a sentence.
    pub fn reason(&self, reason: ReasonCode) -> String {
        self.get(&format!("reason-{}", reason.as_str()))
    }

    /// A state, in a word.
    pub fn status(&self, status: impl Status) -> String {
        self.get(&status.text_key())
    }

    /// What the check of a design found, in a sentence.
    pub fn finding(&self, finding: &Finding) -> String {
        TEXTS.format(self.language, &finding.text_key(), &finding.problem.arguments)
    }

    /// An amount with its currency: `€19.90`, `19,90 €`.
    pub fn money(&self, money: Money) -> String {
        let code = money.currency.as_str();
        let sign = match code {
            "EUR" => "€",
            "GBP" => "£",
            "USD" => "$",
            other => other,
        };
        match self.language {
            Language::En if sign.chars().count() == 1 => format!("{sign}{}", money.decimal()),
            Language::En => format!("{} {sign}", money.decimal()),
            Language::Es => format!("{} {sign}", money.decimal().replace('.', ",")),
        }
    }

    /// How far a job is, in a few words.
    pub fn job_progress(&self, job: &JobRow) -> String {
        let state = self.status(job.state);
        if job.waits_for_retry(self.now) {
            let time = self.time(job.run_at);
            return self.with("app-progress-waits", [("time", time.into())]);
        }
        match job.progress_total {
            // What is counted in hundredths is told in hundredths.
            Some(100) if !job.state.is_finished() => self.with(
                "app-progress-percent",
                [("state", state.into()), ("done", job.progress_done.into())],
            ),
            Some(total) if !job.state.is_finished() => self.with(
                "app-progress",
                [
                    ("state", state.into()),
                    ("done", job.progress_done.into()),
                    ("total", total.into()),
                ],
            ),
            _ => state,
        }
    }

    /// What was done, in a sentence.
    pub fn done(&self, done: &Problem) -> String {
        TEXTS.format(self.language, &format!("done-{}", done.code), &done.arguments)
    }

    /// A whole number.
    pub fn number(&self, value: i64) -> String {
        texts::number(self.language, value)
    }

    /// How many millimetres a length has: `297`, `0.5`.
    pub fn millimetres(&self, length: Length) -> String {
        texts::decimal_mark(self.language, &length.millimetres())
    }

    fn zoned(&self, at: Timestamp) -> Zoned {
        jiff::Timestamp::from_microsecond(at.micros())
            .unwrap_or_default()
            .to_zoned(self.zone.0.clone())
    }

    fn month(&self, month: i8) -> String {
        self.get(&format!("month-{month}"))
    }

    /// A day: `21 Nov`, with the year when it is another one than now's.
    pub fn date(&self, at: Timestamp) -> String {
        let (at, now) = (self.zoned(at), self.zoned(self.now));
        let day = format!("{} {}", at.day(), self.month(at.month()));
        if at.year() == now.year() {
            day
        } else {
            format!("{day} {}", at.year())
        }
    }

    /// A time of day: `14:02`.
    pub fn time(&self, at: Timestamp) -> String {
        let at = self.zoned(at);
        format!("{:02}:{:02}", at.hour(), at.minute())
    }

    /// The hour of the day, 0 to 23.
    pub fn hour(&self, at: Timestamp) -> i8 {
        self.zoned(at).hour()
    }

    /// A time of day to the second, with its zone: `14:02:11 CET`.
    pub fn clock(&self, at: Timestamp) -> String {
        self.zoned(at).strftime("%H:%M:%S %Z").to_string()
    }

    /// A moment: `21 Nov, 14:02`.
    pub fn date_time(&self, at: Timestamp) -> String {
        format!("{}, {}", self.date(at), self.time(at))
    }

    /// How long ago a moment is, within a day; then the moment.
    pub fn ago(&self, at: Timestamp) -> String {
        let minutes = i64::try_from(self.now.since(at).as_secs() / 60).unwrap_or(i64::MAX);
        match minutes {
            0 => self.get("ago-now"),
            1..60 => self.with("ago-minutes", [("minutes", minutes.into())]),
            60..1440 => self.with("ago-hours", [("hours", (minutes / 60).into())]),
            _ => self.date_time(at),
        }
    }

    /// As [`Self::ago`], within a sentence.
    pub fn ago_within(&self, at: Timestamp) -> String {
        let words = self.ago(at);
        let mut letters = words.chars();
        let first = letters.next().map(char::to_lowercase);
        first.into_iter().flatten().chain(letters).collect()
    }

    /// Whether a moment is still to come.
    pub fn is_ahead(&self, at: Timestamp) -> bool {
        at > self.now
    }

    /// A moment as `<time datetime>` wants it.
    pub fn machine_time(&self, at: Timestamp) -> String {
        jiff::Timestamp::from_microsecond(at.micros())
            .unwrap_or_default()
            .strftime("%Y-%m-%dT%H:%M:%SZ")
            .to_string()
    }

    /// A file's size: `1,4 MB`.
    pub fn size(&self, bytes: i64) -> String {
        let (unit, divisor) = match bytes {
            ..1000 => return format!("{bytes} B"),
            1000..1_000_000 => ("KB", 1_000),
            1_000_000..1_000_000_000 => ("MB", 1_000_000),
            _ => ("GB", 1_000_000_000),
        };
        let tenths = (bytes * 10 + divisor / 2) / divisor;
        let point = if self.language == Language::Es { ',' } else { '.' };
        match tenths % 10 {
            0 => format!("{} {unit}", tenths / 10),
            rest => format!("{}{point}{rest} {unit}", tenths / 10),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(language: Language) -> Text {
        let zone = Zone::named("Europe/Madrid");
        // 2026-11-21T13:02:11Z
        Text::new(language, zone, Timestamp::from_seconds(1_795_266_131))
    }

    #[test]
    fn both_languages_have_every_sentence() {
        assert_eq!(TEXTS.parity_problems(), &[] as &[String]);
    }

    #[test]
    fn lengths_have_the_decimal_mark_of_the_language() {
        let length = Length::from_um(210_500);
        assert_eq!(text(Language::En).millimetres(length), "210.5");
        assert_eq!(text(Language::Es).millimetres(length), "210,5");
    }

    #[test]
    fn every_problem_has_a_sentence() {
        let missing: Vec<&&str> = domain::PROBLEM_CODES
            .iter()
            .chain(portal::files::PROBLEM_CODES)
            .filter(|code| !TEXTS.has(Language::En, &format!("problem-{code}")))
            .collect();
        assert!(missing.is_empty(), "no sentence for {missing:?}");
    }

    #[test]
    fn every_reason_has_a_sentence() {
        let missing: Vec<&str> = ReasonCode::ALL
            .iter()
            .map(|reason| reason.as_str())
            .filter(|code| !TEXTS.has(Language::En, &format!("reason-{code}")))
            .collect();
        assert!(missing.is_empty(), "no sentence for {missing:?}");
    }

    #[test]
    fn every_reason_against_a_store_has_a_sentence_and_a_remedy() {
        let keys = portal::stores::connect::CODES
            .iter()
            .flat_map(|code| [format!("connection-{code}"), format!("connection-{code}-fix")]);
        let missing: Vec<String> = keys.filter(|key| !TEXTS.has(Language::En, key)).collect();
        assert!(missing.is_empty(), "no sentence for {missing:?}");
    }

    #[test]
    fn every_status_has_a_word() {
        fn check<S: Status>(all: &[S]) {
            for status in all {
                assert!(
                    TEXTS.has(Language::En, &status.text_key()),
                    "no word for {}",
                    status.text_key()
                );
            }
        }
        check(domain::InvitationState::ALL);
        check(domain::StoreState::ALL);
        check(domain::MappingState::ALL);
        check(domain::OrderStatus::ALL);
        check(domain::JobState::ALL);
        check(domain::ImportState::ALL);
        check(domain::MailState::ALL);
        check(domain::MessageState::ALL);
        check(domain::FileState::ALL);
        check(domain::WriteState::ALL);
    }

    #[test]
    fn moments_are_written_in_the_visitors_zone_and_language() {
        let now = Timestamp::from_seconds(1_795_266_131);
        assert_eq!(text(Language::En).date_time(now), "21 Nov, 14:02");
        assert_eq!(text(Language::Es).date_time(now), "21 nov, 14:02");
        assert_eq!(text(Language::En).date(Timestamp::EPOCH), "1 Jan 1970");
    }

    #[test]
    fn recent_moments_are_told_from_now() {
        let ago = |seconds: i64| Timestamp::from_seconds(1_795_266_131 - seconds);
        assert_eq!(text(Language::En).ago(ago(5)), "Just now");
        assert_eq!(text(Language::En).ago_within(ago(5)), "just now");
        assert_eq!(text(Language::Es).ago(ago(720)), "hace 12 min");
        assert_eq!(text(Language::En).ago(ago(7200)), "2 h ago");
        assert_eq!(text(Language::En).ago(ago(90_000)), "20 Nov, 13:02");
    }

    #[test]
    fn money_is_written_as_the_language_writes_it() {
        let money = |text: &str, currency: &str| Money::parse(text, currency.parse().unwrap()).unwrap();
        assert_eq!(text(Language::En).money(money("19.90", "EUR")), "€19.90");
        assert_eq!(text(Language::Es).money(money("19.90", "EUR")), "19,90 €");
        assert_eq!(text(Language::En).money(money("19", "JPY")), "19 JPY");
    }

    #[test]
    fn sizes_are_rounded_to_a_tenth() {
        assert_eq!(text(Language::Es).size(1_440_000), "1,4 MB");
        assert_eq!(text(Language::En).size(2_000), "2 KB");
        assert_eq!(text(Language::En).size(12), "12 B");
    }
}
