//! Recovery codes: each lets its person in once without their phone.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use data_encoding::BASE32_NOPAD;
use domain::AuditAction;
use domain::id::UserId;
use sha2::{Digest, Sha256};

use super::hold;
use crate::accounts::confirm::Proof;
use crate::audit::{Entry, record_own};
use crate::secrets::{Place, Sealed};
use crate::storage::{Tx, sql};
use crate::{Outcome, Portal, Refusal};

/// How many a person gets.
pub const CODES: usize = 10;
/// Bytes of a code: 80 bits, which nobody finds by trying even with the hash at hand.
const CODE_BYTES: usize = 10;
/// Characters between two hyphens.
const GROUP: usize = 4;

/// A person's new recovery codes, to be shown once.
#[derive(Clone, PartialEq, Eq)]
pub struct RecoveryCodes(Vec<String>);

impl std::fmt::Debug for RecoveryCodes {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_tuple("RecoveryCodes").field(&self.0.len()).finish()
    }
}

impl RecoveryCodes {
    /// The codes as they are shown: `ABCD-EFGH-IJKL-MNOP`.
    pub fn iter(&self) -> impl Iterator<Item = &str> {
        self.0.iter().map(String::as_str)
    }

    /// Seals them for the page that shows them: sessions are kept in the database.
    ///
    /// # Errors
    /// Only unexpected ones.
    pub fn seal(&self, portal: &Portal, user: UserId) -> Outcome<String> {
        let text = self.0.join(" ");
        let sealed = portal
            .secrets
            .seal(portal.entropy.as_ref(), &shown(user), text.as_bytes())
            .map_err(anyhow::Error::from)?;
        Ok(STANDARD.encode(sealed.0))
    }

    /// What [`Self::seal`] made; nothing when it is of somebody else or its key has gone.
    pub fn open(portal: &Portal, user: UserId, sealed: &str) -> Option<Self> {
        let sealed = Sealed(STANDARD.decode(sealed).ok()?);
        let text = portal.secrets.open(&shown(user), &sealed).ok()?;
        let text = String::from_utf8(text).ok()?;
        Some(Self(text.split(' ').map(str::to_owned).collect()))
    }
}

/// Where codes that wait to be shown belong.
const fn shown(user: UserId) -> Place {
    Place::Person {
        user,
        field: "recovery_codes",
    }
}

/// Makes new recovery codes; the former ones stop working.
///
/// # Errors
/// [`Refusal::Unproved`]; [`Refusal::Conflict`] with `two-factor-is-off`.
pub async fn renew(portal: &Portal, user: UserId, proof: Proof) -> Outcome<RecoveryCodes> {
    proof.require(portal.now())?;
    let mut tx = portal.db.begin().await?;
    hold(&mut tx, user)
        .await?
        .filter(|held| held.confirmed_at.is_some())
        .ok_or(Refusal::conflict("two-factor-is-off"))?;
    let codes = replace(portal, &mut tx, user).await?;
    record_own(
        &mut tx,
        portal,
        user,
        Entry::new(AuditAction::RecoveryCodesRenewed),
    )
    .await?;
    tx.commit().await?;
    Ok(codes)
}

/// Puts new codes in the place of all that a person has.
pub(super) async fn replace(portal: &Portal, tx: &mut Tx, user: UserId) -> Outcome<RecoveryCodes> {
    remove(tx, user).await?;
    let mut codes = Vec::with_capacity(CODES);
    for _ in 0..CODES {
        let mut bytes = [0; CODE_BYTES];
        portal.entropy.fill(&mut bytes);
        let code = BASE32_NOPAD.encode(&bytes);
        sql("INSERT INTO recovery_codes (user_id, code_hash) VALUES ($1, $2)")
            .bind(user)
            .bind(hash(user, &code))
            .execute(tx)
            .await?;
        codes.push(grouped(&code));
    }
    Ok(RecoveryCodes(codes))
}

/// Takes all codes of a person away.
pub(super) async fn remove(tx: &mut Tx, user: UserId) -> Outcome<()> {
    sql("DELETE FROM recovery_codes WHERE user_id = $1")
        .bind(user)
        .execute(tx)
        .await?;
    Ok(())
}

/// Uses a code up, however it is typed. False when it is none, or used already.
pub(super) async fn use_up(portal: &Portal, tx: &mut Tx, user: UserId, typed: &str) -> Outcome<bool> {
    let used = sql("UPDATE recovery_codes SET used_at = $3 \
                    WHERE user_id = $1 AND code_hash = $2 AND used_at IS NULL")
    .bind(user)
    .bind(hash(user, &meant(typed)))
    .bind(portal.now())
    .execute(tx)
    .await?;
    Ok(used == 1)
}

fn hash(user: UserId, code: &str) -> Vec<u8> {
    let mut hasher = Sha256::new();
    hasher.update(user.0.as_bytes());
    hasher.update(code.as_bytes());
    hasher.finalize().to_vec()
}

/// A string for machines in groups that people can read out.
pub(super) fn grouped(text: &str) -> String {
    let characters: Vec<char> = text.chars().collect();
    let groups: Vec<String> = characters.chunks(GROUP).map(String::from_iter).collect();
    groups.join("-")
}

/// A code without what stands between its groups, and with the letters that its digits were meant to be: codes have no
/// 0, 1 and 8.
fn meant(typed: &str) -> String {
    let letters = typed.chars().filter(char::is_ascii_alphanumeric).take(64);
    letters
        .map(|c| match c.to_ascii_uppercase() {
            '0' => 'O',
            '1' => 'I',
            '8' => 'B',
            other => other,
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_is_understood_however_it_is_typed() {
        let code = BASE32_NOPAD.encode(b"\x00\x11 recover");
        assert_eq!(code.len(), 16);
        let shown = grouped(&code);
        assert_eq!(shown.len(), 19);
        for typed in [
            shown.clone(),
            shown.to_lowercase(),
            shown.replace('-', " "),
            code.clone(),
        ] {
            assert_eq!(meant(&typed), code);
        }
        assert_eq!(meant("0O1I-8B"), "OOIIBB");
    }
}
