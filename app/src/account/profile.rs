//! What a person sets about themselves, but for what lets them in: see [`super::security`].

use domain::Theme;
use leptos::prelude::*;
use leptos::server_fn::ServerFn;
use portal::Refusal;
use portal::accounts::current::Person;
use portal::accounts::profile::{self, ProfileForm};

use super::language::LanguageField;
use super::security::SECURITY;
use crate::action::{Action, Done, Reply};
use crate::page::{Content, own_page};
use crate::text::Text;
use crate::ui::{
    Button, ButtonLink, Card, CardBody, CardFoot, CardHead, Choice, Fields, Form, PageHead, SelectField,
    TextField, Variant,
};

/// The page.
#[component]
pub fn ProfilePage() -> impl IntoView {
    own_page(|page, _| async move {
        let t = page.t;
        let person = page.visitor.current.clone().ok_or(Refusal::NotLoggedIn)?.person;
        let title = t.get("account-profile-title");
        let email = person.email.clone();
        let view = view! {
            <PageHead title=title.clone() lede=email>
                <ButtonLink href=SECURITY icon="lock">{t.get("ui-security")}</ButtonLink>
            </PageHead>
            <div class="measure stack" data-gap="6">{about_you(t, person)}</div>
        };
        Ok(Content::new(title, view))
    })
}

/// The time zones by continent. One that was chosen when old names could be is there as well.
fn time_zones(t: Text, chosen: &str) -> Vec<Choice> {
    let former = (!profile::time_zones().any(|zone| zone == chosen)).then(|| Choice::new(chosen, chosen));
    let zones = profile::time_zones();
    former
        .into_iter()
        .chain(zones.map(|zone| match zone.split_once('/') {
            Some((continent, city)) => {
                let key = format!("account-zone-{}", continent.to_lowercase());
                let city = city.replace('_', " ").replace('/', ", ");
                Choice::new(zone, city).group(t.get(&key))
            }
            None => Choice::new(zone, zone),
        }))
        .collect()
}

fn about_you(t: Text, person: Person) -> AnyView {
    let themes = Theme::ALL
        .iter()
        .map(|theme| Choice::new(theme.as_str(), t.get(&format!("ui-theme-{}", theme.slug()))))
        .collect();
    let zones = time_zones(t, &person.time_zone);
    view! {
        <Card>
            <CardHead title=t.get("account-profile-you") />
            <Form id="profile" action=SaveProfile::PATH>
                <CardBody form=true>
                    <Fields>
                        <TextField
                            name="first_name"
                            label=t.get("account-first-name")
                            value=person.first_name
                            autocomplete="given-name"
                        />
                        <TextField
                            name="last_name"
                            label=t.get("account-last-name")
                            value=person.last_name
                            autocomplete="family-name"
                        />
                        <LanguageField chosen=person.language />
                        <SelectField
                            name="time_zone"
                            label=t.get("account-time-zone")
                            choices=zones
                            value=person.time_zone
                        />
                        <SelectField
                            name="theme"
                            label=t.get("account-theme")
                            choices=themes
                            value=person.theme.as_str()
                        />
                    </Fields>
                </CardBody>
                <CardFoot>
                    <Button variant=Variant::Primary>{t.get("account-profile-save")}</Button>
                </CardFoot>
            </Form>
        </Card>
    }
    .into_any()
}

/// Saves the profile.
#[server(prefix = "/do", endpoint = "account/save-profile")]
pub async fn save_profile(
    /// First name.
    #[server(default)]
    first_name: String,
    /// Last name.
    #[server(default)]
    last_name: String,
    /// `en` or `es`.
    #[server(default)]
    language: String,
    /// An IANA name.
    #[server(default)]
    time_zone: String,
    /// `system`, `light` or `dark`.
    #[server(default)]
    theme: String,
) -> Result<Reply, ServerFnError> {
    let action = Action::begin()?;
    let outcome = async {
        let form = ProfileForm {
            first_name,
            last_name,
            language,
            time_zone,
            theme,
        };
        profile::update(&action.portal, action.viewer()?.user(), form).await?;
        Ok(Done::to("/account").saying("profile-saved"))
    }
    .await;
    action.answer("profile", outcome).await
}
