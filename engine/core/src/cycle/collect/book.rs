//! What a file of answers holds, as it was read: cells and names, nothing interpreted.

use std::collections::BTreeMap;

use crate::diagnostic::Diagnostic;

/// A file of the folder.
#[derive(Clone, Debug, PartialEq)]
pub struct AnswerFile {
    /// Its name in the folder.
    pub name: String,
    /// Its cells, or why it was not read.
    pub content: Result<Book, Box<Diagnostic>>,
}

/// A workbook, or a table of text as a workbook of one sheet.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Book {
    /// Its sheets in order.
    pub sheets: Vec<Tab>,
    /// Defined names and what they refer to, as the workbook writes it: `'No.6'!$C$20`.
    pub names: Vec<(String, String)>,
}

/// A sheet.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Tab {
    /// Its name; empty in a table of text.
    pub name: String,
    /// The cells that hold something, by row and column from 0.
    pub cells: BTreeMap<(u32, u32), Found>,
}

/// What a cell holds.
#[derive(Clone, Debug, PartialEq)]
pub enum Found {
    /// Words.
    Text(String),
    /// A number.
    Number(f64),
    /// A date, as `2025-05-12`, or as the workbook writes it.
    Date(String),
    /// 真偽値, an error value: what it shows.
    Other(String),
    /// A formula and the result that was stored with it.
    Formula {
        /// Without `=`.
        formula: String,
        /// The stored result.
        result: String,
    },
}

impl Found {
    /// The words that a reader sees.
    pub fn shown(&self) -> String {
        match self {
            Self::Text(text) | Self::Date(text) | Self::Other(text) => text.clone(),
            Self::Number(number) => number.to_string(),
            Self::Formula { formula, result } => format!("={formula}（{result}）"),
        }
    }
}

/// `C20` of a row and a column from 0.
pub fn address(row: u32, column: u32) -> String {
    let (mut letters, mut left) = (Vec::new(), column + 1);
    while left > 0 {
        let digit = u8::try_from((left - 1) % 26).unwrap_or_default();
        letters.push(char::from(b'A' + digit));
        left = (left - 1) / 26;
    }
    format!("{}{}", letters.iter().rev().collect::<String>(), row + 1)
}

/// Row and column of `$C$20`; absent if it is no cell.
pub fn position(address: &str) -> Option<(u32, u32)> {
    let plain: String = address.chars().filter(|c| *c != '$').collect();
    let digits = plain.find(|c: char| c.is_ascii_digit())?;
    let (letters, number) = plain.split_at(digits);
    let row = number.parse::<u32>().ok()?.checked_sub(1)?;
    let good = (1..=3).contains(&letters.len()) && letters.bytes().all(|c| c.is_ascii_uppercase());
    let column = letters.bytes().fold(0, |sum, letter| sum * 26 + u32::from(letter.saturating_sub(b'A')) + 1);
    good.then(|| (row, column - 1))
}
