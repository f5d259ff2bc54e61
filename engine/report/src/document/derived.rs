//! How a number follows from others of its row, so that a reader of a spreadsheet can follow it.
//!
//! A format that knows formulas may write one; the number stays what the engine computed. Whoever prints
//! a formula asks [`Derived::value`] first and prints the plain number where the two differ: a rule of
//! the pack may mean something else by the same name.

use mitoshi_core::pack::Sheet;
use mitoshi_core::projection::Better;

use super::Cell;

/// The library function whose formula is known here; `rules/lib/achieve.rhai`.
const PROGRESS: &str = "progress_from";
/// How far, relatively, a formula may lie from the number: the rounding of the last digits.
const CLOSE: f64 = 1e-12;

/// How a number follows from other cells of its row; these are named by their column.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Derived {
    /// One divided by the other.
    Ratio {
        /// The column of the number above the line.
        over: usize,
        /// The column of the number below it.
        under: usize,
    },
    /// How much of the way from `origin` to the target is gone.
    Progress {
        /// The column of the outcome.
        value: usize,
        /// The column of the target.
        target: usize,
        /// Where the way begins.
        origin: f64,
    },
}

impl Derived {
    /// An achievement by the sheet's `achieve`, from the columns of outcome and target and the target's number;
    /// absent where that function is not a ready-made one.
    pub fn achievement(sheet: &Sheet, value: usize, target: (usize, Option<f64>)) -> Option<Self> {
        let (column, target) = (target.0, target.1?);
        if sheet.achieve.as_ref()?.value != PROGRESS {
            return None;
        }
        let ahead = sheet.better.direction() * (target - sheet.origin) > 0.0;
        let progress = Self::Progress { value, target: column, origin: sheet.origin };
        Some(if ahead { progress } else { Self::plain_ratio(sheet.better, value, column) })
    }

    /// The plain ratio to the target: outcome over target, or the other way round where less is better.
    pub fn plain_ratio(better: Better, value: usize, target: usize) -> Self {
        match better {
            Better::Higher => Self::Ratio { over: value, under: target },
            Better::Lower | Better::Within => Self::Ratio { over: target, under: value },
        }
    }

    /// The columns it reads.
    pub fn columns(self) -> [usize; 2] {
        match self {
            Self::Ratio { over, under } => [over, under],
            Self::Progress { value, target, .. } => [value, target],
        }
    }

    /// What it gives for a row; absent where a number is missing or the division has no result.
    pub fn value(self, row: &[Cell]) -> Option<f64> {
        let number = |column: usize| row.get(column)?.number;
        let [first, second] = self.columns();
        let (over, under) = match self {
            Self::Ratio { .. } => (number(first)?, number(second)?),
            Self::Progress { origin, .. } => (number(first)? - origin, number(second)? - origin),
        };
        Some(over / under).filter(|value| value.is_finite())
    }

    /// Whether it gives `number` for a row, but for the last digits.
    pub fn gives(self, number: f64, row: &[Cell]) -> bool {
        self.value(row).is_some_and(|value| (value - number).abs() <= CLOSE * number.abs().max(1.0))
    }
}
