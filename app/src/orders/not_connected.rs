//! Lines of a store's order that wait because their product is not connected: connecting it, or saying that it is not
//! made here.

use domain::id::{LineId, OrderId, StoreId, StoreVariantId};
use domain::{IgnoredBecause, OrderStatus, Permission, Problem};
use leptos::prelude::*;
use leptos::server_fn::ServerFn;
use portal::access::Viewer;
use portal::mapping::{self, Ignore};
use portal::orders::{self, LineDetail, OrderDetail, OrderHead};
use portal::{Outcome, Portal, Refusal, store_products};

use super::line_dialog::LineDialog;
use super::page_of;
use super::take_back::{take_back_dialogs, take_back_link};
use crate::action::{Action, Done, Reply};
use crate::page::Page;
use crate::storefronts::stores::products::{connect_page_for, connect_page_in_console};
use crate::text::Text;
use crate::ui::*;

/// What somebody can do about the lines of an order that are not connected.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Deciding {
    order: OrderId,
    store: StoreId,
    /// Whether it is done in the console.
    console: bool,
    ignore: bool,
    /// Connect, and ignore in every order.
    decides: bool,
}

impl Deciding {
    /// What `viewer` can do about the lines of an order.
    pub fn of(viewer: &Viewer, head: &OrderHead) -> Self {
        Self {
            order: head.id,
            store: head.store_id,
            console: matches!(viewer, Viewer::Operator(_)),
            ignore: viewer.may(Permission::EditOrders),
            decides: viewer.may(Permission::ConnectProducts),
        }
    }

    const fn ignores(self) -> bool {
        self.ignore || self.decides
    }
}

/// The `id` of the dialog of a line, and of its form.
fn dialog_id(line: &LineDetail) -> String {
    format!("ignore-line-{}", line.position)
}

fn waits(line: &LineDetail) -> bool {
    line.status == OrderStatus::NotConnected
}

/// *Connect product* and *Ignore* of a line that waits; why it is not made here of one that is ignored.
pub(super) fn decision(t: Text, line: &LineDetail, deciding: Option<Deciding>) -> AnyView {
    if let Some(because) = line.ignored_because {
        let back = deciding
            .filter(|deciding| deciding.ignore)
            .and_then(|_| take_back_link(t, line))
            .map(|link| view! { <span class="sub">{link}</span> });
        return view! { {ignored(t, because)} {back} }.into_any();
    }
    let Some(deciding) = deciding.filter(|_| waits(line)) else {
        return ().into_any();
    };
    let connect = line.store_variant.filter(|_| deciding.decides).map(|variant| {
        let href = if deciding.console {
            connect_page_in_console(deciding.order, variant)
        } else {
            connect_page_for(deciding.store, variant, deciding.order)
        };
        view! {
            <ButtonLink href icon="link" size=Size::Small above_row=true>
                {t.get("orders-connect-product")}
            </ButtonLink>
        }
    });
    let ignore = deciding.ignores().then(|| {
        let id = dialog_id(line);
        view! {
            <ButtonLink href=format!("?dialog={id}") opens=id icon="slash" size=Size::Small above_row=true>
                {t.get("orders-ignore")}
            </ButtonLink>
        }
    });
    view! { <span class="sub cluster">{connect} {ignore}</span> }.into_any()
}

fn ignored(t: Text, because: IgnoredBecause) -> AnyView {
    let words = t.get(&format!("orders-ignored-{}", because.slug()));
    view! { <span class="sub">{words}</span> }.into_any()
}

/// One dialog for each line that waits, which asks how far *Ignore* reaches, and for each that somebody ignored.
pub fn ignore_dialogs(page: &Page, order: &OrderDetail, deciding: Deciding) -> AnyView {
    if !deciding.ignores() {
        return ().into_any();
    }
    let waiting = order.lines.iter().filter(|line| waits(line));
    let ignore = waiting
        .map(|line| dialog(page, order, line, deciding))
        .collect_view();
    let take_back = deciding.ignore.then(|| take_back_dialogs(page, order));
    view! { {ignore} {take_back} }.into_any()
}

fn dialog(page: &Page, order: &OrderDetail, line: &LineDetail, deciding: Deciding) -> AnyView {
    let t = page.t;
    let reach = Reach::ALL
        .into_iter()
        .filter(|reach| match reach {
            Reach::Line => deciding.ignore,
            Reach::Variant | Reach::Product => deciding.decides && line.store_variant.is_some(),
        })
        .map(|reach| {
            let key = format!("orders-ignore-{}", reach.word());
            Choice::new(reach.word(), t.get(&key)).note(t.get(&format!("{key}-note")))
        })
        .collect::<Vec<_>>();
    let first = reach.first().map(|choice| choice.value.clone());
    let dialog = LineDialog {
        id: dialog_id(line),
        title: t.get("orders-ignore-title"),
        action: IgnoreOrderLine::PATH,
        submit: t.get("orders-ignore-submit"),
    };
    let label = t.get("orders-ignore-where");
    dialog.view(page, order, line, move || {
        view! { <RadioGroup name="reach" label choices=reach value=first /> }.into_any()
    })
}

/// How far *Ignore* reaches.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Reach {
    /// This line of this order.
    Line,
    /// The variant, in every order.
    Variant,
    /// All variants of the product, in every order.
    Product,
}

impl Reach {
    const ALL: [Self; 3] = [Self::Line, Self::Variant, Self::Product];

    const fn word(self) -> &'static str {
        match self {
            Self::Line => "line",
            Self::Variant => "variant",
            Self::Product => "product",
        }
    }
}

/// Ignores a line of an order, or what it is of in every order.
#[server(prefix = "/do", endpoint = "orders/ignore-line")]
pub async fn ignore_order_line(
    /// The order.
    #[server(default)]
    order: String,
    /// The line.
    #[server(default)]
    line: String,
    /// `line`, `variant` or `product`.
    #[server(default)]
    reach: String,
    /// The form's `id`.
    #[server(default)]
    form: String,
) -> Result<Reply, ServerFnError> {
    let action = Action::begin()?;
    let outcome = async {
        let (portal, viewer) = (&action.portal, action.viewer()?);
        let (order, line) = (action.id(&order)?, action.id(&line)?);
        let reach = Reach::ALL.into_iter().find(|known| known.word() == reach);
        let done = ignore(portal, viewer, order, line, reach.unwrap_or(Reach::Line)).await?;
        Ok(Done::to(page_of(viewer, order)).saying_with(done))
    }
    .await;
    action.answer(&form, outcome).await
}

async fn ignore(
    portal: &Portal,
    viewer: &Viewer,
    order: OrderId,
    line: LineId,
    reach: Reach,
) -> Outcome<Problem> {
    if reach == Reach::Line {
        mapping::ignore(portal, viewer, Ignore::Line(order, line)).await?;
        return Ok(Problem::new("line-ignored"));
    }
    viewer.require(Permission::ConnectProducts)?;
    let scope = viewer.scope();
    let order = orders::find(portal, &scope, order).await?;
    let line = order.lines.iter().find(|known| known.id == line);
    let variant: StoreVariantId = line
        .and_then(|line| line.store_variant)
        .ok_or(Refusal::NotFound)?;
    let (product, _) = store_products::find_variant(portal, &scope, variant).await?;
    let (what, variants, done) = if reach == Reach::Variant {
        (Ignore::Variant(variant), vec![variant], "variant-ignored")
    } else {
        let variants = product.variants.iter().map(|variant| variant.id).collect();
        (Ignore::Product(product.product.id), variants, "product-ignored")
    };
    let waiting = mapping::waiting_orders(portal, &scope, &variants).await?;
    mapping::ignore(portal, viewer, what).await?;
    Ok(Problem::new(done).with("orders", waiting))
}
