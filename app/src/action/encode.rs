//! How a path is written as the value of a query parameter.

/// Makes a path safe as the value of a query parameter.
pub fn encode(value: &str) -> String {
    use std::fmt::Write as _;
    value
        .bytes()
        .fold(String::with_capacity(value.len()), |mut escaped, byte| {
            if byte.is_ascii_alphanumeric() || b"-_.~/".contains(&byte) {
                escaped.push(char::from(byte));
            } else {
                // Writing to a string cannot fail.
                let _ = write!(escaped, "%{byte:02X}");
            }
            escaped
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_becomes_one_query_value() {
        assert_eq!(
            encode("/console/orders?q=a b&x=ñ"),
            "/console/orders%3Fq%3Da%20b%26x%3D%C3%B1"
        );
    }
}
