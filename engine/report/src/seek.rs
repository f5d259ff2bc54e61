//! The report of a goal seek: the answer in words, what was tried, and lines for a scenario file.
//!
//! From a [`Seek`] and the projection it started from. Amounts are shown with six significant digits;
//! the lines to copy have all of them. Computes nothing. `seek_targets` tells of all targets at once.

use mitoshi_core::analysis::seek::{Lever, Margin, Move, Seek, Trial, Verdict, Wish};
use mitoshi_core::diagnostic::{Language, Text};
use mitoshi_core::projection::{IndicatorProjection, Projection};
use mitoshi_core::rule::signature::Quantity;
use mitoshi_core::schedule::grade::at_least;
use mitoshi_core::text;
use mitoshi_core::year::Year;

use crate::document::{Block, Cell, Column, Document, Table, Tone};
use crate::number::{ABSENT, decimals_below, number, percent, round, separate};
use crate::words::{indicator, join, say, scenario, trial, year};

/// Significant digits of an amount.
const DIGITS: usize = 6;

/// One seek, told in a language.
#[derive(Clone, Copy)]
pub(crate) struct View<'a> {
    pub(crate) seek: &'a Seek,
    pub(crate) projection: &'a Projection,
    pub(crate) language: Language,
}

/// The document of one goal seek.
pub fn document(seek: &Seek, projection: &Projection, language: Language) -> Document {
    let view = View { seek, projection, language };
    let mut document = Document::new(language);
    document.push(Block::Heading(1, projection.plan.clone()));
    document.blocks.extend(opening(projection, text!("ゴールシーク", "Goal seek"), language));
    document.push(Block::Note(say(&trial(), language)));
    document.push(Block::Paragraph(view.wish()));
    document.push(Block::Paragraph(view.answer()));
    document.blocks.extend(view.margins());
    document.blocks.extend(view.trials());
    document.blocks.extend(view.lines());
    document
}

/// The scenario, and what was set for this run.
pub(crate) fn opening(projection: &Projection, title: Text, language: Language) -> Vec<Block> {
    let name = scenario(projection);
    let heading = text!("{a}: シナリオ {b}", "{c}: scenario {d}", a = title.ja, b = name.ja, c = title.en, d = name.en);
    let mut blocks = vec![Block::Heading(2, say(&heading, language))];
    if !projection.settings.is_empty() {
        let settings = join(&projection.settings, language);
        blocks.push(Block::Paragraph(say(&text!("この回だけの設定: {settings}", "Set for this run only: {settings}"), language)));
    }
    blocks
}

impl View<'_> {
    fn sheet(&self) -> Option<&IndicatorProjection> {
        self.projection.indicators.get(self.seek.goal.quantity.indicator()?)
    }

    /// `目標: arrears@R8（No.6 未収債権額）を 300百万円 以下にする。今の見込みは 375百万円。`
    fn wish(self) -> String {
        let address = &self.seek.address;
        let name = self.sheet().map(indicator).unwrap_or_default();
        let wish = self.wished();
        let (ja, en) = (&wish.ja, &wish.en);
        let now = self.value(self.seek.before);
        let told = match self.seek.chance {
            None => {
                text!(
                    "目標: {address}（{name}）を{ja}。今の見込みは {now}です。",
                    "Goal: {address} ({name}) {en}. It is {now} now.",
                    en = en.trim_end()
                )
            }
            Some(chance) => {
                let (share, draws) = (percent(Some(chance.share), None), separate(&chance.draws.to_string()));
                let seed = chance.seed;
                text!(
                    "目標: {draws}回の試行（種 {seed}）のうち {share} 以上で、{address}（{name}）を{ja}。今は {now}です。",
                    "Goal: in {share} or more of {draws} draws (seed {seed}) {address} ({name}) {en}. It is {now} now.",
                    en = en.trim_end()
                )
            }
        };
        say(&told, self.language)
    }

    fn wished(self) -> Text {
        let target = || {
            let cell = self.sheet().and_then(|sheet| sheet.years.get(&self.seek.goal.year));
            self.quantity(cell.and_then(|cell| cell.target))
        };
        match self.seek.goal.wish {
            Wish::AtMost(bar) => text!(" {bar}{unit} 以下にする", "at most {bar}{unit}", bar = significant(bar), unit = &self.seek.unit),
            Wish::AtLeast(bar) => text!(" {bar}{unit} 以上にする", "at least {bar}{unit}", bar = significant(bar), unit = &self.seek.unit),
            Wish::Target => text!("目標 {bar} に届かせる", "meets its target, {bar}", bar = target()),
        }
    }

    /// The answer in a sentence or two.
    fn answer(self) -> String {
        let told = match (self.seek.already, self.seek.best()) {
            (true, _) => text!("すでに届いています。動かす必要はありません。", "It is reached already: nothing need be moved."),
            (false, None) => text!("動かせる前提がありません。", "There is nothing to move."),
            (false, Some(best)) => self.told(best),
        };
        say(&told, self.language)
    }

    /// For a goal that is reached: how far each lever may go.
    fn margins(self) -> Vec<Block> {
        let told = |margin: &Margin| {
            let lever = self.seek.levers.get(margin.lever)?;
            let (name, unit) = (&lever.address, &lever.unit);
            let (value, amount) = (significant(margin.value), signed(margin.amount));
            let (ja, en) = if margin.amount < 0.0 { ("下げて", "down") } else { ("上げて", "up") };
            Some(match margin.is_end {
                true => text!(
                    "余裕: {name} だけを、動かせる範囲の端 {value}{unit}（{amount}）まで{ja}も届きます。",
                    "Margin: {name} alone may go {en} to the end of its bounds, {value} {unit} ({amount})."
                ),
                false => text!(
                    "余裕: {name} だけなら、{value}{unit}（{amount}）まで{ja}も届きます。",
                    "Margin: {name} alone may go {en} to {value} {unit} ({amount}) before it is missed."
                ),
            })
        };
        let all = self.seek.margins.iter().filter_map(told);
        all.map(|text| Block::Paragraph(say(&text, self.language))).collect()
    }

    /// What a trial comes to.
    pub(crate) fn told(self, trial: &Trial) -> Text {
        let moves = self.moved(trial);
        let (ja, en, value) = (&moves.ja, &moves.en, self.value(trial.value));
        match trial.verdict {
            Verdict::Reached => {
                let jump = self.jump(trial);
                let (jump_ja, jump_en) = (&jump.ja, &jump.en);
                text!("{ja}と届き、{value}になります。{jump_ja}", "Reached by {en}: {value} then.{jump_en}")
            }
            Verdict::Best if trial.size == 0.0 => text!(
                "動かせる範囲では届きません。今のまま（{value}）が最もよい結果です。",
                "Not reachable within the bounds. Nothing is better than leaving it as it is ({value})."
            ),
            Verdict::Best => text!(
                "動かせる範囲では届きません。最もよいのは、{ja}ときの {value}です。",
                "Not reachable within the bounds. The best is {value}, by {en}."
            ),
            Verdict::Idle => {
                text!(
                    "届きません。範囲の中でどう動かしても {value}のままです。",
                    "Not reachable: it stays at {value} wherever the levers stand within their bounds."
                )
            }
            Verdict::Blind => text!("目標の値を計算できないので、答えがありません。", "No answer: the goal cannot be evaluated."),
        }
    }

    /// `collection_rate.effort を毎年度 2ポイント/年（+1.5）にする`; where its values differ from year to year,
    /// `… を毎年度 +1.5ポイント/年 動かす`.
    fn moved(self, trial: &Trial) -> Text {
        self.set(trial).unwrap_or_else(|| self.shifted(trial))
    }

    fn set(self, trial: &Trial) -> Option<Text> {
        let each = |each: &Move| {
            let lever = self.seek.levers.get(each.lever)?;
            let mut values = each.values.values().map(|value| significant(*value));
            let value = values.next()?;
            let is_one = values.all(|other| other == value);
            let (name, amount, unit) = (&lever.address, signed(each.amount), &lever.unit);
            is_one.then(|| text!("{name} を毎年度 {value}{unit}（{amount}）", "{name} to {value} {unit} ({amount})"))
        };
        let all: Vec<Text> = trial.moves.iter().map(each).collect::<Option<_>>()?;
        let part = |pick: &dyn Fn(&Text) -> String, language| join(&all.iter().map(pick).collect::<Vec<_>>(), language);
        let (ja, en) = (part(&|t| t.ja.clone(), Language::Japanese), part(&|t| t.en.trim_end().to_owned(), Language::English));
        Some(text!("{ja}にする", "setting {en} in every projected year"))
    }

    fn shifted(self, trial: &Trial) -> Text {
        let each = |each: &Move| {
            let Some(lever) = self.seek.levers.get(each.lever) else { return Text::same("") };
            let (name, amount, unit) = (&lever.address, signed(each.amount), &lever.unit);
            text!("{name} を毎年度 {amount}{unit}", "{name} by {amount} {unit}")
        };
        let all: Vec<Text> = trial.moves.iter().map(each).collect();
        let part = |pick: &dyn Fn(&Text) -> String, language| join(&all.iter().map(pick).collect::<Vec<_>>(), language);
        let (ja, en) = (part(&|t| t.ja.clone(), Language::Japanese), part(&|t| t.en.trim_end().to_owned(), Language::English));
        text!("{ja} 動かす", "moving {en} in every projected year")
    }

    /// Both sides of a jump.
    fn jump(self, trial: &Trial) -> Text {
        let Some(before) = &trial.before_jump else { return Text::same("") };
        let amounts: Vec<String> = before.amounts.iter().map(|amount| precise(*amount)).collect();
        let (ja, en, value) = (amounts.join("、"), amounts.join(", "), self.value(before.value));
        text!(
            "ここで値が跳びます。その手前（{ja}）では {value} で、届きません。",
            " The value jumps there: just before ({en}) it is {value}, which misses."
        )
    }

    fn trials(self) -> Option<Block> {
        let years: Vec<Year> = self.seek.levers.first()?.values.keys().copied().collect();
        let tell = |ja: &str, en: &str| say(&Text { ja: ja.to_owned(), en: en.to_owned() }, self.language);
        let mut columns =
            vec![Column::numbers(tell("案", "Try")), Column::words(tell("動かす前提", "Lever")), Column::words(tell("単位", "Unit"))];
        columns.push(Column::numbers(tell("変化", "Change")));
        columns.extend(years.iter().map(|each| Column::numbers(year(self.projection, *each)).under(tell("動かした値", "Values then"))));
        columns.push(Column::words(tell("動かせる範囲", "Bounds")));
        columns.push(Column::numbers(tell("範囲に対する変化", "Change/width")));
        columns.push(Column::numbers(if self.seek.chance.is_some() {
            tell("届く割合", "Share reached")
        } else {
            self.seek.address.clone()
        }));
        columns.push(Column::words(tell("判定", "Verdict")));
        let rows = self.seek.trials.iter().enumerate();
        let rows: Vec<Vec<Cell>> = rows.flat_map(|(at, trial)| trial.moves.iter().map(move |each| self.row(at, trial, each))).collect();
        (!rows.is_empty()).then_some(Block::Table(Table { columns, rows }))
    }

    fn row(self, at: usize, trial: &Trial, each: &Move) -> Vec<Cell> {
        let Some(lever) = self.seek.levers.get(each.lever) else { return Vec::new() };
        let mut row = vec![Cell::number(Some(at as f64 + 1.0), (at + 1).to_string()), Cell::words(named(lever)), Cell::words(&lever.unit)];
        row.push(Cell { unit: lever.unit.clone(), ..Cell::number(Some(each.amount), signed(each.amount)) });
        row.extend(each.values.values().map(|value| Cell { unit: lever.unit.clone(), ..Cell::number(Some(*value), significant(*value)) }));
        row.push(Cell::words(format!("[{}, {}]", lever.bounds.0, lever.bounds.1)));
        row.push(Cell::number(Some(trial.size), percent(Some(trial.size), None)));
        row.push(Cell { unit: self.seek.unit.clone(), ..Cell::number(trial.value, self.bare(trial.value)) });
        row.push(Cell { tone: tone(trial.verdict), ..Cell::words(say(&verdict(trial.verdict), self.language)) });
        row
    }

    /// The lines to copy, and whether projecting with them gives what is said.
    fn lines(self) -> Vec<Block> {
        let Some(best) = self.seek.best().filter(|trial| trial.size > 0.0) else { return Vec::new() };
        let mut blocks = vec![Block::Paragraph(say(
            &text!("シナリオのファイルに書くなら（案1）:", "As lines of a scenario file (try 1):"),
            self.language,
        ))];
        match &best.typed {
            Some(typed) => {
                blocks.push(Block::Code(typed.lines.clone()));
                let result = self.value(typed.result);
                let rounded = text!(
                    "届く側へ丸めた値です。この値で計算し直して、{result}になることを確かめました。",
                    "Rounded to the side that reaches; projecting with this value was checked to give {result}."
                );
                blocks.push(Block::Note(say(&rounded, self.language)));
            }
            None => {
                blocks.push(Block::Code(best.lines.clone()));
                blocks.push(Block::Note(say(&confirmed(best.confirmed), self.language)));
            }
        }
        let method = text!(
            "変化は、範囲の幅に対する割合の合計が小さいほど小さいとみています。範囲を細かく区切って調べるため、区切りの間にある答えを見落とすことがあります。",
            "A change is the smaller, the smaller its sum of shares of the bounds' widths. The bounds are searched on a grid; a peak narrower than its gaps may be missed."
        );
        blocks.push(Block::Note(say(&method, self.language)));
        blocks
    }

    /// The quantity with its unit, or a share of draws with its sampling error.
    fn value(self, value: Option<f64>) -> String {
        match (self.seek.chance, value) {
            (Some(_), Some(share)) => {
                let error = self.seek.sampling_error(share).map(|error| error * 100.0);
                let (share, error) = (self.bare(Some(share)), number(error, 1));
                say(&text!("{share}（標本誤差 {error}ポイント）", "{share} (sampling error {error} points)"), self.language)
            }
            _ => self.quantity(value),
        }
    }

    fn quantity(self, value: Option<f64>) -> String {
        let text = self.number(value);
        if value.is_some() { format!("{text}{}", self.seek.unit) } else { text }
    }

    fn bare(self, value: Option<f64>) -> String {
        match self.seek.chance {
            Some(chance) => percent(value, Some(chance.share)),
            None => self.number(value),
        }
    }

    /// A number of the goal's quantity; a miss also shows as one.
    pub(crate) fn number(self, value: Option<f64>) -> String {
        let Some(value) = value else { return ABSENT.to_owned() };
        let (Some(sheet), Quantity::Outcome(_)) = (self.sheet(), self.seek.goal.quantity) else { return significant(value) };
        let target = sheet.years.get(&self.seek.goal.year).and_then(|cell| cell.target);
        let (bar, direction) = match self.seek.goal.wish {
            Wish::AtMost(bar) => (Some(bar), -1.0),
            Wish::AtLeast(bar) => (Some(bar), 1.0),
            Wish::Target => (target, sheet.better.direction()),
        };
        let decimals = usize::from(sheet.decimals);
        let bar = bar.filter(|bar| !at_least(direction * value, direction * bar));
        let decimals = bar.map_or(decimals, |bar| decimals_below(value, bar, direction, decimals));
        let label = sheet.labels.iter().find(|(known, _)| *known == value).map(|(_, words)| words.clone());
        label.unwrap_or_else(|| number(Some(value), decimals))
    }
}

/// Whether the lines were projected once more.
pub(crate) fn confirmed(confirmed: bool) -> Text {
    match confirmed {
        true => text!(
            "この値で計算し直して、上の結果と一致することを確かめました。",
            "Projecting with these values was checked to give the result above."
        ),
        false => text!(
            "注意: この値で計算し直すと、上の結果と一致しません。",
            "Beware: projecting with these values does not give the result above."
        ),
    }
}

pub(crate) fn verdict(verdict: Verdict) -> Text {
    match verdict {
        Verdict::Reached => text!("届く", "reached"),
        Verdict::Best => text!("届かない（最善）", "not reached (best)"),
        Verdict::Idle => text!("変わらない", "no effect"),
        Verdict::Blind => text!("計算できない", "cannot be evaluated"),
    }
}

pub(crate) fn tone(verdict: Verdict) -> Tone {
    match verdict {
        Verdict::Reached => Tone::Good,
        Verdict::Best | Verdict::Idle => Tone::Fair,
        Verdict::Blind => Tone::Bad,
    }
}

/// The address, with the label if the sheet gives one.
pub(crate) fn named(lever: &Lever) -> String {
    if lever.label.is_empty() { lever.address.clone() } else { format!("{} {}", lever.address, lever.label) }
}

/// A number with its sign and six significant digits.
pub(crate) fn signed(amount: f64) -> String {
    with_sign(amount, DIGITS)
}

/// The same with as many digits as the two sides of a jump need to differ.
fn precise(amount: f64) -> String {
    with_sign(amount, 2 * DIGITS)
}

fn with_sign(amount: f64, digits: usize) -> String {
    let text = to_digits(amount, digits);
    if amount > 0.0 { format!("+{text}") } else { text }
}

/// A number with six significant digits, without trailing zeros.
pub(crate) fn significant(value: f64) -> String {
    to_digits(value, DIGITS)
}

fn to_digits(value: f64, digits: usize) -> String {
    let mut places = digits - 1;
    let mut size = value.abs();
    while size >= 10.0 && places > 0 {
        (size, places) = (size / 10.0, places - 1);
    }
    while size > 0.0 && size < 1.0 && places < 15 {
        (size, places) = (size * 10.0, places + 1);
    }
    let Some(text) = round(value, places) else { return ABSENT.to_owned() };
    let text = if text.contains('.') { text.trim_end_matches('0').trim_end_matches('.') } else { &text };
    separate(text)
}
