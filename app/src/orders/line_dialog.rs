//! The small dialog that asks something about one line of an order.

use leptos::prelude::*;
use portal::orders::{LineDetail, OrderDetail};

use crate::page::Page;
use crate::ui::*;

/// What is asked about a line.
pub(super) struct LineDialog {
    /// The `id` of the dialog, and of its form.
    pub(super) id: String,
    /// What is asked.
    pub(super) title: String,
    /// Where the form posts to; it sends `order`, `line` and, in `form`, its `id`.
    pub(super) action: &'static str,
    /// The words of its button.
    pub(super) submit: String,
}

impl LineDialog {
    /// The dialog about `line`. `body` is made inside of the form: its fields learn there what was typed and what was
    /// wrong.
    pub(super) fn view(
        self,
        page: &Page,
        order: &OrderDetail,
        line: &LineDetail,
        body: impl FnOnce() -> AnyView + Send + 'static,
    ) -> AnyView {
        let Self {
            id,
            title,
            action,
            submit,
        } = self;
        let (form, form_id, foot) = (id.clone(), id.clone(), id.clone());
        let (order, line_id) = (order.head.id.to_string(), line.id.to_string());
        let open = page.shows_dialog(&id);
        view! {
            <Dialog
                id
                title
                note=line.title.clone()
                size=Size::Small
                open
                close_href=page.link_with(&[("dialog", None)])
            >
                <Form id=form_id action>
                    <input type="hidden" name="order" value=order />
                    <input type="hidden" name="line" value=line_id />
                    <input type="hidden" name="form" value=form />
                    <DialogBody>{body()}</DialogBody>
                    <DialogFoot id=foot>
                        <Button variant=Variant::Primary>{submit}</Button>
                    </DialogFoot>
                </Form>
            </Dialog>
        }
        .into_any()
    }
}
