//! An amount as people write it, read against the unit of an indicator: `１，２２４千枚`, `122万4千枚削減`, `△5`, `実施`.
//!
//! In: the text of a cell or an argument, and the indicator's [`Scale`] (its unit, its labels). Out: an [`Amount`], which
//! keeps the text and says how it is read: a number in the sheet's unit, a label, absent, or doubtful with the reason.
//! Nothing is guessed: another unit, a word that is not understood, a second number are doubtful. Arithmetic is decimal
//! and exact, rounded to an `f64` once, so 122万4千枚 is 122.4 万枚 to the bit. A number without a unit is in the sheet's
//! unit. Whether the number is plausible is not asked here. Held by `tests/amounts.rs`.

mod decimal;
mod fold;
mod reader;
mod unit;
mod words;

use serde::Serialize;

use crate::diagnostic::Text;

pub use words::Word;

/// What an amount is read against.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Scale {
    /// The sheet's unit, as it stands there: `万枚`.
    pub unit: String,
    /// A milestone's labels with their numbers: 0 未実施, 1 実施.
    pub labels: Vec<(f64, String)>,
}

/// The unit that a text writes beside its number, whatever the indicator's: `百万円` of `累計 94.8 百万円`. Absent where there
/// is no number, no unit, or a number in parts such as `122万4千枚`, whose unit is anybody's guess.
pub fn unit_beside(text: &str) -> Option<String> {
    reader::unit_beside(text)
}

/// A text and how it is read.
#[derive(Clone, Debug, PartialEq)]
pub struct Amount {
    /// The text as it was written.
    pub text: String,
    /// What it says.
    pub reading: Reading,
}

/// What a text says.
#[derive(Clone, Debug, PartialEq)]
pub enum Reading {
    /// A number in the sheet's unit.
    Number(Number),
    /// A word that stands for a state.
    Label(Label),
    /// Nothing, or a dash. Never zero.
    Absent,
    /// Not to be used without asking.
    Doubtful(Doubt),
}

/// A number in the sheet's unit.
#[derive(Clone, Debug, PartialEq)]
pub struct Number {
    /// The number; finite, never −0.
    pub value: f64,
    /// The same, with all its decimals as they were written: `122.40`.
    pub digits: String,
    /// The number and unit as written, if they had to be converted: `122万4千枚`.
    pub converted: Option<String>,
    /// The words around it, in their order. `削減` on an indicator that is no reduction is for the caller to question.
    pub words: Vec<Word>,
}

/// A word that stands for a state: a label of the sheet, or 実施 and 未実施 on any sheet.
#[derive(Clone, Debug, PartialEq)]
pub struct Label {
    /// The word, as the sheet writes it.
    pub words: String,
    /// Its number; absent where the sheet has no such label.
    pub value: Option<f64>,
}

/// Why a text is not used without asking.
#[derive(Clone, Debug, PartialEq)]
pub struct Doubt {
    /// For programs.
    pub kind: DoubtKind,
    /// One sentence.
    pub reason: Text,
    /// What to write instead.
    pub hint: Text,
}

/// The kinds of doubt.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum DoubtKind {
    /// Words without a number.
    NotANumber,
    /// More than one number: `122～124`.
    SeveralNumbers,
    /// A unit that is not the sheet's and cannot be converted by a power of ten.
    OtherUnit,
    /// Commas that do not part thousands: `1,22`, `0,15`.
    Comma,
    /// Scales out of order, or left open: `4千122億3兆`, `1.5万3千`, `4億1`.
    Order,
    /// More than 30 digits, or more than 200 letters.
    TooLong,
}

impl Amount {
    /// Reads a text against a scale.
    pub fn read(text: &str, scale: &Scale) -> Self {
        Self { text: text.to_owned(), reading: reader::read(text, scale) }
    }

    /// The number, also that of a label; absent if there is none or it is doubtful.
    pub fn value(&self) -> Option<f64> {
        match &self.reading {
            Reading::Number(number) => Some(number.value),
            Reading::Label(label) => label.value,
            Reading::Absent | Reading::Doubtful(_) => None,
        }
    }

    /// The reason for doubt, if there is one.
    pub fn doubt(&self) -> Option<&Doubt> {
        match &self.reading {
            Reading::Doubtful(doubt) => Some(doubt),
            _ => None,
        }
    }

    /// True if the text says that there is nothing.
    pub fn is_absent(&self) -> bool {
        self.reading == Reading::Absent
    }
}

impl Number {
    /// True if `word` stood around the number.
    pub fn has(&self, word: Word) -> bool {
        self.words.contains(&word)
    }
}
