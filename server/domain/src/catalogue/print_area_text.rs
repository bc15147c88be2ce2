//! Print areas in one cell of a spreadsheet or one field of a form.

use super::encoding::{Named, misplaced, split};
use super::option::check_keys;
use super::{PrintArea, RawPrintArea};
use crate::Problem;

/// Reads the print areas of a product from one text:
/// `front(Front/Anverso) 297 x 420 mm bleed 3 mm 300 dpi 1p pdf,png; back …`. Bleed, resolution, pages and formats
/// may be left out.
///
/// # Errors
///
/// `unreadable-part` naming the `part`; `duplicate-key` naming the `key`; the first problem of a print area.
pub fn parse_print_areas(text: &str) -> Result<Vec<PrintArea>, Problem> {
    let parts = split(text, ';')
        .into_iter()
        .filter(|part| !part.trim().is_empty());
    let areas = parts.map(parse_print_area).collect::<Result<Vec<_>, _>>()?;
    check_keys(areas.iter().map(|area| &area.key))?;
    Ok(areas)
}

fn parse_print_area(part: &str) -> Result<PrintArea, Problem> {
    // The name ends where the first word begins that could start a size.
    let words = split(part.trim(), ' ');
    let is_number = |word: &&str| word.starts_with(|c: char| c.is_ascii_digit()) && !word.contains('(');
    let named = words.iter().position(is_number).ok_or_else(|| misplaced(part))?;
    let Named {
        key,
        name_en,
        name_es,
    } = Named::parse(&words[..named].join(" "))?;
    let rest = words[named..].concat().to_lowercase().replace('×', "x");
    let (size, rest) = rest.split_at(rest.find("bleed").unwrap_or_else(|| end_of_size(&rest)));
    let (bleed, rest) = match rest.strip_prefix("bleed") {
        Some(rest) => rest.split_at(end_of_length(rest)),
        None => ("", rest),
    };
    let (dpi, rest) = rest.split_once("dpi").unwrap_or(("", rest));
    let digits = rest.len() - rest.trim_start_matches(|c: char| c.is_ascii_digit()).len();
    let (pages, rest) = rest.split_at(digits);
    let formats = rest
        .strip_prefix(if digits > 0 { "p" } else { "" })
        .ok_or_else(|| misplaced(part))?;
    let raw = RawPrintArea {
        key: key.as_str(),
        name_en: name_en.as_str(),
        name_es: name_es.as_str(),
        size,
        bleed,
        min_resolution_dpi: dpi,
        page_count: pages,
        formats,
    };
    PrintArea::parse(&raw).map_err(|problems| {
        let first = problems.iter().next().map(|(_, problem)| problem.clone());
        first.unwrap_or_else(|| misplaced(part))
    })
}

/// Where `297x420mm…` ends: after the second length.
fn end_of_size(text: &str) -> usize {
    text.find('x')
        .map_or(text.len(), |at| at + 1 + end_of_length(&text[at + 1..]))
}

/// Where `3mm…` ends: after the number and its unit.
fn end_of_length(text: &str) -> usize {
    let unit = text.trim_start_matches(|c: char| c.is_ascii_digit() || c == '.' || c == ',');
    let known = ["mm", "cm", "in", "m"]
        .iter()
        .find(|known| unit.starts_with(**known));
    text.len() - unit.len() + known.map_or(0, |known| known.len())
}

/// Writes print areas so that [`parse_print_areas`] reads them back.
pub fn write_print_areas(areas: &[PrintArea]) -> String {
    let written = areas.iter().map(|area| {
        let mut name = Named::write(&area.key, &area.name_en, &area.name_es);
        // A name alone must not be taken for the size that follows it.
        if !name.contains('(')
            && name
                .split(' ')
                .any(|word| word.is_empty() || word.as_bytes()[0].is_ascii_digit())
        {
            name = format!("{}({name})", area.key);
        }
        let formats: Vec<_> = area.formats.iter().map(|format| format.as_str()).collect();
        format!(
            "{name} {}x{}mm bleed {}mm {}dpi {}p {}",
            area.trim.width.millimetres(),
            area.trim.height.millimetres(),
            area.bleed.millimetres(),
            area.min_resolution_dpi,
            area.page_count,
            formats.join(",")
        )
    });
    written.collect::<Vec<_>>().join("; ")
}

#[cfg(test)]
pub(crate) mod tests {
    use proptest::prelude::*;
    use proptest::sample::subsequence;

    use super::super::encoding::tests::any_named;
    use super::*;
    use crate::Language;
    use crate::catalogue::{FileFormat, Length, Size};

    pub(crate) fn any_areas() -> impl Strategy<Value = Vec<PrintArea>> {
        let side = || (1_i64..=10_000_000).prop_map(Length::from_um);
        let numbers = (0_i64..=50_000, 36_i64..=2400, 1_i64..=2000);
        let formats = subsequence(FileFormat::ALL, 1..=4);
        let area = (any_named(), side(), side(), numbers, formats).prop_map(
            |(named, width, height, numbers, formats)| {
                let (bleed, min_resolution_dpi, page_count) = numbers;
                let Named {
                    key,
                    name_en,
                    name_es,
                } = named;
                let trim = Size { width, height };
                let bleed = Length::from_um(bleed);
                PrintArea {
                    key,
                    name_en,
                    name_es,
                    trim,
                    bleed,
                    min_resolution_dpi,
                    page_count,
                    formats,
                }
            },
        );
        prop::collection::vec(area, 0..4).prop_filter("keys twice", |areas| {
            check_keys(areas.iter().map(|area| &area.key)).is_ok()
        })
    }

    #[test]
    fn print_areas_are_read_as_people_write_them() {
        let text = "front(Front/Anverso) 297 x 420 mm bleed 3 mm 300 dpi 2p pdf,jpg; Back cover 29,7x42cm";
        let areas = parse_print_areas(text).unwrap();
        assert_eq!(areas[0].name(Language::Es).as_str(), "Anverso");
        assert_eq!(areas[0].size_with_bleed().to_string(), "303 x 426 mm");
        assert_eq!((areas[0].min_resolution_dpi, areas[0].page_count), (300, 2));
        assert_eq!(areas[0].formats, [FileFormat::Pdf, FileFormat::Jpeg]);
        assert_eq!(
            (areas[1].key.as_str(), areas[1].trim),
            ("back-cover", areas[0].trim)
        );
        assert_eq!((areas[1].bleed, areas[1].min_resolution_dpi), (Length::ZERO, 150));
        assert_eq!(
            write_print_areas(&areas[..1]),
            "front(Front/Anverso) 297x420mm bleed 3mm 300dpi 2p pdf,jpeg"
        );
    }

    #[test]
    fn what_cannot_be_read_is_named() {
        let code = |text| parse_print_areas(text).unwrap_err().code;
        assert_eq!(code("front"), "unreadable-part");
        assert_eq!(code("front 297mm"), "invalid-size");
        assert_eq!(code("front 10x10mm bleed 80mm"), "invalid-length");
        assert_eq!(code("front 10x10mm 9dpi"), "number-out-of-range");
        assert_eq!(code("front 10x10mm 300dpi 1p docx"), "unknown-file-format");
        assert_eq!(code("front 10x10mm; Front 20x20mm"), "duplicate-key");
        assert_eq!(code("10x10mm"), "required");
    }

    proptest! {
        #[test]
        fn what_is_written_reads_back(areas in any_areas()) {
            let text = write_print_areas(&areas);
            prop_assert_eq!(parse_print_areas(&text), Ok(areas), "{}", text);
        }
    }
}
