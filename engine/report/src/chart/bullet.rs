//! Achievements, each a bar on the bands of the grades.

use crate::document::Tone;

/// Achievements of several indicators.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Bullet {
    /// The indicators from top to bottom.
    pub rows: Vec<BulletRow>,
    /// The plan's grades, best first.
    pub grades: Vec<Grade>,
    /// What the sign for [`BulletRow::other`] is called: `当初の目標に対して`; empty if no row has one.
    pub other: String,
    /// What stands in place of an achievement that is absent: `評価不能`.
    pub absent: String,
}

/// One indicator.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct BulletRow {
    /// `No.6 未収債権額`.
    pub label: String,
    /// A ratio; 1 is the target.
    pub achievement: Option<f64>,
    /// A second ratio to compare with: the original target's, last year's.
    pub other: Option<f64>,
    /// Its text as the report's tables print it: `43.9%`; never rounded to a better grade.
    pub text: String,
    /// The grade's mark: `◎`.
    pub mark: String,
    /// How good the grade is.
    pub tone: Tone,
}

/// A band of achievements.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Grade {
    /// The ratio from which it counts; absent for the lowest.
    pub from: Option<f64>,
    /// Mark and word: `○ おおむね達成`.
    pub name: String,
}
