//! The report of a backtest: forecasts beside what came, errors, and what the test cannot prove.
//!
//! From a [`Backtest`] and the projection under the same `--as-of`. Computes nothing but counts.

use mitoshi_core::analysis::backtest::{Backtest, Fixed, Method, Standing, Test, Why};
use mitoshi_core::diagnostic::{Language, Text};
use mitoshi_core::projection::{IndicatorProjection, Projection};
use mitoshi_core::text;

use crate::document::{Block, Cell, Column, Document, Table, Tone};
use crate::number::{ABSENT, number, percent, separate};
use crate::seek::{opening, significant};
use crate::words::{indicator, join, say, year};

#[derive(Clone, Copy)]
struct View<'a> {
    backtest: &'a Backtest,
    projection: &'a Projection,
    language: Language,
}

/// The document of a backtest.
pub fn document(backtest: &Backtest, projection: &Projection, language: Language) -> Document {
    let view = View { backtest, projection, language };
    let mut document = Document::new(language);
    document.push(Block::Heading(1, projection.plan.clone()));
    document.blocks.extend(opening(projection, text!("実績での検証", "Backtest"), language));
    document.push(Block::Paragraph(view.scope()));
    document.push(Block::Table(view.forecasts()));
    document.push(Block::Note(view.say(text!(
        "誤差は予測−実績、（）は実績に対する割合。★は誤差が最も小さいもの。帯は試行の10%点から90%点で、ばらつきの影響を受けない指標にはありません。基準値は実績ではないので、直線には使いません。",
        "Error is forecast − actual, in brackets relative to the actual. ★ marks the smallest error. The band runs from the 10 % to the 90 % point of the draws; an indicator that no spread reaches has none. A baseline is no actual and makes no line."
    ))));
    document.push(Block::Heading(3, view.say(text!("予測のしかたごとの成績", "How each method did"))));
    document.push(Block::Table(view.scores()));
    document.push(Block::Note(view.common()));
    document.push(Block::Paragraph(view.coverage()));
    document.blocks.extend(view.untested());
    document.blocks.extend(view.fixed());
    document
}

/// What a method is called.
pub(crate) fn method(method: Method) -> Text {
    match method {
        Method::Rule => text!("ルール", "Rule"),
        Method::Persistence => text!("前回実績のまま", "Persistence"),
        Method::Line => text!("直線の延長", "Straight line"),
        Method::Target => text!("計画の目標", "Plan's target"),
    }
}

impl View<'_> {
    #[expect(clippy::needless_pass_by_value, reason = "every text is made where it is said")]
    fn say(self, text: Text) -> String {
        say(&text, self.language)
    }

    fn sheet(&self, test: &Test) -> Option<&IndicatorProjection> {
        self.projection.indicators.get(test.indicator)
    }

    fn name(self, test: &Test) -> String {
        let year = year(self.projection, test.year);
        self.sheet(test).map(|sheet| format!("{} {year}", indicator(sheet))).unwrap_or_default()
    }

    /// How far actuals counted, and how many indicators could be tested.
    fn scope(self) -> String {
        let as_of = year(self.projection, self.backtest.as_of);
        let years: Vec<String> = self.backtest.years.iter().map(|each| year(self.projection, *each)).collect();
        let years = join(&years, self.language);
        let tested = self.backtest.tests.iter().filter(|test| test.is_tested()).count();
        let all = self.backtest.tests.len();
        self.say(text!(
            "{as_of}までの実績だけで{years}を計算し、隠しておいた実績と比べました。比べられたのは{all}件のうち{tested}件です。",
            "Computes {years} from actuals until {as_of} and compares with the actuals that were hidden: {tested} of {all} can be compared."
        ))
    }

    fn forecasts(self) -> Table {
        let tell = |text: Text| self.say(text);
        let mut columns = vec![
            Column::numbers("No."),
            Column::words(tell(text!("指標", "Indicator"))).at_most(20),
            Column::words(tell(text!("年度", "Year"))),
            Column::words(tell(text!("単位", "Unit"))),
            Column::numbers(tell(text!("実績", "Actual"))),
        ];
        for each in Method::ALL {
            let group = tell(method(each));
            columns.push(Column::numbers(tell(text!("予測", "Forecast"))).under(group.clone()));
            columns.push(Column::numbers(tell(text!("誤差", "Error"))).under(group));
        }
        columns.push(Column::words(tell(text!("80%の帯", "80 % band"))));
        Table { columns, rows: self.backtest.tests.iter().filter_map(|test| self.row(test)).collect() }
    }

    fn row(self, test: &Test) -> Option<Vec<Cell>> {
        let sheet = self.sheet(test)?;
        let decimals = usize::from(sheet.decimals);
        let of_unit = |value: Option<f64>, text: String| Cell { unit: sheet.unit.clone(), ..Cell::number(value, text) };
        let mut row = vec![
            Cell::number(Some(f64::from(sheet.no)), sheet.no.to_string()),
            Cell::words(&sheet.indicator),
            Cell::words(year(self.projection, test.year)),
            Cell::words(&sheet.unit),
            of_unit(test.actual, number(test.actual, decimals)),
        ];
        for each in Method::ALL {
            let forecast = test.of(each);
            let value = forecast.map(|forecast| forecast.value);
            row.push(of_unit(value, number(value, decimals)));
            let error = forecast.and_then(|forecast| forecast.error);
            let relative = forecast.and_then(|forecast| forecast.relative);
            let relative = relative.map(|relative| format!(" ({})", percent(Some(relative), None))).unwrap_or_default();
            let mark = if test.best.contains(&each) { "★" } else { "" };
            row.push(Cell { mark: mark.to_owned(), ..of_unit(error, format!("{}{relative}", number(error, decimals))) });
        }
        row.push(self.band(test, decimals));
        Some(row)
    }

    fn band(self, test: &Test, decimals: usize) -> Cell {
        let Some(band) = test.band else { return Cell::words(ABSENT) };
        let (low, high) = (number(Some(band.low), decimals), number(Some(band.high), decimals));
        let inside = self.say(if band.inside { text!("内", "inside") } else { text!("外", "outside") });
        Cell { tone: if band.inside { Tone::Good } else { Tone::Fair }, ..Cell::words(format!("{low}–{high} {inside}")) }
    }

    fn scores(self) -> Table {
        let columns = vec![
            Column::words(self.say(text!("予測のしかた", "Method"))),
            Column::numbers(self.say(text!("予測の数", "Forecasts"))),
            Column::numbers(self.say(text!("最もよかった数", "Best"))),
            Column::numbers(self.say(text!("相対誤差の平均", "Mean relative error"))),
        ];
        let row = |score: &mitoshi_core::analysis::backtest::Score| {
            let count = |count: usize| Cell::number(Some(count as f64), count.to_string());
            let mean = Cell::number(score.mean_relative, percent(score.mean_relative, None));
            vec![Cell::words(self.say(method(score.method))), count(score.forecasts), count(score.best), mean]
        };
        Table { columns, rows: self.backtest.scores.iter().map(row).collect() }
    }

    fn common(self) -> String {
        let common = self.backtest.common;
        self.say(text!(
            "相対誤差の平均は、すべてのしかたで比べられる{common}件についてのものです。同じ誤差なら、どれも最もよかったと数えています。",
            "The mean relative error is over the {common} where every method can be compared. Equal errors count as best for each."
        ))
    }

    fn coverage(self) -> String {
        let bands: Vec<_> = self.backtest.tests.iter().filter_map(|test| test.band).collect();
        let (of, inside) = (bands.len(), bands.iter().filter(|band| band.inside).count());
        let without: u64 = bands.iter().map(|band| band.without).sum();
        let (draws, seed) = (separate(&self.backtest.draws.to_string()), self.backtest.seed);
        if of == 0 {
            return self.say(text!("ばらつきのある前提がないので、帯は示せません。", "No assumption is uncertain: there is no band."));
        }
        let told = text!(
            "80%の帯（{draws}回の試行、種 {seed}）に実績が入ったのは{of}件のうち{inside}件です。帯が正しければ、その8割ほどが入ります。",
            "The 80 % band ({draws} draws, seed {seed}) holds the actual in {inside} of {of}; if the bands are right, about four in five."
        );
        let left = text!("数にならなかった試行{without}回は除きました。", " {without} draws without a number were left out.");
        self.say(if without == 0 { told } else { Text { ja: format!("{}{}", told.ja, left.ja), en: format!("{}{}", told.en, left.en) } })
    }

    /// The indicators that cannot be tested, and why.
    fn untested(self) -> Vec<Block> {
        let untested: Vec<&Test> = self.backtest.tests.iter().filter(|test| !test.is_tested()).collect();
        if untested.is_empty() {
            return Vec::new();
        }
        let columns =
            vec![Column::words(self.say(text!("検証できない指標", "Cannot be tested"))), Column::words(self.say(text!("わけ", "Why")))];
        let rows = untested.iter().map(|test| vec![Cell::words(self.name(test)), Cell::words(self.why(test))]).collect();
        let count = untested.len();
        let heading = text!("検証できないもの（{count}件）", "What cannot be tested ({count})");
        vec![Block::Heading(3, self.say(heading)), Block::Table(Table { columns, rows })]
    }

    fn why(self, test: &Test) -> String {
        let mut reasons = Vec::new();
        if test.actual.is_none() {
            reasons.push(self.say(text!("実績がない", "no actual")));
        }
        match &test.why {
            Some(Why::Lacks(inputs)) => {
                let inputs = join(inputs, self.language);
                reasons.push(self.say(text!("ルールの入力がない: {inputs}", "the rule lacks {inputs}")));
            }
            Some(Why::Pinned) => reasons.push(self.say(text!("シナリオが結果を固定している", "the scenario fixes the outcome"))),
            Some(Why::Failed) => reasons.push(self.say(text!("ルールが止まった", "the rule failed"))),
            None => {}
        }
        join(&reasons, self.language)
    }

    /// Which assumptions may have been fixed on the point they are tested on.
    fn fixed(self) -> Vec<Block> {
        let tested = self.backtest.tests.iter().filter(|test| test.is_tested());
        let rows: Vec<Vec<Cell>> = tested.flat_map(|test| test.fixed.iter().map(move |fixed| self.fixed_row(test, fixed))).collect();
        if rows.is_empty() {
            return Vec::new();
        }
        let columns = vec![
            Column::words(self.say(text!("指標", "Indicator"))).at_most(28),
            Column::words(self.say(text!("前提", "Assumption"))),
            Column::numbers(self.say(text!("値", "Value"))),
            Column::words(self.say(text!("単位", "Unit"))),
            Column::words(self.say(text!("疑い", "Doubt"))),
            Column::words(self.say(text!("根拠（個票のことば）", "Basis (the sheet's words)"))),
        ];
        let note = text!(
            "これらの前提は、検証する実績に合わせて、または実績を知ったうえで置かれたおそれがあります。その指標の誤差が小さくても、ルールが当たる証拠にはなりません。",
            "These assumptions were, or may have been, fitted to the very actual or set after the fact. A small error there is no evidence that the rule predicts."
        );
        let counts = self.doubtful();
        let note = Text { ja: note.ja + counts.ja.as_str(), en: note.en + counts.en.as_str() };
        let heading = text!("検証する実績から独立とはいえない前提", "Assumptions not independent of what they are tested on");
        vec![Block::Heading(3, self.say(heading)), Block::Table(Table { columns, rows }), Block::Note(self.say(note))]
    }

    /// How many of the tests read an assumption whose basis names the year.
    fn doubtful(self) -> Text {
        let tested = self.backtest.tests.iter().filter(|test| test.is_tested());
        let names = |test: &&Test| test.fixed.iter().any(|fixed| fixed.standing == Standing::NamesTheYear);
        let (all, doubtful) = (tested.clone().count(), tested.filter(names).count());
        text!(
            "比べられた{all}件のうち{doubtful}件は、根拠が検証する年度そのものに触れる前提を読んでいます。",
            " Of the {all} that were compared, {doubtful} read an assumption whose basis names the tested year itself."
        )
    }

    fn fixed_row(self, test: &Test, fixed: &Fixed) -> Vec<Cell> {
        let year = year(self.projection, test.year);
        let standing = match fixed.standing {
            Standing::NamesTheYear => text!("根拠が{year}に触れる", "basis names {year}"),
            Standing::Set => text!("シナリオか --set による", "set by scenario or --set"),
            Standing::Undated => text!("いつ置いたか分からない", "undated"),
        };
        // A fiscal year has no thousands.
        let written = |value: f64| if fixed.unit == "年度" { value.to_string() } else { significant(value) };
        let value = Cell { unit: fixed.unit.clone(), ..Cell::number(fixed.value, fixed.value.map_or(ABSENT.to_owned(), written)) };
        let standing = Cell::words(self.say(standing));
        vec![
            Cell::words(self.name(test)),
            Cell::words(&fixed.address),
            value,
            Cell::words(&fixed.unit),
            standing,
            Cell::words(&fixed.basis),
        ]
    }
}
