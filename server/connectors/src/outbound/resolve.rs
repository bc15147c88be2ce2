//! Names to addresses, checked on the way into the connection.

use std::io;
use std::net::{IpAddr, SocketAddr};
use std::sync::Arc;

use futures::future::BoxFuture;
use reqwest::dns::{Addrs, Name, Resolve, Resolving};

use super::address::{Refused, Targets};

/// Turns a name into addresses. Replaced in tests; production asks the operating system.
pub trait Resolver: Send + Sync + 'static {
    /// The addresses of `name`.
    ///
    /// # Errors
    /// Whatever the look-up says when there are none.
    fn resolve(&self, name: &str) -> BoxFuture<'static, io::Result<Vec<IpAddr>>>;
}

/// Asks the operating system.
#[derive(Clone, Copy, Debug)]
pub struct SystemResolver;

impl Resolver for SystemResolver {
    fn resolve(&self, name: &str) -> BoxFuture<'static, io::Result<Vec<IpAddr>>> {
        let name = name.to_owned();
        Box::pin(async move {
            let addresses = tokio::net::lookup_host((name, 0)).await?;
            Ok(addresses.map(|address| address.ip()).collect())
        })
    }
}

/// The resolver the HTTP library calls once per connection, and whose answer is all it connects to.
///
/// That is what makes rebinding impossible: there is no second look-up between the check and the connection.
pub(super) struct GuardedResolver {
    inner: Arc<dyn Resolver>,
    targets: Targets,
}

impl GuardedResolver {
    pub(super) fn new(inner: Arc<dyn Resolver>, targets: Targets) -> Self {
        Self { inner, targets }
    }
}

impl Resolve for GuardedResolver {
    fn resolve(&self, name: Name) -> Resolving {
        let targets = self.targets;
        let addresses = self.inner.resolve(name.as_str());
        Box::pin(async move {
            let addresses = addresses.await?;
            if addresses.is_empty() {
                return Err(io::Error::from(io::ErrorKind::NotFound).into());
            }
            // One bad address among good ones is an attempt, not an accident: refuse the name.
            if !addresses.iter().all(|address| targets.allow(*address)) {
                return Err(Refused {
                    host: name.as_str().to_owned(),
                }
                .into());
            }
            // Port 0 stands for the port of the address that is called.
            let addresses: Addrs = Box::new(addresses.into_iter().map(|address| SocketAddr::new(address, 0)));
            Ok(addresses)
        })
    }
}
