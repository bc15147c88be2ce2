//! An import that a worker is at.

use domain::id::ImportId;
use domain::{ImportState, Problem};
use leptos::prelude::*;
use leptos::server_fn::ServerFn;
use portal::imports::{self, Import};
use portal::{Outcome, Refusal, jobs};

use super::upload::again;
use super::{lead_to, page_of};
use crate::action::{Action, Done, Reply};
use crate::page::ClientPage;
use crate::ui::*;

/// How far it is, and the button that stops it.
pub(super) async fn under_way(page: &ClientPage, import: &Import) -> Outcome<AnyView> {
    let t = page.t;
    let job = match import.job_id {
        Some(id) => jobs::find(&mut page.portal.db.read().await?, &page.client.scope(), id).await?,
        None => None,
    };
    let title = t.get(if import.state == ImportState::Checking {
        "imports-checking"
    } else {
        "imports-running"
    });
    let words = job
        .as_ref()
        .map_or_else(|| t.status(import.state), |job| t.job_progress(job));
    let endpoint = import.job_id.map(|id| format!("/api/jobs/{id}/progress"));
    let bar = job.as_ref().and_then(|job| job.bar(page.visitor.now));
    let stopping = job.is_some_and(|job| job.cancel_requested);
    let stop = if stopping {
        view! { <span class="muted">{t.get("imports-stopping")}</span> }.into_any()
    } else {
        cancel_form(import.id, t.get("imports-stop"))
    };
    let view = view! {
        <Card>
            <CardBody>
                <Live title words endpoint bar>
                    {stop}
                </Live> <p class="muted">{t.get("imports-may-leave")}</p>
            </CardBody>
        </Card>
    };
    Ok(view.into_any())
}

/// The form that stops an import or puts a preview away.
pub(super) fn cancel_form(id: ImportId, words: String) -> AnyView {
    view! {
        <Form id="cancel-import" action=CancelImport::PATH>
            <input type="hidden" name="import" value=id.to_string() />
            <Button>{words}</Button>
        </Form>
    }
    .into_any()
}

/// Stops an import.
#[server(prefix = "/do", endpoint = "imports/cancel")]
pub async fn cancel_import(
    /// The import.
    #[server(default)]
    import: String,
) -> Result<Reply, ServerFnError> {
    let action = Action::begin()?;
    let outcome = async {
        let client = action.client()?;
        let id = named(&import)?;
        let scope = client.scope();
        let was = imports::find(&action.portal, &scope, id).await?.state;
        imports::cancel(&action.portal, client, id).await?;
        Ok(match was {
            ImportState::Ready => again().saying("import-discarded"),
            ImportState::Running => {
                imports::find_settled(&action.portal, &scope, id, super::WAIT).await?;
                Done::to(page_of(id))
            }
            _ => lead_to(&action.portal, &scope, id)
                .await?
                .saying_with(Problem::new("import-cancelled")),
        })
    }
    .await;
    action.answer("cancel-import", outcome).await
}

/// The import that a form names.
pub(super) fn named(import: &str) -> Outcome<ImportId> {
    import.parse().map_err(|_| Refusal::NotFound)
}
