//! From where a design lies to a verdict on it.

use std::io;

use connectors::outbound::{Outbound, OutboundError};
use domain::catalogue::PrintArea;
use domain::{ReasonCode, Timestamp};
use percent_encoding::percent_decode_str;
use url::Url;

use super::{DesignCheck, check};
use crate::files::{ContentHash, FileError, FileStore, MediaType, Purpose, ReceivedFile, Upload};
use crate::jobs::JobError;

/// Where a design lies.
#[derive(Clone, Copy, Debug)]
pub enum Source<'s> {
    /// On the web.
    Url(&'s str),
    /// In the file store, as what its bytes say it is.
    Kept(ContentHash, MediaType),
}

/// A design that was looked at.
#[derive(Clone, Debug)]
pub struct Examined {
    /// What was fetched and kept, with nobody owning it yet. None for one that was kept already, and for one that
    /// cannot be a design at all.
    pub fetched: Option<ReceivedFile>,
    /// What was found.
    pub check: DesignCheck,
}

/// Why there is no verdict yet: another attempt may bring one.
#[derive(Debug, thiserror::Error)]
pub enum NotExamined {
    /// The other side did not give the file.
    #[error("the design cannot be fetched now")]
    Unreachable(#[source] OutboundError),
    /// The file store failed.
    #[error("the design cannot be stored or read")]
    Storage(#[from] io::Error),
    /// The file store does not have what it should have.
    #[error("the content {0} is gone")]
    Gone(ContentHash),
}

impl NotExamined {
    /// What to tell the customer while it is tried again; nothing when it is not their doing.
    pub fn reason(&self) -> Option<ReasonCode> {
        match self {
            Self::Unreachable(OutboundError::TimedOut) => Some(ReasonCode::DesignTooSlow),
            Self::Unreachable(_) => Some(ReasonCode::DesignUnreachable),
            Self::Storage(_) | Self::Gone(_) => None,
        }
    }

    /// The error of the job that wanted a verdict: again, and not before the other side's `Retry-After`.
    pub fn into_job_error(self, now: Timestamp) -> JobError {
        let reason = self.reason();
        let error = match self {
            Self::Unreachable(OutboundError::BadStatus {
                retry_after: Some(wait),
                ..
            }) => JobError::retry_at(now + wait, self),
            Self::Gone(_) => JobError::fail(ReasonCode::DesignMissing, self),
            Self::Unreachable(_) | Self::Storage(_) => JobError::retry(self),
        };
        match reason {
            Some(reason) => error.because(reason),
            None => error,
        }
    }
}

/// Looks at a design for `area`, after fetching it when it lies on the web. Whatever is wrong with the design itself
/// or its address is a verdict, not an error.
///
/// # Errors
/// When another attempt may bring a verdict.
pub async fn examine(
    files: &dyn FileStore,
    outbound: &Outbound,
    source: Source<'_>,
    area: PrintArea,
) -> Result<Examined, NotExamined> {
    let refused = |reason| {
        Ok(Examined {
            fetched: None,
            check: DesignCheck::refused(reason),
        })
    };
    let (hash, media_type, fetched) = match source {
        Source::Kept(hash, media_type) => (hash, media_type, None),
        Source::Url(url) => match fetch(files, outbound, url).await? {
            Ok(file) => (file.content.hash, file.media_type, Some(file)),
            Err(reason) => return refused(reason),
        },
    };
    let path = files.local(hash).await?.ok_or(NotExamined::Gone(hash))?;
    Ok(Examined {
        fetched,
        check: check(path, media_type, area).await,
    })
}

/// Fetches and keeps a design, or says why it cannot be one.
async fn fetch(
    files: &dyn FileStore,
    outbound: &Outbound,
    url: &str,
) -> Result<Result<ReceivedFile, ReasonCode>, NotExamined> {
    let mut incoming = files.receive().await?;
    let largest = Purpose::Design.max_bytes();
    let download = match outbound.download(url, largest, &mut incoming).await {
        Ok(download) => download,
        Err(OutboundError::Sink(error)) => return Err(error.into()),
        Err(error) if error.is_transient() => return Err(NotExamined::Unreachable(error)),
        Err(error) => return Ok(Err(reason(&error))),
    };
    match Upload::keep(files, incoming, Purpose::Design, &name_in(&download.final_url)).await {
        Ok(file) => Ok(Ok(file)),
        Err(FileError::Storage(error)) => Err(error.into()),
        Err(FileError::WrongType {
            found: MediaType::Html,
        }) => Ok(Err(ReasonCode::DesignWebPage)),
        Err(FileError::WrongType { .. }) => Ok(Err(ReasonCode::DesignWrongFormat)),
        Err(FileError::TooLarge { .. } | FileError::QuotaUsedUp { .. }) => {
            Ok(Err(ReasonCode::DesignTooLarge))
        }
        Err(FileError::Empty) => Ok(Err(ReasonCode::DesignDamaged)),
    }
}

/// What an answer that will not change tells the customer.
fn reason(error: &OutboundError) -> ReasonCode {
    match error {
        OutboundError::InvalidUrl
        | OutboundError::RefusedAddress(_)
        | OutboundError::RefusedPort(_)
        | OutboundError::InsecureRedirect => ReasonCode::DesignAddressRefused,
        OutboundError::BadStatus { .. } | OutboundError::TooManyRedirects => ReasonCode::DesignNotFound,
        OutboundError::TooLarge { .. } => ReasonCode::DesignTooLarge,
        OutboundError::UnexpectedEncoding => ReasonCode::DesignDamaged,
        _ => ReasonCode::DesignUnreachable,
    }
}

fn name_in(url: &Url) -> String {
    let last = url
        .path_segments()
        .and_then(|mut segments| segments.next_back())
        .unwrap_or_default();
    percent_decode_str(last).decode_utf8_lossy().into_owned()
}

#[cfg(test)]
mod tests {
    use std::net::SocketAddr;
    use std::time::Duration;

    use connectors::outbound::{OutboundSettings, Targets};
    use tokio::io::{AsyncReadExt, AsyncWriteExt};
    use tokio::net::TcpListener;

    use super::super::tests::postcard;
    use super::*;
    use crate::files::TemporaryStore;

    const TOO_LARGE: u64 = 200 * 1024 * 1024 + 1;

    /// A server that gives every request this answer, then closes the connection or keeps it open in silence.
    async fn server(head: String, body: Vec<u8>, close: bool) -> SocketAddr {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        tokio::spawn(async move {
            let mut open = Vec::new();
            while let Ok((mut connection, _)) = listener.accept().await {
                let _ = connection.read(&mut [0; 4_096]).await;
                let _ = connection
                    .write_all(format!("HTTP/1.1 {head}\r\n\r\n").as_bytes())
                    .await;
                let _ = connection.write_all(&body).await;
                if !close {
                    open.push(connection);
                }
            }
        });
        address
    }

    fn png(width: u32, height: u32) -> Vec<u8> {
        let size = [width.to_be_bytes(), height.to_be_bytes()].concat();
        [b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", &size[..], &[8, 2, 0, 0, 0]].concat()
    }

    async fn examined(url: &str) -> Result<Examined, NotExamined> {
        let outbound = Outbound::new(OutboundSettings {
            targets: Targets::PublicAndLoopback,
            stall_timeout: Duration::from_millis(200),
            ..OutboundSettings::default()
        });
        let files = TemporaryStore::new().await.unwrap();
        examine(&files, &outbound.unwrap(), Source::Url(url), postcard("pdf,png")).await
    }

    async fn verdict(head: &str, body: &[u8]) -> Option<ReasonCode> {
        let head = format!("{head}\r\ncontent-length: {}", body.len());
        let address = server(head, body.to_vec(), true).await;
        examined(&format!("http://{address}/design.pdf"))
            .await
            .unwrap()
            .check
            .refusal()
    }

    #[tokio::test]
    async fn a_design_is_fetched_kept_and_judged() {
        let body = png(1_819, 1_312);
        let head = format!(
            "200 OK\r\ncontent-type: text/html\r\ncontent-length: {}",
            body.len()
        );
        let address = server(head, body, true).await;
        let examined = examined(&format!("http://{address}/a/Cartel%20oto%C3%B1o?x=1"))
            .await
            .unwrap();
        assert_eq!(examined.check.findings, []);
        let file = examined.fetched.unwrap();
        assert_eq!(
            (file.name.as_str(), file.media_type),
            ("Cartel otoño.png", MediaType::Png)
        );
    }

    #[tokio::test]
    async fn what_the_address_gives_instead_is_told() {
        let cases: [(&str, &[u8], ReasonCode); 9] = [
            ("404 Not Found", b"%PDF-1.7", ReasonCode::DesignNotFound),
            ("403 Forbidden", b"", ReasonCode::DesignNotFound),
            (
                "302 Found\r\nlocation: /design.pdf",
                b"",
                ReasonCode::DesignNotFound,
            ),
            (
                "302 Found\r\nlocation: http://10.0.0.1/",
                b"",
                ReasonCode::DesignAddressRefused,
            ),
            (
                "200 OK\r\ncontent-type: application/pdf",
                b"<!doctype html><p>Log in",
                ReasonCode::DesignWebPage,
            ),
            (
                "200 OK\r\ncontent-type: application/pdf",
                b"PK\x03\x04 and the rest of an archive",
                ReasonCode::DesignWrongFormat,
            ),
            ("200 OK", b"", ReasonCode::DesignDamaged),
            ("200 OK", b"%PDF-1.7 and nothing more", ReasonCode::DesignDamaged),
            (
                "200 OK\r\ncontent-encoding: gzip",
                b"\x1f\x8b",
                ReasonCode::DesignDamaged,
            ),
        ];
        for (head, body, reason) in cases {
            assert_eq!(verdict(head, body).await, Some(reason), "{head}");
        }
        assert_eq!(
            verdict("200 OK", &png(100, 72)).await,
            Some(ReasonCode::DesignLowResolution)
        );
        let refused = examined("http://192.168.0.1/design.pdf").await.unwrap();
        assert_eq!(refused.check.refusal(), Some(ReasonCode::DesignAddressRefused));
    }

    #[tokio::test]
    async fn more_than_200_megabytes_are_not_fetched() {
        let address = server(
            format!("200 OK\r\ncontent-length: {TOO_LARGE}"),
            Vec::new(),
            false,
        )
        .await;
        let examined = examined(&format!("http://{address}/")).await.unwrap();
        assert_eq!(examined.check.refusal(), Some(ReasonCode::DesignTooLarge));
        assert_eq!(examined.fetched, None);
    }

    #[tokio::test]
    async fn what_may_pass_is_tried_again() {
        let slow = server(
            "200 OK\r\ncontent-length: 1000".to_owned(),
            b"%PDF-1.7".to_vec(),
            false,
        )
        .await;
        let broken = server(
            "200 OK\r\ncontent-length: 1000".to_owned(),
            b"%PDF-1.7".to_vec(),
            true,
        )
        .await;
        let busy = server("503 Busy\r\nretry-after: 90".to_owned(), Vec::new(), true).await;
        for (address, code, reason) in [
            (slow, "timed-out", ReasonCode::DesignTooSlow),
            (broken, "broken-off", ReasonCode::DesignUnreachable),
            (busy, "bad-status", ReasonCode::DesignUnreachable),
        ] {
            let error = examined(&format!("http://{address}/")).await.unwrap_err();
            assert_eq!(error.reason(), Some(reason));
            assert!(
                matches!(&error, NotExamined::Unreachable(error) if error.code() == code),
                "{error:?}"
            );
        }
    }

    #[tokio::test]
    async fn a_kept_design_needs_no_network() {
        let files = TemporaryStore::new().await.unwrap();
        let mut upload = Upload::begin(&files, Purpose::Design).await.unwrap();
        upload.write(&png(1_819, 1_312)).await.unwrap();
        let file = upload.finish("card.png").await.unwrap();
        let source = Source::Kept(file.content.hash, file.media_type);
        let outbound = Outbound::new(OutboundSettings::default()).unwrap();
        let examined = examine(&files, &outbound, source, postcard("png")).await.unwrap();
        assert_eq!((examined.check.refusal(), examined.fetched), (None, None));
        files
            .delete(file.content.hash, Timestamp::from_micros(i64::MAX))
            .await
            .unwrap();
        let gone = examine(&files, &outbound, source, postcard("png")).await;
        assert!(matches!(gone, Err(NotExamined::Gone(_))));
    }
}
