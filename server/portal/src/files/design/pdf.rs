//! Designs in PDF: pages and their size.

use std::path::Path;

use domain::ReasonCode;
use domain::catalogue::PrintArea;
use lopdf::{Dictionary, Document, LoadOptions, Object, ObjectId};
use tokio::sync::Semaphore;

use super::shape::{Shape, cut_off, shape, turned_like};
use super::{DesignCheck, Severity};

/// One document is read at a time: each is in memory as a whole while its structure is looked at.
pub(super) static READERS: Semaphore = Semaphore::const_new(1);

/// The most bytes a compressed part of the structure may unpack to. Whole books stay far below; bombs do not.
const MAX_UNPACKED: usize = 8 * 1024 * 1024;

/// How far up the page tree a size may be inherited from.
const MAX_DEPTH: usize = 32;

/// Micrometres in a point, the unit of PDF: 1/72 inch.
const POINT_UM: f64 = 25_400.0 / 72.0;

/// How far a page may be from the size asked for, in micrometres: software rounds.
const TOLERANCE_UM: f64 = 1_000.0;

/// Checks a document by its number of pages and the size of the first.
pub(super) fn check(path: &Path, area: &PrintArea) -> DesignCheck {
    let Some(document) = load(path) else {
        return DesignCheck::refused(ReasonCode::DesignDamaged);
    };
    let pages = document.get_pages();
    let first = pages
        .values()
        .next()
        .and_then(|id| document.get_dictionary(*id).ok());
    match first.and_then(|page| Page::measure(&document, page)) {
        Some(page) => judge(pages.len(), page, area),
        None => DesignCheck::refused(ReasonCode::DesignDamaged),
    }
}

/// Reads the structure of the document: what is drawn on the pages stays outside.
fn load(path: &Path) -> Option<Document> {
    let options = LoadOptions {
        filter: Some(keep_structure),
        max_decompressed_size: Some(MAX_UNPACKED),
        ..LoadOptions::default()
    };
    Document::load_with_options(path, options)
        .inspect_err(|error| tracing::debug!(%error, "a PDF could not be read"))
        .ok()
}

/// Keeps page tree, pages and the numbers they refer to; the reader goes on with `object`, so it is copied.
fn keep_structure(id: ObjectId, object: &mut Object) -> Option<(ObjectId, Object)> {
    let keep = match object {
        // Parts of the structure may be packed into such streams; all other streams are content.
        Object::Stream(stream) => stream.dict.has_type(b"ObjStm"),
        Object::Dictionary(dictionary) => match dictionary.get_type() {
            Ok(kind) => matches!(kind, b"Catalog" | b"Pages" | b"Page"),
            Err(_) => dictionary.has(b"Kids") || dictionary.has(b"MediaBox"),
        },
        Object::Array(_) | Object::Integer(_) | Object::Real(_) | Object::Reference(_) => true,
        _ => false,
    };
    keep.then(|| (id, object.clone()))
}

/// The size of a page in micrometres.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Page {
    /// The sheet.
    media: Shape,
    /// The finished print, when the document says it.
    trim: Option<Shape>,
}

impl Page {
    fn measure(document: &Document, page: &Dictionary) -> Option<Self> {
        let unit = page
            .get(b"UserUnit")
            .and_then(Object::as_float)
            .map_or(1.0, f64::from);
        let media = size(document, inherited(document, page, b"MediaBox")?, unit)?;
        let trim = page
            .get(b"TrimBox")
            .ok()
            .and_then(|trim| size(document, trim, unit));
        Some(Self { media, trim })
    }
}

fn inherited<'d>(document: &'d Document, page: &'d Dictionary, key: &[u8]) -> Option<&'d Object> {
    let mut level = page;
    for _ in 0..MAX_DEPTH {
        if let Ok(found) = level.get(key) {
            return Some(found);
        }
        let parent = level.get(b"Parent").ok()?.as_reference().ok()?;
        level = document.get_dictionary(parent).ok()?;
    }
    None
}

/// Width and height of a rectangle given by two corners.
fn size(document: &Document, rectangle: &Object, unit: f64) -> Option<Shape> {
    let (_, rectangle) = document.dereference(rectangle).ok()?;
    let corners: Vec<f64> = rectangle
        .as_array()
        .ok()?
        .iter()
        .filter_map(|number| {
            document
                .dereference(number)
                .ok()?
                .1
                .as_float()
                .ok()
                .map(f64::from)
        })
        .collect();
    let [left, bottom, right, top] = corners[..] else {
        return None;
    };
    let size = [right - left, top - bottom].map(|length| length.abs() * unit * POINT_UM);
    // A millimetre to a hundred metres; everything else, also what is not a number, is no page.
    size.iter()
        .all(|length| (1e3..1e8).contains(length))
        .then_some(size)
}

fn judge(pages: usize, page: Page, area: &PrintArea) -> DesignCheck {
    let mut check = DesignCheck::default();
    let shown = page.trim.unwrap_or(page.media);
    #[expect(clippy::cast_possible_truncation, reason = "below 1e8, see `size`")]
    let [width, height] = shown.map(|length| length.round() as i64);
    check.measured.width_um = Some(width);
    check.measured.height_um = Some(height);
    check.measured.pages = Some(u32::try_from(pages).unwrap_or(u32::MAX));
    if i64::try_from(pages) != Ok(area.page_count) {
        let arguments = [("pages", pages.into()), ("expected", area.page_count.into())];
        check.find(Severity::Error, ReasonCode::DesignWrongPageCount, arguments);
    }
    let (trim, bleed) = (shape(area.trim), shape(area.size_with_bleed()));
    let trimmed = page.trim.is_some_and(|trim_box| matches(trim_box, trim)) && covers(page.media, bleed);
    if !trimmed && !matches(page.media, bleed) {
        let turned = turned_like(shown, trim);
        let cut_off = cut_off(turned, trim).min(cut_off(turned, bleed));
        // The right shape in another size, or without bleed: it will be scaled, which a person may want to know.
        check.judge_proportions(area, cut_off.max(0.03));
    }
    check
}

fn matches(size: Shape, wanted: Shape) -> bool {
    let size = turned_like(size, wanted);
    (size[0] - wanted[0]).abs() <= TOLERANCE_UM && (size[1] - wanted[1]).abs() <= TOLERANCE_UM
}

fn covers(size: Shape, wanted: Shape) -> bool {
    let size = turned_like(size, wanted);
    size[0] >= wanted[0] - TOLERANCE_UM && size[1] >= wanted[1] - TOLERANCE_UM
}

#[cfg(test)]
mod tests {
    use std::fs;

    use lopdf::{Stream, dictionary};

    use super::super::tests::postcard;
    use super::*;

    /// A document of `pages` pages, its boxes in millimetres, and the id of its page tree.
    fn document(pages: usize, media: [f32; 2], trim: Option<[f32; 4]>) -> (Document, ObjectId) {
        let points = |mm: f32| Object::Real(mm / 25.4 * 72.0);
        let mut document = Document::with_version("1.7");
        let tree = document.new_object_id();
        let kids: Vec<Object> = (0..pages)
            .map(|_| {
                let content = document.add_object(Stream::new(dictionary! {}, b"0 0 m".to_vec()));
                let mut page = dictionary! { "Type" => "Page", "Parent" => tree, "Contents" => content };
                if let Some(trim) = trim {
                    page.set("TrimBox", trim.map(points).to_vec());
                }
                document.add_object(page).into()
            })
            .collect();
        let pages = dictionary! {
            "Type" => "Pages",
            "Count" => i64::try_from(pages).unwrap(),
            "Kids" => kids,
            "MediaBox" => vec![0.into(), 0.into(), points(media[0]), points(media[1])],
        };
        document.objects.insert(tree, pages.into());
        let catalog = document.add_object(dictionary! { "Type" => "Catalog", "Pages" => tree });
        document.trailer.set("Root", catalog);
        (document, tree)
    }

    fn written((mut document, _): (Document, ObjectId), modern: bool) -> Vec<u8> {
        let mut bytes = Vec::new();
        if modern {
            document.save_modern(&mut bytes)
        } else {
            document.save_to(&mut bytes)
        }
        .unwrap();
        bytes
    }

    fn checked(bytes: &[u8]) -> DesignCheck {
        let directory = tempfile::tempdir().unwrap();
        let path = directory.path().join("design");
        fs::write(&path, bytes).unwrap();
        check(&path, &postcard("pdf"))
    }

    #[test]
    fn pages_of_the_right_size_pass() {
        for modern in [false, true] {
            for (media, trim) in [
                ([154.0, 111.0], None),
                ([111.0, 154.0], None),
                ([154.4, 110.6], None),
                ([154.0, 111.0], Some([3.0, 3.0, 151.0, 108.0])),
                ([180.0, 140.0], Some([16.0, 17.0, 164.0, 122.0])),
            ] {
                let check = checked(&written(document(1, media, trim), modern));
                assert_eq!(check.findings, [], "{media:?} {trim:?} {check:?}");
                assert_eq!(check.measured.pages, Some(1));
            }
        }
    }

    #[test]
    fn the_size_shown_is_that_of_the_finished_print() {
        let check = checked(&written(
            document(1, [154.0, 111.0], Some([3.0, 3.0, 151.0, 108.0])),
            false,
        ));
        let size = [check.measured.width_um, check.measured.height_um];
        assert_eq!(size.map(|length| (length.unwrap() + 500) / 1000), [148, 105]);
    }

    #[test]
    fn other_sizes_are_found() {
        let no_bleed = checked(&written(document(1, [148.0, 105.0], None), false));
        assert_eq!(
            (no_bleed.refusal(), no_bleed.findings[0].severity),
            (None, Severity::Warning)
        );
        let larger = checked(&written(document(1, [296.0, 210.0], None), false));
        assert_eq!(
            (larger.refusal(), larger.findings[0].severity),
            (None, Severity::Warning)
        );
        let square = checked(&written(document(1, [200.0, 200.0], None), false));
        assert_eq!(square.refusal(), Some(ReasonCode::DesignWrongSize));
    }

    #[test]
    fn the_number_of_pages_must_agree() {
        let check = checked(&written(document(3, [154.0, 111.0], None), true));
        assert_eq!(check.refusal(), Some(ReasonCode::DesignWrongPageCount));
        assert_eq!(check.measured.pages, Some(3));
    }

    #[test]
    fn damaged_documents_are_refused() {
        let whole = written(document(1, [154.0, 111.0], None), false);
        let (mut circle, tree) = document(0, [154.0, 111.0], None);
        let own_child =
            dictionary! { "Type" => "Pages", "Count" => 1, "Kids" => vec![tree.into()], "Parent" => tree };
        circle.objects.insert(tree, own_child.into());
        let cases = [
            b"%PDF-1.7".to_vec(),
            b"%PDF-1.7\n%%EOF".to_vec(),
            whole[..whole.len() / 3].to_vec(),
            written((circle, tree), false),
            written(document(0, [154.0, 111.0], None), false),
            written(document(1, [0.0, 111.0], None), false),
            written(document(1, [f32::MAX, 111.0], None), false),
        ];
        for bytes in cases {
            assert_eq!(checked(&bytes).refusal(), Some(ReasonCode::DesignDamaged));
        }
    }

    #[test]
    fn a_bomb_in_the_structure_is_refused() {
        let (mut bomb, tree) = document(1, [154.0, 111.0], None);
        let blanks = vec![b' '; MAX_UNPACKED + 1];
        // The writer leaves out object streams of others, so it gets another name until the document is written.
        let mut stream = Stream::new(dictionary! { "Type" => "ObjBom", "N" => 1, "First" => 4 }, blanks);
        stream.compress().unwrap();
        assert!(stream.content.len() < 100_000);
        bomb.add_object(stream);
        let mut bytes = written((bomb, tree), false);
        let name = bytes.windows(6).position(|window| window == b"ObjBom").unwrap();
        bytes[name..name + 6].copy_from_slice(b"ObjStm");
        assert_eq!(checked(&bytes).refusal(), Some(ReasonCode::DesignDamaged));
    }
}
