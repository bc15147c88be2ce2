//! Codes that change with time: RFC 6238 with what every app on a phone supports, which is SHA-1, six digits and thirty
//! seconds.

use domain::Timestamp;
use ring::hmac::{HMAC_SHA1_FOR_LEGACY_USE_ONLY, Key, sign};

/// Bytes of a key: RFC 4226, section 4, recommends 160 bits.
pub(super) const KEY_BYTES: usize = 20;
/// Digits of a code.
pub(super) const DIGITS: usize = 6;
const MODULUS: u32 = 1_000_000;
/// Seconds after which the code changes.
pub(super) const STEP_SECONDS: i64 = 30;

/// What becomes of a code.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Verdict {
    /// It is the code of this step.
    Right(i64),
    /// It was right, but its step or a later one was used already.
    Used,
    /// It is none.
    Wrong,
}

/// The step that a moment lies in.
fn step_at(now: Timestamp) -> i64 {
    now.seconds().div_euclid(STEP_SECONDS)
}

/// The 31 bits that a code is cut from: RFC 4226, section 5.3.
fn truncated(key: &[u8], step: i64) -> u32 {
    let key = Key::new(HMAC_SHA1_FOR_LEGACY_USE_ONLY, key);
    let mac = sign(&key, &step.to_be_bytes());
    let mac = mac.as_ref();
    let offset = mac.last().map_or(0, |last| usize::from(last & 0xf));
    let bytes = mac.iter().skip(offset).take(4);
    bytes.fold(0_u32, |value, byte| (value << 8) | u32::from(*byte)) & 0x7fff_ffff
}

/// The code that an app with this key shows at `now`.
#[cfg(any(test, feature = "testing"))]
pub(super) fn code_at(key: &[u8], now: Timestamp) -> String {
    format!("{:0DIGITS$}", truncated(key, step_at(now)) % MODULUS)
}

/// Judges a code. Clocks differ and people type slowly: the code before and the one after count as well (RFC 6238,
/// section 5.2), each only once.
pub(super) fn judge(key: &[u8], typed: u32, now: Timestamp, last_step: i64) -> Verdict {
    let step = step_at(now);
    // All are computed, whichever it is.
    let matching = (step - 1..=step + 1).filter(|step| truncated(key, *step) % MODULUS == typed);
    match matching.max() {
        Some(step) if step > last_step => Verdict::Right(step),
        Some(_) => Verdict::Used,
        None => Verdict::Wrong,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The key of the vectors for SHA-1.
    const KEY: &[u8] = b"12345678901234567890";

    #[test]
    fn the_vectors_of_rfc_6238() {
        // Appendix B, in eight digits; ours are the last six.
        for (seconds, expected) in [
            (59, "94287082"),
            (1_111_111_109, "07081804"),
            (1_111_111_111, "14050471"),
            (1_234_567_890, "89005924"),
            (2_000_000_000, "69279037"),
            (20_000_000_000, "65353130"),
        ] {
            let now = Timestamp::from_seconds(seconds);
            let eight = format!("{:08}", truncated(KEY, step_at(now)) % 100_000_000);
            assert_eq!(eight, expected);
            assert_eq!(code_at(KEY, now), expected[2..]);
        }
    }

    #[test]
    fn the_vectors_of_rfc_4226() {
        // Appendix D.
        let codes = [
            755_224, 287_082, 359_152, 969_429, 338_314, 254_676, 287_922, 162_583, 399_871, 520_489,
        ];
        for (counter, code) in (0..).zip(codes) {
            assert_eq!(truncated(KEY, counter) % MODULUS, code);
        }
    }

    #[test]
    fn a_code_counts_for_its_step_and_its_neighbours_and_once() {
        let at = |seconds| Timestamp::from_seconds(seconds);
        let typed: u32 = code_at(KEY, at(1_111_111_110)).parse().unwrap();
        let step = step_at(at(1_111_111_110));
        for (seconds, verdict) in [
            (1_111_111_049, Verdict::Wrong),
            (1_111_111_080, Verdict::Right(step)),
            (1_111_111_110, Verdict::Right(step)),
            (1_111_111_169, Verdict::Right(step)),
            (1_111_111_170, Verdict::Wrong),
        ] {
            assert_eq!(judge(KEY, typed, at(seconds), 0), verdict, "{seconds}");
        }
        assert_eq!(judge(KEY, typed, at(1_111_111_110), step), Verdict::Used);
        assert_eq!(judge(KEY, typed, at(1_111_111_110), step + 1), Verdict::Used);
    }
}
