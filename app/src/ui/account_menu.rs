//! The foot of the sidebar: who is logged in, language, appearance, profile, security, log out.

use leptos::prelude::*;

use super::dialog::{Menu, MenuButton, MenuLink, Placement};
use super::icon::Icon;
use super::words::initials;
use crate::text::texts;

/// The person logged in and where the entries of the menu lead.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Account {
    /// The person's name.
    pub name: String,
    /// The person's role, in words.
    pub role: String,
    /// Whether they look at somebody else's portal: what is their own is not shown there.
    pub looks_on: bool,
    /// `system`, `light` or `dark`.
    pub theme: &'static str,
    /// The page of the person's own settings.
    pub profile_href: String,
    /// The page of what lets the person in.
    pub security_href: String,
    /// Takes `language` or `theme`, and `next`: the page to come back to.
    pub preferences_action: String,
    /// Ends the session.
    pub log_out_action: String,
    /// Path and query of the page shown.
    pub here: String,
    /// The customers somebody of several can work for instead, each with its id and name.
    pub other_customers: Vec<(String, String)>,
    /// Takes `customer`, and `next`: the page to go on to.
    pub choose_customer_action: String,
}

/// The button with the person's name and the menu above it.
#[component]
pub(super) fn AccountMenu(account: Account) -> impl IntoView {
    let t = texts();
    let title = t.with(
        "ui-logged-in-as",
        [
            ("name", account.name.clone().into()),
            ("role", account.role.clone().into()),
        ],
    );
    view! {
        <div class="sidebar-foot">
            <button class="account" type="button" popovertarget="account-menu">
                <span class="avatar" aria-hidden="true">{initials(&account.name)}</span>
                <span>
                    <b class="truncate" dir="auto">{account.name.clone()}</b>
                    <small>{account.role.clone()}</small>
                </span>
                <Icon name="more" />
            </button>
            <Menu id="account-menu" placement=Placement::Above title>
                {(!account.looks_on).then(|| view! { <Own account=account.clone() /> })}
                {(!account.other_customers.is_empty()).then(|| view! { <Customers account=account.clone() /> })}
                <MenuButton opens="shortcuts" text=t.get("ui-keyboard") icon="help" />
                <hr />
                <form method="post" action=account.log_out_action>
                    <button>
                        <Icon name="logout" />
                        {t.get("ui-log-out")}
                    </button>
                </form>
            </Menu>
        </div>
    }
}

/// What is the person's own.
#[component]
fn Own(account: Account) -> impl IntoView {
    let t = texts();
    view! {
        <MenuLink href=account.profile_href.clone() text=t.get("ui-profile") icon="settings" />
        <MenuLink href=account.security_href.clone() text=t.get("ui-security") icon="lock" />
        <Language account=account.clone() />
        <Appearance account=account.clone() />
    }
}

/// Switches to another customer. Its start page follows: what this page shows is of the one before.
#[component]
fn Customers(account: Account) -> impl IntoView {
    let t = texts();
    let choices = account.other_customers.into_iter().map(|(id, name)| {
        view! {
            <button name="customer" value=id>
                <Icon name="customers" />
                <span dir="auto">{name}</span>
            </button>
        }
    });
    view! {
        <hr />
        <h3>{t.get("ui-switch-customer")}</h3>
        <form method="post" action=account.choose_customer_action>
            <input type="hidden" name="next" value="/storefronts" />
            {choices.collect_view()}
        </form>
        <hr />
    }
}

/// The languages the portal speaks, each named in itself.
const LANGUAGES: [(&str, &str); 2] = [("en", "English"), ("es", "Español")];

/// Languages are named in themselves.
#[component]
fn Language(account: Account) -> impl IntoView {
    let t = texts();
    let current = t.language.as_str();
    let choices = LANGUAGES.map(|(code, name)| {
        view! {
            <button class="button" data-size="sm" name="language" value=code lang=code aria-pressed=pressed(code == current)>
                {name}
            </button>
        }
    });
    view! {
        <form method="post" action=account.preferences_action>
            <input type="hidden" name="next" value=account.here />
            <div class="button-group" role="group" aria-label=t.get("ui-language")>
                {choices.into_iter().collect_view()}
            </div>
        </form>
    }
}

#[component]
fn Appearance(account: Account) -> impl IntoView {
    let t = texts();
    let choices = [
        ("system", "ui-theme-system"),
        ("light", "ui-theme-light"),
        ("dark", "ui-theme-dark"),
    ];
    let choices = choices.map(|(theme, key)| {
        view! {
            <button class="button" data-size="sm" name="theme" value=theme aria-pressed=pressed(theme == account.theme)>
                {t.get(key)}
            </button>
        }
    });
    view! {
        <form method="post" action=account.preferences_action>
            <input type="hidden" name="next" value=account.here />
            <div class="button-group" role="group" aria-label=t.get("ui-appearance")>
                {choices.into_iter().collect_view()}
            </div>
        </form>
    }
}

const fn pressed(chosen: bool) -> &'static str {
    if chosen { "true" } else { "false" }
}
