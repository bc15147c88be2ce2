//! A list with everything around it.

use leptos::prelude::*;

use crate::ui::{
    ActiveFilters, Align, Badge, BulkBar, Button, Cell, Chip, Chips, Choice, CodeText, DataTable,
    FilterSelect, Filters, HeadCell, IconButton, LeadCell, Narrow, Pager, Platforms, Row, SearchBox,
    SelectAllCell, SelectCell, Size, SortCell, Sorted, TabItem, TableBody, TableHead, Tabs, Toolbar, Variant,
};

/// What users can type: long, right to left, without a place to break, pictures.
const ROWS: [(&str, &str, &str, &str); 5] = [
    (
        "Estudio Garabato",
        "Illustration shop: prints, mugs, cards",
        "EG-0042",
        "active",
    ),
    (
        "Federación de Asociaciones de Comerciantes y Artesanos del Mediterráneo",
        "Member campaigns, shared budget",
        "FACAM-VLC-2026-000917",
        "expired",
    ),
    (
        "دار النخيل للطباعة والنشر",
        "كتب وملصقات",
        "DN-0007",
        "invitation-sent",
    ),
    ("🎨🖨️ Pixel & Paper 👩‍🎨", "Stickers 💥", "PP-1", "not-invited"),
    (
        "Donaudampfschifffahrtsgesellschaftskapitänsmützenfabrikationsgesellschaftsverwaltung",
        "",
        "LANG-1",
        "revoked",
    ),
];

/// Tabs, search, chips, selects, a table with a bulk bar, and the pager.
pub(super) fn table() -> impl IntoView {
    let tabs = vec![
        TabItem {
            text: "Customers".to_owned(),
            href: "#".to_owned(),
            count: "128".into(),
            current: true,
        },
        TabItem {
            text: "Archived".to_owned(),
            href: "#".to_owned(),
            ..TabItem::default()
        },
    ];
    let platforms = vec![Choice::new("shopify", "Shopify"), Choice::new("etsy", "Etsy")];
    let rows = ROWS.map(|(name, sub, reference, status)| row(name, sub, reference, status));
    view! {
        <Tabs label="Sample" items=tabs />
        <Toolbar>
            <SearchBox label="Search name or reference ID" />
            <Chips label="Storefronts access">
                <Chip href="#" text="All" count="128" current=true />
                <Chip href="#" text="Active" count="84" />
            </Chips>
            <Filters>
                <FilterSelect name="platform" label="Platform" choices=platforms value="etsy" />
            </Filters>
        </Toolbar>
        <ActiveFilters filters=vec![("Platform: Etsy".to_owned(), "#".to_owned())] clear="#" />
        <DataTable caption="Customers, sorted by last order, newest first" bleed=true>
            <TableHead sticky=true>
                <SelectAllCell />
                <SortCell text="Customer" href="#" />
                <SortCell text="Reference ID" href="#" optional=true />
                <HeadCell text="Storefronts access" />
                <HeadCell text="Stores" />
                <SortCell text="Orders, 30 d" href="#" numeric=true />
                <SortCell text="Last order" href="#" sorted=Sorted::Descending />
                <HeadCell text="Actions" hidden=true />
            </TableHead>
            <TableBody>{rows.into_iter().collect_view()}</TableBody>
        </DataTable>
        <Pager shown="1–25 of 128" counts_all=true next="#" />
        <BulkBar>
            <Button icon="mail">"Invite"</Button>
            <Button icon="trash">"Archive…"</Button>
        </BulkBar>
    }
}

fn row(
    name: &'static str,
    sub: &'static str,
    reference: &'static str,
    status: &'static str,
) -> impl IntoView {
    let platforms = vec![
        ("shopify".to_owned(), "Shopify".to_owned()),
        ("etsy".to_owned(), "Etsy".to_owned()),
    ];
    view! {
        <Row>
            <SelectCell name="id" value=reference title=name />
            <LeadCell title=name href="#" sub=sub monogram=true />
            <Cell narrow=Narrow::Hidden optional=true>
                <CodeText text=reference />
            </Cell>
            <Cell>
                <Badge status=status text=status />
            </Cell>
            <Cell>
                <Platforms platforms />
            </Cell>
            <Cell label="Orders, 30 d" align=Align::Number>
                <span>"312" <span class="sub text-warning">"4 need attention"</span></span>
            </Cell>
            <Cell label="Last order" align=Align::Time>
                "12 min ago"
            </Cell>
            <Cell align=Align::Actions narrow=Narrow::Corner>
                <IconButton
                    icon="more"
                    label=format!("Actions for {name}")
                    variant=Variant::Quiet
                    size=Size::Small
                    menu="sample-menu"
                />
            </Cell>
        </Row>
    }
}
