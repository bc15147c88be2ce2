//! How far a design is, the same wherever one is shown.

use domain::FileState;
use leptos::prelude::*;
use portal::files::design::{DesignCheck, Finding};

use crate::text::Text;
use crate::ui::*;

/// The badge of a design. One that can be printed, but about which the check has something to say, does not look fine.
pub fn design_badge(t: Text, state: FileState, check: Option<&DesignCheck>) -> AnyView {
    if remarks(state, check).is_empty() {
        return view! { <Badge status=state.slug() text=t.status(state) /> }.into_any();
    }
    view! { <PlainBadge tone=Tone::Warning text=t.get("orders-design-remarked") /> }.into_any()
}

/// What the check says about a design that can be printed, each in a sentence.
pub fn design_remarks(t: Text, state: FileState, check: Option<&DesignCheck>) -> AnyView {
    remarks(state, check)
        .iter()
        .map(|finding| view! { <span class="sub text-warning">{t.finding(finding)}</span> })
        .collect_view()
        .into_any()
}

fn remarks(state: FileState, check: Option<&DesignCheck>) -> &[Finding] {
    match check {
        Some(check) if state == FileState::Checked => &check.findings,
        _ => &[],
    }
}
