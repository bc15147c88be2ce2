//! A buyer is looked up by e-mail address: how much is kept, everything of it to download, and erasing it.

use domain::EmailAddress;
use leptos::prelude::*;
use portal::access::Viewer;
use portal::buyers::{self, Kept};
use portal::{Outcome, Refusal};

use super::erase::erase_card;
use super::home;
use crate::action::encode;
use crate::page::{Content, Page};
use crate::text::Text;
use crate::ui::*;

/// The page; `crumbs` lead to it.
///
/// # Errors
/// [`Refusal::Forbidden`].
pub async fn buyers_page(page: &Page, viewer: &Viewer, crumbs: Vec<Crumb>) -> Outcome<Content> {
    let t = page.t;
    let title = t.get("buyers-title");
    let typed = page.query("email").unwrap_or_default();
    let typed = typed.trim();
    let mut error = None;
    let found = if typed.is_empty() {
        None
    } else {
        match buyers::find(&page.portal, viewer, typed).await {
            Ok(kept) => Some(found(page, viewer, &kept)),
            Err(Refusal::Invalid(problems)) => {
                error = problems.get("email").map(|problem| t.problem(problem));
                None
            }
            Err(refusal) => return Err(refusal),
        }
    };
    let search = search(t, home(viewer), typed, error);
    let view = view! {
        <PageHead title=title.clone() lede=t.get("buyers-lede") crumbs />
        <div class="stack measure" data-gap="6">{search} {found}</div>
    };
    Ok(Content::new(title, view))
}

fn search(t: Text, home: &'static str, typed: &str, error: Option<String>) -> AnyView {
    view! {
        <form class="stack" data-gap="4" role="search" method="get" action=home aria-label=t.get("buyers-title")>
            <TextField
                name="email"
                kind="email"
                label=t.get("buyers-email")
                help=t.get("buyers-email-help")
                value=typed.to_owned()
                error
                autocomplete="off"
                max_length=u32::try_from(EmailAddress::MAX_LENGTH).unwrap_or(u32::MAX)
            />
            <div class="cluster">
                <Button variant=Variant::Primary icon="search">
                    {t.get("buyers-search")}
                </Button>
            </div>
        </form>
    }
    .into_any()
}

fn found(page: &Page, viewer: &Viewer, kept: &Kept) -> AnyView {
    let t = page.t;
    if kept.orders == 0 {
        let title = t.with("buyers-none", [("email", kept.email.as_str().into())]);
        return view! { <Empty title text=t.get("buyers-none-text") /> }.into_any();
    }
    let export = format!("{}/export.json?email={}", home(viewer), encode(&kept.email));
    let day = |at: Option<domain::Timestamp>| at.map(|at| t.date(at)).unwrap_or_default();
    let (orders, under_way) = (t.number(kept.orders), t.number(kept.under_way));
    let email = kept.email.clone();
    let (first, last) = (day(kept.first_at), day(kept.last_at));
    view! {
        <Card>
            <CardHead title=email>
                <ButtonLink href=export size=Size::Small icon="download" download=true>
                    {t.get("buyers-export")}
                </ButtonLink>
            </CardHead>
            <CardBody>
                <Facts>
                    <Fact name=t.get("buyers-orders") value=orders />
                    <Fact name=t.get("buyers-under-way") value=under_way />
                    <Fact name=t.get("buyers-first") value=first />
                    <Fact name=t.get("buyers-last") value=last />
                </Facts>
                <p class="muted text-sm">{t.get("buyers-export-note")}</p>
            </CardBody>
        </Card>
        {erase_card(page, viewer, kept)}
    }
    .into_any()
}
