//! `server run` and `server worker`.

use std::net::SocketAddr;
use std::time::Duration;

use anyhow::Context as _;
use futures::FutureExt as _;
use futures::future::{BoxFuture, Shared};
use portal::accounts::first_operator;
use portal::jobs::{self, Workers};
use portal::settings::{Roles, Settings};
use portal::{Outcome, Portal};
use sandbox::mail::MailCatcher;
use tokio::net::TcpListener;
use tokio::signal::unix::{SignalKind, signal};

use super::surroundings::{self, Surroundings};
use crate::{development_mail, router, sandbox_stores};

/// How long requests and jobs at hand may take to finish once the process is told to stop. Whoever told it, such
/// as systemd or a container's host, tends to wait ten seconds before it kills.
const PATIENCE: Duration = Duration::from_secs(8);

/// Serves and works, as the roles say, until it is told to stop.
///
/// # Errors
/// When the database or the address cannot be used.
pub async fn run(mut settings: Settings) -> anyhow::Result<()> {
    let shops = sandbox_stores::open(&mut settings).await?;
    let Surroundings { portal, mail_catcher } = surroundings::open(settings).await?;
    let roles = portal.settings.roles.clone();
    let listener = if roles.web {
        Some(listen(&portal).await?)
    } else {
        None
    };
    let workers = roles
        .worker
        .then(|| Workers::start(&portal, jobs::registry(), roles.worker_slots));
    let told = stop_signal()?;
    let web = async {
        match listener {
            Some(listener) => serve(&portal, mail_catcher.as_ref(), listener, told.clone()).await,
            None => Ok(()),
        }
    };
    let work = async {
        told.clone().await;
        tracing::info!("stopping");
        if let Some(workers) = workers {
            workers.stop(PATIENCE).await;
        }
    };
    let trade = async {
        match shops {
            Some(shops) => shops.stores.serve(shops.listener, told.clone()).await,
            None => Ok(()),
        }
    };
    let record = portal.recorder.run(&portal, told.clone());
    let (served, traded, (), ()) = tokio::join!(web, trade, work, record);
    traded.context("the sandbox's shops failed")?;
    // What the last jobs said.
    portal.recorder.write(&portal).await?;
    if let Some(catcher) = mail_catcher {
        catcher.stop().await;
    }
    portal.db.close().await;
    served
}

/// Only works on jobs.
///
/// # Errors
/// As for [`run`].
pub async fn worker(mut settings: Settings) -> anyhow::Result<()> {
    settings.roles = Roles {
        web: false,
        worker: true,
        ..settings.roles
    };
    run(settings).await
}

async fn listen(portal: &Portal) -> anyhow::Result<TcpListener> {
    let address = portal.settings.listen;
    TcpListener::bind(address)
        .await
        .with_context(|| format!("cannot listen on {address}"))
}

async fn serve(
    portal: &Portal,
    mail_catcher: Option<&MailCatcher>,
    listener: TcpListener,
    told: StopSignal,
) -> anyhow::Result<()> {
    tracing::info!(address = %listener.local_addr()?, "serving");
    say_what_to_do_next(portal).await?;
    if mail_catcher.is_some() {
        let page = portal.settings.link(development_mail::PATH);
        println!("No mail server is set up. Mails are kept here instead: {page}\n");
    }
    if let Some(desk) = &portal.settings.sandbox.desk {
        println!("Shops of Shopify, Etsy and WooCommerce to try it with (none of them is real): {desk}\n");
    }
    let caught_mail = mail_catcher.map(|catcher| catcher.mailbox().clone());
    let service = router::router(portal, caught_mail).into_make_service_with_connect_info::<SocketAddr>();
    let served = axum::serve(listener, service).with_graceful_shutdown(told.clone());
    let too_long = async {
        told.await;
        tokio::time::sleep(PATIENCE).await;
    };
    tokio::select! {
        served = served.into_future() => Ok(served?),
        () = too_long => {
            tracing::warn!("some requests were not answered in time");
            Ok(())
        }
    }
}

/// Without an operator nobody can do anything: the link that creates the first one goes to standard output.
async fn say_what_to_do_next(portal: &Portal) -> Outcome<()> {
    let home = portal.settings.link("/");
    match first_operator::issue(portal).await? {
        Some(path) => {
            println!("\nThe portal runs at {home}");
            println!(
                "It has no operator yet. Create the first one here (this link works once, for 24 hours):\n"
            );
            println!("  {}\n", portal.settings.link(&path));
            println!("Or try it with a sample print company: make demo\n");
        }
        None => println!("\nThe portal runs at {home}\n"),
    }
    Ok(())
}

/// Comes when the process is told to stop; everybody who has a copy gets it.
type StopSignal = Shared<BoxFuture<'static, ()>>;

/// SIGTERM or Ctrl-C.
fn stop_signal() -> anyhow::Result<StopSignal> {
    let mut terminate = signal(SignalKind::terminate())?;
    let mut interrupt = signal(SignalKind::interrupt())?;
    let told = async move {
        tokio::select! {
            _ = terminate.recv() => {}
            _ = interrupt.recv() => {}
        }
    };
    Ok(told.boxed().shared())
}
