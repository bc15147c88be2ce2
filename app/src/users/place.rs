//! Whose users a page is about.

use domain::id::{CustomerId, UserId};
use portal::access::Viewer;

/// Whose users a page or a form is about, who looks, and where the pages are.
#[derive(Clone, Debug)]
pub struct Place {
    /// Who manages.
    pub viewer: Viewer,
    /// Whose users.
    pub customer: CustomerId,
    /// The list.
    pub home: String,
    /// Whether Storefronts is closed to the customer: nobody can be invited then.
    pub closed: bool,
}

impl Place {
    /// The users of a customer as `viewer` sees them.
    pub fn new(viewer: Viewer, customer: CustomerId) -> Self {
        let home = match &viewer {
            Viewer::Client(_) => "/storefronts/settings/users".to_owned(),
            Viewer::Operator(_) => format!("/console/customers/{customer}/users"),
        };
        Self {
            viewer,
            customer,
            home,
            closed: false,
        }
    }

    /// Whether somebody of the customer manages, rather than an operator.
    pub(super) const fn is_own(&self) -> bool {
        matches!(self.viewer, Viewer::Client(_))
    }

    /// The page of a user.
    pub fn page_of(&self, user: UserId) -> String {
        format!("{}/{user}", self.home)
    }

    /// The page that adds one.
    pub(super) fn add_page(&self) -> String {
        format!("{}/new", self.home)
    }
}
