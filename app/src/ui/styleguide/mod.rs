//! Every component in its states, for those who build pages. Its words are samples; only in development is it served.

mod forms;
mod lists;
mod marks;
mod messages;
mod pictures;

use http::StatusCode;
use leptos::prelude::*;
use leptos_meta::Title;
use portal::Portal;

use crate::page::error_page;

use super::{Account, Face, NavEntry, NavGroup, PageHead, Shell, Toast, Tone};

/// Every component and state on one page, for those who build pages; a production portal has no such page.
#[component]
pub fn StyleguidePage() -> impl IntoView {
    let production = use_context::<Portal>().is_none_or(|portal| portal.settings.is_production());
    if production {
        error_page(StatusCode::NOT_FOUND)
    } else {
        view! {
            <Title text="Design system" />
            <Styleguide />
        }
        .into_any()
    }
}

/// The whole design system on one page.
#[component]
pub fn Styleguide(
    /// Which face's shell surrounds it.
    #[prop(optional)]
    face: Face,
) -> impl IntoView {
    let account = Account {
        name: "Marta Soler".to_owned(),
        role: "Production lead".to_owned(),
        theme: "system",
        profile_href: "#".to_owned(),
        security_href: "#".to_owned(),
        preferences_action: "#".to_owned(),
        log_out_action: "#".to_owned(),
        here: "/styleguide".to_owned(),
        ..Account::default()
    };
    let lede = "Every component in its states. The interface is a viewing booth: neutral greys, so artwork, the \
                accent and status are the only colours.";
    view! {
        <Shell
            face
            brand="GelatoConnect"
            brand_line="Levante Press, Paterna"
            home="#"
            navigation=navigation()
            account
            search="#"
            find="#"
            slug=vec!["Levante Press".to_owned(), "Design system".to_owned()]
            as_of=("14:02:11 CET".to_owned(), "2026-11-21T13:02:11Z".to_owned())
            toast=Some(view! { <Toast text="Order LP-48213 put on hold" /> }.into_any())
        >
            <PageHead title="Design system" lede />
            {marks::statuses()}
            <div class="grid" data-min="lg" data-gap="6">
                {marks::buttons()}
                {forms::fields()}
                {messages::alerts()}
                {messages::loading()}
                {pictures::colours()}
                {pictures::sizes_of_type()}
                {pictures::artwork()}
                {pictures::icons()}
                {forms::choices()}
                {forms::passwords()}
                {pictures::charts()}
                {messages::sequence()}
            </div>
            {messages::production_line()} {messages::set_up()}
            {forms::refused()}
            {lists::table()}
            {messages::nothing()}
            {forms::confirmation()}
        </Shell>
    }
}

fn navigation() -> Vec<NavGroup> {
    let place = |label: &str, icon, key| NavEntry {
        label: label.to_owned(),
        href: "#".to_owned(),
        icon,
        key,
        ..NavEntry::default()
    };
    let waiting = |entry: NavEntry, count: &str, tone| NavEntry {
        count: count.into(),
        tone,
        ..entry
    };
    let settings = NavEntry {
        current: true,
        ..place("Settings", "settings", None)
    };
    let group = |title: &str, entries| NavGroup {
        title: title.into(),
        entries,
    };
    vec![
        group(
            "",
            vec![
                place("Customers", "customers", Some('c')),
                waiting(place("Orders", "orders", Some('o')), "7", Tone::Warning),
                place("Catalogue", "catalog", None),
                waiting(place("Activity", "activity", Some('a')), "3", Tone::Danger),
            ],
        ),
        group(
            "Connections",
            vec![
                place("Integrations", "integrations", Some('i')),
                place("Postbacks", "postbacks", None),
            ],
        ),
        group("Company", vec![place("Team", "team", None), settings]),
    ]
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rendered(face: Face) -> String {
        Owner::new().with(|| view! { <Styleguide face /> }.to_html())
    }

    #[test]
    fn no_component_writes_an_inline_style_or_script() {
        // The content security policy admits neither.
        for face in [Face::Console, Face::Storefronts] {
            let html = rendered(face);
            assert!(!html.contains(" style=") && !html.contains("<script") && !html.contains(" onclick="));
        }
    }

    #[test]
    fn no_two_elements_share_an_id() {
        let html = rendered(Face::Console);
        let mut ids: Vec<_> = html
            .split(" id=\"")
            .skip(1)
            .filter_map(|rest| rest.split('"').next())
            .collect();
        let all = ids.len();
        ids.sort_unstable();
        ids.dedup();
        assert_eq!(ids.len(), all);
    }

    #[test]
    fn every_label_and_description_points_at_an_element() {
        let html = rendered(Face::Console);
        for attribute in [
            " for=\"",
            " aria-describedby=\"",
            " aria-labelledby=\"",
            " commandfor=\"",
            " popovertarget=\"",
        ] {
            let values = html
                .split(attribute)
                .skip(1)
                .filter_map(|rest| rest.split('"').next());
            for id in values.flat_map(str::split_whitespace) {
                assert!(html.contains(&format!(" id=\"{id}\"")), "nothing has the id {id}");
            }
        }
    }
}
