//! Who is on the team.

use domain::Permission;
use leptos::prelude::*;
use portal::team::{self, TeamMember};

use super::invite::{INVITE, invite_dialog};
use crate::page::{Content, operator_page};
use crate::text::Text;
use crate::ui::*;

/// The page.
#[component]
pub fn TeamPage() -> impl IntoView {
    operator_page(Permission::ManageTeam, |page| async move {
        let t = page.t;
        let members = team::list(&page.portal, &page.operator).await?;
        let title = t.get("team-title");
        let count = t.number(i64::try_from(members.len()).unwrap_or(i64::MAX));
        let rows = members.into_iter().map(|member| row(t, member)).collect_view();
        let view = view! {
            <PageHead title=title.clone() count lede=t.get("team-lede")>
                <ButtonLink href=INVITE variant=Variant::Primary icon="user-plus" opens="invite">
                    {t.get("team-invite")}
                </ButtonLink>
            </PageHead>
            <DataTable caption=title.clone() bleed=true>
                <TableHead>
                    <HeadCell text=t.get("team-name") />
                    <HeadCell text=t.get("team-role") />
                    <HeadCell text=t.get("team-state") />
                    <HeadCell text=t.get("team-last-login") />
                </TableHead>
                <TableBody>{rows}</TableBody>
            </DataTable>
            {invite_dialog(&page)}
        };
        Ok(Content::new(title, view))
    })
}

fn row(t: Text, member: TeamMember) -> AnyView {
    let last = member
        .last_login_at
        .map_or_else(|| t.get("team-never"), |at| t.ago(at));
    let href = format!("/console/team/{}", member.id);
    let state = state_badge(t, &member);
    view! {
        <Row>
            <LeadCell title=member.name href sub=member.email monogram=true />
            <Cell label=t.get("team-role")>{t.get(&format!("role-{}", member.role.slug()))}</Cell>
            <Cell>{state}</Cell>
            <Cell label=t.get("team-last-login") align=Align::Time>{last}</Cell>
        </Row>
    }
    .into_any()
}

/// How far an operator has come, or that they are kept out.
pub(super) fn state_badge(t: Text, member: &TeamMember) -> AnyView {
    if member.blocked {
        view! { <PlainBadge text=t.get("team-blocked") /> }.into_any()
    } else {
        view! { <Badge status=member.state.slug() text=t.status(member.state) /> }.into_any()
    }
}
