//! An import that was started: how far it is, and what came of it.

use domain::ImportState;
use leptos::prelude::*;
use portal::catalogue::import::{Import, RowFilter};
use portal::{Outcome, jobs};

use super::preview::{download_errors, read};
use super::rows::table;
use super::{LIST, UPLOAD};
use crate::page::OperatorPage;
use crate::text::Text;
use crate::ui::*;

/// How far it is.
pub(super) async fn under_way(page: &OperatorPage, import: &Import) -> Outcome<AnyView> {
    let t = page.t;
    let scope = portal::access::Scope::AllCustomers;
    let job = match import.job_id {
        Some(id) => jobs::find(&mut page.portal.db.read().await?, &scope, id).await?,
        None => None,
    };
    let title = t.get("catalogue-importing");
    let words = job
        .as_ref()
        .map_or_else(|| t.status(import.state), |job| t.job_progress(job));
    let endpoint = import.job_id.map(|id| format!("/api/jobs/{id}/progress"));
    let bar = Some((import.rows_done, import.rows_total));
    let view = view! {
        <Card label=title.clone()>
            <CardBody>
                <Live title words endpoint bar />
                <p class="muted">{t.get("catalogue-may-leave")}</p>
            </CardBody>
        </Card>
    };
    Ok(view.into_any())
}

/// What came of it, with the rows that were refused.
pub(super) async fn result(page: &OperatorPage, import: &Import) -> Outcome<AnyView> {
    let t = page.t;
    let refused = if import.rows_bad > 0 {
        let found = read(page, import, RowFilter::Refused).await?;
        let note = t.get("catalogue-refused-note");
        let rows = table(page, found.rows);
        let download = download_errors(t, import);
        Some(view! {
            <Card>
                <CardHead title=t.get("catalogue-refused-rows") note>
                    {download}
                </CardHead>
                {rows}
            </Card>
        })
    } else {
        None
    };
    let view = view! {
        <div class="stack" data-gap="6">{verdict(t, import)} {stats(t, import)} {refused}</div>
    };
    Ok(view.into_any())
}

fn verdict(t: Text, import: &Import) -> AnyView {
    let (tone, title) = match import.state {
        ImportState::Succeeded => (Tone::Success, "catalogue-imported"),
        ImportState::PartlyFailed => (Tone::Warning, "catalogue-partly-imported"),
        ImportState::Cancelled => (Tone::Neutral, "catalogue-import-cancelled"),
        _ => (Tone::Danger, "catalogue-import-failed"),
    };
    let text = import.reason.map(|reason| t.reason(reason));
    view! {
        <Alert tone=tone title=t.get(title) text=text>
            <ButtonLink href=LIST size=Size::Small>
                {t.get("catalogue-to-list")}
            </ButtonLink>
            <ButtonLink href=UPLOAD icon="upload" size=Size::Small>
                {t.get("catalogue-another-file")}
            </ButtonLink>
        </Alert>
    }
    .into_any()
}

fn stats(t: Text, import: &Import) -> AnyView {
    let figures = [
        ("catalogue-stat-created", import.created),
        ("catalogue-stat-changed", import.changed),
        ("catalogue-stat-unchanged", import.unchanged),
        ("catalogue-stat-refused", import.rows_bad),
    ];
    let figures = figures
        .map(|(key, figure)| view! { <Stat label=t.get(key) figure=t.number(figure) /> })
        .collect_view();
    view! { <Stats>{figures}</Stats> }.into_any()
}
