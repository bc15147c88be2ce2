//! A believable catalogue, to try the portal out.

use domain::catalogue::{CatalogueProduct, RawCatalogueProduct};

use super::create;
use crate::access::Operator;
use crate::{Outcome, Portal, Refusal};

/// UID, names, category, options and print areas in their text form, smallest and largest quantity.
type Entry = (
    &'static str,
    &'static str,
    &'static str,
    &'static str,
    &'static str,
    &'static str,
    &'static str,
    &'static str,
);

const CATALOGUE: [Entry; 10] = [
    (
        "poster",
        "Poster",
        "Póster",
        "Posters/Carteles",
        "size(Size/Tamaño)=A4|A3|A2; paper(Paper/Papel)=silk(Silk 200 g/Seda 200 g)|matt(Matt 170 g/Mate 170 g)",
        "front(Front/Anverso) 297x420mm bleed 3mm 150dpi 1p pdf,png,jpeg",
        "",
        "",
    ),
    (
        "art-print",
        "Art print",
        "Lámina artística",
        "Posters/Carteles",
        "size(Size/Tamaño)=30x40(30 × 40 cm)|50x70(50 × 70 cm)",
        "front(Front/Anverso) 300x400mm bleed 3mm 150dpi 1p pdf,png,tiff",
        "",
        "",
    ),
    (
        "business-card",
        "Business card",
        "Tarjeta de visita",
        "Cards/Tarjetas",
        "finish(Finish/Acabado)=matt(Matt/Mate)|gloss(Gloss/Brillo)|soft(Soft touch/Tacto suave)",
        "front(Front/Anverso) 85x55mm bleed 2mm 300dpi 1p pdf; back(Back/Reverso) 85x55mm bleed 2mm 300dpi 1p pdf",
        "50",
        "10000",
    ),
    (
        "greeting-card",
        "Greeting card",
        "Tarjeta de felicitación",
        "Cards/Tarjetas",
        "",
        "outside(Outside/Exterior) 296x105mm bleed 3mm 300dpi 1p pdf,png,jpeg; inside(Inside/Interior) 296x105mm bleed 3mm 300dpi 1p pdf,png,jpeg",
        "",
        "",
    ),
    (
        "mug-11oz",
        "Mug, 11 oz",
        "Taza, 325 ml",
        "Gifts/Regalos",
        "colour(Colour/Color)=white(White/Blanca)|black(Black inside/Negra por dentro)",
        "wrap(Wrap/Envolvente) 200x90mm bleed 2mm 150dpi 1p pdf,png,jpeg",
        "",
        "500",
    ),
    (
        "tote-bag",
        "Tote bag",
        "Bolsa de tela",
        "Textiles/Textil",
        "colour(Colour/Color)=natural(Natural)|black(Black/Negra)",
        "front(Front/Anverso) 280x320mm bleed 0mm 150dpi 1p pdf,png",
        "",
        "2000",
    ),
    (
        "flyer-a5",
        "Flyer A5",
        "Folleto A5",
        "Flyers/Folletos",
        "",
        "front(Front/Anverso) 148x210mm bleed 3mm 300dpi 1p pdf; back(Back/Reverso) 148x210mm bleed 3mm 300dpi 1p pdf",
        "100",
        "50000",
    ),
    (
        "sticker-sheet",
        "Sticker sheet",
        "Hoja de pegatinas",
        "Stickers/Pegatinas",
        "shape(Shape/Forma)=round(Round/Redonda)|square(Square/Cuadrada)",
        "sheet(Sheet/Hoja) 148x210mm bleed 2mm 200dpi 1p pdf,png",
        "10",
        "",
    ),
    (
        "mailing-tube",
        "Mailing tube, 45 cm",
        "Tubo de envío, 45 cm",
        "Stock/Almacén",
        "",
        "",
        "",
        "",
    ),
    (
        "gift-box",
        "Gift box",
        "Caja de regalo",
        "Stock/Almacén",
        "",
        "",
        "",
        "",
    ),
];

/// Adds products that a small print company could have. Those that are there already stay as they are.
///
/// # Errors
/// [`Refusal::Forbidden`] for operators who may not change the catalogue.
pub async fn fill(portal: &Portal, operator: &Operator) -> Outcome<()> {
    for (uid, name_en, name_es, category, options, print_areas, min_quantity, max_quantity) in CATALOGUE {
        let product = CatalogueProduct::parse(&RawCatalogueProduct {
            uid,
            name_en,
            name_es,
            category,
            options,
            print_areas,
            min_quantity,
            max_quantity,
        })?;
        match create(portal, operator, &product).await {
            Ok(_) | Err(Refusal::Invalid(_)) => {}
            Err(refusal) => return Err(refusal),
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalogue::orderable;
    use crate::orders::testing;
    use crate::testing::on_both;

    #[tokio::test]
    async fn filling_twice_changes_nothing() {
        on_both(async |portal| {
            let operator = testing::operator(&portal);
            fill(&portal, &operator).await.unwrap();
            fill(&portal, &operator).await.unwrap();
            let products = orderable(&portal).await.unwrap();
            for uid in ["poster_a3-silk", "business-card_matt", "gift-box"] {
                products.find(uid).unwrap();
            }
        })
        .await;
    }
}
