//! The editions of a plan: a list, one of them with its targets and its steps, and what two differ in (新旧対照表).

use mitoshi_core::diagnostic::Language;
use mitoshi_core::history::{Change, Draft, Edition, Entry, History, State, is_promise};
use mitoshi_core::pack::Pack;
use mitoshi_core::text;
use mitoshi_core::year::Year;

use super::words::{Whose, item};
use crate::document::json::pretty;
use crate::document::{Block, Cell, Column, Document, Table};
use crate::number::ABSENT;
use crate::words::say;

/// How many digits of a hash are shown: enough to compare two copies by eye.
const DIGITS: usize = 16;

/// The editions, oldest first, with their fingerprints.
pub fn list(editions: &[Edition], language: Language) -> Document {
    let tell = |text| say(&text, language);
    let mut document = Document::new(language);
    document.push(Block::Heading(2, tell(text!("計画の版", "Editions of the plan"))));
    if editions.is_empty() {
        document.push(Block::Paragraph(tell(text!(
            "履歴はまだありません。最初の記録（`mitoshi record`）か `mitoshi edition open 版の名前` から始まります。",
            "There is no history yet; it begins with the first `mitoshi record`, or with `mitoshi edition open NAME`."
        ))));
        return document;
    }
    let columns = vec![
        Column::words(tell(text!("版", "Edition"))),
        Column::words(tell(text!("開始日", "Begun"))),
        Column::words(tell(text!("決定者", "Decided by"))),
        Column::numbers(tell(text!("変更の数", "Changes"))),
        Column::words(tell(text!("封印", "Sealed"))),
        Column::words(tell(text!("照合番号", "Fingerprint"))),
    ];
    let row = |edition: &Edition| {
        vec![
            Cell::words(named(&edition.name)),
            Cell::words(&edition.on),
            Cell::words(edition.decided_by.clone().unwrap_or_else(|| ABSENT.to_owned())),
            Cell::number(Some(edition.changes as f64), edition.changes.to_string()),
            Cell::words(edition.sealed.clone().unwrap_or_else(|| ABSENT.to_owned())),
            Cell::words(edition.hash.chars().take(DIGITS).collect::<String>()),
        ]
    };
    document.push(Block::Table(Table { columns, rows: editions.iter().map(row).collect() }));
    document.push(Block::Note(tell(text!(
        "照合番号は、その版の最後の行の hash の先頭{DIGITS}桁です。控えや公表資料の番号と比べると、あとから変えられていないかを確かめられます。",
        "The fingerprint is the first {DIGITS} digits of the hash of the edition's last line; compare it with a copy or with what was published."
    ))));
    document
}

/// The editions as data: an array of `{name, no, on, decided_by, reason, sealed, changes, hash}`.
pub fn list_json(editions: &[Edition]) -> String {
    let one = |edition: &Edition| {
        serde_json::json!({
            "name": edition.name, "no": edition.no, "on": edition.on, "decided_by": edition.decided_by,
            "reason": edition.reason, "sealed": edition.sealed, "changes": edition.changes, "hash": edition.hash,
        })
    };
    pretty(&editions.iter().map(one).collect::<Vec<_>>())
}

/// One edition: its targets by year, and the steps that were taken in it.
pub fn show(edition: &Edition, history: &History, pack: &Pack, language: Language) -> Document {
    let tell = |text| say(&text, language);
    let mut document = Document::new(language);
    let (name, on) = (named(&edition.name), &edition.on);
    document.push(Block::Heading(2, tell(text!("{name}（{on} から）", "{name} (since {on})"))));
    document.push(Block::Table(targets(edition, pack, language)));
    document.push(Block::Heading(3, tell(text!("この版の記録", "Steps in this edition"))));
    document.push(Block::Table(steps(history.entries().filter(|entry| entry.done.edition == edition.name), language)));
    let changed: Vec<Change> = history
        .entries()
        .filter(|entry| entry.done.edition == edition.name)
        .flat_map(|entry| entry.done.changes.iter().map(|change| signed(change, &entry.done)))
        .collect();
    if !changed.is_empty() {
        document.push(Block::Table(super::changes(&changed, pack, language)));
    }
    document
}

/// A change with the step's reason where it has none of its own.
fn signed(change: &Change, step: &Draft) -> Change {
    Change { reason: change.reason.clone().or_else(|| step.reason.clone()), ..change.clone() }
}

/// The targets in the edition's own plan period.
fn targets(edition: &Edition, pack: &Pack, language: Language) -> Table {
    let tell = |text| say(&text, language);
    let state = &edition.state;
    let (first, last) = edition.years().unwrap_or((pack.plan.first, pack.plan.last));
    let years: Vec<String> = (first.0..=last.0).map(|year| pack.plan.write(Year(year))).collect();
    let mut columns = vec![Column::words(tell(text!("No.", "No."))), Column::words(tell(text!("指標", "Indicator"))).naming().at_most(36)];
    columns.extend(years.iter().map(|year| Column::numbers(year.clone()).under(tell(text!("目標値", "Target")))));
    columns.push(Column::numbers(tell(text!("最終目標", "Goal"))));
    let row = |id: &String| {
        let whose = Whose::of(id, pack);
        let mut row = vec![Cell::words(whose.number()), Cell::words(whose.name())];
        row.extend(years.iter().map(|year| whose.cell(state.get(id, &format!("targets.{year}")), language)));
        row.push(whose.cell(state.get(id, "goal"), language));
        row
    };
    let rows = state.0.keys().filter(|id| *id != mitoshi_core::pack::PLAN).map(row).collect();
    Table { columns, rows }
}

fn steps<'a>(entries: impl Iterator<Item = &'a Entry>, language: Language) -> Table {
    let tell = |text| say(&text, language);
    let columns = vec![
        Column::numbers(tell(text!("番号", "Entry"))),
        Column::words(tell(text!("日付", "Day"))),
        Column::words(tell(text!("内容", "Step"))),
        Column::words(tell(text!("年度", "Year"))),
        Column::numbers(tell(text!("変更の数", "Changes"))),
        Column::words(tell(text!("決定者・記録者", "By"))),
        Column::words(tell(text!("理由", "Reason"))).at_most(40),
    ];
    let or_dash = |words: &Option<String>| Cell::words(words.clone().unwrap_or_else(|| ABSENT.to_owned()));
    let row = |entry: &Entry| {
        let done = &entry.done;
        let count = done.changes.len();
        let label = say(&done.step.label(), language);
        let label = match done.undoes {
            Some(no) => tell(text!("{label}（{no} 番）", "{label} (entry {no})")),
            None => label,
        };
        vec![
            Cell::number(Some(f64::from(entry.no)), entry.no.to_string()),
            Cell::words(&done.on),
            Cell::words(label),
            or_dash(&done.year),
            Cell::number(Some(count as f64), count.to_string()),
            or_dash(&done.decided_by),
            or_dash(&done.reason),
        ]
    };
    Table { columns, rows: entries.map(row).collect() }
}

/// What two states of the plan differ in, as a table of old and new (新旧対照表); reasons come from the history.
pub fn diff(old: (&str, &State), new: (&str, &State), history: &History, pack: &Pack, language: Language) -> Document {
    let tell = |text| say(&text, language);
    let (from, to) = (named(old.0), named(new.0));
    let mut document = Document::new(language);
    document.push(Block::Heading(2, tell(text!("新旧対照表: {from} → {to}", "Old and new: {from} → {to}"))));
    let promised = |change: &mitoshi_core::history::Difference| is_promise(&change.indicator, &change.item);
    let changes: Vec<mitoshi_core::history::Difference> = old.1.differences(new.1).into_iter().filter(promised).collect();
    if changes.is_empty() {
        document.push(Block::Paragraph(tell(text!(
            "目標、最終目標、指標、所管課などに違いはありません。",
            "There is no difference in targets, goals, indicators or departments."
        ))));
        return document;
    }
    let columns = vec![
        Column::words(tell(text!("No.", "No."))),
        Column::words(tell(text!("指標", "Indicator"))).naming().at_most(36),
        Column::words(tell(text!("項目", "Item"))),
        Column::words(from).at_most(28),
        Column::words(to).at_most(28),
        Column::words(tell(text!("理由", "Reason"))).at_most(44),
        Column::words(tell(text!("決定者", "Decided by"))),
        Column::words(tell(text!("決定日", "Day"))),
    ];
    let row = |change: &mitoshi_core::history::Difference| {
        let whose = Whose::of(&change.indicator, pack);
        let made = |entry: &&Entry| {
            entry.done.changes.iter().any(|made| made.indicator == change.indicator && made.item == change.item && made.new == change.new)
        };
        let entry = history.entries().rev().find(made).map(|entry| &entry.done);
        let own = entry.and_then(|done| {
            done.changes.iter().find(|made| made.indicator == change.indicator && made.item == change.item)?.reason.clone()
        });
        let dash = || ABSENT.to_owned();
        let reason = own.or_else(|| entry.and_then(|done| done.reason.clone()));
        vec![
            Cell::words(whose.number()),
            Cell::words(whose.name()),
            Cell::words(tell(item(&change.item))),
            whose.cell(&change.old, language),
            whose.cell(&change.new, language),
            Cell::words(reason.unwrap_or_else(dash)),
            Cell::words(entry.and_then(|done| done.decided_by.clone()).unwrap_or_else(dash)),
            Cell::words(entry.map_or_else(dash, |done| done.on.clone())),
        ]
    };
    document.push(Block::Table(Table { columns, rows: changes.iter().map(row).collect() }));
    document
}

fn named(edition: &str) -> String {
    if edition.is_empty() { ABSENT.to_owned() } else { edition.to_owned() }
}
