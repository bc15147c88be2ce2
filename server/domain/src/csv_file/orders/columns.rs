//! The columns of an orders file.

use super::super::header::{self, Column};

/// Places of the columns in [`COLUMNS`].
pub(super) const REFERENCE: usize = 0;
pub(super) const RECIPIENT: usize = 1;
pub(super) const COMPANY: usize = 2;
pub(super) const ADDRESS_LINE1: usize = 3;
pub(super) const ADDRESS_LINE2: usize = 4;
pub(super) const CITY: usize = 5;
pub(super) const REGION: usize = 6;
pub(super) const POSTCODE: usize = 7;
pub(super) const COUNTRY: usize = 8;
pub(super) const EMAIL: usize = 9;
pub(super) const PHONE: usize = 10;
pub(super) const SHIPPING_METHOD: usize = 11;
pub(super) const NOTE: usize = 12;
pub(super) const PRODUCT_UID: usize = 13;
pub(super) const QUANTITY: usize = 14;
pub(super) const TITLE: usize = 15;
pub(super) const DESIGN: usize = 16;

/// The columns that say the same in every row of an order: where it goes and how.
pub(super) const HEAD: [usize; 12] = [
    RECIPIENT,
    COMPANY,
    ADDRESS_LINE1,
    ADDRESS_LINE2,
    CITY,
    REGION,
    POSTCODE,
    COUNTRY,
    EMAIL,
    PHONE,
    SHIPPING_METHOD,
    NOTE,
];

const fn needed(name: &'static str, name_es: &'static str, aliases: &'static [&'static str]) -> Column {
    Column {
        name,
        name_es,
        aliases,
        required: true,
        suffixed: false,
    }
}

const fn free(name: &'static str, name_es: &'static str, aliases: &'static [&'static str]) -> Column {
    Column {
        name,
        name_es,
        aliases,
        required: false,
        suffixed: false,
    }
}

/// The documented columns, in the order of the template.
pub(super) const COLUMNS: &[Column] = &[
    needed(
        "orderReferenceId",
        "ID de referencia del pedido",
        &[
            "orderreference",
            "orderid",
            "ordernumber",
            "order",
            "reference",
            "pedido",
            "referencia",
            "referenciapedido",
        ],
    ),
    needed(
        "recipient",
        "Destinatario",
        &["recipientname", "name", "fullname", "nombre", "nombrecompleto"],
    ),
    free("company", "Empresa", &["companyname", "compania"]),
    needed(
        "addressLine1",
        "Dirección 1",
        &["address", "address1", "street", "direccion", "calle"],
    ),
    free("addressLine2", "Dirección 2", &["address2"]),
    needed("city", "Ciudad", &["town", "poblacion", "localidad"]),
    free(
        "region",
        "Provincia",
        &["state", "stateprovince", "province", "county", "estado"],
    ),
    free(
        "postcode",
        "Código postal",
        &["postalcode", "zip", "zipcode", "cp"],
    ),
    needed("country", "País", &["countrycode", "codigopais"]),
    free("email", "Correo electrónico", &["emailaddress", "mail", "correo"]),
    free("phone", "Teléfono", &["phonenumber", "telephone", "tel", "movil"]),
    free("shippingMethod", "Método de envío", &["shipping", "envio"]),
    free(
        "note",
        "Nota",
        &[
            "notes",
            "comment",
            "comments",
            "notas",
            "comentario",
            "observaciones",
        ],
    ),
    needed(
        "productUid",
        "UID del producto",
        &["product", "productid", "uid", "producto", "uidproducto"],
    ),
    needed("quantity", "Cantidad", &["qty", "copies", "unidades"]),
    free("title", "Título", &["linetitle", "itemtitle", "producttitle"]),
    Column {
        name: "designFileUrl",
        name_es: "URL del archivo de diseño",
        aliases: &[
            "design",
            "designfile",
            "designurl",
            "fileurl",
            "urldiseno",
            "urlarchivodiseno",
            "archivo",
        ],
        required: false,
        suffixed: true,
    },
];

/// The documented name of the column that a heading of an orders file means.
pub fn orders_column(heading: &str) -> Option<&'static str> {
    header::column_name(COLUMNS, heading)
}

/// The column and suffix of a field of the domain's parsers.
pub(super) fn column_of(field: &str) -> Option<(usize, &str)> {
    let (name, suffix) = field.split_once(':').unwrap_or((field, ""));
    let column = match name {
        "reference" => REFERENCE,
        "recipient" => RECIPIENT,
        "company" => COMPANY,
        "address_line1" => ADDRESS_LINE1,
        "address_line2" => ADDRESS_LINE2,
        "city" => CITY,
        "region" => REGION,
        "postcode" => POSTCODE,
        "country" => COUNTRY,
        "email" => EMAIL,
        "phone" => PHONE,
        "shipping_method" => SHIPPING_METHOD,
        "note" => NOTE,
        "product_uid" => PRODUCT_UID,
        "quantity" => QUANTITY,
        "title" => TITLE,
        "design" => DESIGN,
        _ => return None,
    };
    Some((column, suffix))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headings_of_both_languages_mean_the_same_column() {
        for heading in ["productUid", "UID del producto", "product uid", "Producto"] {
            assert_eq!(orders_column(heading), Some("productUid"), "{heading}");
        }
        assert_eq!(orders_column("colour"), None);
    }
}
