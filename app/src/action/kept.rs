//! What is kept of a form that is not done: for its person to find it again, without secrets and within bounds.

use leptos::prelude::ServerFnError;

use super::{Action, KEPT, SHOWN_FOR};
use crate::fault;
use crate::visitor::{KeptForm, RefusedForm};

/// Most bytes kept of a form that was sent after its session had ended: what a person types, and far from what could
/// fill a disk.
const KEPT_BYTES: usize = 32 * 1024;
/// Most values, and bytes of each, kept of a refused form of somebody who is not logged in: the forms they have ask for
/// names, addresses and choices.
const SIGNED_OUT_VALUES: usize = 16;
const SIGNED_OUT_VALUE_BYTES: usize = 512;

impl Action {
    /// Keeps a form of somebody whose session has ended or who must prove who they are, for them alone to find it again.
    pub(super) async fn keep(&self, form: &str) -> Result<(), ServerFnError> {
        let was = self.visitor.was.filter(|_| self.visitor.undecided.is_none());
        let Some(user) = self.visitor.person().map(|person| person.id).or(was) else {
            return Ok(());
        };
        let values = without_secrets(&self.values);
        // A button does not push out what somebody typed.
        let is_button = values.iter().all(|(name, _)| name == SHOWN_FOR);
        if is_button && self.session.get_value(KEPT).await.ok().flatten().is_some() {
            return Ok(());
        }
        let bytes: usize = values.iter().map(|(name, value)| name.len() + value.len()).sum();
        let form = RefusedForm {
            id: form.to_owned(),
            values,
            problems: self.refused_files.clone(),
            message: None,
        };
        let kept = KeptForm {
            user,
            location: self.back.clone(),
            form: (bytes <= KEPT_BYTES).then_some(form),
            files: !self.refused_files.is_empty(),
            at: self.portal.now().micros(),
        };
        let written = self.session.insert(KEPT, kept).await;
        written.map_err(|error| fault::unanswered(error, "keeping a form"))
    }
}

/// What is kept of values that somebody typed who is not logged in: anybody can send them.
pub(super) fn signed_out_values(values: Vec<(String, String)>) -> Vec<(String, String)> {
    values
        .into_iter()
        .filter(|(name, value)| name.len() + value.len() <= SIGNED_OUT_VALUE_BYTES)
        .take(SIGNED_OUT_VALUES)
        .collect()
}

pub(super) fn without_secrets(values: &[(String, String)]) -> Vec<(String, String)> {
    values
        .iter()
        .filter(|(name, _)| {
            // A print area may be called `keyring`: what follows a colon is a key of the catalogue, not a name of ours.
            let name = name.split(':').next().unwrap_or_default();
            !["password", "token", "secret", "key"]
                .iter()
                .any(|secret| name.contains(secret))
        })
        .cloned()
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn secrets_are_not_kept_for_the_page_that_follows() {
        let typed = [
            ("email".to_owned(), "a@b.example".to_owned()),
            ("old_password".to_owned(), "x".to_owned()),
        ];
        assert_eq!(without_secrets(&typed), [typed[0].clone()]);
    }

    #[test]
    fn of_a_form_that_anybody_can_send_little_is_kept() {
        let pair = |name: &str, value: &str| (name.to_owned(), value.to_owned());
        let long = "x".repeat(SIGNED_OUT_VALUE_BYTES + 1);
        let typed = vec![
            pair("first_name", &long),
            pair(&long, ""),
            pair("email", "a@b.example"),
        ];
        assert_eq!(signed_out_values(typed), [pair("email", "a@b.example")]);
        let many = vec![pair("a", "b"); 1000];
        assert_eq!(signed_out_values(many).len(), SIGNED_OUT_VALUES);
    }
}
