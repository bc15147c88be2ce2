//! The second step of the log-in: whether somebody has one, their recovery codes, and doing without it.

use leptos::prelude::*;
use leptos::server_fn::ServerFn;
use portal::access::Viewer;
use portal::accounts::two_factor::{self, CODES, FIELD, RecoveryCodes, TwoFactor};

use super::SECURITY;
use crate::account::two_factor::NEW_CODES;
use crate::action::{Action, Done, Reply};
use crate::page::Page;
use crate::text::Text;
use crate::ui::*;
use crate::visitor::SET_UP_TWO_FACTOR;

/// Forms of the page.
const RENEW: &str = "new-codes";
const SWITCH_OFF: &str = "switch-off";
/// The dialog that asks for password and code.
const DIALOG: &str = "switch-off-two-factor";

/// How somebody logs in, and what they can do about it.
pub(super) fn card(page: &Page, viewer: &Viewer, two_factor: Option<TwoFactor>) -> AnyView {
    match two_factor {
        Some(two_factor) => on(page, viewer, two_factor),
        None => off(page.t),
    }
}

fn off(t: Text) -> AnyView {
    view! {
        <Card>
            <CardHead title=t.get("account-two-factor") note=t.get("account-two-factor-note")>
                <PlainBadge text=t.get("account-two-factor-is-off") />
            </CardHead>
            <CardFoot>
                <ButtonLink href=SET_UP_TWO_FACTOR variant=Variant::Primary>
                    {t.get("account-two-factor-set-up")}
                </ButtonLink>
            </CardFoot>
        </Card>
    }
    .into_any()
}

fn on(page: &Page, viewer: &Viewer, two_factor: TwoFactor) -> AnyView {
    let t = page.t;
    let needed =
        matches!(viewer, Viewer::Operator(_)) && page.portal.settings.security.operators_need_two_factor;
    let (left, all) = (two_factor.codes_left, i64::try_from(CODES).unwrap_or(i64::MAX));
    let left_words = t.with("account-codes-left", [("left", left.into()), ("all", all.into())]);
    let switch_off = if needed {
        let company = page.portal.settings.brand.company.as_str();
        let reason = t.with("account-two-factor-stays", [("company", company.into())]);
        view! { <Button disabled_reason=reason>{t.get("account-two-factor-switch-off-menu")}</Button> }
            .into_any()
    } else {
        let href = page.link_with(&[("dialog", Some(DIALOG))]);
        view! {
            <ButtonLink href variant=Variant::Danger opens=DIALOG>
                {t.get("account-two-factor-switch-off-menu")}
            </ButtonLink>
        }
        .into_any()
    };
    view! {
        <Card>
            <CardHead title=t.get("account-two-factor") note=t.get("account-two-factor-note")>
                <PlainBadge tone=Tone::Success text=t.get("account-two-factor-is-on") />
            </CardHead>
            <CardBody>
                <Facts>
                    <Fact name=t.get("account-two-factor-since") value=t.date_time(two_factor.since) />
                    <Fact name=t.get("account-codes") value=left_words />
                </Facts>
            </CardBody>
            <CardFoot>
                <Form id=RENEW action=NewRecoveryCodes::PATH>
                    <Button>{t.get("account-codes-renew")}</Button>
                </Form>
                {switch_off}
            </CardFoot>
        </Card>
        {(!needed).then(|| switch_off_dialog(page))}
    }
    .into_any()
}

fn switch_off_dialog(page: &Page) -> AnyView {
    let t = page.t;
    let open = page.shows_dialog(DIALOG) || page.shows_dialog(SWITCH_OFF);
    let close_href = page.link_with(&[("dialog", None)]);
    view! {
        <Dialog
            id=DIALOG
            title=t.get("account-two-factor-switch-off")
            note=t.get("account-two-factor-switch-off-note")
            size=Size::Small
            open
            close_href
        >
            <Form id=SWITCH_OFF action=SwitchOffTwoFactor::PATH>
                <DialogBody>
                    <PasswordField
                        name="password"
                        label=t.get("account-password")
                        autocomplete="current-password"
                    />
                    <TextField
                        name=FIELD
                        label=t.get("account-code")
                        help=t.get("account-code-or-recovery")
                        autocomplete="one-time-code"
                        code=true
                    />
                </DialogBody>
                <DialogFoot id=DIALOG>
                    <Button variant=Variant::DangerFill>{t.get("account-two-factor-switch-off")}</Button>
                </DialogFoot>
            </Form>
        </Dialog>
    }
    .into_any()
}

/// Recovery codes that were just made. They are shown this once; whoever was on their way to another page goes on from
/// here.
pub(super) fn new_codes(t: Text, codes: &RecoveryCodes, next: Option<String>) -> AnyView {
    let lines: Vec<String> = codes.iter().map(str::to_owned).collect();
    let lines = lines
        .into_iter()
        .map(|code| view! { <li class="mono">{code}</li> })
        .collect_view();
    let go_on = next.map(|href| {
        view! {
            <CardFoot>
                <ButtonLink href variant=Variant::Primary>
                    {t.get("account-codes-go-on")}
                </ButtonLink>
            </CardFoot>
        }
    });
    view! {
        <Card id="recovery-codes">
            <CardHead title=t.get("account-codes") note=t.get("account-codes-once") />
            <CardBody>
                <ul class="codes">{lines}</ul>
            </CardBody>
            {go_on}
        </Card>
    }
    .into_any()
}

/// Makes new recovery codes; the page that follows shows them.
#[server(prefix = "/do", endpoint = "account/new-recovery-codes")]
pub async fn new_recovery_codes() -> Result<Reply, ServerFnError> {
    let action = Action::begin()?;
    let outcome = async {
        let user = action.viewer()?.user();
        let proof = action.proof().await?;
        let codes = two_factor::renew(&action.portal, user, proof).await?;
        let sealed = codes.seal(&action.portal, user)?;
        action.remember(NEW_CODES, &sealed).await?;
        Ok(Done::to(SECURITY).saying("codes-renewed"))
    }
    .await;
    action.answer(RENEW, outcome).await
}

/// Switches the second step off.
#[server(prefix = "/do", endpoint = "account/switch-off-two-factor")]
pub async fn switch_off_two_factor(
    /// Their password.
    #[server(default)]
    password: String,
    /// A code of the app, or a recovery code.
    #[server(default)]
    secret_code: String,
) -> Result<Reply, ServerFnError> {
    let action = Action::begin()?;
    let outcome = async {
        let user = action.viewer()?.user();
        let address = action.visitor.address;
        two_factor::switch_off(&action.portal, user, password, &secret_code, address).await?;
        Ok(Done::to(SECURITY).saying("two-factor-off"))
    }
    .await;
    action.answer(SWITCH_OFF, outcome).await
}
