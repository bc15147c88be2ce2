//! Runs a stand-in on its own: `sandbox mail --smtp 127.0.0.1:0 --http 127.0.0.1:0`, `sandbox stores --listen
//! 127.0.0.1:0`.
//!
//! The first line of standard output is JSON with the addresses that were taken.

use std::io::Write as _;
use std::net::SocketAddr;
use std::path::PathBuf;

use anyhow::Context as _;
use clap::{Parser, Subcommand};
use sandbox::clock::Clock;
use sandbox::mail::{MailCatcher, Options, http};
use sandbox::stores;
use serde_json::json;
use tokio::net::TcpListener;

/// Stand-ins for the systems the portal talks to.
#[derive(Parser)]
struct Arguments {
    #[command(subcommand)]
    stand_in: StandIn,
}

#[derive(Subcommand)]
enum StandIn {
    /// A mail server that keeps what it is sent.
    Mail(MailArguments),
    /// The shops of the store platforms, with a desk to play buyer and shop owner at.
    Stores(StoresArguments),
}

#[derive(clap::Args)]
struct MailArguments {
    /// Where it takes mail.
    #[arg(long, default_value = "127.0.0.1:0")]
    smtp: SocketAddr,
    /// Where it shows the mail it took.
    #[arg(long, default_value = "127.0.0.1:0")]
    http: SocketAddr,
    /// A directory that keeps the mail over a restart.
    #[arg(long)]
    keep: Option<PathBuf>,
    /// User name every sender must log in with.
    #[arg(long, requires = "password")]
    user: Option<String>,
    /// The password to that user name.
    #[arg(long, requires = "user")]
    password: Option<String>,
}

#[derive(clap::Args)]
struct StoresArguments {
    /// Where the platforms and the desk listen.
    #[arg(long, default_value = "127.0.0.1:0")]
    listen: SocketAddr,
    /// What made-up products, orders and keys follow from.
    #[arg(long, default_value_t = 1)]
    seed: u64,
    /// How many products each shop has at first.
    #[arg(long, default_value_t = 250)]
    products: usize,
    /// How many orders each shop has at first.
    #[arg(long, default_value_t = 0)]
    orders: usize,
}

#[tokio::main]
async fn main() -> anyhow::Result<()> {
    tracing_subscriber::fmt().with_writer(std::io::stderr).init();
    match Arguments::parse().stand_in {
        StandIn::Mail(arguments) => mail(arguments).await,
        StandIn::Stores(arguments) => stores(arguments).await,
    }
}

async fn mail(arguments: MailArguments) -> anyhow::Result<()> {
    let options = Options {
        credentials: arguments.user.zip(arguments.password),
        directory: arguments.keep,
        ..Options::default()
    };
    let catcher = MailCatcher::start(arguments.smtp, options)
        .await
        .with_context(|| format!("Failed to take mail on {}", arguments.smtp))?;
    let listener = TcpListener::bind(arguments.http)
        .await
        .with_context(|| format!("Failed to listen for HTTP on {}", arguments.http))?;
    let addresses = json!({ "smtp": catcher.address(), "http": listener.local_addr()? });
    writeln!(std::io::stdout(), "{addresses}")?;
    axum::serve(listener, http::router(catcher.mailbox().clone()))
        .with_graceful_shutdown(asked_to_stop())
        .await?;
    catcher.stop().await;
    Ok(())
}

async fn stores(arguments: StoresArguments) -> anyhow::Result<()> {
    let listener = TcpListener::bind(arguments.listen)
        .await
        .with_context(|| format!("Failed to listen on {}", arguments.listen))?;
    let origin = format!("http://{}", listener.local_addr()?);
    let options = stores::Options {
        seed: arguments.seed,
        products: arguments.products,
        orders: arguments.orders,
        ..stores::Options::default()
    };
    let stores = stores::open(&options, Clock::system(), &origin)?;
    writeln!(std::io::stdout(), "{}", stores.announcement)?;
    stores.serve(listener, asked_to_stop()).await?;
    Ok(())
}

/// Ends when the process is told to stop, by the keyboard or by a supervisor.
async fn asked_to_stop() {
    let keyboard = tokio::signal::ctrl_c();
    let Ok(mut supervisor) = tokio::signal::unix::signal(tokio::signal::unix::SignalKind::terminate()) else {
        return;
    };
    tokio::select! {
        _ = keyboard => {}
        _ = supervisor.recv() => {}
    }
}
