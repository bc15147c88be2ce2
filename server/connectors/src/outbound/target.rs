//! Reading an address as it was written, before any name is resolved.

use std::net::IpAddr;

use url::{Host, Url};

use super::address::{Refused, Targets};
use super::error::OutboundError;

/// The longest address taken, in bytes; browsers and servers give up around here too.
const MAX_LENGTH: usize = 2_048;

/// Endings of names that never belong to a public host (RFC 6761, RFC 6762, RFC 8375, RFC 9476 and private use).
const PRIVATE_ENDINGS: [&str; 12] = [
    "alt",
    "arpa",
    "corp",
    "home",
    "internal",
    "intranet",
    "invalid",
    "lan",
    "local",
    "localdomain",
    "onion",
    "private",
];

/// Ports from 1024 on that belong to other protocols: those browsers block (the Fetch standard's "bad port" list)
/// and those of common databases and cluster services.
const OTHER_PROTOCOLS: [u16; 34] = [
    1433, 1521, 1719, 1720, 1723, 2049, 2181, 2375, 2376, 2379, 2380, 3306, 3389, 3659, 4045, 4190, 5060,
    5061, 5432, 5984, 6000, 6379, 6443, 6566, 6679, 6697, 9042, 9092, 9200, 9300, 10080, 10250, 11211, 27017,
];

/// Reads an address somebody typed and refuses what can be refused without the network: other schemes, user names,
/// odd ports, literal addresses in any notation outside `targets`, and names that never belong to a public host.
///
/// What the name resolves to is checked again when the connection is made; passing here is no promise.
///
/// # Errors
/// [`OutboundError::InvalidUrl`], [`OutboundError::RefusedPort`] or [`OutboundError::RefusedAddress`].
pub fn check_url(address: &str, targets: Targets) -> Result<Url, OutboundError> {
    if address.len() > MAX_LENGTH {
        return Err(OutboundError::InvalidUrl);
    }
    let url = Url::parse(address.trim()).map_err(|_| OutboundError::InvalidUrl)?;
    check(&url, targets)?;
    Ok(url)
}

/// The same for an address that is already parsed, such as the target of a redirect.
pub(super) fn check(url: &Url, targets: Targets) -> Result<(), OutboundError> {
    if !matches!(url.scheme(), "http" | "https") || !url.username().is_empty() || url.password().is_some() {
        return Err(OutboundError::InvalidUrl);
    }
    // The URL standard already read decimal, octal, hexadecimal, shortened, percent-encoded and full-width
    // notations of IPv4 into the address they mean, and does not know zone ids at all.
    let allowed = match url.host().ok_or(OutboundError::InvalidUrl)? {
        Host::Ipv4(address) => targets.allow(IpAddr::V4(address)),
        Host::Ipv6(address) => targets.allow(IpAddr::V6(address)),
        Host::Domain(name) => may_be_public(name, targets),
    };
    if !allowed {
        return Err(Refused {
            host: url.host_str().unwrap_or_default().to_owned(),
        }
        .into());
    }
    match url.port_or_known_default() {
        Some(80 | 443) => Ok(()),
        Some(port) if port >= 1024 && !is_other_protocol(port) => Ok(()),
        port => Err(OutboundError::RefusedPort(port.unwrap_or_default())),
    }
}

fn is_other_protocol(port: u16) -> bool {
    OTHER_PROTOCOLS.contains(&port) || (6665..=6669).contains(&port)
}

/// Names without a dot resolve through the machine's own search list, into its own network.
fn may_be_public(name: &str, targets: Targets) -> bool {
    let name = name.strip_suffix('.').unwrap_or(name);
    let ending = name.rsplit('.').next().unwrap_or(name);
    if ending == "localhost" {
        return targets == Targets::PublicAndLoopback;
    }
    name.contains('.') && !PRIVATE_ENDINGS.contains(&ending)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Every way we know to write an address inside: quality promise 6.
    const REFUSED: [&str; 88] = [
        // IPv4 as written, and the notations of old parsers.
        "http://127.0.0.1/",
        "http://127.1/",
        "http://127.0.1/",
        "http://127.255.255.254/",
        "http://2130706433/",
        "http://017700000001/",
        "http://0x7f000001/",
        "http://0x7f.0x0.0x0.0x1/",
        "http://0x7F.1/",
        "http://0177.0.0.1/",
        "http://0177.0.0.01/",
        "http://00000177.1/",
        "http://127.0.0.1./",
        "http://127.0.0.1:80/",
        "https://127.0.0.1:443/",
        "http://%31%32%37.0.0.1/",
        "http://127%2e0%2e0%2e1/",
        "http://１２７.０.０.１/",
        "http://127。0。0。1/",
        "http://①②⑦.⓪.⓪.①/",
        "http:\\\\127.0.0.1\\",
        "http:127.0.0.1",
        "http:///127.0.0.1/",
        "http://0/",
        "http://0.0.0.0/",
        "http://0.1.2.3/",
        "http://10.0.0.1/",
        "http://10.255.255.255/",
        "http://167772161/",
        "http://0x0a000001/",
        "http://012.0.0.1/",
        "http://100.64.0.1/",
        "http://100.127.255.254/",
        "http://168.63.129.16/",
        "http://169.254.169.254/latest/meta-data/",
        "http://169.254.1.1/",
        "http://2852039166/",
        "http://0xa9fea9fe/",
        "http://0xa9.0xfe.0xa9.0xfe/",
        "http://0251.0376.0251.0376/",
        "http://172.16.0.1/",
        "http://172.31.255.255/",
        "http://192.0.0.192/",
        "http://192.0.2.1/",
        "http://192.88.99.1/",
        "http://192.168.0.1/",
        "http://192.168.257/",
        "http://3232235777/",
        "http://198.18.0.1/",
        "http://198.19.255.255/",
        "http://198.51.100.7/",
        "http://203.0.113.7/",
        "http://224.0.0.1/",
        "http://239.255.255.250/",
        "http://240.0.0.1/",
        "http://255.255.255.255/",
        // IPv6, also standing for IPv4.
        "http://[::]/",
        "http://[::1]/",
        "http://[0:0:0:0:0:0:0:1]/",
        "http://[0000:0000:0000:0000:0000:0000:0000:0001]/",
        "http://[::ffff:127.0.0.1]/",
        "http://[::ffff:7f00:1]/",
        "http://[::ffff:10.0.0.1]/",
        "http://[::ffff:169.254.169.254]/",
        "http://[::ffff:0:127.0.0.1]/",
        "http://[::127.0.0.1]/",
        "http://[::10.0.0.1]/",
        "http://[64:ff9b::127.0.0.1]/",
        "http://[64:ff9b::a9fe:a9fe]/",
        "http://[64:ff9b:1::1]/",
        "http://[100::1]/",
        "http://[2001::1]/",
        "http://[2001:2::1]/",
        "http://[2001:db8::1]/",
        "http://[2002:7f00:1::]/",
        "http://[2002:a00:1::1]/",
        "http://[3fff::1]/",
        "http://[fc00::1]/",
        "http://[fd00:ec2::254]/",
        "http://[fe80::1]/",
        "http://[fec0::1]/",
        "http://[ff02::1]/",
        // Names.
        "http://localhost/",
        "http://LOCALHOST./",
        "http://shop.localhost/",
        "http://metadata.google.internal/",
        "http://printer.local/",
        "http://postgres/",
    ];

    #[test]
    fn addresses_inside_are_refused_however_they_are_written() {
        for address in REFUSED {
            let answer = check_url(address, Targets::PublicOnly);
            assert!(
                matches!(answer, Err(OutboundError::RefusedAddress(_))),
                "{address}: {answer:?}"
            );
        }
    }

    #[test]
    fn malformed_addresses_are_invalid() {
        for address in [
            "",
            "shop.example.com/a.pdf",
            "//127.0.0.1/",
            "file:///etc/passwd",
            "ftp://example.com/a.pdf",
            "gopher://example.com:70/",
            "data:application/pdf;base64,AAAA",
            "javascript:alert(1)",
            "http://",
            "http://user@example.com/",
            "http://user:secret@example.com/",
            "http://127.0.0.1@example.com/",
            "http://[fe80::1%25eth0]/",
            "http://[fe80::1%eth0]/",
            "http://[::1]%25lo/",
            "http://256.256.256.256/",
            "http://1.2.3.4.5/",
            "http://0x100000000/",
            "http://exa mple.com/",
            "http://example.com:99999/",
        ] {
            let answer = check_url(address, Targets::PublicOnly);
            assert!(
                matches!(answer, Err(OutboundError::InvalidUrl)),
                "{address}: {answer:?}"
            );
        }
        let long = format!("https://example.com/{}", "a".repeat(MAX_LENGTH));
        assert!(matches!(
            check_url(&long, Targets::PublicOnly),
            Err(OutboundError::InvalidUrl)
        ));
    }

    #[test]
    fn ports_of_other_protocols_are_refused() {
        for port in [
            0, 1, 22, 23, 25, 53, 110, 143, 389, 445, 587, 993, 3306, 5432, 6379, 6667, 9200, 11211,
        ] {
            let answer = check_url(&format!("http://example.com:{port}/"), Targets::PublicOnly);
            assert!(
                matches!(answer, Err(OutboundError::RefusedPort(p)) if p == port),
                "{port}: {answer:?}"
            );
        }
    }

    #[test]
    fn public_addresses_pass() {
        for address in [
            "https://files.example.com/design.pdf?signature=a%2Fb",
            "http://example.com:8080/",
            "https://example.com./",
            "https://münchen.example/",
            "http://93.184.215.14/",
            "https://[2606:4700::1111]/",
            "  https://example.com/a.pdf\n",
        ] {
            assert!(check_url(address, Targets::PublicOnly).is_ok(), "{address}");
        }
    }

    #[test]
    fn the_development_setting_opens_loopback_only() {
        for address in [
            "http://127.0.0.1:4010/",
            "http://[::1]:4010/",
            "http://localhost:4010/",
        ] {
            assert!(
                check_url(address, Targets::PublicAndLoopback).is_ok(),
                "{address}"
            );
        }
        for address in [
            "http://10.0.0.1/",
            "http://169.254.169.254/",
            "http://[fd00::1]/",
            "http://postgres:8080/",
        ] {
            assert!(
                check_url(address, Targets::PublicAndLoopback).is_err(),
                "{address}"
            );
        }
    }
}
