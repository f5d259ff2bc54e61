//! 目標値見直し案 and 新旧対照表: what the review of the year proposes, for people to decide.
//!
//! Proposals and kept targets alike, each with the rule and its reason; the columns of the decision are
//! empty, to be filled in. Nothing here is in force.

use mitoshi_core::diagnostic::Text;
use mitoshi_core::projection::{Cell as Outcome, Revision};
use mitoshi_core::text;
use mitoshi_core::year::Year;

use super::{Indicator, Material, Needs, Publish, Report, front};
use crate::document::{Block, Cell, Column, Document, Table};
use crate::number::{decimals_below, number};

/// The report.
pub(super) struct Revisions;

impl Report for Revisions {
    fn name(&self) -> &'static str {
        "revisions"
    }

    fn title(&self) -> Text {
        text!("目標値見直し案・新旧対照表", "Proposed targets, old and new")
    }

    fn about(&self) -> Text {
        text!(
            "対象年度の点検から導いた目標値の見直し案。決定欄は空けてある",
            "Targets proposed by the year's review; the decision is left open"
        )
    }

    fn needs(&self) -> Needs {
        Needs { review: true, publish: Publish::Never, ..Needs::default() }
    }

    fn document(&self, material: &Material<'_>) -> Document {
        let mut document = front::open(self, material);
        let year = material.year(material.year);
        document.push(Block::Banner(material.say(&text!(
            "案: {year}の点検から機械的に導いたもので、決定するまで目標は変わらない。",
            "Proposal: derived from the review of {year}; no target changes until somebody decides."
        ))));
        let (changed, kept): (Vec<_>, Vec<_>) = all(material).into_iter().partition(|each| each.revision.from != each.revision.to);
        document.push(Block::Heading(2, material.say(&text!("1 見直し案", "1 Proposals"))));
        document.blocks.extend(table_or_none(material, &changed, &DECISION));
        document.push(Block::Heading(2, material.say(&text!("2 新旧対照表", "2 Old and new"))));
        document.blocks.extend(if changed.is_empty() { vec![none(material)] } else { vec![Block::Table(old_and_new(material, &changed))] });
        document.push(Block::Heading(2, material.say(&text!("3 据え置く目標", "3 Targets that are kept"))));
        document.blocks.extend(table_or_none(material, &kept, &[]));
        document
    }
}

/// What people fill in.
const DECISION: [fn() -> Text; 3] = [|| text!("所管課意見", "department"), || text!("採否", "decision"), || text!("決定日", "decided on")];

/// A target under review.
struct Proposal<'a> {
    indicator: Indicator<'a>,
    of: Year,
    revision: &'a Revision,
}

/// The proposals of a cell that change a target.
pub(super) fn proposals(cell: &Outcome) -> impl Iterator<Item = (Year, &Revision)> {
    cell.revisions.iter().filter(|(_, revision)| revision.from != revision.to).map(|(of, revision)| (*of, revision))
}

fn all<'a>(material: &Material<'a>) -> Vec<Proposal<'a>> {
    let year = material.year;
    let of_indicator = |indicator: Indicator<'a>| {
        let cell = indicator.projected.years.get(&year);
        let revisions = cell.into_iter().flat_map(|cell| &cell.revisions);
        revisions.map(move |(of, revision)| Proposal { indicator, of: *of, revision })
    };
    material.indicators().flat_map(of_indicator).collect()
}

fn none(material: &Material<'_>) -> Block {
    Block::Paragraph(material.say(&text!("該当なし。", "None.")))
}

fn table_or_none(material: &Material<'_>, proposals: &[Proposal<'_>], blank: &[fn() -> Text]) -> Vec<Block> {
    if proposals.is_empty() {
        return vec![none(material)];
    }
    let mut columns = material.view().leading();
    columns.push(Column::words(material.say(&text!("年度", "year"))));
    columns.push(Column::numbers(material.say(&text!("旧", "old"))));
    columns.push(Column::numbers(material.say(&text!("新案", "proposed"))));
    columns.push(Column::words(material.say(&text!("規則", "rule"))));
    columns.push(Column::words(material.say(&text!("理由", "reason"))));
    columns.extend(blank.iter().map(|title| Column::words(material.say(&title()))));
    let rows = proposals.iter().map(|each| {
        let [old, new] = targets(each);
        let mut row = material.view().leading_cells(each.indicator.projected);
        row.extend([Cell::words(material.year(each.of)), old, new]);
        row.extend([Cell::words(rule(material, each.indicator)), Cell::words(each.revision.reason.as_str())]);
        row.extend(blank.iter().map(|_| Cell::default()));
        row
    });
    vec![Block::Table(Table { rows: rows.collect(), columns })]
}

/// The form that a new edition is decided with.
fn old_and_new(material: &Material<'_>, proposals: &[Proposal<'_>]) -> Table {
    let titles = [text!("No.", "No."), text!("取組項目", "measure"), text!("項目", "item"), text!("旧", "old"), text!("新", "new")];
    let more = [text!("変更理由", "reason"), text!("決定日", "decided on"), text!("版", "edition")];
    let columns = titles.iter().chain(&more).enumerate().map(|(at, title)| {
        let title = material.say(title);
        if matches!(at, 0 | 3 | 4) { Column::numbers(title) } else { Column::words(title) }
    });
    let rows = proposals.iter().map(|each| {
        let [old, new] = targets(each);
        let projected = each.indicator.projected;
        let item = material.say(&text!("目標（{year}）", "target, {year}", year = material.year(each.of)));
        let no = Cell::number(Some(f64::from(projected.no)), projected.no.to_string());
        let reason = Cell::words(each.revision.reason.as_str());
        vec![no, Cell::words(projected.title.as_str()), Cell::words(item), old, new, reason, Cell::default(), Cell::default()]
    });
    Table { columns: columns.collect(), rows: rows.collect() }
}

/// Old and new, with as many decimals as it takes to tell them apart.
fn targets(proposal: &Proposal<'_>) -> [Cell; 2] {
    let Proposal { indicator, revision, .. } = proposal;
    let (low, high) = (revision.from.min(revision.to), revision.from.max(revision.to));
    let decimals = decimals_below(low, high, 1.0, usize::from(indicator.projected.decimals));
    let labels = &indicator.projected.labels;
    let text = |value: f64| {
        let word = labels.iter().find(|(known, _)| *known == value).map(|(_, word)| word.clone());
        word.unwrap_or_else(|| number(Some(value), decimals))
    };
    [revision.from, revision.to].map(|value| Cell { unit: indicator.sheet.unit.clone(), ..Cell::number(Some(value), text(value)) })
}

/// The name of the function that proposes.
fn rule(material: &Material<'_>, indicator: Indicator<'_>) -> String {
    let named = indicator.sheet.revise.as_ref().map(|revise| revise.value.clone());
    named.unwrap_or_else(|| material.say(&text!("個票のルール", "its own rule")))
}
