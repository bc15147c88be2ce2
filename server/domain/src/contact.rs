//! How to reach somebody: e-mail addresses and telephone numbers.

use crate::Problem;
use crate::text::{line, text_newtypes};

text_newtypes! {
    /// An e-mail address, kept as it was typed; [`EmailAddress::key`] is what addresses are compared by.
    ///
    /// Checked pragmatically: what mail servers accept, not everything RFC 5322 could express (no quoted local
    /// parts, no address literals). Domains may be internationalised.
    EmailAddress, email, 254;
    /// A telephone number, kept as it was typed.
    PhoneNumber, phone, 40;
}

impl EmailAddress {
    /// The address in lower case: the log-in name.
    pub fn key(&self) -> String {
        self.as_str().to_lowercase()
    }
}

fn email(raw: &str, max: usize) -> Result<String, Problem> {
    let text = line(raw, max)?;
    let invalid = || Problem::new("invalid-email");
    let (local, domain) = text.rsplit_once('@').ok_or_else(invalid)?;
    if is_local_part(local) && is_domain(domain) {
        Ok(text)
    } else {
        Err(invalid())
    }
}

/// RFC 5321 §4.5.3.1.1 limits it to 64 octets; RFC 5322 §3.2.3 names the characters of an atom.
fn is_local_part(local: &str) -> bool {
    let is_atom = |atom: &str| {
        !atom.is_empty()
            && atom
                .bytes()
                .all(|b| b.is_ascii_alphanumeric() || b"!#$%&'*+/=?^_`{|}~-".contains(&b))
    };
    local.len() <= 64 && local.split('.').all(is_atom)
}

fn is_domain(domain: &str) -> bool {
    let is_label = |label: &str| {
        (1..=63).contains(&label.chars().count())
            && !label.starts_with('-')
            && !label.ends_with('-')
            && label
                .chars()
                .all(|c| c.is_alphanumeric() || c == '-' || (!c.is_ascii() && !c.is_whitespace()))
    };
    let Some((_, top)) = domain.rsplit_once('.') else {
        return false;
    };
    domain.split('.').all(is_label) && !top.chars().all(|c| c.is_ascii_digit())
}

fn phone(raw: &str, max: usize) -> Result<String, Problem> {
    let text = line(raw, max)?;
    let digits = text.chars().filter(char::is_ascii_digit).count();
    let plausible = text.chars().all(|c| c.is_ascii_digit() || " +-()./".contains(c));
    // E.164 allows 15 digits; extensions make it a few more.
    if plausible && (5..=20).contains(&digits) {
        Ok(text)
    } else {
        Err(Problem::new("invalid-phone"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn usual_addresses_are_accepted_as_typed() {
        for typed in [
            "ana@example.com",
            "Ana.Ruiz+print@Example.co.uk",
            "o'neil@example.com",
            "info@imprenta-peñón.es",
            "用户.x@例子.中国",
        ] {
            let parsed = EmailAddress::parse(typed);
            if typed.is_ascii() || typed.starts_with("info") {
                assert_eq!(parsed.unwrap().as_str(), typed);
            } else {
                assert!(
                    parsed.is_err(),
                    "a local part outside of ASCII needs a server that few have"
                );
            }
        }
    }

    #[test]
    fn what_no_server_takes_is_refused() {
        let long_local = format!("{}@example.com", "a".repeat(65));
        for typed in [
            "ana",
            "ana@",
            "@example.com",
            "ana@localhost",
            "ana@@example.com",
            "a b@example.com",
            "ana@exa mple.com",
            ".ana@example.com",
            "ana.@example.com",
            "a..b@example.com",
            "ana@-example.com",
            "ana@example..com",
            "ana@10.0.0.1",
            "Ana <ana@example.com>",
            "ana@example.com,bob@example.com",
            &long_local,
        ] {
            assert_eq!(
                EmailAddress::parse(typed).unwrap_err().code,
                "invalid-email",
                "{typed}"
            );
        }
        assert_eq!(
            EmailAddress::parse("ana@example.com\r\nBcc: x@y.es")
                .unwrap_err()
                .code,
            "control-characters"
        );
        assert_eq!(
            EmailAddress::parse(&format!("a@{}.com", "x".repeat(300)))
                .unwrap_err()
                .code,
            "too-long"
        );
    }

    #[test]
    fn addresses_are_compared_in_lower_case() {
        assert_eq!(
            EmailAddress::parse("ANA@Example.COM").unwrap().key(),
            "ana@example.com"
        );
    }

    #[test]
    fn telephone_numbers_need_digits() {
        assert!(PhoneNumber::parse("+34 600 12 34 56").is_ok());
        assert!(PhoneNumber::parse("(020) 7946-0000").is_ok());
        assert_eq!(PhoneNumber::parse("call me").unwrap_err().code, "invalid-phone");
        assert_eq!(PhoneNumber::parse("12").unwrap_err().code, "invalid-phone");
    }
}
