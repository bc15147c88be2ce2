//! What people set about themselves.

use domain::{Language, Theme};

use super::*;
use crate::accounts::current::{Person, current};
use crate::accounts::profile::{ProfileForm, prefer, time_zones, update};
use crate::testing::on_both;

async fn person(portal: &Portal, user: UserId) -> Person {
    current(portal, user, None).await.unwrap().unwrap().person
}

#[tokio::test]
async fn name_language_time_zone_and_theme_are_saved_together() {
    on_both(async |portal| {
        let user = administrator(&portal).await.user;
        let form = ProfileForm {
            first_name: " Marta ".to_owned(),
            last_name: "Solér i Ñíguez".to_owned(),
            language: "en".to_owned(),
            time_zone: "america/mexico_city".to_owned(),
            theme: "dark".to_owned(),
        };
        update(&portal, user, form).await.unwrap();
        let saved = person(&portal, user).await;
        assert_eq!(saved.name(), "Marta Solér i Ñíguez");
        assert_eq!((saved.language, saved.theme), (Language::En, Theme::Dark));
        assert_eq!(saved.time_zone, "America/Mexico_City");
    })
    .await;
}

#[tokio::test]
async fn every_wrong_field_is_named_and_nothing_is_saved() {
    on_both(async |portal| {
        let user = administrator(&portal).await.user;
        let before = person(&portal, user).await;
        let form = ProfileForm {
            first_name: "x".repeat(300),
            last_name: String::new(),
            language: "fr".to_owned(),
            time_zone: "Europe/Atlantis".to_owned(),
            theme: "pink".to_owned(),
        };
        let refused = code(update(&portal, user, form).await);
        for field in [
            "first_name: ",
            "last_name: required",
            "language: unknown-choice",
            "time_zone: unknown-time-zone",
            "theme: unknown-choice",
        ] {
            assert!(refused.contains(field), "{refused}");
        }
        assert_eq!(person(&portal, user).await, before);
    })
    .await;
}

#[tokio::test]
async fn a_preference_leaves_the_other_as_it_is() {
    on_both(async |portal| {
        let user = administrator(&portal).await.user;
        prefer(&portal, user, None, Some(Theme::Dark)).await.unwrap();
        prefer(&portal, user, Some(Language::En), None).await.unwrap();
        let saved = person(&portal, user).await;
        assert_eq!((saved.language, saved.theme), (Language::En, Theme::Dark));
    })
    .await;
}

#[test]
fn time_zones_have_names_that_people_know() {
    let zones: Vec<&str> = time_zones().collect();
    for known in ["Europe/Madrid", "Atlantic/Canary", "America/Mexico_City", "UTC"] {
        assert!(zones.contains(&known), "{known}");
    }
    for alias in ["CET", "Asia/Calcutta", "US/Pacific"] {
        assert!(!zones.contains(&alias), "{alias}");
    }
}
