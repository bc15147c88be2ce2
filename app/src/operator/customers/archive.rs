//! Archiving a customer, and taking it back.

use leptos::prelude::*;
use leptos::server_fn::ServerFn;
use portal::customers::{self, CustomerProfile};

use crate::action::{Action, Done, Reply};
use crate::page::OperatorPage;
use crate::text::Text;
use crate::ui::*;

/// What archiving means, with the button that asks for a confirmation.
pub(super) fn archive_card(page: &OperatorPage, customer: &CustomerProfile) -> AnyView {
    let t = page.t;
    let id = customer.id.to_string();
    let href = page.link_with(&[("dialog", Some("archive"))]);
    let open = page.query("dialog").as_deref() == Some("archive");
    let close = page.link_with(&[("dialog", None)]);
    let question = t.with(
        "customers-archive-question",
        [("name", customer.name.as_str().into())],
    );
    view! {
        <Card tone=Tone::Danger>
            <CardHead title=t.get("customers-archive") />
            <CardBody>
                <div class="spread">
                    <p class="muted flow">{t.get("customers-archive-text")}</p>
                    <ButtonLink href variant=Variant::Danger opens="archive">
                        {t.get("customers-archive-menu")}
                    </ButtonLink>
                </div>
            </CardBody>
        </Card>
        <Dialog id="archive" title=question size=Size::Small open close_href=close>
            <Form id="archive-customer" action=ArchiveCustomer::PATH>
                <input type="hidden" name="customer" value=id />
                <DialogBody>
                    <p>{t.get("customers-archive-confirm")}</p>
                </DialogBody>
                <DialogFoot id="archive">
                    <Button variant=Variant::DangerFill>{t.get("customers-archive")}</Button>
                </DialogFoot>
            </Form>
        </Dialog>
    }
    .into_any()
}

/// Says that a customer is archived, with the button that takes it back.
pub(super) fn archived_notice(t: Text, customer: &CustomerProfile) -> AnyView {
    let id = customer.id.to_string();
    let since = customer.archived_at.map(|at| t.date(at)).unwrap_or_default();
    view! {
        <Form id="restore-customer" action=RestoreCustomer::PATH>
            <input type="hidden" name="customer" value=id />
            <Alert
                tone=Tone::Neutral
                title=t.with("customers-archived-since", [("date", since.into())])
                text=t.get("customers-archived-text")
            >
                <Button size=Size::Small>{t.get("customers-restore")}</Button>
            </Alert>
        </Form>
    }
    .into_any()
}

/// Archives a customer and shows the list.
#[server(prefix = "/do", endpoint = "customers/archive")]
pub async fn archive_customer(
    /// Which customer.
    #[server(default)]
    customer: String,
) -> Result<Reply, ServerFnError> {
    let action = Action::begin()?;
    let outcome = async {
        let id = action.id(&customer)?;
        customers::archive(&action.portal, action.operator()?, id).await?;
        Ok(Done::to("/console/customers").saying("customer-archived"))
    }
    .await;
    action.answer("archive-customer", outcome).await
}

/// Takes a customer back into the list.
#[server(prefix = "/do", endpoint = "customers/restore")]
pub async fn restore_customer(
    /// Which customer.
    #[server(default)]
    customer: String,
) -> Result<Reply, ServerFnError> {
    let action = Action::begin()?;
    let outcome = async {
        let id = action.id(&customer)?;
        customers::restore(&action.portal, action.operator()?, id).await?;
        Ok(Done::to(format!("/console/customers/{id}/settings")).saying("customer-restored"))
    }
    .await;
    action.answer("restore-customer", outcome).await
}
