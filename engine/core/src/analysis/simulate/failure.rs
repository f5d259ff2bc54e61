//! What to say of draws that failed: how many, where, and the first one with what it had drawn.

use super::layout::Layout;
use super::tally::Tally;
use crate::analysis::ensemble::Ensemble;
use crate::diagnostic::{Code, Diagnostic, Text};
use crate::projection::Projection;
use crate::text;

/// The most cells and drawn values that are listed.
const LISTED: usize = 6;

/// One diagnostic for all failed draws of a scenario; none if no draw failed.
pub(super) fn of(ensemble: &Ensemble<'_>, projection: &Projection, layout: &Layout, tally: &Tally, draws: u64) -> Option<Diagnostic> {
    let first = tally.first_failed?;
    let (failed, scenario) = (tally.failed, &projection.scenario);
    let message = text!(
        "シナリオ {scenario} では、{draws}回の試行のうち{failed}回で計算できないものがありました。",
        "in the scenario {scenario}, {failed} of {draws} draws could not be computed in full"
    );
    let mut found = Diagnostic::new(Code::DrawsFailed, message);
    let run = ensemble.walk_draw(first);
    if let Some(failure) = run.failures.first() {
        found.labels = failure.labels.clone();
        found = found.note(failure.message.clone());
        found.notes.extend(failure.notes.iter().cloned());
    }
    let drawn = drawn(ensemble, first);
    let found = found.note(cells(projection, layout, tally)).note(text!(
        "最初に失敗した試行の番号（0から数えて）: {first}（引いた値: {drawn}）",
        "the first failed draw is number {first} (counted from 0), which drew {drawn}"
    ));
    Some(found.hint(text!(
        "失敗した試行は統計から除き、未達成として数えています。ばらつきが、ルールの扱える範囲を出ていないか確かめてください。",
        "failed draws are left out of the statistics and count as not met; see that the spreads stay where the rule can follow"
    )))
}

/// `計算できなかった回数: arrears@R7 12回、…`.
fn cells(projection: &Projection, layout: &Layout, tally: &Tally) -> Text {
    let failed = layout.cells.iter().zip(&tally.cells).filter(|(_, cell)| cell.failed > 0);
    let named: Vec<(String, u64)> = failed
        .filter_map(|(place, cell)| {
            let id = &projection.indicators.get(place.indicator)?.id;
            Some((format!("{id}@{}", place.year.write(projection.year_style)), cell.failed))
        })
        .collect();
    let shown = named.iter().take(LISTED);
    let ja: Vec<String> = shown.clone().map(|(name, times)| format!("{name} {times}回")).collect();
    let en: Vec<String> = shown.map(|(name, times)| format!("{name} {times}")).collect();
    let more = if named.len() > LISTED { "…" } else { "" };
    let (ja, en) = (ja.join("、"), en.join(", "));
    text!("失敗した回数: {ja}{more}", "failed draws: {en}{more}")
}

/// The values that a draw put in the place of the assumptions.
fn drawn(ensemble: &Ensemble<'_>, draw: u64) -> String {
    let pack = ensemble.parts.schedule.pack;
    let mut values = Vec::new();
    ensemble.run(draw, 1, &mut ensemble.registers(), &mut |block| {
        for (k, column) in ensemble.program.columns.iter().enumerate() {
            let name = column.assumption.address(pack);
            let several = ensemble.program.reads.values().filter(|read| **read as usize == k).count() > 1;
            let year = if several { String::new() } else { format!("@{}", pack.plan.write(column.year)) };
            values.push(format!("{name}{year}={}", block.column(k, 0)));
        }
    });
    let more = if values.len() > LISTED { ", …" } else { "" };
    values.truncate(LISTED);
    values.join(", ") + more
}
