//! What people choose for a store.

use domain::Problem;
use domain::source::ExternalId;
use serde::{Deserialize, Serialize};

/// The status that says in every WooCommerce shop that an order was paid and may be made.
const PAID: &str = "processing";
/// The statuses that every WooCommerce shop has.
const STATUSES: [&str; 7] = [
    "pending",
    "processing",
    "on-hold",
    "completed",
    "cancelled",
    "refunded",
    "failed",
];
/// Most letters by which a mistyped status differs from the one that was meant.
const MISTYPED: usize = 2;
/// Longest name of a status; WordPress keeps 20 bytes with its prefix.
const STATUS_MAX: usize = 20;

/// What people choose for an online store. Fields that were stored before others existed read as their defaults.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct StoreSettings {
    /// Whether orders come in although no product in them is connected yet; they wait as *not connected* then.
    pub import_unconnected: bool,
    /// Whether lines to which the buyer added a text or a picture wait until somebody has looked at them.
    pub hold_personalised: bool,
    /// Whether the platform may mail the buyer when something is shipped.
    pub notify_buyers: bool,
    /// WooCommerce: the statuses that say that an order may be made. Shops have plug-ins with their own.
    pub ready_statuses: Vec<String>,
    /// Shopify: the location whose orders are made here; `None` for all of the shop's.
    pub location: Option<ExternalId>,
}

impl Default for StoreSettings {
    fn default() -> Self {
        Self {
            import_unconnected: true,
            hold_personalised: true,
            notify_buyers: true,
            ready_statuses: vec![PAID.to_owned()],
            location: None,
        }
    }
}

impl StoreSettings {
    /// Reads statuses as a person types them: `processing, wc-on-hold`. Those that a plug-in of the shop has brought are
    /// taken only from a person who says that it has such: nobody notices otherwise that no order ever gets there.
    ///
    /// # Errors
    /// `required`; `store-status-invalid` for what is no name of a status; `store-status-mistyped` with the `status` and
    /// what was `meant`, `store-status-unknown` with the `status` and the `known` ones.
    pub fn parse_statuses(typed: &str, plug_in: bool) -> Result<Vec<String>, Problem> {
        let mut statuses: Vec<String> = Vec::new();
        for status in typed.split([',', ' ', '\n']).filter(|status| !status.is_empty()) {
            let status = status.to_ascii_lowercase();
            let status = status.strip_prefix("wc-").unwrap_or(&status);
            let named =
                |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || b"-_".contains(&byte);
            if status.is_empty() || status.len() > STATUS_MAX || !status.bytes().all(named) {
                return Err(Problem::new("store-status-invalid"));
            }
            if !plug_in && !STATUSES.contains(&status) {
                return Err(unknown(status));
            }
            if !statuses.iter().any(|known| known == status) {
                statuses.push(status.to_owned());
            }
        }
        if statuses.is_empty() {
            return Err(Problem::new("required"));
        }
        Ok(statuses)
    }

    /// Whether a status was chosen that only a plug-in of the shop can have brought.
    pub fn has_statuses_of_plug_ins(&self) -> bool {
        self.ready_statuses
            .iter()
            .any(|status| !STATUSES.contains(&status.as_str()))
    }
}

/// What is wrong with a status that is none of `WooCommerce`'s own.
fn unknown(status: &str) -> Problem {
    let meant = STATUSES
        .into_iter()
        .map(|known| (distance(status, known), known))
        .min()
        .filter(|(distance, _)| *distance <= MISTYPED);
    let problem = match meant {
        Some((_, meant)) => Problem::new("store-status-mistyped").with("meant", meant),
        None => Problem::new("store-status-unknown").with("known", STATUSES.join(", ")),
    };
    problem.with("status", status)
}

/// How many letters have to be put in, taken away or changed to make one word of the other.
fn distance(one: &str, other: &str) -> usize {
    let mut row: Vec<usize> = (0..=other.len()).collect();
    for (above, letter) in one.bytes().enumerate() {
        let mut diagonal = above;
        row[0] = above + 1;
        for (left, wanted) in other.bytes().enumerate() {
            let changed = diagonal + usize::from(letter != wanted);
            diagonal = row[left + 1];
            row[left + 1] = changed.min(diagonal + 1).min(row[left] + 1);
        }
    }
    row[other.len()]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn statuses_are_read_as_people_write_them() {
        let read =
            |typed| StoreSettings::parse_statuses(typed, false).map_err(|problem| problem.code.into_owned());
        assert_eq!(
            read("processing, wc-on-hold,On-Hold").unwrap(),
            ["processing", "on-hold"]
        );
        assert_eq!(read(" , ").unwrap_err(), "required");
        assert_eq!(read("pagado!").unwrap_err(), "store-status-invalid");
    }

    #[test]
    fn a_status_that_no_shop_has_by_itself_is_taken_for_mistyped_unless_a_plug_in_brought_it() {
        let refused = |typed| StoreSettings::parse_statuses(typed, false).unwrap_err();
        let mistyped = Problem::new("store-status-mistyped");
        assert_eq!(
            refused("procesing"),
            mistyped.with("meant", "processing").with("status", "procesing")
        );
        assert_eq!(refused("canceled").code, "store-status-mistyped");
        assert_eq!(refused("ready-to-print").code, "store-status-unknown");
        let custom = StoreSettings::parse_statuses("processing, ready-to-print", true).unwrap();
        let settings = StoreSettings {
            ready_statuses: custom,
            ..StoreSettings::default()
        };
        assert!(settings.has_statuses_of_plug_ins());
        assert!(!StoreSettings::default().has_statuses_of_plug_ins());
    }

    #[test]
    fn words_differ_by_the_letters_that_have_to_be_changed() {
        assert_eq!(distance("on-hold", "on-hold"), 0);
        assert_eq!(distance("onhold", "on-hold"), 1);
        assert_eq!(distance("", "failed"), 6);
        assert_eq!(distance("processed", "processing"), 3);
    }

    #[test]
    fn settings_from_before_read_as_their_defaults() {
        let read: StoreSettings = serde_json::from_str(r#"{"notify_buyers":false}"#).unwrap();
        assert_eq!(
            (read.ready_statuses, read.location),
            (vec![PAID.to_owned()], None)
        );
        assert!(read.import_unconnected && !read.notify_buyers);
    }
}
