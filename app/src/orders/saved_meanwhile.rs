//! What somebody else saved while a form was filled in, beside what was typed.

use crate::text::Text;
use crate::visitor::visitor;

/// The codes of forms that came back because somebody else was quicker.
const OVERTAKEN: [&str; 2] = ["address-changed", "line-changed"];

/// Whether somebody else was quicker with the form of this `id`, and what was typed into its field `name` is not what
/// is `saved`.
pub(super) fn is_overtaken(form: &str, name: &str, saved: &str) -> bool {
    let back = visitor().flash.form.filter(|back| back.id == form);
    back.is_some_and(|back| {
        let overtaken = back
            .message
            .is_some_and(|problem| OVERTAKEN.contains(&problem.code.as_ref()));
        let mut typed = back.values.iter();
        overtaken && typed.any(|(known, typed)| known == name && typed.trim() != saved)
    })
}

/// The words for what is saved.
pub(super) fn saved_meanwhile(t: Text, saved: &str) -> String {
    let saved = match saved {
        "" => t.get("orders-saved-nothing"),
        saved => saved.to_owned(),
    };
    t.with("orders-saved-meanwhile", [("value", saved.into())])
}
