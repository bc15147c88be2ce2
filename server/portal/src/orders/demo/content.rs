//! What demo orders say.

use domain::id::{FileId, StoreId};

use crate::Portal;
use crate::orders::{AddressForm, LineForm, PlaceOrderForm};

/// Recipient, street, postcode, city, country.
const ADDRESSES: [(&str, &str, &str, &str, &str); 10] = [
    (
        "Benedita Vasconcelos",
        "Rua de São Bento da Vitória 114",
        "4050-542",
        "Porto",
        "PT",
    ),
    (
        "Marcos Iglesias",
        "Calle Mayor 18, 2.º B",
        "46001",
        "Valencia",
        "ES",
    ),
    ("Hélène Dubois", "12 rue des Martyrs", "75009", "Paris", "FR"),
    ("Agnieszka Nowak", "ul. Piotrkowska 77", "90-423", "Łódź", "PL"),
    ("Owen Pritchard", "4 Castle Arcade", "CF10 1BU", "Cardiff", "GB"),
    (
        "Sara Benítez",
        "Avenida de la Constitución 9",
        "41004",
        "Sevilla",
        "ES",
    ),
    ("Noah Weber", "Oranienstraße 25", "10999", "Berlin", "DE"),
    ("Greta Lindqvist", "Storgatan 31", "111 20", "Stockholm", "SE"),
    (
        "Tiago Moreira",
        "Avenida da Liberdade 200",
        "1250-147",
        "Lisboa",
        "PT",
    ),
    (
        "Lucía Ferrer Montaner",
        "Carrer de Verdi 52, àtic 1a",
        "08012",
        "Barcelona",
        "ES",
    ),
];

const CARRIERS: [&str; 4] = ["SEUR", "Correos", "UPS", "DHL"];
const METHODS: [&str; 4] = ["SEUR 24", "Correos Estándar", "UPS Standard", "DHL Paket"];

/// Who brings the order with this number.
pub(super) fn carrier(number: u32) -> &'static str {
    CARRIERS[usize::try_from(number).unwrap_or_default() % CARRIERS.len()]
}

/// The form of the order with this number. `files` are designs: a good one, a coarse one, one of a wrong shape; only
/// `recent` orders have one of the bad ones.
pub(super) fn form(
    portal: &Portal,
    store: StoreId,
    number: u32,
    recent: bool,
    files: &[FileId],
) -> PlaceOrderForm {
    let index = usize::try_from(number).unwrap_or_default();
    let (recipient, line1, postcode, city, country) = ADDRESSES[index % ADDRESSES.len()];
    let email = format!("{}@example.com", domain::fold(recipient).replace(' ', "."));
    PlaceOrderForm {
        store: store.to_string(),
        token: portal.entropy.id().to_string(),
        reference: format!("PD-{:04}", 1042 + number),
        address: AddressForm {
            recipient: recipient.to_owned(),
            address_line1: line1.to_owned(),
            postcode: postcode.to_owned(),
            city: city.to_owned(),
            country: country.to_owned(),
            email,
            ..AddressForm::default()
        },
        shipping_method: METHODS[index % METHODS.len()].to_owned(),
        note: if index % 9 == 4 {
            "Regalo: sin factura en el paquete.".to_owned()
        } else {
            String::new()
        },
        lines: lines(index, recent, files),
    }
}

fn lines(index: usize, recent: bool, files: &[FileId]) -> Vec<LineForm> {
    let line = |uid: &str, quantity: usize, title: &str| LineForm {
        product_uid: uid.to_owned(),
        quantity: quantity.to_string(),
        title: title.to_owned(),
        ..LineForm::default()
    };
    let poster = |title: &str, file: Option<&FileId>| LineForm {
        uploads: file.map(|file| ("front".to_owned(), *file)).into_iter().collect(),
        ..line("poster_a3-silk", 1 + index % 5, title)
    };
    let titles = [
        "Limones",
        "Ola en Nazaré",
        "Noche en el Pirineo",
        "Hojas de olivo",
    ];
    let title = titles[index % titles.len()];
    match index % 16 {
        13 if recent => vec![poster(title, files.get(1))],
        11 if recent => vec![poster(title, files.get(2))],
        9 if recent => vec![poster(title, None)],
        1 | 5 | 12 => vec![poster(title, files.first()), line("gift-box", 1 + index % 3, "")],
        2 | 8 => vec![line("mailing-tube", 10, ""), line("gift-box", 4, "")],
        _ => vec![
            poster(title, files.first()),
            poster(titles[(index + 1) % titles.len()], files.first()),
        ],
    }
}
