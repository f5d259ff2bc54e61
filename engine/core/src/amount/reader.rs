//! From a text to its reading: blank, label, then words – sign – number – unit – words.

use super::decimal::{Decimal, Numeral, numeral};
use super::unit::Unit;
use super::words::{self, Word};
use super::{Doubt, DoubtKind, Label, Number, Reading, Scale, fold};
use crate::diagnostic::Text;
use crate::text;

/// Letters that are looked at; nobody writes a longer amount.
const MOST_LETTERS: usize = 200;
/// States that are understood on every sheet.
const STATES: [&str; 2] = ["実施", "未実施"];
const MINUS_WORDS: [&str; 2] = ["マイナス", "minus"];

pub(super) fn read(text: &str, scale: &Scale) -> Reading {
    let figures = fold::figures(text);
    if fold::is_blank(&figures) {
        return Reading::Absent;
    }
    if figures.chars().count() > MOST_LETTERS {
        return Reading::Doubtful(doubt(DoubtKind::TooLong, &shortened(&figures), scale));
    }
    if let Some(label) = label(&figures, scale) {
        return Reading::Label(label);
    }
    match number(&figures, scale) {
        Ok(number) => Reading::Number(number),
        Err(kind) => Reading::Doubtful(doubt(kind, text.trim(), scale)),
    }
}

fn label(figures: &str, scale: &Scale) -> Option<Label> {
    let words = fold::words(figures);
    let bare = words.strip_prefix('(').and_then(|inner| inner.strip_suffix(')')).unwrap_or(&words).trim();
    if let Some((value, label)) = scale.labels.iter().find(|(_, label)| fold::words(label) == bare) {
        return Some(Label { words: label.clone(), value: Some(*value) });
    }
    let state = STATES.iter().find(|state| **state == bare)?;
    Some(Label { words: (*state).to_owned(), value: None })
}

fn number(figures: &str, scale: &Scale) -> Result<Number, DoubtKind> {
    let mut rest = figures;
    let mut found = words::before(&mut rest);
    let is_negative = sign(&mut rest);
    found.extend(words::before(&mut rest));
    let in_yen = rest.strip_prefix(['¥', '\\']);
    let start = in_yen.map_or(rest, str::trim_start);
    let (written, decimal) = in_unit(start, in_yen.is_some(), scale)?;
    found.extend(written.words);
    let sign = if is_negative && decimal.number() != 0.0 { "-" } else { "" };
    let value = if sign.is_empty() { decimal.number() } else { -decimal.number() };
    let converted = written.is_converted.then(|| rest[..rest.len() - written.after].trim().to_owned());
    Ok(Number { value, digits: format!("{sign}{}", decimal.written()), converted, words: found })
}

/// The unit written after the number, if the number is plain.
pub(super) fn unit_beside(text: &str) -> Option<String> {
    let figures = fold::figures(text);
    let mut rest = figures.as_str();
    words::before(&mut rest);
    sign(&mut rest);
    words::before(&mut rest);
    let plain = numeral(rest, false).ok().flatten()?;
    let (unit, _, _) = tail(&plain);
    (!unit.is_empty() && !has_figures(unit)).then(|| unit.to_owned())
}

/// What was found beside the number itself.
struct Written {
    words: Vec<Word>,
    is_converted: bool,
    /// Bytes at the end that are words, not unit.
    after: usize,
}

/// The number that `text` begins with, in the sheet's unit.
fn in_unit(text: &str, in_yen: bool, scale: &Scale) -> Result<(Written, Decimal), DoubtKind> {
    let own = Unit::of_sheet(&scale.unit);
    // The sheet's unit written to the letter comes first: in 3百貨店 nobody counts hundreds.
    if let Some(plain) = numeral(text, false)?.filter(|_| !in_yen) {
        let (unit, words, after) = tail(&plain);
        if unit.is_empty() || fold::words(unit) == fold::words(&scale.unit) {
            return Ok((Written { words, is_converted: false, after }, plain.decimal));
        }
    }
    let numeral = numeral(text, true)?.ok_or(without_number(text))?;
    let (unit, words, after) = tail(&numeral);
    // 4億1 may be 4億1千万: only a unit would end the number there.
    if numeral.is_open && unit.is_empty() && !in_yen {
        return Err(DoubtKind::Order);
    }
    let typed = Unit::typed(if in_yen { "円" } else { unit });
    // 122万4千 alone counts what the sheet counts; nobody counts thousands of per cent.
    let may_be_own = typed.word.is_empty() && own.word != "%";
    if typed.word != own.word && !may_be_own {
        return Err(if has_figures(unit) { DoubtKind::SeveralNumbers } else { DoubtKind::OtherUnit });
    }
    let tens = typed.tens - own.tens;
    let is_converted = tens != 0 || numeral.is_scaled;
    Ok((Written { words, is_converted, after }, numeral.decimal.shifted(tens)))
}

/// The unit after a number, the words after the unit, and how long they are.
fn tail<'a>(numeral: &Numeral<'a>) -> (&'a str, Vec<Word>, usize) {
    let mut rest = numeral.rest;
    let words = words::after(&mut rest);
    (rest.trim(), words, numeral.rest.len() - rest.len())
}

fn without_number(text: &str) -> DoubtKind {
    if has_figures(text) { DoubtKind::OtherUnit } else { DoubtKind::NotANumber }
}

fn has_figures(text: &str) -> bool {
    text.contains(|c: char| c.is_ascii_digit())
}

fn sign(text: &mut &str) -> bool {
    let minus = text.strip_prefix('-').or_else(|| MINUS_WORDS.iter().find_map(|word| text.strip_prefix(word)));
    *text = minus.unwrap_or(text).trim_start();
    minus.is_some()
}

fn shortened(text: &str) -> String {
    text.chars().take(20).chain(['…']).collect()
}

fn doubt(kind: DoubtKind, written: &str, scale: &Scale) -> Doubt {
    let unit = &scale.unit;
    let reason = match kind {
        DoubtKind::NotANumber => text!("「{written}」は数ではありません。", "`{written}` is not a number"),
        DoubtKind::SeveralNumbers => text!("「{written}」には数が二つ以上あります。", "`{written}` holds more than one number"),
        DoubtKind::OtherUnit => text!(
            "「{written}」は、個票の単位「{unit}」の量として読めません。",
            "`{written}` cannot be read as an amount in the sheet's unit `{unit}`"
        ),
        DoubtKind::Comma => {
            text!("「{written}」のコンマは、3桁の区切りになっていません。", "the commas of `{written}` do not part thousands")
        }
        DoubtKind::Order => {
            text!("「{written}」は、位の書き方から値が決まりません。", "the scales of `{written}` leave its value open")
        }
        DoubtKind::TooLong => text!("「{written}」は長すぎます。", "`{written}` is too long"),
    };
    Doubt { kind, reason, hint: hint(scale) }
}

fn hint(scale: &Scale) -> Text {
    let labels = scale.labels.iter().map(|(_, label)| label.as_str());
    let (ja, en) = (labels.clone().collect::<Vec<_>>().join("」「"), labels.collect::<Vec<_>>().join("`, `"));
    if !ja.is_empty() {
        return text!("「{ja}」のどれかを書いてください。", "write one of `{en}`");
    }
    match scale.unit.as_str() {
        "" => text!("数を一つだけ書いてください。", "write one number"),
        unit => text!(
            "単位「{unit}」での数を一つだけ書いてください。まだ無ければ空欄にします。",
            "write one number in `{unit}`; leave it blank if there is none yet"
        ),
    }
}
