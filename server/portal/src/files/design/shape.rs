//! Comparing rectangles, whichever way they lie.

use domain::catalogue::Size;

/// Width and height in one unit.
pub(super) type Shape = [f64; 2];

/// Width and height in micrometres.
#[expect(
    clippy::cast_precision_loss,
    reason = "micrometres of a sheet are exact in 52 bits"
)]
pub(super) const fn shape(size: Size) -> Shape {
    [size.width.um() as f64, size.height.um() as f64]
}

/// Turns a shape so that it lies like `like`: a design may come in either orientation.
pub(super) const fn turned_like([width, height]: Shape, like: Shape) -> Shape {
    if (width < height) == (like[0] < like[1]) {
        [width, height]
    } else {
        [height, width]
    }
}

/// How much is cut off when one shape fills the other: 0 for the same proportions, towards 1 for a strip.
pub(super) const fn cut_off(one: Shape, other: Shape) -> f64 {
    let one = one[0] / one[1];
    let other = other[0] / other[1];
    1.0 - one.min(other) / one.max(other)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_cut_off_does_not_depend_on_size_or_order() {
        assert!(cut_off([2.0, 1.0], [4.0, 2.0]) < 1e-9);
        assert!((cut_off([2.0, 1.0], [1.0, 1.0]) - 0.5).abs() < 1e-9);
        assert!((cut_off([1.0, 1.0], [2.0, 1.0]) - 0.5).abs() < 1e-9);
        assert!(cut_off(turned_like([1.0, 2.0], [5.0, 3.0]), [2.0, 1.0]) < 1e-9);
    }
}
