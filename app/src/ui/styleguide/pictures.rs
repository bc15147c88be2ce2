//! Colours, type, icons, artwork, charts.

use leptos::prelude::*;

use crate::ui::{
    Bar, BarChart, Card, CardBody, CardHead, Code, Copyable, Coverage, Fact, Facts, Health, HealthStrip,
    Icon, Legend, List, ListItem, Platform, Size, Stat, Stats, Thumb, Tile, Tone,
};

const ROLES: [&str; 18] = [
    "booth",
    "sheet",
    "sunken",
    "line",
    "line-control",
    "text",
    "text-muted",
    "text-faint",
    "accent-fill",
    "accent-mid",
    "accent-text",
    "accent-soft",
    "info-text",
    "press-text",
    "success-text",
    "warning-text",
    "danger-text",
    "danger-fill",
];

const ICONS: [&str; 59] = [
    "home",
    "customers",
    "orders",
    "catalog",
    "integrations",
    "postbacks",
    "activity",
    "team",
    "settings",
    "stores",
    "products",
    "search",
    "plus",
    "filter",
    "check",
    "x",
    "chevron-down",
    "chevron-right",
    "chevron-left",
    "arrow-right",
    "arrow-left",
    "more",
    "alert",
    "info",
    "help",
    "clock",
    "sync",
    "retry",
    "upload",
    "download",
    "copy",
    "external",
    "link",
    "unlink",
    "eye",
    "key",
    "mail",
    "lock",
    "globe",
    "pause",
    "play",
    "stop",
    "truck",
    "printer",
    "package",
    "file",
    "trash",
    "edit",
    "logout",
    "image",
    "ruler",
    "bolt",
    "flask",
    "bookmark",
    "slash",
    "user-plus",
    "moon",
    "menu",
    "pin",
];

const PLATFORMS: [&str; 6] = ["shopify", "etsy", "woocommerce", "pressero", "infigo", "manual"];

/// The roles of colours.
pub(super) fn colours() -> impl IntoView {
    let roles = ROLES.map(|role| {
        view! {
            <li class="stack text-xs" data-gap="1">
                <svg width="100%" height="40" aria-hidden="true">
                    <rect width="100%" height="40" rx="5" fill=format!("var(--{role})") stroke="var(--line)" />
                </svg>
                <code>{format!("--{role}")}</code>
            </li>
        }
    });
    view! {
        <Card>
            <CardHead title="Colour roles" />
            <CardBody>
                <ul class="grid" data-min="sm" data-gap="3">
                    {roles.into_iter().collect_view()}
                </ul>
            </CardBody>
        </Card>
    }
}

/// The sizes of type.
pub(super) fn sizes_of_type() -> impl IntoView {
    view! {
        <Card>
            <CardHead title="Type" />
            <CardBody>
                <div class="figure-text">"28/34 Figures 1,284"</div>
                <p class="title-text">"22/28 Page title"</p>
                <h2>"16/24 Section title"</h2>
                <div>"14/20 Body and controls, at weight 420"</div>
                <div class="text-sm">"13/20 Table cells, secondary text"</div>
                <small class="muted">"12/16 Column heads, help text"</small>
                <code>"Geist Mono: poster_pf_300x400-mm"</code>
                <Facts>
                    <Fact name="Order there">
                        <Copyable text="#1042" />
                    </Fact>
                    <Fact name="Customer" value="مطبعة النخيل" />
                </Facts>
                <Code text="{\n  \"orderReferenceId\": \"1042\"\n}" />
            </CardBody>
        </Card>
    }
}

/// Platforms, thumbs and tiles.
pub(super) fn artwork() -> impl IntoView {
    let platforms = PLATFORMS.map(|slug| view! { <Platform slug label=slug size=Size::Large /> });
    view! {
        <Card>
            <CardHead title="Platforms, artwork" />
            <CardBody>
                <div class="cluster" data-gap="3">
                    {platforms.into_iter().collect_view()}
                </div>
                <div class="cluster">
                    <Thumb src="/favicon.svg" alt="A registration mark" />
                    <Thumb />
                    <Thumb src="/favicon.svg" size=Size::Large />
                </div>
                <div class="grid" data-min="md">
                    <Tile
                        title="Shopify"
                        note="Name or URL of your store"
                        href="#"
                        picture=view! { <Platform slug="shopify" size=Size::Large /> }.into_any()
                    />
                    <Tile
                        title="Poster 300 × 400 mm"
                        note="200 g silk"
                        name="sg-tile"
                        value="poster"
                        checked=true
                        tall=true
                        picture=view! { <Thumb src="/favicon.svg" /> }.into_any()
                    />
                </div>
            </CardBody>
            <List>
                <ListItem
                    title="tienda.estudiogarabato.es"
                    href="#"
                    note="The consumer key is no longer valid"
                    note_tone=Tone::Warning
                    picture=view! { <Platform slug="woocommerce" /> }.into_any()
                />
                <ListItem title="garabato.myshopify.com" note="Synced 2 min ago" />
            </List>
        </Card>
    }
}

/// Every icon.
pub(super) fn icons() -> impl IntoView {
    let icons = ICONS.map(|name| view! { <li title=name><Icon name /></li> });
    view! {
        <Card>
            <CardHead title="Icons" />
            <CardBody>
                <ul class="cluster" data-gap="4">
                    {icons.into_iter().collect_view()}
                </ul>
            </CardBody>
        </Card>
    }
}

/// Figures, bars, parts of a whole, a day of syncs.
pub(super) fn charts() -> impl IntoView {
    let values = [
        9, 11, 8, 4, 3, 12, 14, 10, 13, 9, 5, 2, 15, 12, 16, 11, 14, 6, 4, 17, 13, 12, 18, 15, 7, 5, 16, 14,
        19, 12,
    ];
    let bars = values.map(|value| Bar {
        value,
        title: format!("{value} orders"),
    });
    let previous = values.map(|value| value * 4 / 5 + 1);
    let cells = (0..96).map(|cell| match cell {
        20..24 => Health::Idle,
        40 | 41 => Health::Failed,
        60..63 => Health::Partly,
        _ => Health::Well,
    });
    let history = values.map(f64::from).to_vec();
    view! {
        <Card>
            <CardHead title="Charts">
                <Legend entries=vec![
                    (Tone::Info, "Last 30 days".to_owned()),
                    (Tone::Neutral, "30 before".to_owned()),
                ] />
            </CardHead>
            <CardBody>
                <BarChart
                    bars=bars.to_vec()
                    previous=previous.to_vec()
                    sentence="Orders a day in the last 30 days: between 2 and 19, 12 today."
                    dates=vec!["23 Oct".to_owned(), "6 Nov".to_owned(), "Today".to_owned()]
                />
                <Coverage
                    parts=vec![(Tone::Success, 92), (Tone::Warning, 3), (Tone::Neutral, 1)]
                    sentence="92 of 96 products are connected, 3 are not, 1 is ignored."
                />
                <HealthStrip cells=cells.collect() sentence="Syncs in the last 24 hours: 2 failed." />
                <Stats>
                    <Stat
                        label="Orders, 30 days"
                        figure="312"
                        change="+18 %"
                        change_tone=Tone::Success
                        href="#"
                        history=history.clone()
                    />
                    <Stat label="In production" figure="27" note="8 ship today" history />
                </Stats>
            </CardBody>
        </Card>
    }
}
