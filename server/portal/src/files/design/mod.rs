//! Whether a design can be printed on its print area.

mod examine;
mod image;
mod pdf;
mod shape;
mod unchecked;

use std::path::{Path, PathBuf};

use domain::catalogue::{FileFormat, PrintArea};
use domain::{Argument, Problem, ReasonCode};
use serde::{Deserialize, Serialize};

pub use examine::{Examined, NotExamined, Source, examine};
pub(crate) use unchecked::Unchecked;

use super::MediaType;

/// What was measured on a design, and what is wrong with it. Kept as JSON beside the line.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct DesignCheck {
    /// What was measured.
    #[serde(flatten)]
    pub measured: Measured,
    /// What is wrong, errors first.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub findings: Vec<Finding>,
}

/// What was measured on a design; what does not apply to its format is missing.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Measured {
    /// Pixels from left to right.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub width_px: Option<u32>,
    /// Pixels from top to bottom.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub height_px: Option<u32>,
    /// Pixels per inch when it fills the print area with its bleed, rounded down.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub dpi: Option<u32>,
    /// Pages of a document.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub pages: Option<u32>,
    /// Width of the first page, in micrometres.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub width_um: Option<i64>,
    /// Height of the first page, in micrometres.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub height_um: Option<i64>,
}

/// Something about a design that a person should know.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Finding {
    /// Whether it stops the line.
    pub severity: Severity,
    /// What it is. The code is that of a [`ReasonCode`], the arguments are the figures.
    pub problem: Problem,
}

impl Finding {
    /// The key of its sentence: with the figures when there are any, else that of the reason.
    pub fn text_key(&self) -> String {
        let kind = if self.problem.arguments.is_empty() {
            "reason"
        } else {
            "problem"
        };
        format!("{kind}-{}", self.problem.code)
    }
}

/// How bad a finding is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// It cannot be printed like this.
    Error,
    /// It can be printed, but may not look as meant.
    Warning,
}

impl DesignCheck {
    /// Why the design cannot be printed; nothing when it can.
    pub fn refusal(&self) -> Option<ReasonCode> {
        let error = self
            .findings
            .iter()
            .find(|finding| finding.severity == Severity::Error)?;
        Some(error.problem.code.parse().unwrap_or(ReasonCode::DesignDamaged))
    }

    /// A check that ended before anything could be measured.
    pub fn refused(reason: ReasonCode) -> Self {
        let mut check = Self::default();
        check.find(Severity::Error, reason, []);
        check
    }

    /// The check of a design that nobody got to see: `reason` as the last attempt gave it, if that was the design's.
    pub fn given_up(reason: Option<ReasonCode>) -> Self {
        let of_design = reason.filter(|reason| reason.as_str().starts_with("design-"));
        Self::refused(of_design.unwrap_or(ReasonCode::DesignUnreachable))
    }

    fn find<const N: usize>(
        &mut self,
        severity: Severity,
        reason: ReasonCode,
        arguments: [(&'static str, Argument); N],
    ) {
        let mut problem = Problem::new(reason.as_str());
        problem.arguments = arguments.map(|(name, value)| (name.into(), value)).into();
        self.findings.push(Finding { severity, problem });
        self.findings.sort_by_key(|finding| finding.severity);
    }

    /// Judges proportions. Filling an area of other proportions cuts something off: a little is worth a warning,
    /// more than a tenth would lose what matters.
    fn judge_proportions(&mut self, area: &PrintArea, difference: f64) {
        let severity = match difference {
            ..=0.02 => return,
            ..=0.1 => Severity::Warning,
            _ => Severity::Error,
        };
        let wanted = area.size_with_bleed();
        let [width, height] = [wanted.width, wanted.height].map(|side| (side.um() + 500) / 1000);
        self.find(
            severity,
            ReasonCode::DesignWrongSize,
            [("width", width.into()), ("height", height.into())],
        );
    }
}

/// Checks the design in the file `path`, whose bytes say it is a `media_type`, against what
/// `area` asks for.
///
/// Files that no reader can make sense of are refused as damaged, also when reading them fails in ways nobody
/// thought of: they come from outside.
pub async fn check(path: PathBuf, media_type: MediaType, area: PrintArea) -> DesignCheck {
    if !area
        .formats
        .iter()
        .any(|format| MediaType::from(*format) == media_type)
    {
        return wrong_format(media_type, &area);
    }
    let _turn = if media_type == MediaType::Pdf {
        Some(pdf::READERS.acquire().await)
    } else {
        None
    };
    let checking = tokio::task::spawn_blocking(move || check_file(&path, media_type, &area));
    checking.await.unwrap_or_else(|panic| {
        tracing::warn!(%panic, media_type = media_type.mime(), "a design could not be read");
        DesignCheck::refused(ReasonCode::DesignDamaged)
    })
}

fn wrong_format(found: MediaType, area: &PrintArea) -> DesignCheck {
    let accepted: Vec<_> = area.formats.iter().map(|format| format.as_str()).collect();
    let mut check = DesignCheck::default();
    let arguments = [
        ("found", found.extensions()[0].into()),
        ("accepted", accepted.join(", ").into()),
    ];
    check.find(Severity::Error, ReasonCode::DesignWrongFormat, arguments);
    check
}

fn check_file(path: &Path, media_type: MediaType, area: &PrintArea) -> DesignCheck {
    match media_type {
        MediaType::Pdf => pdf::check(path, area),
        _ => image::check(path, area),
    }
}

impl From<FileFormat> for MediaType {
    fn from(format: FileFormat) -> Self {
        match format {
            FileFormat::Pdf => Self::Pdf,
            FileFormat::Png => Self::Png,
            FileFormat::Jpeg => Self::Jpeg,
            FileFormat::Tiff => Self::Tiff,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A postcard, 148 × 105 mm with 3 mm of bleed, at 300 dpi.
    pub(super) fn postcard(formats: &str) -> PrintArea {
        let written = format!("front(Front/Anverso) 148 x 105 mm bleed 3 mm 300 dpi 1p {formats}");
        domain::catalogue::parse_print_areas(&written).unwrap().remove(0)
    }

    #[tokio::test]
    async fn a_format_the_area_does_not_take_is_refused_unread() {
        let check = check(PathBuf::from("/nowhere"), MediaType::Png, postcard("pdf,jpg")).await;
        assert_eq!(check.refusal(), Some(ReasonCode::DesignWrongFormat));
        assert_eq!(
            check.findings[0].problem.arguments[1],
            ("accepted".into(), "pdf, jpeg".into())
        );
    }

    #[test]
    fn errors_come_before_warnings_and_survive_storage() {
        let mut check = DesignCheck::default();
        check.judge_proportions(&postcard("pdf"), 0.05);
        assert_eq!(check.refusal(), None);
        check.find(
            Severity::Error,
            ReasonCode::DesignLowResolution,
            [("dpi", 71_i64.into())],
        );
        assert_eq!(check.refusal(), Some(ReasonCode::DesignLowResolution));
        assert_eq!(check.findings[0].text_key(), "problem-design-low-resolution");
        let damaged = DesignCheck::refused(ReasonCode::DesignDamaged);
        assert_eq!(damaged.findings[0].text_key(), "reason-design-damaged");
        check.measured.dpi = Some(71);
        let stored = serde_json::to_value(&check).unwrap();
        assert_eq!(stored["dpi"], 71);
        assert_eq!(serde_json::from_value::<DesignCheck>(stored).unwrap(), check);
    }
}
