//! Indicators by what people call them: their number, or words of their names.
//!
//! In: `17`, `No.17`, `マイナンバーカード` where an id should stand. Out: the indicators that fit, or a hint that
//! lists them. The whole name of one indicator means that one, even where others contain it.

use unicode_normalization::UnicodeNormalization;

use super::model::{Pack, Sheet};
use crate::diagnostic::Text;
use crate::text;

/// Fewest letters that are looked for in names.
const FEWEST: usize = 2;

impl Pack {
    /// The indicators that are called so, by their numbers in the pack.
    pub fn called(&self, words: &str) -> Vec<usize> {
        let wanted = fold(words);
        let those = |fits: &dyn Fn(&Sheet) -> bool| -> Vec<usize> {
            self.sheets.values().enumerate().filter(|(_, sheet)| fits(sheet)).map(|(n, _)| n).collect()
        };
        if let Ok(no) = wanted.trim_start_matches("no.").parse::<u32>() {
            return those(&|sheet| sheet.no.value == no);
        }
        if wanted.chars().count() < FEWEST {
            return Vec::new();
        }
        let whole = those(&|sheet| fold(&sheet.indicator) == wanted);
        if whole.is_empty() {
            those(&|sheet| fold(&sheet.indicator).contains(&wanted) || fold(&sheet.title).contains(&wanted))
        } else {
            whole
        }
    }

    /// The one indicator that is called so; absent if none or several are.
    pub fn called_alone(&self, words: &str) -> Option<usize> {
        match self.called(words).as_slice() {
            [one] => Some(*one),
            _ => None,
        }
    }

    /// What to write where an indicator is called so; absent if none is.
    pub fn ids_called(&self, words: &str) -> Option<Text> {
        let ids: Vec<&str> = self.called(words).into_iter().filter_map(|n| self.sheets.get_index(n)).map(|(id, _)| id.as_str()).collect();
        let (ja, en) = (ids.join("、"), ids.join(", "));
        if ids.is_empty() {
            return None;
        }
        Some(match fold(words).trim_start_matches("no.").parse::<u32>() {
            Ok(no) => text!("No.{no} の指標は {ja} です。ID で書いてください。", "No. {no} is {en}: write the id"),
            Err(_) => {
                text!("名称に「{words}」を含む指標は {ja} です。ID で書いてください。", "`{words}` is in the name of {en}: write the id")
            }
        })
    }
}

fn fold(words: &str) -> String {
    words.nfkc().flat_map(char::to_lowercase).filter(|c| !c.is_whitespace()).collect()
}
