//! Where a decision came from.

use std::net::IpAddr;

/// The request that a decision came by.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Origin {
    /// Its id, by which its log lines are found.
    pub request_id: String,
    /// Who called.
    pub address: IpAddr,
}

tokio::task_local! {
    // Every use case would have to be handed it, to do nothing but hand it on.
    static ORIGIN: Origin;
}

/// Does the work of a request: what is recorded meanwhile says where it came from.
pub async fn within<F: Future>(origin: Origin, work: F) -> F::Output {
    ORIGIN.scope(origin, work).await
}

/// The request that is being answered; nothing where nobody asked.
pub(super) fn current() -> Option<Origin> {
    ORIGIN.try_with(Clone::clone).ok()
}
