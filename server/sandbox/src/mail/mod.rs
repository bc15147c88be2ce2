//! A mail server that keeps what it is sent, for tests and for trying the portal out.
//!
//! It speaks SMTP (RFC 5321) over TCP as strictly as a real server and never relays anything. Addresses can
//! ask to be refused: see [`faults`].

mod command;
pub mod faults;
pub mod http;
mod lines;
mod mailbox;
mod message;
mod session;

use std::io;
use std::net::SocketAddr;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use tokio::net::{TcpListener, TcpStream};
use tokio::sync::oneshot;
use tokio::task::{JoinHandle, JoinSet};

pub use faults::{Effect, Fault, Faults, Stage};
pub use mailbox::Mailbox;
pub use message::{Message, Person};

use session::Session;

/// How the server behaves.
#[derive(Clone, Debug)]
pub struct Options {
    /// The name it greets with.
    pub host_name: String,
    /// User name and password every sender must log in with; `None`: no log-in.
    pub credentials: Option<(String, String)>,
    /// The largest message it takes, in bytes (RFC 1870).
    pub max_message_size: usize,
    /// How many recipients one message may have.
    pub max_recipients: usize,
    /// How many messages it keeps: the oldest are forgotten.
    pub keep: usize,
    /// Where messages are kept as `.eml` files over a restart; `None`: in memory only.
    pub directory: Option<PathBuf>,
    /// How long it waits for the next line; RFC 5321 asks for five minutes.
    pub idle_timeout: Duration,
    /// How many senders may be connected at once.
    pub max_connections: usize,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            host_name: "sandbox.localhost".to_owned(),
            credentials: None,
            max_message_size: 10 * 1024 * 1024,
            max_recipients: 100,
            keep: 500,
            directory: None,
            idle_timeout: Duration::from_mins(5),
            max_connections: 64,
        }
    }
}

/// What every connection shares.
struct Server {
    options: Options,
    mailbox: Mailbox,
    faults: Faults,
}

/// A running mail server. Dropping it stops it.
pub struct MailCatcher {
    address: SocketAddr,
    server: Arc<Server>,
    stop: oneshot::Sender<()>,
    accepting: JoinHandle<()>,
}

impl MailCatcher {
    /// Listens on `address`; port 0 takes a free one.
    ///
    /// # Errors
    /// When the port is taken, or the directory for messages cannot be made or read.
    pub async fn start(address: SocketAddr, options: Options) -> io::Result<Self> {
        let mailbox = Mailbox::open(options.keep, options.directory.clone())?;
        let listener = TcpListener::bind(address).await?;
        let address = listener.local_addr()?;
        let server = Arc::new(Server {
            options,
            mailbox,
            faults: Faults::default(),
        });
        let (stop, stopped) = oneshot::channel();
        let accepting = tokio::spawn(accept(listener, Arc::clone(&server), stopped));
        Ok(Self {
            address,
            server,
            stop,
            accepting,
        })
    }

    /// Where it listens.
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// The messages it keeps.
    pub fn mailbox(&self) -> &Mailbox {
        &self.server.mailbox
    }

    /// Every message it keeps, oldest first.
    pub fn messages(&self) -> Vec<Arc<Message>> {
        self.server.mailbox.messages()
    }

    /// What it has been told to get wrong.
    pub fn faults(&self) -> &Faults {
        &self.server.faults
    }

    /// Ends every connection and frees the port.
    pub async fn stop(self) {
        // Nobody listens any more when the task is already over.
        let _ = self.stop.send(());
        let _ = self.accepting.await;
    }
}

async fn accept(listener: TcpListener, server: Arc<Server>, mut stopped: oneshot::Receiver<()>) {
    let mut connections = JoinSet::new();
    loop {
        tokio::select! {
            _ = &mut stopped => break,
            Some(_) = connections.join_next() => {}
            accepted = listener.accept() => match accepted {
                Ok((stream, peer)) => {
                    let crowded = connections.len() >= server.options.max_connections;
                    connections.spawn(serve(stream, peer, Arc::clone(&server), crowded));
                }
                Err(error) => tracing::warn!(%error, "a connection could not be accepted"),
            },
        }
    }
    drop(listener);
    connections.shutdown().await;
}

async fn serve(stream: TcpStream, peer: SocketAddr, server: Arc<Server>, crowded: bool) {
    if let Err(error) = Session::new(stream, server).run(crowded).await {
        tracing::debug!(%peer, %error, "a mail connection broke off");
    }
}
