//! Which addresses may be called.
//!
//! Source of the ranges: the special-purpose address registries of IANA for
//! [IPv4](https://www.iana.org/assignments/iana-ipv4-special-registry) and
//! [IPv6](https://www.iana.org/assignments/iana-ipv6-special-registry).

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

/// Which addresses may be called.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Targets {
    /// Addresses of the public Internet.
    PublicOnly,
    /// For development and tests: also this machine's own loopback, where the sandbox listens.
    PublicAndLoopback,
}

/// An address, or a name that leads to one, that must not be called.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{host} is not a public address")]
pub struct Refused {
    /// The host as it was written.
    pub host: String,
}

impl Targets {
    /// Whether `address` may be called.
    pub fn allow(self, address: IpAddr) -> bool {
        let address = embedded_v4(address).map_or(address, IpAddr::V4);
        match address {
            _ if address.is_loopback() => self == Self::PublicAndLoopback,
            IpAddr::V4(v4) => !RESERVED_V4.iter().any(|range| range.contains(v4)),
            IpAddr::V6(v6) => {
                GLOBAL_UNICAST.contains(v6) && !RESERVED_V6.iter().any(|range| range.contains(v6))
            }
        }
    }
}

/// The IPv4 address that an IPv6 address stands for: mapped (`::ffff:0:0/96`) or translated by NAT64
/// (`64:ff9b::/96`, the answer of a resolver in a network without IPv4).
fn embedded_v4(address: IpAddr) -> Option<Ipv4Addr> {
    let IpAddr::V6(v6) = address else { return None };
    match v6.segments() {
        [0, 0, 0, 0, 0, 0xffff, high, low] | [0x64, 0xff9b, 0, 0, 0, 0, high, low] => {
            Some(Ipv4Addr::from_bits(u32::from(high) << 16 | u32::from(low)))
        }
        _ => None,
    }
}

struct V4Range(Ipv4Addr, u32);

impl V4Range {
    const fn contains(&self, address: Ipv4Addr) -> bool {
        (address.to_bits() ^ self.0.to_bits()).leading_zeros() >= self.1
    }
}

struct V6Range(Ipv6Addr, u32);

impl V6Range {
    const fn contains(&self, address: Ipv6Addr) -> bool {
        (address.to_bits() ^ self.0.to_bits()).leading_zeros() >= self.1
    }
}

const fn v4(a: u8, b: u8, c: u8, prefix: u32) -> V4Range {
    V4Range(Ipv4Addr::new(a, b, c, 0), prefix)
}

const fn v6(a: u16, b: u16, c: u16, prefix: u32) -> V6Range {
    V6Range(Ipv6Addr::new(a, b, c, 0, 0, 0, 0, 0), prefix)
}

const RESERVED_V4: [V4Range; 19] = [
    v4(0, 0, 0, 8),                               // this network
    v4(10, 0, 0, 8),                              // private
    v4(100, 64, 0, 10),                           // carrier-grade NAT
    v4(127, 0, 0, 8),                             // loopback
    V4Range(Ipv4Addr::new(168, 63, 129, 16), 32), // metadata service of a large cloud, on an address that looks public
    v4(169, 254, 0, 16),                          // link-local, metadata services
    v4(172, 16, 0, 12),                           // private
    v4(192, 0, 0, 24),                            // protocol assignments
    v4(192, 0, 2, 24),                            // documentation
    v4(192, 31, 196, 24),                         // AS112
    v4(192, 52, 193, 24),                         // AMT
    v4(192, 88, 99, 24),                          // 6to4 relays
    v4(192, 168, 0, 16),                          // private
    v4(192, 175, 48, 24),                         // AS112
    v4(198, 18, 0, 15),                           // benchmarking
    v4(198, 51, 100, 24),                         // documentation
    v4(203, 0, 113, 24),                          // documentation
    v4(224, 0, 0, 4),                             // multicast
    v4(240, 0, 0, 4),                             // reserved, broadcast
];

/// The only part of IPv6 that is given out for public hosts; everything outside is refused without a list:
/// unspecified, loopback, IPv4-compatible, unique local, link-local, site-local, multicast.
const GLOBAL_UNICAST: V6Range = v6(0x2000, 0, 0, 3);

const RESERVED_V6: [V6Range; 5] = [
    v6(0x2001, 0, 0, 23),         // protocol assignments: Teredo, benchmarking, ORCHID
    v6(0x2001, 0xdb8, 0, 32),     // documentation
    v6(0x2002, 0, 0, 16),         // 6to4, which can stand for any IPv4 address
    v6(0x2620, 0x4f, 0x8000, 48), // AS112
    v6(0x3fff, 0, 0, 20),         // documentation
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn edges_of_the_ranges() {
        for (address, allowed) in [
            ("9.255.255.255", true),
            ("10.0.0.0", false),
            ("10.255.255.255", false),
            ("11.0.0.0", true),
            ("100.63.255.255", true),
            ("100.64.0.0", false),
            ("100.127.255.255", false),
            ("100.128.0.0", true),
            ("172.15.255.255", true),
            ("172.16.0.0", false),
            ("172.31.255.255", false),
            ("172.32.0.0", true),
            ("198.17.255.255", true),
            ("198.20.0.0", true),
            ("223.255.255.255", true),
            ("224.0.0.0", false),
            ("1fff::1", false),
            ("2000::1", true),
            ("2001:1ff:ffff::1", false),
            ("2001:200::1", true),
            ("2606:4700::1111", true),
            ("4000::1", false),
            ("64:ff9b::808:808", true),
            ("::ffff:8.8.8.8", true),
        ] {
            let parsed: IpAddr = address.parse().unwrap();
            assert_eq!(Targets::PublicOnly.allow(parsed), allowed, "{address}");
        }
    }

    #[test]
    fn loopback_needs_the_development_setting_which_opens_nothing_else() {
        for address in ["127.0.0.1", "127.255.255.254", "::1", "::ffff:127.0.0.1"] {
            let parsed: IpAddr = address.parse().unwrap();
            assert!(!Targets::PublicOnly.allow(parsed), "{address}");
            assert!(Targets::PublicAndLoopback.allow(parsed), "{address}");
        }
        for address in ["10.0.0.1", "169.254.169.254", "fd00::1", "0.0.0.0", "::"] {
            assert!(
                !Targets::PublicAndLoopback.allow(address.parse().unwrap()),
                "{address}"
            );
        }
    }
}
