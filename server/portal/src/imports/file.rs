//! A stored file of orders, read on blocking threads.

use std::fs::File;
use std::io::{self, BufReader, Read};
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use anyhow::Context as _;
use domain::csv_file::{CsvError, OrdersPlan, ReadyOrder, read_orders};
use domain::order::OrderableProducts;
use tokio::sync::mpsc;

use super::Import;
use crate::{Outcome, Portal, catalogue};

/// A file of orders, with the products its rows are checked against. Cheap to clone.
#[derive(Clone)]
pub(super) struct OrdersFile {
    path: Arc<PathBuf>,
    pub(super) products: Arc<OrderableProducts>,
    /// Bytes of it.
    size: u64,
    /// Bytes read by whoever reads it now.
    read: Arc<AtomicU64>,
}

/// Orders of a file that can be created, in the order of their last rows.
pub(super) struct Batch {
    pub(super) orders: Vec<ReadyOrder>,
    /// How many orders of the file precede the batch.
    pub(super) before: u64,
}

impl OrdersFile {
    pub(super) async fn open(portal: &Portal, import: &Import) -> Outcome<Self> {
        let path = portal
            .files
            .local(import.content)
            .await
            .context("Failed to open an imported file")?;
        let path = path.with_context(|| format!("The file of import {} is gone", import.id))?;
        let size = tokio::fs::metadata(&path)
            .await
            .context("Failed to measure an imported file")?
            .len();
        Ok(Self {
            path: Arc::new(path),
            products: Arc::new(catalogue::orderable(portal).await?),
            size,
            read: Arc::default(),
        })
    }

    /// Opens it at its start.
    pub(super) fn reader(&self) -> io::Result<impl Read + Send + use<>> {
        self.read.store(0, Ordering::Relaxed);
        let file = BufReader::with_capacity(64 * 1024, File::open(&*self.path)?);
        Ok(Counted {
            file,
            read: Arc::clone(&self.read),
        })
    }

    /// How much of it was read, in hundredths.
    pub(super) fn percent_read(&self) -> u64 {
        (self.read.load(Ordering::Relaxed) * 100 / self.size.max(1)).min(100)
    }

    /// Gives the orders whose last row lies behind the row `after`, `at_once` at a time. Reading waits for whoever
    /// receives, and ends when nobody does.
    pub(super) fn ready_orders(
        &self,
        plan: Arc<OrdersPlan>,
        after: u64,
        at_once: usize,
    ) -> mpsc::Receiver<Result<Batch, CsvError>> {
        let (sender, receiver) = mpsc::channel(2);
        let file = self.clone();
        tokio::task::spawn_blocking(move || {
            if let Err(error) = file.send_orders(&plan, after, at_once, &sender) {
                // Nobody to tell it to is nothing to worry about.
                let _ = sender.blocking_send(Err(error));
            }
        });
        receiver
    }

    fn send_orders(
        &self,
        plan: &OrdersPlan,
        after: u64,
        at_once: usize,
        sender: &mpsc::Sender<Result<Batch, CsvError>>,
    ) -> Result<(), CsvError> {
        let mut batch = Batch {
            orders: Vec::new(),
            before: 0,
        };
        for order in read_orders(self.reader()?, &self.products, plan)? {
            let order = order?;
            if order.last_row() <= after {
                batch.before += 1;
                continue;
            }
            batch.orders.push(order);
            if batch.orders.len() == at_once {
                let next = Batch {
                    before: batch.before + batch.orders.len() as u64,
                    orders: Vec::new(),
                };
                if sender
                    .blocking_send(Ok(std::mem::replace(&mut batch, next)))
                    .is_err()
                {
                    return Ok(());
                }
            }
        }
        if !batch.orders.is_empty() {
            let _ = sender.blocking_send(Ok(batch));
        }
        Ok(())
    }
}

/// Counts what is read.
struct Counted<R> {
    file: R,
    read: Arc<AtomicU64>,
}

impl<R: Read> Read for Counted<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.file.read(buffer)?;
        self.read.fetch_add(read as u64, Ordering::Relaxed);
        Ok(read)
    }
}
