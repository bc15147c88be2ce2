//! What people choose for a store.

use domain::Problem;
use domain::source::ExternalId;
use serde::{Deserialize, Serialize};

/// The status that says in every WooCommerce shop that an order was paid and may be made.
const PAID: &str = "processing";
/// Longest name of a status; WordPress keeps 20 bytes with its prefix.
const STATUS_MAX: usize = 20;

/// What people choose for an online store. Fields that were stored before others existed read as their defaults.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct StoreSettings {
    /// Whether orders come in although no product in them is connected yet; they wait as *not connected* then.
    pub import_unconnected: bool,
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
            notify_buyers: true,
            ready_statuses: vec![PAID.to_owned()],
            location: None,
        }
    }
}

impl StoreSettings {
    /// Reads statuses as a person types them: `processing, wc-on-hold`.
    ///
    /// # Errors
    /// `required`, or `store-status-invalid` for what is no name of a status.
    pub fn parse_statuses(typed: &str) -> Result<Vec<String>, Problem> {
        let mut statuses: Vec<String> = Vec::new();
        for status in typed.split([',', ' ', '\n']).filter(|status| !status.is_empty()) {
            let status = status.to_ascii_lowercase();
            let status = status.strip_prefix("wc-").unwrap_or(&status);
            let named =
                |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || b"-_".contains(&byte);
            if status.is_empty() || status.len() > STATUS_MAX || !status.bytes().all(named) {
                return Err(Problem::new("store-status-invalid"));
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
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn statuses_are_read_as_people_write_them() {
        let read = |typed| StoreSettings::parse_statuses(typed).map_err(|problem| problem.code.into_owned());
        assert_eq!(
            read("processing, wc-on-hold,On-Hold").unwrap(),
            ["processing", "on-hold"]
        );
        assert_eq!(read(" , ").unwrap_err(), "required");
        assert_eq!(read("en espera, pagado!").unwrap_err(), "store-status-invalid");
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
