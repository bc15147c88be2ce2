//! Products and orders made up from a seed, in all the shapes real shops have.

use std::time::Duration;

use serde::{Deserialize, Serialize};
use serde_json::json;

use super::{
    Address, Edit, NewLine, NewOrder, NewProduct, NewShipment, NewVariant, OrderAction, ProductOption,
    ProductStatus, Property, RefundRequest, Refused, Shop,
};
use crate::chance::Chance;
use crate::pictures;

/// What is special about an order.
#[derive(Clone, Copy, Debug, Default, Deserialize, Eq, PartialEq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Shape {
    /// One line, paid.
    #[default]
    Simple,
    /// Two to four lines.
    Several,
    /// A text to print in the line's properties.
    Personalised,
    /// The address of a design file in the line's properties, under a name that comes twice.
    Upload,
    /// A download beside something that is sent.
    PartlyDigital,
    /// Downloads only; no address.
    Digital,
    /// A line that is no product of the shop.
    ByHand,
    /// No address to send to, only one that pays.
    NoShippingAddress,
    /// No address at all, as a platform gives it that hides addresses.
    NoAddress,
    /// Not in the shop's currency.
    ForeignCurrency,
    /// A discount and a note of the buyer.
    Discounted,
    /// A line was refunded in part after the order was placed.
    PartlyRefunded,
    /// All of the money was given back.
    Refunded,
    /// Cancelled before anything was produced.
    Cancelled,
    /// A quantity was changed and a line added after the order was placed.
    Edited,
    /// Not paid yet.
    Unpaid,
    /// One of several lines was sent already, by hand.
    PartlyShipped,
    /// The product was renamed since.
    LongNames,
    /// A test of the shop's payment.
    Test,
}

impl Shape {
    /// Every shape.
    pub const ALL: [Self; 19] = [
        Self::Simple,
        Self::Several,
        Self::Personalised,
        Self::Upload,
        Self::PartlyDigital,
        Self::Digital,
        Self::ByHand,
        Self::NoShippingAddress,
        Self::NoAddress,
        Self::ForeignCurrency,
        Self::Discounted,
        Self::PartlyRefunded,
        Self::Refunded,
        Self::Cancelled,
        Self::Edited,
        Self::Unpaid,
        Self::PartlyShipped,
        Self::LongNames,
        Self::Test,
    ];
}

/// Adds so many products, about half of them with variants. Every tenth is odd in some way. Their pictures are served
/// at `origin`.
///
/// # Errors
/// [`Refused`], when a product made up here does not fit; it does.
pub fn products(shop: &mut Shop, count: usize, origin: &str, chance: &mut Chance) -> Result<(), Refused> {
    let first = shop.products.len();
    for number in first..first + count {
        shop.add_product(product(number, origin, chance))?;
    }
    Ok(())
}

/// Adds so many orders, in every [`Shape`] in turn, placed one after the other up to now.
///
/// # Errors
/// [`Refused::Impossible`] when the shop has no products.
pub fn orders(shop: &mut Shop, count: usize, chance: &mut Chance) -> Result<(), Refused> {
    let now = shop.now;
    for (number, shape) in Shape::ALL.iter().cycle().take(count).enumerate() {
        let minutes = (count - number) as u64 * 7;
        shop.now = now.minus(Duration::from_mins(minutes));
        order(shop, *shape, chance)?;
    }
    shop.now = now;
    Ok(())
}

/// Places an order of this shape; gives its id.
///
/// # Errors
/// [`Refused::Impossible`] when the shop has no products.
pub fn order(shop: &mut Shop, shape: Shape, chance: &mut Chance) -> Result<u64, Refused> {
    let mut new = NewOrder {
        lines: vec![line(shop, false, chance)?],
        email: format!("buyer{}@buyer.example", chance.below(10_000)),
        billing: Some(address(chance)),
        shipping_title: "Standard delivery".to_owned(),
        shipping_price: 495,
        ..NewOrder::default()
    };
    new.shipping.clone_from(&new.billing);
    adapt(shop, shape, &mut new, chance)?;
    let id = shop.place_order(new)?;
    for action in afterwards(shop, shape, id)? {
        shop.act_on_order(id, action)?;
    }
    Ok(id)
}

fn adapt(shop: &Shop, shape: Shape, new: &mut NewOrder, chance: &mut Chance) -> Result<(), Refused> {
    match shape {
        Shape::Several | Shape::PartlyRefunded | Shape::PartlyShipped => {
            for _ in 0..=chance.below(3) {
                new.lines.push(line(shop, false, chance)?);
            }
            new.lines[0].quantity = 3;
        }
        Shape::Personalised => {
            new.lines[0].properties = vec![
                property("Text", "Happy Birthday, Zoë!"),
                property("Text colour", "#112233"),
                property("_designer_id", "d-5521"),
            ];
        }
        Shape::Upload => {
            new.lines[0].properties = vec![
                property("Artwork file", "https://files.example/uploads/front.pdf"),
                property("Artwork file", "https://files.example/uploads/back.pdf"),
            ];
        }
        Shape::PartlyDigital => new.lines.push(line(shop, true, chance)?),
        Shape::Digital => {
            new.lines = vec![line(shop, true, chance)?];
            new.shipping = None;
            new.shipping_price = 0;
        }
        Shape::ByHand => new.lines.push(NewLine {
            title: Some("Rush handling".to_owned()),
            price: Some(1500),
            ..NewLine::default()
        }),
        Shape::NoShippingAddress => new.shipping = None,
        Shape::NoAddress => {
            new.shipping = None;
            new.billing = None;
        }
        Shape::ForeignCurrency => {
            let foreign = chance.one_of(&["USD", "SEK", "JPY"]);
            new.currency = Some(if foreign == shop.currency { "EUR" } else { foreign }.to_owned());
        }
        Shape::Discounted => {
            new.discount = 100;
            new.discount_code = Some("welcome".to_owned());
            new.note = String::from("Please deliver before noon.\nRing bell \"2\" & wait.");
        }
        Shape::Unpaid => new.unpaid = true,
        Shape::Test => new.test = true,
        Shape::LongNames => {
            new.lines[0].title = Some("An older name of it – “Größe” & <b>more</b>".to_owned());
        }
        Shape::Simple | Shape::Refunded | Shape::Cancelled | Shape::Edited => {}
    }
    Ok(())
}

fn afterwards(shop: &Shop, shape: Shape, id: u64) -> Result<Vec<OrderAction>, Refused> {
    let order = shop.order(id)?;
    let Some(first) = order.lines.first() else {
        return Ok(Vec::new());
    };
    let refund = |lines, amount| {
        let reason = "Did not like it".to_owned();
        OrderAction::Refund(RefundRequest {
            lines,
            amount,
            reason,
        })
    };
    Ok(match shape {
        Shape::PartlyRefunded if first.price > 0 => vec![refund(vec![(first.id, 1)], None)],
        Shape::Refunded => {
            let all = order.lines.iter().map(|line| (line.id, line.wanted));
            vec![refund(all.collect(), Some(order.total()))]
        }
        Shape::Cancelled => vec![OrderAction::Cancel {
            reason: "The buyer changed their mind".to_owned(),
        }],
        Shape::Edited => vec![OrderAction::Edit(Edit::Quantity {
            line: first.id,
            quantity: first.wanted + 1,
        })],
        Shape::PartlyShipped if first.requires_shipping => vec![OrderAction::Ship(NewShipment {
            lines: vec![(first.id, 1)],
            tracking_number: Some("JD014600003828000000".to_owned()),
            carrier: Some("DHL".to_owned()),
            ..NewShipment::default()
        })],
        _ => Vec::new(),
    })
}

fn property(name: &str, value: &str) -> Property {
    Property {
        name: name.to_owned(),
        value: json!(value),
    }
}

/// One to three of any variant that is, or is not, a download; of any when there is none of the kind.
fn line(shop: &Shop, digital: bool, chance: &mut Chance) -> Result<NewLine, Refused> {
    let kind =
        |product: &&super::Product| product.digital == digital && product.status == ProductStatus::Published;
    // Among the first fifty, so that a shop of ten thousand products is not walked through for each line.
    let choices: Vec<&super::Product> = shop.products.values().filter(kind).take(50).collect();
    let at = usize::try_from(chance.below(choices.len() as u64)).unwrap_or(0);
    let product = choices.get(at).copied().or(shop.products.values().next());
    let product = product.ok_or(Refused::Impossible("the shop has no products yet"))?;
    let variants: Vec<u64> = product.variants.iter().map(|variant| variant.id).collect();
    Ok(NewLine {
        variant_id: Some(chance.one_of(&variants)),
        quantity: 1 + u32::try_from(chance.below(3)).unwrap_or(0),
        ..NewLine::default()
    })
}

fn address(chance: &mut Chance) -> Address {
    let (first_name, last_name) = chance.one_of(&[
        ("Ada", "Byron"),
        ("José", "Núñez"),
        ("Zoë", "Müller-Weiß"),
        ("Søren", "Åkesson"),
        ("李", "明"),
    ]);
    let (line1, city, region, postcode, country) = chance.one_of(&[
        ("12 St James Sq", "London", "", "SW1Y 4JH", "GB"),
        ("Calle de Alcalá 45, 3º B", "Madrid", "M", "28014", "ES"),
        ("1600 Amphitheatre Pkwy", "Mountain View", "CA", "94043", "US"),
        ("Unter den Linden 77", "Berlin", "", "10117", "DE"),
    ]);
    let mut address = Address {
        phone: format!("+44 20 7946 0{:03}", chance.below(1000)),
        ..Address::default()
    };
    for (field, value) in [
        (&mut address.first_name, first_name),
        (&mut address.last_name, last_name),
        (&mut address.line1, line1),
        (&mut address.city, city),
        (&mut address.region, region),
        (&mut address.postcode, postcode),
        (&mut address.country, country),
    ] {
        value.clone_into(field);
    }
    address
}

/// A product of one of the families, by its number.
fn product(number: usize, origin: &str, chance: &mut Chance) -> NewProduct {
    let options = |options: &[(&str, &[&str])]| -> Vec<ProductOption> {
        let option = |(name, values): &(&str, &[&str])| ProductOption {
            name: (*name).to_owned(),
            values: values.iter().map(|value| (*value).to_owned()).collect(),
        };
        options.iter().map(option).collect()
    };
    let (title, code, options): (String, &str, Vec<ProductOption>) = match number % 6 {
        0 => (
            "Poster".to_owned(),
            "POS",
            options(&[("Size", &["A3", "A2", "A1"]), ("Paper", &["Matt", "Gloss"])]),
        ),
        1 => ("Mug".to_owned(), "MUG", Vec::new()),
        2 => (
            "T-shirt".to_owned(),
            "TEE",
            options(&[
                ("Size", &["S", "M", "L", "XL"]),
                ("Colour", &["Black", "White", "Red"]),
            ]),
        ),
        3 => ("Sticker sheet".to_owned(), "STI", Vec::new()),
        4 => (
            "Business cards".to_owned(),
            "BC",
            options(&[
                ("Paper", &["350gsm Silk", "400gsm Matt"]),
                ("Finish", &["None", "Soft-touch"]),
                ("Quantity", &["100", "250"]),
            ]),
        ),
        _ => (
            "Photo print".to_owned(),
            "PHO",
            options(&[("Format", &["10×15", "13×18", "20×30"])]),
        ),
    };
    let base = 500 + i64::try_from(chance.below(40)).unwrap_or(0) * 50;
    let first = NewVariant {
        sku: Some(format!("{code}-{:05}", number + 1)),
        price: base,
        image: Some(0),
        ..NewVariant::default()
    };
    let mut new = NewProduct {
        title: format!("{title} No. {}", number + 1),
        description: format!("<p>{title}, printed to order.</p>"),
        images: vec![
            pictures::address(origin, code, number, "front"),
            pictures::address(origin, code, number, "back"),
        ],
        variants: combined(&options, first, 250),
        options,
        ..NewProduct::default()
    };
    make_odd(&mut new, number);
    new
}

/// One variant of every combination of the options' values: `first` with those values, the beginnings of them after
/// its SKU, and a price that grows by `step` with each value.
pub(crate) fn combined(options: &[ProductOption], first: NewVariant, step: i64) -> Vec<NewVariant> {
    let mut all = vec![first];
    for option in options {
        let with = |begun: &NewVariant| {
            let begun = begun.clone();
            option.values.iter().enumerate().map(move |(at, value)| {
                let mut longer = begun.clone();
                let letters = value.chars().filter(|letter| letter.is_alphanumeric());
                let short: String = letters.take(3).flat_map(char::to_uppercase).collect();
                longer.sku = longer.sku.map(|sku| format!("{sku}-{short}"));
                longer.price += i64::try_from(at).unwrap_or(0) * step;
                longer.values.push(Some(value.clone()));
                longer
            })
        };
        all = all.iter().flat_map(with).collect();
    }
    all
}

/// What real shops have: names of all kinds, no SKUs, no pictures, drafts, downloads, free choices.
fn make_odd(new: &mut NewProduct, number: usize) {
    match number % 40 {
        7 => {
            new.digital = true;
            new.title = format!("E-book No. {}", number + 1);
        }
        13 => {
            new.title = format!(
                "Tarjetón “Año Nuevo” – größe & <em>más</em> 🎉 No. {}",
                number + 1
            );
        }
        18 => new.variants.iter_mut().for_each(|variant| variant.sku = None),
        21 => new.images.clear(),
        27 => new.status = ProductStatus::Draft,
        30 => {
            // The last option is left to the buyer: one variant for each other combination.
            let first = new
                .variants
                .first()
                .and_then(|variant| variant.values.last().cloned());
            new.variants
                .retain(|variant| variant.values.last() == first.as_ref());
            for last in new
                .variants
                .iter_mut()
                .filter_map(|variant| variant.values.last_mut())
            {
                *last = None;
            }
        }
        33 => new
            .variants
            .iter_mut()
            .for_each(|variant| variant.sku = Some("STICKER".to_owned())),
        37 => new
            .variants
            .iter_mut()
            .for_each(|variant| variant.sku = Some(String::new())),
        _ => {}
    }
}
