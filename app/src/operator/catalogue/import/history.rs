//! The imports so far: an import goes on when its page is left, and this leads back to it.

use domain::ImportState;
use leptos::prelude::*;
use portal::Outcome;
use portal::catalogue::import::{self, Import};

use super::page_of;
use crate::page::OperatorPage;
use crate::text::Text;
use crate::ui::*;

/// Imports shown.
const ROWS: u32 = 25;

/// The newest imports; nothing when there are none.
pub(super) async fn history(page: &OperatorPage) -> Outcome<Option<AnyView>> {
    let imports = import::latest(&page.portal, &page.operator, ROWS).await?;
    if imports.is_empty() {
        return Ok(None);
    }
    let t = page.t;
    let rows = imports.into_iter().map(|import| row(t, import)).collect_view();
    let view = view! {
        <Card>
            <CardHead title=t.get("catalogue-imports") />
            <DataTable caption=t.get("catalogue-imports-caption") plain=true>
                <TableHead>
                    <HeadCell text=t.get("catalogue-file") />
                    <HeadCell text=t.get("catalogue-import-state") />
                    <HeadCell text=t.get("catalogue-stat-created") numeric=true />
                    <HeadCell text=t.get("catalogue-stat-changed") numeric=true />
                    <HeadCell text=t.get("catalogue-stat-unchanged") numeric=true optional=true />
                    <HeadCell text=t.get("catalogue-stat-refused") numeric=true />
                    <HeadCell text=t.get("catalogue-import-sent") />
                </TableHead>
                <TableBody>{rows}</TableBody>
            </DataTable>
        </Card>
    };
    Ok(Some(view.into_any()))
}

fn row(t: Text, import: Import) -> AnyView {
    let (status, word) = (import.state.slug(), t.status(import.state));
    // Before it is started there is nothing to count.
    let begun = import.state != ImportState::Ready;
    let figure = move |figure: i64| begun.then(|| t.number(figure));
    view! {
        <Row>
            <LeadCell title=import.file_name href=page_of(import.id) />
            <Cell narrow=Narrow::Corner>
                <Badge status text=word />
            </Cell>
            <Cell align=Align::Number label=t.get("catalogue-stat-created")>
                {figure(import.created)}
            </Cell>
            <Cell align=Align::Number label=t.get("catalogue-stat-changed")>
                {figure(import.changed)}
            </Cell>
            <Cell align=Align::Number label=t.get("catalogue-stat-unchanged") optional=true>
                {figure(import.unchanged)}
            </Cell>
            <Cell align=Align::Number label=t.get("catalogue-stat-refused")>
                {figure(import.rows_bad)}
            </Cell>
            <Cell align=Align::Time label=t.get("catalogue-import-sent")>
                <time datetime=t.machine_time(import.created_at)>{t.ago(import.created_at)}</time>
            </Cell>
        </Row>
    }
    .into_any()
}
