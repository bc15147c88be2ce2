//! The people whom the orders are for, who may ask what is kept about them and have it erased.
//!
//! A platform asks for its buyers by [webhook](crate::stores::notices); who writes to the shop or to the print company is
//! looked after here, by the customer's account admin or an administrator. A buyer is known by e-mail address.

mod erase;
mod export;
mod find;

use domain::{EmailAddress, OrderStatus, Permission};

pub use erase::erase;
pub use export::export;
pub use find::{Kept, find};

use crate::access::Viewer;
use crate::orders::push_scope;
use crate::storage::Sql;
use crate::{Outcome, Refusal};

/// The address of a buyer as typed, for whoever may ask.
fn address(viewer: &Viewer, typed: &str) -> Outcome<EmailAddress> {
    viewer.require(Permission::AnswerBuyers)?;
    EmailAddress::parse(typed).map_err(|problem| Refusal::field("email", problem))
}

/// A column: how many of the orders are still to be made or sent.
fn push_under_way(query: &mut Sql) {
    query
        .push("COUNT(CASE WHEN orders.status NOT IN ")
        .push_list(OrderStatus::NOTHING_TO_SEND.map(OrderStatus::as_str))
        .push(" THEN 1 END)");
}

/// Goes on after the columns: from the stores, by whose index it finds the orders of a buyer within the viewer's scope.
fn push_orders(query: &mut Sql, viewer: &Viewer, email: &EmailAddress) {
    query
        .push(
            " FROM stores CROSS JOIN orders WHERE orders.store_id = stores.id AND orders.email IS NOT NULL \
             AND LOWER(orders.email) = LOWER(",
        )
        .push_bind(email.as_str())
        .push(")");
    push_scope(query, &viewer.scope());
}

#[cfg(test)]
mod tests;
