//! What is printed, with what is cut off.

use domain::catalogue::PrintArea;
use domain::id::FileId;
use leptos::prelude::*;
use portal::files::MediaType;

use super::Connecting;
use super::designs::{KeptFiles, there};
use super::picked::Picked;
use crate::text::Text;
use crate::ui::*;

/// The largest picture that is shown as it is, in bytes: larger ones would make the page slow.
const SHOWN_UP_TO: i64 = 4 * 1024 * 1024;
/// How far from the cut nothing that matters should be, in micrometres.
const SAFE_UM: i64 = 3000;

/// The print areas that have a picture a browser can show, and how much of the product is connected.
pub(super) fn preview(t: Text, connecting: &Connecting, picked: &Picked, kept: &KeptFiles) -> AnyView {
    let proofs = picked
        .product
        .definition
        .print_areas
        .iter()
        .map(|area| proof(t, area, picture(connecting, picked, kept, area)))
        .collect_view();
    let printed = !picked.product.definition.print_areas.is_empty();
    let legend = printed.then(|| view! { <p class="muted text-xs">{t.get("products-preview-legend")}</p> });
    let product = &connecting.product.product;
    let variants = t.with(
        "products-partly",
        [
            ("connected", product.connected_count.into()),
            ("variants", product.variant_count.into()),
        ],
    );
    let price = connecting
        .variant
        .price()
        .map(|price| view! { <Fact name=t.get("products-price") value=t.money(price) /> });
    view! {
        {proofs}
        {legend}
        <Card sunken=true label=t.get("products-about")>
            <CardBody>
                <Facts>
                    <Fact name=t.get("products-variants") value=variants />
                    {price}
                </Facts>
            </CardBody>
        </Card>
    }
    .into_any()
}

/// The picture of a print area, when it is here and a browser can show it.
fn picture(connecting: &Connecting, picked: &Picked, kept: &KeptFiles, area: &PrintArea) -> Option<FileId> {
    let shows =
        |kind: MediaType, size: i64| matches!(kind, MediaType::Png | MediaType::Jpeg) && size <= SHOWN_UP_TO;
    if let Some(file) = kept.of(area) {
        let size = i64::try_from(file.content.size).unwrap_or(i64::MAX);
        return Some(file.id).filter(|_| shows(file.media_type, size));
    }
    let design = there(connecting, picked, area)?;
    let kind = MediaType::from_mime(design.media_type.as_deref()?);
    design
        .file_id
        .filter(|_| shows(kind, design.size.unwrap_or(i64::MAX)))
}

fn proof(t: Text, area: &PrintArea, picture: Option<FileId>) -> AnyView {
    let size = area.size_with_bleed();
    let (width, height, bleed) = (size.width.um(), size.height.um(), area.bleed.um());
    let view_box = format!("0 0 {width} {height}");
    let inset = |by: i64| {
        (
            by.to_string(),
            (width - 2 * by).max(0).to_string(),
            (height - 2 * by).max(0).to_string(),
        )
    };
    let (cut, cut_width, cut_height) = inset(bleed);
    let (safe, safe_width, safe_height) = inset(bleed + SAFE_UM);
    let margin =
        format!("M0 0h{width}v{height}h-{width}ZM{bleed} {bleed}v{cut_height}h{cut_width}v-{cut_height}Z");
    let name = area.name(t.language).to_string();
    let label = t.with("products-preview-of", [("area", name.clone().into())]);
    let image = picture.map(|file| {
        view! {
            <image
                href=format!("/files/{file}")
                width=width.to_string()
                height=height.to_string()
                preserveAspectRatio="xMidYMid slice"
            />
        }
    });
    let caption = format!(
        "{} × {} mm",
        t.millimetres(size.width),
        t.millimetres(size.height)
    );
    view! {
        <figure class="proof">
            <div>
                <svg viewBox=view_box role="img" aria-label=label>
                    <rect width=width.to_string() height=height.to_string() fill="var(--sheet)" />
                    {image}
                    <path d=margin fill="var(--ink-m)" fill-opacity="0.35" fill-rule="evenodd" />
                    <rect
                        x=cut.clone()
                        y=cut
                        width=cut_width
                        height=cut_height
                        fill="none"
                        stroke="var(--ink-m)"
                        vector-effect="non-scaling-stroke"
                    />
                    <rect
                        x=safe.clone()
                        y=safe
                        width=safe_width
                        height=safe_height
                        fill="none"
                        stroke="var(--c)"
                        stroke-dasharray="3 3"
                        vector-effect="non-scaling-stroke"
                    />
                </svg>
            </div>
            <figcaption>
                <span>{caption}</span>
                <span dir="auto">{name}</span>
            </figcaption>
        </figure>
    }
    .into_any()
}
