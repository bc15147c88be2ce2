//! What there is to say about an entry, in words.

use domain::{AuditAction, AuditField, AuditObject, ClientRole, OperatorRole, OrderStatus, Platform};
use portal::access::Viewer;
use portal::audit::AuditRow;
use serde_json::Value;

use crate::text::Text;

/// What was done.
pub(super) fn action(t: Text, action: AuditAction) -> String {
    t.get(&format!("audit-{}", action.slug()))
}

/// What kind of thing it was done to.
pub(super) fn object_kind(t: Text, kind: AuditObject) -> String {
    t.get(&format!("audit-object-{}", kind.slug()))
}

/// What a field is called.
pub(super) fn field(t: Text, field: AuditField) -> String {
    t.get(&format!("audit-field-{}", field.slug()))
}

/// Who decided.
pub(super) fn actor(t: Text, row: &AuditRow) -> String {
    row.actor_name
        .clone()
        .unwrap_or_else(|| t.get("audit-portal-itself"))
}

/// A value of a field.
pub(super) fn value(t: Text, field: AuditField, value: &Value) -> String {
    match value {
        Value::Null => t.get(match field {
            AuditField::Stores => "audit-all-stores",
            _ => "audit-nothing",
        }),
        Value::Bool(true) => t.get("audit-yes"),
        Value::Bool(false) => t.get("audit-no"),
        Value::Number(number) => number
            .as_i64()
            .map_or_else(|| number.to_string(), |number| t.number(number)),
        Value::String(text) => word(t, field, text),
        Value::Array(values) if values.is_empty() => t.get("audit-nothing"),
        Value::Array(values) => {
            let values: Vec<String> = values.iter().map(|one| self::value(t, field, one)).collect();
            values.join(", ")
        }
        Value::Object(_) => value.to_string(),
    }
}

/// A text of a field: as it was typed, or in the reader's language where it is a word of ours.
fn word(t: Text, field: AuditField, text: &str) -> String {
    let role = |slug: &str| t.get(&format!("role-{slug}"));
    let known = match field {
        AuditField::Role => text
            .parse::<ClientRole>()
            .map(|known| role(known.slug()))
            .or_else(|_| text.parse::<OperatorRole>().map(|known| role(known.slug())))
            .ok(),
        AuditField::Status => text.parse::<OrderStatus>().map(|status| t.status(status)).ok(),
        AuditField::Platform => {
            let name = |platform: Platform| t.get(&format!("platform-{}", platform.slug()));
            text.parse().map(name).ok()
        }
        AuditField::AddressParts => Some(t.get(&format!("audit-part-{}", text.replace('_', "-")))),
        _ => None,
    };
    known.unwrap_or_else(|| text.to_owned())
}

/// What changed, in one line: `Name: Cafe → Café`.
pub(super) fn summary(t: Text, row: &AuditRow) -> String {
    let said: Vec<String> = row
        .fields()
        .into_iter()
        .map(|(name, before, after)| {
            let now = after
                .or(before)
                .map(|after| value(t, name, after))
                .unwrap_or_default();
            match before {
                Some(before) => format!("{}: {} → {now}", field(t, name), value(t, name, before)),
                None => format!("{}: {now}", field(t, name)),
            }
        })
        .collect();
    said.join(" · ")
}

/// The page of what it was done to; none for what may be gone meanwhile.
pub(super) fn object_href(viewer: &Viewer, row: &AuditRow) -> Option<String> {
    let (kind, id) = row.object_kind.zip(row.object_id)?;
    match (viewer, kind) {
        (Viewer::Operator(_), AuditObject::Customer) => Some(format!("/console/customers/{id}")),
        (Viewer::Operator(_), AuditObject::CatalogueProduct) => Some(format!("/console/catalogue/{id}")),
        (Viewer::Operator(_), AuditObject::Order) => Some(format!("/console/orders/{id}")),
        (Viewer::Client(_), AuditObject::Store) => Some(format!("/storefronts/stores/{id}")),
        (Viewer::Client(_), AuditObject::Order) => Some(format!("/storefronts/orders/{id}")),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use domain::{Language, Timestamp};
    use serde_json::json;

    use super::*;
    use crate::text::Zone;

    #[test]
    fn every_action_object_and_field_has_a_name_in_every_language() {
        for language in [Language::En, Language::Es] {
            let t = Text::new(language, Zone::UTC, Timestamp::EPOCH);
            let actions = AuditAction::ALL.iter().map(|word| action(t, *word));
            let objects = AuditObject::ALL.iter().map(|word| object_kind(t, *word));
            let fields = AuditField::ALL.iter().map(|word| field(t, *word));
            for name in actions.chain(objects).chain(fields) {
                assert!(!name.contains("audit-"), "no name for {name}");
            }
        }
    }

    #[test]
    fn values_are_told_as_people_say_them() {
        let t = Text::new(Language::En, Zone::UTC, Timestamp::EPOCH);
        let said = |field, value: Value| super::value(t, field, &value);
        assert_eq!(said(AuditField::Role, json!("account_admin")), "Account admin");
        assert_eq!(said(AuditField::Role, json!("production")), "Production");
        assert_eq!(said(AuditField::Stores, Value::Null), "All stores");
        assert_eq!(said(AuditField::Access, json!(true)), "Yes");
        assert_eq!(
            said(AuditField::AddressParts, json!(["city", "address_line1"])),
            "City, Street"
        );
        assert_eq!(
            said(AuditField::Name, json!("account_admin")),
            "account_admin",
            "what was typed stays"
        );
    }
}
