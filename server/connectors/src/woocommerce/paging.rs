//! Lists that change while they are read.
//!
//! What changed is listed by its time of change: a page goes on from the last time seen instead of counting rows,
//! since a row that changes meanwhile moves to the end and would shift another one over the edge of a page. Where a
//! shop's version cannot sort by that, rows are counted in the order of their ids, which only ever grow at the end,
//! and a page is read again when the list became shorter.

use std::time::Duration;

use domain::Timestamp;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::api::{Api, Ask};
use super::json::{Dates, date};
use crate::store::{ConnectionError, Cursor, Result};

/// Rows of a page, the most that the API gives.
pub(super) const ROWS: u32 = 100;
/// How often a list that changes is begun anew.
const RESTARTS: u32 = 3;
/// How far back orders are looked at in versions that cannot tell what changed: older ones do not change any more.
const RECENT: Duration = Duration::from_hours(24 * 30);
/// How far the shop's own time can be from GMT. Old versions take dates for their own time.
const FARTHEST_ZONE: Duration = Duration::from_hours(14);

/// One list of the API.
#[derive(Clone, Copy, Debug)]
pub(super) struct List {
    pub(super) operation: &'static str,
    pub(super) path: &'static str,
    /// The fields that are read; the rest of the row is most of it.
    pub(super) fields: &'static str,
    /// How it is read by versions that cannot tell what changed.
    pub(super) old_versions: Mode,
}

/// How a list is read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum Mode {
    /// Everything.
    All,
    /// What changed, by its time of change.
    Changed,
    /// What changed, by id.
    ChangedById,
    /// What was created lately, for versions that cannot tell what changed.
    Recent,
    /// What was created.
    Created,
    /// What was put in the bin.
    Bin,
}

/// Where a list goes on.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Position {
    pub(super) mode: Mode,
    /// Changes since then are asked for.
    since: Timestamp,
    /// Changes until then were seen.
    seen: Timestamp,
    page: u32,
    /// How many there were when the list was begun.
    total: Option<u64>,
}

/// Rows of a list with where it goes on.
pub(super) struct Rows {
    pub(super) found: Vec<Value>,
    pub(super) next: Option<Position>,
    pub(super) total: Option<u64>,
}

impl Position {
    pub(super) const fn start(mode: Mode, since: Timestamp) -> Self {
        Self {
            mode,
            since,
            seen: since,
            page: 1,
            total: None,
        }
    }

    /// The place that an earlier page gave, or the start.
    pub(super) fn read(cursor: Option<&Cursor>, start: Self) -> Result<Self> {
        match cursor {
            Some(cursor) => serde_json::from_str(&cursor.0)
                .map_err(|error| ConnectionError::Unreadable(format!("cursor: {error}"))),
            None => Ok(start),
        }
    }

    pub(super) fn cursor(&self) -> Cursor {
        Cursor(serde_json::to_string(self).unwrap_or_default())
    }

    /// From the start in another mode.
    pub(super) fn in_mode(&self, mode: Mode) -> Self {
        Self::start(mode, self.since)
    }

    fn ask(&self, list: List) -> Ask {
        let ask = Ask::get(list.operation, list.path)
            .with("per_page", ROWS)
            .with("page", self.page)
            .with("order", "asc")
            .with("_fields", list.fields);
        let by_id = || ask.clone().with("orderby", "id");
        let dated =
            |ask: Ask, name: &str, from: Timestamp| ask.with(name, date(from)).with("dates_are_gmt", true);
        match self.mode {
            Mode::All => by_id(),
            Mode::Changed => dated(ask.with("orderby", "modified"), "modified_after", self.seen),
            Mode::ChangedById => dated(by_id(), "modified_after", self.since),
            Mode::Recent => by_id().with("after", date(self.since - RECENT)),
            Mode::Created => dated(by_id(), "after", self.since - FARTHEST_ZONE),
            Mode::Bin => dated(by_id().with("status", "trash"), "modified_after", self.since),
        }
    }

    /// Rows older than what was asked for: the shop's version knows no `modified_after` and passes over it.
    fn ignored_by(&self, rows: &[Value]) -> bool {
        matches!(self.mode, Mode::Changed | Mode::ChangedById)
            && rows
                .iter()
                .filter_map(|row| dates(row).modified())
                .any(|modified| modified + Duration::from_secs(1) < self.seen)
    }

    /// What was asked for, of what a version that does not understand the question gives.
    fn wants(&self, row: &Value) -> bool {
        let dates = dates(row);
        let moment = match self.mode {
            Mode::Created => dates.created(),
            _ => dates.modified(),
        };
        moment.is_none_or(|moment| moment >= self.since - Duration::from_secs(1))
    }

    /// Where the list goes on after `rows`; `None` at its end.
    fn next(&self, rows: &[Value], pages: Option<u32>, total: Option<u64>) -> Option<Self> {
        let more = pages.map_or(rows.len() >= ROWS as usize, |pages| self.page < pages);
        if !more || rows.is_empty() {
            return None;
        }
        let mut next = self.clone();
        next.total = self.total.or(total);
        let last = rows.last().and_then(|row| dates(row).modified());
        match last.map(|last| last - Duration::from_secs(1)) {
            // A second back: others may have changed in the same one.
            Some(seen) if self.mode == Mode::Changed && seen > self.seen => {
                next.seen = seen;
                next.page = 1;
            }
            _ if self.mode != Mode::Changed && total < self.total => next.total = total,
            _ => next.page += 1,
        }
        Some(next)
    }
}

fn dates(row: &Value) -> Dates {
    Dates::deserialize(row).unwrap_or_default()
}

impl Api {
    /// The page of `list` at `position`, which may change to a mode that the shop's version understands.
    pub(super) async fn page(&self, list: List, mut position: Position) -> Result<Rows> {
        loop {
            let answer = match self.send(&position.ask(list)).await {
                Ok(answer) => answer,
                Err(ConnectionError::Refused { status: 400, message })
                    if position.mode == Mode::Changed && message.contains("orderby") =>
                {
                    position = position.in_mode(Mode::ChangedById);
                    continue;
                }
                Err(error) => return Err(error),
            };
            let mut rows: Vec<Value> = answer.json()?;
            if position.ignored_by(&rows) {
                position = position.in_mode(list.old_versions);
                continue;
            }
            let total = answer.header("x-wp-total").and_then(|total| total.parse().ok());
            let pages = answer
                .header("x-wp-totalpages")
                .and_then(|pages| pages.parse().ok());
            let next = position.next(&rows, pages, total);
            rows.retain(|row| position.wants(row));
            return Ok(Rows {
                found: rows,
                next,
                total: position.total.or(total),
            });
        }
    }

    /// All rows of a list that is not long, begun anew when it changes meanwhile; `None` where the shop has no such
    /// list.
    pub(super) async fn all(&self, ask: Ask) -> Result<Option<Vec<Value>>> {
        let mut restarts = 0;
        let (mut rows, mut page, mut first_total) = (Vec::new(), 1, None);
        loop {
            let ask = ask.clone().with("per_page", ROWS).with("page", page);
            let Some(answer) = self.find(&ask).await? else {
                return Ok(None);
            };
            let sheet: Vec<Value> = answer.json()?;
            let total: Option<u64> = answer.header("x-wp-total").and_then(|total| total.parse().ok());
            if page > 1 && total != first_total && restarts < RESTARTS {
                restarts += 1;
                (rows, page, first_total) = (Vec::new(), 1, None);
                continue;
            }
            first_total = total;
            let pages: Option<u32> = answer
                .header("x-wp-totalpages")
                .and_then(|pages| pages.parse().ok());
            let more = pages.map_or(sheet.len() >= ROWS as usize, |pages| page < pages) && !sheet.is_empty();
            rows.extend(sheet);
            if !more {
                return Ok(Some(rows));
            }
            page += 1;
        }
    }
}

/// Reads rows one by one: one that cannot be read does not hold up the others.
pub(super) fn read<T: serde::de::DeserializeOwned>(rows: Vec<Value>) -> (Vec<T>, Vec<(String, String)>) {
    let mut good = Vec::with_capacity(rows.len());
    let mut unreadable = Vec::new();
    for row in rows {
        let id = row["id"].to_string();
        match serde_json::from_value(row) {
            Ok(read) => good.push(read),
            Err(error) => unreadable.push((id, error.to_string())),
        }
    }
    (good, unreadable)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn at(seconds: i64) -> Timestamp {
        Timestamp::from_seconds(seconds)
    }

    fn rows(modified: &[i64]) -> Vec<Value> {
        modified
            .iter()
            .map(|seconds| json!({ "id": seconds, "date_modified_gmt": date(at(*seconds)) }))
            .collect()
    }

    #[test]
    fn changes_go_on_from_a_second_before_the_last_one_seen() {
        let start = Position::start(Mode::Changed, at(100));
        let next = start.next(&rows(&[150, 200]), Some(3), Some(250)).unwrap();
        assert_eq!((next.seen, next.page, next.total), (at(199), 1, Some(250)));
        let again = next.next(&rows(&[200, 200]), Some(2), Some(130)).unwrap();
        assert_eq!(
            (again.seen, again.page),
            (at(199), 2),
            "a whole page of one second is counted"
        );
        assert_eq!(again.next(&rows(&[200, 201]), Some(2), Some(130)), None);
    }

    #[test]
    fn a_page_is_read_again_when_the_list_became_shorter() {
        let start = Position::start(Mode::All, at(0));
        let second = start.next(&rows(&[1]), Some(3), Some(250)).unwrap();
        assert_eq!(second.page, 2);
        let again = second.next(&rows(&[2]), Some(3), Some(249)).unwrap();
        assert_eq!((again.page, again.total), (2, Some(249)));
        assert_eq!(again.next(&rows(&[2]), Some(3), Some(249)).unwrap().page, 3);
    }

    #[test]
    fn a_cursor_survives_being_stored() {
        let position = Position::start(Mode::Created, at(1_795_000_000)).next(&rows(&[5]), Some(2), None);
        let position = position.unwrap();
        let read = Position::read(Some(&position.cursor()), Position::start(Mode::All, at(0))).unwrap();
        assert_eq!(read, position);
        let wrong = Position::read(Some(&Cursor("page2".to_owned())), read);
        assert!(matches!(wrong, Err(ConnectionError::Unreadable(_))));
    }
}
