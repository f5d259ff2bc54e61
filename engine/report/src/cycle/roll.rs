//! The next plan period as people read it: where each indicator begins, and what is to be decided before it is a plan.

use mitoshi_core::cycle::roll::{Beginning, Decision, Roll};
use mitoshi_core::diagnostic::Language;
use mitoshi_core::pack::{Baseline, Pack};
use mitoshi_core::text;
use serde_json::{Value, json};

use super::leading;
use crate::document::json::pretty;
use crate::document::{Block, Cell, Column, Document, Table, Tone};
use crate::number::{ABSENT, number, percent};
use crate::words::say;

/// The step in which it is prepared.
pub struct Step<'a> {
    /// Its number in the history.
    pub no: u32,
    /// The day.
    pub on: &'a str,
    /// The edition that ends.
    pub edition: &'a str,
    /// How many warnings the pack has by now.
    pub warnings: usize,
}

/// The document; `pack` is the one before.
pub fn document(roll: &Roll, step: &Step<'_>, pack: &Pack, language: Language) -> Document {
    let tell = |text| say(&text, language);
    let ((from, to), (first, last)) = (&roll.old, &roll.new);
    let (no, on, old, new) = (step.no, step.on, step.edition, &roll.edition);
    let mut document = Document::new(language);
    document.push(Block::Heading(
        2,
        tell(text!(
            "次の計画（{first}〜{last}）への移行（履歴 {no} 番、{on}）",
            "The next plan, {first} to {last} (entry {no} of the history, {on})"
        )),
    ));
    document.push(Block::Paragraph(tell(text!(
        "{from}から{to}の計画を閉じ、版「{new}」を始める。ID、ルール、実績、取組の記述、例、相関はそのまま。{from}から{to}の目標は個票から外れ、履歴に残る（`mitoshi edition show {old}`、`mitoshi report progress --edition {old}`）。",
        "The plan of {from} to {to} is closed and the edition `{new}` begins. Ids, rules, actuals, narrative, examples and correlations stay. The targets of {from} to {to} leave the sheets and stay in the history (`mitoshi edition show {old}`, `mitoshi report progress --edition {old}`)."
    ))));
    document.push(Block::Heading(3, tell(text!("出発点", "Where the indicators begin"))));
    document.push(Block::Table(beginnings(roll, pack, language)));
    let count = roll.decisions.len();
    document.push(Block::Heading(3, tell(text!("決めること: {count} 件", "To be decided: {count}"))));
    if count > 0 {
        document.push(Block::Table(decisions(roll, pack, language)));
    }
    notes(roll, step).into_iter().for_each(|note| document.push(Block::Note(tell(note))));
    document
}

fn notes(roll: &Roll, step: &Step<'_>) -> Vec<mitoshi_core::diagnostic::Text> {
    let (from, to) = &roll.old;
    let mut notes = vec![
        text!(
            "目標が決まって個票に書いたら、`mitoshi edition amend --reason 理由 --decided-by 決定者` で履歴に入れます。",
            "Once targets are decided and written in the sheets, put them on record with `mitoshi edition amend --reason WHY --decided-by WHO`."
        ),
        text!(
            "個票のコメント、note、basis に書かれた{from}から{to}の年度や数は、そのままです。読み直してください。",
            "Years and numbers of {from} to {to} in comments, `note` and `basis` are as they were: read them again."
        ),
    ];
    let warnings = step.warnings;
    if warnings > 0 {
        notes.push(text!(
            "移行後の計画一式に警告が {warnings} 件あります。`mitoshi check` で確かめてください。",
            "The pack now has warnings ({warnings}): see `mitoshi check`."
        ));
    }
    notes.push(text!(
        "取りやめるときは、次の記録をする前に `mitoshi roll --undo` とします。",
        "To take it back, use `mitoshi roll --undo` before anything else is recorded."
    ));
    notes
}

fn beginnings(roll: &Roll, pack: &Pack, language: Language) -> Table {
    let tell = |text| say(&text, language);
    let to = &roll.old.1;
    let columns = vec![
        Column::numbers(tell(text!("No.", "No."))),
        Column::words(tell(text!("指標", "Indicator"))).naming().at_most(30),
        Column::words(tell(text!("単位", "Unit"))),
        Column::numbers(tell(text!("目標", "Target"))).under(to.clone()),
        Column::numbers(tell(text!("実績", "Actual"))).under(to.clone()),
        Column::numbers(tell(text!("達成率", "Achievement"))).under(to.clone()),
        Column::words(tell(text!("前", "Before"))).under(tell(text!("基準値", "Baseline"))),
        Column::words(tell(text!("いま", "Now"))).under(tell(text!("基準値", "Baseline"))),
        Column::numbers(tell(text!("達成率の起点", "Origin"))),
    ];
    let row = |beginning: &Beginning| {
        let (_, sheet) = pack.sheets.get_index(beginning.indicator)?;
        let decimals = usize::from(sheet.decimals);
        let cell = beginning.cell.as_ref();
        let figure = |value: Option<f64>| Cell { unit: sheet.unit.clone(), ..Cell::number(value, number(value, decimals)) };
        let achievement = cell.and_then(|cell| cell.achievement);
        let tone = match cell.and_then(|cell| cell.met) {
            Some(true) => Tone::Good,
            Some(false) => Tone::Bad,
            None => Tone::Plain,
        };
        let baseline = |baseline: Option<&Baseline>| match baseline {
            Some(found) => format!("{} {}", pack.plan.write(found.year), number(Some(found.value), decimals)),
            None => ABSENT.to_owned(),
        };
        let now = match (&beginning.new, beginning.kept) {
            (Some(new), Some(_)) => tell(text!("{said}（そのまま）", "{said} (kept)", said = baseline(Some(new)))),
            (new, _) => baseline(new.as_ref()),
        };
        let origin = beginning.origin.or(Some(sheet.origin).filter(|origin| *origin != 0.0));
        let mut row = leading(sheet);
        row.extend([
            Cell::words(if sheet.unit.is_empty() { ABSENT } else { &sheet.unit }),
            figure(cell.and_then(|cell| cell.target)),
            figure(cell.and_then(|cell| cell.outcome)),
            Cell { tone, ..Cell::number(achievement, percent(achievement, Some(1.0))) },
            Cell::words(baseline(beginning.old.as_ref())),
            Cell::words(now),
            figure(origin),
        ]);
        Some(row)
    };
    Table { columns, rows: roll.beginnings.iter().filter_map(row).collect() }
}

fn decisions(roll: &Roll, pack: &Pack, language: Language) -> Table {
    let tell = |text| say(&text, language);
    let columns = vec![
        Column::words(tell(text!("何について", "Matter"))),
        Column::words(tell(text!("No.", "No."))),
        Column::words(tell(text!("場所", "Place"))).naming(),
        Column::words(tell(text!("決めること", "To be decided"))),
    ];
    let row = |decision: &Decision| {
        let sheet = decision.indicator.and_then(|number| pack.sheets.get_index(number)).map(|(_, sheet)| sheet);
        vec![
            Cell::words(tell(decision.matter.label())),
            Cell::words(sheet.map_or_else(String::new, |sheet| sheet.no.value.to_string())),
            Cell::words(&decision.place),
            Cell::words(tell(decision.words.clone())),
        ]
    };
    Table { columns, rows: roll.decisions.iter().map(row).collect() }
}

/// As data: `{entry, on, edition, closed_edition, from, to, indicators: […], decisions: [{matter, id, place, text}], warnings}`.
pub fn json(roll: &Roll, step: &Step<'_>, pack: &Pack, language: Language) -> String {
    let id = |number: usize| pack.sheets.get_index(number).map(|(id, _)| id);
    let baseline = |baseline: &Baseline| json!({ "year": pack.plan.write(baseline.year), "value": baseline.value, "text": baseline.text });
    let beginning = |one: &Beginning| {
        let cell = one.cell.as_ref();
        let sheet = pack.sheets.get_index(one.indicator).map(|(_, sheet)| sheet);
        json!({
            "id": id(one.indicator), "no": sheet.map(|sheet| sheet.no.value), "unit": sheet.map(|sheet| &sheet.unit),
            "target": cell.and_then(|cell| cell.target), "actual": cell.and_then(|cell| cell.outcome),
            "achievement": cell.and_then(|cell| cell.achievement), "met": cell.and_then(|cell| cell.met),
            "old_baseline": one.old.as_ref().map(baseline), "baseline": one.new.as_ref().map(baseline),
            "kept": one.kept.map(|kept| kept.word()), "origin": one.origin.or(sheet.map(|sheet| sheet.origin)),
        })
    };
    let decision = |one: &Decision| {
        let words: &str = one.words.get(language);
        json!({ "matter": one.matter.word(), "id": one.indicator.and_then(id), "place": one.place, "text": words })
    };
    pretty(&json!({
        "entry": step.no, "on": step.on, "edition": roll.edition, "closed_edition": step.edition,
        "from": [roll.old.0, roll.old.1], "to": [roll.new.0, roll.new.1],
        "indicators": roll.beginnings.iter().map(beginning).collect::<Vec<Value>>(),
        "decisions": roll.decisions.iter().map(decision).collect::<Vec<Value>>(),
        "warnings": step.warnings,
    }))
}

/// What is said once the step was taken back.
pub fn undone(no: u32, on: &str, edition: &str, language: Language) -> Document {
    let mut document = Document::new(language);
    document.push(Block::Heading(
        2,
        say(&text!("移行の取消し（履歴 {no} 番、{on}）", "The next plan taken back (entry {no} of the history, {on})"), language),
    ));
    document.push(Block::Paragraph(say(
        &text!(
            "版「{edition}」に戻した。計画、個票、シナリオは移行の前のバイト列で、履歴には移行と取消しの両方が残る。",
            "The edition `{edition}` is in force again. Plan, sheets and scenarios are as they were, to the byte; the history keeps both steps."
        ),
        language,
    )));
    document
}
