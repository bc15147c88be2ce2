//! Controls that choose: boxes, options, switches, files.

use leptos::prelude::*;

use super::field::{error_line, help_line};
use super::form::{Control, state};
use super::icon::Icon;
use super::words::{Choice, OptionalText};
use crate::text::texts;

/// A box to tick.
#[component]
pub fn CheckField(
    /// The name it sends.
    #[prop(into)]
    name: String,
    /// What ticking means.
    #[prop(into)]
    label: String,
    /// The value it sends when ticked.
    #[prop(default = "true".to_owned(), into)]
    value: String,
    /// Whether it is ticked before anybody touched it.
    #[prop(optional)]
    checked: bool,
    /// A line that explains it.
    #[prop(optional, into)]
    note: OptionalText,
    /// What is wrong; the form's state says so itself.
    #[prop(optional, into)]
    error: OptionalText,
    /// Whether it stands in a box of its own.
    #[prop(optional)]
    boxed: bool,
    /// Whether it cannot be used now; the note says why.
    #[prop(optional)]
    disabled: bool,
    /// The control's `id`, where the name is not unique on the page.
    #[prop(optional, into)]
    id: OptionalText,
) -> impl IntoView {
    let control = Control::of(&name, &label, id, error, false);
    let checked = state().chosen(&name, &value).unwrap_or(checked);
    view! {
        <div class="field" data-field=name data-label=label>
            <label class="option" data-boxed=boxed.then_some("")>
                <input
                    type="checkbox"
                    id=control.id.clone()
                    name=name.clone()
                    value=value
                    checked=checked
                    disabled=disabled
                    aria-invalid=control.invalid()
                    aria-describedby=control.described_by
                />
                {words(label.clone(), note)}
            </label>
            {error_line(&control.id, control.error)}
        </div>
    }
}

/// One of a few values, all in sight.
#[component]
pub fn RadioGroup(
    /// The name it sends.
    #[prop(into)]
    name: String,
    /// What to choose.
    #[prop(into)]
    label: String,
    /// What there is to choose from.
    choices: Vec<Choice>,
    /// The value chosen before anybody chose.
    #[prop(optional, into)]
    value: OptionalText,
    /// What it is for.
    #[prop(optional, into)]
    help: OptionalText,
    /// What is wrong; the form's state says so itself.
    #[prop(optional, into)]
    error: OptionalText,
    /// Whether each option stands in a box of its own.
    #[prop(optional)]
    boxed: bool,
    /// The group's `id`, where the name is not unique on the page.
    #[prop(optional, into)]
    id: OptionalText,
) -> impl IntoView {
    let control = Control::of(&name, &label, id, error, help.is_some());
    let value = state().typed(&name).or(value.into_option()).unwrap_or_default();
    let invalid = control.invalid();
    let options = choices.into_iter().enumerate().map(|(index, choice)| {
        let checked = choice.value == value;
        // The first option carries the group's id: links of the error summary lead to it.
        let id = if index == 0 {
            control.id.clone()
        } else {
            format!("{}-{index}", control.id)
        };
        view! {
            <label class="option" data-boxed=boxed.then_some("")>
                <input
                    type="radio"
                    id=id
                    name=name.clone()
                    value=choice.value
                    checked=checked
                    aria-invalid=invalid
                />
                {words(choice.label, choice.note)}
            </label>
        }
    });
    let options = options.collect_view();
    view! {
        <fieldset class="field" data-field=name.clone() data-label=label aria-describedby=control.described_by>
            <legend>{label.clone()}</legend>
            {options}
            {help_line(&control.id, help)}
            {error_line(&control.id, control.error)}
        </fieldset>
    }
}

/// Any number of a few values, all in sight. They are sent under the name with `[]`.
#[component]
pub fn CheckGroup(
    /// The name of the field.
    #[prop(into)]
    name: String,
    /// What to choose.
    #[prop(into)]
    label: String,
    /// What there is to choose from.
    choices: Vec<Choice>,
    /// The values ticked before anybody ticked.
    #[prop(optional)]
    values: Vec<String>,
    /// What it is for.
    #[prop(optional, into)]
    help: OptionalText,
) -> impl IntoView {
    let control = Control::of(
        &name,
        &label,
        OptionalText::default(),
        OptionalText::default(),
        help.is_some(),
    );
    let sent = format!("{name}[]");
    let invalid = control.invalid();
    let options = choices.into_iter().enumerate().map(|(index, choice)| {
        let known = values.contains(&choice.value);
        let checked = state().chosen(&sent, &choice.value).unwrap_or(known);
        // The first box carries the group's id: links of the error summary lead to it.
        let id = if index == 0 {
            control.id.clone()
        } else {
            format!("{}-{index}", control.id)
        };
        view! {
            <label class="option">
                <input
                    type="checkbox"
                    id=id
                    name=sent.clone()
                    value=choice.value
                    checked=checked
                    aria-invalid=invalid
                />
                {words(choice.label, choice.note)}
            </label>
        }
    });
    let options = options.collect_view();
    view! {
        <fieldset class="field" data-field=name data-label=label aria-describedby=control.described_by>
            <legend>{label.clone()}</legend>
            {options}
            {help_line(&control.id, help)}
            {error_line(&control.id, control.error)}
        </fieldset>
    }
}

/// A switch that waits for its form to be sent.
#[component]
pub fn SwitchField(
    /// The name it sends, with the value `true` when on.
    #[prop(into)]
    name: String,
    /// What is switched.
    #[prop(into)]
    label: String,
    /// A line that explains it.
    #[prop(optional, into)]
    note: OptionalText,
    /// Whether it is on before anybody touched it.
    #[prop(optional)]
    checked: bool,
    /// Whether it cannot be used now; the note says why.
    #[prop(optional)]
    disabled: bool,
    /// The control's `id`, where the name is not unique on the page.
    #[prop(optional, into)]
    id: OptionalText,
) -> impl IntoView {
    let control = Control::of(&name, &label, id, OptionalText::default(), false);
    let checked = state().chosen(&name, "true").unwrap_or(checked);
    view! {
        <div class="field" data-field=name data-label=label>
            <label class="switch">
                <input
                    type="checkbox"
                    role="switch"
                    id=control.id.clone()
                    name=name.clone()
                    value="true"
                    checked=checked
                    disabled=disabled
                    aria-invalid=control.invalid()
                    aria-describedby=control.described_by
                />
                <span>
                    <b>{label.clone()}</b>
                    {note.into_option().map(|note| view! { <small>{note}</small> })}
                </span>
            </label>
            {error_line(&control.id, control.error)}
        </div>
    }
}

/// A switch that acts at once: a button that submits the form around it.
#[component]
pub fn Toggle(
    /// What is switched.
    #[prop(into)]
    label: String,
    /// Whether it is on.
    on: bool,
    /// The name it sends with the state it asks for, `true` or `false`.
    #[prop(into)]
    name: String,
) -> impl IntoView {
    view! {
        <button
            class="toggle"
            role="switch"
            aria-checked=on.to_string()
            aria-label=label
            name=name
            value=(!on).to_string()
        ></button>
    }
}

/// Files, dropped or picked. Its form must be `multipart`.
#[component]
pub fn FileField(
    /// The name it sends.
    #[prop(into)]
    name: String,
    /// What to pick.
    #[prop(into)]
    label: String,
    /// Types the picker offers: `.csv,text/csv`.
    #[prop(into)]
    accept: String,
    /// Which formats and which size it takes.
    #[prop(optional, into)]
    note: OptionalText,
    /// What is wrong; the form's state says so itself.
    #[prop(optional, into)]
    error: OptionalText,
    /// Whether it takes several files.
    #[prop(optional)]
    multiple: bool,
    /// Whether it may stay empty.
    #[prop(optional)]
    optional: bool,
    /// Whether another field can be filled in instead: it may stay empty, and does not call itself optional.
    #[prop(optional)]
    alternative: bool,
    /// The control's `id`, where the name is not unique on the page.
    #[prop(optional, into)]
    id: OptionalText,
) -> impl IntoView {
    let t = texts();
    let control = Control::of(&name, &label, id, error, false);
    let required = !optional && !alternative;
    view! {
        <div class="field wide" data-field=name data-label=label>
            <span class="label">
                <b>{label.clone()}</b>
                {optional.then(|| view! { <span class="optional">{t.get("ui-optional")}</span> })}
            </span>
            <label class="dropzone">
                <input
                    type="file"
                    id=control.id.clone()
                    name=name.clone()
                    accept=accept
                    multiple=multiple
                    required=required
                    aria-label=label.clone()
                    aria-invalid=control.invalid()
                    aria-describedby=control.described_by
                />
                <Icon name="upload" />
                <b data-file-name="" dir="auto">{t.get("ui-choose-file")}</b>
                {note.into_option().map(|note| view! { <small>{note}</small> })}
            </label>
            {error_line(&control.id, control.error)}
        </div>
    }
}

fn words(label: String, note: OptionalText) -> impl IntoView {
    view! {
        <span>
            {label}
            {note.into_option().map(|note| view! { <small>{note}</small> })}
        </span>
    }
}
