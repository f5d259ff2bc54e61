//! What to say of a line that is not TOML, and what to write instead.
//!
//! In: the kind of slip, the marked text and its line. Out: a sentence, and a cure for what people type
//! most: a Japanese key without quotation marks, full-width signs, a text or a year without quotation
//! marks, `:` for `=`, 1,234, ▲5, 007. A cure is a guess and only ever a hint.

use super::syntax::Slip;
use super::{number_in, plain_number, to_write};
use crate::diagnostic::Text;
use crate::text;
use crate::year::Year;

/// What is wrong, in one sentence; `words` are TOML's own.
pub(super) fn sentence(slip: Slip, marked: &str, words: &str) -> Text {
    match slip {
        Slip::Duplicate => {
            text!("「{marked}」が同じ表に2度書かれています。", "`{marked}` is written twice in one table")
        }
        Slip::Key => text!("「{marked}」は、引用符なしではキーに使えません。", "`{marked}` cannot be a key without quotation marks"),
        Slip::Value if marked.is_empty() => text!("= の右に値がありません。", "there is no value after ="),
        Slip::Value => text!("「{marked}」は値として読めません。", "`{marked}` is not a value"),
        Slip::Quote => text!("文字列が引用符で閉じられていません。", "the text is not closed by a quotation mark"),
        Slip::Escape => text!("文字列の中の \\ のあとが正しくありません。", "what follows \\ in the text is not valid"),
        Slip::Number => text!("数の書き方が正しくありません。", "this number is not written as TOML wants it"),
        Slip::Equals => text!("= が余分にあります。", "there is one = too many"),
        Slip::Structure if words.starts_with("key with no value") => {
            text!("キーのあとに = と値がありません。", "the key is not followed by = and a value")
        }
        Slip::Structure if words.starts_with("extra comma") => {
            text!("区切りの , が余分です。", "there is one comma too many")
        }
        Slip::Structure if ["unclosed", "missing comma", "missing key"].iter().any(|start| words.starts_with(start)) => {
            text!("括弧が閉じていないか、区切りの , がありません。", "a bracket is not closed, or a comma is missing")
        }
        Slip::Structure => text!("TOMLとして読めません。", "this is not TOML"),
    }
}

/// What to write instead: first what stands out in the line, then what the slip suggests.
pub(super) fn cure(slip: Slip, marked: &str, line: &str) -> Text {
    if let Some(cure) = full_width(line) {
        return cure;
    }
    match slip {
        Slip::Duplicate => text!("どちらか一方を消すか、一つにまとめてください。", "remove one of them, or merge the two"),
        Slip::Key => text!("キーを引用符で囲み、\"{marked}\" と書いてください。", "write \"{marked}\""),
        Slip::Value => value(marked, line),
        Slip::Quote => text!("行の終わりまでに \" で閉じてください。", "close it with \" before the end of the line"),
        Slip::Escape => text!("\\ そのものは \\\\ と書くか、全体を ' で囲んでください。", "write \\\\ for \\, or put the text in ' '"),
        Slip::Number => number(line),
        Slip::Structure => {
            structure(line).unwrap_or_else(|| text!("`キー = 値` の形に書いてください。", "write the line as `key = value`"))
        }
        Slip::Equals => text!("= を一つにしてください。", "write one ="),
    }
}

fn number(line: &str) -> Text {
    let written = line.split_once('=').map_or(line, |(_, value)| value.split('#').next().unwrap_or(value)).trim();
    if let Some(cure) = percent(written, line) {
        return cure;
    }
    to_write(written).unwrap_or_else(|| {
        text!("数は 12.5 のように、半角の数字と小数点だけで書いてください。", "write a number with digits and a point only, as in 12.5")
    })
}

/// `5%`: a share or a quantity in percent; in a year's line the unit is the sheet's.
fn percent(written: &str, line: &str) -> Option<Text> {
    let number = plain_number(written.strip_suffix(['%', '％'])?)?;
    let key = line.split_once('=').map_or("", |(key, _)| key.trim());
    if Year::parse(key).is_some() {
        return Some(text!("{number} と書いてください（単位は unit に書きます）。", "write {number}; the unit stands in `unit`"));
    }
    let share = number.parse::<f64>().ok()? / 100.0;
    Some(text!(
        "割合なら {share}、%で測る量なら {number} と書いてください。",
        "write {share} for a share, or {number} for a quantity measured in percent"
    ))
}

/// A value without quotation marks: a number in disguise, or a text.
fn value(marked: &str, line: &str) -> Text {
    let cut = marked.split(['#', '＃']).next().unwrap_or(marked).trim();
    let cut = cut.trim_matches(['「', '」', '『', '』']).trim();
    let small = cut.to_lowercase();
    if cut.is_empty() {
        return text!("値を書くか、行を消してください。", "write a value, or delete the line");
    }
    if cut.chars().all(|c| matches!(c, '-' | '−' | '－' | 'ー' | '―' | '–' | '—')) {
        return text!(
            "値がないなら、この行を消してください。ない値は 0 とはみなしません。",
            "if there is no value, delete the line; absent never counts as 0"
        );
    }
    if let Some(number) = plain_number(cut) {
        return text!("{number} と書いてください（半角、桁区切りなし）。", "write {number}");
    }
    if let Some(cure) = to_write(cut) {
        return cure;
    }
    if let Some(cure) = percent(cut, line) {
        return cure;
    }
    if matches!(small.as_str(), "true" | "false") {
        return text!("小文字で {small} と書いてください。", "write {small}");
    }
    match number_in(cut) {
        Some(number) if Year::parse(cut).is_none() && cut.starts_with(|c: char| c.is_numeric()) => text!(
            "数だけなら {number}、文字列なら \"{cut}\" と書いてください（単位は unit に書きます）。",
            "write {number} for the number alone, or \"{cut}\" for a text"
        ),
        _ => text!("文字列なら引用符で囲み、\"{cut}\" と書いてください。", "put a text in quotation marks: \"{cut}\""),
    }
}

fn structure(line: &str) -> Option<Text> {
    let trimmed = line.trim();
    let (_, value) = trimmed.split_once('=').unwrap_or(("", trimmed));
    if let Some(cure) = percent(value.split('#').next().unwrap_or(value).trim(), line) {
        return Some(cure);
    }
    if let Some((key, rest)) = trimmed.split_once(':').filter(|_| !trimmed.contains('=')) {
        let (key, rest) = (key.trim(), rest.trim());
        return Some(text!(": ではなく = を使い、{key} = {rest} と書いてください。", "use = instead of `:`: {key} = {rest}"));
    }
    let number = value.split('#').next().unwrap_or(value).trim();
    if let Some(cure) = to_write(number).filter(|_| number.contains(',')) {
        return Some(cure);
    }
    (trimmed.starts_with('[') && !trimmed.contains(']')).then(|| text!("見出しを ] で閉じてください。", "close the header with ]"))
}

/// A full-width sign outside quotation marks, and the half-width one that TOML wants.
fn full_width(line: &str) -> Option<Text> {
    const SIGNS: [(char, &str); 15] = [
        ('、', ","),
        ('＝', "="),
        ('“', "\""),
        ('”', "\""),
        ('„', "\""),
        ('＂', "\""),
        ('‘', "'"),
        ('’', "'"),
        ('＇', "'"),
        ('［', "["),
        ('］', "]"),
        ('｛', "{"),
        ('｝', "}"),
        ('，', ","),
        ('＃', "#"),
    ];
    let mut quoted = false;
    for c in line.chars() {
        match c {
            '"' => quoted = !quoted,
            '#' if !quoted => return None,
            '\u{3000}' if !quoted => {
                return Some(text!("全角の空白を半角の空白に直してください。", "replace the full-width space by a plain one"));
            }
            _ => {}
        }
        if let Some((sign, half)) = SIGNS.iter().find(|(sign, _)| *sign == c).filter(|_| !quoted) {
            return Some(text!("全角の「{sign}」を半角の {half} に直してください。", "replace the full-width `{sign}` by {half}"));
        }
    }
    None
}
