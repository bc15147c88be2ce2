//! The lines of an order, with their designs.

use domain::{CatalogueKey, FileState, Language, LineKind, OrderStatus, ReasonCode};
use leptos::prelude::*;
use portal::files::MediaType;
use portal::files::design::Measured;
use portal::orders::{GivenDesign, LineDetail, LineFileDetail};

use super::design_state::{design_badge, design_remarks};
use super::edit_line::edit_line_link;
use super::line_source::line_source;
use super::not_connected::{Deciding, decision};
use super::pack::pack;
use super::retry_design::{can_retry, retry_button};
use super::status_badge::{cancelled_of, status_badge};
use crate::text::Text;
use crate::ui::*;

/// The largest picture that is shown as it is, in bytes: larger ones would make the page slow.
const SHOWN_UP_TO: i64 = 4 * 1024 * 1024;

/// What can be done with the lines where they are shown, besides looking at them.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct LinesUse {
    /// Select some, to move them.
    pub select: bool,
    /// Correct them, and give them designs.
    pub edit: bool,
    /// Connect or ignore those whose product is not connected.
    pub deciding: Option<Deciding>,
}

/// The table of lines.
pub fn lines_table(t: Text, lines: &[LineDetail], lines_use: LinesUse) -> AnyView {
    let select = lines_use.select;
    let rows = lines.iter().map(|line| row(t, line, lines_use)).collect_view();
    view! {
        <DataTable caption=t.get("orders-lines")>
            <TableHead>
                {select.then(|| view! { <SelectAllCell /> })}
                <HeadCell text=t.get("orders-product") />
                <HeadCell text=t.get("orders-quantity") numeric=true />
                <HeadCell text=t.get("orders-artwork") />
                <HeadCell text=t.get("orders-status") />
            </TableHead>
            <TableBody>{rows}</TableBody>
        </DataTable>
    }
    .into_any()
}

fn row(t: Text, line: &LineDetail, lines_use: LinesUse) -> AnyView {
    let ignored = line.kind == LineKind::Ignored;
    let select = lines_use.select.then(|| {
        let title = line.full_name(t.language);
        if ignored {
            // It goes nowhere.
            view! { <Cell narrow=Narrow::Hidden>""</Cell> }.into_any()
        } else {
            view! { <SelectCell name="lines[]" value=line.id.to_string() title /> }.into_any()
        }
    });
    let (icon, word) = stand_in(line);
    let picture = view! { <Thumb src=picture(line) size=Size::Large icon word /> }.into_any();
    let shipped = (line.shipped_quantity > 0 && line.remaining() > 0).then(|| {
        let words = t.with(
            "orders-shipped-of",
            [
                ("shipped", line.shipped_quantity.into()),
                ("quantity", line.quantity.into()),
            ],
        );
        view! { <span class="sub">{words}</span> }
    });
    let pack = pack(t, line.pieces_per_unit).map(|words| view! { <span class="sub">{words}</span> });
    let cancelled = (line.cancelled_quantity > 0).then(|| {
        let ordered = line.quantity + line.cancelled_quantity;
        let words = cancelled_of(t, line.cancelled_quantity, ordered);
        view! { <span class="sub">{words}</span> }
    });
    // What a design stopped for stands beside the design.
    let of_design = |reason: &ReasonCode| {
        let mut given = line.designs.iter().filter_map(|design| design.given.as_ref());
        given.any(|given| given.reason == Some(*reason))
    };
    let reason = line
        .reason
        .filter(|reason| !of_design(reason))
        .map(|reason| view! { <span class="sub">{t.reason(reason)}</span> });
    let designs = line
        .designs
        .iter()
        .map(|design| artwork(t, line, design, lines_use))
        .collect_view();
    // What is not connected may well be printed.
    let no_design = (line.designs.is_empty() && line.product_uid.is_some())
        .then(|| view! { <span class="muted">{t.get("orders-not-printed")}</span> });
    let edit = (lines_use.edit && line.may_be_corrected()).then(|| edit_line_link(t, line));
    let (title, product) = (line.name(t.language).to_owned(), made_of(t, line));
    let (uid, quantity) = (
        line.product_uid.clone().or_else(|| line.sku.clone()),
        t.number(line.quantity),
    );
    let badge = status_badge(t, line.status, ignored);
    let (source, decision) = (line_source(line), decision(t, line, lines_use.deciding));
    view! {
        <Row>
            {select}
            <LeadCell title sub=product picture>
                <span class="sub mono">{uid}</span>
                {source}
                {decision}
                {edit}
            </LeadCell>
            <Cell label=t.get("orders-quantity") align=Align::Number>
                {quantity}
                {pack}
                {shipped}
                {cancelled}
            </Cell>
            <Cell label=t.get("orders-artwork")>{designs} {no_design}</Cell>
            <Cell>
                {badge}
                {reason}
            </Cell>
        </Row>
    }
    .into_any()
}

/// What the line is made of: the product's name, when the line is called something else, and the chosen options.
fn made_of(t: Text, line: &LineDetail) -> Option<String> {
    let (en, es) = line.product_names.clone()?;
    let product = in_language(t, en, es);
    let product = Some(product.as_str()).filter(|name| *name != line.name(t.language));
    let options = Some(line.options(t.language)).filter(|options| !options.is_empty());
    let parts: Vec<&str> = product.into_iter().chain(options).collect();
    (!parts.is_empty()).then(|| parts.join(", "))
}

fn in_language(t: Text, en: String, es: String) -> String {
    match t.language {
        Language::En => en,
        Language::Es => es,
    }
}

/// The first design that a browser can show; the store's picture of the product where there is none.
fn picture(line: &LineDetail) -> Option<String> {
    let shown = |design: &&GivenDesign| {
        let type_ = design.media_type.as_deref().map(MediaType::from_mime);
        matches!(type_, Some(MediaType::Png | MediaType::Jpeg))
            && design.size.is_some_and(|size| size <= SHOWN_UP_TO)
    };
    let mut designs = line.designs.iter().filter_map(|design| design.given.as_ref());
    let design = designs.find(shown).and_then(|design| design.file_id);
    design
        .map(|file| format!("/files/{file}"))
        .or_else(|| line.picture.clone())
}

/// What stands in for the picture of a design that a browser does not show: what kind of file it is.
fn stand_in(line: &LineDetail) -> (&'static str, Option<&'static str>) {
    let given = line.designs.iter().filter_map(|design| design.given.as_ref());
    let mut types = given.filter_map(|design| Some(MediaType::from_mime(design.media_type.as_deref()?)));
    types
        .next()
        .map_or(("image", None), |type_| ("file", Some(type_.word())))
}

/// The name of a print area in the reader's language.
pub fn area_name(t: Text, design: &LineFileDetail) -> String {
    match design.area_names.clone() {
        Some((en, es)) => in_language(t, en, es),
        None => design.area.to_string(),
    }
}

/// The `id` of the dialog that gives a print area of a line a design.
pub fn design_dialog(line: &LineDetail, area: &CatalogueKey) -> String {
    format!("design-{}-{}", line.position, area.as_str().replace('.', "-"))
}

fn artwork(t: Text, line: &LineDetail, design: &LineFileDetail, lines_use: LinesUse) -> AnyView {
    let several = line.designs.len() > 1;
    let name = several.then(|| view! { <span class="muted">{area_name(t, design)} " · "</span> });
    let change = (lines_use.edit && line.takes_design()).then(|| {
        let id = design_dialog(line, &design.area);
        let words = if design.given.is_some() {
            "orders-replace-design"
        } else {
            "orders-give-design"
        };
        view! {
            <ButtonLink href=format!("?dialog={id}") opens=id icon="upload" size=Size::Small above_row=true>
                {t.get(words)}
            </ButtonLink>
        }
    });
    let what = match &design.given {
        None => view! { <span class="text-warning">{t.get("orders-no-design")}</span> }.into_any(),
        Some(given) => given_design(t, given, line),
    };
    let retry = design
        .given
        .as_ref()
        .filter(|given| change.is_some() && can_retry(given))
        .map(|_| retry_button(t, line, &design.area));
    let buttons = change
        .is_some()
        .then(|| view! { <span class="sub cluster">{retry} {change}</span> });
    view! { <div>{name} {what} {buttons}</div> }.into_any()
}

/// Whether a person let the line go on with a design that the check refused.
fn let_pass(line: &LineDetail, given: &GivenDesign) -> bool {
    given.let_pass && line.status != OrderStatus::Cancelled
}

/// Whether the check refused a design of a line that was to be produced and was held since: somebody let it pass before,
/// or gave another one meanwhile. Either way it stops nothing now.
fn held_since(line: &LineDetail, given: &GivenDesign) -> bool {
    given.state == FileState::Refused
        && line.status == OrderStatus::OnHold
        && line
            .held_from
            .is_some_and(|from| from == OrderStatus::Passed || !from.is_editable())
}

fn given_design(t: Text, given: &GivenDesign, line: &LineDetail) -> AnyView {
    let link = match (given.file_id, &given.url) {
        (Some(file), _) => {
            let name = given
                .file_name
                .clone()
                .unwrap_or_else(|| t.get("orders-print-file"));
            view! { <a class="act" href=format!("/files/{file}") download="" dir="auto">{name}</a> }
                .into_any()
        }
        (None, Some(url)) => view! {
            <a class="act truncate code-cell" href=url.clone() rel="noreferrer" title=url.clone()>
                {t.get("orders-design-address")}
            </a>
        }
        .into_any(),
        (None, None) => ().into_any(),
    };
    let measured = given
        .check_result
        .as_ref()
        .and_then(|check| measured(t, check.0.measured));
    let check = given.check_result.as_ref().map(|check| &check.0);
    let state = if held_since(line, given) {
        view! { <PlainBadge tone=Tone::Warning text=t.status(given.state) /> }.into_any()
    } else if let_pass(line, given) {
        view! { <PlainBadge tone=Tone::Warning text=t.get("orders-design-let-pass") /> }.into_any()
    } else {
        design_badge(t, given.state, check)
    };
    view! {
        <span class="file-state">{link} {state}</span>
        {stopped(t, given, line)}
        {design_remarks(t, given.state, check)}
        {measured.map(|words| view! { <span class="sub">{words}</span> })}
    }
    .into_any()
}

/// Why a design cannot be printed, or why nobody knows yet, and when it is fetched again.
fn stopped(t: Text, given: &GivenDesign, line: &LineDetail) -> Option<AnyView> {
    let reason = t.reason(given.reason?);
    let retry = given
        .retry_at
        .map(|at| t.with("orders-design-next-attempt", [("time", t.time(at).into())]));
    let stops = !let_pass(line, given) && !held_since(line, given);
    let tone = if given.state == FileState::Refused && stops {
        "sub text-danger"
    } else {
        "sub text-warning"
    };
    Some(view! { <span class=tone>{reason} " " {retry}</span> }.into_any())
}

/// `302 dpi`, or the pages of a document.
fn measured(t: Text, measured: Measured) -> Option<String> {
    let dpi = measured
        .dpi
        .map(|dpi| t.with("orders-dpi", [("dpi", i64::from(dpi).into())]));
    dpi.or_else(|| {
        measured
            .pages
            .map(|pages| t.with("orders-pages", [("pages", i64::from(pages).into())]))
    })
}
