//! How a unit is written, in a sheet and in a message: `百万円`, `万枚/件`, `%`, `割合/年`, `円/(人・月)`, `thousand yen/year`.
//!
//! Words are separated by `/`, `・` and `×`; after the first `/` each further `/` divides again. A power of ten may stand
//! before a word (千 万 百万 億 … thousand million). A remark in brackets at the end (`件（延べ）`) does not count. Words of
//! ratios, per cent and years are known in both languages; any other word is taken as it stands.

use unicode_normalization::UnicodeNormalization;

use super::unit::{Unit, YEAR};
use crate::diagnostic::Text;
use crate::text;

/// Powers of ten before a word, longest first where one begins another.
const TENS: [(&str, i32); 14] = [
    ("千億", 11),
    ("百億", 10),
    ("十億", 9),
    ("千万", 7),
    ("百万", 6),
    ("十万", 5),
    ("兆", 12),
    ("億", 8),
    ("万", 4),
    ("千", 3),
    ("百", 2),
    ("thousand ", 3),
    ("million ", 6),
    ("billion ", 9),
];

/// Words without a dimension, with their power of ten. A ポイント is a hundredth, as % is.
const PLAIN: [(&str, i32); 28] = [
    ("", 0),
    ("1", 0),
    ("割合", 0),
    ("比", 0),
    ("比率", 0),
    ("率", 0),
    ("倍", 0),
    ("倍率", 0),
    ("係数", 0),
    ("無単位", 0),
    ("単位なし", 0),
    ("ratio", 0),
    ("share", 0),
    ("factor", 0),
    ("fraction", 0),
    ("割", -1),
    ("%", -2),
    ("ポイント", -2),
    ("%ポイント", -2),
    ("パーセント", -2),
    ("百分率", -2),
    ("percent", -2),
    ("per cent", -2),
    ("point", -2),
    ("percentage point", -2),
    ("pt", -2),
    ("‰", -3),
    ("パーミル", -3),
];

/// Words that mean one.
const SAME: [(&str, &[&str]); 4] = [
    (YEAR, &["年間", "か年", "ヵ年", "カ年", "ヶ年", "箇年", "年度", "year", "yr", "fiscal year", "fy"]),
    ("月", &["か月", "ヵ月", "カ月", "ヶ月", "箇月", "month"]),
    ("日", &["日間", "day"]),
    ("時間", &["hour"]),
];

/// The words that alone stand for a point in time.
const POINTS: [&str; 3] = ["年度", "fiscal year", "fy"];

/// Reads a unit; what cannot be read is an error without more to say.
pub(super) fn read(text: &str) -> Result<Unit, ()> {
    let text: String = text.nfkc().collect();
    let text = without_remark(text.trim());
    if POINTS.contains(&text.to_lowercase().as_str()) {
        return Ok(Unit::fiscal_year());
    }
    let mut rest = text;
    let unit = product(&mut rest, 0)?;
    if rest.is_empty() { Ok(unit) } else { Err(()) }
}

/// `件(延べ)` → `件`; a bracket after a sign is part of the unit.
fn without_remark(text: &str) -> &str {
    match text.strip_suffix(')').and_then(|open| open.rsplit_once('(')) {
        Some((before, _)) if !before.trim_end().ends_with(SIGNS) && !before.is_empty() => before.trim_end(),
        _ => text,
    }
}

const SIGNS: [char; 5] = ['/', '・', '·', '×', '*'];

/// Factors up to the end or a closing bracket.
fn product(rest: &mut &str, depth: usize) -> Result<Unit, ()> {
    let mut unit = factor(rest, depth, true)?;
    while let Some(sign) = rest.chars().next().filter(|sign| SIGNS.contains(sign)) {
        *rest = rest[sign.len_utf8()..].trim_start();
        let next = factor(rest, depth, false)?;
        unit = unit.times(&next, if sign == '/' { -1 } else { 1 }).ok_or(())?;
    }
    Ok(unit)
}

fn factor(rest: &mut &str, depth: usize, is_first: bool) -> Result<Unit, ()> {
    if let Some(inside) = rest.strip_prefix('(') {
        if depth >= 4 {
            return Err(());
        }
        *rest = inside.trim_start();
        let unit = product(rest, depth + 1)?;
        *rest = rest.strip_prefix(')').ok_or(())?.trim_start();
        return Ok(unit);
    }
    let end = rest.find(|c| SIGNS.contains(&c) || c == '(' || c == ')').unwrap_or(rest.len());
    let word = rest[..end].trim();
    let alone = depth == 0 && end == rest.len();
    *rest = &rest[end..];
    // `/年` is 1/年.
    let begins = rest.starts_with('/') && is_first;
    if word.is_empty() && !alone && !begins { Err(()) } else { Ok(one(word)) }
}

/// One word, with the power of ten before it.
fn one(word: &str) -> Unit {
    let single = singular(word);
    let lower = single.to_lowercase();
    let lower = lower.as_str();
    if let Some((_, scale)) = PLAIN.iter().find(|(plain, _)| *plain == lower) {
        return Unit::tens(*scale);
    }
    if let Some((known, _)) = SAME.iter().find(|(known, others)| *known == lower || others.contains(&lower)) {
        return Unit::word(known);
    }
    let digits = word.len() - word.trim_start_matches(|c: char| c.is_ascii_digit()).len();
    let zeros = word[..digits].strip_prefix('1').filter(|zeros| zeros.len() < 13 && zeros.chars().all(|c| c == '0'));
    if let Some(zeros) = zeros.filter(|_| digits < word.len()) {
        return one(word[digits..].trim_start()).times(&Unit::tens(zeros.len() as i32), 1).unwrap_or_default();
    }
    match TENS.iter().find_map(|(tens, scale)| Some((word.strip_prefix(tens)?, *scale))) {
        Some((rest, scale)) => one(rest.trim_start()).times(&Unit::tens(scale), 1).unwrap_or_default(),
        None => Unit::word(single),
    }
}

/// `cases` → `case`; Japanese has no plural.
fn singular(word: &str) -> &str {
    match word.strip_suffix('s') {
        Some(single) if word.is_ascii() && single.len() > 2 && !single.ends_with('s') => single,
        _ => word,
    }
}

/// A unit in words; a scale is put before the first word that can bear it.
pub(super) fn show(unit: &Unit) -> Text {
    if unit.is_point {
        return text!("年度", "fiscal year");
    }
    let above: Vec<(&str, i32)> = unit.words().filter(|(_, power)| *power > 0).collect();
    let below: Vec<(&str, i32)> = unit.words().filter(|(_, power)| *power < 0).map(|(word, power)| (word, -power)).collect();
    let on_below = unit.scale < 0 && unit.scale != -2 && below.iter().any(|(word, _)| *word != YEAR);
    let (up, down) = if on_below { (0, -unit.scale) } else { (unit.scale, 0) };
    match (side(&above, up), side(&below, down)) {
        (None, None) => text!("割合", "ratio"),
        (Some(above), None) => above,
        (None, Some(below)) if unit.is_plain() => over(&text!("割合", "ratio"), &below),
        (None, Some(below)) => over(&Text::same("1"), &below),
        (Some(above), Some(below)) => over(&above, &below),
    }
}

fn over(above: &Text, below: &Text) -> Text {
    if below.ja.contains('・') {
        return Text { ja: format!("{}/({})", above.ja, below.ja), en: format!("{}/({})", above.en, below.en) };
    }
    Text { ja: format!("{}/{}", above.ja, below.ja), en: format!("{}/{}", above.en, below.en) }
}

/// The words above or below the line, with a power of ten before the first; nothing if there is neither.
fn side(words: &[(&str, i32)], scale: i32) -> Option<Text> {
    let mut parts: Vec<Text> = words.iter().map(|(word, power)| powered(word, *power)).collect();
    match (parts.first_mut(), words.first().and_then(|(word, power)| prefix(scale, word, *power))) {
        (Some(first), Some(tens)) => *first = Text { ja: format!("{tens}{}", first.ja), en: format!("{tens}{}", first.en) },
        _ if scale != 0 => parts.insert(0, Text::same(tens(scale))),
        _ => {}
    }
    let all = |pick: fn(&Text) -> &str| parts.iter().map(pick).collect::<Vec<_>>().join("・");
    (!parts.is_empty()).then(|| Text { ja: all(|part| &part.ja), en: all(|part| &part.en) })
}

fn powered(word: &str, power: i32) -> Text {
    let (ja, en) = if word == YEAR { (YEAR, "year") } else { (word, word) };
    let tail = match power {
        1 => String::new(),
        2 => "²".to_owned(),
        3 => "³".to_owned(),
        _ => format!("^{power}"),
    };
    text!("{ja}{tail}", "{en}{tail}")
}

/// A power of ten that is written onto a word: 万枚, 10人, 百万円² for 10^12 円².
fn prefix(scale: i32, word: &str, power: i32) -> Option<String> {
    let each = (scale > 0 && scale % power == 0).then_some(scale / power)?;
    let known = TENS.iter().find(|(tens, known)| *known == each && tens.is_ascii() == word.is_ascii());
    Some(known.map_or_else(|| format!("1{}", "0".repeat(each as usize)), |(tens, _)| (*tens).to_owned()))
}

/// A power of ten that stands alone.
fn tens(scale: i32) -> String {
    match scale {
        -2 => "%".to_owned(),
        -3 => "‰".to_owned(),
        _ => format!("10^{scale}"),
    }
}
