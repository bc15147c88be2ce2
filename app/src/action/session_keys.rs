//! What a session holds, by its keys.

/// Session key of [`Flash`](crate::visitor::Flash).
pub const FLASH: &str = "flash";
/// Session key of the logged-in user's id.
pub const USER: &str = "user";
/// Session key of the id of the customer that the user works for in this session.
pub const CUSTOMER: &str = "customer";
/// Session key of the id under which the session goes on; it is never kept.
pub const NEXT_ID: &str = "next-id";
/// Session key of the role that the user had when they were last here.
pub const ROLE: &str = "role";
/// Session key of the [`KeptForm`](crate::visitor::KeptForm).
pub const KEPT: &str = "kept";
/// Session key of the moment the session ends whatever happens, in microseconds.
pub const ENDS: &str = "ends";
/// Session key of who has given their password and not yet the code of their second step. Nobody is logged in then.
pub const HALF: &str = "half";
/// Session key of when and where the user logged in.
pub const LOG_IN: &str = "log-in";
/// Session key of the moment the user last proved who they are, in microseconds.
pub const PROVED: &str = "proved";
/// Session key of whose Storefronts an operator looks at.
pub const VIEWING: &str = "viewing";
/// Session key of the last request's moment, in microseconds.
pub const SEEN: &str = "seen";
