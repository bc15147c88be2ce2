//! Words that somebody who wants to guess a password tries first.
//!
//! zxcvbn knows English dictionaries and takes a list of personal words, but only as words among others: it calls
//! `luciaferrer1` and `contraseña12` strong. So what remains of a password once these words are taken away must be
//! strong by itself.

use domain::id::UserId;
use domain::text::fold;

use crate::settings::Brand;
use crate::storage::{AsConn, StorageError, sql};

/// Words of Spanish and English passwords, and of this trade, folded.
const COMMON: &str = "abcdef acceso access admin administrador administrator amigo amor asdf barcelona bienvenida \
    bienvenido cambiame changeme clave cliente company contrasena corazon customer default dragon empresa enero espana \
    familia futbol gelato hello hola imprenta letmein madrid manager marzo mexico monday operador operator password \
    pedido pedidos portal prueba qwerty qwertyuiop secret secreto september siempre storefronts summer teamo tequiero \
    test tienda user usuario verano viernes welcome winter zxcvbn";

/// Shorter words are in too many others.
const SHORTEST: usize = 3;

/// The words a password of somebody must not lean on, folded.
#[derive(Clone, Debug)]
pub struct Obvious(Vec<String>);

impl Obvious {
    /// What can be known of a person: `personal` are their address, names, and their company's name.
    pub fn new(brand: &Brand, personal: &[&str]) -> Self {
        let own = [
            brand.company.as_str(),
            &brand.console_name,
            &brand.storefronts_name,
            COMMON,
        ];
        let mut words: Vec<String> = personal
            .iter()
            .chain(&own)
            .flat_map(|text| text.split(|letter: char| !letter.is_alphanumeric()))
            .map(fold)
            .filter(|word| word.chars().count() >= SHORTEST)
            .collect();
        // The longest first: `pedido` must not leave the `s` of `pedidos` behind.
        words.sort_by_key(|word| std::cmp::Reverse(word.chars().count()));
        Self(words)
    }

    /// What can be known of somebody who is in the database.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn of(conn: &mut impl AsConn, brand: &Brand, user: UserId) -> Result<Self, StorageError> {
        let (email, first_name, last_name): (String, String, String) =
            sql("SELECT email, first_name, last_name FROM users WHERE id = $1")
                .bind(user)
                .fetch_one(conn)
                .await?;
        let customers: Vec<(String,)> = sql(
            "SELECT c.name FROM memberships m JOIN customers c ON c.id = m.customer_id WHERE m.user_id = $1",
        )
        .bind(user)
        .fetch_all(conn)
        .await?;
        let personal: Vec<&str> = [&email, &first_name, &last_name]
            .into_iter()
            .chain(customers.iter().map(|(name,)| name))
            .map(String::as_str)
            .collect();
        Ok(Self::new(brand, &personal))
    }

    /// What remains of a password without these words; nothing when it has none of them.
    pub fn taken_from(&self, password: &str) -> Option<String> {
        let whole = fold(password);
        let rest = self
            .0
            .iter()
            .fold(whole.clone(), |rest, word| rest.replace(word.as_str(), ""));
        (rest != whole).then_some(rest)
    }

    /// The words, for a judge of passwords.
    pub fn words(&self) -> Vec<&str> {
        self.0.iter().map(String::as_str).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rest(password: &str) -> Option<String> {
        let personal = [
            "lucia.ferrer@garabato.es",
            "Lucía",
            "Ferrer Vidal",
            "Estudio Garabato",
        ];
        Obvious::new(&Brand::default(), &personal).taken_from(password)
    }

    #[test]
    fn names_companies_and_common_words_are_taken_away_whatever_their_accents() {
        assert_eq!(rest("luciaferrer1").as_deref(), Some("1"));
        assert_eq!(rest("Contraseña12").as_deref(), Some("12"));
        assert_eq!(rest("LevantePress#2026").as_deref(), Some("#2026"));
        assert_eq!(rest("Pedidos-Garabato").as_deref(), Some("-"));
        assert_eq!(rest("siete barcos de papel"), None);
    }

    #[test]
    fn short_words_count_for_nothing() {
        let obvious = Obvious::new(&Brand::default(), &["Al", "O", "al@o.es"]);
        assert_eq!(obvious.taken_from("alboroto de loros"), None);
    }
}
