//! The design of each print area: what is there, and a file or an address instead of it.

use std::collections::HashMap;

use domain::FileState;
use domain::catalogue::PrintArea;
use leptos::prelude::*;
use portal::Outcome;
use portal::access::Scope;
use portal::files::{self, StoredFile};
use portal::store_products::DesignDetail;

use super::picked::Picked;
use super::{Connecting, FORM};
use crate::orders::design::DESIGN_FILES;
use crate::orders::kept_file::KeptFile;
use crate::page::Page;
use crate::storefronts::orders::place::asked_for;
use crate::storefronts::stores::products::variants::design_line;
use crate::text::Text;
use crate::ui::*;

/// Files that came with the form when it was refused, by print area.
#[derive(Clone)]
pub(super) struct KeptFiles(HashMap<String, StoredFile>);

impl KeptFiles {
    /// Looks them up; what is not in `scope` is not there.
    pub(super) async fn find(page: &Page, scope: &Scope) -> Outcome<Self> {
        let mut kept = HashMap::new();
        let Some(form) = page.visitor.flash.form.as_ref().filter(|form| form.id == FORM) else {
            return Ok(Self(kept));
        };
        let mut conn = page.portal.db.read().await?;
        for (name, value) in &form.values {
            let (Some(area), Ok(id)) = (name.strip_prefix("file:"), value.parse()) else {
                continue;
            };
            if let Some(file) = files::find(&mut conn, scope, id).await? {
                kept.insert(area.to_owned(), file);
            }
        }
        Ok(Self(kept))
    }

    pub(super) fn of(&self, area: &PrintArea) -> Option<&StoredFile> {
        self.0.get(area.key.as_str())
    }
}

/// The design that a variant has for a print area of the product that was picked.
pub(super) fn there<'a>(
    connecting: &'a Connecting,
    picked: &Picked,
    area: &PrintArea,
) -> Option<&'a DesignDetail> {
    let variant = &connecting.variant;
    let same = variant.catalogue_product_id == Some(picked.product.id);
    let designs = variant.designs.iter().filter(|_| same);
    designs.into_iter().find(|design| design.area_key == area.key)
}

/// The card with the print areas; nothing for what is not printed.
pub(super) fn designs_card(t: Text, connecting: &Connecting, picked: &Picked, kept: &KeptFiles) -> AnyView {
    let areas = &picked.product.definition.print_areas;
    if areas.is_empty() {
        return view! { <Alert tone=Tone::Neutral title=t.get("products-not-printed") /> }.into_any();
    }
    let options = &picked.product.definition.options;
    let several = options.iter().any(|option| option.values.len() > 1);
    let note = several.then(|| t.get("products-design-alike"));
    let areas = areas
        .iter()
        .map(|area| design(t, area, there(connecting, picked, area), kept.of(area)))
        .collect_view();
    view! {
        <Card id="designs">
            <CardHead title=t.get("products-design") note />
            <CardBody form=true>{areas}</CardBody>
        </Card>
    }
    .into_any()
}

fn design(t: Text, area: &PrintArea, there: Option<&DesignDetail>, kept: Option<&StoredFile>) -> AnyView {
    let name = area.name(t.language).to_string();
    let given = there.map(|design| {
        view! {
            <div>{design_line(t, design)} {findings(t, design)}</div>
        }
    });
    let asked = match kept {
        Some(file) => KeptFile {
            file,
            field: format!("design:{}", area.key),
            control: format!("file:{}", area.key),
            remove: format!("remove-file:{}", area.key),
        }
        .view(t),
        None => fields(t, area, &name, there.is_some()),
    };
    view! {
        <div class="stack" data-gap="3">
            <div>
                <h3 dir="auto">{name}</h3>
                <p class="muted text-xs">{asked_for(t, area)}</p>
            </div>
            {given}
            <Fields>{asked}</Fields>
        </div>
    }
    .into_any()
}

/// The formats that a print area takes: `PDF, PNG`.
fn formats(area: &PrintArea) -> String {
    let formats = area.formats.iter();
    let names: Vec<String> = formats.map(|format| format.as_str().to_uppercase()).collect();
    names.join(", ")
}

fn fields(t: Text, area: &PrintArea, name: &str, replaces: bool) -> AnyView {
    let key = &area.key;
    let words = if replaces {
        "products-design-replace"
    } else {
        "storefront-orders-design-upload"
    };
    let help = t.get(if replaces {
        "products-design-keep"
    } else {
        "products-design-or-url"
    });
    view! {
        <FileField
            name=format!("upload:{key}")
            label=t.with(words, [("area", name.into())])
            accept=DESIGN_FILES
            note=t.with("products-design-formats", [("formats", formats(area).into())])
            optional=replaces
            alternative={!replaces}
        />
        <TextField
            name=format!("design:{key}")
            kind="url"
            label=t.with("storefront-orders-design-url", [("area", name.into())])
            help
            placeholder="https://"
            optional=replaces
            alternative={!replaces}
            wide=true
            autocomplete="off"
        />
    }
    .into_any()
}

/// What the check found, each in a sentence.
fn findings(t: Text, design: &DesignDetail) -> AnyView {
    let Some(check) = design
        .check_result
        .as_ref()
        .filter(|_| design.state != FileState::Waiting)
    else {
        return ().into_any();
    };
    let measured = [
        check
            .0
            .measured
            .dpi
            .map(|dpi| t.with("orders-dpi", [("dpi", i64::from(dpi).into())])),
        check
            .0
            .measured
            .pages
            .map(|pages| t.with("orders-pages", [("pages", i64::from(pages).into())])),
    ];
    // Of one that can be printed they stand beside its badge.
    let refused = design.state == FileState::Refused;
    let found = check.0.findings.iter().filter(|_| refused);
    let found = found.map(|finding| t.finding(finding));
    let lines = measured
        .into_iter()
        .flatten()
        .chain(found)
        .map(|words| view! { <li>{words}</li> })
        .collect_view();
    view! { <ul class="plain muted text-xs">{lines}</ul> }.into_any()
}
