//! A sentence in the two languages of the product. Both are always there: the macro takes two.

/// The language that output is written in.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Language {
    /// 日本語, the first language.
    #[default]
    Japanese,
    /// English, complete.
    English,
}

impl Language {
    /// Reads `ja` or `en`, also as the head of a locale such as `ja_JP.UTF-8`; absent if neither.
    pub fn from_tag(tag: &str) -> Option<Self> {
        let head = tag.split(['_', '-', '.']).next().unwrap_or_default();
        match head.to_ascii_lowercase().as_str() {
            "ja" => Some(Self::Japanese),
            "en" => Some(Self::English),
            _ => None,
        }
    }

    /// The tag `ja` or `en`.
    pub fn tag(self) -> &'static str {
        match self {
            Self::Japanese => "ja",
            Self::English => "en",
        }
    }
}

/// One sentence or phrase in both languages.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Text {
    /// 日本語.
    pub ja: String,
    /// English.
    pub en: String,
}

impl Text {
    /// The same words in both languages: names, quotations, numbers.
    pub fn same(words: impl Into<String>) -> Self {
        let words = words.into();
        Self { ja: words.clone(), en: words }
    }

    /// The sentence in `language`.
    pub fn get(&self, language: Language) -> &str {
        match language {
            Language::Japanese => &self.ja,
            Language::English => &self.en,
        }
    }
}

/// Builds a [`Text`](crate::diagnostic::Text) from a Japanese and an English format string, in that order; arguments are shared.
#[macro_export]
macro_rules! text {
    ($ja:literal, $en:literal $(, $name:ident = $value:expr)* $(,)?) => {{
        $(let $name = $value;)*
        $crate::diagnostic::Text { ja: format!($ja), en: format!($en) }
    }};
}
