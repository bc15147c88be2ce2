//! Passwords: what is accepted, how they are kept.
//!
//! Argon2id with 46 MiB, one pass, one lane (OWASP Password Storage Cheat Sheet), never more than two at
//! once and never on the async threads. Strength is judged by zxcvbn instead of composition rules, and once more
//! without the words that are tried first: see [`super::obvious`].

use std::sync::LazyLock;

use argon2::password_hash::phc::PasswordHash;
use argon2::password_hash::{PasswordHasher, PasswordVerifier};
use argon2::{Algorithm, Argon2, Params, Version};
use domain::Problem;
use tokio::sync::Semaphore;

use super::obvious::Obvious;

/// Fewest characters of a password.
pub const MIN_LENGTH: usize = 12;
/// Most characters of a password: longer ones only cost hashing time.
pub const MAX_LENGTH: usize = 128;
/// zxcvbn's score, 0 to 4, that a password must reach.
pub const MIN_STRENGTH: u8 = 3;

const MEMORY_KIB: u32 = 46 * 1024;

/// Two hashes at once keep a burst of log-ins from taking all memory.
static SLOTS: Semaphore = Semaphore::const_new(2);

/// Verified against when the user does not exist, so that both answers take the same time.
static DECOY: LazyLock<Option<String>> =
    LazyLock::new(|| hash_now("no user has this password", [7; 16]).ok());

/// zxcvbn's score of a password, 0 (worst) to 4.
fn strength(password: &str, words: &[&str]) -> u8 {
    zxcvbn::zxcvbn(password, words).score().into()
}

/// Accepts a new password or says what is wrong with it. `obvious` are the words it must not lean on.
///
/// # Errors
/// `password-too-short`, `password-too-long`, `password-too-weak`, `password-obvious`.
pub fn check_new(password: &str, obvious: &Obvious) -> Result<(), Problem> {
    let length = password.chars().count();
    if length < MIN_LENGTH {
        return Err(Problem::new("password-too-short").with("min", MIN_LENGTH));
    }
    if length > MAX_LENGTH {
        return Err(Problem::new("password-too-long").with("max", MAX_LENGTH));
    }
    let words = obvious.words();
    if strength(password, &words) < MIN_STRENGTH {
        return Err(Problem::new("password-too-weak"));
    }
    let leans_on_them = obvious
        .taken_from(password)
        .is_some_and(|rest| strength(&rest, &words) < MIN_STRENGTH);
    if leans_on_them {
        return Err(Problem::new("password-obvious"));
    }
    Ok(())
}

fn hasher() -> anyhow::Result<Argon2<'static>> {
    let params = Params::new(MEMORY_KIB, 1, 1, None).map_err(|error| anyhow::anyhow!("argon2: {error}"))?;
    Ok(Argon2::new(Algorithm::Argon2id, Version::V0x13, params))
}

fn hash_now(password: &str, salt: [u8; 16]) -> anyhow::Result<String> {
    let hash: PasswordHash = hasher()?
        .hash_password_with_salt(password.as_bytes(), &salt)
        .map_err(|error| anyhow::anyhow!("argon2: {error}"))?;
    Ok(hash.to_string())
}

/// The form a password is kept in; `salt` comes from the injected entropy.
///
/// # Errors
/// Only when the machine cannot give the memory.
pub async fn hash(password: String, salt: [u8; 16]) -> anyhow::Result<String> {
    let _slot = SLOTS.acquire().await?;
    tokio::task::spawn_blocking(move || hash_now(&password, salt)).await?
}

/// Whether `password` belongs to `stored`. Without a stored hash it takes as long and answers no.
///
/// # Errors
/// Only when the machine cannot give the memory.
pub async fn verify(password: String, stored: Option<String>) -> anyhow::Result<bool> {
    let _slot = SLOTS.acquire().await?;
    tokio::task::spawn_blocking(move || {
        let known = stored.is_some();
        let Some(hash) = stored.or_else(|| DECOY.clone()) else {
            return Ok(false);
        };
        let parsed = PasswordHash::new(&hash).map_err(|error| anyhow::anyhow!("stored hash: {error}"))?;
        let matches = hasher()?.verify_password(password.as_bytes(), &parsed).is_ok();
        Ok(matches && known)
    })
    .await?
}

/// Whether a stored hash was made with older parameters and should be made again at the next log-in.
pub fn is_outdated(stored: &str) -> bool {
    let Ok(hash) = PasswordHash::new(stored) else {
        return true;
    };
    Params::try_from(&hash).map_or(true, |params| {
        params.m_cost() != MEMORY_KIB || params.t_cost() != 1 || params.p_cost() != 1
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::settings::Brand;

    #[tokio::test]
    async fn a_password_verifies_only_against_its_own_hash() {
        let stored = hash("levante imprime de noche".to_owned(), [1; 16])
            .await
            .unwrap();
        assert!(stored.starts_with("$argon2id$v=19$m=47104,t=1,p=1$"), "{stored}");
        assert!(
            verify("levante imprime de noche".to_owned(), Some(stored.clone()))
                .await
                .unwrap()
        );
        assert!(
            !verify("levante imprime de dia".to_owned(), Some(stored.clone()))
                .await
                .unwrap()
        );
        assert!(!is_outdated(&stored));
    }

    #[tokio::test]
    async fn an_unknown_user_never_verifies() {
        assert!(
            !verify("no user has this password".to_owned(), None)
                .await
                .unwrap()
        );
    }

    #[test]
    fn weak_short_and_personal_passwords_are_refused_with_their_own_sentence() {
        let personal = ["lucia@garabato.es", "Lucía", "Ferrer"];
        let obvious = Obvious::new(&Brand::default(), &personal);
        let code = |password: &str| check_new(password, &obvious).map_err(|p| p.code.into_owned());
        assert_eq!(code("short"), Err("password-too-short".to_owned()));
        assert_eq!(code(&"a".repeat(129)), Err("password-too-long".to_owned()));
        assert_eq!(code("ferrerferrer"), Err("password-too-weak".to_owned()));
        assert_eq!(code("password1234"), Err("password-too-weak".to_owned()));
        for leaning in [
            "luciaferrer1",
            "Ferrer.Lucia.86",
            "contraseña12",
            "LevantePress2026!",
        ] {
            assert_eq!(code(leaning), Err("password-obvious".to_owned()), "{leaning}");
        }
        for strong in [
            "sonrisa-de-levante",
            "siete barcos de papel azul",
            "Lucia compra 14 naranjas",
            "uY7#kq!pLw2z",
        ] {
            assert_eq!(code(strong), Ok(()), "{strong}");
        }
    }

    #[test]
    fn a_hash_with_other_parameters_is_outdated() {
        assert!(is_outdated(
            "$argon2id$v=19$m=19456,t=2,p=1$AAAAAAAAAAAAAAAAAAAAAA$AAAAAAAAAAAAAAAAAAAAAA"
        ));
    }
}
