//! The outlook's proposed targets: what the yearly reviews of the projected years would change.
//!
//! Only proposals that differ from the target before the review are listed, one a row, by indicator,
//! year of review and year of the target; kept targets stand in the JSON. Where two different numbers
//! would be rounded to one, more decimals are shown.

use mitoshi_core::projection::{IndicatorProjection, Revision};
use mitoshi_core::text;
use mitoshi_core::year::Year;

use super::View;
use crate::document::{Block, Cell, Column, Table};
use crate::number::{decimals_below, number};
use crate::words::{plural, say, year};

/// A proposal with what it is about.
struct Proposal<'a> {
    indicator: &'a IndicatorProjection,
    reviewed: Year,
    of: Year,
    revision: &'a Revision,
}

/// A heading and the table; the heading alone if nothing would change.
pub(super) fn blocks(view: View<'_>) -> Vec<Block> {
    let proposals = proposals(view);
    let count = proposals.len();
    if proposals.is_empty() {
        return vec![view.heading(&text!("目標の見直し案はない", "No target would be revised"))];
    }
    let s = plural(count);
    let adopted = proposals.iter().any(|each| each.revision.adopted);
    let heading = if adopted {
        text!("目標の見直し（{count}件、翌年度から適用）", "{count} target{s} revised, in force from the next year")
    } else {
        text!(
            "目標の見直し案（{count}件、人が決めるまでは現行のまま）",
            "{count} target{s} proposed for revision (in force only when decided)"
        )
    };
    let rows = proposals.iter().map(|proposal| view.proposal(proposal)).collect();
    vec![view.heading(&heading), Block::Table(Table { columns: view.columns(), rows })]
}

fn proposals(view: View<'_>) -> Vec<Proposal<'_>> {
    let mut proposals = Vec::new();
    for indicator in &view.projection.indicators {
        for reviewed in view.projection.projected_years() {
            let revisions = indicator.years.get(&reviewed).into_iter().flat_map(|cell| &cell.revisions);
            let changes = revisions.filter(|(_, revision)| revision.from != revision.to);
            proposals.extend(changes.map(|(of, revision)| Proposal { indicator, reviewed, of: *of, revision }));
        }
    }
    proposals
}

impl View<'_> {
    fn columns(self) -> Vec<Column> {
        let mut columns = self.leading();
        columns.push(Column::words(say(&text!("見直し", "review"), self.language)));
        columns.push(Column::words(say(&text!("年度", "year"), self.language)));
        columns.push(Column::numbers(say(&text!("現行", "in force"), self.language)));
        columns.push(Column::numbers(say(&text!("案", "proposed"), self.language)));
        columns.push(Column::words(say(&text!("理由", "reason"), self.language)));
        columns
    }

    fn proposal(self, proposal: &Proposal<'_>) -> Vec<Cell> {
        let Proposal { indicator, reviewed, of, revision } = proposal;
        let (from, to) = (revision.from, revision.to);
        let decimals = decimals_below(from.min(to), from.max(to), 1.0, usize::from(indicator.decimals));
        let target = |value| Cell { unit: indicator.unit.clone(), ..Cell::number(Some(value), number(Some(value), decimals)) };
        let mut row = self.leading_cells(indicator);
        row.push(Cell::words(year(self.projection, *reviewed)));
        row.push(Cell::words(year(self.projection, *of)));
        row.extend([target(from), target(to), Cell::words(&revision.reason)]);
        row
    }
}
