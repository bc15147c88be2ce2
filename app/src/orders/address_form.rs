//! The fields of an address, and the dialog that corrects an order's.

use domain::CountryCode;
use leptos::prelude::*;
use leptos::server_fn::ServerFn;
use portal::orders::{self, AddressForm, OrderHead};

use super::saved_meanwhile::{is_overtaken, saved_meanwhile};
use crate::action::{Action, Done, Reply};
use crate::page::Page;
use crate::text::Text;
use crate::ui::*;

/// The `id` of the dialog and its form.
const FORM: &str = "address";

/// What is saved in a field by now, where somebody else was quicker and it is not what was typed.
fn saved(t: Text, name: &str, saved: &str) -> Option<String> {
    is_overtaken(FORM, name, saved).then(|| match CountryCode::parse(saved) {
        Ok(country) if name == "country" => saved_meanwhile(t, country.name(t.language)),
        _ => saved_meanwhile(t, saved),
    })
}

/// The fields of an address.
pub fn address_fields(t: Text, value: AddressForm) -> AnyView {
    let mut countries: Vec<Choice> = CountryCode::all()
        .map(|country| Choice::new(country.as_str(), country.name(t.language)))
        .collect();
    countries.sort_by_key(|choice| domain::fold(&choice.label));
    let help = move |name: &str, value: &str| saved(t, name, value);
    view! {
        <Fields>
            <TextField
                name="recipient"
                label=t.get("orders-recipient")
                value=value.recipient.clone()
                help=help("recipient", &value.recipient)
                autocomplete="off"
            />
            <TextField
                name="company"
                label=t.get("orders-company")
                value=value.company.clone()
                help=help("company", &value.company)
                optional=true
                autocomplete="off"
            />
            <TextField
                name="address_line1"
                label=t.get("orders-address-line1")
                value=value.address_line1.clone()
                help=help("address_line1", &value.address_line1)
                autocomplete="off"
                wide=true
            />
            <TextField
                name="address_line2"
                label=t.get("orders-address-line2")
                value=value.address_line2.clone()
                help=help("address_line2", &value.address_line2)
                optional=true
                autocomplete="off"
                wide=true
            />
            <TextField
                name="postcode"
                label=t.get("orders-postcode")
                value=value.postcode.clone()
                help=help("postcode", &value.postcode)
                autocomplete="off"
            />
            <TextField
                name="city"
                label=t.get("orders-city")
                value=value.city.clone()
                help=help("city", &value.city)
                autocomplete="off"
            />
            <TextField
                name="region"
                label=t.get("orders-region")
                value=value.region.clone()
                help=help("region", &value.region)
                optional=true
                autocomplete="off"
            />
            <SelectField
                name="country"
                label=t.get("orders-country")
                choices=countries
                value=value.country.clone()
                help=help("country", &value.country)
                empty=t.get("orders-choose-country")
            />
            <TextField
                name="email"
                kind="email"
                label=t.get("orders-email")
                value=value.email.clone()
                help=help("email", &value.email)
                optional=true
                autocomplete="off"
            />
            <TextField
                name="phone"
                kind="tel"
                label=t.get("orders-phone")
                value=value.phone.clone()
                help=help("phone", &value.phone)
                optional=true
                autocomplete="off"
            />
        </Fields>
    }
    .into_any()
}

/// The link that opens the dialog.
pub fn edit_link(t: Text) -> AnyView {
    view! {
        <ButtonLink href="?dialog=address" opens=FORM variant=Variant::Quiet size=Size::Small icon="edit">
            {t.get("orders-edit")}
        </ButtonLink>
    }
    .into_any()
}

/// The dialog that corrects an order's address.
pub fn address_dialog(page: &Page, head: &OrderHead) -> AnyView {
    let t = page.t;
    let value = AddressForm::of(head);
    let seen = value.version();
    let id = head.id.to_string();
    // Made inside of the form: fields learn there what was typed and what was wrong.
    let fields = move || address_fields(t, value);
    view! {
        <Dialog
            id=FORM
            title=t.get("orders-edit-address")
            note=t.get("orders-edit-address-note")
            size=Size::Large
            open=page.shows_dialog(FORM)
            close_href=page.link_with(&[("dialog", None)])
            light=false
        >
            <Form id=FORM action=EditAddress::PATH>
                <input type="hidden" name="order" value=id />
                <input type="hidden" name="seen" value=seen />
                <DialogBody>{fields()}</DialogBody>
                <DialogFoot id=FORM>
                    <Button variant=Variant::Primary>{t.get("orders-save-address")}</Button>
                </DialogFoot>
            </Form>
        </Dialog>
    }
    .into_any()
}

/// Reads the fields of an address from what was posted.
pub fn address_of(posted: &[(String, String)]) -> AddressForm {
    let value = |name: &str| {
        let found = posted.iter().find(|(known, _)| known == name);
        found.map(|(_, value)| value.clone()).unwrap_or_default()
    };
    AddressForm {
        recipient: value("recipient"),
        company: value("company"),
        address_line1: value("address_line1"),
        address_line2: value("address_line2"),
        city: value("city"),
        region: value("region"),
        postcode: value("postcode"),
        country: value("country"),
        email: value("email"),
        phone: value("phone"),
    }
}

/// Corrects where an order goes.
#[server(prefix = "/do", endpoint = "orders/edit-address")]
pub async fn edit_address(
    /// The order.
    #[server(default)]
    order: String,
    /// The version of the address that the form was made for.
    #[server(default)]
    seen: String,
) -> Result<Reply, ServerFnError> {
    let action = Action::begin()?;
    let mut page = String::new();
    let outcome = async {
        let viewer = action.viewer()?;
        let id = action.id(&order)?;
        page = super::page_of(viewer, id);
        let form = address_of(action.posted());
        orders::edit_address(&action.portal, viewer, id, &form, &seen).await?;
        Ok(Done::to(page.clone()).saying("address-saved"))
    }
    .await;
    action.answer_anew(FORM, true, page, outcome).await
}
