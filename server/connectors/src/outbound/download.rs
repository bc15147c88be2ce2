//! Fetching a file, written down while it arrives.

use reqwest::header::CONTENT_TYPE;
use tokio::io::{AsyncWrite, AsyncWriteExt};
use url::Url;

use super::Outbound;
use super::error::OutboundError;
use super::exchange::Request;
use super::retry_after::retry_after;

/// A file that was fetched.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Download {
    /// Bytes written to the sink.
    pub size: u64,
    /// What the server says it is. A claim: look at the bytes before believing it.
    pub content_type: Option<String>,
    /// Where it came from after redirects.
    pub final_url: Url,
}

impl Outbound {
    /// Fetches `address` and writes the body, `max_bytes` at most, to `sink` as it arrives.
    ///
    /// After an error the sink holds a part of the body, or nothing: throw it away.
    ///
    /// # Errors
    /// Any status but 200 is [`OutboundError::BadStatus`]; otherwise like [`Outbound::send`], and
    /// [`OutboundError::Sink`] when writing fails.
    pub async fn download<S>(
        &self,
        address: &str,
        max_bytes: u64,
        sink: &mut S,
    ) -> Result<Download, OutboundError>
    where
        S: AsyncWrite + Unpin + Send,
    {
        let request = Request::get(address).max_body(max_bytes);
        let exchange = async {
            let mut answer = self.open(&request).await?;
            let status = answer.response.status().as_u16();
            if status != 200 {
                return Err(OutboundError::BadStatus {
                    status,
                    retry_after: retry_after(answer.response.headers()),
                });
            }
            while let Some(chunk) = answer.chunk().await? {
                sink.write_all(&chunk).await.map_err(OutboundError::Sink)?;
            }
            sink.flush().await.map_err(OutboundError::Sink)?;
            let claimed = answer
                .response
                .headers()
                .get(CONTENT_TYPE)
                .and_then(|value| value.to_str().ok());
            Ok(Download {
                size: answer.received(),
                content_type: claimed.map(str::to_owned),
                final_url: answer.response.url().clone(),
            })
        };
        tokio::time::timeout(self.settings().download_timeout, exchange)
            .await
            .map_err(|_| OutboundError::TimedOut)?
    }
}
