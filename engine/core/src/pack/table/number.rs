//! Numbers as people type them in words: full width, with thousands commas, with ▲ for a minus.
//!
//! In: the inside of a string, or what stands where a TOML value should. Out: how to write it in
//! TOML, for hints, and the number itself for the command line. Nothing here reads a pack's numbers:
//! those are TOML's.

use unicode_normalization::UnicodeNormalization;

use crate::diagnostic::Text;
use crate::text;

/// The whole text as a TOML number; absent if it is anything more or not finite.
pub(crate) fn plain_number(text: &str) -> Option<String> {
    let folded: String = text.trim().nfkc().filter(|c| *c != ',').map(minus).collect();
    let digits = folded.strip_prefix('-').unwrap_or(&folded).trim_start();
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

/// The first number in a text such as `累計 250件`, as TOML writes it.
pub(in crate::pack) fn number_in(text: &str) -> Option<String> {
    let folded: String = text.nfkc().filter(|c| *c != ',').map(minus).collect();
    let start = folded.find(|c: char| c.is_ascii_digit())?;
    let (before, rest) = folded.split_at(start);
    let end = rest.find(|c: char| !c.is_ascii_digit() && c != '.').unwrap_or(rest.len());
    let digits = rest.get(..end)?.trim_end_matches('.');
    let sign = if before.ends_with('-') { "-" } else { "" };
    plain_number(&format!("{sign}{digits}"))
}

fn minus(c: char) -> char {
    if matches!(c, '▲' | '△' | '\u{2212}' | '‐' | '–') { '-' } else { c }
}

/// How to write what was probably meant as a number.
pub(crate) fn as_number(value: &str) -> Text {
    let share = |number: String| Some((number.parse::<f64>().ok()? / 100.0, number));
    if let Some((share, number)) = value.strip_suffix('%').and_then(plain_number).and_then(share) {
        return text!(
            "割合なら {share}、%で測る量なら {number} と書いてください。",
            "write {share} for a share, or {number} for a quantity measured in percent"
        );
    }
    match plain_number(value) {
        Some(number) => text!("{number} と書いてください。", "write {number}"),
        None => text!("0.03 のように、半角の数で書いてください。", "write a number such as 0.03"),
    }
}
