//! The languages that people read.

/// A language of the texts shown to people.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Language {
    /// Spanish with Colombian conventions.
    #[default]
    Es,
    /// English.
    En,
}

impl Language {
    /// Reads a BCP 47 tag: `en` and `en-…` are English, everything else is Spanish.
    pub fn from_tag(tag: &str) -> Language {
        let primary = tag.split(['-', '_']).next().unwrap_or_default();
        if primary.eq_ignore_ascii_case("en") { Language::En } else { Language::Es }
    }

    /// The BCP 47 tag that a document in this language carries.
    pub fn tag(self) -> &'static str {
        match self {
            Language::Es => "es-CO",
            Language::En => "en",
        }
    }
}

/// A text in the shopper's language.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Localized {
    /// Spanish.
    pub es: String,
    /// English; the Spanish text serves where it is absent.
    pub en: Option<String>,
}

impl Localized {
    /// The text in `language`, or in Spanish.
    pub fn text(&self, language: Language) -> &str {
        match (language, &self.en) {
            (Language::En, Some(en)) => en,
            _ => &self.es,
        }
    }
}
