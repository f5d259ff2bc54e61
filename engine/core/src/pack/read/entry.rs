//! Numbers with the plan's own words: targets, actuals, goal, limit, baseline, starts, references.
//!
//! In: `250`, or `{ value = 250, text = "累計 250件" }`. Out: an [`Entry`] and its kin. A text alone is
//! a target that cannot be evaluated, never zero; a bare text is refused with both ways to write it.

use crate::diagnostic::{Code, Diagnostic};
use crate::pack::model::{Baseline, Entry, Reference, Start, StartValue};
use crate::pack::table::{Item, Table, number_in, wrong_type};
use crate::text;

/// A target, a goal or a limit: a number, or `{ value, text }`.
pub(super) fn target(item: &Item<'_>) -> Option<Entry> {
    entry(item, |table| plain(table, item))
}

/// An actual: a number, or `{ value, source, provisional, text }`, or `{ absent = "why" }`.
pub(super) fn actual(item: &Item<'_>) -> Option<Entry> {
    let words = |table: &Table<'_>, key| table.find(key).and_then(|words| words.text()).map(str::to_owned);
    entry(item, |table| {
        let entry = Entry {
            source: words(table, "source"),
            provisional: table.flag("provisional"),
            absent: words(table, "absent"),
            ..plain(table, item)
        };
        if let Some(value) = entry.value.filter(|_| entry.absent.is_some()) {
            let message =
                text!("値 {value} があるのに、absent（実績なし）とも書かれています。", "there is the value {value}, and `absent` too");
            let hint = text!("value か absent のどちらかを消してください。", "delete `value` or `absent`");
            item.file.push(Diagnostic::at(Code::Contradiction, item.span, message).hint(hint));
        }
        entry
    })
}

fn plain(table: &Table<'_>, item: &Item<'_>) -> Entry {
    Entry {
        value: table.number("value"),
        text: table.find("text").and_then(|words| words.text()).map(str::to_owned),
        span: item.span,
        ..Entry::default()
    }
}

fn entry<'a>(item: &Item<'a>, read: impl Fn(&Table<'a>) -> Entry) -> Option<Entry> {
    if item.is_text() {
        item.file.push(bare_text(item));
        return None;
    }
    if !item.is_table() {
        let value = item.number()?;
        return Some(Entry { value: Some(value), span: item.span, ..Entry::default() });
    }
    let table = item.table()?;
    let entry = read(&table);
    table.finish();
    let empty = table.find("value").is_none() && table.find("text").is_none() && entry.absent.is_none();
    if empty {
        let name = item.name;
        let message = text!("「{name}」に value も text もありません。", "`{name}` has neither `value` nor `text`");
        let hint = text!("数を value に、言葉を text に書いてください。", "write a number as `value`, words as `text`");
        item.file.push(Diagnostic::at(Code::MissingKey, item.span, message).hint(hint));
    }
    (!empty).then_some(entry)
}

fn bare_text(item: &Item<'_>) -> Diagnostic {
    let problem = wrong_type(item, &text!("数か {{ value, text }}", "a number or {{ value, text }}"));
    let words = item.words().unwrap_or_default().trim();
    match number_in(words) {
        Some(number) if number != words => problem.hint_instead(text!(
            "{{ value = {number}, text = \"{words}\" }} と書いてください。",
            "write {{ value = {number}, text = \"{words}\" }}"
        )),
        Some(_) => problem,
        None => problem.hint_instead(text!(
            "言葉だけの目標は {{ text = \"{words}\" }} と書いてください（評価不能になります）。",
            "a target in words alone is written {{ text = \"{words}\" }}; it cannot be evaluated"
        )),
    }
}

/// `baseline = { year, value, text }`.
pub(super) fn baseline(item: &Item<'_>) -> Option<Baseline> {
    let table = item.table()?;
    let year = table.need("year").and_then(|year| year.year());
    let value = table.need("value").and_then(|value| value.number());
    let text = table.find("text").and_then(|words| words.text()).map(str::to_owned);
    table.finish();
    Some(Baseline { year: year?, value: value?, text, span: item.span })
}

/// A start: a number, or the name of an assumption of the sheet.
pub(super) fn start(item: &Item<'_>) -> Option<Start> {
    let value = match item.words() {
        Some(name) => StartValue::Assumption(name.to_owned()),
        None => StartValue::Number(item.number()?),
    };
    Some(Start { value, span: item.span })
}

/// `[[reference]]`: name, year, value.
pub(super) fn reference(table: &Table<'_>) -> Option<Reference> {
    let name = table.need_text("name");
    let year = table.find("year").and_then(|year| year.year());
    let value = table.need("value").and_then(|value| value.number());
    table.finish();
    Some(Reference { name, year, value: value? })
}
