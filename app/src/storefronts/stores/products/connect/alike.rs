//! Connecting the other variants of the product with the same form: what would become of each is shown before.

use domain::mapping::Values;
use leptos::prelude::*;
use portal::mapping::Alike;
use portal::store_products::StoreVariantDetail;

use super::Connecting;
use super::picked::Picked;
use crate::text::Text;
use crate::ui::*;

/// As many variants are shown one by one.
const SHOWN: usize = 20;
/// As many that are left are named in a sentence.
const NAMED: usize = 5;

/// Whether the other variants that wait are connected alike, and which of them cannot be; nothing where none waits.
pub(super) fn alike_field(t: Text, connecting: &Connecting, picked: &Picked) -> Option<AnyView> {
    let alike = Alike::of(
        &connecting.product,
        connecting.variant.id,
        &picked.product,
        &picked.selection,
    );
    let left = (!alike.left.is_empty()).then(|| {
        let text = t.with(
            "products-connect-alike-left",
            [("variants", names(t, &alike.left).into())],
        );
        view! { <p class="muted" dir="auto">{text}</p> }
    });
    if alike.connects.is_empty() {
        return left.map(IntoAny::into_any);
    }
    let label = t.with("products-connect-alike", [("count", alike.connects.len().into())]);
    let rows = alike.connects.iter().take(SHOWN).map(|(variant, values)| {
        let text = format!("{} → {}", variant.title, own(t, picked, &alike, values));
        view! { <li dir="auto">{text}</li> }
    });
    let rows = rows.collect_view();
    let more = alike.connects.len().saturating_sub(SHOWN);
    let more = (more > 0).then(|| {
        let text = t.with("products-connect-alike-more", [("count", more.into())]);
        view! { <li>{text}</li> }
    });
    let note = t.get("products-connect-alike-note");
    let view = view! {
        <div class="stack">
            <CheckField name="alike" label note />
            <ul class="muted">{rows} {more}</ul>
            {left}
        </div>
    };
    Some(view.into_any())
}

/// The values that a variant names itself: `A3 / Silk`.
fn own(t: Text, picked: &Picked, alike: &Alike, values: &Values) -> String {
    let options = picked.product.definition.options.iter();
    let own = options.filter(|option| alike.told.contains(&option.key));
    let names = own.filter_map(|option| {
        let chosen = values.get(&option.key)?;
        let value = option.values.iter().find(|value| value.key == *chosen)?;
        Some(value.name(t.language).to_string())
    });
    names.collect::<Vec<_>>().join(" / ")
}

/// What some variants are called, as far as a sentence takes them.
pub(super) fn names(t: Text, variants: &[StoreVariantDetail]) -> String {
    let titles = variants.iter().take(NAMED).map(|variant| variant.title.clone());
    let mut names: Vec<String> = titles.collect();
    let more = variants.len().saturating_sub(NAMED);
    if more > 0 {
        names.push(t.with("products-connect-alike-more", [("count", more.into())]));
    }
    names.join(", ")
}
