//! A calculation as people read it: the rule's lines as written, below each the same line with numbers.

use mitoshi_core::analysis::explain::{Calculation, Helper, Place};
use mitoshi_core::diagnostic::{Language, Text};
use mitoshi_core::text;
use mitoshi_core::walk::{Known, Step, StepKind, Word};

use super::words::figures;
use crate::document::Block;
use crate::words::{join, say};

/// Which function computed it, and its lines.
pub(super) fn blocks(calculation: &Calculation, language: Language) -> Vec<Block> {
    let mut blocks = vec![Block::Paragraph(method(calculation, language))];
    let steps: Vec<String> =
        calculation.steps.iter().filter_map(|(place, step)| lines(place, step, calculation.is_declined, language)).collect();
    if calculation.is_complete {
        blocks.push(Block::Lines(steps.join("\n")));
    } else {
        blocks.push(Block::Lines(format!("{}\n{}", calculation.place.write(), calculation.text)));
    }
    if !calculation.helpers.is_empty() {
        blocks.push(Block::Note(helpers(&calculation.helpers, language)));
    }
    blocks
}

/// `ルールの関数 project（rules/arrears.rhai:7）で計算`.
pub(super) fn method(calculation: &Calculation, language: Language) -> String {
    let (function, place) = (&calculation.function, calculation.place.write());
    let said = say(&text!("関数 {function}（{place}）で計算します。", "Computed by the function {function} ({place})."), language);
    if calculation.comment.is_empty() { said } else { format!("{said}{}{}", space(language), calculation.comment) }
}

fn helpers(helpers: &[Helper], language: Language) -> String {
    let named = helpers.iter().map(|helper| {
        let (name, place) = (&helper.name, helper.place.write());
        match (helper.comment.is_empty(), language) {
            (true, Language::Japanese) => format!("{name}（{place}）"),
            (true, Language::English) => format!("{name} ({place})"),
            (false, Language::Japanese) => format!("{name}（{place}、{}）", helper.comment),
            (false, Language::English) => format!("{name} ({place}: {})", helper.comment),
        }
    });
    let list = join(&named.collect::<Vec<_>>(), language);
    say(&text!("式の中で呼んでいる補助の関数: {list}", "Helpers that it calls: {list}"), language)
}

/// One step: where it stands, how it is written, with numbers, and what it gives.
fn lines(place: &Place, step: &Step, is_declined: bool, language: Language) -> Option<String> {
    let line = format!("{}:", place.line);
    let sign = if step.kind == StepKind::Condition { "if " } else { "" };
    let mut out = format!("{line:<4} {sign}{}", dedented(&step.written));
    let remark = match &step.kind {
        StepKind::Because(_) => return None,
        StepKind::Loop => Some(text!("（くり返し）", "(a loop)")),
        StepKind::NotEvaluable => Some(text!("→ 評価できない", "→ not evaluable")),
        StepKind::Condition => Some(match step.value {
            Some(Known::Truth(true)) => text!("→ 成り立つ", "→ holds"),
            Some(Known::Truth(false)) => text!("→ 成り立たない", "→ does not hold"),
            _ => stopped(is_declined),
        }),
        _ if step.value.is_none() => Some(stopped(is_declined)),
        _ => None,
    };
    if !step.words.is_empty() {
        let numbers = with_numbers(&step.words);
        if has_more_to_say(&step.words) {
            out += &format!("\n     = {numbers}");
        }
    }
    match (step.value, remark) {
        (_, Some(remark)) => out += &format!("\n     {}", say(&remark, language)),
        (Some(value), None) => out += &format!("\n     = {}", known(value)),
        (None, None) => {}
    }
    Some(out)
}

fn stopped(is_declined: bool) -> Text {
    if is_declined {
        return text!("→ ルールがここで評価できないとした", "→ here the rule says that it cannot be evaluated");
    }
    text!("→ ここで計算できなくなった", "→ the calculation stopped here")
}

/// True if the line with numbers is more than its result.
fn has_more_to_say(words: &[Word]) -> bool {
    words.len() > 1
}

/// Further lines stand a little to the right of the first.
fn dedented(written: &str) -> String {
    let mut lines = written.lines();
    let first = lines.next().unwrap_or_default().to_owned();
    lines.fold(first, |all, line| format!("{all}\n         {}", line.trim()))
}

/// The words with the numbers that the names stand for; × and ÷ for * and /.
pub(super) fn with_numbers(words: &[Word]) -> String {
    let mut out = String::new();
    let mut after_sign = false;
    for word in words {
        if word.apart && !out.is_empty() {
            out.push(' ');
        }
        let text = match (word.value, word.text.as_str()) {
            (Some(value), _) => known(value),
            (None, "*") => "×".to_owned(),
            (None, "/") => "÷".to_owned(),
            (None, written) => written.to_owned(),
        };
        let negative = word.value.is_some() && text.starts_with('-');
        out += &if negative && after_sign { format!("({text})") } else { text };
        after_sign = matches!(word.text.as_str(), "+" | "-" | "*" | "/" | "%");
    }
    out
}

fn known(value: Known) -> String {
    match value {
        Known::Number(number) => figures(number),
        Known::Truth(truth) => truth.to_string(),
    }
}

fn space(language: Language) -> &'static str {
    match language {
        Language::Japanese => "",
        Language::English => " ",
    }
}
