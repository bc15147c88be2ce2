//! "Contains these words" over the folded `search` columns, by index on both engines.

use std::borrow::Cow;

use domain::fold;

use super::{AsConn, Engine, Sql};

/// A table with a folded `search` column.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Searched {
    /// `customers`.
    Customers,
    /// `catalogue_products`.
    CatalogueProducts,
    /// `orders`.
    Orders,
    /// `store_products`.
    StoreProducts,
    /// `users`. They are few: nothing indexes what is searched of them.
    Users,
    /// `users` as the customer of the membership `m` knows them: by what was typed, until they accept.
    CustomerUsers,
    /// `audit_entries`, by who decided: `actor_key`.
    AuditActors,
}

/// The indices of both engines know text by its runs of three characters.
const INDEXED_CHARACTERS: usize = 3;
/// What stands before each word of a `search` column: with it even a word of one character begins with such a run.
const BEFORE_WORDS: &str = "  ";

/// Text as `search` columns hold it.
pub fn searchable(text: &str) -> String {
    fold(text)
        .split(' ')
        .flat_map(|word| [BEFORE_WORDS, word])
        .collect()
}

/// Appends ` AND …`: rows of `table` (which the statement must name without an alias) whose `search` column contains
/// every word of `folded`: words of one or two characters where one begins, longer ones anywhere. Nothing is appended
/// when there are no words.
pub fn push_contains(sql: &mut Sql, conn: &impl AsConn, table: Searched, folded: &str) {
    for word in folded.split_whitespace() {
        let word: Cow<'_, str> = if word.chars().count() < INDEXED_CHARACTERS {
            format!("{BEFORE_WORDS}{word}").into()
        } else {
            word.into()
        };
        match (conn.engine(), matching(table)) {
            (Engine::Sqlite, Some(condition)) => {
                sql.push(condition).push_bind(phrase(&word)).push(")");
            }
            _ => {
                sql.push(containing(table))
                    .push_bind(pattern(&word))
                    .push(r" ESCAPE '\'");
            }
        }
    }
}

/// How SQLite finds rows by the index of a table that has one.
const fn matching(table: Searched) -> Option<&'static str> {
    Some(match table {
        Searched::Customers => {
            " AND customers.seq IN (SELECT rowid FROM customers_search WHERE customers_search MATCH "
        }
        Searched::CatalogueProducts => {
            " AND catalogue_products.seq IN \
             (SELECT rowid FROM catalogue_products_search WHERE catalogue_products_search MATCH "
        }
        Searched::Orders => {
            " AND orders.number IN (SELECT rowid FROM orders_search WHERE orders_search MATCH "
        }
        Searched::StoreProducts => {
            " AND store_products.seq IN \
             (SELECT rowid FROM store_products_search WHERE store_products_search MATCH "
        }
        Searched::Users | Searched::CustomerUsers | Searched::AuditActors => return None,
    })
}

/// How rows are found by their text.
const fn containing(table: Searched) -> &'static str {
    match table {
        Searched::Customers => " AND customers.search LIKE ",
        Searched::CatalogueProducts => " AND catalogue_products.search LIKE ",
        Searched::Orders => " AND orders.search LIKE ",
        Searched::StoreProducts => " AND store_products.search LIKE ",
        Searched::Users => " AND users.search LIKE ",
        Searched::CustomerUsers => " AND COALESCE(m.invited_search, users.search) LIKE ",
        Searched::AuditActors => " AND audit_entries.actor_key LIKE ",
    }
}

/// A phrase of FTS5: text between quotation marks, those within it doubled.
fn phrase(word: &str) -> String {
    format!("\"{}\"", word.replace('"', "\"\""))
}

/// A pattern of LIKE, with its wildcards taken literally.
fn pattern(word: &str) -> String {
    let mut pattern = String::with_capacity(word.len() + 2);
    pattern.push('%');
    for character in word.chars() {
        if matches!(character, '%' | '_' | '\\') {
            pattern.push('\\');
        }
        pattern.push(character);
    }
    pattern.push('%');
    pattern
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::storage::sql;
    use crate::testing::on_both;

    #[tokio::test]
    async fn short_words_are_found_by_the_index_too() {
        on_both(async |portal| {
            let mut tx = portal.db.begin().await.unwrap();
            for word in ["a", "ab", "abc"] {
                let mut orders = sql("SELECT number FROM orders WHERE TRUE");
                push_contains(&mut orders, &tx, Searched::Orders, word);
                let plan = orders.plan(&mut tx).await;
                let index = match tx.engine() {
                    Engine::Sqlite => "SCAN orders_search VIRTUAL TABLE INDEX",
                    Engine::Postgres => "Bitmap Index Scan on orders_search",
                };
                assert!(plan.contains(index), "{word}: {plan}");
            }
        })
        .await;
    }

    #[tokio::test]
    async fn finds_every_word_wherever_it_stands() {
        on_both(async |portal| {
            let mut tx = portal.db.begin().await.unwrap();
            for (name, search) in [
                ("Café", "Cafe del Mar 100%_a\\b"),
                ("Quote", "the \"best\"  café"),
                ("Sol", "casa del sol ño"),
            ] {
                sql(
                    "INSERT INTO customers (id, name, sort_name, search, created_at, updated_at)
                     VALUES ($1, $2, $2, $3, $4, $4)",
                )
                .bind(portal.entropy.id())
                .bind(name)
                .bind(searchable(search))
                .bind(portal.clock.now())
                .execute(&mut tx)
                .await
                .unwrap();
            }
            for (words, expected) in [
                ("", vec!["Café", "Quote", "Sol"]),
                ("cafe", vec!["Café", "Quote"]),
                ("mar cafe", vec!["Café"]),
                ("cafe casa", vec![]),
                ("so", vec!["Sol"]),
                ("s", vec!["Sol"]),
                ("de ca ma", vec!["Café"]),
                ("ar", vec![]),
                ("c s", vec!["Sol"]),
                ("0%_", vec!["Café"]),
                ("%", vec![]),
                ("_", vec![]),
                ("\\", vec![]),
                ("a\\b", vec!["Café"]),
                ("\"best\"", vec!["Quote"]),
                ("*", vec![]),
                ("cafe OR casa", vec![]),
            ] {
                let mut customers = sql("SELECT name FROM customers WHERE TRUE");
                push_contains(&mut customers, &tx, Searched::Customers, words);
                customers.push(" ORDER BY name");
                let found: Vec<(String,)> = customers.fetch_all(&mut tx).await.unwrap();
                let found: Vec<&str> = found.iter().map(|(name,)| name.as_str()).collect();
                assert_eq!(found, expected, "{words}");
            }
        })
        .await;
    }
}
