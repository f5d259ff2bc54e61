//! The columns of a measure's table, from its headings: 取組内容, 指標等, 基準値等, the years, 目標値等, in any order.

use super::line::{Line, folded};
use crate::year::{Year, YearStyle};

/// What a column holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Role {
    /// Sentences, which are not taken over.
    Narrative,
    Indicator,
    Unit,
    Baseline,
    Goal,
    Department,
    Year(Year),
    /// 目標 or 実績, for the row.
    Series,
    Other,
}

/// A kind of row.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Series {
    Process,
    Target,
    Actual,
}

/// The columns of a table.
#[derive(Clone, Debug, Default)]
pub(super) struct Columns {
    roles: Vec<Role>,
    /// The year in the heading of the baseline: 基準値（R3）.
    pub(super) baseline_year: Option<Year>,
    pub(super) style: YearStyle,
}

/// Headings, as they begin or end without spaces and in compatible forms. The first that fits counts.
const HEADINGS: [(&str, Role); 17] = [
    ("取組内容", Role::Narrative),
    ("内容", Role::Narrative),
    ("概要", Role::Narrative),
    ("説明", Role::Narrative),
    ("指標", Role::Indicator),
    ("単位", Role::Unit),
    ("基準", Role::Baseline),
    ("現状", Role::Baseline),
    ("現況", Role::Baseline),
    ("目標値", Role::Goal),
    ("最終目標", Role::Goal),
    ("到達目標", Role::Goal),
    ("数値目標", Role::Goal),
    ("所管", Role::Department),
    ("担当", Role::Department),
    ("主管", Role::Department),
    ("区分", Role::Series),
];

/// The series that a label names.
pub(super) fn series(label: &str) -> Option<Series> {
    match folded(label).as_str() {
        "目標" | "目標値" | "計画値" | "年度目標" | "目標数値" => Some(Series::Target),
        "実績" | "実績値" | "達成値" | "年度実績" => Some(Series::Actual),
        "工程" | "取組工程" | "スケジュール" | "年度計画" | "取組" => Some(Series::Process),
        _ => None,
    }
}

impl Columns {
    /// The columns that a line of headings describes; absent if it is none.
    pub(super) fn of_headings(line: &Line<'_>) -> Option<Self> {
        let roles: Vec<Role> = line.cells.iter().map(|cell| role(cell)).collect();
        let known = roles.iter().filter(|role| **role != Role::Other).count();
        if !roles.contains(&Role::Indicator) || known < 2 || line.cells.len() < 2 {
            return None;
        }
        let baseline = line.cells.iter().zip(&roles).find(|(_, role)| **role == Role::Baseline).map(|(cell, _)| folded(cell));
        let baseline_year = baseline.and_then(|words| Year::parse(words.split_once('(')?.1.trim_end_matches(')')));
        Some(Self { roles, baseline_year, style: style(line).unwrap_or_default() })
    }

    /// Takes the years of a line that names at least two of them and nothing else.
    pub(super) fn take_years(&mut self, line: &Line<'_>) -> bool {
        let found: Vec<(usize, Year)> = line.cells.iter().enumerate().filter_map(|(at, cell)| Some((at, Year::parse(cell)?))).collect();
        let others = line.cells.iter().filter(|cell| !cell.is_empty() && Year::parse(cell).is_none() && role(cell) == Role::Other).count();
        if found.len() < 2 || others > 0 {
            return false;
        }
        self.roles.iter_mut().filter(|role| matches!(role, Role::Year(_))).for_each(|role| *role = Role::Other);
        for (at, year) in found {
            if self.roles.len() <= at {
                self.roles.resize(at + 1, Role::Other);
            }
            self.roles[at] = Role::Year(year);
        }
        self.style = style(line).unwrap_or(self.style);
        true
    }

    /// What the column at `at` holds.
    pub(super) fn role(&self, at: usize) -> &Role {
        self.roles.get(at).unwrap_or(&Role::Other)
    }

    /// The year of the column at `at`.
    pub(super) fn year(&self, at: usize) -> Option<Year> {
        match self.role(at) {
            Role::Year(year) => Some(*year),
            _ => None,
        }
    }

    /// The first and last column of a year.
    pub(super) fn span(&self) -> Option<(usize, usize)> {
        let mut years = (0..self.roles.len()).filter(|at| self.year(*at).is_some());
        let first = years.next()?;
        Some((first, years.next_back().unwrap_or(first)))
    }
}

fn role(cell: &str) -> Role {
    if let Some(year) = Year::parse(cell) {
        return Role::Year(year);
    }
    let words = folded(cell);
    if series(cell).is_some() && words != "目標値" {
        return Role::Other;
    }
    HEADINGS.iter().find(|(head, _)| words.starts_with(head) || words.ends_with(head)).map_or(Role::Other, |(_, role)| role.clone())
}

fn style(line: &Line<'_>) -> Option<YearStyle> {
    line.cells.iter().find_map(|cell| Year::parse_with_style(cell)).map(|(_, style)| style)
}
