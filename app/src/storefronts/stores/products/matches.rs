//! The auto-match of a store: what it would connect and why, and connecting what a person chose of it.

use std::collections::{BTreeSet, HashMap};

use domain::id::{StoreId, StoreVariantId};
use domain::{MappedHow, Permission, Problem, ProductUid};
use leptos::prelude::*;
use leptos::server_fn::ServerFn;
use portal::access::Viewer;
use portal::mapping::{Apply, AutoMatch, MatchOutcome, MatchRow, auto_match, waiting_orders};
use portal::{Refusal, catalogue, stores};

use super::{connect_page, matches_page, product_page, products_page};
use crate::action::{Action, Done, Reply};
use crate::orders::pack::pack;
use crate::page::{ClientPage, Content, client_page};
use crate::storefronts::stores::store_page;
use crate::text::Text;
use crate::ui::*;

/// The `id` of the form.
const FORM: &str = "match-products";
/// Rows of one page, unless the person wants fewer.
const ROWS: u32 = 100;

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
            let connects = connected_by(&found);
            let waiting = waiting_orders(&page.portal, &page.client.scope(), &connects).await?;
            shown(&page, id, &found, &names, waiting)
        };
        let view = view! {
            <PageHead title=title.clone() lede=t.get("products-match-lede") crumbs />
            {body}
        };
        Ok(Content::new(title, view))
    })
}

/// The variants that are, or would be, connected.
fn connected_by(found: &AutoMatch) -> Vec<StoreVariantId> {
    let connects = found.rows.iter().filter(|row| group(&row.outcome) == 0);
    connects.map(|row| row.variant).collect()
}

fn nothing_open(t: Text, store: StoreId) -> AnyView {
    view! {
        <Empty title=t.get("products-match-none") text=t.get("products-match-none-text")>
            <ButtonLink href=products_page(store)>{t.get("products-show-all")}</ButtonLink>
        </Empty>
    }
    .into_any()
}

fn shown(
    page: &ClientPage,
    store: StoreId,
    found: &AutoMatch,
    names: &HashMap<String, String>,
    waiting: i64,
) -> AnyView {
    let t = page.t;
    let counts = found.counts();
    let asked = page.query("show");
    let chosen = GROUPS.iter().position(|group| Some(*group) == asked.as_deref());
    // What can be connected comes first; without any, what is next to it.
    let chosen = chosen
        .or_else(|| counts.iter().position(|count| *count > 0))
        .unwrap_or_default();
    let chips = GROUPS.iter().zip(counts).enumerate().map(|(place, (name, count))| {
        let href = page.link_with(&[("show", Some(name)), ("page", None)]);
        let count = t.number(small(count));
        view! { <Chip href text=t.get(&format!("products-match-{name}")) count current={place == chosen} /> }
    });
    let chips = chips.collect_view();
    let rows: Vec<&MatchRow> = found
        .rows
        .iter()
        .filter(|row| group(&row.outcome) == chosen)
        .collect();
    let size: u32 = page
        .query_as("rows")
        .filter(|size| PAGE_SIZES.contains(size))
        .unwrap_or(ROWS);
    let each = usize::try_from(size).unwrap_or(usize::MAX);
    let sheets = rows.len().div_ceil(each).max(1);
    let asked: usize = page.query_as("page").unwrap_or(1);
    let sheet = asked.clamp(1, sheets);
    let selects = chosen == 0;
    let first = (sheet - 1) * each;
    let lines = rows
        .iter()
        .skip(first)
        .take(each)
        .map(|found| row(t, store, found, names, selects))
        .collect_view();
    let note = t.get(&format!("products-match-{}-note", GROUPS[chosen]));
    let to = |sheet: usize| {
        let number = sheet.to_string();
        page.link_with(&[("page", Some(number.as_str()))])
    };
    let range = t.with(
        "products-match-range",
        [
            ("first", t.number(small(first + 1)).into()),
            ("last", t.number(small((first + each).min(rows.len()))).into()),
            ("all", t.number(small(rows.len())).into()),
        ],
    );
    let (previous, next) = (
        (sheet > 1).then(|| to(sheet - 1)),
        (sheet < sheets).then(|| to(sheet + 1)),
    );
    let kept = vec![("show".to_owned(), GROUPS[chosen].to_owned())];
    let buttons = selects.then(|| buttons(t, rows.len(), waiting));
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
                <div class="stack">{buttons}</div>
            </Form>
            <Pager shown=range counts_all=true previous next rows=size kept />
        </div>
    }
    .into_any()
}

fn small(number: usize) -> i64 {
    i64::try_from(number).unwrap_or(i64::MAX)
}

/// The buttons of what can be connected, and how many orders wait for all of it.
fn buttons(t: Text, all: usize, waiting: i64) -> AnyView {
    let all = small(all);
    let orders = (waiting > 0).then(|| {
        let text = t.with("products-match-orders", [("orders", waiting.into())]);
        view! { <p class="muted">{text}</p> }
    });
    view! {
        {orders}
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
    let has_why = if why.is_empty() {
        Narrow::Hidden
    } else {
        Narrow::Inline
    };
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
            <Cell label=t.get("products-match-why") narrow=has_why>{why}</Cell>
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
    let pack = match outcome {
        MatchOutcome::Connects { pieces, .. } => pack(t, *pieces),
        _ => None,
    };
    let pack = pack.map(|words| view! { <span class="sub">{words}</span> });
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
    let lines = lines.collect_view();
    view! {
        {lines}
        {pack}
    }
    .into_any()
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
        let dry_run = auto_match(&action.portal, viewer, store, &Apply::Nothing).await?;
        let mut connects = connected_by(&dry_run);
        if let Apply::Only(selected) = &apply {
            connects.retain(|variant| selected.contains(variant));
        }
        let waiting = waiting_orders(&action.portal, &viewer.scope(), &connects).await?;
        let applied = auto_match(&action.portal, viewer, store, &apply).await?;
        let [connected, ..] = applied.counts();
        let done = Problem::new("matches-connected")
            .with("variants", connected)
            .with("orders", waiting);
        Ok(Done::to(matches_page(store)).saying_with(done))
    }
    .await;
    action.answer(FORM, outcome).await
}
