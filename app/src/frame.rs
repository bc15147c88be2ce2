//! What surrounds a page: the shell of the viewer's face, or the bare frame of signed-out pages.

use domain::Role;
use http::StatusCode;
use leptos::prelude::*;
use leptos::server_fn::ServerFn;
use leptos_meta::Title;
use portal::access::Viewer;
use portal::{Outcome, Portal};

use crate::account::choose_customer::ChooseCustomer;
use crate::account::language::LANGUAGES;
use crate::account::log_out::LogOut;
use crate::account::preferences::SavePreferences;
use crate::account::security::SECURITY;
use crate::operator::customers::view_as;
use crate::page::{Content, OpenContent};
use crate::search::Find;
use crate::text::{Text, texts};
use crate::ui::{Account, AuthPage, ButtonLink, Empty, Face, NavGroup, RefusalSaid, Shell, Toast, Variant};
use crate::visitor::{Flash, Visitor};
use crate::{operator, storefronts};

/// The shell of the viewer's face, with what its navigation counts.
pub struct Surroundings {
    face: Face,
    brand: String,
    company: String,
    home: &'static str,
    search: &'static str,
    slug: Vec<String>,
    navigation: Vec<NavGroup>,
    account: Account,
    as_of: (String, String),
    toast: Option<(String, bool)>,
    notice: Option<AnyView>,
}

impl Surroundings {
    /// Reads what the shell around a viewer's page shows.
    ///
    /// # Errors
    /// Only unexpected ones.
    pub async fn of(portal: &Portal, visitor: &Visitor, viewer: &Viewer) -> Outcome<Self> {
        let t = visitor.text();
        let brand = &portal.settings.brand;
        let path = visitor.uri.split('?').next().unwrap_or("/");
        let (face, name, home, search, navigation, slug) = match viewer {
            Viewer::Operator(operator) => {
                let navigation = operator::navigation::groups(portal, operator, t, path).await?;
                let name = brand.console_name.clone();
                (
                    Face::Console,
                    name,
                    "/console/orders",
                    "/console/orders",
                    navigation,
                    Vec::new(),
                )
            }
            Viewer::Client(client) => {
                let navigation = storefronts::navigation::groups(portal, client, t, path).await?;
                let name = brand.storefronts_name.clone();
                let slug = vec![client.customer_name.clone()];
                (
                    Face::Storefronts,
                    name,
                    "/storefronts",
                    "/storefronts/orders",
                    navigation,
                    slug,
                )
            }
        };
        Ok(Self {
            face,
            brand: name,
            company: brand.company.clone(),
            home,
            search,
            slug: std::iter::once(brand.company.clone()).chain(slug).collect(),
            navigation,
            account: account(visitor, viewer, t),
            as_of: (t.clock(visitor.now), t.machine_time(visitor.now)),
            toast: said(&visitor.flash, t),
            notice: viewing_notice(visitor, viewer, t),
        })
    }

    /// Puts the shell around a page.
    pub fn around(self, content: Content) -> AnyView {
        let toast = self
            .toast
            .map(|(text, refused)| view! { <Toast text refused/> }.into_any());
        let notice = self.notice;
        view! {
            <Title text=format!("{} · {}", content.title, self.brand)/>
            <Shell
                face=self.face brand=self.brand brand_line=self.company home=self.home navigation=self.navigation
                account=self.account search=self.search find=Find::PATH slug=self.slug as_of=self.as_of notice toast=toast
            >
                {content.view}
            </Shell>
        }
        .into_any()
    }
}

/// Says that an operator looks at a customer's Storefronts.
fn viewing_notice(visitor: &Visitor, viewer: &Viewer, t: Text) -> Option<AnyView> {
    let viewing = visitor.current.as_ref()?.viewing?;
    match viewer {
        Viewer::Client(client) => Some(view_as::banner(t, &client.customer_name, &viewing)),
        Viewer::Operator(_) => None,
    }
}

/// What the last form did, or why it did nothing, where the form does not say so itself.
fn said(flash: &Flash, t: Text) -> Option<(String, bool)> {
    let said = use_context::<RefusalSaid>().is_some_and(|said| said.is_so());
    let refused = flash.refused.as_ref().filter(|_| !said);
    let refused = refused.map(|problem| (t.problem(problem), true));
    refused.or_else(|| flash.done.as_ref().map(|done| (t.done(done), false)))
}

fn account(visitor: &Visitor, viewer: &Viewer, t: Text) -> Account {
    let role = match viewer.role() {
        Role::Operator(role) => format!("role-{}", role.slug()),
        Role::Client(role) => format!("role-{}", role.slug()),
    };
    Account {
        name: viewer.name().to_owned(),
        role: t.get(&role),
        looks_on: visitor.looks_on(),
        theme: visitor.theme.as_str(),
        profile_href: "/account".to_owned(),
        security_href: SECURITY.to_owned(),
        preferences_action: SavePreferences::PATH.to_owned(),
        log_out_action: LogOut::PATH.to_owned(),
        here: visitor.uri.clone(),
        other_customers: other_customers(visitor, viewer),
        choose_customer_action: ChooseCustomer::PATH.to_owned(),
    }
}

fn other_customers(visitor: &Visitor, viewer: &Viewer) -> Vec<(String, String)> {
    let (Viewer::Client(client), Some(current)) = (viewer, &visitor.current) else {
        return Vec::new();
    };
    let others = current
        .customers
        .iter()
        .filter(|choice| choice.id != client.customer);
    others
        .map(|choice| (choice.id.to_string(), choice.name.clone()))
        .collect()
}

/// Puts the frame of signed-out pages around a page.
pub fn open_frame(portal: &Portal, visitor: &Visitor, content: OpenContent) -> AnyView {
    let brand = &portal.settings.brand;
    let said = said(&visitor.flash, texts());
    let said = said.map(|(text, refused)| view! { <Toast text refused still=true/> });
    view! {
        <Title text=format!("{} · {}", content.title, brand.company)/>
        <AuthPage
            brand=brand.company.clone() brand_line=brand.storefronts_name.clone() title=content.title
            lede=content.lede after=content.after
            footer=language_choice(visitor)
        >
            {said}
            {content.view}
        </AuthPage>
    }
    .into_any()
}

/// The languages a person who is not logged in can switch to.
fn language_choice(visitor: &Visitor) -> AnyView {
    let others = LANGUAGES
        .iter()
        .filter(|(language, _)| *language != visitor.language)
        .map(|(language, name)| {
            view! {
                <button class="link-button" name="language" value=language.as_str() lang=language.as_str()>
                    {*name}
                </button>
            }
        });
    view! {
        <form method="post" action=SavePreferences::PATH>
            <input type="hidden" name="next" value=visitor.uri.clone() />
            {others.collect_view()}
        </form>
    }
    .into_any()
}

/// What is shown instead of a page: its title, why, and the way out.
pub struct ErrorWords {
    title: String,
    text: String,
    start: String,
    /// What to tell support, where it is for them to find out what happened.
    reference: Option<(String, String)>,
}

impl ErrorWords {
    /// The words for the status that answers a visitor's request.
    pub fn of(t: Text, status: StatusCode, visitor: &Visitor) -> Self {
        let viewer = visitor.current.as_ref().map(|current| &current.viewer);
        let kind = match status {
            StatusCode::FORBIDDEN if matches!(viewer, Some(Viewer::Client(_))) => "forbidden-client",
            StatusCode::FORBIDDEN => "forbidden",
            StatusCode::NOT_FOUND => "not-found",
            StatusCode::CONFLICT => "conflict",
            StatusCode::PAYLOAD_TOO_LARGE => "too-large",
            StatusCode::SERVICE_UNAVAILABLE => "busy",
            _ => "broken",
        };
        let request_id = visitor.request_id.as_str();
        let ours = kind == "broken" && !request_id.is_empty();
        Self {
            title: t.get(&format!("app-error-{kind}-title")),
            text: t.get(&format!("app-error-{kind}-text")),
            start: t.get("app-error-start"),
            reference: ours.then(|| (t.get("app-error-reference"), request_id.to_owned())),
        }
    }

    /// In the shell of a face.
    pub fn framed(self) -> Content {
        let title = self.title.clone();
        let reference = reference_line(self.reference);
        let view = view! {
            <Empty page=true title=self.title text=self.text>
                <ButtonLink href="/" variant=Variant::Primary>
                    {self.start}
                </ButtonLink>
                {reference}
            </Empty>
        };
        Content::new(title, view)
    }

    /// For somebody who is not logged in.
    pub fn open(self) -> OpenContent {
        let view = view! {
            <ButtonLink href="/" variant=Variant::Primary>
                {self.start}
            </ButtonLink>
        };
        OpenContent {
            title: self.title,
            lede: Some(self.text),
            after: reference_line(self.reference),
            view: view.into_any(),
        }
    }
}

/// The reference of what broke, to be told to support.
fn reference_line(reference: Option<(String, String)>) -> Option<AnyView> {
    reference.map(|(words, id)| {
        view! {
            <span class="muted text-sm">
                {words} " " <span class="mono">{id}</span>
            </span>
        }
        .into_any()
    })
}
