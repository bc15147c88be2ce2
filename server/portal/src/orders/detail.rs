//! What is known about one order.

use domain::id::{
    CustomerId, EventId, FileId, LineFileId, LineId, OrderId, ShipmentId, StoreId, StoreVariantId,
};
use domain::source::LineProperty;
use domain::{
    ActorKind, CatalogueKey, Currency, FileState, IgnoredBecause, Language, LineKind, Money, OrderEventKind,
    OrderSource, OrderStatus, Platform, ReasonCode, StoreState, Timestamp,
};
use sqlx::types::Json;

use super::address::{may_edit, may_go_elsewhere};
use super::edit_line::{may_edit_line, version_of};
use super::events::EventDetail;
use super::intake::begun;
use super::writes::WriteDetail;
use crate::files::design::DesignCheck;

/// Everything about one order.
#[derive(Clone, Debug)]
pub struct OrderDetail {
    /// Head, address and origin.
    pub head: OrderHead,
    /// What is ordered.
    pub lines: Vec<LineDetail>,
    /// Parcels, oldest first.
    pub shipments: Vec<ShipmentDetail>,
    /// What its store was told, oldest first.
    pub writes: Vec<WriteDetail>,
    /// What happened, newest first.
    pub timeline: Vec<TimelineEvent>,
}

/// Head, address and origin of an order.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct OrderHead {
    /// The order.
    pub id: OrderId,
    /// The number people say, without its prefix.
    pub number: i64,
    /// Whose it is.
    pub customer_id: CustomerId,
    /// That customer's name.
    pub customer_name: String,
    /// The store it came in by.
    pub store_id: StoreId,
    /// That store's name.
    pub store_name: String,
    /// How that store's connection is.
    pub store_state: StoreState,
    /// Where that store lives.
    pub platform: Platform,
    /// What its source calls it.
    pub external_id: String,
    /// When it was placed, by its source's clock.
    pub placed_at: Option<Timestamp>,
    pub(super) total_minor: Option<i64>,
    pub(super) currency: Option<String>,
    /// How it came in.
    pub source: OrderSource,
    /// Its status: that of its least advanced line.
    pub status: OrderStatus,
    /// Why it stopped.
    pub reason: Option<ReasonCode>,
    /// Why nothing can be sent to its address, whatever else stops it.
    pub address_problem: Option<ReasonCode>,
    /// How to reach the recipient.
    pub email: Option<String>,
    /// How to reach the recipient.
    pub phone: Option<String>,
    /// The person it goes to.
    pub recipient: String,
    /// The company that person works for.
    pub company: Option<String>,
    /// Street and number.
    pub address_line1: String,
    /// Floor, door, building.
    pub address_line2: Option<String>,
    /// City or town.
    pub city: String,
    /// Province, state or county.
    pub region: Option<String>,
    /// Postcode.
    pub postcode: Option<String>,
    /// Country: its code.
    pub country: String,
    /// When who it was for was erased.
    pub buyer_erased_at: Option<Timestamp>,
    /// How it travels, as its source says.
    pub shipping_method: Option<String>,
    /// A remark.
    pub note: Option<String>,
    /// Pieces ordered.
    pub item_count: i64,
    /// Pieces shipped.
    pub shipped_count: i64,
    /// When it came in.
    pub created_at: Timestamp,
    /// When it was changed last: the version that a form was made for.
    pub updated_at: Timestamp,
}

impl OrderHead {
    /// What the buyer pays, when the source says.
    pub fn total(&self) -> Option<Money> {
        let currency: Currency = self.currency.as_deref()?.parse().ok()?;
        Some(Money {
            minor: self.total_minor?,
            currency,
        })
    }
}

/// A line of an order.
#[derive(Clone, Debug)]
pub struct LineDetail {
    /// The line.
    pub id: LineId,
    /// Its place in the order, from 1.
    pub position: i64,
    /// What it is called.
    pub title: String,
    /// What it is to production.
    pub kind: LineKind,
    /// Why it is not made here.
    pub ignored_because: Option<IgnoredBecause>,
    /// What is ordered; none while the store's product is not connected.
    pub product_uid: Option<String>,
    /// What told the variant apart at the store: `A3 / Silk`.
    pub variant_title: Option<String>,
    /// The store's stock-keeping unit.
    pub sku: Option<String>,
    /// What the buyer added.
    pub properties: Vec<LineProperty>,
    /// The store's variant, to be connected or ignored.
    pub store_variant: Option<StoreVariantId>,
    /// The address of the picture that the store shows of it.
    pub picture: Option<String>,
    /// The product's names in English and Spanish, when the catalogue has it.
    pub product_names: Option<(String, String)>,
    /// The chosen value of each of its options, in English and Spanish: `A3, Silk`; empty without options.
    pub(super) options: (String, String),
    /// Pieces ordered.
    pub quantity: i64,
    /// Pieces of each that the store sells: more than one of a pack.
    pub pieces_per_unit: i64,
    /// Pieces shipped.
    pub shipped_quantity: i64,
    /// Pieces that were cancelled after others had left; `quantity` is without them.
    pub cancelled_quantity: i64,
    /// Its status.
    pub status: OrderStatus,
    /// Where it was when it was put on hold.
    pub held_from: Option<OrderStatus>,
    /// Why it stopped.
    pub reason: Option<ReasonCode>,
    /// Its designs, one for each print area; those without a file are missing one.
    pub designs: Vec<LineFileDetail>,
}

impl OrderDetail {
    /// What the line at a place of the order is called, with its options, for a reader of a language.
    pub fn line_name(&self, position: i64, language: Language) -> Option<String> {
        let line = self.lines.iter().find(|line| line.position == position)?;
        Some(line.full_name(language))
    }

    /// Whether it may still go elsewhere: what is left of it is not in production, or was stopped.
    pub fn may_go_elsewhere(&self) -> bool {
        may_go_elsewhere(self.lines.iter().map(|line| (line.status, line.remaining())))
    }
}

impl LineDetail {
    /// Pieces that have not been shipped.
    pub const fn remaining(&self) -> i64 {
        self.quantity - self.shipped_quantity
    }

    /// Whether its product and quantity may still change.
    pub fn may_be_corrected(&self) -> bool {
        may_edit_line(self.status, self.has_begun())
    }

    /// What a form can be recognised by that was made for the line as it is.
    pub fn version(&self) -> String {
        version_of(self.product_uid.as_deref(), self.quantity)
    }

    /// Whether a design may be given or replaced.
    pub fn takes_design(&self) -> bool {
        may_edit(self.status) && !self.has_begun()
    }

    /// Whether production has begun with it: also when it was stopped since.
    pub fn has_begun(&self) -> bool {
        begun(self.status, self.held_from, self.shipped_quantity)
    }

    /// What the line is called, for a reader of a language. A title that is the catalogue's name of the product, as it
    /// is where nobody gave another one, is that name in the reader's language.
    pub fn name(&self, language: Language) -> &str {
        match &self.product_names {
            Some((en, es)) if self.title == *en || self.title == *es => match language {
                Language::En => en,
                Language::Es => es,
            },
            _ => &self.title,
        }
    }

    /// The chosen value of each option, for a reader of a language: `A3, Silk`.
    pub fn options(&self, language: Language) -> &str {
        match language {
            Language::En => &self.options.0,
            Language::Es => &self.options.1,
        }
    }

    /// What tells the line from others, for a reader of a language: `Poster, A3, Silk`.
    pub fn full_name(&self, language: Language) -> String {
        match self.options(language) {
            "" => self.name(language).to_owned(),
            options => format!("{}, {options}", self.name(language)),
        }
    }
}

/// The design of one print area of a line.
#[derive(Clone, Debug)]
pub struct LineFileDetail {
    /// The print area.
    pub area: CatalogueKey,
    /// The print area's names in English and Spanish, while the product has it.
    pub area_names: Option<(String, String)>,
    /// What is there; nothing when the design is missing.
    pub given: Option<GivenDesign>,
}

/// A design that was given.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct GivenDesign {
    /// The design.
    pub id: LineFileId,
    pub(super) line_id: LineId,
    pub(super) area_key: CatalogueKey,
    /// The address it is fetched from; none for an upload.
    pub url: Option<String>,
    /// The file, once it is here.
    pub file_id: Option<FileId>,
    /// What the file is called.
    pub file_name: Option<String>,
    /// What the file is.
    pub media_type: Option<String>,
    /// How large the file is, in bytes.
    pub size: Option<i64>,
    /// Whether it can be printed.
    pub state: FileState,
    /// Why it cannot, or why nobody knows yet.
    pub reason: Option<ReasonCode>,
    /// When it is fetched again, after its address did not answer.
    #[sqlx(skip)]
    pub retry_at: Option<Timestamp>,
    /// What was measured.
    pub check_result: Option<Json<DesignCheck>>,
    /// Whether somebody let the line go on with it, refused as it is.
    pub let_pass: bool,
}

/// A parcel.
#[derive(Clone, Debug)]
pub struct ShipmentDetail {
    /// The shipment.
    pub id: ShipmentId,
    /// Who brings it.
    pub carrier: String,
    /// The number the carrier knows it by.
    pub tracking_number: Option<String>,
    /// Where to follow it.
    pub tracking_url: Option<String>,
    /// When it left.
    pub shipped_at: Timestamp,
    /// What is in it.
    pub lines: Vec<ShippedLine>,
}

/// Pieces of a line in a parcel.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct ShippedLine {
    pub(super) shipment_id: ShipmentId,
    /// The line's place in the order.
    pub position: i64,
    /// What the line is called.
    pub title: String,
    /// How many.
    pub quantity: i64,
}

/// An entry of the timeline.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct TimelineEvent {
    /// The entry.
    pub id: EventId,
    /// What it tells.
    pub kind: OrderEventKind,
    /// The place of the line it is about; none for the whole order.
    pub position: Option<i64>,
    /// The status before.
    pub from_status: Option<OrderStatus>,
    /// The status after.
    pub to_status: Option<OrderStatus>,
    /// On which side it happened.
    pub actor: ActorKind,
    /// Who did it.
    pub actor_name: Option<String>,
    /// What it tells beyond.
    pub detail: Option<Json<EventDetail>>,
    /// When.
    pub created_at: Timestamp,
}
