//! Designs of pixels: PNG, JPEG, TIFF.

use std::path::Path;

use domain::ReasonCode;
use domain::catalogue::PrintArea;

use super::shape::{cut_off, shape, turned_like};
use super::{DesignCheck, Severity};

/// Micrometres in an inch.
const INCH_UM: f64 = 25_400.0;

/// More pixels than any press resolves; a file that claims more is a bomb for whoever opens it.
const MAX_PIXELS: u64 = 1_000_000_000;

/// Checks an image by the size its header states. Pixels are not decoded.
pub(super) fn check(path: &Path, area: &PrintArea) -> DesignCheck {
    let size = imagesize::size(path).ok();
    let size =
        size.and_then(|size| Some((u32::try_from(size.width).ok()?, u32::try_from(size.height).ok()?)));
    match size {
        None | Some((0, _) | (_, 0)) => DesignCheck::refused(ReasonCode::DesignDamaged),
        Some((width, height)) if u64::from(width) * u64::from(height) > MAX_PIXELS => {
            DesignCheck::refused(ReasonCode::DesignTooLarge)
        }
        Some((width, height)) => judge(width, height, area),
    }
}

fn judge(width: u32, height: u32, area: &PrintArea) -> DesignCheck {
    let mut check = DesignCheck::default();
    let wanted = shape(area.size_with_bleed());
    let pixels = turned_like([width.into(), height.into()], wanted);
    let dpi = (pixels[0] * INCH_UM / wanted[0]).min(pixels[1] * INCH_UM / wanted[1]);
    // A millionth more keeps a file made for exactly the minimum on the right side of rounding.
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "positive; saturates by definition"
    )]
    let dpi = (dpi * 1.000_001) as u32;
    check.measured.width_px = Some(width);
    check.measured.height_px = Some(height);
    check.measured.dpi = Some(dpi);
    if i64::from(dpi) < area.min_resolution_dpi {
        let arguments = [
            ("dpi", i64::from(dpi).into()),
            ("minimum", area.min_resolution_dpi.into()),
        ];
        check.find(Severity::Error, ReasonCode::DesignLowResolution, arguments);
    }
    if area.page_count > 1 {
        let arguments = [("pages", 1_i64.into()), ("expected", area.page_count.into())];
        check.find(Severity::Error, ReasonCode::DesignWrongPageCount, arguments);
    }
    let cut_off = cut_off(pixels, wanted).min(cut_off(pixels, shape(area.trim)));
    check.judge_proportions(area, cut_off);
    check
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::super::tests::postcard;
    use super::*;

    fn png(width: u32, height: u32) -> Vec<u8> {
        let mut bytes = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR".to_vec();
        bytes.extend(width.to_be_bytes());
        bytes.extend(height.to_be_bytes());
        bytes.extend([8, 2, 0, 0, 0]);
        bytes
    }

    fn jpeg(width: u16, height: u16) -> Vec<u8> {
        let mut bytes = b"\xff\xd8\xff\xe0\0\x10JFIF\0\x01\x01\0\0\x01\0\x01\0\0\xff\xc0\0\x11\x08".to_vec();
        bytes.extend(height.to_be_bytes());
        bytes.extend(width.to_be_bytes());
        bytes.extend([3, 1, 0x22, 0, 2, 0x11, 1, 3, 0x11, 1, 0xff, 0xd9]);
        bytes
    }

    fn checked(bytes: &[u8]) -> DesignCheck {
        let directory = tempfile::tempdir().unwrap();
        let path = directory.path().join("design");
        fs::write(&path, bytes).unwrap();
        check(&path, &postcard("png,jpg,tif"))
    }

    #[test]
    fn enough_pixels_pass_in_either_orientation() {
        // 154 × 111 mm at 300 dpi, rounded up.
        for bytes in [
            png(1_819, 1_312),
            png(1_312, 1_819),
            jpeg(1_819, 1_312),
            jpeg(3_638, 2_624),
        ] {
            let check = checked(&bytes);
            assert_eq!(check.findings, [], "{check:?}");
            assert!(check.measured.dpi >= Some(300));
        }
        assert_eq!(checked(&png(1_819, 1_312)).measured.width_px, Some(1_819));
    }

    #[test]
    fn too_few_pixels_are_refused_with_the_figures() {
        let check = checked(&jpeg(1_000, 721));
        assert_eq!(check.refusal(), Some(ReasonCode::DesignLowResolution));
        assert_eq!(check.measured.dpi, Some(164));
        let arguments = &check.findings[0].problem.arguments;
        assert_eq!(
            arguments[..],
            [("dpi".into(), 164_i64.into()), ("minimum".into(), 300_i64.into())]
        );
    }

    #[test]
    fn proportions_are_judged() {
        let slightly_off = checked(&png(2_000, 1_350));
        assert_eq!(slightly_off.refusal(), None);
        assert_eq!(slightly_off.findings[0].severity, Severity::Warning);
        assert_eq!(
            checked(&png(4_000, 4_000)).refusal(),
            Some(ReasonCode::DesignWrongSize)
        );
    }

    #[test]
    fn one_image_is_not_two_pages() {
        let area = PrintArea {
            page_count: 2,
            ..postcard("png")
        };
        assert_eq!(
            judge(1_819, 1_312, &area).refusal(),
            Some(ReasonCode::DesignWrongPageCount)
        );
    }

    #[test]
    fn damaged_and_monstrous_images_are_refused() {
        let cases: [(&[u8], ReasonCode); 6] = [
            (b"\x89PNG\r\n\x1a\n", ReasonCode::DesignDamaged),
            (b"\xff\xd8\xff\xe0\0\x10JF", ReasonCode::DesignDamaged),
            (b"II*\0\xff\xff\xff\xff", ReasonCode::DesignDamaged),
            (b"", ReasonCode::DesignDamaged),
            (&png(0, 100), ReasonCode::DesignDamaged),
            (&png(100_000, 100_000), ReasonCode::DesignTooLarge),
        ];
        for (bytes, reason) in cases {
            assert_eq!(checked(bytes).refusal(), Some(reason), "{bytes:?}");
        }
    }
}
