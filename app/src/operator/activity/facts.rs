//! What there is to say about a job, in words.

use domain::{JobState, Permission, ReasonCode, Timestamp};
use portal::access::Operator;
use portal::jobs::JobRow;

use crate::text::Text;

/// What kind of job it is.
pub(super) fn kind(t: Text, kind: &str) -> String {
    t.get(&format!("activity-kind-{kind}"))
}

/// Whom it works for: `Estudio Garabato · Láminas`.
pub(super) fn subject(job: &JobRow) -> Option<String> {
    let names = [job.customer_name.as_deref(), job.store_name.as_deref()];
    let names: Vec<&str> = names.into_iter().flatten().collect();
    (!names.is_empty()).then(|| names.join(" · "))
}

/// How far it is, what came of it, or why it stopped.
pub(super) fn result(t: Text, job: &JobRow) -> String {
    if let Some(code) = reason(job) {
        let sentence = t.reason(code);
        return match job.state {
            JobState::Queued => format!("{sentence} {}", next_attempt(t, job)),
            _ => sentence,
        };
    }
    match (job.state, job.progress_total) {
        (JobState::Queued, _) if job.attempt > 0 => next_attempt(t, job),
        // What is counted in hundredths says nothing once it is done.
        (JobState::Queued, _) | (_, None | Some(100)) => String::new(),
        (_, Some(total)) => t.with(
            "activity-done-of",
            [("done", job.progress_done.into()), ("total", total.into())],
        ),
    }
}

/// Why it stopped, or what its next attempt has to overcome.
pub(super) fn reason(job: &JobRow) -> Option<ReasonCode> {
    // A job at work may have overcome it by now.
    let told = job.reason.as_deref().filter(|_| job.state != JobState::Running);
    told?.parse().ok()
}

/// When it is tried again.
pub(super) fn next_attempt(t: Text, job: &JobRow) -> String {
    t.with(
        "activity-next-attempt",
        [("time", t.date_time(job.run_at).into())],
    )
}

/// How long its last attempt took, or takes by now: `0:31`, `< 1 s`.
pub(super) fn took(job: &JobRow, now: Timestamp) -> String {
    let Some(started) = job.started_at else {
        return String::new();
    };
    if job.state == JobState::Queued {
        return String::new();
    }
    let seconds = job.finished_at.unwrap_or(now).since(started).as_secs();
    match seconds {
        0 => "< 1 s".to_owned(),
        1..3600 => format!("{}:{:02}", seconds / 60, seconds % 60),
        _ => format!("{}:{:02}:{:02}", seconds / 3600, seconds / 60 % 60, seconds % 60),
    }
}

/// What an operator can do about it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Remedy {
    Cancel,
    Retry,
}

/// What this operator can do about this job.
pub(super) fn remedy(operator: &Operator, job: &JobRow) -> Option<Remedy> {
    operator.require(Permission::ControlActivity).ok()?;
    match job.state {
        JobState::Queued | JobState::Running => (!job.cancel_requested).then_some(Remedy::Cancel),
        JobState::Failed | JobState::Dead | JobState::Cancelled => Some(Remedy::Retry),
        JobState::Succeeded | JobState::PartlyFailed => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::Language;

    use crate::text::Zone;

    fn job(state: JobState) -> JobRow {
        JobRow {
            id: "018f0000-0000-7000-8000-000000000000".parse().unwrap(),
            kind: "send-mail".to_owned(),
            state,
            attempt: 1,
            max_attempts: 3,
            run_at: Timestamp::EPOCH,
            cancel_requested: false,
            progress_done: 7,
            progress_total: Some(9),
            result: None,
            reason: None,
            error: None,
            customer_id: None,
            customer_name: None,
            store_id: None,
            store_name: None,
            created_at: Timestamp::EPOCH,
            started_at: Some(Timestamp::EPOCH),
            finished_at: None,
        }
    }

    #[test]
    fn every_kind_of_job_has_a_name_in_both_languages() {
        for language in [Language::En, Language::Es] {
            let t = Text::new(language, Zone::UTC, Timestamp::EPOCH);
            let registry = portal::jobs::registry();
            let nameless: Vec<&str> = registry
                .kinds()
                .filter(|name| kind(t, name).contains("activity-kind"))
                .collect();
            assert_eq!(nameless, [] as [&str; 0], "add activity-kind-… to activity.ftl");
        }
    }

    #[test]
    fn a_stopped_job_says_why_and_another_how_far_it_came() {
        let t = Text::new(Language::En, Zone::UTC, Timestamp::EPOCH);
        let dead = JobRow {
            reason: Some("job-attempts-used-up".to_owned()),
            ..job(JobState::Dead)
        };
        assert_eq!(result(t, &dead), t.reason(ReasonCode::JobAttemptsUsedUp));
        assert_eq!(result(t, &job(JobState::Running)), "7 of 9");
        assert!(result(t, &job(JobState::Queued)).contains("1 Jan, 00:00"));
        let again = JobRow {
            reason: Some("design-unreachable".to_owned()),
            ..job(JobState::Queued)
        };
        let told = result(t, &again);
        assert!(
            told.contains("does not answer") && told.contains("1 Jan, 00:00"),
            "{told}"
        );
    }

    #[test]
    fn an_attempt_is_timed_from_its_start_to_its_end_or_to_now() {
        let at = Timestamp::from_seconds;
        let running = job(JobState::Running);
        assert_eq!(took(&running, at(31)), "0:31");
        assert_eq!(took(&running, at(3723)), "1:02:03");
        let done = JobRow {
            finished_at: Some(at(64)),
            ..job(JobState::Succeeded)
        };
        assert_eq!(took(&done, at(9000)), "1:04");
        assert_eq!(took(&job(JobState::Queued), at(5)), "");
    }
}
