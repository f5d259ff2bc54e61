//! A sensitivity as tables: for each result the assumptions, the largest effect first.
//!
//! A few results are shown with every effect, many with the [`FEW`] largest; what is left out is counted,
//! effects of zero too, and `csv` and `json` have all. Assumptions that were not moved are listed
//! with the reason. A tornado's bar shows the result at the lower end of the range as `-`, at the upper end
//! as `+`, both as `#`, to the left and right of the scenario's own.

use mitoshi_core::analysis::Lane;
use mitoshi_core::analysis::sensitivity::{Effect, Effects, Estimate, Factor, Indices, Method, Reason, Sensitivity, Swing, Way};
use mitoshi_core::analysis::study::Asked;
use mitoshi_core::diagnostic::{Language, Text};
use mitoshi_core::text;

use super::{Result, of, short};
use crate::document::{Block, Cell, Column, Document, Table};
use crate::number::{ABSENT, number};
use crate::outlook::opening;
use crate::words::{join, say, trial};

/// Effects shown where there are many results.
const FEW: usize = 8;
/// Results that count as few.
const FEW_RESULTS: usize = 2;
/// Characters on each side of a bar's middle.
const BAR: usize = 10;

/// The document.
pub fn document(sensitivity: &Sensitivity, language: Language) -> Document {
    let view = View { sensitivity, language };
    let mut document = Document { language, blocks: opening(&sensitivity.base, language) };
    document.push(Block::Note(view.say(&trial())));
    document.blocks.extend(view.method());
    for (asked, effects) in &sensitivity.results {
        document.blocks.extend(view.result(asked, effects));
    }
    document.blocks.extend(view.skipped());
    document
}

/// Why an assumption was left out.
pub(super) fn reason(reason: Reason, method: Method) -> Text {
    match reason {
        Reason::NoRange if method == Method::Tornado => text!("個票に range がない", "its sheet gives no range"),
        Reason::NoRange => text!("個票に range も spread もない", "its sheet gives neither a range nor a spread"),
        Reason::NoWidth => text!("range の下限と上限が等しい（動かさない値）", "both ends of its range are equal: it is not meant to move"),
        Reason::Fixed => text!("シナリオで固定されている", "the scenario fixes it"),
        Reason::NotRead => {
            text!("見通し年度の計算では読まれない（影響は0）", "nothing computed in the projected years reads it: its effect is zero")
        }
        Reason::NoValue => text!("見通し年度に値がない", "it has no value in the projected years"),
    }
}

#[derive(Clone, Copy)]
struct View<'a> {
    sensitivity: &'a Sensitivity,
    language: Language,
}

impl<'a> View<'a> {
    fn say(self, text: &Text) -> String {
        say(text, self.language)
    }

    fn factor(self, number: usize) -> Option<&'a Factor> {
        self.sensitivity.factors.get(number)
    }

    fn address(self, number: usize) -> Cell {
        Cell::words(self.factor(number).map_or("", |factor| &factor.varied.address))
    }

    /// What was done, in a paragraph or two.
    fn method(self) -> Vec<Block> {
        let (factors, (runs, failed)) = (self.sensitivity.factors.len(), self.sensitivity.runs);
        let (draws, seed) = (self.sensitivity.draws, self.sensitivity.seed);
        let (heading, sentence) = match self.sensitivity.method {
            Method::Tornado => (
                text!("感度分析（トルネード）", "Sensitivity: tornado"),
                text!(
                    "{factors}個の前提を一つずつ、すべての見通し年度で range の下限と上限に動かしました。",
                    "Each of {factors} assumptions alone was set to both ends of its range, in all projected years."
                ),
            ),
            Method::Morris => (
                text!("感度分析（モリス法）", "Sensitivity: Morris screening"),
                text!(
                    "{factors}個の前提を{draws}本の経路に沿って一つずつ動かしました（乱数の種 {seed}）。μ* は、幅の全体を動かしたときに換算した変化の大きさの平均です。σ はその散らばりで、大きいほど、曲がりやほかの前提との組み合わせの影響が強いことを示します。",
                    "{factors} assumptions were moved one after the other along {draws} trajectories (seed {seed}). mu* is the mean size of the change for the whole width; a large sigma means a bent effect or one that depends on others."
                ),
            ),
            Method::Sobol => (
                text!("感度分析（ソボル法）", "Sensitivity: Sobol indices"),
                text!(
                    "{factors}個の前提を同時に動かし、結果の分散を前提ごとに分けました（{draws}組の試行、乱数の種 {seed}）。Sはその前提だけによる割合、STはほかの前提との組み合わせを含む割合、［ ］は95%の信頼区間です。影響の小さい前提では、試行の誤差で S が負や ST より大きくなることがあります。",
                    "All of {factors} assumptions were moved together and the variance of the result was divided among them ({draws} pairs of draws, seed {seed}). S is the share of the assumption alone, ST with all it does together with others; in brackets the 95 % interval. Where the effect is small, sampling error may make S negative or larger than ST."
                ),
            ),
        };
        let mut blocks = vec![Block::Heading(3, self.say(&heading)), Block::Paragraph(self.say(&sentence))];
        if self.sensitivity.method == Method::Tornado {
            let note = text!(
                "図の | はシナリオの値、- は下限のとき、+ は上限のときの結果、# はその両方です。",
                "In the bars, | is the scenario, - the result at the low end, + at the high end, # both."
            );
            blocks.push(Block::Note(self.say(&note)));
        }
        if self.sensitivity.correlated && self.sensitivity.method != Method::Tornado {
            let note = text!(
                "計画にある前提どうしの相関は、ここでは使っていません。",
                "The plan's correlations between assumptions are not used here."
            );
            blocks.push(Block::Note(self.say(&note)));
        }
        if failed > 0 {
            let note = text!(
                "{runs}回の計算のうち{failed}回で、計算できない結果があります。",
                "In {failed} of {runs} runs a result could not be computed."
            );
            blocks.push(Block::Note(self.say(&note)));
        }
        blocks
    }

    fn result(self, asked: &'a Asked, effects: &Effects) -> Vec<Block> {
        let result = Result { asked, base: &self.sensitivity.base, language: self.language };
        let (address, name, unit) = (&asked.address, result.name(), result.unit());
        let scenario = result.labelled(result.in_base(), 0);
        let heading = if unit.is_empty() || unit == "1" {
            text!("{address}　{name}、シナリオの値 {scenario}", "{address}: {name}, in the scenario {scenario}")
        } else {
            text!("{address}　{name}（{unit}）、シナリオの値 {scenario}", "{address}: {name} ({unit}), in the scenario {scenario}")
        };
        let mut blocks = vec![Block::Heading(3, self.say(&heading))];
        blocks.extend(match effects {
            Effects::Tornado(base, swings) => self.tornado(result, *base, swings),
            Effects::Morris(effects) => self.morris(result, effects),
            Effects::Sobol(indices) => self.sobol(result, indices),
        });
        blocks
    }

    fn tornado(self, result: Result<'_>, base: Lane, swings: &[Swing]) -> Vec<Block> {
        let number = |text: Text| Column::numbers(self.say(&text));
        let columns = vec![
            Column::words(self.say(&text!("前提", "assumption"))),
            Column::words(self.say(&text!("前提の下限〜上限", "low to high"))),
            number(text!("下限のとき", "at low")).under(self.say(&text!("結果", "result"))),
            number(text!("上限のとき", "at high")).under(self.say(&text!("結果", "result"))),
            number(text!("振れ幅", "swing")),
            Column::words(self.say(&text!("図", "bar"))),
        ];
        let shown = |swing: &&Swing| swing.width() != Some(0.0);
        let widest = swings.iter().flat_map(|swing| sides(base, swing)).fold(0.0, |widest: f64, side| widest.max(side.abs()));
        let row = |swing: &Swing| {
            let ends = self.factor(swing.factor).map_or_else(|| ABSENT.to_owned(), |factor| self.ends(factor));
            let width = Cell { unit: result.unit().to_owned(), ..Cell::number(swing.width(), result.written(swing.width(), 1)) };
            let [at_low, at_high] = [swing.low, swing.high].map(|lane| result.cell(lane, 1));
            vec![self.address(swing.factor), Cell::words(ends), at_low, at_high, width, Cell::words(bar(sides(base, swing), widest))]
        };
        self.few(columns, swings.iter().filter(shown).map(row).collect(), swings.len())
    }

    /// `-75〜75百万円/年`.
    fn ends(self, factor: &Factor) -> String {
        let Way::Range(low, high) = factor.way else { return ABSENT.to_owned() };
        let (low, high, unit) = (short(low), short(high), &factor.varied.unit);
        self.say(&text!("{low}〜{high}{unit}", "{low} to {high} {unit}")).trim_end().to_owned()
    }

    fn morris(self, result: Result<'_>, effects: &[Effect]) -> Vec<Block> {
        let columns = vec![
            Column::words(self.say(&text!("前提", "assumption"))),
            Column::numbers(self.say(&text!("μ*", "mu*"))),
            Column::numbers(self.say(&text!("μ", "mu"))),
            Column::numbers(self.say(&text!("σ", "sigma"))),
            Column::words(self.say(&text!("動かし方", "moved"))),
        ];
        let value = |value: Option<f64>| Cell { unit: result.unit().to_owned(), ..Cell::number(value, result.written(value, 2)) };
        let row = |effect: &Effect| {
            vec![self.address(effect.factor), value(effect.mu_star), value(effect.mu), value(effect.sigma), self.way(effect.factor)]
        };
        let shown = |effect: &&Effect| effect.mu_star != Some(0.0);
        self.few(columns, effects.iter().filter(shown).map(row).collect(), effects.len())
    }

    fn sobol(self, result: Result<'_>, indices: &Indices) -> Vec<Block> {
        let (mean, used) = (result.written(indices.mean, 1), indices.used);
        let deviation = result.written(indices.variance.map(f64::sqrt), 2);
        let mut moments = text!("平均 {mean}、標準偏差 {deviation}。", "Mean {mean}, standard deviation {deviation}.");
        if used < self.sensitivity.draws {
            let draws = self.sensitivity.draws;
            let more = text!("使えた試行は{draws}組のうち{used}組。", " {used} of {draws} pairs of draws could be used.");
            moments.ja += &more.ja;
            moments.en += &more.en;
        }
        let columns = vec![
            Column::words(self.say(&text!("前提", "assumption"))),
            Column::numbers("S"),
            Column::words(self.say(&text!("95%区間", "95 %"))),
            Column::numbers("ST"),
            Column::words(self.say(&text!("95%区間", "95 %"))),
            Column::words(self.say(&text!("動かし方", "moved"))),
        ];
        let value = |estimate: Option<Estimate>| {
            let value = estimate.map(|estimate| estimate.value);
            Cell { unit: "1".to_owned(), ..Cell::number(value, number(value, 3)) }
        };
        let interval = |estimate: Option<Estimate>| {
            let text = estimate.map(|estimate| format!("[{}, {}]", number(Some(estimate.low), 3), number(Some(estimate.high), 3)));
            Cell::words(text.unwrap_or_else(|| ABSENT.to_owned()))
        };
        let shown = indices.shares.iter().filter(|share| share.total.is_some_and(|total| total.value != 0.0));
        let row = shown.map(|share| {
            let (first, total) = (share.first, share.total);
            vec![self.address(share.factor), value(first), interval(first), value(total), interval(total), self.way(share.factor)]
        });
        let mut blocks = vec![Block::Paragraph(self.say(&moments))];
        blocks.extend(self.few(columns, row.collect(), indices.shares.len()));
        blocks
    }

    fn way(self, factor: usize) -> Cell {
        let Some(factor) = self.factor(factor) else { return Cell::words(ABSENT) };
        Cell::words(match factor.way {
            Way::Range(low, high) => {
                let (low, high) = (short(low), short(high));
                self.say(&text!("range（{low}〜{high}、一様）", "range ({low} to {high}, uniform)"))
            }
            Way::Spread if factor.every_year && self.sensitivity.method == Method::Sobol => {
                self.say(&text!("spread（年ごと）", "spread (each year)"))
            }
            Way::Spread => self.say(&text!("spread", "spread")),
        })
    }

    /// The first rows, and a note of what is not shown.
    fn few(self, columns: Vec<Column>, mut rows: Vec<Vec<Cell>>, all: usize) -> Vec<Block> {
        let without = all - rows.len();
        let more = if self.sensitivity.results.len() > FEW_RESULTS { rows.len().saturating_sub(FEW) } else { 0 };
        rows.truncate(rows.len() - more);
        let mut notes = Vec::new();
        if more > 0 {
            notes.push(self.say(&text!("影響のより小さい前提がほかに{more}個あります（--of で結果を{FEW_RESULTS}つまで選ぶか、--format csv にすると全部）", "assumptions with smaller effects that are not shown: {more} (choose up to {FEW_RESULTS} results with --of, or use --format csv)")));
        }
        if without > 0 {
            notes.push(self.say(&text!("影響のない前提が{without}個あります", "assumptions without any effect: {without}")));
        }
        let mut blocks = if rows.is_empty() { Vec::new() } else { vec![Block::Table(Table { columns, rows })] };
        if !notes.is_empty() {
            blocks.push(Block::Note(join(&notes, self.language)));
        }
        blocks
    }

    fn skipped(self) -> Vec<Block> {
        let skipped = &self.sensitivity.skipped;
        let count = skipped.len();
        if count == 0 {
            return vec![Block::Heading(3, self.say(&text!("動かさなかった前提はない", "No assumption was left out")))];
        }
        let heading = text!("動かさなかった前提（{count}個）", "Assumptions that were not moved ({count})");
        let columns = vec![Column::words(self.say(&text!("前提", "assumption"))), Column::words(self.say(&text!("理由", "reason")))];
        let rows = skipped
            .iter()
            .map(|each| vec![Cell::words(&each.address), Cell::words(self.say(&reason(each.reason, self.sensitivity.method)))]);
        vec![Block::Heading(3, self.say(&heading)), Block::Table(Table { columns, rows: rows.collect() })]
    }
}

/// How far the results at both ends lie from the scenario's own.
fn sides(base: Lane, swing: &Swing) -> [f64; 2] {
    let from = |lane: Lane| of(lane).zip(of(base)).map_or(0.0, |(value, base)| value - base);
    [from(swing.low), from(swing.high)]
}

/// `   ----|++++++` with the scenario in the middle.
fn bar(sides: [f64; 2], widest: f64) -> String {
    let mut signs = [' '; 2 * BAR + 1];
    let lengths = sides.map(|side| if widest > 0.0 { (side / widest * BAR as f64).round() as i32 } else { 0 });
    for (length, sign) in lengths.into_iter().zip(['-', '+']) {
        for step in 1..=length.unsigned_abs() as usize {
            let at = if length < 0 { BAR - step } else { BAR + step };
            signs[at] = if signs[at] == ' ' { sign } else { '#' };
        }
    }
    signs[BAR] = '|';
    signs.iter().collect::<String>().trim_end().to_owned()
}
