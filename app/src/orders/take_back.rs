//! Making a line of a store's order after all that somebody ignored.

use leptos::prelude::*;
use leptos::server_fn::ServerFn;
use portal::orders::{self, LineDetail, OrderDetail, may_take_back};

use super::line_dialog::LineDialog;
use super::page_of;
use crate::action::{Action, Done, Reply};
use crate::page::Page;
use crate::text::Text;
use crate::ui::*;

/// The `id` of the dialog of a line, and of its form.
fn dialog_id(line: &LineDetail) -> String {
    format!("take-back-line-{}", line.position)
}

/// Whether a person ignored the line.
fn is_ignored(line: &LineDetail) -> bool {
    line.ignored_because.is_some_and(may_take_back)
}

/// The link that asks whether to make the line after all.
pub(super) fn take_back_link(t: Text, line: &LineDetail) -> Option<AnyView> {
    is_ignored(line).then(|| {
        let id = dialog_id(line);
        view! {
            <ButtonLink href=format!("?dialog={id}") opens=id icon="retry" size=Size::Small above_row=true>
                {t.get("orders-take-back")}
            </ButtonLink>
        }
        .into_any()
    })
}

/// One dialog for each line that somebody ignored.
pub(super) fn take_back_dialogs(page: &Page, order: &OrderDetail) -> AnyView {
    let lines = order.lines.iter().filter(|line| is_ignored(line));
    lines
        .map(|line| dialog(page, order, line))
        .collect_view()
        .into_any()
}

fn dialog(page: &Page, order: &OrderDetail, line: &LineDetail) -> AnyView {
    let t = page.t;
    let dialog = LineDialog {
        id: dialog_id(line),
        title: t.get("orders-take-back-title"),
        action: TakeBackLine::PATH,
        submit: t.get("orders-take-back-submit"),
    };
    let text = t.get("orders-take-back-text");
    dialog.view(page, order, line, move || view! { <p>{text}</p> }.into_any())
}

/// Has a line made after all that somebody ignored.
#[server(prefix = "/do", endpoint = "orders/take-back-line")]
pub async fn take_back_line(
    /// The order.
    #[server(default)]
    order: String,
    /// The line.
    #[server(default)]
    line: String,
    /// The form's `id`.
    #[server(default)]
    form: String,
) -> Result<Reply, ServerFnError> {
    let action = Action::begin()?;
    let mut page = String::new();
    let outcome = async {
        let viewer = action.viewer()?;
        let (order, line) = (action.id(&order)?, action.id(&line)?);
        page = page_of(viewer, order);
        orders::take_back(&action.portal, viewer, order, line).await?;
        Ok(Done::to(page.clone()).saying("line-taken-back"))
    }
    .await;
    action.answer_anew(&form, false, page, outcome).await
}
