//! Taking a product out of the catalogue, and back in.

use leptos::prelude::*;
use leptos::server_fn::ServerFn;
use portal::catalogue::{self, Product};

use super::list::LIST;
use crate::action::{Action, Done, Reply};
use crate::page::Page;
use crate::text::Text;
use crate::ui::{
    Alert, Button, ButtonLink, Card, CardBody, CardHead, Dialog, DialogBody, DialogFoot, Form, Size, Tone,
    Variant,
};

/// What archiving means, with the button that asks for a confirmation.
pub(super) fn archive_card(page: &Page, product: &Product, name: &str) -> AnyView {
    let t = page.t;
    let id = product.id.to_string();
    let href = page.link_with(&[("dialog", Some("archive"))]);
    let open = page.query("dialog").as_deref() == Some("archive");
    let close = page.link_with(&[("dialog", None)]);
    let question = t.with("catalogue-archive-question", [("name", name.into())]);
    view! {
        <Card tone=Tone::Danger>
            <CardHead title=t.get("catalogue-archive") />
            <CardBody>
                <p class="muted">{t.get("catalogue-archive-text")}</p>
                <div>
                    <ButtonLink href variant=Variant::Danger opens="archive">
                        {t.get("catalogue-archive-open")}
                    </ButtonLink>
                </div>
            </CardBody>
        </Card>
        <Dialog id="archive" title=question size=Size::Small open close_href=close>
            <Form id="archive-product" action=ArchiveProduct::PATH>
                <input type="hidden" name="product" value=id />
                <DialogBody>
                    <p>{t.get("catalogue-archive-confirm")}</p>
                </DialogBody>
                <DialogFoot id="archive">
                    <Button variant=Variant::DangerFill>{t.get("catalogue-archive")}</Button>
                </DialogFoot>
            </Form>
        </Dialog>
    }
    .into_any()
}

/// Says that a product is archived, with the button that takes it back.
pub(super) fn archived_notice(t: Text, product: &Product) -> AnyView {
    let id = product.id.to_string();
    let since = product.archived_at.map(|at| t.date(at)).unwrap_or_default();
    view! {
        <Form id="restore-product" action=RestoreProduct::PATH>
            <input type="hidden" name="product" value=id />
            <Alert
                tone=Tone::Neutral
                title=t.with("catalogue-archived-since", [("date", since.into())])
                text=t.get("catalogue-archived-text")
            >
                <Button size=Size::Small>{t.get("catalogue-restore")}</Button>
            </Alert>
        </Form>
    }
    .into_any()
}

/// Archives a product and shows the list.
#[server(prefix = "/do", endpoint = "catalogue/archive")]
pub async fn archive_product(
    /// Which product.
    #[server(default)]
    product: String,
) -> Result<Reply, ServerFnError> {
    let action = Action::begin()?;
    let outcome = async {
        catalogue::archive(&action.portal, action.operator()?, action.id(&product)?).await?;
        Ok(Done::to(LIST).saying("product-archived"))
    }
    .await;
    action.answer("archive-product", outcome).await
}

/// Takes a product back into the catalogue.
#[server(prefix = "/do", endpoint = "catalogue/restore")]
pub async fn restore_product(
    /// Which product.
    #[server(default)]
    product: String,
) -> Result<Reply, ServerFnError> {
    let action = Action::begin()?;
    let outcome = async {
        let id = action.id(&product)?;
        catalogue::restore(&action.portal, action.operator()?, id).await?;
        Ok(Done::to(format!("{LIST}/{id}")).saying("product-restored"))
    }
    .await;
    action.answer("restore-product", outcome).await
}
