//! The variants of a product: what each is made of, from which design, and what can be done about it.

use domain::id::{StoreId, StoreVariantId};
use domain::{FileState, Language, MappingState, ReasonCode};
use leptos::prelude::*;
use leptos::server_fn::ServerFn;
use portal::store_products::{DesignDetail, StoreProductDetail, StoreVariantDetail};

use super::connect_page;
use super::decide::{DisconnectVariant, IgnoreVariant};
use crate::orders::design_state::{design_badge, design_remarks};
use crate::orders::pack::pack;
use crate::page::ClientPage;
use crate::text::Text;
use crate::ui::*;

/// The card with the variants.
pub(super) fn variants_card(page: &ClientPage, detail: &StoreProductDetail, connects: bool) -> AnyView {
    let t = page.t;
    let rows = detail
        .variants
        .iter()
        .map(|variant| row(t, detail, variant, connects))
        .collect_view();
    let count = t.number(i64::try_from(detail.variants.len()).unwrap_or(i64::MAX));
    view! {
        <Card id="variants">
            <CardHead title=t.get("products-variants") count />
            <DataTable caption=t.get("products-variants-caption")>
                <TableHead>
                    <HeadCell text=t.get("products-variant") />
                    <HeadCell text=t.get("products-price") numeric=true optional=true />
                    <HeadCell text=t.get("products-connection") />
                    <HeadCell text=t.get("products-made-of") />
                    <HeadCell text=t.get("products-actions") hidden=true />
                </TableHead>
                <TableBody>{rows}</TableBody>
            </DataTable>
        </Card>
    }
    .into_any()
}

/// What a variant is called: its own title, or that of its product when it is the only one.
pub(super) fn variant_name(detail: &StoreProductDetail, variant: &StoreVariantDetail) -> String {
    if variant.title.is_empty() {
        detail.product.title.clone()
    } else {
        variant.title.clone()
    }
}

/// Whether it is connected; of one with a design that cannot be printed, that.
pub(super) fn connection_badge(t: Text, state: MappingState, refused: Option<ReasonCode>) -> AnyView {
    if refused.is_some() {
        return view! { <PlainBadge tone=Tone::Danger text=t.get("products-design-refused") /> }.into_any();
    }
    view! { <Badge status=state.slug() text=t.status(state) /> }.into_any()
}

/// The way to the designs of a variant.
pub(super) fn replace_design(t: Text, store: StoreId, variant: StoreVariantId) -> AnyView {
    let href = format!("{}#designs", connect_page(store, variant));
    view! {
        <ButtonLink href icon="upload" size=Size::Small above_row=true>
            {t.get("products-replace-design")}
        </ButtonLink>
    }
    .into_any()
}

fn row(t: Text, detail: &StoreProductDetail, variant: &StoreVariantDetail, connects: bool) -> AnyView {
    let src = variant
        .image_url
        .clone()
        .or_else(|| detail.product.image_url.clone());
    let picture = view! { <Thumb src /> }.into_any();
    let gone = variant
        .gone_at
        .map(|_| view! { <span class="sub text-warning">{t.get("products-variant-gone")}</span> });
    let why = why_ignored(t, detail, variant).map(|words| view! { <span class="sub">{words}</span> });
    let price = variant.price().map(|price| t.money(price));
    let has_price = if price.is_some() {
        Narrow::Inline
    } else {
        Narrow::Hidden
    };
    let title = variant_name(detail, variant);
    let (sku, made_of) = (variant.sku.clone(), made_of(t, variant));
    let badge = connection_badge(t, variant.mapping_state, variant.refused_reason());
    let how = decided(t, variant).map(|words| view! { <span class="sub">{words}</span> });
    let actions = (connects && variant.gone_at.is_none()).then(|| actions(t, detail, variant));
    view! {
        <Row>
            <LeadCell title picture>
                <span class="sub mono">{sku}</span>
                {gone}
            </LeadCell>
            <Cell label=t.get("products-price") align=Align::Number optional=true narrow=has_price>{price}</Cell>
            <Cell narrow=Narrow::Corner>
                {badge}
                {how}
                {why}
            </Cell>
            <Cell label=t.get("products-made-of")>{made_of}</Cell>
            <Cell align=Align::Actions>{actions}</Cell>
        </Row>
    }
    .into_any()
}

/// Who decided, or by which rule it came to be connected.
fn decided(t: Text, variant: &StoreVariantDetail) -> Option<String> {
    use domain::MappedHow::ByPerson;
    match (variant.mapped_how, &variant.mapped_by_name) {
        (Some(how), _) if how != ByPerson => Some(t.get(&format!("products-how-{}", how.slug()))),
        (_, Some(name)) => Some(t.with("products-decided-by", [("name", name.as_str().into())])),
        _ => None,
    }
}

/// Why a variant is ignored that nobody ignored by itself.
fn why_ignored(t: Text, detail: &StoreProductDetail, variant: &StoreVariantDetail) -> Option<String> {
    if variant.mapping_state != MappingState::Ignored {
        return None;
    }
    if detail.ignored {
        Some(t.get("products-ignored-with-product"))
    } else if !variant.ships && variant.mapped_at.is_none() {
        Some(t.get("products-not-sent"))
    } else {
        None
    }
}

fn made_of(t: Text, variant: &StoreVariantDetail) -> AnyView {
    let name = match t.language {
        Language::En => variant.product_name_en.clone(),
        Language::Es => variant.product_name_es.clone(),
    };
    let Some(name) = name else {
        return view! { <span class="faint">{t.get("products-nothing-assigned")}</span> }.into_any();
    };
    let uid = variant.product_uid.clone();
    let pieces = pack(t, variant.pieces_per_unit).map(|words| view! { <span class="sub">{words}</span> });
    let designs = variant
        .designs
        .iter()
        .map(|design| design_line(t, design))
        .collect_view();
    view! {
        <span dir="auto">{name}</span>
        <span class="sub mono">{uid}</span>
        {pieces}
        {designs}
    }
    .into_any()
}

/// The file of a print area and whether it can be printed.
pub(super) fn design_line(t: Text, design: &DesignDetail) -> AnyView {
    let check = design.check_result.as_ref().map(|check| &check.0);
    let reason = design
        .reason
        .filter(|_| design.state == FileState::Refused)
        .map(|reason| view! { <span class="sub text-danger">{t.reason(reason)}</span> });
    let name = match (design.file_id, &design.file_name, &design.url) {
        (Some(file), name, _) => {
            let name = name.clone().unwrap_or_else(|| t.get("orders-print-file"));
            view! { <a class="act" href=format!("/files/{file}") download="" dir="auto">{name}</a> }
                .into_any()
        }
        (None, _, Some(url)) => view! {
            <a class="act truncate code-cell" href=url.clone() rel="noreferrer" title=url.clone()>
                {t.get("orders-design-address")}
            </a>
        }
        .into_any(),
        (None, _, None) => ().into_any(),
    };
    view! {
        <span class="sub">
            {name} " "
            {design_badge(t, design.state, check)}
        </span>
        {reason}
        {design_remarks(t, design.state, check)}
    }
    .into_any()
}

/// The `id` of the dialog that asks before a variant is disconnected.
fn dialog_id(variant: &StoreVariantDetail) -> String {
    format!("disconnect-{}", variant.id)
}

fn actions(t: Text, detail: &StoreProductDetail, variant: &StoreVariantDetail) -> AnyView {
    let href = connect_page(detail.product.store_id, variant.id);
    let id = variant.id.to_string();
    let name = variant_name(detail, variant);
    let take_back = t.get(if variant.ships {
        "products-take-back"
    } else {
        "products-make-printable"
    });
    match variant.mapping_state {
        MappingState::NotConnected => view! {
            <div class="cluster nowrap">
                <ButtonLink href icon="link" size=Size::Small above_row=true>
                    {t.get("products-connect")}
                </ButtonLink>
                <Form action=IgnoreVariant::PATH>
                    <input type="hidden" name="variant" value=id />
                    <IconButton
                        icon="slash"
                        label=t.with("products-ignore-variant", [("variant", name.into())])
                        variant=Variant::Quiet
                        size=Size::Small
                    />
                </Form>
            </div>
        }
        .into_any(),
        MappingState::Connected => {
            let opens = dialog_id(variant);
            let replace =
                (!variant.designs.is_empty()).then(|| replace_design(t, detail.product.store_id, variant.id));
            view! {
                <div class="cluster">
                    {replace}
                    <ButtonLink href icon="edit" size=Size::Small above_row=true>
                        {t.get("products-change")}
                    </ButtonLink>
                    <ButtonLink
                        href=format!("?dialog={opens}")
                        opens
                        icon="unlink"
                        size=Size::Small
                        variant=Variant::Quiet
                        above_row=true
                    >
                        {t.get("products-disconnect")}
                    </ButtonLink>
                </div>
            }
            .into_any()
        }
        MappingState::Ignored => view! {
            <div class="cluster nowrap">
                <ButtonLink href icon="link" size=Size::Small above_row=true>
                    {t.get("products-connect")}
                </ButtonLink>
                <Form action=DisconnectVariant::PATH>
                    <input type="hidden" name="variant" value=id />
                    <Button size=Size::Small variant=Variant::Quiet above_row=true>
                        {take_back}
                    </Button>
                </Form>
            </div>
        }
        .into_any(),
    }
}

/// One dialog for each connected variant: orders to come wait once it is not connected any more.
pub(super) fn disconnect_dialogs(page: &ClientPage, detail: &StoreProductDetail) -> AnyView {
    let connected = detail
        .variants
        .iter()
        .filter(|variant| variant.mapping_state == MappingState::Connected);
    connected
        .map(|variant| disconnect_dialog(page, detail, variant))
        .collect_view()
        .into_any()
}

fn disconnect_dialog(
    page: &ClientPage,
    detail: &StoreProductDetail,
    variant: &StoreVariantDetail,
) -> AnyView {
    let t = page.t;
    let id = dialog_id(variant);
    let (form, foot, value) = (id.clone(), id.clone(), variant.id.to_string());
    view! {
        <Dialog
            id=id.clone()
            title=t.get("products-disconnect-title")
            note=variant_name(detail, variant)
            size=Size::Small
            open=page.shows_dialog(&id)
            close_href=page.link_with(&[("dialog", None)])
        >
            <Form id=form action=DisconnectVariant::PATH>
                <input type="hidden" name="variant" value=value />
                <DialogBody>
                    <p>{t.get("products-disconnect-text")}</p>
                </DialogBody>
                <DialogFoot id=foot>
                    <Button variant=Variant::DangerFill>{t.get("products-disconnect")}</Button>
                </DialogFoot>
            </Form>
        </Dialog>
    }
    .into_any()
}
