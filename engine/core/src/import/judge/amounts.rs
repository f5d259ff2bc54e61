//! The numbers of an indicator: the unit they share, and each cell read against it (`core/amount`).

use std::collections::BTreeMap;

use crate::amount::{Amount, Reading, Scale, Word, unit_beside};
use crate::diagnostic::Text;
use crate::import::draft::{DraftIndicator, Said};
use crate::text;
use crate::year::Year;

/// A cell and how it is read.
#[derive(Clone, Debug)]
pub(super) struct Cell {
    pub(super) said: Said,
    /// The year it stands under; of a baseline that in its words.
    pub(super) year: Option<Year>,
    /// As the sheet will hold it; empty where there is no number.
    pub(super) value: String,
    pub(super) number: Option<f64>,
    /// 累計, 以内, 削減 and the like.
    pub(super) words: Vec<Word>,
    /// True for a state in words: 実施.
    pub(super) is_state: bool,
    /// True if the cell says that there is nothing.
    pub(super) is_absent: bool,
    pub(super) doubts: Vec<Text>,
}

/// Cells by year.
pub(super) type Cells = BTreeMap<Year, Cell>;

/// All cells of an indicator.
#[derive(Clone, Debug, Default)]
pub(super) struct Read {
    pub(super) unit: String,
    /// The words that the unit was taken from, where it has a place of its own.
    pub(super) unit_text: String,
    pub(super) unit_doubts: Vec<Text>,
    pub(super) baseline: Option<Cell>,
    pub(super) targets: Cells,
    pub(super) actuals: Cells,
    pub(super) goal: Option<Cell>,
}

impl Read {
    /// Every cell.
    pub(super) fn cells(&self) -> impl Iterator<Item = &Cell> {
        self.baseline.iter().chain(self.targets.values()).chain(self.actuals.values()).chain(&self.goal)
    }

    /// The most decimals of any number.
    pub(super) fn decimals(&self) -> usize {
        let decimals = |cell: &Cell| cell.value.split_once('.').map_or(0, |(_, part)| part.len());
        self.cells().map(decimals).max().unwrap_or_default().min(9)
    }

    /// True if a word stands in any target, actual or goal.
    pub(super) fn says(&self, word: Word) -> bool {
        self.targets.values().chain(self.actuals.values()).chain(&self.goal).any(|cell| cell.words.contains(&word))
    }

    /// True if nothing but the baseline has a number.
    pub(super) fn is_without_numbers(&self) -> bool {
        self.targets.values().chain(self.actuals.values()).chain(&self.goal).all(|cell| cell.number.is_none())
    }
}

/// Reads all cells.
pub(super) fn read(indicator: &DraftIndicator) -> Read {
    let (unit, unit_text, unit_doubts) = unit(indicator);
    let scale = Scale { unit: unit.clone(), labels: Vec::new() };
    let cells = |row: &BTreeMap<Year, Said>| row.iter().map(|(year, said)| (*year, cell(said, Some(*year), &scale))).collect();
    let mut read = Read {
        baseline: indicator.baseline.as_ref().map(|said| baseline(said, indicator.baseline_year, &scale)),
        targets: cells(&indicator.targets),
        actuals: cells(&indicator.actuals),
        goal: indicator.goal.as_ref().map(|said| cell(said, None, &scale)),
        unit,
        unit_text,
        unit_doubts,
    };
    states(&mut read);
    read
}

/// The unit that stands by itself, else the one most numbers are written with.
fn unit(indicator: &DraftIndicator) -> (String, String, Vec<Text>) {
    if let Some(said) = &indicator.unit {
        return (said.read().to_owned(), said.words.clone(), said.doubts.clone());
    }
    let cells = indicator.targets.values().chain(indicator.actuals.values()).chain(&indicator.goal);
    let mut found: Vec<(String, usize)> = Vec::new();
    let baseline = indicator.baseline.as_ref().map(|said| parts(&said.words).2.to_owned());
    for unit in cells.map(|said| said.read().to_owned()).chain(baseline).filter_map(|words| unit_beside(&words)) {
        match found.iter_mut().find(|(known, _)| *known == unit) {
            Some((_, count)) => *count += 1,
            None => found.push((unit, 1)),
        }
    }
    let most = found.iter().map(|(_, count)| *count).max().unwrap_or_default();
    let chosen = found.iter().find(|(_, count)| *count == most).map(|(unit, _)| unit.clone()).unwrap_or_default();
    let others: Vec<&str> = found.iter().map(|(unit, _)| unit.as_str()).filter(|unit| *unit != chosen).collect();
    let doubts = match others.is_empty() {
        true => Vec::new(),
        false => {
            let others = others.join("、");
            vec![text!("ほかに「{others}」も使われている。", "Other units are used too: {others}.")]
        }
    };
    (chosen, String::new(), doubts)
}

/// A baseline is written with its year, and sometimes with what it counts: `(R4) 印刷枚数 550万枚`.
fn baseline(said: &Said, year: Option<Year>, scale: &Scale) -> Cell {
    let (written, label, amount) = parts(said.read());
    let mut cell = cell(&Said { means: Some(amount.to_owned()), ..said.clone() }, written.or(year), scale);
    cell.said = said.clone();
    if !label.is_empty() && cell.number.is_some() {
        cell.doubts.push(text!(
            "「{label}」とあり、指標とは別の量かもしれない。",
            "It says “{label}”: the baseline may be another quantity than the indicator."
        ));
    }
    if cell.number.is_some() && cell.year.is_none() {
        cell.doubts.push(text!("基準値の年度が分からない。", "The year of the baseline is not known."));
    }
    cell
}

/// Year, label and amount of a baseline's words.
fn parts(words: &str) -> (Option<Year>, &str, &str) {
    let words = words.trim();
    let (year, rest) = match words.strip_prefix(['(', '（']).and_then(|inner| inner.split_once([')', '）'])) {
        Some((inside, rest)) if Year::parse(inside).is_some() => (Year::parse(inside), rest.trim()),
        _ => (None, words),
    };
    // A year may also stand behind: 26件（R3）.
    let behind = rest.strip_suffix([')', '）']).and_then(|open| open.rsplit_once(['(', '（']));
    let (year, rest) = match behind {
        Some((before, inside)) if year.is_none() && Year::parse(inside).is_some() => (Year::parse(inside), before.trim()),
        _ => (year, rest),
    };
    let known = Amount::read(rest, &Scale::default());
    let figures = rest.find(|c: char| c.is_numeric() && !"①②③④⑤⑥⑦⑧⑨".contains(c)).unwrap_or(0);
    let label = rest[..figures].trim_end_matches(['△', '▲', '-', '−', '+', ' ', '　', ':', '：']).trim();
    let is_word = ["累計", "延べ", "のべ", "約", "およそ", "概ね"].contains(&label);
    if label.is_empty() || is_word || known.is_absent() { (year, "", rest) } else { (year, label, &rest[figures..]) }
}

fn cell(said: &Said, year: Option<Year>, scale: &Scale) -> Cell {
    let amount = Amount::read(said.read(), scale);
    let mut cell = Cell {
        said: said.clone(),
        year,
        value: String::new(),
        number: None,
        words: Vec::new(),
        is_state: false,
        is_absent: amount.is_absent(),
        doubts: Vec::new(),
    };
    match amount.reading {
        Reading::Number(number) => {
            // 122万4千 is 122.4 万, not 122.4000.
            cell.value = if number.converted.is_some() { number.value.to_string() } else { number.digits.clone() };
            (cell.number, cell.words) = (Some(number.value), number.words);
            if cell.words.contains(&Word::About) {
                cell.doubts.push(text!("「約」とあり、正確な値ではない。", "It says “about”: the number is not exact."));
            }
        }
        Reading::Label(_) => cell.is_state = true,
        Reading::Absent => {}
        Reading::Doubtful(doubt) => cell.doubts.push(doubt.reason),
    }
    cell
}

/// States in words count as a milestone where nothing has a number; among numbers they are doubtful.
fn states(read: &mut Read) {
    let is_milestone = read.is_without_numbers();
    let cells = read.targets.values_mut().chain(read.actuals.values_mut());
    for cell in cells.filter(|cell| cell.is_state || (is_milestone && !cell.is_absent && cell.number.is_none())) {
        let words = cell.said.read().to_owned();
        match (is_milestone, state(&words)) {
            (true, Some(value)) => {
                cell.value = value.to_string();
                cell.doubts.clear();
            }
            (true, None) => {
                cell.doubts =
                    vec![text!("「{words}」は実施とも未実施とも読めない。", "“{words}” can be read neither as done nor as not done.")];
            }
            (false, _) => cell.doubts.push(text!(
                "数ではなく言葉「{words}」が入っている。目標や実績の数としては使わない。",
                "There is a word, “{words}”, and no number; it is kept as words only."
            )),
        }
    }
    if is_milestone && let Some(goal) = &mut read.goal {
        // R4実施: the goal of a milestone is words.
        goal.doubts.retain(|_| !goal.said.words.contains("実施"));
    }
}

/// 1 for done, 0 for not done.
fn state(words: &str) -> Option<u8> {
    let bare: String = words.chars().filter(|c| !c.is_whitespace()).collect();
    match bare.as_str() {
        "実施" | "継続" | "完了" | "実施済" | "実施済み" | "導入" | "○" | "達成" => Some(1),
        "未実施" | "検討" | "準備" | "未着手" | "×" | "未達成" => Some(0),
        _ => None,
    }
}
