//! The variants of a product: what orders name.

use domain::CatalogueKey;
use domain::catalogue::OptionDef;
use leptos::prelude::*;
use portal::catalogue::{Product, StoredVariant};

use crate::text::Text;
use crate::ui::{Card, CardHead, Cell, Copyable, DataTable, HeadCell, Row, TableBody, TableHead};

/// Every combination of the product's options with its product UID.
pub(super) fn variants_card(t: Text, product: &Product) -> AnyView {
    let options = &product.definition.options;
    let heads: Vec<AnyView> = options
        .iter()
        .map(|option| view! { <HeadCell text=option.name(t.language).as_str() /> }.into_any())
        .collect();
    let rows: Vec<AnyView> = product
        .variants
        .iter()
        .map(|variant| row(t, options, variant))
        .collect();
    let count = t.number(i64::try_from(rows.len()).unwrap_or(i64::MAX));
    view! {
        <Card id="variants">
            <CardHead title=t.get("catalogue-variants") count note=t.get("catalogue-variants-note") />
            <DataTable caption=t.get("catalogue-variants-caption") compact=true>
                <TableHead>
                    <HeadCell text=t.get("catalogue-uid") />
                    {heads}
                </TableHead>
                <TableBody>{rows}</TableBody>
            </DataTable>
        </Card>
    }
    .into_any()
}

fn row(t: Text, options: &[OptionDef], variant: &StoredVariant) -> AnyView {
    let cells: Vec<AnyView> = options
        .iter()
        .map(|option| {
            let chosen = variant.option_values.get(&option.key);
            let value = chosen.map(|key| value_name(t, option, key)).unwrap_or_default();
            let label = option.name(t.language).to_string();
            view! {
                <Cell label>
                    <span dir="auto">{value}</span>
                </Cell>
            }
            .into_any()
        })
        .collect();
    let uid = variant.uid.clone();
    view! {
        <Row>
            <th scope="row" role="rowheader" class="lead">
                <Copyable text=uid />
            </th>
            {cells}
        </Row>
    }
    .into_any()
}

fn value_name(t: Text, option: &OptionDef, key: &CatalogueKey) -> String {
    let value = option.values.iter().find(|value| value.key == *key);
    value.map_or_else(|| key.to_string(), |value| value.name(t.language).to_string())
}
