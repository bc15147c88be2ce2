//! The form of a product.

use domain::catalogue::FileFormat;
use leptos::prelude::*;
use leptos::server_fn::ServerFn;

use super::product_form::{Group, ProductForm};
use super::save::SaveProduct;
use crate::page::Page;
use crate::text::Text;
use crate::ui::{
    Button, ButtonLink, Card, CardBody, CardFoot, CardHead, Control, Fields, Form, FormActions, Icon,
    IconButton, OptionalText, Size, TextArea, TextField, Variant,
};

/// The `id` of the form.
pub(super) const FORM: &str = "product";

/// What the form holds: what was typed when it comes back, `kept` otherwise.
fn held(page: &Page, kept: ProductForm) -> ProductForm {
    let back = page.visitor.flash.form.as_ref().filter(|form| form.id == FORM);
    back.map_or(kept, |form| ProductForm::typed(&form.values))
}

/// The form of a product, new or to be changed.
pub(super) fn product_form(page: &Page, kept: ProductForm, save: String, cancel: &'static str) -> AnyView {
    let t = page.t;
    let form = held(page, kept);
    let product = form.get("product").to_owned();
    view! {
        <Form id=FORM action=SaveProduct::PATH stacked=true>
            // Enter presses the first button of a form; it should not be one that removes something.
            <button class="visually-hidden" tabindex="-1" aria-hidden="true"></button>
            <input type="hidden" name="product" value=product />
            {about(t, &form)}
            {options(t, &form)}
            {areas(t, &form)}
            <FormActions>
                <Button variant=Variant::Primary>{save}</Button>
                <ButtonLink href=cancel variant=Variant::Quiet>
                    {t.get("ui-cancel")}
                </ButtonLink>
            </FormActions>
        </Form>
    }
    .into_any()
}

fn about(t: Text, form: &ProductForm) -> AnyView {
    let fields = view! {
        <TextField
            name="uid"
            label=t.get("catalogue-uid")
            value=form.get("uid")
            help=t.get("catalogue-uid-help")
            autocomplete="off"
            code=true
        />
        <TextField
            name="category"
            label=t.get("catalogue-category")
            value=form.get("category")
            help=t.get("catalogue-category-help")
            autocomplete="off"
        />
        <TextField
            name="name_en"
            label=t.get("catalogue-name-en")
            value=form.get("name_en")
            autocomplete="off"
        />
        <TextField
            name="name_es"
            label=t.get("catalogue-name-es")
            value=form.get("name_es")
            autocomplete="off"
        />
        <TextField
            name="min_quantity"
            kind="number"
            label=t.get("catalogue-min-quantity")
            value=form.get("min_quantity")
            placeholder="1"
            optional=true
            min="1"
        />
        <TextField
            name="max_quantity"
            kind="number"
            label=t.get("catalogue-max-quantity")
            value=form.get("max_quantity")
            help=t.get("catalogue-max-quantity-help")
            optional=true
            min="1"
        />
    }
    .into_any();
    view! {
        <Card>
            <CardHead title=t.get("catalogue-product") />
            <CardBody form=true>
                <Fields>{fields}</Fields>
            </CardBody>
        </Card>
    }
    .into_any()
}

fn options(t: Text, form: &ProductForm) -> AnyView {
    let groups = form.groups(Group::Option);
    let none = groups
        .is_empty()
        .then(|| view! { <p class="muted">{t.get("catalogue-no-options")}</p> });
    let groups: Vec<AnyView> = (1_i64..)
        .zip(groups)
        .map(|(place, number)| {
            let title = t.with("catalogue-option-title", [("number", place.into())]);
            group(t, Group::Option, number, title, option_fields(t, form, number))
        })
        .collect();
    view! {
        <Card>
            <CardHead title=t.get("catalogue-options") note=t.get("catalogue-options-note") />
            <CardBody form=true>{none} {groups}</CardBody>
            <CardFoot>{add_button(Group::Option, t.get("catalogue-add-option"))}</CardFoot>
        </Card>
    }
    .into_any()
}

fn areas(t: Text, form: &ProductForm) -> AnyView {
    let groups = form.groups(Group::Area);
    let none = groups
        .is_empty()
        .then(|| view! { <p class="muted">{t.get("catalogue-no-areas")}</p> });
    let groups: Vec<AnyView> = (1_i64..)
        .zip(groups)
        .map(|(place, number)| {
            let title = t.with("catalogue-area-title", [("number", place.into())]);
            group(t, Group::Area, number, title, area_fields(t, form, number))
        })
        .collect();
    view! {
        <Card>
            <CardHead title=t.get("catalogue-areas") note=t.get("catalogue-areas-note") />
            <CardBody form=true>{none} {groups}</CardBody>
            <CardFoot>{add_button(Group::Area, t.get("catalogue-add-area"))}</CardFoot>
        </Card>
    }
    .into_any()
}

fn add_button(group: Group, words: String) -> AnyView {
    view! {
        <span id=format!("add-{}", group.name())>
            <Button size=Size::Small icon="plus" name="add" value=group.name()>
                {words}
            </Button>
        </span>
    }
    .into_any()
}

/// The fields of one option or print area, with the button that removes them.
fn group(t: Text, group: Group, number: u32, title: String, fields: AnyView) -> AnyView {
    let remove = t.with("catalogue-remove", [("title", title.clone().into())]);
    let id = format!("{}-{number}", group.name());
    let title_id = id.clone();
    view! {
        <div class="field-group" role="group" aria-labelledby=title_id>
            <div class="spread">
                <h3 id=id>{title}</h3>
                <IconButton
                    icon="trash"
                    label=remove
                    variant=Variant::Quiet
                    size=Size::Small
                    name="remove"
                    value=group.marker(number)
                />
            </div>
            <input type="hidden" name=group.marker(number) value="" />
            {fields}
        </div>
    }
    .into_any()
}

/// Names and key, which options and print areas have alike.
fn names(t: Text, form: &ProductForm, group: Group, number: u32) -> AnyView {
    let field = |name: &str| group.field(number, name);
    let value = |name: &str| form.get(&field(name)).to_owned();
    view! {
        <TextField
            name=field("name_en")
            label=t.get("catalogue-name-en")
            value=value("name_en")
            autocomplete="off"
            autofocus=form.is_added(group, number)
        />
        <TextField
            name=field("name_es")
            label=t.get("catalogue-name-es")
            value=value("name_es")
            autocomplete="off"
        />
        <TextField
            name=field("key")
            label=t.get("catalogue-key")
            value=value("key")
            help=t.get("catalogue-key-help")
            autocomplete="off"
            optional=true
            code=true
        />
    }
    .into_any()
}

fn option_fields(t: Text, form: &ProductForm, number: u32) -> AnyView {
    let values = Group::Option.field(number, "values");
    let typed = form.get(&values).to_owned();
    let rows = u32::try_from(typed.lines().count()).unwrap_or(u32::MAX);
    let names = names(t, form, Group::Option, number);
    view! {
        <Fields>
            {names}
            <TextArea
                name=values
                label=t.get("catalogue-values")
                value=typed
                help=t.get("catalogue-values-help")
                rows=rows.clamp(3, 12)
            />
        </Fields>
    }
    .into_any()
}

fn area_fields(t: Text, form: &ProductForm, number: u32) -> AnyView {
    let field = |name: &str| Group::Area.field(number, name);
    let value = |name: &str| form.get(&field(name)).to_owned();
    let fields = view! {
        {names(t, form, Group::Area, number)}
        <TextField
            name=field("size")
            label=t.get("catalogue-size")
            value=value("size")
            help=t.get("catalogue-size-help")
            placeholder="297 x 420"
            suffix="mm"
            autocomplete="off"
        />
        <TextField
            name=field("bleed")
            label=t.get("catalogue-bleed")
            value=value("bleed")
            placeholder="0"
            suffix="mm"
            autocomplete="off"
            optional=true
        />
        <TextField
            name=field("min_resolution_dpi")
            kind="number"
            label=t.get("catalogue-resolution")
            value=value("min_resolution_dpi")
            placeholder="150"
            suffix=t.get("catalogue-dpi")
            optional=true
        />
        <TextField
            name=field("page_count")
            kind="number"
            label=t.get("catalogue-pages")
            value=value("page_count")
            placeholder="1"
            optional=true
        />
        {formats(t, form, field("formats"))}
    }
    .into_any();
    view! { <Fields>{fields}</Fields> }.into_any()
}

/// The formats a design may have, as boxes.
fn formats(t: Text, form: &ProductForm, name: String) -> AnyView {
    let label = t.get("catalogue-formats");
    let control = Control::of(
        &name,
        &label,
        OptionalText::default(),
        OptionalText::default(),
        false,
    );
    let boxes: Vec<AnyView> = FileFormat::ALL
        .iter()
        .enumerate()
        .map(|(place, format)| {
            // The first box carries the group's id: links of the error summary lead to it.
            let id = match place {
                0 => control.id.clone(),
                _ => format!("{}-{format}", control.id),
            };
            let name = format!("{name}:{format}");
            let checked = !form.get(&name).is_empty();
            view! {
                <label class="option">
                    <input
                        type="checkbox"
                        id=id
                        name=name
                        value="true"
                        checked=checked
                        aria-invalid=control.invalid()
                    />
                    <span>{format.as_str().to_uppercase()}</span>
                </label>
            }
            .into_any()
        })
        .collect();
    let error = control.error.clone().map(|error| {
        view! {
            <p class="error" id=format!("{}-error", control.id)>
                <Icon name="alert" />
                <span>{error}</span>
            </p>
        }
    });
    view! {
        <fieldset
            class="field wide"
            data-field=name.clone()
            data-label=label
            aria-describedby=control.described_by.clone()
        >
            <legend>{label.clone()}</legend>
            <div class="cluster" data-gap="4">
                {boxes}
            </div>
            {error}
        </fieldset>
    }
    .into_any()
}
