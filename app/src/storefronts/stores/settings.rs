//! What is chosen for an online store.

use domain::source::ExternalId;
use domain::{Permission, Platform as StorePlatform};
use leptos::prelude::*;
use leptos::server_fn::ServerFn;
use portal::Refusal;
use portal::access::Viewer;
use portal::stores::{self, StoreSettings};

use super::create::name_field;
use super::frame::{Section, StoreFrame};
use super::sync::orders_from_card;
use super::webhooks::webhooks_card;
use crate::action::{Action, Done, Reply};
use crate::audit::history_card;
use crate::page::{ClientPage, client_page};
use crate::text::Text;
use crate::ui::*;

/// The `id` of the form.
const FORM: &str = "store-settings";

/// The box by which a person says that a plug-in of the shop has brought statuses.
const PLUG_IN: &str = "plug_in_statuses";

/// The page.
#[component]
pub fn StoreSettingsPage() -> impl IntoView {
    client_page(Permission::ConfigureStores, |page| async move {
        let frame = StoreFrame::read(&page).await?;
        let orders_from = frame.is_read().then(|| orders_from_card(&page, frame.store()));
        let viewer = Viewer::Client(page.client.clone());
        let history = history_card(&page, &viewer, frame.store().id).await?;
        let content = view! {
            <div class="measure stack" data-gap="5">
                {settings_card(&page, &frame)}
                {orders_from}
                {webhooks_card(&page, &frame)}
                {history}
            </div>
        };
        Ok(frame.around(&page, Section::Settings, ().into_any(), content.into_any()))
    })
}

fn settings_card(page: &ClientPage, frame: &StoreFrame) -> AnyView {
    let t = page.t;
    let store = frame.store();
    let settings = &frame.health.settings;
    let (import, notify) = (settings.import_unconnected, settings.notify_buyers);
    let hold = settings.hold_personalised;
    let id = store.id.to_string();
    let name = Some(store.name.clone());
    let (platform, ready) = (store.platform, settings.ready_statuses.join(", "));
    let plug_in = settings.has_statuses_of_plug_ins();
    let locations = frame.health.facts.locations.iter();
    let locations: Vec<Choice> = locations
        .map(|location| Choice::new(location.id.as_str(), &location.name))
        .collect();
    let location = settings.location.as_ref().map(ToString::to_string);
    view! {
        <Card>
            <CardHead title=t.get("stores-settings") />
            <Form id=FORM action=SaveStoreSettings::PATH>
                <input type="hidden" name="store" value=id />
                <CardBody form=true>
                    {name_field(t, name)}
                    <SwitchField
                        name="import_unconnected"
                        label=t.get("stores-import-unconnected")
                        note=t.get("stores-import-unconnected-note")
                        checked=import
                    />
                    {ready_field(t, platform, ready, plug_in)}
                    {location_field(t, locations, location)}
                    <SwitchField
                        name="hold_personalised"
                        label=t.get("stores-hold-personalised")
                        note=t.get("stores-hold-personalised-note")
                        checked=hold
                    />
                    <SwitchField
                        name="notify_buyers"
                        label=t.get("stores-notify-buyers")
                        note=t.get("stores-notify-buyers-note")
                        checked=notify
                    />
                </CardBody>
                <CardFoot>
                    <Button variant=Variant::Primary>{t.get("stores-save-settings")}</Button>
                </CardFoot>
            </Form>
        </Card>
    }
    .into_any()
}

/// Which orders may be made: platforms that take the money say so themselves.
fn ready_field(t: Text, platform: StorePlatform, value: String, plug_in: bool) -> AnyView {
    if platform != StorePlatform::WooCommerce {
        return view! { <p class="muted">{t.get("stores-ready-when-paid")}</p> }.into_any();
    }
    view! {
        <TextField
            name="ready_statuses"
            label=t.get("stores-ready-statuses")
            help=t.get("stores-ready-statuses-help")
            value
            code=true
            autocomplete="off"
        />
        <CheckField
            name=PLUG_IN
            label=t.get("stores-plug-in-statuses")
            note=t.get("stores-plug-in-statuses-note")
            checked=plug_in
        />
    }
    .into_any()
}

/// From which of several places the orders are sent that are made here.
fn location_field(t: Text, choices: Vec<Choice>, chosen: Option<String>) -> Option<AnyView> {
    if choices.len() < 2 && chosen.is_none() {
        return None;
    }
    let field = view! {
        <SelectField
            name="location"
            label=t.get("stores-location")
            help=t.get("stores-location-help")
            choices
            value=chosen.unwrap_or_default()
            empty=t.get("stores-location-all")
            optional=true
        />
    };
    Some(field.into_any())
}

/// Changes what is chosen for a store, and its name.
#[server(prefix = "/do", endpoint = "stores/save-settings")]
pub async fn save_store_settings(
    /// The store.
    #[server(default)]
    store: String,
    /// What it is called.
    #[server(default)]
    name: String,
    /// `true` when orders are wanted of which no product is connected.
    #[server(default)]
    import_unconnected: String,
    /// `true` when lines with something of the buyer's own wait for somebody to look at them.
    #[server(default)]
    hold_personalised: String,
    /// `true` when the platform may mail buyers.
    #[server(default)]
    notify_buyers: String,
    /// WooCommerce: statuses separated by commas.
    #[server(default)]
    ready_statuses: Option<String>,
    /// Shopify: the location whose orders are made here; empty for all.
    #[server(default)]
    location: String,
) -> Result<Reply, ServerFnError> {
    let action = Action::begin()?;
    let outcome = async {
        let (portal, client) = (&action.portal, action.client()?);
        let store = action.id(&store)?;
        client.require(Permission::ConfigureStores)?;
        let defaults = StoreSettings::default();
        let settings = StoreSettings {
            import_unconnected: import_unconnected == "true",
            hold_personalised: hold_personalised == "true",
            notify_buyers: notify_buyers == "true",
            ready_statuses: match ready_statuses {
                Some(typed) => StoreSettings::parse_statuses(&typed, has_plug_in(&action))
                    .map_err(|problem| Refusal::field("ready_statuses", problem))?,
                None => defaults.ready_statuses,
            },
            location: (!location.is_empty()).then(|| ExternalId::new(location)),
        };
        stores::rename(portal, client, store, &name).await?;
        stores::change_settings(portal, client, store, &settings).await?;
        Ok(Done::to(Section::Settings.href(store)).saying("store-settings-saved"))
    }
    .await;
    action.answer(FORM, outcome).await
}

fn has_plug_in(action: &Action) -> bool {
    let mut posted = action.posted().iter();
    posted.any(|(name, value)| name == PLUG_IN && value == "true")
}
