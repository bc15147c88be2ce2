//! What every page has in common: who may see it, what surrounds it, and what is shown instead when it
//! cannot be.

use std::future::Future;
use std::ops::Deref;
use std::str::FromStr;

use domain::{Permission, Problem};
use http::StatusCode;
use leptos::prelude::*;
use leptos_axum::ResponseOptions;
use leptos_router::hooks::{use_params_map, use_query_map};
use leptos_router::params::ParamsMap;
use portal::access::{Client, Operator, Viewer};
use portal::{Outcome, Portal, Refusal};
use serde::de::DeserializeOwned;
use tower_sessions::Session;

use crate::action::encode;
use crate::fault;
use crate::frame::{self, ErrorWords, Surroundings};
use crate::list_address::{ListAddress, Listed};
use crate::operator::customers::view_as;
use crate::text::{Text, texts};
use crate::ui::{Alert, ButtonLink, RefusalSaid, Tone};
use crate::visitor::{Visitor, visitor};

/// A page being built.
#[derive(Clone)]
pub struct Page {
    /// The use cases' surroundings.
    pub portal: Portal,
    /// Who asks.
    pub visitor: Visitor,
    /// The interface's sentences.
    pub t: Text,
    params: ParamsMap,
    query: ParamsMap,
    session: Option<Session>,
}

fn portal() -> Outcome<Portal> {
    Ok(use_context().ok_or_else(|| anyhow::anyhow!("a page outside of a request"))?)
}

/// What a page shows: the frame around it is added by the guard that called it.
pub struct Content {
    /// Title of the browser tab, without the product's name.
    pub title: String,
    /// The page itself.
    pub view: AnyView,
}

impl Content {
    /// A page with its title.
    pub fn new(title: impl Into<String>, view: impl IntoView + 'static) -> Self {
        Self {
            title: title.into(),
            view: view.into_any(),
        }
    }
}

/// What a page without navigation shows.
pub struct OpenContent {
    /// Title of the tab and of the page.
    pub title: String,
    /// A line below the title.
    pub lede: Option<String>,
    /// What to do when the form is no help.
    pub after: Option<AnyView>,
    /// The form.
    pub view: AnyView,
}

impl Page {
    fn begin() -> Outcome<Self> {
        Ok(Self {
            portal: portal()?,
            visitor: visitor(),
            t: texts(),
            params: use_params_map().get_untracked(),
            query: use_query_map().get_untracked(),
            session: use_context::<http::request::Parts>()
                .and_then(|parts| parts.extensions.get::<Session>().cloned()),
        })
    }

    /// A part of the path, parsed.
    ///
    /// # Errors
    /// [`Refusal::NotFound`] when it is not one: such a page does not exist.
    pub fn param<T: FromStr>(&self, name: &str) -> Outcome<T> {
        self.params
            .get(name)
            .and_then(|text| text.parse().ok())
            .ok_or(Refusal::NotFound)
    }

    /// A value of the query; blank counts as absent.
    pub fn query(&self, name: &str) -> Option<String> {
        self.query.get(name).filter(|value| !value.trim().is_empty())
    }

    /// A value of the query, parsed; nonsense counts as absent.
    pub fn query_as<T: FromStr>(&self, name: &str) -> Option<T> {
        self.query(name).and_then(|value| value.parse().ok())
    }

    /// What the list on this page was asked for.
    pub fn list_address<L: Listed>(&self) -> ListAddress<L> {
        let pairs = self.query.clone().into_iter();
        ListAddress::of(pairs.map(|(name, value)| (name.into_owned(), value)))
    }

    /// Whether a dialog is shown: asked for by the address, or because its form was refused.
    pub fn shows_dialog(&self, id: &str) -> bool {
        let refused = self.visitor.flash.form.as_ref().is_some_and(|form| form.id == id);
        refused || self.query("dialog").as_deref() == Some(id)
    }

    /// Takes what an action left in the session for this page, once; nothing counts as the default.
    pub async fn take<T: DeserializeOwned + Default>(&self, key: &str) -> T {
        match &self.session {
            Some(session) => session.remove(key).await.ok().flatten().unwrap_or_default(),
            None => T::default(),
        }
    }

    /// What lies in the session for another page; nothing where nothing does.
    pub async fn look<T: DeserializeOwned>(&self, key: &str) -> Option<T> {
        let session = self.session.as_ref()?;
        session.get(key).await.ok().flatten()
    }

    /// The id of the visitor's session, as it is kept.
    pub fn session_id(&self) -> [u8; 16] {
        let id = self.session.as_ref().and_then(Session::id);
        id.map(|id| id.0.to_le_bytes()).unwrap_or_default()
    }

    /// This page's address with some values of the query changed; `None` takes one away.
    pub fn link_with(&self, changes: &[(&str, Option<&str>)]) -> String {
        let path = self.visitor.uri.split('?').next().unwrap_or("/");
        let kept = self
            .query
            .clone()
            .into_iter()
            .filter(|(name, _)| !changes.iter().any(|(change, _)| change == name));
        let changed = changes
            .iter()
            .filter_map(|(name, value)| Some(((*name).to_owned(), (*value)?.to_owned())));
        let pairs: Vec<String> = kept
            .map(|(name, value)| (name.into_owned(), value))
            .chain(changed)
            .filter(|(_, value)| !value.is_empty())
            .map(|(name, value)| format!("{}={}", encode(&name), encode(&value)))
            .collect();
        if pairs.is_empty() {
            path.to_owned()
        } else {
            format!("{path}?{}", pairs.join("&"))
        }
    }
}

/// A page of the operator console being built.
#[derive(Clone)]
pub struct OperatorPage {
    page: Page,
    /// Who asks.
    pub operator: Operator,
}

/// A page of Storefronts being built.
#[derive(Clone)]
pub struct ClientPage {
    page: Page,
    /// Who asks.
    pub client: Client,
}

impl Deref for OperatorPage {
    type Target = Page;

    fn deref(&self) -> &Page {
        &self.page
    }
}

impl Deref for ClientPage {
    type Target = Page;

    fn deref(&self) -> &Page {
        &self.page
    }
}

/// A page of the operator console for operators whose role has the permission.
pub fn operator_page<F>(
    permission: Permission,
    build: impl FnOnce(OperatorPage) -> F + Send + 'static,
) -> AnyView
where
    F: Future<Output = Outcome<Content>> + Send + 'static,
{
    framed(async move {
        let page = Page::begin()?;
        let operator = match page.visitor.current.as_ref().map(|current| &current.viewer) {
            Some(Viewer::Operator(operator)) => operator.clone(),
            // It is there, for who stops looking.
            Some(Viewer::Client(_)) if page.visitor.looks_on() => return Err(Refusal::Forbidden),
            Some(Viewer::Client(_)) => return Err(Refusal::NotFound),
            None => return Err(Refusal::NotLoggedIn),
        };
        operator.require(permission)?;
        build(OperatorPage { page, operator }).await
    })
}

/// A page of Storefronts for client users whose role has the permission.
pub fn client_page<F>(permission: Permission, build: impl FnOnce(ClientPage) -> F + Send + 'static) -> AnyView
where
    F: Future<Output = Outcome<Content>> + Send + 'static,
{
    framed(async move {
        let page = Page::begin()?;
        let client = match page.visitor.current.as_ref().map(|current| &current.viewer) {
            Some(Viewer::Client(client)) => client.clone(),
            Some(Viewer::Operator(_)) => return Err(Refusal::NotFound),
            None => return Err(Refusal::NotLoggedIn),
        };
        client.require(permission)?;
        build(ClientPage { page, client }).await
    })
}

/// A page for everybody who is logged in, in the frame of their face: but not while they look at somebody else's.
pub fn own_page<F>(build: impl FnOnce(Page, Viewer) -> F + Send + 'static) -> AnyView
where
    F: Future<Output = Outcome<Content>> + Send + 'static,
{
    framed(async move {
        let page = Page::begin()?;
        let current = page.visitor.current.as_ref().ok_or(Refusal::NotLoggedIn)?;
        if page.visitor.looks_on() {
            return Err(Refusal::Forbidden);
        }
        let viewer = current.viewer.clone();
        build(page, viewer).await
    })
}

/// What stands behind a link that does not work (any more): why, and the way out.
pub fn dead_link(t: Text, title: String, problem: &Problem, way_out: &'static str) -> OpenContent {
    let go_on = t.get(if way_out == "/login" {
        "account-back-to-log-in"
    } else {
        "account-forgot-send"
    });
    let view = view! {
        <Alert tone=Tone::Warning title=t.problem(problem)>
            <ButtonLink href=way_out>{go_on}</ButtonLink>
        </Alert>
    };
    OpenContent {
        title,
        lede: None,
        after: None,
        view: view.into_any(),
    }
}

/// A page for anybody, without navigation: log-in, invitation, reset.
pub fn open_page<F>(build: impl FnOnce(Page) -> F + Send + 'static) -> AnyView
where
    F: Future<Output = Outcome<OpenContent>> + Send + 'static,
{
    suspended(async move {
        let page = Page::begin()?;
        let content = build(page.clone()).await?;
        Ok(frame::open_frame(&page.portal, &page.visitor, content))
    })
}

/// Shows a page in the frame of the viewer's face.
fn framed(build: impl Future<Output = Outcome<Content>> + Send + 'static) -> AnyView {
    suspended(async move {
        let content = build.await?;
        in_frame(content).await
    })
}

async fn in_frame(content: Content) -> Outcome<AnyView> {
    let visitor = visitor();
    let current = visitor.current.as_ref().ok_or(Refusal::NotLoggedIn)?;
    Ok(Surroundings::of(&portal()?, &visitor, &current.viewer)
        .await?
        .around(content))
}

fn suspended(build: impl Future<Output = Outcome<AnyView>> + Send + 'static) -> AnyView {
    provide_context(RefusalSaid::default());
    let shown = Suspend::new(async move {
        match build.await {
            Ok(view) => view,
            Err(refusal) => refused(refusal).await,
        }
    });
    view! { <Suspense>{shown}</Suspense> }.into_any()
}

async fn refused(refusal: Refusal) -> AnyView {
    match refusal {
        Refusal::NotLoggedIn => {
            let visitor = visitor();
            leptos_axum::redirect(&visitor.way_in(&visitor.uri));
            ().into_any()
        }
        Refusal::NotFound | Refusal::Invalid(_) => instead_of_a_page(StatusCode::NOT_FOUND).await,
        Refusal::Forbidden => instead_of_a_page(StatusCode::FORBIDDEN).await,
        Refusal::Conflict(_) | Refusal::Unproved => instead_of_a_page(StatusCode::CONFLICT).await,
        Refusal::Unexpected(error) => instead_of_a_page(fault::status_of(&error, "a page")).await,
    }
}

/// The words for a status, in the frame of the viewer's face where that can be had.
async fn instead_of_a_page(status: StatusCode) -> AnyView {
    if let Some(response) = use_context::<ResponseOptions>() {
        response.set_status(status);
    }
    let visitor = visitor();
    let words = || ErrorWords::of(texts(), status, &visitor);
    let framed = || {
        if status == StatusCode::FORBIDDEN && visitor.looks_on() {
            view_as::instead(texts(), &visitor.uri)
        } else {
            words().framed()
        }
    };
    let Ok(portal) = portal() else {
        return framed().view;
    };
    if visitor.current.is_none() {
        return frame::open_frame(&portal, &visitor, words().open());
    }
    // When not even the navigation can be read, the words stand without it.
    match in_frame(framed()).await {
        Ok(view) => view,
        Err(_) => framed().view,
    }
}

/// What is shown where there is no page, or instead of the bare answer of a refused form.
pub fn error_page(status: StatusCode) -> AnyView {
    suspended(async move { Ok(instead_of_a_page(status).await) })
}
