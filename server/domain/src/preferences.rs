//! How somebody wants to see the portal: language, theme, time zone.

use crate::Problem;
use crate::text::{line, text_newtypes};
use crate::word::words;

words! {
    /// The languages of the portal.
    pub enum Language {
        /// English.
        En = "en", "en";
        /// Spanish.
        Es = "es", "es";
    }
}

words! {
    /// Light or dark.
    pub enum Theme {
        /// As the operating system says.
        System = "system", "system";
        /// Always light.
        Light = "light", "light";
        /// Always dark.
        Dark = "dark", "dark";
    }
}

text_newtypes! {
    /// An IANA time zone name such as `Europe/Madrid`. Only its shape is checked here; whether the zone exists is
    /// for those who hold the time zone database.
    TimeZoneName, time_zone, 64;
}

impl Language {
    /// The language of ours that a browser prefers, by its `Accept-Language` header (RFC 9110 §12.5.4).
    pub fn from_accept_language(header: &str) -> Option<Self> {
        let mut best: Option<(Self, f32)> = None;
        for range in header.split(',') {
            let mut parts = range.split(';').map(str::trim);
            let tag = parts.next().unwrap_or_default();
            let quality = parts
                .find_map(|part| part.strip_prefix("q="))
                .map_or(1.0, |q| q.parse().unwrap_or(0.0_f32));
            let Ok(language) = tag
                .split('-')
                .next()
                .unwrap_or_default()
                .to_ascii_lowercase()
                .parse()
            else {
                continue;
            };
            if quality > best.map_or(0.0, |(_, q)| q) {
                best = Some((language, quality));
            }
        }
        best.map(|(language, _)| language)
    }
}

fn time_zone(raw: &str, max: usize) -> Result<String, Problem> {
    let text = line(raw, max)?;
    let is_part = |part: &str| {
        !part.is_empty()
            && part
                .bytes()
                .all(|b| b.is_ascii_alphanumeric() || b"_+-".contains(&b))
    };
    if text.split('/').count() <= 3 && text.split('/').all(is_part) {
        Ok(text)
    } else {
        Err(Problem::new("unknown-time-zone"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_browser_gets_the_language_it_likes_best() {
        let pick = Language::from_accept_language;
        assert_eq!(pick("es-ES,es;q=0.9,en;q=0.8"), Some(Language::Es));
        assert_eq!(pick("en;q=0.5, es;q=0.7"), Some(Language::Es));
        assert_eq!(pick("fr, EN-gb;q=0.3"), Some(Language::En));
        assert_eq!(pick("es;q=0, de"), None);
        assert_eq!(pick("*"), None);
        assert_eq!(pick(""), None);
    }

    #[test]
    fn time_zones_look_like_zone_names() {
        for zone in [
            "UTC",
            "Europe/Madrid",
            "America/Argentina/Buenos_Aires",
            "Etc/GMT+5",
        ] {
            assert!(TimeZoneName::parse(zone).is_ok(), "{zone}");
        }
        for odd in ["../etc/passwd", "Europe/", "a b", "a/b/c/d"] {
            assert_eq!(
                TimeZoneName::parse(odd).unwrap_err().code,
                "unknown-time-zone",
                "{odd}"
            );
        }
    }
}
