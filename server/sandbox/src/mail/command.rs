//! What a sender can say: the commands of RFC 5321 with the parameters of RFC 1870, 4954 and 6152.

/// A command that is well formed.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Command {
    Ehlo,
    Helo,
    Auth {
        mechanism: String,
        initial: Option<String>,
    },
    Mail {
        sender: String,
        size: Option<usize>,
        eight_bit: bool,
    },
    Recipient {
        address: String,
    },
    Data,
    Reset,
    Nothing,
    Verify,
    Help,
    Quit,
}

/// Reads a command; an error is the answer to give.
pub(super) fn parse(line: &[u8]) -> Result<Command, &'static str> {
    let Ok(line) = std::str::from_utf8(line) else {
        return Err("500 5.5.2 Commands are ASCII");
    };
    if !line.is_ascii() {
        return Err("553 5.6.7 Addresses are ASCII: SMTPUTF8 is not offered");
    }
    let line = line.trim_end();
    let (verb, rest) = line.split_once(' ').unwrap_or((line, ""));
    match (verb.to_ascii_uppercase().as_str(), rest) {
        ("EHLO" | "HELO", "") => Err("501 5.5.4 Say who you are"),
        ("EHLO", _) => Ok(Command::Ehlo),
        ("HELO", _) => Ok(Command::Helo),
        ("AUTH", _) => auth(rest),
        ("MAIL", _) => mail(rest),
        ("RCPT", _) => recipient(rest),
        ("DATA", "") => Ok(Command::Data),
        ("RSET", "") => Ok(Command::Reset),
        ("QUIT", "") => Ok(Command::Quit),
        ("DATA" | "RSET" | "QUIT", _) => Err("501 5.5.4 The command takes no parameters"),
        ("NOOP", _) => Ok(Command::Nothing),
        ("VRFY", _) => Ok(Command::Verify),
        ("HELP", _) => Ok(Command::Help),
        ("EXPN" | "STARTTLS" | "BDAT" | "ETRN", _) => Err("502 5.5.1 Command not implemented"),
        _ => Err("500 5.5.1 Command not recognised"),
    }
}

fn auth(rest: &str) -> Result<Command, &'static str> {
    let mut words = rest.split_ascii_whitespace();
    match (words.next(), words.next(), words.next()) {
        (Some(mechanism), initial, None) => Ok(Command::Auth {
            mechanism: mechanism.to_ascii_uppercase(),
            initial: initial.map(str::to_owned),
        }),
        _ => Err("501 5.5.4 AUTH mechanism [initial-response]"),
    }
}

fn mail(rest: &str) -> Result<Command, &'static str> {
    let (sender, parameters) = path(rest, "FROM:").ok_or("501 5.1.7 MAIL FROM:<address>")?;
    if !(sender.is_empty() || is_address(sender)) {
        return Err("501 5.1.7 The sender is no address");
    }
    let (mut size, mut eight_bit) = (None, false);
    for parameter in parameters.split_ascii_whitespace() {
        let (name, value) = parameter.split_once('=').unwrap_or((parameter, ""));
        match (
            name.to_ascii_uppercase().as_str(),
            value.to_ascii_uppercase().as_str(),
        ) {
            ("SIZE", value) => size = Some(value.parse().map_err(|_| "501 5.5.4 SIZE is a number of bytes")?),
            ("BODY", "8BITMIME") => eight_bit = true,
            ("BODY", "7BIT") => eight_bit = false,
            ("AUTH", _) => {}
            _ => return Err("555 5.5.4 Parameter not recognised"),
        }
    }
    Ok(Command::Mail {
        sender: sender.to_owned(),
        size,
        eight_bit,
    })
}

fn recipient(rest: &str) -> Result<Command, &'static str> {
    let (address, parameters) = path(rest, "TO:").ok_or("501 5.1.3 RCPT TO:<address>")?;
    if !(is_address(address) || address.eq_ignore_ascii_case("postmaster")) {
        return Err("501 5.1.3 The recipient is no address");
    }
    if !parameters.trim().is_empty() {
        return Err("555 5.5.4 Parameter not recognised");
    }
    Ok(Command::Recipient {
        address: address.to_owned(),
    })
}

/// The address between `<` and `>` after `keyword`, and what follows it.
fn path<'a>(rest: &'a str, keyword: &str) -> Option<(&'a str, &'a str)> {
    let (found, after) = rest.split_at_checked(keyword.len())?;
    if !found.eq_ignore_ascii_case(keyword) {
        return None;
    }
    // Many senders put a blank after the colon; so do the servers that take it.
    let inside = after.trim_start().strip_prefix('<')?;
    let mut quoted = false;
    let end = inside
        .char_indices()
        .find_map(|(index, character)| match character {
            '"' => {
                quoted = !quoted;
                None
            }
            '>' if !quoted => Some(index),
            _ => None,
        })?;
    let (address, parameters) = (&inside[..end], &inside[end + 1..]);
    (parameters.is_empty() || parameters.starts_with(' ')).then_some((address, parameters))
}

fn is_address(address: &str) -> bool {
    let Some((local, domain)) = address.rsplit_once('@') else {
        return false;
    };
    let quoted = local.len() > 2 && local.starts_with('"') && local.ends_with('"');
    let plain = |part: &str, more: &str| {
        part.split('.').all(|word| {
            !word.is_empty()
                && word
                    .bytes()
                    .all(|b| b.is_ascii_alphanumeric() || more.as_bytes().contains(&b))
        })
    };
    let literal = domain.starts_with('[') && domain.ends_with(']');
    local.len() <= 64
        && domain.len() <= 255
        && (quoted || plain(local, "!#$%&'*+-/=?^_`{|}~"))
        && (literal || plain(domain, "-"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn well_formed_commands_are_read() {
        assert_eq!(
            parse(b"mail from:<a.b@x.example> SIZE=10 body=8BITMIME"),
            Ok(Command::Mail {
                sender: "a.b@x.example".to_owned(),
                size: Some(10),
                eight_bit: true
            })
        );
        assert_eq!(
            parse(b"RCPT TO:<\"a>b\"@x>"),
            Ok(Command::Recipient {
                address: "\"a>b\"@x".to_owned()
            })
        );
        assert!(matches!(parse(b"MAIL FROM:<>"), Ok(Command::Mail { sender, .. }) if sender.is_empty()));
    }

    #[test]
    fn malformed_commands_get_the_right_code() {
        let code = |line: &str| parse(line.as_bytes()).map_err(|answer| &answer[..3]).unwrap_err();
        for (line, expected) in [
            ("EHLO", "501"),
            ("MAIL FROM:a@x", "501"),
            ("MAIL FROM:<a>", "501"),
            ("MAIL FROM:<a@x> SIZE=many", "501"),
            ("MAIL FROM:<a@x> RET=HDRS", "555"),
            ("RCPT TO:<a b@x>", "501"),
            ("RCPT TO:<>", "501"),
            ("RCPT TO:<é@x>", "553"),
            ("DATA now", "501"),
            ("STARTTLS", "502"),
            ("GET / HTTP/1.1", "500"),
        ] {
            assert_eq!(code(line), expected, "{line}");
        }
    }
}
