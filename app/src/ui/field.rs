//! One field of a form: label above, help and error below, and the controls in between.

use domain::Problem;
use leptos::prelude::*;

use super::form::{Control, state};
use super::icon::Icon;
use super::words::{Choice, OptionalText};
use crate::text::texts;

/// The frame of a field. Controls below use it; a page needs it, with [`Control::of`], for a control of its own.
#[component]
pub fn Field(
    /// The name the control sends; scripts find the field by it, and its label in `data-label`.
    #[prop(into)]
    name: String,
    /// What the control tells those who do not see the frame.
    control: Control,
    /// What to type.
    #[prop(into)]
    label: String,
    /// What it is for, or how it should look.
    #[prop(optional, into)]
    help: OptionalText,
    /// Whether it may stay empty.
    #[prop(optional)]
    optional: bool,
    /// A link at the end of the label's line.
    #[prop(optional_no_strip)]
    aside: Option<AnyView>,
    /// Whether it takes a whole line among [`super::Fields`].
    #[prop(optional)]
    wide: bool,
    /// The control.
    children: Children,
) -> impl IntoView {
    let optional = optional.then(|| view! { <span class="optional">{texts().get("ui-optional")}</span> });
    let Control { id, error, .. } = control;
    view! {
        <div class=if wide { "field wide" } else { "field" } data-field=name data-label=label>
            <label for=id.clone()>
                {label.clone()}
                {optional}
                {aside.map(|aside| view! { <span class="push">{aside}</span> })}
            </label>
            {children()}
            {help_line(&id, help)}
            {error_line(&id, error)}
        </div>
    }
}

/// The line that says what a field is for.
pub(super) fn help_line(id: &str, help: OptionalText) -> Option<AnyView> {
    let id = format!("{id}-help");
    help.into_option()
        .map(|help| view! { <p class="help" id=id>{help}</p> }.into_any())
}

/// The line that says what is wrong with a field. `islands::browser::refusal` writes the same.
pub(super) fn error_line(id: &str, error: Option<String>) -> Option<AnyView> {
    let id = format!("{id}-error");
    error.map(|error| {
        view! {
            <p class="error" id=id>
                <Icon name="alert" />
                <span>{error}</span>
            </p>
        }
        .into_any()
    })
}

/// The sentence for a text that is longer than that.
fn too_long(max_length: Option<u32>) -> Option<String> {
    let problem = Problem::new("too-long").with("max", max_length?);
    Some(texts().problem(&problem))
}

/// A line of text.
#[component]
#[expect(
    clippy::fn_params_excessive_bools,
    reason = "each is a switch that callers set by name"
)]
pub fn TextField(
    /// The name it sends.
    #[prop(into)]
    name: String,
    /// What to type.
    #[prop(into)]
    label: String,
    /// What it says before anybody typed.
    #[prop(optional, into)]
    value: OptionalText,
    /// `text`, `email`, `number`, `url`, `tel`, `date` …
    #[prop(default = "text")]
    kind: &'static str,
    /// What it is for, or how it should look.
    #[prop(optional, into)]
    help: OptionalText,
    /// What is wrong; the form's state says so itself.
    #[prop(optional, into)]
    error: OptionalText,
    /// Whether it may stay empty.
    #[prop(optional)]
    optional: bool,
    /// Whether another field can be filled in instead: it may stay empty, and does not call itself optional.
    #[prop(optional)]
    alternative: bool,
    /// Whether this viewer may only look.
    #[prop(optional)]
    readonly: bool,
    /// Whether it cannot be used now; the help says why.
    #[prop(optional)]
    disabled: bool,
    /// Whether typing starts here.
    #[prop(optional)]
    autofocus: bool,
    /// What the browser may fill in (`email`, `organization`, `off` …).
    #[prop(optional, into)]
    autocomplete: OptionalText,
    /// The longest text it takes, in characters. A longer one is not cut but refused, by scripts while it is typed.
    #[prop(optional)]
    max_length: Option<u32>,
    /// The smallest number.
    #[prop(optional, into)]
    min: OptionalText,
    /// The largest number.
    #[prop(optional, into)]
    max: OptionalText,
    /// The step between numbers.
    #[prop(optional, into)]
    step: OptionalText,
    /// The `id` of a list of values that browsers complete from.
    #[prop(optional, into)]
    list: OptionalText,
    /// An example; never instead of the label.
    #[prop(optional, into)]
    placeholder: OptionalText,
    /// What stands before the text: `https://`.
    #[prop(optional, into)]
    prefix: OptionalText,
    /// What stands after the text: `mm`.
    #[prop(optional, into)]
    suffix: OptionalText,
    /// Whether it holds a string for machines: no spelling, fixed width.
    #[prop(optional)]
    code: bool,
    /// Whether it takes a whole line.
    #[prop(optional)]
    wide: bool,
    /// The control's `id`, where the name is not unique on the page.
    #[prop(optional, into)]
    id: OptionalText,
    /// A link at the end of the label's line.
    #[prop(optional)]
    aside: Option<AnyView>,
) -> impl IntoView {
    let control = Control::of(&name, &label, id, error, help.is_some());
    let value = state().typed(&name).or(value.into_option());
    let input = view! {
        <input
            id=control.id.clone()
            name=name.clone()
            type=kind
            class=code.then_some("mono")
            value=value
            required=!optional && !alternative && !readonly
            readonly=readonly
            disabled=disabled
            autofocus=autofocus
            autocomplete=autocomplete.into_option()
            data-most=max_length
            data-too-long=too_long(max_length)
            min=min.into_option()
            max=max.into_option()
            step=step.into_option()
            list=list.as_deref().map(str::to_owned)
            data-combobox=list.is_some().then_some("")
            placeholder=placeholder.into_option()
            spellcheck=code.then_some("false")
            dir=(kind == "text" && !code).then_some("auto")
            aria-invalid=control.invalid()
            aria-describedby=control.described_by.clone()
        />
    };
    let affixed = prefix.is_some() || suffix.is_some();
    let input = if affixed {
        view! {
            <div class="affix">
                {prefix.into_option().map(|prefix| view! { <span>{prefix}</span> })}
                {input}
                {suffix.into_option().map(|suffix| view! { <span>{suffix}</span> })}
            </div>
        }
        .into_any()
    } else {
        input.into_any()
    };
    view! {
        <Field name control label help optional wide aside>
            {input}
        </Field>
    }
}

/// A password, with a button that shows it.
#[component]
pub fn PasswordField(
    /// The name it sends.
    #[prop(into)]
    name: String,
    /// What to type.
    #[prop(into)]
    label: String,
    /// `current-password` to log in, `new-password` to choose one.
    autocomplete: &'static str,
    /// What it is for.
    #[prop(optional, into)]
    help: OptionalText,
    /// What is wrong; the form's state says so itself.
    #[prop(optional, into)]
    error: OptionalText,
    /// Whether it may stay empty: secrets that are kept when nothing is typed.
    #[prop(optional)]
    optional: bool,
    /// An example, such as the last four characters of the secret that is kept.
    #[prop(optional, into)]
    placeholder: OptionalText,
    /// Whether typing starts here.
    #[prop(optional)]
    autofocus: bool,
    /// The control's `id`, where the name is not unique on the page.
    #[prop(optional, into)]
    id: OptionalText,
    /// A link at the end of the label's line.
    #[prop(optional)]
    aside: Option<AnyView>,
    /// What follows the control: [`super::Strength`], [`super::Rules`].
    #[prop(optional)]
    children: Option<Children>,
) -> impl IntoView {
    let t = texts();
    let control = Control::of(&name, &label, id, error, help.is_some());
    view! {
        <Field name=name.clone() control=control.clone() label help optional aside>
            <div class="affix">
                <input
                    id=control.id.clone()
                    name=name
                    type="password"
                    autocomplete=autocomplete
                    required=!optional
                    autofocus=autofocus
                    placeholder=placeholder.into_option()
                    spellcheck="false"
                    aria-invalid=control.invalid()
                    aria-describedby=control.described_by.clone()
                />
                <button
                    class="button"
                    type="button"
                    data-scripted=""
                    data-reveal=control.id.clone()
                    data-show=t.get("ui-show")
                    data-hide=t.get("ui-hide")
                    aria-pressed="false"
                    aria-controls=control.id
                >
                    <Icon name="eye" />
                    <span>{t.get("ui-show")}</span>
                </button>
            </div>
            {children.map(|children| children())}
        </Field>
    }
}

/// Text of several lines.
#[component]
pub fn TextArea(
    /// The name it sends.
    #[prop(into)]
    name: String,
    /// What to type.
    #[prop(into)]
    label: String,
    /// What it says before anybody typed.
    #[prop(optional, into)]
    value: OptionalText,
    /// What it is for, or how it should look.
    #[prop(optional, into)]
    help: OptionalText,
    /// What is wrong; the form's state says so itself.
    #[prop(optional, into)]
    error: OptionalText,
    /// Whether it may stay empty.
    #[prop(optional)]
    optional: bool,
    /// Whether this viewer may only look.
    #[prop(optional)]
    readonly: bool,
    /// The lines it shows at first.
    #[prop(default = 3)]
    rows: u32,
    /// The longest text it takes, in characters. A longer one is not cut but refused, by scripts while it is typed.
    #[prop(optional)]
    max_length: Option<u32>,
    /// Whether it holds text for machines: a template, a body.
    #[prop(optional)]
    code: bool,
    /// The control's `id`, where the name is not unique on the page.
    #[prop(optional, into)]
    id: OptionalText,
) -> impl IntoView {
    let control = Control::of(&name, &label, id, error, help.is_some());
    let value = state().typed(&name).or(value.into_option()).unwrap_or_default();
    view! {
        <Field name=name.clone() control=control.clone() label help optional wide=true>
            <textarea
                id=control.id.clone()
                name=name
                class=code.then_some("mono")
                rows=rows
                required=!optional && !readonly
                readonly=readonly
                data-most=max_length
                data-too-long=too_long(max_length)
                spellcheck=code.then_some("false")
                dir=(!code).then_some("auto")
                aria-invalid=control.invalid()
                aria-describedby=control.described_by
            >
                {value}
            </textarea>
        </Field>
    }
}

/// One of several values. Where this viewer may only look, it is text.
#[component]
pub fn SelectField(
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
    /// The words of an empty first choice.
    #[prop(optional, into)]
    empty: OptionalText,
    /// What it is for.
    #[prop(optional, into)]
    help: OptionalText,
    /// What is wrong; the form's state says so itself.
    #[prop(optional, into)]
    error: OptionalText,
    /// Whether nothing may be chosen.
    #[prop(optional)]
    optional: bool,
    /// Whether this viewer may only look.
    #[prop(optional)]
    readonly: bool,
    /// Whether it takes a whole line.
    #[prop(optional)]
    wide: bool,
    /// The control's `id`, where the name is not unique on the page.
    #[prop(optional, into)]
    id: OptionalText,
) -> impl IntoView {
    let control = Control::of(&name, &label, id, error, help.is_some());
    let value = state().typed(&name).or(value.into_option()).unwrap_or_default();
    let select = if readonly {
        let chosen = choices.into_iter().find(|choice| choice.value == value);
        let words = chosen.map(|choice| choice.label).unwrap_or_default();
        view! { <input id=control.id.clone() type="text" readonly value=words /> }.into_any()
    } else {
        let options = grouped(choices, &value);
        view! {
            <select
                id=control.id.clone()
                name=name.clone()
                required=!optional
                aria-invalid=control.invalid()
                aria-describedby=control.described_by.clone()
            >
                {empty.into_option().map(|words| view! { <option value="">{words}</option> })}
                {options}
            </select>
        }
        .into_any()
    };
    view! {
        <Field name control label help optional wide>
            {select}
        </Field>
    }
}

/// The options of a select, those of a group below its name.
fn grouped(choices: Vec<Choice>, chosen: &str) -> AnyView {
    let groups = choices.chunk_by(|one, next| one.group == next.group);
    let groups = groups.map(|group| {
        let options = group.iter().map(|choice| {
            let (value, label) = (choice.value.clone(), choice.label.clone());
            let selected = value == chosen;
            view! { <option value=value selected=selected>{label}</option> }
        });
        let options = options.collect_view();
        match group.first().and_then(|first| first.group.as_deref()) {
            Some(name) => view! { <optgroup label=name.to_owned()>{options}</optgroup> }.into_any(),
            None => options.into_any(),
        }
    });
    groups.collect_view().into_any()
}
