//! Fetching a design again whose address gave none: the same address is given once more.

use domain::CatalogueKey;
use leptos::prelude::*;
use leptos::server_fn::ServerFn;
use portal::orders::{GivenDesign, LineDetail, OrderDetail};

use super::design::GiveDesign;
use super::lines::design_dialog;
use crate::text::Text;
use crate::ui::*;

/// Whether fetching it again may bring what was not there.
pub(super) fn can_retry(given: &GivenDesign) -> bool {
    given.url.is_some() && given.file_id.is_none() && given.reason.is_some()
}

/// The `id` of the form.
fn form_id(line: &LineDetail, area: &CatalogueKey) -> String {
    format!("retry-{}", design_dialog(line, area))
}

/// The button. Its form stands elsewhere: the lines are within one that moves them.
pub(super) fn retry_button(t: Text, line: &LineDetail, area: &CatalogueKey) -> AnyView {
    let form = form_id(line, area);
    view! {
        <Button size=Size::Small icon="retry" form above_row=true>
            {t.get("orders-retry-design")}
        </Button>
    }
    .into_any()
}

/// The forms of the buttons.
pub fn retry_forms(order: &OrderDetail) -> AnyView {
    let forms = order
        .lines
        .iter()
        .filter(|line| line.takes_design())
        .flat_map(|line| line.designs.iter().map(move |design| (line, design)))
        .filter_map(|(line, design)| {
            let given = design.given.as_ref().filter(|given| can_retry(given))?;
            let id = form_id(line, &design.area);
            let (form, order, line) = (id.clone(), order.head.id.to_string(), line.id.to_string());
            let (area, url) = (design.area.to_string(), given.url.clone());
            Some(view! {
                <Form id action=GiveDesign::PATH>
                    <input type="hidden" name="order" value=order />
                    <input type="hidden" name="line" value=line />
                    <input type="hidden" name="area" value=area />
                    <input type="hidden" name="form" value=form />
                    <input type="hidden" name="url" value=url />
                </Form>
            })
        });
    forms.collect_view().into_any()
}
