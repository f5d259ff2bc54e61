//! Number formats: what makes a spreadsheet show a number as the report's text does.
//!
//! The text is taken apart (`△1,224.5千枚` is a sign, digits, a unit) and put together again as Excel
//! would: 15 significant digits, halves away from zero, −0.04 as `-0.0`. Only a format whose result is
//! the text, to the letter, is used. Words for a number (1 is 実施) hold for that number alone: whoever
//! types another sees it. What stands beside the number (a unit, a mark, `±1.8`) is literal. A number
//! with all its 17 digits, as open data has it, stands as it is, though Excel shows fewer.

use crate::number::{round, separate};

/// The longest format that a workbook takes.
const MOST: usize = 255;
/// The longest number that a format may name.
const NAMED: usize = 10;

/// A number format by which `number` reads `text`; absent if there is none.
pub fn format(number: f64, text: &str) -> Option<String> {
    if !number.is_finite() || text.chars().any(char::is_control) || text.contains('"') {
        return None;
    }
    let format = match Parts::of(text) {
        Some(parts) => parts.percent(number, text).or_else(|| parts.plain(number, text)).or_else(|| whole(number, text))?,
        None => word(number, text)?,
    };
    Some(format).filter(|format| format.encode_utf16().count() <= MOST)
}

/// A number with all its digits, more than a spreadsheet shows: the cell holds them.
fn whole(number: f64, text: &str) -> Option<String> {
    (number.to_string() == text).then(|| "General".to_owned())
}

/// The word of one number.
fn word(number: f64, text: &str) -> Option<String> {
    let named = number.to_string();
    let fits = !text.is_empty() && number >= 0.0 && named.len() <= NAMED && !text.contains(char::is_numeric);
    fits.then(|| format!("[={named}]{};General", literal(text)))
}

/// A text around a number.
#[derive(Clone, Copy)]
struct Parts<'a> {
    before: &'a str,
    sign: Option<char>,
    digits: &'a str,
    after: &'a str,
}

impl<'a> Parts<'a> {
    /// Takes a text apart at its first digits; absent if it has none.
    fn of(text: &'a str) -> Option<Self> {
        let start = text.find(|character: char| character.is_ascii_digit())?;
        let numeral = |character: char| character.is_ascii_digit() || character == ',' || character == '.';
        let length = text[start..].find(|character| !numeral(character)).unwrap_or(text.len() - start);
        let digits = text[start..start + length].trim_end_matches([',', '.']);
        let (before, after) = (&text[..start], &text[start + digits.len()..]);
        let sign = before.chars().next_back().filter(|last| "+-−△▲".contains(*last));
        let before = sign.map_or(before, |sign| &before[..before.len() - sign.len_utf8()]);
        Some(Self { before, sign, digits, after })
    }

    /// As a ratio that is shown in percent.
    fn percent(self, number: f64, text: &str) -> Option<String> {
        let after = self.after.strip_prefix('%')?;
        let hundredfold = excel(number, 2)?;
        Parts { after, ..self }.compose(hundredfold, "%", text)
    }

    /// As it is.
    fn plain(self, number: f64, text: &str) -> Option<String> {
        self.compose(excel(number, 0)?, "", text)
    }

    /// The format, if by it the number reads `text`.
    fn compose(self, number: f64, percent: &str, text: &str) -> Option<String> {
        let decimals = self.digits.split_once('.').map_or(0, |(_, decimals)| decimals.len());
        let rounded = round(number.abs(), decimals)?;
        let whole = rounded.split('.').next().map_or(0, str::len);
        let separated = whole < 4 || self.digits.contains(',');
        let digits = if separated { separate(&rounded) } else { rounded };
        let signs = if number < 0.0 { ["-", "−", "△", "▲"].as_slice() } else { ["", "+"].as_slice() };
        let sign = self.sign.map_or_else(String::new, String::from);
        let shown = format!("{}{sign}{digits}{percent}{}", self.before, self.after);
        (signs.contains(&sign.as_str()) && shown == text).then(|| self.sections(&core(separated, decimals, percent), &sign))
    }

    /// The sections for what is above, below and at zero, as far as they differ from what a spreadsheet does by itself.
    fn sections(self, core: &str, sign: &str) -> String {
        let section = |sign: &str| format!("{}{core}{}", literal(&format!("{}{sign}", self.before)), literal(self.after));
        match sign {
            "+" => format!("{};{};{}", section("+"), section("-"), section("")),
            "" => section(""),
            "-" if self.before.is_empty() => section(""),
            _ => format!("{};{}", section(""), section(sign)),
        }
    }
}

/// `#,##0.0%`.
fn core(separated: bool, decimals: usize, percent: &str) -> String {
    let point = if decimals == 0 { "" } else { "." };
    format!("{}{point}{}{percent}", if separated { "#,##0" } else { "0" }, "0".repeat(decimals))
}

/// Letters that stand as they are.
fn literal(text: &str) -> String {
    if text.is_empty() { String::new() } else { format!("\"{text}\"") }
}

/// A number with the 15 digits that Excel shows, the point moved `places` to the right.
fn excel(number: f64, places: i32) -> Option<f64> {
    let digits = format!("{number:.14e}");
    let (digits, exponent) = digits.split_once('e')?;
    format!("{digits}e{}", exponent.parse::<i32>().ok()? + places).parse().ok()
}
