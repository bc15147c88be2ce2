//! Text for the camera of a phone.

use std::fmt::Write as _;

use leptos::prelude::*;
use qrcode::{Color, EcLevel};

/// Light modules around the code, without which readers do not find it (ISO/IEC 18004, section 6.3.8).
const QUIET_ZONE: usize = 4;

/// A QR code: dark on light in both colour schemes, as readers want it. Nothing for a text too long for one; say the
/// text beside it as well.
#[component]
pub fn QrCode(
    /// What it says to the camera.
    #[prop(into)]
    text: String,
    /// What it is, for those who do not see it.
    #[prop(into)]
    label: String,
) -> impl IntoView {
    let code = qrcode::QrCode::with_error_correction_level(&text, EcLevel::M).ok()?;
    let size = code.width() + 2 * QUIET_ZONE;
    let path = dark_modules(&code.to_colors(), code.width());
    Some(view! {
        <svg
            class="qr"
            role="img"
            aria-label=label
            viewBox=format!("0 0 {size} {size}")
            shape-rendering="crispEdges"
        >
            <path fill="#fff" d=format!("M0 0h{size}v{size}H0z") />
            <path fill="#000" d=path />
        </svg>
    })
}

/// The outline of the dark modules: one rectangle for each run in a row.
fn dark_modules(colors: &[Color], width: usize) -> String {
    let mut path = String::new();
    for (y, row) in colors.chunks(width).enumerate() {
        let mut x = 0;
        for run in row.chunk_by(|one, next| one == next) {
            if run.first() == Some(&Color::Dark) {
                // Writing to a string cannot fail.
                let _ = write!(
                    path,
                    "M{} {}h{}v1h-{}z",
                    x + QUIET_ZONE,
                    y + QUIET_ZONE,
                    run.len(),
                    run.len()
                );
            }
            x += run.len();
        }
    }
    path
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn runs_of_dark_modules_become_rectangles() {
        use Color::{Dark, Light};
        let colors = [Dark, Dark, Light, Light, Dark, Light, Light, Light, Light];
        assert_eq!(dark_modules(&colors, 3), "M4 4h2v1h-2zM5 5h1v1h-1z");
    }

    #[test]
    fn the_finder_stands_in_the_corner() {
        let code = qrcode::QrCode::new("otpauth://totp/x?secret=ABCD").unwrap();
        let path = dark_modules(&code.to_colors(), code.width());
        assert!(path.starts_with("M4 4h7v1h-7z"), "{path}");
    }
}
