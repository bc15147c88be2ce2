//! Memory for what strangers post: never more than so much at once, and none for long.

use std::sync::Arc;
use std::time::Duration;

use axum::body::Body;
use axum::response::{IntoResponse, Response};
use futures::StreamExt as _;
use http::{StatusCode, header};
use tokio::sync::{OwnedSemaphorePermit, Semaphore};

/// Bytes of all webhooks that have arrived and are not answered yet: as many as thousands of them have.
const BYTES: usize = 64 * 1024 * 1024;
/// What a webhook costs besides its body.
const OVERHEAD: u32 = 4 * 1024;
/// Most bytes of one: orders with many lines are larger than forms.
const LONGEST: usize = 8 * 1024 * 1024;
/// How long one may take to arrive.
const ARRIVES_WITHIN: Duration = Duration::from_secs(15);
/// Seconds after which whoever found no room is to come back.
const COME_BACK_AFTER: &str = "10";

/// Room for what arrives.
#[derive(Clone, Debug)]
pub(super) struct Room {
    bytes: Arc<Semaphore>,
    arrives_within: Duration,
}

/// A body that has arrived. Its room is free again when this is dropped.
#[derive(Debug)]
pub(super) struct Taken {
    pub(super) body: Vec<u8>,
    room: OwnedSemaphorePermit,
}

/// Why a body was not taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum NotTaken {
    /// There is no room now: 503, and when to come back.
    Full,
    /// It is too large: 413.
    TooLarge,
    /// It takes too long: 408.
    TooSlow,
    /// It breaks off: 400.
    BrokenOff,
}

impl IntoResponse for NotTaken {
    fn into_response(self) -> Response {
        match self {
            Self::Full => {
                let come_back = [(header::RETRY_AFTER, COME_BACK_AFTER)];
                (StatusCode::SERVICE_UNAVAILABLE, come_back).into_response()
            }
            Self::TooLarge => StatusCode::PAYLOAD_TOO_LARGE.into_response(),
            Self::TooSlow => StatusCode::REQUEST_TIMEOUT.into_response(),
            Self::BrokenOff => StatusCode::BAD_REQUEST.into_response(),
        }
    }
}

impl Default for Room {
    fn default() -> Self {
        Self {
            bytes: Arc::new(Semaphore::new(BYTES)),
            arrives_within: ARRIVES_WITHIN,
        }
    }
}

impl Room {
    /// Reads a body whole. Only what has arrived takes room: whoever announces much and sends little keeps nobody out.
    ///
    /// # Errors
    /// With what to answer.
    pub(super) async fn take(&self, body: Body) -> Result<Taken, NotTaken> {
        tokio::time::timeout(self.arrives_within, self.read(body))
            .await
            .unwrap_or(Err(NotTaken::TooSlow))
    }

    async fn read(&self, body: Body) -> Result<Taken, NotTaken> {
        let mut taken = Taken {
            body: Vec::new(),
            room: self.room_for(OVERHEAD)?,
        };
        let mut pieces = body.into_data_stream();
        while let Some(piece) = pieces.next().await {
            let piece = piece.map_err(|_| NotTaken::BrokenOff)?;
            if taken.body.len() + piece.len() > LONGEST {
                return Err(NotTaken::TooLarge);
            }
            taken
                .room
                .merge(self.room_for(u32::try_from(piece.len()).unwrap_or(u32::MAX))?);
            taken.body.extend_from_slice(&piece);
        }
        Ok(taken)
    }

    fn room_for(&self, bytes: u32) -> Result<OwnedSemaphorePermit, NotTaken> {
        Arc::clone(&self.bytes)
            .try_acquire_many_owned(bytes)
            .map_err(|_| NotTaken::Full)
    }
}

#[cfg(test)]
mod tests {
    use axum::body::Bytes;
    use futures::stream;

    use super::*;

    fn room(bytes: usize) -> Room {
        Room {
            bytes: Arc::new(Semaphore::new(bytes)),
            arrives_within: Duration::from_millis(10),
        }
    }

    #[tokio::test]
    async fn beyond_its_room_nothing_is_taken_until_something_is_answered() {
        let room = room(3 * OVERHEAD as usize);
        let taken = room.take(Body::from(vec![1; OVERHEAD as usize])).await.unwrap();
        assert_eq!(taken.body.len(), OVERHEAD as usize);
        let larger = || Body::from(vec![1; 1 + OVERHEAD as usize]);
        assert_eq!(room.take(larger()).await.unwrap_err(), NotTaken::Full);
        assert!(
            NotTaken::Full
                .into_response()
                .headers()
                .contains_key(header::RETRY_AFTER)
        );
        drop(taken);
        assert!(room.take(larger()).await.is_ok());
    }

    #[tokio::test]
    async fn a_body_is_neither_endless_nor_slow() {
        let room = room(BYTES);
        let pieces = || stream::repeat_with(|| Ok::<_, std::io::Error>(Bytes::from(vec![1; 65_536])));
        let endless = Body::from_stream(pieces());
        assert_eq!(room.take(endless).await.unwrap_err(), NotTaken::TooLarge);
        let slow = Body::from_stream(pieces().take(1).chain(stream::pending()));
        assert_eq!(room.take(slow).await.unwrap_err(), NotTaken::TooSlow);
        assert_eq!(room.bytes.available_permits(), BYTES);
    }
}
