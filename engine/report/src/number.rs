//! Numbers as people read them: 四捨五入, thousands separators, `—` for absent.
//!
//! Rounding is half away from zero on the shortest decimal expansion of the number (0.285 → 0.29,
//! 2.5 → 3, −2.5 → −3), never on its binary one. −0 is never printed; what is absent (or, though the
//! engine lets none out, not finite) is `—`, never 0. Where rounding would show a bar as reached that
//! is missed, more decimals are printed until it shows as missed ([`decimals_below`], at most
//! [`MOST_MORE`] more): 34.99 stays 34.99 against 35.0. Nothing here is read back by the engine.

use std::cmp::Ordering;

/// What is printed for an absent number.
pub const ABSENT: &str = "—";

/// The most decimals that are added to show a missed bar as missed.
pub const MOST_MORE: usize = 6;

/// Rounds to `decimals` places, without thousands separators; absent if not finite.
pub fn round(value: f64, decimals: usize) -> Option<String> {
    if !value.is_finite() {
        return None;
    }
    let expansion = value.abs().to_string();
    let (whole, fraction) = expansion.split_once('.').unwrap_or((&expansion, ""));
    let kept: String = fraction.chars().chain(std::iter::repeat('0')).take(decimals).collect();
    let digits = format!("{whole}{kept}");
    let up = fraction.as_bytes().get(decimals).is_some_and(|next| *next >= b'5');
    let digits = if up { plus_one(&digits) } else { digits };
    let sign = if value < 0.0 && digits.bytes().any(|digit| digit != b'0') { "-" } else { "" };
    let (whole, kept) = digits.split_at(digits.len().saturating_sub(decimals));
    let point = if decimals == 0 { "" } else { "." };
    Some(format!("{sign}{whole}{point}{kept}"))
}

/// Adds one to the last digit.
fn plus_one(digits: &str) -> String {
    let nines = digits.len() - digits.trim_end_matches('9').len();
    let (head, _) = digits.split_at(digits.len() - nines);
    let mut text = head.to_owned();
    let last = text.pop().and_then(|digit| digit.to_digit(10)).map_or(1, |digit| digit + 1);
    text.push_str(&last.to_string());
    text.push_str(&"0".repeat(nines));
    text
}

/// Puts a comma between thousands: `-1234567.8` → `-1,234,567.8`.
pub fn separate(rounded: &str) -> String {
    let (sign, rest) = rounded.strip_prefix('-').map_or(("", rounded), |rest| ("-", rest));
    let (whole, fraction) = rest.split_at(rest.find('.').unwrap_or(rest.len()));
    let mut text = sign.to_owned();
    for (at, digit) in whole.chars().enumerate() {
        if at > 0 && (whole.len() - at).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text + fraction
}

/// A number with separators, rounded to `decimals`; [`ABSENT`] if absent.
pub fn number(value: Option<f64>, decimals: usize) -> String {
    value.and_then(|value| round(value, decimals)).map_or_else(|| ABSENT.to_owned(), |text| separate(&text))
}

/// The decimals, at least `decimals`, that show `value` on the bad side of `bar` if it lies there.
///
/// `direction` is 1.0 where more is better, −1.0 where less is. `decimals` as given if the value does
/// not lie on the bad side, or so near that even [`MOST_MORE`] further decimals would not show it.
pub fn decimals_below(value: f64, bar: f64, direction: f64, decimals: usize) -> usize {
    if on_bad_side(value, bar, direction) != Some(true) {
        return decimals;
    }
    (decimals..=decimals + MOST_MORE)
        .find(|places| on_bad_side(rounded(value, *places), rounded(bar, *places), direction) == Some(true))
        .unwrap_or(decimals)
}

fn on_bad_side(value: f64, bar: f64, direction: f64) -> Option<bool> {
    Some((direction * value).partial_cmp(&(direction * bar))? == Ordering::Less)
}

fn rounded(value: f64, decimals: usize) -> f64 {
    round(value, decimals).and_then(|text| text.parse().ok()).unwrap_or(value)
}

/// A ratio in percent with one decimal (0.855 → `85.5%`); [`ABSENT`] if absent.
///
/// Where the ratio lies below `bar` (such as 1.0, or the next better grade's threshold) it also shows
/// so: 0.99996 below 1.0 is `99.996%`.
pub fn percent(ratio: Option<f64>, bar: Option<f64>) -> String {
    let shown = ratio.and_then(|ratio| {
        let places = bar.map_or(3, |bar| decimals_below(ratio, bar, 1.0, 3));
        Some(separate(&hundredfold(&round(ratio, places)?)))
    });
    shown.map_or_else(|| ABSENT.to_owned(), |text| text + "%")
}

/// A threshold in percent with no more decimals than it needs: 0.8 → `80%`, 0.975 → `97.5%`.
pub fn short_percent(ratio: f64) -> String {
    let places = (2..2 + MOST_MORE).find(|places| rounded(ratio, *places) == ratio).unwrap_or(3);
    round(ratio, places).map_or_else(|| ABSENT.to_owned(), |text| hundredfold(&text) + "%")
}

/// Moves the point of a decimal text two places to the right; it has at least two decimals.
fn hundredfold(rounded: &str) -> String {
    let (sign, rest) = rounded.strip_prefix('-').map_or(("", rounded), |rest| ("-", rest));
    let Some((whole, fraction)) = rest.split_once('.') else { return format!("{sign}{rest}00") };
    let (two, rest) = fraction.split_at(fraction.len().min(2));
    let digits = format!("{whole}{two}");
    let whole = digits.trim_start_matches('0');
    let whole = if whole.is_empty() { "0" } else { whole };
    let point = if rest.is_empty() { "" } else { "." };
    format!("{sign}{whole}{point}{rest}")
}
