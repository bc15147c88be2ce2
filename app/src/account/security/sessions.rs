//! Where somebody is logged in, and ending what is not theirs.

use leptos::prelude::*;
use leptos::server_fn::ServerFn;
use portal::Outcome;
use portal::access::Viewer;
use portal::accounts::device::Device;
use portal::accounts::sessions::{self, OwnSession};

use super::SECURITY;
use crate::action::{Action, Done, Reply};
use crate::page::Page;
use crate::text::Text;
use crate::ui::*;

/// The list.
pub(super) async fn card(page: &Page, viewer: &Viewer) -> Outcome<AnyView> {
    let t = page.t;
    let sessions = sessions::list(&page.portal, viewer.user(), &page.session_id()).await?;
    let has_others = sessions.iter().any(|session| !session.is_this);
    let rows = sessions.into_iter().map(|session| row(t, session)).collect_view();
    let foot = has_others.then(|| {
        view! {
            <CardFoot>
                <Form id="end-other-sessions" action=EndOtherSessions::PATH>
                    <Button variant=Variant::Danger>{t.get("account-sessions-end-others")}</Button>
                </Form>
            </CardFoot>
        }
    });
    Ok(view! {
        <Card>
            <CardHead title=t.get("account-sessions") note=t.get("account-sessions-note") />
            <List>{rows}</List>
            {foot}
        </Card>
    }
    .into_any())
}

fn row(t: Text, session: OwnSession) -> AnyView {
    let title = device(t, session.device);
    let address = session
        .address
        .unwrap_or_else(|| t.get("account-sessions-no-address"));
    let note = t.with(
        "account-sessions-facts",
        [
            ("address", address.into()),
            ("since", t.date_time(session.since).into()),
            ("seen", t.ago_within(session.last_seen_at).into()),
        ],
    );
    if session.is_this {
        return view! {
            <ListItem title note>
                <PlainBadge tone=Tone::Success text=t.get("account-sessions-this") />
            </ListItem>
        }
        .into_any();
    }
    let name = t.with("account-sessions-end-this", [("device", title.clone().into())]);
    view! {
        <ListItem title note>
            <Form action=EndSession::PATH>
                <input type="hidden" name="session" value=session.handle />
                <Button size=Size::Small>
                    <span aria-hidden="true">{t.get("account-sessions-end")}</span>
                    <span class="visually-hidden">{name}</span>
                </Button>
            </Form>
        </ListItem>
    }
    .into_any()
}

/// Browser and system, as far as they are known.
fn device(t: Text, device: Device) -> String {
    let name = |name: Option<&'static str>, unknown: &str| name.map_or_else(|| t.get(unknown), str::to_owned);
    t.with(
        "account-sessions-device",
        [
            (
                "browser",
                name(device.browser, "account-sessions-unknown-browser").into(),
            ),
            (
                "system",
                name(device.system, "account-sessions-unknown-system").into(),
            ),
        ],
    )
}

/// Ends one of the person's other sessions.
#[server(prefix = "/do", endpoint = "account/end-session")]
pub async fn end_session(
    /// The handle in the list.
    #[server(default)]
    session: String,
) -> Result<Reply, ServerFnError> {
    let action = Action::begin()?;
    let outcome = async {
        sessions::end_own(&action.portal, action.viewer()?.user(), &session).await?;
        Ok(Done::to(SECURITY).saying("session-ended"))
    }
    .await;
    action.answer("end-session", outcome).await
}

/// Ends all sessions of the person but this one.
#[server(prefix = "/do", endpoint = "account/end-other-sessions")]
pub async fn end_other_sessions() -> Result<Reply, ServerFnError> {
    let action = Action::begin()?;
    let outcome = async {
        let user = action.viewer()?.user();
        sessions::end_others(&action.portal, user, &action.session_id()).await?;
        Ok(Done::to(SECURITY).saying("sessions-ended"))
    }
    .await;
    action.answer("end-other-sessions", outcome).await
}
