//! Runs a stand-in on its own: `sandbox mail --smtp 127.0.0.1:0 --http 127.0.0.1:0`.
//!
//! The first line of standard output is JSON with the addresses that were taken.

use std::io::Write as _;
use std::net::SocketAddr;
use std::path::PathBuf;

use anyhow::Context as _;
use clap::{Parser, Subcommand};
use sandbox::mail::{MailCatcher, Options, http};
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

#[tokio::main]
async fn main() -> anyhow::Result<()> {
    tracing_subscriber::fmt().with_writer(std::io::stderr).init();
    match Arguments::parse().stand_in {
        StandIn::Mail(arguments) => mail(arguments).await,
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
