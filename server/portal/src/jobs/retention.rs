//! Keeping every table bounded.

use std::time::Duration;

use domain::Timestamp;
use serde::{Deserialize, Serialize};

use super::{Job, JobContext, JobDone, JobError};
use crate::accounts::viewing;
use crate::storage::{Engine, sql};
use crate::{audit, files};

const HOUR: Duration = Duration::from_hours(1);
const DAY: Duration = Duration::from_hours(24);

/// How long a link is told to be expired; afterwards it is unknown.
const EXPIRED_LINK_DAYS: u32 = 30;

/// How long a file may wait to be used: people leave forms open over night.
const UNUSED_FILE_AGE: Duration = DAY;

/// How many rows one transaction deletes: others want to write too.
const BATCH: u64 = 500;

/// Deletes what nobody needs any more. The deployment's settings say how long things are kept.
#[derive(Debug, Serialize, Deserialize)]
pub struct Retention {}

impl Job for Retention {
    const KIND: &'static str = "retention";

    async fn run(self, ctx: &JobContext) -> Result<JobDone, JobError> {
        let now = ctx.portal.now();
        let keep = &ctx.portal.settings.retention;
        let mut deleted = serde_json::Map::new();
        for (what, statement, before) in [
            (
                "finished_jobs",
                FINISHED_JOBS,
                now - HOUR * keep.finished_job_hours,
            ),
            ("failed_jobs", FAILED_JOBS, now - DAY * keep.failed_job_days),
            ("sessions", SESSIONS, now),
            ("link_tokens", LINK_TOKENS, now - DAY * EXPIRED_LINK_DAYS),
            ("login_limits", LOGIN_LIMITS, now - DAY),
            ("import_rows", IMPORT_ROWS, now - DAY * keep.import_days),
            ("imports", IMPORTS, now - DAY * keep.import_days),
            ("mails", MAILS, now - DAY * keep.mail_days),
            ("lost_workers", LOST_WORKERS, now - DAY),
            ("messages", MESSAGES, now - DAY * keep.message_days),
            ("polls", POLLS, now - DAY * keep.poll_days),
            ("store_authorisations", STORE_AUTHORISATIONS, now - DAY),
        ] {
            deleted.insert(what.to_owned(), delete(ctx, statement, before).await?.into());
        }
        let mut tx = ctx.portal.db.begin().await?;
        ctx.fence(&mut tx).await?;
        let viewings = viewing::end_forgotten(&ctx.portal, &mut tx).await;
        deleted.insert("viewings".to_owned(), viewings.map_err(JobError::retry)?.into());
        tx.commit().await?;
        let audited_before = now - DAY * keep.audit_days;
        let mut tx = ctx.portal.db.begin().await?;
        audit::open_door(&mut tx, audited_before).await?;
        tx.commit().await?;
        let entries = delete(ctx, AUDIT_ENTRIES, audited_before).await?;
        deleted.insert("audit_entries".to_owned(), entries.into());
        let files = files::sweep(ctx, now - UNUSED_FILE_AGE).await?;
        deleted.insert("unused_files".to_owned(), files.into());
        if ctx.portal.db.engine() == Engine::Sqlite {
            // Keeps the query planner's statistics fresh; PostgreSQL does so on its own.
            let mut tx = ctx.portal.db.begin().await?;
            sql("PRAGMA optimize = 0x10002").execute(&mut tx).await?;
            tx.commit().await?;
        }
        Ok(JobDone::with(&deleted))
    }
}

/// Deletes in batches until nothing is left that is older than `before`.
async fn delete(ctx: &JobContext, statement: &'static str, before: Timestamp) -> Result<u64, JobError> {
    let mut all = 0;
    loop {
        let mut tx = ctx.portal.db.begin().await?;
        ctx.fence(&mut tx).await?;
        let mut query = sql(statement).bind(before);
        query
            .push(" LIMIT ")
            .push_bind(i64::try_from(BATCH).unwrap_or(i64::MAX))
            .push(")");
        let deleted = query.execute(&mut tx).await?;
        tx.commit().await?;
        all += deleted;
        if deleted < BATCH {
            return Ok(all);
        }
    }
}

// `$1` is the time before which things go; a limit and a closing bracket are added.

const FINISHED_JOBS: &str = "DELETE FROM jobs WHERE id IN (
    SELECT id FROM jobs WHERE finished_at < $1 AND state IN ('succeeded', 'partly_failed', 'cancelled')";

const FAILED_JOBS: &str = "DELETE FROM jobs WHERE id IN (
    SELECT id FROM jobs WHERE finished_at < $1 AND state IN ('failed', 'dead')";

const SESSIONS: &str =
    "DELETE FROM sessions WHERE id_hash IN (SELECT id_hash FROM sessions WHERE expires_at < $1";

const LINK_TOKENS: &str = "DELETE FROM link_tokens WHERE token_hash IN (
    SELECT token_hash FROM link_tokens WHERE expires_at < $1";

const LOGIN_LIMITS: &str = "DELETE FROM login_limits WHERE limit_key IN (
    SELECT limit_key FROM login_limits WHERE updated_at < $1 AND (blocked_until IS NULL OR blocked_until < $1)";

const IMPORT_ROWS: &str = "DELETE FROM import_rows WHERE (import_id, row_number, position) IN (
    SELECT old.import_id, old.row_number, old.position
    FROM imports JOIN import_rows old ON old.import_id = imports.id
    WHERE imports.created_at < $1";

/// Behind their rows; their files are unused then, and swept.
const IMPORTS: &str = "DELETE FROM imports WHERE id IN (
    SELECT id FROM imports WHERE created_at < $1 AND state NOT IN ('checking', 'queued', 'running')";

const LOST_WORKERS: &str = "DELETE FROM workers WHERE name IN (SELECT name FROM workers WHERE seen_at < $1";

const MAILS: &str = "DELETE FROM mails WHERE id IN (SELECT id FROM mails WHERE created_at < $1";

const MESSAGES: &str = "DELETE FROM messages WHERE id IN (SELECT id FROM messages WHERE created_at < $1";

const POLLS: &str = "DELETE FROM messages WHERE id IN (
    SELECT id FROM messages WHERE created_at < $1 AND kind = 'poll' AND state = 'done'";

const STORE_AUTHORISATIONS: &str = "DELETE FROM store_authorisations WHERE state_hash IN (
    SELECT state_hash FROM store_authorisations WHERE expires_at < $1";

const AUDIT_ENTRIES: &str =
    "DELETE FROM audit_entries WHERE id IN (SELECT id FROM audit_entries WHERE at < $1";

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;
    use crate::storage::AsConn as _;
    use crate::testing::on_both;

    /// How each table stays bounded: it is swept by a statement above or where the word says, or it grows with the business
    /// alone and no faster than people decide.
    const BOUNDED: &str = "
audit_entries          swept
audit_retention        holds one row
catalogue_products     the business: what the print company makes
catalogue_variants     the business: what the print company makes
customers              the business: whom it prints for
encryption_keys        one for each key of the configuration
files                  swept by files::sweep, and each customer has a quota
import_rows            swept
imports                swept
invitations            one for each time that somebody is invited by hand
job_schedules          one for each kind of job that comes round
jobs                   swept
known_devices          ten for each person
link_tokens            swept
login_limits           swept
mails                  swept
membership_stores      the business: who works with which store
memberships            the business: who works for whom
messages               swept
order_day_counts       one for each day of a store
order_events           the business: what happened to an order, for the books
order_line_files       the business: what an order is printed with, for the books
order_lines            the business: the orders, for the books
order_sources          one for each order
order_status_counts    one for each status of a store
order_writes           one for each step of an order that its store is told of
orders                 the business: the orders, for the books
print_areas            the business: what the print company makes
recovery_codes         ten for each person
saved_views            twenty for each person and list
sessions               swept, and few of those that are signed out
shipment_lines         the business: what an order was sent in, for the books
shipments              the business: what an order was sent in, for the books
store_authorisations   swept
store_connections      one for each store
store_products         the business: what the stores sell
store_variant_designs  the business: what the stores sell
store_variants         the business: what the stores sell
stores                 the business: where the customers sell
two_factors            one for each person
users                  the business: who works here and for whom it prints
viewings               swept by accounts::viewing::end_forgotten, after half an hour
workers                swept
";

    const STATEMENTS: [&str; 13] = [
        FINISHED_JOBS,
        FAILED_JOBS,
        SESSIONS,
        LINK_TOKENS,
        LOGIN_LIMITS,
        IMPORT_ROWS,
        IMPORTS,
        LOST_WORKERS,
        MAILS,
        MESSAGES,
        POLLS,
        STORE_AUTHORISATIONS,
        AUDIT_ENTRIES,
    ];

    #[tokio::test]
    async fn every_table_of_the_database_stays_bounded() {
        on_both(async |portal| {
            let mut conn = portal.db.read().await.unwrap();
            let tables = match conn.engine() {
                Engine::Sqlite => "SELECT name FROM sqlite_schema WHERE type = 'table'",
                Engine::Postgres => {
                    "SELECT CAST(table_name AS TEXT) FROM information_schema.tables \
                     WHERE table_schema = current_schema()"
                }
            };
            let tables: Vec<(String,)> = sql(tables).fetch_all(&mut conn).await.unwrap();
            // What engine and migrations keep for themselves, and search indexes, which follow their tables.
            let ours = |name: &String| {
                !name.starts_with("sqlite_") && !name.starts_with("_sqlx") && !name.contains("_search")
            };
            let tables: BTreeSet<String> = tables.into_iter().map(|(name,)| name).filter(ours).collect();
            let told: BTreeSet<String> = told().into_iter().map(|(table, _)| table.to_owned()).collect();
            assert_eq!(told, tables, "say how a new table stays bounded");
        })
        .await;
    }

    #[test]
    fn what_is_said_to_be_swept_is_swept() {
        let swept = |table: &str| {
            let sweeps = format!("DELETE FROM {table} ");
            STATEMENTS.iter().any(|statement| statement.starts_with(&sweeps))
        };
        for (table, how) in told() {
            let by_a_statement = how.starts_with("swept") && !how.starts_with("swept by ");
            assert_eq!(swept(table), by_a_statement, "{table}");
        }
    }

    /// Each table with how it stays bounded.
    fn told() -> Vec<(&'static str, &'static str)> {
        let line = |line: &'static str| {
            let (table, how) = line.split_once(' ').unwrap();
            (table, how.trim())
        };
        BOUNDED.trim().lines().map(line).collect()
    }
}
