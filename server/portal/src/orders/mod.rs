//! Orders: how they come into being, move through production and arrive.
//!
//! Every order comes into being in [`create_in`], and every change of a status goes through `status::apply`: it writes
//! lines, the order's roll-up, the kept counters and the timeline in one transaction.

mod address;
mod advance;
mod at_store;
mod bulk;
mod cancel;
mod check_design;
mod correct_tracking;
mod counted;
mod counts;
mod create;
mod customers;
pub mod demo;
mod design;
mod detail;
mod edit_line;
mod erased;
mod events;
mod export;
mod find;
mod hold;
mod insert;
pub(crate) mod intake;
mod list;
mod load;
mod look_again;
mod of_jobs;
mod place;
mod recorded;
mod search;
mod ship;
mod status;
mod stores;
mod tellings;
#[cfg(test)]
pub(crate) mod testing;
mod tracking;
mod under_way;
mod writes;

pub use crate::actor::Actor;
pub use address::{AddressForm, edit_address, may_edit};
pub use advance::{Advance, advance, next_step};
pub use at_store::{AtStore, at_store};
pub use bulk::{BulkResult, advance_all};
pub use cancel::{cancel, may_cancel};
pub use check_design::CheckDesign;
pub use correct_tracking::{TrackingForm, correct_tracking};
pub use counts::{DayCount, StatusCounts, day_of, orders_per_day, status_counts};
pub(crate) use counts::{push_only_untold, waiting_statuses};
pub(crate) use create::content_hash;
pub use create::{Creation, Origin, create_in};
pub use customers::{OrderingCustomer, any_customers_called, any_ordering_customer, any_recent_customers};
pub(crate) use design::give_to_customer;
pub use design::{DesignForm, replace_design};
pub use detail::{
    GivenDesign, LineDetail, LineFileDetail, OrderDetail, OrderHead, ShipmentDetail, ShippedLine,
    TimelineEvent,
};
pub use edit_line::{LineEdit, edit_line};
pub(crate) use erased::note_erased;
pub use events::{Corrected, Correction, EventDetail};
pub use export::{ORDER_COLUMNS, RowWords, export_csv};
pub use find::{any_customers_numbers, find, neighbours};
pub use hold::{hold, may_hold, may_release, release};
pub(crate) use intake::ignore_line;
pub use intake::{ReconsiderOrders, StoreChange, may_take_back, take_back, take_over};
pub use list::{OrderFilter, OrderRow, list};
pub use of_jobs::{JobOrder, any_customers_orders_of_jobs};
pub use place::{LineForm, MOST_LINES, PlaceOrderForm, Placed, check, place};
pub use search::RenameInOrders;
pub use ship::{ShipmentForm, any_carriers, ship};
pub use stores::{OrderingStore, any_ordering_stores, any_platforms};
pub use under_way::is_under_way;
pub use writes::{TellAgain, WriteBack, WriteDetail, retry_write};

use crate::access::Scope;
use crate::storage::Sql;

/// Appends ` AND …`: orders within `scope`. The statement must name the table `orders` without an alias.
pub(crate) fn push_scope(query: &mut Sql, scope: &Scope) {
    if let Some(customer) = scope.customer() {
        query.push(" AND orders.customer_id = ").push_bind(customer);
    }
    if let Some(stores) = scope.chosen_stores() {
        query
            .push(" AND orders.store_id IN ")
            .push_list(stores.iter().copied());
    }
}
