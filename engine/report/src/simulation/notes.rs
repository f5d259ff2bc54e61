//! What a simulation rests on: seed, what was uncertain, what was left out, how exact it is.

use mitoshi_core::analysis::simulate::{BINS, CellDraws, Quantile, Stray};
use mitoshi_core::columns::draws::spaced::Sampling;
use mitoshi_core::diagnostic::Text;
use mitoshi_core::text;

use super::{View, count, finer};
use crate::document::{Block, Cell, Column, Table};
use crate::drawn::reach;
use crate::number::separate;
use crate::seek::significant;
use crate::words::join;

/// Display columns for an indicator's name.
const NAME: usize = 30;

/// Draws that were left out, then the remarks.
pub(super) fn blocks(view: View<'_>) -> Vec<Block> {
    let mut blocks = view.left_out();
    blocks.push(view.heading(&text!("この試算の前提", "What this rests on")));
    blocks.push(Block::Paragraph(view.say(&view.draws())));
    blocks.push(Block::Paragraph(view.say(&view.uncertain())));
    blocks.extend(view.simulated.uncertain.strays.iter().map(|stray| Block::Note(view.say(&view.stray(stray)))));
    blocks.push(Block::Paragraph(view.say(&text!(
        "達成確率の ± は試行の回数による標準誤差（ポイント）です。前提やルールそのものの誤りは含みません。",
        "± is the standard error that comes from the number of draws, in points; errors of assumptions and rules are not in it."
    ))));
    blocks.extend(view.spacing().map(|text| Block::Paragraph(view.say(&text))));
    blocks.extend(view.histogram().map(|text| Block::Paragraph(view.say(&text))));
    blocks
}

impl View<'_> {
    fn draws(self) -> Text {
        let (draws, seed) = (count(self.simulation.draws), self.simulation.seed);
        let asked = count(self.simulation.asked);
        if self.simulation.draws < self.simulation.asked {
            return text!(
                "試行 {draws}回（{asked}回のうち。途中で止めた結果）、種 {seed}。",
                "{draws} draws of the {asked} asked for (stopped), seed {seed}."
            );
        }
        if self.simulation.sampling == Sampling::Latin {
            return text!(
                "試行 {draws}回、種 {seed}。種と回数が同じなら同じ結果になります。",
                "{draws} draws, seed {seed}; the same seed and number of draws give the same result."
            );
        }
        text!(
            "試行 {draws}回、種 {seed}。同じ種なら同じ結果になります。",
            "{draws} draws, seed {seed}; the same seed gives the same result."
        )
    }

    /// How the draws were spaced, and what that means for the errors told.
    fn spacing(self) -> Option<Text> {
        let draws = count(self.simulation.asked);
        match self.simulation.sampling {
            Sampling::Random => None,
            Sampling::Latin => Some(text!(
                "試行はラテン超方格で選びました。前提のもとになるどの乱数も、等しい確率の{draws}区間のそれぞれから1回ずつ引いています。回数を変えると、同じ種でも試行が変わります。± は独立な試行とみなした値で、実際の誤差はふつうこれより小さくなります。",
                "Draws are a Latin hypercube: one from each of {draws} equally likely slices of every random number behind the assumptions; another number of draws changes them, even with the same seed. ± is told as for independent draws; the true error is usually smaller."
            )),
            Sampling::Antithetic => Some(text!(
                "試行は2回ずつ、互いに正反対の値を組にして選びました。± は独立な試行とみなした値で、実際の誤差は平均ではふつうこれより小さく、確率では最大で約1.4倍になり得ます。",
                "Draws come in pairs of opposite values. ± is told as for independent draws; the true error is usually smaller for means, and at most about 1.4 times as large for chances."
            )),
        }
    }

    fn uncertain(self) -> Text {
        let (assumptions, groups) = (self.simulated.uncertain.assumptions.len(), &self.simulated.uncertain.groups);
        if assumptions < 2 {
            return text!("ばらつきを持つ前提は{assumptions}件です。", "Assumptions with a spread: {assumptions}.");
        }
        if groups.is_empty() {
            return text!(
                "ばらつきを持つ前提は{assumptions}件で、互いに独立です。",
                "Assumptions with a spread: {assumptions}, independent of each other."
            );
        }
        let number = groups.len();
        let groups: Vec<String> = groups.iter().map(|group| group.join("＋")).collect();
        let (ja, en) = (groups.join("、"), groups.join(", ").replace('＋', " + "));
        text!(
            "ばらつきを持つ前提は{assumptions}件で、うち相関のある組が{number}組あります（{ja}）。",
            "Assumptions with a spread: {assumptions}; of these {number} correlated groups ({en})."
        )
    }

    /// An assumption that is drawn far outside what may be set.
    fn stray(self, stray: &Stray) -> Text {
        let (address, year) = (&stray.address, self.year(stray.year));
        let [from, to] = [stray.range.0, stray.range.1].map(significant);
        let Text { ja, en } = reach(&stray.drawn);
        text!(
            "前提 {address} は、置いてよい範囲 {from}〜{to} を大きく外れた値も引いています（{year}は {ja}）。ばらつきの幅を確かめてください。",
            "Draws of {address} go far beyond what may be set, {from} to {to} ({en} in {year}): check its spread."
        )
    }

    fn histogram(self) -> Option<Text> {
        let errors = self.simulated.cells.iter().filter_map(|cell| Some((cell, worst(&cell.quantiles)?)));
        let relative = |(cell, error): &(&CellDraws, f64)| {
            let deviation = cell.outcome.deviation().unwrap_or_default();
            if deviation > 0.0 { error / deviation } else { 0.0 }
        };
        let (cell, error) = errors.reduce(|a, b| if relative(&b) > relative(&a) { b } else { a }).filter(|_| self.simulation.binned)?;
        let indicator = self.projection.indicators.get(cell.indicator)?;
        let (no, year, unit, bins) = (indicator.no, self.year(cell.year), &indicator.unit, separate(&BINS.to_string()));
        let error = finer(indicator, Some(error)).text;
        Some(text!(
            "分位点は{bins}区間の度数から求めています。誤差は区間の幅以内で、標準偏差に比べて最大なのは No.{no} の{year}です（{error}{unit}以内）。",
            "Quantiles come from counts in {bins} bins and err by at most the width of a bin; relative to the standard deviation most for No.{no} in {year} (at most {error} {unit})."
        ))
    }

    /// Cells some of whose draws have no number or no achievement.
    fn left_out(self) -> Vec<Block> {
        let rows: Vec<Vec<Cell>> = self.simulated.cells.iter().filter_map(|cell| self.left_out_row(cell)).collect();
        let mut blocks = Vec::new();
        if !rows.is_empty() {
            let heading = text!("統計から除いた試行（未達成として数える）", "Draws left out of the statistics (counted as not met)");
            blocks.push(self.heading(&heading));
            let mut columns = self.leading(NAME);
            columns.push(self.words(&text!("年度", "year")));
            let titles = [
                text!("計算不能", "failed"),
                text!("値なし", "no outcome"),
                text!("評価不能", "not evaluable"),
                text!("統計に使った試行", "draws used"),
            ];
            columns.extend(titles.iter().map(|title| Column::numbers(self.say(title))));
            blocks.push(Block::Table(Table { columns, rows }));
        }
        blocks.extend(self.never_evaluable().map(Block::Note));
        blocks
    }

    fn left_out_row(self, cell: &CellDraws) -> Option<Vec<Cell>> {
        let counts = [cell.failed, cell.absent, cell.unevaluable];
        if counts.iter().all(|count| *count == 0) {
            return None;
        }
        let mut row = self.leading_cells(self.projection.indicators.get(cell.indicator)?);
        row.push(Cell::words(self.year(cell.year)));
        row.extend(counts.into_iter().chain([cell.outcome.count]).map(|times| Cell::number(Some(times as f64), count(times))));
        Some(row)
    }

    /// Names what has no achievement in any draw.
    fn never_evaluable(self) -> Option<String> {
        let names = self.simulated.cells.iter().filter(|cell| cell.met.is_none()).filter_map(|cell| {
            let indicator = self.projection.indicators.get(cell.indicator)?;
            Some(format!("No.{} {}", indicator.no, self.year(cell.year)))
        });
        let names: Vec<String> = names.collect();
        let names = (!names.is_empty()).then(|| join(&names, self.language))?;
        Some(self.say(&text!("どの試行でも評価できないもの: {names}", "Not evaluable in any draw: {names}")))
    }
}

fn worst(quantiles: &[Quantile]) -> Option<f64> {
    quantiles.iter().map(|quantile| quantile.error).reduce(f64::max)
}
