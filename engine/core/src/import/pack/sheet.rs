//! `rules/<id>.toml` of an indicator that is brought in: its facts, one assumption, and what is to be asked.

use std::fmt::Write as _;

use super::assumed;
use super::rule::{Body, rule};
use super::{Facts, Frame, line, quoted, words};
use crate::amount::{Amount, Reading, Scale};
use crate::diagnostic::{Language, Text};
use crate::import::proposal::{Field, Row};
use crate::import::words::told;
use crate::text;

/// The library's usual achievement.
const ACHIEVE: &str = "progress_from";

/// The rule.
pub(super) fn rule_text(facts: &Facts<'_>, language: Language) -> String {
    let said = |field: Field| facts.value(field).unwrap_or_default();
    let body = if is_milestone(facts) { Body::Same } else { Body::Step };
    rule(said(Field::No), said(Field::Indicator), said(Field::Unit), body, false, language)
}

/// The sheet.
pub(super) fn text(facts: &Facts<'_>, frame: &Frame, language: Language) -> String {
    let say = |text: Text| text.get(language).to_owned();
    let mut out = say(text!(
        "#:schema ../schemas/sheet.json\n\
         # 取り込んだ個票。数は原文のとおりで、前提（yearly_change）だけが仮のものです。ない値は 0 ではなく、書きません。\n\n",
        "#:schema ../schemas/sheet.json\n\
         # Brought in from the plan. The figures are the source's; only the assumption stands in. What is absent is left out, never 0.\n\n"
    ));
    head(&mut out, facts);
    bounds(&mut out, facts);
    let assumed = assumed::of(facts, frame);
    if let Some((year, value)) = assumed.start {
        let year = year.write(frame.style);
        out += &say(text!(
            "start = {{ {year} = {value:?} }}    # {year} の実績がないので仮に置いた、last の出発値。実績ではない\n",
            "start = {{ {year} = {value:?} }}    # there is no actual for {year}: a stand-in that `last` starts from, not an actual\n"
        ));
    }
    process(&mut out, facts);
    questions(&mut out, facts, assumed.start.map(|(year, value)| (year.write(frame.style), value)), language);
    out += "\n[targets]\n";
    facts.of(Field::Target).for_each(|row| entry(&mut out, row, facts, None));
    out += "\n[actuals]\n";
    facts.of(Field::Actual).for_each(|row| entry(&mut out, row, facts, Some(&frame.source)));
    if !is_milestone(facts) {
        out += "\n[assumptions.yearly_change]\n";
        line(&mut out, "value", &format!("{:?}", assumed.value));
        if let Some(unit) = facts.value(Field::Unit) {
            line(&mut out, "unit", &quoted(&say(text!("{unit}/年", "{unit} a year"))));
        }
        line(&mut out, "basis", &quoted(assumed.basis.get(language)));
        line(&mut out, "evidence", &quoted("assumption"));
    }
    out
}

fn is_milestone(facts: &Facts<'_>) -> bool {
    facts.value(Field::Kind) == Some("milestone")
}

/// What the indicator is.
fn head(out: &mut String, facts: &Facts<'_>) {
    line(out, "no", facts.value(Field::No).unwrap_or("0"));
    words(out, "title", facts.value(Field::Title).or(facts.value(Field::Indicator)));
    words(out, "strategy", facts.value(Field::StrategyOf));
    words(out, "category", facts.value(Field::Category));
    words(out, "department", facts.value(Field::Department));
    words(out, "indicator", facts.value(Field::Indicator));
    line(out, "unit", &quoted(facts.value(Field::Unit).unwrap_or_default()));
    words(out, "kind", facts.value(Field::Kind));
    words(out, "better", facts.value(Field::Better));
    line(out, "decimals", facts.value(Field::Decimals).unwrap_or("0"));
    line(out, "achieve", &quoted(ACHIEVE));
    if is_milestone(facts) {
        out.push_str("labels = { 0 = \"未実施\", 1 = \"実施\" }\n");
    }
}

/// Baseline, goal and limit; a goal that is the last target is not written twice.
fn bounds(out: &mut String, facts: &Facts<'_>) {
    for row in facts.of(Field::Baseline).filter(|row| !row.value.is_empty() && !row.key.is_empty()) {
        line(out, "baseline", &format!("{{ year = {}, value = {}{} }}", quoted(&row.key), row.value, text_of(row, facts)));
    }
    let last = facts.numbers(Field::Target).last().map(|(_, number)| *number);
    for row in facts.of(Field::Goal) {
        match row.value.parse::<f64>().ok() {
            Some(goal) if Some(goal) == last => {}
            Some(_) => line(out, "goal", &number_or_table(row, facts, None)),
            None if !row.text.is_empty() && !Amount::read(&row.text, &Scale::default()).is_absent() => {
                line(out, "goal_text", &quoted(&row.text));
            }
            None => {}
        }
    }
    for row in facts.of(Field::Limit).filter(|row| !row.value.is_empty()) {
        line(out, "limit", &number_or_table(row, facts, None));
    }
}

fn process(out: &mut String, facts: &Facts<'_>) {
    let steps: Vec<String> =
        facts.of(Field::Process).filter(|row| !row.value.is_empty()).map(|row| format!("{} = {}", row.key, quoted(&row.value))).collect();
    if !steps.is_empty() {
        line(out, "process", &format!("{{ {} }}", steps.join(", ")));
    }
}

/// What was doubtful and was accepted is asked of the department, and a start that nobody reported.
fn questions(out: &mut String, facts: &Facts<'_>, start: Option<(String, f64)>, language: Language) {
    let mut asked: Vec<String> = facts.all().filter(|row| row.is_doubtful()).map(|row| question(row, language)).collect();
    asked.extend(start.map(|(year, value)| {
        text!(
            "{year} の実績がないので、見込みの出発値を {value} と仮に置いた。よいか。",
            "There is no actual for {year}; the outlook starts from {value} as a stand-in. Is that right?"
        )
        .get(language)
        .to_owned()
    }));
    if !asked.is_empty() {
        out.push_str("questions = [\n");
        for question in asked {
            let _ = writeln!(out, "    {},", quoted(&question));
        }
        out.push_str("]\n");
    }
}

fn question(row: &Row, language: Language) -> String {
    let doubts: String = row.doubts.iter().map(|doubt| doubt.get(language)).collect::<Vec<_>>().join(" ");
    let place = row.source.told();
    let read = told(row.field, if row.value.is_empty() { &row.text } else { &row.value });
    let (field, key, value) = (row.field.word(), &row.key, read.get(language));
    let (ja, en) = (field.ja, field.en);
    let of = match (place.ja.as_str(), row.text.is_empty() || row.text == value) {
        ("", true) => Text::same(""),
        ("", false) => text!("（原文「{written}」）", " (written “{written}”)", written = &row.text),
        (_, true) => text!("（{ja}）", " ({en})", ja = place.ja, en = place.en),
        (_, false) => text!("（{ja}「{written}」）", " ({en}, “{written}”)", ja = place.ja, en = place.en, written = &row.text),
    };
    let at = if key.is_empty() { Text::same("") } else { text!("{key} の", " of {key}") };
    let asked = text!(
        "{at_ja}{ja}を「{value}」と取り込んだ{of_ja}。よいか。{doubts}",
        "The {en}{at_en} was taken as “{value}”{of_en}. Is that right? {doubts}",
        at_ja = at.ja,
        of_ja = of.ja,
        at_en = at.en,
        of_en = of.en
    );
    asked.get(language).to_owned()
}

/// A line of `[targets]` or `[actuals]`; nothing where the source says that there is nothing.
fn entry(out: &mut String, row: &Row, facts: &Facts<'_>, source: Option<&str>) {
    let has_words = !row.text.is_empty() && !Amount::read(&row.text, &Scale::default()).is_absent();
    if row.value.is_empty() {
        // Words alone: a target that cannot be evaluated. An actual in words alone is none.
        if has_words && source.is_none() {
            line(out, &row.key, &format!("{{ text = {} }}", quoted(&row.text)));
        }
        return;
    }
    line(out, &row.key, &number_or_table(row, facts, source));
}

/// `398`, or `{ value = 398, text = "…", source = "…" }`.
fn number_or_table(row: &Row, facts: &Facts<'_>, source: Option<&str>) -> String {
    let source = source.map(|source| format!(", source = {}", quoted(source))).unwrap_or_default();
    let more = format!("{}{source}", text_of(row, facts));
    if more.is_empty() { row.value.clone() } else { format!("{{ value = {}{more} }}", row.value) }
}

/// The plan's words, where they say more than the number and its unit.
fn text_of(row: &Row, facts: &Facts<'_>) -> String {
    // A baseline is written with its year, which stands beside it; only a label says more.
    if row.field == Field::Baseline && !row.is_doubtful() {
        return String::new();
    }
    let scale = Scale { unit: facts.value(Field::Unit).unwrap_or_default().to_owned(), labels: Vec::new() };
    let says_more = match Amount::read(&row.text, &scale).reading {
        Reading::Number(number) => !number.words.is_empty() || number.converted.is_some() || Some(number.value) != row.value.parse().ok(),
        Reading::Absent => false,
        Reading::Label(_) | Reading::Doubtful(_) => true,
    };
    if says_more { format!(", text = {}", quoted(&row.text)) } else { String::new() }
}
