//! `rules/<id>.toml`: an indicator's sheet.
//!
//! In: the file's table, the id its name gives, and the plan for years and strategies. Out: a
//! [`Sheet`], complete with defaults where the file is wrong. References within the sheet (lever,
//! starts, fiscal quantity, strategy) are checked here, since all they need is here.

use std::collections::{BTreeMap, BTreeSet};

use indexmap::IndexMap;

use crate::diagnostic::{Code, Diagnostic, Text};
use crate::pack::model::{AuxiliarySheet, Fiscal, Kind, Narrative, Placed, Places, Plan, Sheet, Start, StartValue};
use crate::pack::table::{Item, Table, Word, wrong_form, wrong_type};
use crate::pack::words;
use crate::projection::Better;
use crate::text;
use crate::year::Year;

use super::answer::answers;
use super::assumption::{assumptions, named, range_of};
use super::entry;
use super::example::examples;
use super::years::{Span, by_year};

const KINDS: [Word<Kind>; 5] = [
    ("cumulative", Kind::Cumulative),
    ("annual", Kind::Annual),
    ("level", Kind::Level),
    ("rate", Kind::Rate),
    ("milestone", Kind::Milestone),
];

const BETTER: [Word<Better>; 3] = [("higher", Better::Higher), ("lower", Better::Lower), ("within", Better::Within)];

/// Reads a sheet. The order of the getters is the order in which keys are suggested.
pub(in crate::pack) fn read_sheet(table: &Table<'_>, id: &str, plan: &Plan) -> Sheet {
    words::check_name(table.file, table.file.whole(), id, &text!("指標", "an indicator"));
    let no = table.need("no").and_then(|item| Some(Placed { value: item.whole(1..=u32::MAX)?, span: item.span }));
    let kind = table.need("kind").and_then(|word| word.word(&KINDS)).unwrap_or(Kind::Level);
    let baseline = table.find("baseline").and_then(|item| entry::baseline(&item));
    let mut sheet = Sheet {
        id: id.to_owned(),
        file: table.file.id,
        no: no.unwrap_or(Placed { value: u32::MAX, span: table.file.whole() }),
        title: table.need_text("title"),
        strategy: strategy(table, plan),
        category: table.text("category"),
        department: table.text("department"),
        indicator: table.need_text("indicator"),
        unit_span: table.find("unit").map_or(table.file.whole(), |item| item.span),
        strict_units: table.find("units").and_then(|item| item.word(&[("strict", true)])).unwrap_or_default(),
        unit: if kind == Kind::Milestone { table.text("unit") } else { table.need_text("unit") },
        kind,
        better: table.need("better").and_then(|word| word.word(&BETTER)).unwrap_or(Better::Higher),
        decimals: table.find("decimals").and_then(|item| item.whole(0..=9)).unwrap_or_default() as u8,
        achieve: table.find("achieve").and_then(|item| item.placed_text()),
        revise: table.find("revise").and_then(|item| item.placed_text()),
        feedback: table.flag("feedback"),
        start: starts(table, plan),
        origin: table.number("origin").unwrap_or_default(),
        limit: limit(table),
        goal: goal(table),
        bounds: table.find("bounds").and_then(|item| range_of(&item)),
        progress_base: progress_base(table, baseline.as_ref().map(|baseline| baseline.value)),
        baseline,
        process: years_of(table, "process", plan, Span::InPlan, |item| item.text().map(str::to_owned)),
        labels: labels(table),
        targets: years_of(table, "targets", plan, Span::InPlan, entry::target),
        actuals: years_of(table, "actuals", plan, Span::UpToLast, entry::actual),
        auxiliaries: auxiliaries(table, plan),
        assumptions: assumptions(table, plan),
        narrative: years_of(table, "narrative", plan, Span::UpToLast, narrative),
        public: table.flag("public"),
        denominator: table.find("denominator").and_then(|item| positive(&item)),
        entry: table.table("entry").map(|table| entry_by(&table)),
        questions: questions(table),
        fiscal: table.table("fiscal").and_then(|table| fiscal(&table)),
        lever: table.find("lever").and_then(|item| item.placed_text()),
        references: table.tables("reference").iter().filter_map(entry::reference).collect(),
        note: table.text("note"),
        examples: Vec::new(),
        answered: answers(table),
        places: places(table),
    };
    sheet.examples = examples(table, &sheet);
    table.finish();
    check_references(table, &sheet);
    sheet
}

fn years_of<T, M: FromIterator<(Year, T)> + Default>(
    table: &Table<'_>,
    key: &'static str,
    plan: &Plan,
    allowed: Span,
    read: impl Fn(&Item<'_>) -> Option<T>,
) -> M {
    table.table(key).map(|table| by_year(&table, plan, allowed, read).into_iter().collect()).unwrap_or_default()
}

fn strategy(table: &Table<'_>, plan: &Plan) -> String {
    let Some(item) = table.find("strategy") else { return String::new() };
    let Some(key) = item.text() else { return String::new() };
    // A plan without strategies, or one that could not be read, cannot tell a wrong key.
    if !plan.strategies.is_empty() && !plan.strategies.contains_key(key) {
        let message = text!("取組戦略「{key}」は plan.toml にありません。", "plan.toml has no strategy `{key}`");
        let known: Vec<&str> = plan.strategies.keys().map(String::as_str).collect();
        item.file.push(unknown(&item, key, message, &known));
    }
    key.to_owned()
}

fn unknown(item: &Item<'_>, name: &str, message: Text, known: &[&str]) -> Diagnostic {
    let problem = Diagnostic::at(Code::UnknownReference, item.span, message).suggest(name, known.iter().copied());
    if known.is_empty() || !problem.hints.is_empty() {
        return problem;
    }
    let list = known.join("、");
    problem.hint(text!("{list} のどれかを書いてください。", "write one of {list}"))
}

fn starts(table: &Table<'_>, plan: &Plan) -> BTreeMap<Year, Start> {
    let Some(item) = table.find("start") else { return BTreeMap::new() };
    if !item.is_table() {
        let year = plan.write(plan.actuals_until);
        item.file.push(wrong_type(&item, &text!("年度ごとの数", "a table by year")).hint_instead(text!(
            "どの年度の値かを示し、start = {{ {year} = 0.0 }} のように書いてください。",
            "say which year it is: start = {{ {year} = 0.0 }}"
        )));
        return BTreeMap::new();
    }
    let starts: BTreeMap<Year, Start> = years_of(table, "start", plan, Span::UpToLast, entry::start);
    for (year, start) in starts.iter().filter(|(year, _)| **year > plan.actuals_until) {
        let (year, until) = (plan.write(*year), plan.write(plan.actuals_until));
        let message = text!(
            "出発値が効くのは actuals_until（{until}）までで、{year} の値は使われません。",
            "a start counts up to actuals_until ({until}) only; that of {year} is never read"
        );
        let hint = text!("年度を {until} 以前にするか、消してください。", "write a year up to {until}, or delete it");
        item.file.push(Diagnostic::at(Code::Contradiction, start.span, message).hint(hint));
    }
    starts
}

fn limit(table: &Table<'_>) -> Option<crate::pack::model::Entry> {
    let item = table.find("limit")?;
    let limit = entry::target(&item)?;
    if limit.value.is_none() {
        let message = text!("limit に数がありません。", "`limit` has no number");
        let hint = text!("value = … を書き足してください。", "add value = …");
        item.file.push(Diagnostic::at(Code::MissingKey, item.span, message).hint(hint));
    }
    Some(limit)
}

/// The goal, where it is not the last target; `goal_text` alone keeps the plan's words for the last one.
fn goal(table: &Table<'_>) -> Option<crate::pack::model::Entry> {
    let goal = table.find("goal").and_then(|item| entry::target(&item));
    let Some(item) = table.find("goal_text") else { return goal };
    let words = item.text().map(str::to_owned);
    if goal.as_ref().is_some_and(|goal| goal.text.is_some()) {
        let message = text!("goal_text と goal の text の両方があります。", "both `goal_text` and the text of `goal` are there");
        item.file.push(Diagnostic::at(Code::Duplicate, item.key, message).hint(one_of_two()));
    }
    let words_only = crate::pack::model::Entry { span: item.key, ..Default::default() };
    Some(crate::pack::model::Entry { text: words, ..goal.unwrap_or(words_only) })
}

fn progress_base(table: &Table<'_>, default: Option<f64>) -> Option<f64> {
    let Some(item) = table.find("progress_base") else { return default };
    if item.is_text() {
        item.word(&[("none", ())]);
        return None;
    }
    item.number()
}

fn labels(table: &Table<'_>) -> Vec<(f64, String)> {
    let mut found: Vec<(f64, String)> = Vec::new();
    let mut seen = BTreeSet::new();
    for item in table.table("labels").iter().flat_map(Table::items) {
        let Some(value) = item.name.parse::<f64>().ok().filter(|value| value.is_finite()) else {
            let name = item.name;
            let message = text!("labels のキー「{name}」が数ではありません。", "the key `{name}` of `labels` is not a number");
            item.file.push(Diagnostic::at(Code::WrongType, item.key, message).hint(text!(
                "labels = {{ 0 = \"未実施\", 1 = \"実施\" }} のように書いてください。",
                "write labels = {{ 0 = \"not begun\", 1 = \"done\" }}"
            )));
            continue;
        };
        // Adding zero makes −0 and 0 one.
        if !seen.insert((value + 0.0).to_bits()) {
            let message = text!("値 {value} の語が2度書かれています。", "the value {value} has two words");
            item.file.push(Diagnostic::at(Code::Duplicate, item.key, message).hint(one_of_two()));
        }
        found.extend(item.text().map(|word| (value, word.to_owned())));
    }
    found
}

fn one_of_two() -> Text {
    text!("どちらか一方を消してください。", "delete one of the two")
}

fn auxiliaries(table: &Table<'_>, plan: &Plan) -> IndexMap<String, AuxiliarySheet> {
    let Some(table) = table.table("auxiliaries") else { return IndexMap::new() };
    named(&table, &text!("補助量", "an auxiliary"), |item| {
        let table = item.table()?;
        let auxiliary =
            AuxiliarySheet { unit: table.text("unit"), label: table.text("label"), start: starts(&table, plan), span: item.key };
        table.finish();
        Some(auxiliary)
    })
}

fn narrative(item: &Item<'_>) -> Option<Narrative> {
    let table = item.table()?;
    let narrative = Narrative { done: table.text("done"), next: table.text("next") };
    table.finish();
    Some(narrative)
}

fn positive(item: &Item<'_>) -> Option<Placed<f64>> {
    let number = item.placed_number()?;
    if number.value <= 0.0 {
        item.file.push(wrong_form(item, &text!("正の数", "a positive number")));
    }
    (number.value > 0.0).then_some(number)
}

fn places(table: &Table<'_>) -> Places {
    let whole = table.file.whole();
    let value = |key| table.find(key).map_or(whole, |item| item.span);
    let name = |key| table.find(key).map_or(whole, |item| item.key);
    Places { title: value("title"), indicator: value("indicator"), targets: name("targets"), actuals: name("actuals") }
}

fn entry_by(table: &Table<'_>) -> (String, String) {
    let by = (table.need_text("who"), table.text("when"));
    table.finish();
    by
}

fn questions(table: &Table<'_>) -> Vec<String> {
    let list = table.find("questions").and_then(|item| item.list()).unwrap_or_default();
    list.iter().filter_map(|item| item.text().map(str::to_owned)).collect()
}

fn fiscal(table: &Table<'_>) -> Option<Fiscal> {
    let quantity = table.need("quantity").and_then(|item| item.placed_text());
    let revenue = table.need("side").and_then(|word| word.word(&[("revenue", true), ("expenditure", false)]));
    let recurring = table.need("recurring").and_then(|item| item.flag());
    table.finish();
    Some(Fiscal { quantity: quantity?, revenue: revenue?, recurring: recurring? })
}

/// What the sheet says of itself must be there: the lever, the starts' assumptions, the fiscal
/// quantity; and an assumption and an auxiliary may not share a name.
fn check_references(table: &Table<'_>, sheet: &Sheet) {
    let assumptions: Vec<&str> = sheet.assumptions.keys().map(String::as_str).collect();
    let check = |span: crate::diagnostic::Span, name: &str, known: &[&str], what: &Text| {
        if known.contains(&name) {
            return;
        }
        let message = Text {
            ja: format!("{}「{name}」はこの個票にありません。", what.ja),
            en: format!("this sheet has no {} `{name}`", what.en),
        };
        let problem = Diagnostic::at(Code::UnknownReference, span, message).suggest(name, known.iter().copied());
        let list = known.join("、");
        table.file.push(problem.or_hint(if known.is_empty() {
            text!("この行を消すか、{name} を個票に書いてください。", "delete the line, or add {name} to the sheet")
        } else {
            text!("この個票にあるのは {list} です。そのどれかを書いてください。", "write one that the sheet has: {list}")
        }));
    };
    if let Some(lever) = &sheet.lever {
        check(lever.span, &lever.value, &assumptions, &text!("前提", "assumption"));
    }
    let starts = sheet.start.values().chain(sheet.auxiliaries.values().flat_map(|auxiliary| auxiliary.start.values()));
    for start in starts {
        if let StartValue::Assumption(name) = &start.value {
            check(start.span, name, &assumptions, &text!("前提", "assumption"));
        }
    }
    if let Some(fiscal) = &sheet.fiscal {
        let quantities: Vec<&str> = std::iter::once("outcome").chain(sheet.auxiliaries.keys().map(String::as_str)).collect();
        check(fiscal.quantity.span, &fiscal.quantity.value, &quantities, &text!("補助量", "auxiliary"));
    }
    for (name, auxiliary) in &sheet.auxiliaries {
        if let Some(assumption) = sheet.assumptions.values().find(|assumption| words::fold(&assumption.name) == words::fold(name)) {
            let message = text!("「{name}」という前提と補助量があります。", "there is both an assumption and an auxiliary `{name}`");
            let hint = text!("どちらかの名前を変えてください。", "rename one of them");
            table.file.push(Diagnostic::at(Code::Duplicate, assumption.span, message).mark(auxiliary.span).hint(hint));
        }
    }
}
