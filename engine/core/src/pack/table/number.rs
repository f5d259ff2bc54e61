//! Numbers as people type them in words: full width, with a comma, with ▲ for a minus.
//!
//! In: the inside of a string, or what stands where a TOML value should. Out: how to write it in
//! TOML, for hints. Nothing here reads a pack's numbers: those are TOML's. A comma parts thousands only
//! where three digits follow it: 0,15 is 0.15, and 1,500 may be either, so both are told.

use unicode_normalization::UnicodeNormalization;

use crate::diagnostic::Text;
use crate::text;

/// How a text can be read as a number, each as TOML writes it.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Reading {
    One(String),
    /// `1,500`: with the comma between thousands, and with a decimal comma.
    Either(String, String),
}

/// The whole text as a TOML number; absent if it is anything more, not finite, or readable in two ways.
pub(crate) fn plain_number(text: &str) -> Option<String> {
    match reading(text)? {
        Reading::One(number) => Some(number),
        Reading::Either(..) => None,
    }
}

/// What to write for a text that is a number: both readings where its comma leaves two.
pub(crate) fn to_write(text: &str) -> Option<Text> {
    Some(match reading(text)? {
        Reading::One(number) => text!("{number} と書いてください。", "write {number}"),
        Reading::Either(whole, decimal) => text!(
            "桁区切りの , なら {whole}、小数点のつもりなら {decimal} と書いてください。",
            "write {whole} if the comma parts thousands, {decimal} if it is a decimal point"
        ),
    })
}

fn reading(text: &str) -> Option<Reading> {
    let folded: String = text.trim().nfkc().map(minus).collect();
    let (whole, decimal) = match folded.split_once(',') {
        None => return in_toml(&folded).map(Reading::One),
        Some((_, rest)) if rest.contains(',') => (parts_thousands(&folded), false),
        Some((before, after)) => {
            let begun = before.trim_start_matches('-').trim_start();
            let thousands = parts_thousands(&folded) && begun.len() <= 3 && !begun.starts_with('0');
            (thousands, !after.contains('.') && after.starts_with(|c: char| c.is_ascii_digit()))
        }
    };
    let whole = whole.then(|| in_toml(&folded.replace(',', ""))).flatten();
    let decimal = decimal.then(|| in_toml(&folded.replace(',', "."))).flatten();
    match (whole, decimal) {
        (Some(whole), Some(decimal)) => Some(Reading::Either(whole, decimal)),
        (one, other) => one.or(other).map(Reading::One),
    }
}

/// True if exactly three digits follow each comma, up to the point.
fn parts_thousands(folded: &str) -> bool {
    let whole = folded.split('.').next().unwrap_or(folded);
    whole.split(',').skip(1).all(|group| group.len() == 3 && group.bytes().all(|digit| digit.is_ascii_digit()))
}

/// A number without commas as TOML writes it.
fn in_toml(folded: &str) -> Option<String> {
    let digits = folded.strip_prefix('-').unwrap_or(folded).trim_start();
    let written = if digits.len() < folded.len() { format!("-{digits}") } else { digits.to_owned() };
    let digits = digits.trim_start_matches('0');
    let starts_well = folded.starts_with(['-', '.']) || folded.starts_with(|c: char| c.is_ascii_digit());
    let finite = starts_well && written.parse::<f64>().is_ok_and(f64::is_finite);
    finite.then(|| match (written.starts_with('-'), digits) {
        (false, "") => "0".to_owned(),
        (true, "") => "-0".to_owned(),
        (sign, rest) => {
            let zero = if rest.starts_with(|c: char| c.is_ascii_digit()) { "" } else { "0" };
            format!("{}{zero}{rest}", if sign { "-" } else { "" })
        }
    })
}

/// The first number in a text such as `累計 1,250件`, as TOML writes it. Beside a unit or other words a
/// comma before three digits parts thousands.
pub(crate) fn number_in(text: &str) -> Option<String> {
    let folded: String = text.nfkc().map(minus).collect();
    let start = folded.find(|c: char| c.is_ascii_digit())?;
    let (before, rest) = folded.split_at(start);
    let end = rest.find(|c: char| !c.is_ascii_digit() && c != '.' && c != ',').unwrap_or(rest.len());
    let digits = rest.get(..end)?.trim_end_matches(['.', ',']);
    let sign = if before.ends_with('-') { "-" } else { "" };
    match reading(&format!("{sign}{digits}"))? {
        Reading::One(number) | Reading::Either(number, _) => Some(number),
    }
}

fn minus(c: char) -> char {
    if matches!(c, '▲' | '△' | '\u{2212}' | '‐' | '–') { '-' } else { c }
}

/// How to write what was probably meant as a number.
pub fn as_number(value: &str) -> Text {
    let share = |number: String| Some((number.parse::<f64>().ok()? / 100.0, number));
    if let Some((share, number)) = value.strip_suffix('%').and_then(plain_number).and_then(share) {
        return text!(
            "割合なら {share}、%で測る量なら {number} と書いてください。",
            "write {share} for a share, or {number} for a quantity measured in percent"
        );
    }
    to_write(value).unwrap_or_else(|| text!("0.03 のように、半角の数で書いてください。", "write a number such as 0.03"))
}
