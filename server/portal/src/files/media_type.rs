//! What a file is, told by its bytes.

use serde::{Deserialize, Serialize};

/// What a file is. Names and headers are claims; this comes from the first bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum MediaType {
    /// Portable Document Format.
    Pdf,
    /// Portable Network Graphics.
    Png,
    /// JPEG.
    Jpeg,
    /// TIFF, also the large variant.
    Tiff,
    /// WebP.
    Webp,
    /// Scalable Vector Graphics: can carry scripts, so it is never taken as a design.
    Svg,
    /// A ZIP archive, and everything that is one inside (office documents).
    Zip,
    /// A web page: what many servers answer instead of a file.
    Html,
    /// Text without control characters, CSV among it.
    Text,
    /// Anything else.
    Other,
}

impl MediaType {
    /// All of them.
    pub const ALL: [Self; 10] = [
        Self::Pdf,
        Self::Png,
        Self::Jpeg,
        Self::Tiff,
        Self::Webp,
        Self::Svg,
        Self::Zip,
        Self::Html,
        Self::Text,
        Self::Other,
    ];

    /// Tells what content is from its first bytes; 4 KiB are enough.
    pub fn recognise(head: &[u8]) -> Self {
        if let Some((_, media_type)) = SIGNATURES
            .iter()
            .find(|(signature, _)| head.starts_with(signature))
        {
            return *media_type;
        }
        // Readers of PDF accept rubbish before the header, and printers' software writes it.
        if head.len() >= 12 && head.starts_with(b"RIFF") && &head[8..12] == b"WEBP" {
            return Self::Webp;
        }
        if head[..head.len().min(1024)]
            .windows(5)
            .any(|window| window == b"%PDF-")
        {
            return Self::Pdf;
        }
        recognise_text(head)
    }

    /// The value of `Content-Type`.
    pub const fn mime(self) -> &'static str {
        match self {
            Self::Pdf => "application/pdf",
            Self::Png => "image/png",
            Self::Jpeg => "image/jpeg",
            Self::Tiff => "image/tiff",
            Self::Webp => "image/webp",
            Self::Svg => "image/svg+xml",
            Self::Zip => "application/zip",
            Self::Html => "text/html",
            Self::Text => "text/csv",
            Self::Other => "application/octet-stream",
        }
    }

    /// The type that [`MediaType::mime`] wrote.
    pub fn from_mime(mime: &str) -> Self {
        Self::ALL
            .into_iter()
            .find(|media_type| media_type.mime() == mime)
            .unwrap_or(Self::Other)
    }

    /// The word by which sentences tell what it is.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Pdf => "PDF",
            Self::Png => "PNG",
            Self::Jpeg => "JPEG",
            Self::Tiff => "TIFF",
            Self::Webp => "WebP",
            Self::Svg => "SVG",
            Self::Zip => "zip",
            Self::Html => "html",
            Self::Text => "text",
            Self::Other => "other",
        }
    }

    /// Endings of file names that go with this type; the first is the one to add.
    pub const fn extensions(self) -> &'static [&'static str] {
        match self {
            Self::Pdf => &["pdf"],
            Self::Png => &["png"],
            Self::Jpeg => &["jpg", "jpeg", "jpe"],
            Self::Tiff => &["tif", "tiff"],
            Self::Webp => &["webp"],
            Self::Svg => &["svg"],
            Self::Zip => &["zip", "xlsx", "ods", "docx"],
            Self::Html => &["html", "htm"],
            Self::Text => &["csv", "txt", "tsv"],
            Self::Other => &["bin"],
        }
    }
}

const SIGNATURES: [(&[u8], MediaType); 10] = [
    (b"%PDF-", MediaType::Pdf),
    (b"\x89PNG\r\n\x1a\n", MediaType::Png),
    (b"\xff\xd8\xff", MediaType::Jpeg),
    (b"II*\0", MediaType::Tiff),
    (b"MM\0*", MediaType::Tiff),
    (b"II+\0", MediaType::Tiff),
    (b"MM\0+", MediaType::Tiff),
    (b"PK\x03\x04", MediaType::Zip),
    (b"PK\x05\x06", MediaType::Zip),
    (b"PK\x07\x08", MediaType::Zip),
];

/// Tells markup from plain text. Any 8-bit encoding counts as text, UTF-16 only with its mark.
fn recognise_text(head: &[u8]) -> MediaType {
    if head.starts_with(b"\xff\xfe") || head.starts_with(b"\xfe\xff") {
        return MediaType::Text;
    }
    let text = |byte: &u8| matches!(byte, b'\t' | b'\n' | 0x0c | b'\r' | b' '..=0x7e | 0x80..);
    if head.is_empty() || !head.iter().all(text) {
        return MediaType::Other;
    }
    let markup = String::from_utf8_lossy(head)
        .trim_start_matches('\u{feff}')
        .trim_start()
        .to_ascii_lowercase();
    if !markup.starts_with('<') {
        return MediaType::Text;
    }
    // The root may stand behind a declaration, comments and a document type.
    if markup.contains("<svg") {
        MediaType::Svg
    } else if ["<html", "<!doctype html", "<head", "<body", "<script"]
        .iter()
        .any(|tag| markup.contains(tag))
    {
        MediaType::Html
    } else {
        MediaType::Text
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_are_told_by_their_first_bytes() {
        let cases: [(&[u8], MediaType); 24] = [
            (b"%PDF-1.7\n", MediaType::Pdf),
            (b"\0\0rubbish\n%PDF-1.4", MediaType::Pdf),
            (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", MediaType::Png),
            (b"\x89PNG\n\x1a\n", MediaType::Other),
            (b"\xff\xd8\xff\xe0\0\x10JFIF", MediaType::Jpeg),
            (b"II*\0\x08\0\0\0", MediaType::Tiff),
            (b"MM\0*\0\0\0\x08", MediaType::Tiff),
            (b"RIFF\x24\0\0\0WEBPVP8 ", MediaType::Webp),
            (b"RIFF\x24\0\0\0WAVEfmt ", MediaType::Other),
            (b"PK\x03\x04\x14\0", MediaType::Zip),
            (
                b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>",
                MediaType::Svg,
            ),
            (
                b"\xef\xbb\xbf<?xml version='1.0'?>\n<!-- hi --><!DOCTYPE svg><SVG onload='x'>",
                MediaType::Svg,
            ),
            (b"<!-- <svg> --><html>", MediaType::Svg),
            (b"<!DOCTYPE html><title>Not found</title>", MediaType::Html),
            (b"\n  <html><body>", MediaType::Html),
            (
                b"<?xml version='1.0'?><Error><Code>NoSuchKey</Code></Error>",
                MediaType::Text,
            ),
            (b"orderReferenceId;quantity\r\n1;2\r\n", MediaType::Text),
            ("referencia;dirección\n".as_bytes(), MediaType::Text),
            (b"referencia;direcci\xf3n\n", MediaType::Text),
            (b"\xff\xfea\0;\0", MediaType::Text),
            (b"", MediaType::Other),
            (b"MZ\x90\0\x03", MediaType::Other),
            (b"\x7fELF\x02\x01\x01\0", MediaType::Other),
            (b"GIF89a\x01\0\x01\0", MediaType::Other),
        ];
        for (head, expected) in cases {
            assert_eq!(
                MediaType::recognise(head),
                expected,
                "{:?}",
                String::from_utf8_lossy(head)
            );
        }
    }

    #[test]
    fn types_read_back_from_their_stored_form() {
        for media_type in MediaType::ALL {
            assert_eq!(MediaType::from_mime(media_type.mime()), media_type);
        }
        assert_eq!(MediaType::from_mime("application/x-unknown"), MediaType::Other);
    }
}
