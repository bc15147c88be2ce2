//! Giving a line of an order another design.

use domain::CatalogueKey;
use leptos::prelude::*;
use leptos::server_fn::ServerFn;
use portal::orders::{self, DesignForm, LineDetail, LineFileDetail, OrderDetail};

use super::lines::{area_name, design_dialog};
use super::page_of;
use super::retry_design::retry_forms;
use crate::action::{Action, Done, Reply};
use crate::page::Page;
use crate::ui::*;

/// What the file picker offers.
pub const DESIGN_FILES: &str =
    ".pdf,.png,.jpg,.jpeg,.tif,.tiff,application/pdf,image/png,image/jpeg,image/tiff";

/// One dialog for each print area that takes a design, and what fetches one again.
pub fn design_dialogs(page: &Page, order: &OrderDetail) -> AnyView {
    let dialogs = order
        .lines
        .iter()
        .filter(|line| line.takes_design())
        .flat_map(|line| line.designs.iter().map(move |design| (line, design)))
        .map(|(line, design)| dialog(page, order, line, design));
    let dialogs = dialogs.collect_view();
    view! { {dialogs} {retry_forms(order)} }.into_any()
}

fn dialog(page: &Page, order: &OrderDetail, line: &LineDetail, design: &LineFileDetail) -> AnyView {
    let t = page.t;
    let id = design_dialog(line, &design.area);
    let title = t.with("orders-design-title", [("area", area_name(t, design).into())]);
    let url = design.given.as_ref().and_then(|given| given.url.clone());
    let (order, area, line_id) = (
        order.head.id.to_string(),
        design.area.to_string(),
        line.id.to_string(),
    );
    let (form, form_id, foot) = (id.clone(), id.clone(), id.clone());
    view! {
        <Dialog
            id=id.clone()
            title
            note=line.name(t.language).to_owned()
            open=page.shows_dialog(&id)
            close_href=page.link_with(&[("dialog", None)])
            light=false
        >
            <Form id=form_id action=GiveDesign::PATH multipart=true>
                <input type="hidden" name="order" value=order />
                <input type="hidden" name="line" value=line_id />
                <input type="hidden" name="area" value=area />
                <input type="hidden" name="form" value=form />
                <DialogBody>
                    <FileField
                        name="upload"
                        label=t.get("orders-design-file")
                        accept=DESIGN_FILES
                        note=t.get("orders-design-note")
                        alternative=true
                    />
                    <TextField name="url" kind="url" label=t.get("orders-design-url") value=url alternative=true />
                </DialogBody>
                <DialogFoot id=foot>
                    <Button variant=Variant::Primary>{t.get("orders-design-submit")}</Button>
                </DialogFoot>
            </Form>
        </Dialog>
    }
    .into_any()
}

/// Gives a print area of a line another design.
#[server(prefix = "/do", endpoint = "orders/give-design")]
pub async fn give_design(
    /// The order.
    #[server(default)]
    order: String,
    /// The line.
    #[server(default)]
    line: String,
    /// The print area.
    #[server(default)]
    area: String,
    /// The form's `id`.
    #[server(default)]
    form: String,
    /// The uploaded file.
    #[server(default)]
    upload: String,
    /// The address of a file.
    #[server(default)]
    url: String,
) -> Result<Reply, ServerFnError> {
    let action = Action::begin()?;
    let mut page = String::new();
    let outcome = async {
        let viewer = action.viewer()?;
        let (id, line) = (action.id(&order)?, action.id(&line)?);
        page = page_of(viewer, id);
        let area: CatalogueKey = action.id(&area)?;
        let design = DesignForm {
            url,
            upload: upload.parse().ok(),
        };
        if !action.files_taken() {
            return action.with_refused_files(design.check_url());
        }
        orders::replace_design(&action.portal, viewer, id, line, &area, &design).await?;
        Ok(Done::to(page.clone()).saying("design-given"))
    }
    .await;
    action.answer_anew(&form, true, page, outcome).await
}
