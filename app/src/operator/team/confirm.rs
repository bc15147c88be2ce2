//! What is done to an operator only after a confirmation.

use leptos::prelude::*;
use portal::team::TeamMember;

use crate::page::OperatorPage;
use crate::ui::*;

/// Something that is asked about first.
pub(super) struct Asked {
    /// The `id` of the dialog; its words are `team-<id>-text`, `-menu`, `-question` and `-confirm`.
    pub(super) id: &'static str,
    /// The key of its title.
    pub(super) title: &'static str,
    /// The `id` of the form.
    pub(super) form: &'static str,
    /// Where the form posts to.
    pub(super) action: &'static str,
}

/// The card that asks.
pub(super) fn confirm_card(page: &OperatorPage, member: &TeamMember, asked: &Asked) -> AnyView {
    let t = page.t;
    let Asked {
        id,
        title,
        form,
        action,
    } = *asked;
    let key = |part: &str| format!("team-{id}-{part}");
    let name = member.name.as_str();
    view! {
        <ConfirmCard
            id
            title=t.get(title)
            text=t.get(&key("text"))
            ask=t.get(&key("menu"))
            question=t.with(&key("question"), [("name", name.into())])
            confirm=t.get(&key("confirm"))
            form
            action
            subject=("member", member.id.to_string())
            href=page.link_with(&[("dialog", Some(id))])
            open={page.shows_dialog(id) || page.shows_dialog(form)}
            close_href=page.link_with(&[("dialog", None)])
        />
    }
    .into_any()
}
