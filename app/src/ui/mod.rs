//! The component kit: what pages are made of.
//!
//! One file per family. Components take words that are already in the reader's language; the few they know
//! themselves (*Close*, *Optional*, *Next*) come from `ui.ftl`. No component writes an inline style or script, and
//! every one works before scripts load: the [islands](crate::islands) only make some of them quicker.

mod account_menu;
mod auth;
mod badge;
mod brand;
mod button;
mod card;
mod chart;
mod chips;
mod choice;
mod confirm;
mod dialog;
mod field;
mod form;
mod icon;
mod message;
mod navigation;
mod page;
mod password;
mod picture;
mod progress;
mod qr;
mod shell;
pub mod styleguide;
mod table;
mod toolbar;
mod wizard;
mod words;

pub use account_menu::*;
pub use auth::*;
pub use badge::*;
pub use brand::*;
pub use button::*;
pub use card::*;
pub use chart::*;
pub use chips::*;
pub use choice::*;
pub use confirm::*;
pub use dialog::*;
pub use field::*;
pub use form::*;
pub use icon::*;
pub use message::*;
pub use navigation::*;
pub use page::*;
pub use password::*;
pub use picture::*;
pub use progress::*;
pub use qr::*;
pub use shell::*;
pub use table::*;
pub use toolbar::*;
pub use wizard::*;
pub use words::*;
