//! Dialogs and menus: native elements that work before scripts load.

use leptos::prelude::*;
use leptos::tachys::html::attribute::custom::{CustomAttr, custom_attribute};

use super::icon::Icon;
use super::words::{OptionalText, Size, Tone};
use crate::text::texts;

/// A short form or a confirmation over the page. Longer work is a page of its own.
///
/// A button with `opens=id` shows it; `open` renders it shown, for `?dialog=id` and for a form that was refused.
#[component]
pub fn Dialog(
    /// Its `id`.
    #[prop(into)]
    id: String,
    /// Verb and object, as on the button that opens it.
    #[prop(into)]
    title: String,
    /// A line below the title.
    #[prop(optional, into)]
    note: OptionalText,
    /// Small for confirmations, large for forms of two columns.
    #[prop(optional)]
    size: Size,
    /// Whether the server shows it.
    #[prop(optional)]
    open: bool,
    /// The page without the dialog; closes it where scripts do not run.
    #[prop(optional, into)]
    close_href: OptionalText,
    /// Whether a click beside it closes it: not where typed text would be lost.
    #[prop(default = true)]
    light: bool,
    /// [`DialogBody`] and [`DialogFoot`], or a form around both.
    children: Children,
) -> impl IntoView {
    let title_id = format!("{id}-title");
    let close = texts().get("ui-close");
    let close = match close_href.into_option().filter(|_| open) {
        Some(href) => view! {
            <a
                class="button icon-button close"
                data-variant="quiet"
                data-size="sm"
                href=href
                data-closes=id.clone()
                aria-label=close
            >
                <Icon name="x" />
            </a>
        }
        .into_any(),
        None => view! {
            <button
                type="button"
                class="button icon-button close"
                data-variant="quiet"
                data-size="sm"
                command="close"
                commandfor=id.clone()
                aria-label=close
            >
                <Icon name="x" />
            </button>
        }
        .into_any(),
    };
    view! {
        <dialog
            class="dialog"
            {..closed_by(light)}
            id=id
            data-size=size.attribute()
            open=open
            aria-labelledby=title_id
        >
            <div class="head">
                <div>
                    <h2 id=title_id.clone() dir="auto">{title}</h2>
                    {note.into_option().map(|note| view! { <p dir="auto">{note}</p> })}
                </div>
            </div>
            {children()}
            // Last, so that the first field, or else Cancel, gets the focus when the dialog opens.
            {close}
        </dialog>
    }
}

/// What closes a dialog besides its buttons: Esc always, a click beside it only where nothing typed is lost.
pub(super) fn closed_by(light: bool) -> CustomAttr<&'static str, &'static str> {
    custom_attribute("closedby", if light { "any" } else { "closerequest" })
}

/// The content of a dialog.
#[component]
pub fn DialogBody(
    /// Fields, or the words of a confirmation.
    children: Children,
) -> impl IntoView {
    view! { <div class="body form">{children()}</div> }
}

/// The buttons of a dialog: cancel first, the action last.
#[component]
pub fn DialogFoot(
    /// The `id` of the dialog that *Cancel* closes.
    #[prop(into)]
    id: String,
    /// What stands for *Cancel* where the action cancels something itself.
    #[prop(optional, into)]
    back: OptionalText,
    /// The action.
    children: Children,
) -> impl IntoView {
    let back = back.into_option().unwrap_or_else(|| texts().get("ui-cancel"));
    view! {
        <div class="foot">
            <button class="button" type="button" command="close" commandfor=id>
                {back}
            </button>
            {children()}
        </div>
    }
}

/// Where a menu opens, seen from its button.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Placement {
    /// Below, aligned with the button's end.
    #[default]
    End,
    /// Below, aligned with the button's start.
    Start,
    /// Above.
    Above,
}

/// Two or more secondary actions. A button with `menu=id` opens it. What destroys comes last, after a rule.
#[component]
pub fn Menu(
    /// Its `id`.
    #[prop(into)]
    id: String,
    /// Where it opens.
    #[prop(optional)]
    placement: Placement,
    /// Words above the entries.
    #[prop(optional, into)]
    title: OptionalText,
    /// [`MenuLink`]s, [`MenuButton`]s, [`MenuForm`]s and `<hr>`.
    children: Children,
) -> impl IntoView {
    let align = match placement {
        Placement::End => None,
        Placement::Start => Some("start"),
        Placement::Above => Some("above"),
    };
    view! {
        <div class="menu" id=id popover="" data-align=align>
            {title.into_option().map(|title| view! { <h3 dir="auto">{title}</h3> })}
            {children()}
        </div>
    }
}

/// An entry that leads somewhere.
#[component]
pub fn MenuLink(
    /// Where it leads.
    #[prop(into)]
    href: String,
    /// The words.
    #[prop(into)]
    text: String,
    /// The icon before them.
    icon: &'static str,
    /// A line that explains it.
    #[prop(optional, into)]
    note: OptionalText,
    /// Danger for the first step to what cannot be undone.
    #[prop(optional)]
    tone: Tone,
    /// The `id` of the dialog it opens without a request when scripts run.
    #[prop(optional, into)]
    opens: OptionalText,
) -> impl IntoView {
    view! {
        <a href=href data-variant=danger(tone) data-opens=opens.into_option()>
            <Icon name=icon />
            {entry_words(text, note)}
        </a>
    }
}

/// An entry that opens a dialog.
#[component]
pub fn MenuButton(
    /// The `id` of the dialog.
    #[prop(into)]
    opens: String,
    /// The words; an ellipsis when the dialog asks something.
    #[prop(into)]
    text: String,
    /// The icon before them.
    icon: &'static str,
    /// A line that explains it.
    #[prop(optional, into)]
    note: OptionalText,
    /// Danger for the first step to what cannot be undone.
    #[prop(optional)]
    tone: Tone,
) -> impl IntoView {
    view! {
        <button type="button" data-variant=danger(tone) command="show-modal" commandfor=opens>
            <Icon name=icon />
            {entry_words(text, note)}
        </button>
    }
}

/// An entry that acts at once: a form with one button.
#[component]
pub fn MenuForm(
    /// Where it posts to.
    #[prop(into)]
    action: String,
    /// The words.
    #[prop(into)]
    text: String,
    /// The icon before them.
    icon: &'static str,
    /// A line that explains it.
    #[prop(optional, into)]
    note: OptionalText,
    /// Danger for what is hard to undo.
    #[prop(optional)]
    tone: Tone,
    /// The values it sends.
    #[prop(optional)]
    values: Vec<(&'static str, String)>,
) -> impl IntoView {
    let values = values
        .into_iter()
        .map(|(name, value)| view! { <input type="hidden" name=name value=value /> });
    view! {
        <super::form::Form action>
            {values.collect_view()}
            <button data-variant=danger(tone)>
                <Icon name=icon />
                {entry_words(text, note)}
            </button>
        </super::form::Form>
    }
}

fn danger(tone: Tone) -> Option<&'static str> {
    (tone == Tone::Danger).then_some("danger")
}

fn entry_words(text: String, note: OptionalText) -> impl IntoView {
    view! {
        <span dir="auto">
            {text}
            {note.into_option().map(|note| view! { <small>{note}</small> })}
        </span>
    }
}
