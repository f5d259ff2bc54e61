//! What the headings of tables say: the usual words in full or half width, the years in them, remarks in brackets.

use super::cell::folded;
use super::map::Part;
use crate::year::{Year, YearStyle};

/// Letters of a year as it stands in a heading: `令和元年度`, `fy2024`, at most.
const LONGEST_YEAR: usize = 8;

/// Letters of a heading at most; what is longer is a sentence.
const LONGEST: usize = 40;

/// Words that mean one part; the first word of all is the part's own.
const WORDS: [(Part, &[&str]); 16] = [
    (
        Part::No,
        &[
            "no",
            "no.",
            "番号",
            "取組番号",
            "取組no",
            "取組no.",
            "施策番号",
            "指標番号",
            "整理番号",
            "事業番号",
            "項番",
            "通番",
            "連番",
            "#",
            "number",
        ],
    ),
    (
        Part::Strategy,
        &[
            "戦略",
            "取組戦略",
            "基本戦略",
            "重点戦略",
            "戦略名",
            "基本目標",
            "基本方針",
            "政策",
            "柱",
            "strategy",
            "分野",
            "政策分野",
            "field",
        ],
    ),
    (Part::Category, &["分類", "カテゴリ", "カテゴリー", "種別", "category"]),
    (
        Part::Title,
        &[
            "取組項目",
            "取組",
            "取組名",
            "取組事項",
            "取組項目名",
            "実施項目",
            "具体的取組",
            "具体的な取組",
            "施策",
            "施策名",
            "事業",
            "事業名",
            "項目",
            "項目名",
            "measure",
            "initiative",
        ],
    ),
    (
        Part::Indicator,
        &[
            "指標",
            "指標名",
            "指標等",
            "成果指標",
            "評価指標",
            "数値指標",
            "目標指標",
            "管理指標",
            "成果指標名",
            "kpi",
            "重要業績評価指標",
            "indicator",
        ],
    ),
    (Part::Unit, &["単位", "unit"]),
    (
        Part::Department,
        &[
            "所管課",
            "担当課",
            "所管",
            "担当",
            "所管課名",
            "担当課名",
            "担当部署",
            "所管部署",
            "主管課",
            "部署",
            "課名",
            "所属",
            "部署名",
            "department",
        ],
    ),
    (Part::Baseline, &["基準値", "現状値", "基準", "現状", "基準値等", "当初値", "初期値", "策定時", "計画策定時", "baseline"]),
    (Part::BaselineYear, &["基準年度", "基準年", "現状年度", "baselineyear"]),
    (Part::Goal, &["最終目標", "最終目標値", "到達目標", "到達目標値", "目標値等", "goal", "finaltarget"]),
    (Part::Year, &["年度", "年", "対象年度", "実施年度", "会計年度", "year", "fiscalyear"]),
    (Part::Kind, &["区分", "目標・実績", "目標/実績", "目標実績", "目標・実績の別", "kind"]),
    (Part::Target, &["目標", "目標値", "目標数値", "年度目標", "計画", "計画値", "target", "plan"]),
    (Part::Actual, &["実績", "実績値", "実績数値", "結果", "actual", "result"]),
    (Part::Process, &["工程", "スケジュール", "実施工程", "schedule"]),
    (Part::Value, &["値", "数値", "value"]),
];

/// Headings of columns that a pack has no place for.
const PASSED: [&str; 22] = [
    "備考",
    "達成率",
    "進捗率",
    "達成度",
    "評価",
    "達成状況",
    "進捗状況",
    "取組内容",
    "取組状況",
    "内容",
    "概要",
    "説明",
    "算出方法",
    "算定方法",
    "出典",
    "課題",
    "今後の方針",
    "増減",
    "前年比",
    "notes",
    "remarks",
    "rate",
];

/// A heading cell, understood.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Heading {
    /// What it means.
    pub(super) part: Option<Part>,
    /// Years in it, each once.
    pub(super) years: Vec<(Year, YearStyle)>,
    /// What stands in brackets and is no year.
    pub(super) remark: String,
    /// A column that a pack has no place for.
    pub(super) is_passed: bool,
    /// Words that are not understood.
    pub(super) strange: String,
}

impl Heading {
    /// True if anything of it is understood.
    pub(super) fn is_known(&self) -> bool {
        self.part.is_some() || !self.years.is_empty() || self.is_passed
    }
}

/// Reads a heading cell.
pub(super) fn heading(text: &str) -> Heading {
    if text.chars().count() > LONGEST {
        return Heading { strange: text.to_owned(), ..Heading::default() };
    }
    let (rest, years) = without_years(&folded(text));
    let (word, remark) = without_remark(&rest);
    let word = word.trim_matches(|c: char| "・:-_/、,の".contains(c));
    let part = part(word);
    let is_passed = part.is_none() && PASSED.contains(&word);
    let strange = if part.is_none() && !is_passed { word.to_owned() } else { String::new() };
    Heading { part, years, remark, is_passed, strange }
}

/// What a folded word means.
fn part(word: &str) -> Option<Part> {
    let exact = WORDS.iter().find(|(_, words)| words.contains(&word)).map(|(part, _)| *part);
    let ending = |endings: &[&str]| endings.iter().any(|ending| word.ends_with(ending));
    exact.or_else(|| match word {
        _ if word.is_empty() => None,
        _ if ending(&["指標", "指標名"]) || word.contains("kpi") => Some(Part::Indicator),
        _ if word.starts_with("最終目標") => Some(Part::Goal),
        _ if ending(&["実績", "実績値"]) => Some(Part::Actual),
        _ if ending(&["目標", "目標値"]) => Some(Part::Target),
        _ if word.starts_with("基準値") || word.starts_with("現状値") => Some(Part::Baseline),
        _ => None,
    })
}

/// What a cell of a column 区分 means: a target, an actual, a step of the process.
pub(super) fn kind(words: &str) -> Option<Part> {
    let heading = heading(words);
    heading.part.filter(|part| matches!(part, Part::Target | Part::Actual | Part::Process) && heading.years.is_empty())
}

/// 目標 or 実績 within a name or a line; absent if it has both or neither.
pub(super) fn told_in(words: &str) -> Option<Part> {
    let words = folded(words);
    let has = |known: &[&str]| known.iter().any(|word| words.contains(word));
    match (has(&["目標", "target"]), has(&["実績", "actual"])) {
        (true, false) => Some(Part::Target),
        (false, true) => Some(Part::Actual),
        _ => None,
    }
}

/// The text without the years in it, and those years.
fn without_years(folded: &str) -> (String, Vec<(Year, YearStyle)>) {
    let letters: Vec<char> = folded.chars().collect();
    let (mut rest, mut years, mut at) = (String::new(), Vec::<(Year, YearStyle)>::new(), 0);
    while at < letters.len() {
        match year_at(&letters, at) {
            Some((year, style, length)) => {
                if !years.iter().any(|(known, _)| *known == year) {
                    years.push((year, style));
                }
                at += length;
            }
            None => {
                rest.extend(letters.get(at));
                at += 1;
            }
        }
    }
    for tail in ["末時点", "時点", "末", "年度", "年"] {
        if !years.is_empty() && rest != tail {
            rest = rest.strip_suffix(tail).unwrap_or(&rest).to_owned();
        } else if !years.is_empty() {
            rest.clear();
        }
    }
    (rest, years)
}

/// The longest year that begins at a letter, and its length. Figures and Latin letters do not go on into it.
fn year_at(letters: &[char], at: usize) -> Option<(Year, YearStyle, usize)> {
    let first = *letters.get(at)?;
    let before = at.checked_sub(1).and_then(|at| letters.get(at));
    if before.is_some_and(|before| before.is_ascii_alphanumeric() && first.is_ascii_alphanumeric()) {
        return None;
    }
    (2..=LONGEST_YEAR).rev().find_map(|length| {
        let written: String = letters.get(at..at + length)?.iter().collect();
        let (year, style) = Year::parse_with_style(&written)?;
        let ends_in_figure = written.ends_with(|c: char| c.is_ascii_digit());
        let goes_on = letters.get(at + length).is_some_and(|next| ends_in_figure && next.is_ascii_digit());
        (!goes_on).then_some((year, style, length))
    })
}

/// The text before brackets, and what they hold.
fn without_remark(text: &str) -> (String, String) {
    let (mut word, mut remark, mut depth) = (String::new(), String::new(), 0_u32);
    for c in text.chars() {
        match c {
            '(' | '[' | '【' | '<' => depth += 1,
            ')' | ']' | '】' | '>' => depth = depth.saturating_sub(1),
            c if depth > 0 => remark.push(c),
            c => word.push(c),
        }
    }
    (word, remark)
}
