//! Saved views above the list of orders.

pub mod delete;
pub mod rename;
pub mod save;

use leptos::prelude::*;
use leptos::server_fn::ServerFn;
use portal::Outcome;
use portal::access::Viewer;
use portal::views::{self, SavedView, ViewedList};

use self::delete::DeleteView;
use self::rename::RenameView;
use self::save::SaveView;
use super::list::PATH;
use crate::orders::query::OrderQuery;
use crate::page::OperatorPage;
use crate::ui::*;

/// The `id` of the dialog that saves a view, and of its form.
const SAVE: &str = "save-view";
/// The `id` of the dialog that changes views.
const CHANGE: &str = "views";

/// The query of the list as a view keeps it: without the page.
fn kept_query(query: &OrderQuery) -> String {
    let address = query.link("", &[("rows", None)]);
    address.trim_start_matches('?').to_owned()
}

/// The `id` of the form that changes a view.
fn form_of(view: &str) -> String {
    format!("view-{view}")
}

/// The viewer's views as links, and what saves and changes them.
pub(super) async fn views_bar(page: &OperatorPage, query: &OrderQuery) -> Outcome<AnyView> {
    let t = page.t;
    let viewer = Viewer::Operator(page.operator.clone());
    let views = views::list(&page.portal, &viewer, ViewedList::ConsoleOrders).await?;
    let here = kept_query(query);
    let is_saved = views.iter().any(|view| view.query == here);
    let may_save = query.is_narrowed() && !is_saved;
    if views.is_empty() && !may_save {
        return Ok(().into_any());
    }
    let chips = views.iter().map(|view| {
        let (href, current) = (format!("{PATH}?{}", view.query), view.query == here);
        view! { <Chip href text=view.name.clone() current /> }
    });
    let chips = chips.collect_view();
    let opens = |dialog: &'static str| page.link_with(&[("dialog", Some(dialog))]);
    let save = may_save.then(|| {
        view! {
            <ButtonLink href=opens(SAVE) opens=SAVE variant=Variant::Quiet size=Size::Small icon="plus">
                {t.get("orders-save-view")}
            </ButtonLink>
        }
    });
    let change = (!views.is_empty()).then(|| {
        view! {
            <ButtonLink href=opens(CHANGE) opens=CHANGE variant=Variant::Quiet size=Size::Small icon="edit">
                {t.get("orders-change-views")}
            </ButtonLink>
        }
    });
    let dialogs = (
        may_save.then(|| save_dialog(page, query)),
        (!views.is_empty()).then(|| change_dialog(page, views)),
    );
    Ok(view! {
        <Chips label=t.get("orders-views")>{chips} {save} {change}</Chips>
        {dialogs}
    }
    .into_any())
}

fn save_dialog(page: &OperatorPage, query: &OrderQuery) -> AnyView {
    let t = page.t;
    let asked = query
        .kept(&["rows"])
        .into_iter()
        .map(|(name, value)| view! { <input type="hidden" name=name value=value /> })
        .collect_view();
    view! {
        <Dialog
            id=SAVE
            title=t.get("orders-save-view")
            note=t.get("orders-save-view-note")
            size=Size::Small
            open=page.shows_dialog(SAVE)
            close_href=page.link_with(&[("dialog", None)])
            light=false
        >
            <Form id=SAVE action=SaveView::PATH>
                {asked}
                <DialogBody>
                    <TextField name="name" label=t.get("orders-view-name") max_length=60 autocomplete="off" />
                </DialogBody>
                <DialogFoot id=SAVE>
                    <Button variant=Variant::Primary>{t.get("orders-save-view-submit")}</Button>
                </DialogFoot>
            </Form>
        </Dialog>
    }
    .into_any()
}

fn change_dialog(page: &OperatorPage, views: Vec<SavedView>) -> AnyView {
    let t = page.t;
    let refused = page.visitor.flash.form.as_ref();
    let refused =
        refused.is_some_and(|form| views.iter().any(|view| form.id == form_of(&view.id.to_string())));
    let forms = views
        .into_iter()
        .map(|view| change_form(page, view))
        .collect_view();
    view! {
        <Dialog
            id=CHANGE
            title=t.get("orders-change-views")
            open={refused || page.shows_dialog(CHANGE)}
            close_href=page.link_with(&[("dialog", None)])
            light=false
        >
            <div class="body stack">{forms}</div>
        </Dialog>
    }
    .into_any()
}

/// One view: its name, to be changed, and the button that deletes it.
fn change_form(page: &OperatorPage, view: SavedView) -> AnyView {
    let t = page.t;
    let id = view.id.to_string();
    let delete = t.with("orders-delete-view", [("name", view.name.as_str().into())]);
    view! {
        <Form id=form_of(&id) action=RenameView::PATH>
            <input type="hidden" name="view" value=id />
            <TextField
                name="name"
                label=t.get("orders-view-name")
                value=view.name
                max_length=60
                autocomplete="off"
            />
            <div class="cluster">
                <Button size=Size::Small>{t.get("orders-rename-view")}</Button>
                <Button size=Size::Small variant=Variant::Danger action=DeleteView::PATH>
                    {delete}
                </Button>
            </div>
        </Form>
    }
    .into_any()
}
