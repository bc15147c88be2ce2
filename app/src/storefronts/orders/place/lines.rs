//! The lines of the form *Place order*, and the place where the next one is added.

use std::collections::HashMap;
use std::sync::Arc;

use domain::Argument;
use domain::catalogue::{Length, PrintArea};
use domain::id::FileId;
use leptos::prelude::*;
use portal::Outcome;
use portal::catalogue::ProductChoice;
use portal::files::{self, StoredFile};

use super::draft::{Draft, DraftLine};
use crate::orders::design::DESIGN_FILES;
use crate::orders::kept_file::KeptFile;
use crate::orders::product_field::{product_field, product_list};
use crate::page::ClientPage;
use crate::text::Text;
use crate::ui::*;

/// The files of a draft that are here already.
pub(super) struct KeptFiles(HashMap<FileId, StoredFile>);

impl KeptFiles {
    /// Looks them up; what is not the client's is not there.
    pub(super) async fn find(page: &ClientPage, draft: &Draft) -> Outcome<Self> {
        let mut conn = page.portal.db.read().await?;
        let scope = page.client.scope();
        let mut kept = HashMap::new();
        for (_, id) in draft.lines().iter().flat_map(|line| &line.files) {
            if let Some(file) = files::find(&mut conn, &scope, *id).await? {
                kept.insert(*id, file);
            }
        }
        Ok(Self(kept))
    }
}

/// What the lines are shown with.
struct Lines {
    t: Text,
    products: Vec<ProductChoice>,
    areas: HashMap<String, Vec<PrintArea>>,
    kept: KeptFiles,
}

/// Every line in a card of its own, and the card that adds one.
pub(super) fn lines_card(
    t: Text,
    draft: &Draft,
    products: Vec<ProductChoice>,
    areas: HashMap<String, Vec<PrintArea>>,
    kept: KeptFiles,
) -> AnyView {
    let lines = Arc::new(Lines {
        t,
        products,
        areas,
        kept,
    });
    let shown = draft
        .lines()
        .into_iter()
        .enumerate()
        .map(|(number, line)| {
            let whose = t.with("orders-line-number", [("number", (number + 1).into())]);
            let lines = Arc::clone(&lines);
            view! { <FieldsOf whose>{lines.card(number, &line)}</FieldsOf> }
        })
        .collect_view();
    view! {
        {shown}
        {adder(t, draft, &lines.products)}
    }
    .into_any()
}

/// The card that adds a line.
fn adder(t: Text, draft: &Draft, products: &[ProductChoice]) -> AnyView {
    let first = draft.line_count() == 0;
    let title = t.get(if first {
        "storefront-orders-what-to-print"
    } else {
        "storefront-orders-another-line"
    });
    let list = product_list(products);
    let product = product_field(
        t,
        "add-product",
        draft.get("add-product").to_owned(),
        !first,
        None,
    );
    view! {
        <Card id="add-line">
            <CardHead title />
            <CardBody form=true>
                {list}
                <Fields>
                    {product}
                    <TextField
                        name="add-quantity"
                        kind="number"
                        label=t.get("orders-quantity")
                        value="1"
                        min="1"
                        step="1"
                        optional={!first}
                    />
                </Fields>
            </CardBody>
            <CardFoot>
                <Button name="do" value="add-line" icon="plus">
                    {t.get("orders-add-line")}
                </Button>
            </CardFoot>
        </Card>
    }
    .into_any()
}

impl Lines {
    fn card(&self, number: usize, line: &DraftLine) -> AnyView {
        let t = self.t;
        let choice = self.products.iter().find(|choice| choice.uid == line.product_uid);
        let name = choice.map_or_else(|| line.product_uid.clone(), ProductChoice::title);
        let title = t.with(
            "storefront-orders-line",
            [("number", (number + 1).into()), ("product", name.clone().into())],
        );
        let remove = t.with("storefront-orders-remove-line", [("product", name.into())]);
        let areas = self
            .areas
            .get(&line.product_uid)
            .map(Vec::as_slice)
            .unwrap_or_default();
        // In the order in which they are shown: what is wrong with them is told in it.
        let product = product_of_line(t, number, line, choice);
        let quantity = quantity_field(t, number, choice);
        let designs = areas
            .iter()
            .map(|area| self.design(number, line, area))
            .collect_view();
        let later = (!areas.is_empty()).then(|| {
            view! { <p class="muted text-xs">{t.get("storefront-orders-designs-later")}</p> }
        });
        view! {
            <Card id=format!("line-{number}")>
                <CardHead title>
                    <IconButton
                        icon="trash"
                        label=remove
                        variant=Variant::Quiet
                        size=Size::Small
                        name="do"
                        value=format!("remove-line:{number}")
                    />
                </CardHead>
                <CardBody form=true>
                    <Fields>
                        {product}
                        {quantity}
                    </Fields>
                    {designs}
                    {later}
                </CardBody>
            </Card>
        }
        .into_any()
    }

    /// The design of a print area: a file that is here, or one to be picked, or its address on the web.
    fn design(&self, number: usize, line: &DraftLine, area: &PrintArea) -> AnyView {
        let t = self.t;
        let key = &area.key;
        let file = line
            .files
            .iter()
            .find(|(of, _)| of == key.as_str())
            .and_then(|(_, id)| self.kept.0.get(id));
        let name = area.name(t.language).to_string();
        let given = match file {
            Some(file) => KeptFile {
                file,
                field: format!("line-{number}-design:{key}"),
                control: format!("line-{number}-file:{key}"),
                remove: format!("remove-file:{number}:{key}"),
            }
            .view(t),
            None => view! {
                <FileField
                    name=format!("line-{number}-upload:{key}")
                    label=t.with("storefront-orders-design-upload", [("area", name.clone().into())])
                    accept=DESIGN_FILES
                    note=t.get("orders-design-note")
                    optional=true
                />
                <TextField
                    name=format!("line-{number}-design:{key}")
                    kind="url"
                    label=t.with("storefront-orders-design-url", [("area", name.clone().into())])
                    placeholder="https://"
                    optional=true
                    wide=true
                    autocomplete="off"
                />
            }
            .into_any(),
        };
        view! {
            <div class="stack" data-gap="3">
                <div>
                    <h3 dir="auto">{name}</h3>
                    <p class="muted text-xs">{asked_for(t, area)}</p>
                </div>
                <Fields>{given}</Fields>
            </div>
        }
        .into_any()
    }
}

/// What a line orders, by its name; which one it is exactly stands below.
fn product_of_line(t: Text, number: usize, line: &DraftLine, choice: Option<&ProductChoice>) -> AnyView {
    let (name, label) = (format!("line-{number}-product_uid"), t.get("orders-product"));
    let uid = line.product_uid.clone();
    let title = choice.map_or_else(|| uid.clone(), ProductChoice::title);
    let help = t.with("storefront-orders-product-uid", [("uid", uid.as_str().into())]);
    let control = Control::of(
        &name,
        &label,
        OptionalText::default(),
        OptionalText::default(),
        true,
    );
    view! {
        <Field name=name.clone() control=control.clone() label help>
            <input type="hidden" name=name value=uid />
            <input
                id=control.id.clone()
                type="text"
                value=title
                readonly
                dir="auto"
                aria-invalid=control.invalid()
                aria-describedby=control.described_by
            />
        </Field>
    }
    .into_any()
}

fn quantity_field(t: Text, number: usize, choice: Option<&ProductChoice>) -> AnyView {
    let min = choice.map_or(1, |choice| choice.min_quantity.get());
    let max = choice.and_then(|choice| choice.max_quantity);
    let help = match max {
        Some(max) => Some(t.with(
            "storefront-orders-quantity-between",
            [("min", min.into()), ("max", max.get().into())],
        )),
        None if min > 1 => Some(t.with("storefront-orders-quantity-at-least", [("min", min.into())])),
        None => None,
    };
    view! {
        <TextField
            name=format!("line-{number}-quantity")
            kind="number"
            label=t.get("orders-quantity")
            min=min.to_string()
            max=max.map(|max| max.to_string())
            step="1"
            help
        />
    }
    .into_any()
}

/// What a file for a print area must be like: `Finished size 297 × 420 mm; file with 3 mm bleed: 303 × 426 mm, 1 page, at
/// least 150 dpi, PDF, PNG`.
pub(in crate::storefronts) fn asked_for(t: Text, area: &PrintArea) -> String {
    let formats: Vec<String> = area
        .formats
        .iter()
        .map(|format| format.as_str().to_uppercase())
        .collect();
    let pages = t.with(
        "storefront-orders-area-pages",
        [("pages", area.page_count.into())],
    );
    let key = if area.bleed.um() == 0 {
        "storefront-orders-area"
    } else {
        "storefront-orders-area-bleed"
    };
    let (trim, file) = (area.trim, area.size_with_bleed());
    let side = |length: Length| Argument::from(t.millimetres(length));
    t.with(
        key,
        [
            ("width", side(trim.width)),
            ("height", side(trim.height)),
            ("bleed", side(area.bleed)),
            ("file-width", side(file.width)),
            ("file-height", side(file.height)),
            ("dpi", area.min_resolution_dpi.into()),
            ("pages", pages.into()),
            ("formats", formats.join(", ").into()),
        ],
    )
}
