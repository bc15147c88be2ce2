//! Who works for a customer.

use domain::InvitationState;
use leptos::prelude::*;
use leptos::server_fn::ServerFn;
use portal::Outcome;
use portal::paging::Slice;
use portal::users::{self, CustomerUser, UserColumn};

use super::access::ResendUserInvitation;
use super::add::{add_dialog, add_link};
use super::matrix::role_matrix;
use super::place::Place;
use super::query::UserQuery;
use super::toolbar::toolbar;
use crate::page::Page;
use crate::text::Text;
use crate::ui::*;

/// The form of the buttons in the rows.
const RESEND: &str = "resend";

/// The list, what each role may do, and the dialog that adds a user; and how many users there are.
///
/// # Errors
/// [`Refusal::NotFound`](portal::Refusal::NotFound); [`Refusal::Forbidden`](portal::Refusal::Forbidden).
pub async fn users_page(page: &Page, place: &Place) -> Outcome<(AnyView, i64)> {
    let t = page.t;
    let query: UserQuery = page.list_address();
    let count = users::count(&page.portal, &place.viewer, place.customer).await?;
    let (filter, turn) = (query.filter(), query.turn());
    let slice = users::list(
        &page.portal,
        &place.viewer,
        place.customer,
        &filter,
        turn,
        query.rows(),
    )
    .await?;
    let dialog = add_dialog(page, place).await?;
    let alone = (place.is_own() && count == 1).then(
        || view! { <Alert tone=Tone::Neutral title=t.get("users-alone") text=t.get("users-alone-text") /> },
    );
    let content = if count == 0 {
        let add = add_link(t, place);
        view! { <Empty title=t.get("users-empty-title") text=t.get("users-empty-text")>{add}</Empty> }
            .into_any()
    } else {
        let list = if slice.rows.is_empty() {
            nobody_found(t, place)
        } else {
            table(t, place, &query, &slice)
        };
        // One person needs no search.
        let toolbar = (count > 1).then(|| toolbar(t, place, &query));
        view! { {toolbar} {list} }.into_any()
    };
    let view = view! {
        {alone}
        {content}
        {role_matrix(t)}
        {dialog}
    };
    Ok((view.into_any(), count))
}

fn nobody_found(t: Text, place: &Place) -> AnyView {
    let home = place.home.clone();
    view! {
        <Empty title=t.get("users-none-match") text=t.get("users-none-text")>
            <ButtonLink href=home>{t.get("users-show-all")}</ButtonLink>
        </Empty>
    }
    .into_any()
}

fn table(t: Text, place: &Place, query: &UserQuery, slice: &Slice<CustomerUser>) -> AnyView {
    let rows = slice.rows.iter().map(|user| row(t, place, user)).collect_view();
    let (previous, next) = query.turns(&place.home, slice, |user| user.membership);
    let shown = t.with(
        "users-shown",
        [("rows", i64::try_from(slice.rows.len()).unwrap_or(i64::MAX).into())],
    );
    let column = |column| (query.sorted_by(&place.home, column), query.sorted(column));
    let (by_name, name_sorted) = column(UserColumn::Name);
    let (by_login, login_sorted) = column(UserColumn::LastLogin);
    let customer = place.customer.to_string();
    view! {
        <DataTable caption=t.get("users-caption") bleed=true>
            <TableHead>
                <SortCell
                    text=t.get("users-name")
                    href=by_name
                    sorted=name_sorted
                />
                <HeadCell text=t.get("users-role") />
                <HeadCell text=t.get("users-stores") optional=true />
                <HeadCell text=t.get("users-state") />
                <SortCell
                    text=t.get("users-last-login")
                    href=by_login
                    sorted=login_sorted
                />
                <HeadCell text=t.get("users-actions") hidden=true />
            </TableHead>
            <TableBody>{rows}</TableBody>
        </DataTable>
        <Form id=RESEND action=ResendUserInvitation::PATH>
            <input type="hidden" name="customer" value=customer />
        </Form>
        <Pager shown previous next rows=query.rows() kept=query.kept(&["rows"]) />
    }
    .into_any()
}

fn row(t: Text, place: &Place, user: &CustomerUser) -> AnyView {
    let (name, email, href) = (user.name(), user.email.clone(), place.page_of(user.id));
    let last = user
        .last_login_at
        .map_or_else(|| t.get("users-never"), |at| t.ago(at));
    let you = (user.id == place.viewer.user()).then(|| {
        view! { <span class="muted">" " {t.get("users-you")}</span> }
    });
    let resend = may_be_invited_again(user, place).then(|| {
        let (id, whom) = (user.id.to_string(), name.clone());
        view! {
            <Button size=Size::Small icon="retry" form=RESEND name="user" value=id above_row=true>
                {t.get("users-resend")}
                <span class="visually-hidden">" " {whom}</span>
            </Button>
        }
    });
    let role = t.get(&format!("role-{}", user.role.slug()));
    let (stores, state) = (stores(t, user), state_badge(t, user));
    view! {
        <Row>
            <LeadCell title=name href sub=email monogram=true>
                {you}
            </LeadCell>
            <Cell label=t.get("users-role")>{role}</Cell>
            <Cell label=t.get("users-stores") optional=true>
                {stores}
            </Cell>
            <Cell narrow=Narrow::Corner>{state}</Cell>
            <Cell label=t.get("users-last-login") align=Align::Time>
                {last}
            </Cell>
            <Cell align=Align::Actions>{resend}</Cell>
        </Row>
    }
    .into_any()
}

/// Whether a new invitation could be sent now.
pub(super) fn may_be_invited_again(user: &CustomerUser, place: &Place) -> bool {
    let settled = matches!(user.state, InvitationState::Active | InvitationState::Sending);
    !settled && !user.blocked && !place.closed
}

/// The stores somebody is limited to, in words.
fn stores(t: Text, user: &CustomerUser) -> String {
    match &user.stores {
        None => t.get("users-all-stores"),
        Some(stores) if stores.is_empty() => t.get("users-no-store"),
        Some(stores) => stores
            .iter()
            .map(|(_, name)| name.as_str())
            .collect::<Vec<_>>()
            .join(", "),
    }
}

/// How far a user has come, or that they are kept out.
pub(super) fn state_badge(t: Text, user: &CustomerUser) -> AnyView {
    if user.blocked {
        view! { <PlainBadge text=t.get("users-blocked") /> }.into_any()
    } else {
        view! { <Badge status=user.state.slug() text=t.status(user.state) /> }.into_any()
    }
}
