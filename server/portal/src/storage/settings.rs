//! Where the database is.

use std::fmt;
use std::path::PathBuf;
use std::str::FromStr;

use serde::Deserialize;

/// How to reach the database.
#[derive(Clone, Debug)]
pub struct DatabaseSettings {
    /// Where it is.
    pub url: DatabaseUrl,
    /// Connections for reading (SQLite has one more, for writing), or in all (PostgreSQL).
    pub connections: u32,
}

impl DatabaseSettings {
    /// The database at `url` with the default number of connections, 8.
    pub fn new(url: DatabaseUrl) -> Self {
        Self { url, connections: 8 }
    }
}

/// Where the database is: `sqlite:PATH` or `postgres://USER:PASSWORD@HOST/NAME`.
///
/// Formatting it never shows the password.
#[derive(Clone, PartialEq, Eq, Deserialize)]
#[serde(try_from = "String")]
pub enum DatabaseUrl {
    /// A file of this machine, made when it is missing.
    Sqlite(PathBuf),
    /// A PostgreSQL server, with the parameters that libpq understands.
    Postgres(String),
}

/// The text names no database this program can use.
#[derive(Debug, thiserror::Error)]
#[error("a database URL starts with sqlite: (followed by a path) or postgres://")]
pub struct DatabaseUrlError;

impl FromStr for DatabaseUrl {
    type Err = DatabaseUrlError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        if text.starts_with("postgres://") || text.starts_with("postgresql://") {
            return Ok(Self::Postgres(text.to_owned()));
        }
        match text
            .strip_prefix("sqlite://")
            .or_else(|| text.strip_prefix("sqlite:"))
        {
            Some(path) if !path.is_empty() => Ok(Self::Sqlite(PathBuf::from(path))),
            _ => Err(DatabaseUrlError),
        }
    }
}

impl TryFrom<String> for DatabaseUrl {
    type Error = DatabaseUrlError;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        text.parse()
    }
}

impl fmt::Display for DatabaseUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Sqlite(path) => write!(f, "sqlite:{}", path.display()),
            Self::Postgres(text) => match url::Url::parse(text) {
                Ok(url) => write!(
                    f,
                    "postgres://{}{}",
                    url.host_str().unwrap_or_default(),
                    url.path()
                ),
                Err(_) => f.write_str("postgres://…"),
            },
        }
    }
}

impl fmt::Debug for DatabaseUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_follows_sqlite() {
        for text in ["sqlite:data/portal.db", "sqlite://data/portal.db"] {
            assert_eq!(
                text.parse::<DatabaseUrl>().unwrap(),
                DatabaseUrl::Sqlite("data/portal.db".into())
            );
        }
        for text in ["", "sqlite:", "mysql://host/name", "data/portal.db"] {
            assert!(text.parse::<DatabaseUrl>().is_err(), "{text}");
        }
    }

    #[test]
    fn the_password_is_never_shown() {
        let url: DatabaseUrl = "postgres://portal:secret@db.example/portal?password=secret"
            .parse()
            .unwrap();
        assert_eq!(
            format!("{url} {url:?}"),
            "postgres://db.example/portal postgres://db.example/portal"
        );
    }
}
