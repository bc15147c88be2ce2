//! Print areas: where a product is printed, and what a file for it must be like.

use serde::{Deserialize, Serialize};

use super::{Length, Size};
use crate::word::words;
use crate::{CatalogueKey, FieldProblems, Language, Problem, ProductName};

words! {
    /// A format of design files.
    pub enum FileFormat {
        /// PDF.
        Pdf = "pdf", "pdf";
        /// PNG.
        Png = "png", "png";
        /// JPEG.
        Jpeg = "jpeg", "jpeg";
        /// TIFF.
        Tiff = "tiff", "tiff";
    }
}

/// Where a product is printed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PrintArea {
    /// Stable key: what `designFileUrl:<key>` names in a CSV.
    pub key: CatalogueKey,
    /// Name in English.
    pub name_en: ProductName,
    /// Name in Spanish.
    pub name_es: ProductName,
    /// Size after trimming.
    pub trim: Size,
    /// What is printed beyond the trim on each side.
    pub bleed: Length,
    /// The least resolution of images, in dots per inch.
    pub min_resolution_dpi: i64,
    /// Pages a file must have.
    pub page_count: i64,
    /// Formats a file may have; at least one.
    pub formats: Vec<FileFormat>,
}

/// A print area as it was typed. Fields are named as form controls are.
#[derive(Clone, Copy, Debug, Default)]
pub struct RawPrintArea<'a> {
    /// Control `key`; empty: made of the English name.
    pub key: &'a str,
    /// Control `name_en`.
    pub name_en: &'a str,
    /// Control `name_es`.
    pub name_es: &'a str,
    /// Control `size`: `297 x 420 mm`.
    pub size: &'a str,
    /// Control `bleed`; empty: none.
    pub bleed: &'a str,
    /// Control `min_resolution_dpi`; empty: 150.
    pub min_resolution_dpi: &'a str,
    /// Control `page_count`; empty: 1.
    pub page_count: &'a str,
    /// Control `formats`: comma-separated; empty: PDF.
    pub formats: &'a str,
}

impl PrintArea {
    /// Reads a print area.
    ///
    /// # Errors
    ///
    /// The problem of each field, under the field's name.
    pub fn parse(raw: &RawPrintArea<'_>) -> Result<Self, FieldProblems> {
        let mut problems = FieldProblems::new();
        let name_en = problems.take("name_en", ProductName::parse(raw.name_en));
        let name_es = problems.take("name_es", ProductName::parse(raw.name_es));
        let key = match (raw.key.trim(), &name_en) {
            ("", Some(name)) => problems.take("key", CatalogueKey::of_name(name.as_str())),
            ("", None) => None,
            (key, _) => problems.take("key", CatalogueKey::parse(key)),
        };
        let trim = problems.take("size", Size::parse(raw.size));
        let bleed = problems.take("bleed", bleed(raw.bleed));
        let resolution = problems.take(
            "min_resolution_dpi",
            number(raw.min_resolution_dpi, 150, 36, 2400),
        );
        let page_count = problems.take("page_count", number(raw.page_count, 1, 1, 2000));
        let formats = problems.take("formats", formats(raw.formats));
        match (
            key, name_en, name_es, trim, bleed, resolution, page_count, formats,
        ) {
            (
                Some(key),
                Some(name_en),
                Some(name_es),
                Some(trim),
                Some(bleed),
                Some(min_resolution_dpi),
                Some(page_count),
                Some(formats),
            ) => Ok(Self {
                key,
                name_en,
                name_es,
                trim,
                bleed,
                min_resolution_dpi,
                page_count,
                formats,
            }),
            _ => Err(problems),
        }
    }

    /// The name in `language`.
    pub fn name(&self, language: Language) -> &ProductName {
        match language {
            Language::En => &self.name_en,
            Language::Es => &self.name_es,
        }
    }

    /// The size of a file with bleed on every side.
    pub fn size_with_bleed(&self) -> Size {
        let grown = |side: Length| Length::from_um(side.um() + 2 * self.bleed.um());
        Size {
            width: grown(self.trim.width),
            height: grown(self.trim.height),
        }
    }
}

fn bleed(raw: &str) -> Result<Length, Problem> {
    let bleed = if raw.trim().is_empty() {
        Length::ZERO
    } else {
        Length::parse(raw)?
    };
    // More than five centimetres is a slip: a size typed into the wrong field, or centimetres for millimetres.
    if bleed.um() > 50_000 {
        Err(Problem::new("invalid-length"))
    } else {
        Ok(bleed)
    }
}

fn number(raw: &str, default: i64, min: i64, max: i64) -> Result<i64, Problem> {
    let out_of_range = || {
        Problem::new("number-out-of-range")
            .with("min", min)
            .with("max", max)
    };
    let number = if raw.trim().is_empty() {
        default
    } else {
        raw.trim().parse().map_err(|_| out_of_range())?
    };
    if (min..=max).contains(&number) {
        Ok(number)
    } else {
        Err(out_of_range())
    }
}

fn formats(raw: &str) -> Result<Vec<FileFormat>, Problem> {
    let mut formats = Vec::new();
    for typed in raw
        .split(',')
        .map(|typed| typed.trim().to_lowercase())
        .filter(|typed| !typed.is_empty())
    {
        let format = match typed.as_str() {
            "jpg" => FileFormat::Jpeg,
            "tif" => FileFormat::Tiff,
            other => other
                .parse()
                .map_err(|_| Problem::new("unknown-file-format").with("format", other))?,
        };
        if !formats.contains(&format) {
            formats.push(format);
        }
    }
    Ok(if formats.is_empty() {
        vec![FileFormat::Pdf]
    } else {
        formats
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::word::assert_words;

    #[test]
    fn what_is_left_out_has_a_usual_value() {
        let raw = RawPrintArea {
            name_en: "Front side",
            name_es: "Anverso",
            size: "10x10",
            ..RawPrintArea::default()
        };
        let area = PrintArea::parse(&raw).unwrap();
        assert_eq!(area.key.as_str(), "front-side");
        assert_eq!(
            (area.bleed, area.min_resolution_dpi, area.page_count),
            (Length::ZERO, 150, 1)
        );
        assert_eq!(area.formats, [FileFormat::Pdf]);
    }

    #[test]
    fn every_field_tells_its_own_problem() {
        let raw = RawPrintArea {
            bleed: "80",
            page_count: "none",
            formats: "docx",
            ..RawPrintArea::default()
        };
        let problems = PrintArea::parse(&raw).unwrap_err();
        let found: Vec<_> = problems
            .iter()
            .map(|(field, problem)| format!("{field} {problem}"))
            .collect();
        assert_eq!(
            found,
            [
                "name_en required",
                "name_es required",
                "size required",
                "bleed invalid-length",
                "page_count number-out-of-range",
                "formats unknown-file-format",
            ]
        );
        assert_words!(FileFormat);
    }
}
