//! Enumerations whose values are words: stored in snake case, written in kebab case in pages and translations.

/// What a state looks like. Warning: a person must act. Danger: it stopped. Neutral: nobody needs to look.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Tone {
    /// Nobody needs to look.
    Neutral,
    /// Under way.
    Info,
    /// In print: a tone of its own, because that is what the house is about.
    Press,
    /// As it should be.
    Success,
    /// A person must act.
    Warning,
    /// It stopped.
    Danger,
}

impl Tone {
    /// The word in `data-tone`.
    pub const fn slug(self) -> &'static str {
        match self {
            Self::Neutral => "neutral",
            Self::Info => "info",
            Self::Press => "press",
            Self::Success => "success",
            Self::Warning => "warning",
            Self::Danger => "danger",
        }
    }
}

/// A state that pages show with colour, sign and text.
pub trait Status: Copy {
    /// Which set of states it belongs to. Spanish agrees in gender, so "connected" differs between sets.
    const SET: &'static str;

    /// The word in `data-status`: kebab case.
    fn slug(self) -> &'static str;

    /// Its tone.
    fn tone(self) -> Tone;

    /// The key of its translation: `status-<set>-<slug>`.
    fn text_key(self) -> String {
        format!("status-{}-{}", Self::SET, self.slug())
    }
}

/// Declares an enumeration of words: `Variant = "stored_form", "kebab-form";`.
macro_rules! words {
    (
        $(#[$doc:meta])*
        pub enum $name:ident {
            $($(#[$variant_doc:meta])* $variant:ident = $stored:literal, $slug:literal;)+
        }
    ) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
        pub enum $name {
            $($(#[$variant_doc])* #[serde(rename = $stored)] $variant,)+
        }

        impl $name {
            /// All of them, in the order they are shown.
            pub const ALL: &[Self] = &[$(Self::$variant),+];

            /// The stored word, in snake case.
            pub const fn as_str(self) -> &'static str {
                match self { $(Self::$variant => $stored),+ }
            }

            /// The word in pages and translation keys, in kebab case.
            pub const fn slug(self) -> &'static str {
                match self { $(Self::$variant => $slug),+ }
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(self.as_str())
            }
        }

        impl std::str::FromStr for $name {
            type Err = $crate::Problem;

            /// Reads the stored word or the one used in pages.
            fn from_str(text: &str) -> Result<Self, Self::Err> {
                match text {
                    $($stored => Ok(Self::$variant),)+
                    _ => Self::ALL
                        .iter()
                        .copied()
                        .find(|word| word.slug() == text)
                        .ok_or($crate::Problem::new("unknown-choice")),
                }
            }
        }

        #[cfg(feature = "sqlx")]
        $crate::stored_as_text!($name);
    };
}
pub(crate) use words;

/// Checks the promises every enumeration of words makes.
#[cfg(test)]
macro_rules! assert_words {
    ($($name:ty),+ $(,)?) => {$(
        for word in <$name>::ALL.iter().copied() {
            assert_eq!(word.as_str().parse::<$name>(), Ok(word));
            assert_eq!(word.slug().parse::<$name>(), Ok(word));
            assert_eq!(word.slug(), word.as_str().replace('_', "-"));
            assert_eq!(serde_json::to_value(word).unwrap(), word.as_str());
        }
        assert!("no such word".parse::<$name>().is_err());
    )+};
}
#[cfg(test)]
pub(crate) use assert_words;
