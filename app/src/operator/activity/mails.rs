//! The list of mails: to whom, how far, and what the mail server said.

use domain::{MailState, Permission};
use leptos::prelude::*;
use portal::access::Scope;
use portal::mail::{self, SentMail};
use portal::paging::Slice;
use portal::{jobs, messages};

use super::list_query::MailsQuery;
use super::{MAILS, tabs};
use crate::page::{Content, operator_page};
use crate::text::Text;
use crate::ui::*;

/// The page.
#[component]
pub fn MailsPage() -> impl IntoView {
    operator_page(Permission::SeeActivity, |page| async move {
        let query: MailsQuery = page.list_address();
        let state = query.mail_state();
        let mut conn = page.portal.db.read().await?;
        let found = mail::any_customer_list(&mut conn, state, &query.turn(), query.rows()).await?;
        let stopped = jobs::stopped(&mut conn).await?;
        let dead_messages = messages::dead_count(&mut conn, &Scope::AllCustomers).await?;
        drop(conn);
        let t = page.t;
        let title = t.get("activity-mails");
        let view = view! {
            <PageHead title=t.get("activity-title") />
            <Tabs label=t.get("activity-title") items=tabs(t, MAILS, stopped, dead_messages) />
            <div class="stack">{chips(t, &query)} {list(t, &query, found)}</div>
        };
        Ok(Content::new(title, view))
    })
}

fn chips(t: Text, query: &MailsQuery) -> AnyView {
    let chosen = query.mail_state();
    let to = |state: Option<&str>| query.link(MAILS, &[("state", state)]);
    let states = MailState::ALL
        .iter()
        .map(|state| {
            let current = chosen == Some(*state);
            view! { <Chip href=to(Some(state.as_str())) text=t.status(*state) current /> }
        })
        .collect_view();
    let all = view! { <Chip href=to(None) text=t.get("activity-all-mails") current={chosen.is_none()} /> };
    let means = |name: &str, _: &str| name != "state" || chosen.is_some();
    let odd = query.odd_chips(t, MAILS, means, |_| t.get("activity-filter-state"));
    view! {
        <Toolbar>
            <Chips label=t.get("activity-status")>{all} {states}</Chips>
        </Toolbar>
        <ActiveFilters filters=odd clear=MAILS />
    }
    .into_any()
}

fn list(t: Text, query: &MailsQuery, found: Slice<SentMail>) -> AnyView {
    if found.rows.is_empty() {
        return if query.is_narrowed() {
            view! {
                <Empty title=t.get("activity-no-mails-match")>
                    <ButtonLink href=MAILS>{t.get("activity-show-all")}</ButtonLink>
                </Empty>
            }
            .into_any()
        } else {
            view! { <Empty title=t.get("activity-no-mails") text=t.get("activity-no-mails-text") /> }
                .into_any()
        };
    }
    let (previous, next) = query.turns(MAILS, &found, |mail| mail.id);
    let number = i64::try_from(found.rows.len()).unwrap_or(i64::MAX);
    let shown = t.with("activity-rows", [("rows", number.into())]);
    let rows = found.rows.into_iter().map(|mail| row(t, mail)).collect_view();
    view! {
        <DataTable caption=t.get("activity-mails-caption") bleed=true>
            <TableHead sticky=true>
                <HeadCell text=t.get("activity-recipient") />
                <HeadCell text=t.get("activity-about-what") />
                <HeadCell text=t.get("activity-status") />
                <HeadCell text=t.get("activity-queued-at") />
                <HeadCell text=t.get("activity-attempts") numeric=true optional=true />
                <HeadCell text=t.get("activity-server-answer") />
            </TableHead>
            <TableBody>{rows}</TableBody>
        </DataTable>
        <Pager shown previous next rows=query.rows() kept=query.kept(&["rows"]) />
    }
    .into_any()
}

fn row(t: Text, mail: SentMail) -> AnyView {
    let kind = t.get(&format!("activity-mail-{}", mail.kind.as_str().replace('_', "-")));
    let retry = mail.retry_at.map(|at| {
        let next = t.with("activity-next-attempt", [("time", t.date_time(at).into())]);
        view! { <small class="muted">{next}</small> }
    });
    view! {
        <Row>
            <LeadCell title=mail.recipient />
            <Cell label=t.get("activity-about-what")>{kind}</Cell>
            <Cell narrow=Narrow::Corner>
                <Badge status=mail.state.slug() text=t.status(mail.state) />
            </Cell>
            <Cell label=t.get("activity-queued-at") align=Align::Time>
                <time datetime=t.machine_time(mail.created_at)>{t.date_time(mail.created_at)}</time>
            </Cell>
            <Cell align=Align::Number narrow=Narrow::Hidden optional=true>
                {t.number(mail.attempts)}
            </Cell>
            <Cell label=t.get("activity-server-answer")>
                <span dir="auto">{mail.server_answer}</span>
                {retry}
            </Cell>
        </Row>
    }
    .into_any()
}

#[cfg(test)]
mod tests {
    use domain::{Language, Timestamp};
    use portal::mail::MailKind;

    use crate::text::{Text, Zone};

    #[test]
    fn every_kind_of_mail_has_a_name() {
        let t = Text::new(Language::Es, Zone::UTC, Timestamp::EPOCH);
        for kind in MailKind::ALL {
            let key = format!("activity-mail-{}", kind.as_str().replace('_', "-"));
            assert!(!t.get(&key).contains(&key), "no name for {key}");
        }
    }
}
