//! Buttons, and links that look like them.

use leptos::prelude::*;

use super::icon::Icon;
use super::words::{OptionalText, Size, fresh_id};
use crate::text::texts;
use crate::visitor::visitor;

/// How much a button asks for attention. A page has one primary action at most.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Variant {
    /// Any action.
    #[default]
    Default,
    /// The page's main action.
    Primary,
    /// An action that must not distract: in a table row, in a head.
    Quiet,
    /// The first step to something that cannot be undone; the confirmation follows.
    Danger,
    /// The confirmation itself, inside a dialog only.
    DangerFill,
}

impl Variant {
    const fn attribute(self) -> Option<&'static str> {
        match self {
            Self::Default => None,
            Self::Primary => Some("primary"),
            Self::Quiet => Some("quiet"),
            Self::Danger => Some("danger"),
            Self::DangerFill => Some("danger-fill"),
        }
    }
}

/// A button. Without `opens`, `closes` and `menu` it submits its form.
#[component]
pub fn Button(
    /// How much it asks for attention.
    #[prop(optional)]
    variant: Variant,
    /// Small in tables and cards, large on signed-out pages.
    #[prop(optional)]
    size: Size,
    /// The icon before the words.
    #[prop(optional)]
    icon: Option<&'static str>,
    /// The icon after the words, such as a chevron.
    #[prop(optional)]
    icon_after: Option<&'static str>,
    /// The `id` of the dialog it opens.
    #[prop(optional, into)]
    opens: OptionalText,
    /// The `id` of the dialog it closes.
    #[prop(optional, into)]
    closes: OptionalText,
    /// The `id` of the menu it opens.
    #[prop(optional, into)]
    menu: OptionalText,
    /// The name it sends with its form.
    #[prop(optional, into)]
    name: OptionalText,
    /// The value it sends with its form.
    #[prop(optional, into)]
    value: OptionalText,
    /// The `id` of its form, when it stands outside.
    #[prop(optional, into)]
    form: OptionalText,
    /// Where it sends the form instead of the form's own action.
    #[prop(optional, into)]
    action: OptionalText,
    /// Why it cannot be used now. The button stays focusable and says so.
    #[prop(optional, into)]
    disabled_reason: OptionalText,
    /// Whether what it started is still going on.
    #[prop(optional)]
    busy: bool,
    /// Whether it sits over a row's link.
    #[prop(optional)]
    above_row: bool,
    /// The words: verb and object.
    children: Children,
) -> impl IntoView {
    let behaviour = Behaviour::of(opens, closes, menu);
    let disabled = disabled_reason.is_some();
    let kind = if behaviour.acts_in_page() || disabled || busy {
        "button"
    } else {
        "submit"
    };
    let reason = disabled_reason
        .into_option()
        .map(|text| (fresh_id("reason"), text));
    let reason_id = reason.as_ref().map(|(id, _)| id.clone());
    let reason_text = reason.as_ref().map(|(_, text)| text.clone());
    view! {
        <button
            class=if above_row { "button act" } else { "button" }
            type=kind
            data-variant=variant.attribute()
            data-size=size.attribute()
            name=name.into_option()
            value=value.into_option()
            form=form.into_option()
            formaction=action.into_option()
            command=behaviour.command
            commandfor=behaviour.dialog
            popovertarget=behaviour.menu
            aria-disabled=disabled.then_some("true")
            aria-describedby=reason_id
            aria-busy=busy.then_some("true")
            title=reason_text
        >
            {busy.then(|| view! { <span class="spinner" aria-hidden="true"></span> })}
            {icon.filter(|_| !busy).map(|name| view! { <Icon name /> })}
            {children()}
            {icon_after.map(|name| view! { <Icon name after=true /> })}
        </button>
        {reason.map(|(id, text)| view! { <span class="visually-hidden" id=id>{text}</span> })}
    }
}

/// The button of what the reader's role, or whoever looks at a customer's Storefronts, sees but may not do: disabled, and
/// it says why.
#[component]
pub fn ClosedButton(
    /// The words: verb and object, as for those who may.
    #[prop(into)]
    words: String,
    /// How much it would ask for attention.
    #[prop(optional)]
    variant: Variant,
    /// The icon before the words.
    icon: &'static str,
) -> impl IntoView {
    let disabled_reason = texts().get(if visitor().looks_on() {
        "problem-viewing-as-customer"
    } else {
        "ui-not-your-role"
    });
    view! {
        <Button variant icon disabled_reason>
            {words}
        </Button>
    }
}

/// A link that looks like a button.
#[component]
pub fn ButtonLink(
    /// Where it leads.
    #[prop(into)]
    href: String,
    /// How much it asks for attention.
    #[prop(optional)]
    variant: Variant,
    /// Small in tables and cards, large on signed-out pages.
    #[prop(optional)]
    size: Size,
    /// The icon before the words.
    #[prop(optional)]
    icon: Option<&'static str>,
    /// The icon after the words.
    #[prop(optional)]
    icon_after: Option<&'static str>,
    /// The `id` of the dialog it opens without a request when scripts run; `href` renders it open otherwise.
    #[prop(optional, into)]
    opens: OptionalText,
    /// Whether it is the chosen one of a group.
    #[prop(optional)]
    current: bool,
    /// Whether the browser saves what it leads to instead of showing it.
    #[prop(optional)]
    download: bool,
    /// Whether it sits over a row's link.
    #[prop(optional)]
    above_row: bool,
    /// The words.
    children: Children,
) -> impl IntoView {
    view! {
        <a
            class=if above_row { "button act" } else { "button" }
            href=href
            data-variant=variant.attribute()
            data-size=size.attribute()
            data-opens=opens.into_option()
            aria-current=current.then_some("true")
            download=download.then_some("")
        >
            {icon.map(|name| view! { <Icon name /> })}
            {children()}
            {icon_after.map(|name| view! { <Icon name after=true /> })}
        </a>
    }
}

/// A square button or link that shows an icon only; its label is for those who do not see it.
#[component]
pub fn IconButton(
    /// The icon.
    icon: &'static str,
    /// What it does, and to what: `Actions for Estudio Garabato`.
    #[prop(into)]
    label: String,
    /// Quiet in rows and heads.
    #[prop(optional)]
    variant: Variant,
    /// Small in tables and cards.
    #[prop(optional)]
    size: Size,
    /// Where it leads; makes it a link.
    #[prop(optional, into)]
    href: OptionalText,
    /// The `id` of the dialog it opens.
    #[prop(optional, into)]
    opens: OptionalText,
    /// The `id` of the dialog it closes.
    #[prop(optional, into)]
    closes: OptionalText,
    /// The `id` of the menu it opens.
    #[prop(optional, into)]
    menu: OptionalText,
    /// The name it sends with its form.
    #[prop(optional, into)]
    name: OptionalText,
    /// The value it sends with its form.
    #[prop(optional, into)]
    value: OptionalText,
) -> impl IntoView {
    let class = "button icon-button";
    if let Some(href) = href.into_option() {
        return view! {
            <a
                class=class
                href=href
                data-variant=variant.attribute()
                data-size=size.attribute()
                aria-label=label.clone()
                title=label
            >
                <Icon name=icon />
            </a>
        }
        .into_any();
    }
    let behaviour = Behaviour::of(opens, closes, menu);
    view! {
        <button
            class=class
            type=if behaviour.acts_in_page() { "button" } else { "submit" }
            data-variant=variant.attribute()
            data-size=size.attribute()
            name=name.into_option()
            value=value.into_option()
            command=behaviour.command
            commandfor=behaviour.dialog
            popovertarget=behaviour.menu
            aria-label=label.clone()
            title=label
        >
            <Icon name=icon />
        </button>
    }
    .into_any()
}

/// Buttons that belong together, edge to edge.
#[component]
pub fn ButtonGroup(
    /// What the buttons choose, for those who do not see it.
    #[prop(optional, into)]
    label: OptionalText,
    /// The buttons.
    children: Children,
) -> impl IntoView {
    view! {
        <div class="button-group" role=label.is_some().then_some("group") aria-label=label.into_option()>
            {children()}
        </div>
    }
}

/// What a button does in the page instead of submitting a form.
struct Behaviour {
    command: Option<&'static str>,
    dialog: Option<String>,
    menu: Option<String>,
}

impl Behaviour {
    fn of(opens: OptionalText, closes: OptionalText, menu: OptionalText) -> Self {
        let command = match (opens.is_some(), closes.is_some()) {
            (true, _) => Some("show-modal"),
            (false, true) => Some("close"),
            (false, false) => None,
        };
        Self {
            command,
            dialog: opens.into_option().or(closes.into_option()),
            menu: menu.into_option(),
        }
    }

    const fn acts_in_page(&self) -> bool {
        self.command.is_some() || self.menu.is_some()
    }
}
