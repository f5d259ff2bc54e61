//! What to say of a line that is not TOML, and what to write instead.
//!
//! In: the kind of slip, the marked text and its line. Out: a sentence, and a cure for what people type
//! most: a Japanese key without quotation marks, full-width signs, a text or a year without quotation
//! marks, `:` for `=`, 1,234, ▲5, 007. A cure is a guess and only ever a hint.

use super::syntax::Slip;
use super::{number_in, plain_number};
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
pub(super) fn cure(slip: Slip, marked: &str, line: &str) -> Option<Text> {
    if let Some(cure) = full_width(line) {
        return Some(cure);
    }
    match slip {
        Slip::Duplicate => Some(text!("どちらか一方を消すか、一つにまとめます。", "remove one of them, or merge the two")),
        Slip::Key => Some(text!("キーを引用符で囲み、\"{marked}\" と書きます。", "write \"{marked}\"")),
        Slip::Value => Some(value(marked)),
        Slip::Quote => Some(text!("行の終わりまでに \" で閉じます。", "close it with \" before the end of the line")),
        Slip::Escape => Some(text!("\\ そのものは \\\\ と書くか、全体を ' で囲みます。", "write \\\\ for \\, or put the text in ' '")),
        Slip::Number => {
            let number = line.split_once('=').and_then(|(_, value)| plain_number(value.split('#').next()?))?;
            Some(text!("{number} と書きます。", "write {number}"))
        }
        Slip::Structure => structure(line),
        Slip::Equals => None,
    }
}

/// A value without quotation marks: a number in disguise, or a text.
fn value(marked: &str) -> Text {
    let cut = marked.split(['#', '＃']).next().unwrap_or(marked).trim();
    let small = cut.to_lowercase();
    if cut.is_empty() {
        return text!("値を書くか、行を消します。", "write a value, or delete the line");
    }
    if let Some(number) = plain_number(cut) {
        return text!("{number} と書きます（半角、桁区切りなし）。", "write {number}");
    }
    if matches!(small.as_str(), "true" | "false") {
        return text!("小文字で {small} と書きます。", "write {small}");
    }
    match number_in(cut) {
        Some(number) if Year::parse(cut).is_none() && cut.starts_with(|c: char| c.is_numeric()) => text!(
            "数だけなら {number}、文字列なら \"{cut}\" と書きます（単位は unit に書きます）。",
            "write {number} for the number alone, or \"{cut}\" for a text"
        ),
        _ => text!("文字列なら引用符で囲み、\"{cut}\" と書きます。", "put a text in quotation marks: \"{cut}\""),
    }
}

fn structure(line: &str) -> Option<Text> {
    let trimmed = line.trim();
    let (_, value) = trimmed.split_once('=').unwrap_or(("", trimmed));
    if let Some((key, rest)) = trimmed.split_once(':').filter(|_| !trimmed.contains('=')) {
        let (key, rest) = (key.trim(), rest.trim());
        return Some(text!(": ではなく = を使い、{key} = {rest} と書きます。", "use = instead of `:`: {key} = {rest}"));
    }
    if let Some(number) = plain_number(value).filter(|_| value.contains(',')) {
        return Some(text!("桁区切りの , を除き、{number} と書きます。", "leave out the thousands comma: {number}"));
    }
    (trimmed.starts_with('[') && !trimmed.contains(']')).then(|| text!("見出しを ] で閉じます。", "close the header with ]"))
}

/// A full-width sign outside quotation marks, and the half-width one that TOML wants.
fn full_width(line: &str) -> Option<Text> {
    const SIGNS: [(char, &str); 14] = [
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
                return Some(text!("全角の空白を半角の空白に直します。", "replace the full-width space by a plain one"));
            }
            _ => {}
        }
        if let Some((sign, half)) = SIGNS.iter().find(|(sign, _)| *sign == c).filter(|_| !quoted) {
            return Some(text!("全角の「{sign}」を半角の {half} に直します。", "replace the full-width `{sign}` by {half}"));
        }
    }
    None
}
