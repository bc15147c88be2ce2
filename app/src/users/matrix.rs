//! What each role may do, in words: read from the policy, so that the page cannot say anything else.

use domain::{Allowance, ClientRole, Permission, StoreReach, allows};
use leptos::prelude::*;

use crate::text::Text;
use crate::ui::*;

/// What people do, and the permissions each of it takes. Those of a row go together for every role.
const ROWS: [(&str, &[Permission]); 11] = [
    ("see-orders", &[Permission::SeeOrders]),
    ("see-stores", &[Permission::SeeStores, Permission::SeeProducts]),
    (
        "place-orders",
        &[Permission::PlaceOrders, Permission::ImportOrders],
    ),
    (
        "edit-orders",
        &[
            Permission::EditOrders,
            Permission::ApproveOrders,
            Permission::HoldOrders,
            Permission::CancelOrders,
        ],
    ),
    (
        "products",
        &[
            Permission::ConnectProducts,
            Permission::AddProducts,
            Permission::BulkProducts,
        ],
    ),
    (
        "configure-stores",
        &[Permission::ConfigureStores, Permission::SyncStores],
    ),
    ("connect-stores", &[Permission::ConnectStores]),
    ("account", &[Permission::ChangeAccount]),
    ("users", &[Permission::ManageUsers]),
    ("buyers", &[Permission::AnswerBuyers]),
    ("audit-log", &[Permission::SeeAuditLog]),
];

/// The table of all roles.
pub(super) fn role_matrix(t: Text) -> AnyView {
    let heads = ClientRole::ALL
        .iter()
        .map(|role| view! { <HeadCell text=t.get(&format!("role-{}", role.slug())) /> })
        .collect_view();
    let rows = ROWS.iter().map(|row| matrix_row(t, *row)).collect_view();
    view! {
        <Card>
            <CardHead title=t.get("users-matrix") />
            <div class="matrix">
                <DataTable caption=t.get("users-matrix-caption") compact=true scroll=true>
                    <TableHead>
                        <HeadCell text=t.get("users-matrix-action") hidden=true />
                        {heads}
                    </TableHead>
                    <TableBody>{rows}</TableBody>
                </DataTable>
            </div>
        </Card>
    }
    .into_any()
}

fn matrix_row(t: Text, (name, permissions): (&str, &[Permission])) -> AnyView {
    let cells = ClientRole::ALL
        .iter()
        .map(|role| {
            let allowance = permissions
                .first()
                .map_or(Allowance::No, |permission| allows(*role, *permission));
            view! { <Cell>{answer(t, *role, allowance)}</Cell> }
        })
        .collect_view();
    let name = t.get(&format!("users-may-{name}"));
    view! {
        <Row>
            <th scope="row" role="rowheader">{name}</th>
            {cells}
        </Row>
    }
    .into_any()
}

fn answer(t: Text, role: ClientRole, allowance: Allowance) -> AnyView {
    match (allowance, role.reach()) {
        (Allowance::No, _) => view! {
            <span class="no" aria-hidden="true">"–"</span>
            <span class="visually-hidden">{t.get("users-matrix-no")}</span>
        }
        .into_any(),
        (Allowance::Everywhere, _) | (_, StoreReach::All) => view! {
            <span class="yes"><Icon name="check" /></span>
            <span class="visually-hidden">{t.get("users-matrix-yes")}</span>
        }
        .into_any(),
        (Allowance::InChosenStores, StoreReach::Chosen) => t.get("users-matrix-chosen").into_any(),
        (Allowance::InChosenStores, StoreReach::Either) => t.get("users-matrix-either").into_any(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_rows_tell_the_whole_policy() {
        for (name, permissions) in ROWS {
            for role in ClientRole::ALL {
                let same = permissions
                    .iter()
                    .all(|permission| allows(*role, *permission) == allows(*role, permissions[0]));
                assert!(same, "{name} means different things for {role}");
            }
        }
        for permission in Permission::ALL {
            let told = ROWS
                .iter()
                .filter(|(_, permissions)| permissions.contains(permission))
                .count();
            let of_clients = ClientRole::ALL
                .iter()
                .any(|role| allows(*role, *permission).is_some());
            assert_eq!(told, usize::from(of_clients), "{permission}");
        }
    }
}
