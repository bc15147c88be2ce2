//! What a print area asks of a design.

use crate::files::MediaType;

/// What a print area asks of a design.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DesignRules {
    /// Width of the finished print, in micrometres.
    pub trim_width_um: i64,
    /// Height of the finished print, in micrometres.
    pub trim_height_um: i64,
    /// What must be added on every side to be cut off, in micrometres.
    pub bleed_um: i64,
    /// The least resolution, in pixels per inch.
    pub min_resolution_dpi: i64,
    /// The pages a document must have.
    pub page_count: i64,
    /// The formats taken.
    pub formats: Vec<MediaType>,
}

impl DesignRules {
    /// Reads the column `formats` of a print area: `pdf,png,jpeg,tiff`.
    pub fn read_formats(stored: &str) -> Vec<MediaType> {
        let words = stored.split(',').map(str::trim);
        words
            .filter_map(|word| serde_json::from_value(word.into()).ok())
            .collect()
    }

    /// Width and height of the finished print.
    pub(super) const fn trim_box_um(&self) -> [i64; 2] {
        [self.trim_width_um, self.trim_height_um]
    }

    /// Width and height with the bleed on both sides.
    pub(super) const fn bleed_box_um(&self) -> [i64; 2] {
        [
            self.trim_width_um + 2 * self.bleed_um,
            self.trim_height_um + 2 * self.bleed_um,
        ]
    }
}

/// Turns `[width, height]` so that it lies like `like`: a design may come in either orientation.
pub(super) const fn turned_like([width, height]: [f64; 2], like: [f64; 2]) -> [f64; 2] {
    if (width < height) == (like[0] < like[1]) {
        [width, height]
    } else {
        [height, width]
    }
}

/// How much of a box is cut off when it fills another: 0 for the same proportions, towards 1 for a strip.
pub(super) const fn proportion_difference(one: [f64; 2], other: [f64; 2]) -> f64 {
    let one = one[0] / one[1];
    let other = other[0] / other[1];
    1.0 - one.min(other) / one.max(other)
}

#[expect(
    clippy::cast_precision_loss,
    reason = "micrometres of a sheet are exact in 52 bits"
)]
pub(super) const fn floats([width, height]: [i64; 2]) -> [f64; 2] {
    [width as f64, height as f64]
}

#[cfg(test)]
pub(super) const fn postcard() -> DesignRules {
    DesignRules {
        trim_width_um: 148_000,
        trim_height_um: 105_000,
        bleed_um: 3_000,
        min_resolution_dpi: 300,
        page_count: 1,
        formats: Vec::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn formats_are_read_from_their_column() {
        assert_eq!(
            DesignRules::read_formats("pdf, png,nonsense"),
            [MediaType::Pdf, MediaType::Png]
        );
        assert_eq!(DesignRules::read_formats(""), []);
    }

    #[test]
    fn proportions_do_not_depend_on_size_or_order() {
        assert!(proportion_difference([2.0, 1.0], [4.0, 2.0]) < 1e-9);
        assert!((proportion_difference([2.0, 1.0], [1.0, 1.0]) - 0.5).abs() < 1e-9);
        assert!((proportion_difference([1.0, 1.0], [2.0, 1.0]) - 0.5).abs() < 1e-9);
        assert!(proportion_difference(turned_like([1.0, 2.0], [5.0, 3.0]), [2.0, 1.0]) < 1e-9);
    }
}
