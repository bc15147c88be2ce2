//! The auto-match of a store: what it would connect and why, and connecting what a person chose of it.

use std::collections::{BTreeSet, HashMap};

use domain::id::{StoreId, StoreVariantId};
use domain::{MappedHow, Permission, Problem, ProductUid};
use leptos::prelude::*;
use leptos::server_fn::ServerFn;
use portal::access::Viewer;
use portal::mapping::{Apply, AutoMatch, MatchOutcome, MatchRow, auto_match};
use portal::{Refusal, catalogue, stores};

use super::{connect_page, matches_page, product_page, products_page};
use crate::action::{Action, Done, Reply};
use crate::page::{ClientPage, Content, client_page};
use crate::storefronts::stores::store_page;
use crate::text::Text;
use crate::ui::*;

/// The `id` of the form.
const FORM: &str = "match-products";
/// Rows of one page: those that do not fit come up once these are decided about.
const SHOWN: usize = 200;

/// The groups of rows, in the order of [`AutoMatch::counts`].
const GROUPS: [&str; 4] = ["connects", "design-needed", "ambiguous", "nothing"];

const fn group(outcome: &MatchOutcome) -> usize {
    match outcome {
        MatchOutcome::Connects { .. } => 0,
        MatchOutcome::DesignNeeded { .. } => 1,
        MatchOutcome::Ambiguous { .. } => 2,
        MatchOutcome::Nothing => 3,
    }
}

/// The page: a dry run. Nothing is connected before somebody says so.
#[component]
pub fn MatchProductsPage() -> impl IntoView {
    client_page(Permission::ConnectProducts, |page| async move {
        let id: StoreId = page.param("id")?;
        let store = stores::find(&page.portal, &page.client.scope(), id).await?;
        let viewer = Viewer::Client(page.client.clone());
        let found = auto_match(&page.portal, &viewer, id, &Apply::Nothing).await?;
        let names: HashMap<String, String> = catalogue::choices(&page.portal, page.t.language)
            .await?
            .into_iter()
            .map(|choice| (choice.uid.clone(), choice.title()))
            .collect();
        let t = page.t;
        let title = t.get("products-match-title");
        let crumbs = vec![
            Crumb::link(t.get("stores-title"), "/storefronts/stores"),
            Crumb::link(store.name.clone(), store_page(id)),
            Crumb::link(t.get("products-title"), products_page(id)),
        ];
        let body = if found.rows.is_empty() {
            nothing_open(t, id)
        } else {
            shown(&page, id, &found, &names)
        };
        let view = view! {
            <PageHead title=title.clone() lede=t.get("products-match-lede") crumbs />
            {body}
        };
        Ok(Content::new(title, view))
    })
}

fn nothing_open(t: Text, store: StoreId) -> AnyView {
    view! {
        <Empty title=t.get("products-match-none") text=t.get("products-match-none-text")>
            <ButtonLink href=products_page(store)>{t.get("products-show-all")}</ButtonLink>
        </Empty>
    }
    .into_any()
}

fn shown(page: &ClientPage, store: StoreId, found: &AutoMatch, names: &HashMap<String, String>) -> AnyView {
    let t = page.t;
    let counts = found.counts();
    let asked = page.query("show");
    let chosen = GROUPS.iter().position(|group| Some(*group) == asked.as_deref());
    // What can be connected comes first; without any, what is next to it.
    let chosen = chosen
        .or_else(|| counts.iter().position(|count| *count > 0))
        .unwrap_or_default();
    let chips = GROUPS.iter().zip(counts).enumerate().map(|(place, (name, count))| {
        let href = page.link_with(&[("show", Some(name))]);
        let count = t.number(i64::try_from(count).unwrap_or(i64::MAX));
        view! { <Chip href text=t.get(&format!("products-match-{name}")) count current={place == chosen} /> }
    });
    let chips = chips.collect_view();
    let rows: Vec<&MatchRow> = found
        .rows
        .iter()
        .filter(|row| group(&row.outcome) == chosen)
        .collect();
    let more = rows.len() > SHOWN;
    let selects = chosen == 0;
    let lines = rows
        .iter()
        .take(SHOWN)
        .map(|found| row(t, store, found, names, selects))
        .collect_view();
    let note = t.get(&format!("products-match-{}-note", GROUPS[chosen]));
    let capped = more.then(|| {
        let text = t.with("products-match-capped", [("shown", SHOWN.into())]);
        view! { <p class="muted">{text}</p> }
    });
    let buttons = selects.then(|| buttons(t, rows.len()));
    let toolbar = view! {
        <Toolbar>
            <Chips label=t.get("products-match-result")>{chips}</Chips>
        </Toolbar>
    };
    if rows.is_empty() {
        let none = view! { <Empty title=t.get("products-match-group-empty") text=note /> };
        return view! { <div class="stack">{toolbar} {none}</div> }.into_any();
    }
    let store_id = store.to_string();
    view! {
        <div class="stack">
            {toolbar}
            <p class="muted">{note}</p>
            <Form id=FORM action=ConnectMatches::PATH stacked=true>
                <input type="hidden" name="store" value=store_id />
                <DataTable caption=t.get("products-match-title") bleed=true>
                    <TableHead sticky=true>
                        {selects.then(|| view! { <SelectAllCell /> })}
                        <HeadCell text=t.get("products-product") />
                        <HeadCell text=t.get("products-sku") optional=true />
                        <HeadCell text=t.get("products-match-suggestion") />
                        <HeadCell text=t.get("products-match-why") />
                        <HeadCell text=t.get("products-actions") hidden=true />
                    </TableHead>
                    <TableBody>{lines}</TableBody>
                </DataTable>
                <div class="stack">{capped} {buttons}</div>
            </Form>
        </div>
    }
    .into_any()
}

fn buttons(t: Text, all: usize) -> AnyView {
    let all = i64::try_from(all).unwrap_or(i64::MAX);
    view! {
        <FormActions>
            <Button name="do" value="selected" variant=Variant::Primary icon="link">
                {t.get("products-match-connect-selected")}
            </Button>
            <Button name="do" value="all">{t.with("products-match-connect-all", [("count", all.into())])}</Button>
        </FormActions>
    }
    .into_any()
}

fn row(t: Text, store: StoreId, found: &MatchRow, names: &HashMap<String, String>, selects: bool) -> AnyView {
    let title = if found.variant_title.is_empty() {
        found.title.clone()
    } else {
        format!("{}, {}", found.title, found.variant_title)
    };
    let tick = selects.then(|| {
        let (value, title) = (found.variant.to_string(), title.clone());
        view! { <SelectCell name="variants[]" value title /> }
    });
    let sku = found.sku.clone().map(|text| view! { <CodeText text /> });
    let has_sku = if sku.is_some() {
        Narrow::Inline
    } else {
        Narrow::Hidden
    };
    let suggestion = suggestion(t, &found.outcome, names);
    let href = product_page(store, found.product);
    let why = why(t, &found.outcome);
    let connect = (!selects).then(|| {
        let page = connect_page(store, found.variant);
        let href = match &found.outcome {
            MatchOutcome::DesignNeeded { uid, .. } => format!("{page}?uid={}", uid.as_str()),
            _ => page,
        };
        view! {
            <ButtonLink href icon="link" size=Size::Small above_row=true>
                {t.get("products-connect")}
            </ButtonLink>
        }
    });
    view! {
        <Row>
            {tick}
            <LeadCell title href />
            <Cell label=t.get("products-sku") optional=true narrow=has_sku>{sku}</Cell>
            <Cell label=t.get("products-match-suggestion")>{suggestion}</Cell>
            <Cell label=t.get("products-match-why")>{why}</Cell>
            <Cell align=Align::Actions>{connect}</Cell>
        </Row>
    }
    .into_any()
}

fn suggestion(t: Text, outcome: &MatchOutcome, names: &HashMap<String, String>) -> AnyView {
    let uids: Vec<&ProductUid> = match outcome {
        MatchOutcome::Connects { uid, .. } | MatchOutcome::DesignNeeded { uid, .. } => vec![uid],
        MatchOutcome::Ambiguous { uids, .. } => uids.iter().collect(),
        MatchOutcome::Nothing => {
            return view! { <span class="faint">{t.get("products-nothing-assigned")}</span> }.into_any();
        }
    };
    let lines = uids.into_iter().map(|uid| {
        let uid = uid.as_str().to_owned();
        let name = names.get(&uid).cloned().unwrap_or_default();
        view! {
            <div>
                <span dir="auto">{name}</span>
                <span class="sub mono">{uid}</span>
            </div>
        }
    });
    lines.collect_view().into_any()
}

fn why(t: Text, outcome: &MatchOutcome) -> String {
    let how = match outcome {
        MatchOutcome::Connects { how, .. }
        | MatchOutcome::DesignNeeded { how, .. }
        | MatchOutcome::Ambiguous { how, .. } => *how,
        MatchOutcome::Nothing => return String::new(),
    };
    how_words(t, how)
}

/// By which rule something matches.
fn how_words(t: Text, how: MappedHow) -> String {
    t.get(&format!("products-how-{}", how.slug()))
}

/// Connects the selected variants that still match, or all that do. What is ambiguous or needs a design is never
/// connected.
#[server(prefix = "/do", endpoint = "products/match")]
pub async fn connect_matches(
    /// The store.
    #[server(default)]
    store: String,
    /// The selected variants.
    #[server(default)]
    variants: Vec<String>,
) -> Result<Reply, ServerFnError> {
    let action = Action::begin()?;
    let outcome = async {
        let store: StoreId = action.id(&store)?;
        let all = action
            .posted()
            .iter()
            .any(|(name, value)| name == "do" && value == "all");
        let selected: BTreeSet<StoreVariantId> = variants.iter().filter_map(|id| id.parse().ok()).collect();
        let viewer = action.viewer()?;
        viewer.require(Permission::ConnectProducts)?;
        stores::find(&action.portal, &viewer.scope(), store).await?;
        if !all && selected.is_empty() {
            return Err(Refusal::conflict("nothing-selected"));
        }
        let apply = if all { Apply::All } else { Apply::Only(selected) };
        let applied = auto_match(&action.portal, viewer, store, &apply).await?;
        let [connected, ..] = applied.counts();
        let done = Problem::new("matches-connected").with("variants", connected);
        Ok(Done::to(matches_page(store)).saying_with(done))
    }
    .await;
    action.answer(FORM, outcome).await
}
