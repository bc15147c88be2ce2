//! The program: reads the command line and does one thing.

use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Parser, Subcommand};
use server::{commands, configuration, logging};

/// The portal between a print company and its customers' shops.
#[derive(Parser)]
#[command(name = "server", version)]
struct Arguments {
    /// The configuration file; without it `portal.toml`, when there is one.
    #[arg(long, short, env = "PORTAL_CONFIG", global = true)]
    config: Option<PathBuf>,
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Serve the portal and work on jobs, as the configured roles say.
    Run,
    /// Bring the database to this version and stop.
    Migrate,
    /// Only work on jobs.
    Worker,
    /// Print a one-time link that creates the first operator.
    CreateOperator,
    /// Let somebody in again who has lost their phone and their recovery codes.
    ResetTwoFactor {
        /// Their log-in name.
        email: String,
    },
    /// Fill an empty portal with a sample print company, for trying it out.
    Demo,
    /// Copy the database and its files into a directory, while the portal may be at work.
    Backup {
        /// Where the copy goes; an older one there is replaced.
        directory: PathBuf,
    },
    /// Put a copy back where nothing is.
    Restore {
        /// Where the copy is.
        directory: PathBuf,
    },
    /// Seal every stored secret with the current encryption key and stop.
    RotateKeys,
    /// Say what is wrong with the configuration and stop.
    CheckConfig,
    /// List the pages and the functions that forms post to.
    Routes,
}

fn main() -> ExitCode {
    let arguments = Arguments::parse();
    match start(arguments) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error:#}");
            ExitCode::FAILURE
        }
    }
}

fn start(arguments: Arguments) -> anyhow::Result<()> {
    let settings = configuration::load(arguments.config.as_deref())?;
    let problems = configuration::problems(&settings);
    if matches!(arguments.command, Command::CheckConfig) {
        return commands::check_config(&settings, &problems);
    }
    anyhow::ensure!(
        problems.is_empty(),
        "the configuration cannot be used:\n  {}",
        problems.join("\n  ")
    );
    logging::start(&settings.log)?;
    let runtime = tokio::runtime::Builder::new_multi_thread()
        // Rendering streams pages on these threads: with fewer than four it can stall.
        .worker_threads(std::thread::available_parallelism().map_or(4, |cores| cores.get().max(4)))
        .enable_all()
        .build()?;
    runtime.block_on(async {
        match arguments.command {
            Command::Run => commands::run(settings).await,
            Command::Migrate => commands::migrate(settings).await,
            Command::Worker => commands::worker(settings).await,
            Command::CreateOperator => commands::create_operator(settings).await,
            Command::ResetTwoFactor { email } => commands::reset_two_factor(settings, &email).await,
            Command::Demo => commands::demo(settings).await,
            Command::Backup { directory } => commands::backup(settings, &directory).await,
            Command::Restore { directory } => commands::restore(settings, &directory).await,
            Command::RotateKeys => commands::rotate_keys(settings).await,
            Command::Routes => {
                commands::routes();
                Ok(())
            }
            Command::CheckConfig => Ok(()),
        }
    })
}
