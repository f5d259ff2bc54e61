//! Names: which words are taken, and what a name may look like.
//!
//! In: names of indicators, auxiliaries, assumptions and scenarios, as written in keys and file
//! names. Out: `BadName` or `NotComposed` with the reason and, where one is near, a name that would
//! do. [`RESERVED`] is the one list of taken words; rules and `--set` read it too.
//! Deliberately stricter than Unicode's identifiers: a name must equal its NFKC form, because the
//! command line folds what is typed and look-alikes could not be told apart.

use unicode_normalization::UnicodeNormalization;

use super::table::File;
use crate::diagnostic::{Code, Diagnostic, Span, Text};
use crate::text;

/// Most characters of a name.
pub const MAX_NAME: usize = 40;

/// Why a word is taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Use {
    /// A parameter of rule functions with a fixed meaning, such as `last`.
    Parameter,
    /// A function that the engine calls, such as `project`.
    Function,
    /// A function that rules may call, such as `min`.
    Vocabulary,
    /// A word of the rule language.
    Language,
    /// A part of addresses and of the pack's layout, such as `plan`.
    Layout,
}

/// Every taken word, separated by spaces, and what it is taken for.
pub const RESERVED: &[(Use, &str)] = &[
    (Use::Layout, "plan lib variants reports history causes opinions outcome"),
    (
        Use::Parameter,
        "last last2 last3 value target next_target planned goal limit baseline baseline_year origin first_year \
         direction year years_left years_ahead achievement",
    ),
    (Use::Function, "project achieve revise because not_evaluable"),
    (Use::Vocabulary, "min max abs floor ceil round clamp sqrt exp ln pow sin cos"),
    (
        Use::Language,
        "true false let const if else switch do while until loop for in fn return break continue throw try catch \
         import export as global private this is_shared is_def_var is_def_fn print debug type_of Fn call curry eval \
         exit sleep timestamp async await case default go goto is match module new nil null package protected public \
         shared spawn static super sync thread use var void with yield",
    ),
];

/// Beginnings that make a parameter read an earlier year.
pub const LAGS: [&str; 3] = ["last_", "last2_", "last3_"];

/// What a word is taken for; absent if it is free.
pub fn reserved(word: &str) -> Option<Use> {
    RESERVED.iter().find(|(_, words)| words.split(' ').any(|taken| taken == word)).map(|(taken, _)| *taken)
}

/// Checks the name of an indicator, an auxiliary or an assumption.
pub(super) fn check_name(file: File<'_>, span: Span, name: &str, what: &Text) {
    if let Some((code, reason)) = spelling(name, false).or_else(|| taken(name)) {
        refuse(file, span, name, what, code, &reason);
    }
}

/// Checks the name of a scenario: it may hold `-`, and no rule reads it, so no word is taken.
pub(super) fn check_scenario_name(file: File<'_>, span: Span, name: &str) {
    if let Some((code, reason)) = spelling(name, true) {
        refuse(file, span, name, &text!("シナリオ", "a scenario"), code, &reason);
    }
}

/// The form under which two names count as equal: NFKC, in small letters.
pub(super) fn fold(name: &str) -> String {
    if name.is_ascii() {
        return name.to_ascii_lowercase();
    }
    name.nfkc().flat_map(char::to_lowercase).collect()
}

fn refuse(file: File<'_>, span: Span, name: &str, what: &Text, code: Code, reason: &Text) {
    let message = Text {
        ja: format!("「{name}」は{}の名前に使えません。{}", what.ja, reason.ja),
        en: format!("`{name}` cannot be the name of {}: {}", what.en, reason.en),
    };
    let better: String = name.nfkc().collect();
    let problem = Diagnostic::at(code, span, message);
    file.push(if better != name && spelling(&better, true).is_none() {
        problem.hint(text!("「{better}」と書き直してください。", "write `{better}`"))
    } else {
        problem.hint(text!("別の名前にしてください。", "choose another name"))
    });
}

fn spelling(name: &str, dash: bool) -> Option<(Code, Text)> {
    let bad = |reason| Some((Code::BadName, reason));
    let Some(first) = name.chars().next() else {
        return bad(text!("名前が空です。", "it is empty"));
    };
    if !name.is_ascii() && !name.nfc().eq(name.chars()) {
        let reason = text!(
            "濁点などが前の文字から離れた形（NFDなど）で書かれており、見た目の同じ名前と区別がつきません。",
            "it is not in composed form (NFC) and would differ from a name that looks the same"
        );
        return Some((Code::NotComposed, reason));
    }
    if !name.is_ascii() && !name.nfkc().eq(name.chars()) {
        return bad(text!("全角の英数字、半角カナ、丸数字などは使えません。", "full-width, half-width or circled forms are not allowed"));
    }
    if !first.is_alphabetic() {
        return bad(text!("文字（英字、かな、漢字）で始めます。", "a name begins with a letter"));
    }
    let allowed = |c: char| c.is_alphabetic() || c.is_ascii_digit() || c == '_' || (dash && c == '-');
    if let Some(c) = name.chars().find(|c| !allowed(*c)) {
        let c = c.escape_debug().to_string();
        return bad(text!("「{c}」は使えません（使えるのは文字、数字、_ です）。", "`{c}` is neither a letter nor a digit nor `_`"));
    }
    let length = name.chars().count();
    (length > MAX_NAME).then(|| {
        (Code::BadName, text!("{MAX_NAME}文字までのところ、{length}文字あります。", "it has {length} characters, {MAX_NAME} are allowed"))
    })
}

fn taken(name: &str) -> Option<(Code, Text)> {
    if let Some(lag) = LAGS.iter().find(|lag| name.starts_with(**lag)) {
        let reason = text!("「{lag}」で始まる名前は、過年度の値を読む引数です。", "names beginning `{lag}` read earlier years");
        return Some((Code::BadName, reason));
    }
    let reason = match reserved(name)? {
        Use::Parameter => {
            text!("ルールの引数として意味の決まった語です。", "it is a parameter of rules with a fixed meaning")
        }
        Use::Function => text!("エンジンが呼び出す関数の名前です。", "it is a function that the engine calls"),
        Use::Vocabulary => text!("ルールで使う関数の名前です。", "it is a function that rules call"),
        Use::Language => text!("ルール言語（Rhai）の語です。", "it is a word of the rule language, Rhai"),
        Use::Layout => text!("計画一式の構成で使う語です。", "it is part of a pack's layout"),
    };
    Some((Code::BadName, reason))
}
