//! The imports so far.

use domain::id::ImportId;
use leptos::prelude::*;
use portal::Outcome;
use portal::imports::{self, Import};
use portal::paging::{Slice, Turn};

use super::page_of;
use crate::page::ClientPage;
use crate::text::Text;
use crate::ui::*;

/// Imports shown at once.
const ROWS: u32 = 25;

/// The newest imports, or those before or after one that the query names; nothing when there are none.
pub(super) async fn history(page: &ClientPage) -> Outcome<Option<AnyView>> {
    let turn = match (page.query_as("after"), page.query_as("before")) {
        (Some(id), _) => Turn::After(id),
        (None, Some(id)) => Turn::Before(id),
        (None, None) => Turn::First,
    };
    let slice = imports::list(&page.portal, &page.client.scope(), turn, ROWS).await?;
    if slice.rows.is_empty() {
        return Ok(None);
    }
    let t = page.t;
    let pager = pager(page, &slice);
    let rows = slice.rows.into_iter().map(|import| row(t, import)).collect_view();
    let view = view! {
        <Card>
            <CardHead title=t.get("imports-history") />
            <DataTable caption=t.get("imports-history-caption") plain=true>
                <TableHead>
                    <HeadCell text=t.get("imports-file") />
                    <HeadCell text=t.get("imports-state") />
                    <HeadCell text=t.get("imports-created") numeric=true />
                    <HeadCell text=t.get("imports-unchanged") numeric=true optional=true />
                    <HeadCell text=t.get("imports-refused-rows") numeric=true />
                    <HeadCell text=t.get("imports-when") />
                </TableHead>
                <TableBody>{rows}</TableBody>
            </DataTable>
            {pager}
        </Card>
    };
    Ok(Some(view.into_any()))
}

fn row(t: Text, import: Import) -> AnyView {
    let (status, word) = (import.state.slug(), t.status(import.state));
    view! {
        <Row>
            <LeadCell title=import.file_name href=page_of(import.id) sub=import.store_name />
            <Cell narrow=Narrow::Corner>
                <Badge status=status text=word />
            </Cell>
            <Cell align=Align::Number label=t.get("imports-created")>
                {t.number(import.created)}
            </Cell>
            <Cell align=Align::Number label=t.get("imports-unchanged") optional=true>
                {t.number(import.unchanged)}
            </Cell>
            <Cell align=Align::Number label=t.get("imports-refused-rows")>
                {t.number(import.rows_bad + import.rows_held)}
            </Cell>
            <Cell align=Align::Time label=t.get("imports-when")>
                <time datetime=t.machine_time(import.created_at)>{t.ago(import.created_at)}</time>
            </Cell>
        </Row>
    }
    .into_any()
}

/// Links to newer and older imports, where there are any.
fn pager(page: &ClientPage, slice: &Slice<Import>) -> Option<AnyView> {
    let t = page.t;
    let link = |name: &str, other: &str, import: Option<&Import>| {
        import.map(|import| {
            let id: ImportId = import.id;
            page.link_with(&[(name, Some(&id.to_string())), (other, None)])
        })
    };
    let newer = slice
        .has_previous
        .then(|| link("before", "after", slice.rows.first()))
        .flatten();
    let older = slice
        .has_next
        .then(|| link("after", "before", slice.rows.last()))
        .flatten();
    (newer.is_some() || older.is_some()).then(|| {
        view! {
            <CardFoot>
                {newer.map(|href| view! { <ButtonLink href size=Size::Small>{t.get("imports-newer")}</ButtonLink> })}
                {older.map(|href| view! { <ButtonLink href size=Size::Small>{t.get("imports-older")}</ButtonLink> })}
            </CardFoot>
        }
        .into_any()
    })
}
