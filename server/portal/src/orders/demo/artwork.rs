//! Designs of demo orders: pictures of two colours, drawn here.

use domain::id::FileId;

use super::Shop;
use crate::files::{NewFile, Purpose, Upload, record};
use crate::{Outcome, Portal, Refusal};

/// Width and height in pixels of a good design of a poster, of a coarse one, and of one of another shape.
const SIZES: [(u32, u32); 3] = [(1800, 2530), (420, 590), (3600, 2000)];
/// Paper and ink of each.
const COLOURS: [[[u8; 3]; 2]; 3] = [
    [[246, 236, 214], [20, 78, 74]],
    [[252, 214, 150], [38, 34, 74]],
    [[238, 240, 243], [190, 60, 46]],
];

/// Keeps the designs for each shop: files belong to a customer.
pub(super) async fn keep(portal: &Portal, shops: &[Shop]) -> Outcome<Vec<Vec<FileId>>> {
    let mut kept = Vec::with_capacity(shops.len());
    for shop in shops {
        let mut files = Vec::with_capacity(SIZES.len());
        for (size, colours) in SIZES.into_iter().zip(COLOURS) {
            files.push(keep_one(portal, shop, &picture(size, colours)).await?);
        }
        kept.push(files);
    }
    Ok(kept)
}

async fn keep_one(portal: &Portal, shop: &Shop, bytes: &[u8]) -> Outcome<FileId> {
    let unexpected = |error: crate::files::FileError| Refusal::Unexpected(error.into());
    let mut upload = Upload::begin(portal.files.as_ref(), Purpose::Design)
        .await
        .map_err(unexpected)?;
    upload.write(bytes).await.map_err(unexpected)?;
    let file = upload.finish("poster.png").await.map_err(unexpected)?;
    let mut tx = portal.db.begin().await?;
    let new = NewFile {
        file: &file,
        customer: Some(shop.client.customer),
        created_by: Some(shop.client.user),
    };
    let id = record(&mut tx, portal, new).await?;
    tx.commit().await?;
    Ok(id)
}

/// A PNG of two colours: a disc over waves, one bit per pixel, not compressed (RFC 1951, section 3.2.4).
fn picture((width, height): (u32, u32), colours: [[u8; 3]; 2]) -> Vec<u8> {
    let mut rows = Vec::new();
    for y in 0..height {
        // Each row begins with its filter: none.
        rows.push(0);
        for byte in 0..width.div_ceil(8) {
            let bits = (0..8).map(|bit| u8::from(is_ink(byte * 8 + bit, y, width, height)) << (7 - bit));
            rows.push(bits.sum());
        }
    }
    let mut png = b"\x89PNG\r\n\x1a\n".to_vec();
    let head: Vec<u8> = [width.to_be_bytes(), height.to_be_bytes()]
        .concat()
        .into_iter()
        .chain([1, 3, 0, 0, 0])
        .collect();
    chunk(&mut png, *b"IHDR", &head);
    chunk(&mut png, *b"PLTE", &colours.concat());
    chunk(&mut png, *b"IDAT", &stored(&rows));
    chunk(&mut png, *b"IEND", &[]);
    png
}

fn is_ink(x: u32, y: u32, width: u32, height: u32) -> bool {
    let (x, y, width, height) = (i64::from(x), i64::from(y), i64::from(width), i64::from(height));
    let (from_middle, from_sun) = (x - width / 2, y - height * 2 / 5);
    let sun = from_middle * from_middle + from_sun * from_sun < (width / 4) * (width / 4);
    let swell = (x * 12 / width - 6) * (x * 12 / width - 6) * height / 900;
    let wave = y > height * 3 / 5 && (y + swell) % (height / 12).max(2) < height / 24;
    sun != wave
}

fn chunk(png: &mut Vec<u8>, kind: [u8; 4], data: &[u8]) {
    png.extend(u32::try_from(data.len()).unwrap_or(u32::MAX).to_be_bytes());
    let body: Vec<u8> = kind.iter().chain(data).copied().collect();
    png.extend(&body);
    png.extend(crc32(&body).to_be_bytes());
}

/// A zlib stream of stored blocks.
fn stored(data: &[u8]) -> Vec<u8> {
    let mut stream = vec![0x78, 0x01];
    let blocks = data.chunks(usize::from(u16::MAX));
    let last = blocks.len().saturating_sub(1);
    for (number, block) in blocks.enumerate() {
        let length = u16::try_from(block.len()).unwrap_or(u16::MAX);
        stream.push(u8::from(number == last));
        stream.extend(length.to_le_bytes());
        stream.extend((!length).to_le_bytes());
        stream.extend(block);
    }
    stream.extend(adler32(data).to_be_bytes());
    stream
}

fn crc32(data: &[u8]) -> u32 {
    !data.iter().fold(!0, |crc: u32, byte| {
        (0..8).fold(crc ^ u32::from(*byte), |crc, _| {
            if crc & 1 == 1 {
                crc >> 1 ^ 0xedb8_8320
            } else {
                crc >> 1
            }
        })
    })
}

fn adler32(data: &[u8]) -> u32 {
    let (low, high) = data.iter().fold((1_u32, 0_u32), |(low, high), byte| {
        let low = (low + u32::from(*byte)) % 65_521;
        (low, (high + low) % 65_521)
    });
    high << 16 | low
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn checksums_are_those_of_the_standards() {
        assert_eq!(crc32(b"123456789"), 0xcbf4_3926);
        assert_eq!(adler32(b"Wikipedia"), 0x11e6_0398);
    }

    #[test]
    fn pictures_have_their_size() {
        let png = picture((40, 20), COLOURS[0]);
        let size = imagesize::blob_size(&png).unwrap();
        assert_eq!((size.width, size.height), (40, 20));
    }
}
