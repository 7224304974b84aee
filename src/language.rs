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

/// A text in both languages, Spanish first and on a line of its own: half of what a pair weighs.
#[derive(Clone, Copy)]
pub(crate) struct Bilingual(pub(crate) &'static str);

impl Bilingual {
    pub fn text(self, language: Language) -> &'static str {
        let Some((es, en)) = self.0.split_once('\n') else { return self.0 };
        match language {
            Language::Es => es,
            Language::En => en,
        }
    }
}

/// Of a text in Spanish and the same in English.
macro_rules! bilingual {
    ($es:literal, $en:literal $(,)?) => {
        $crate::language::Bilingual(concat!($es, "\n", $en))
    };
}
pub(crate) use bilingual;

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
