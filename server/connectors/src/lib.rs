//! All outbound HTTP of the portal.
