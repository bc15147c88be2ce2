//! Bytes as hexadecimal digits.

/// Two digits for each byte, in lower case.
pub(crate) fn lower(bytes: &[u8]) -> String {
    let digit = |nibble: u8| char::from(b"0123456789abcdef"[usize::from(nibble)]);
    bytes
        .iter()
        .flat_map(|byte| [digit(byte >> 4), digit(byte & 0xf)])
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_byte_is_two_digits() {
        assert_eq!(lower(&[0, 9, 0xa0, 0xff]), "0009a0ff");
    }
}
