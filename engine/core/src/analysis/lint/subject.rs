//! One indicator as the lints look at it: its targets and what is known, as points in time.
//!
//! Numbers are in the indicator's unit; `gain` is positive where it is for the better. Texts of targets ("実施")
//! are no points. Equal means equal within the relative tolerance of grading.

use std::collections::BTreeMap;

use crate::diagnostic::{Code, Diagnostic, Span, Text};
use crate::graph::Graph;
use crate::pack::{Kind, Pack, Sheet};
use crate::projection::Better;
use crate::schedule::grade::at_least;
use crate::text;
use crate::year::Year;

/// An indicator, with the pack around it.
pub(super) struct Subject<'a> {
    /// The pack.
    pub(super) pack: &'a Pack,
    /// What reads what.
    pub(super) graph: &'a Graph,
    /// Its place among the sheets.
    pub(super) number: usize,
    /// Its sheet.
    pub(super) sheet: &'a Sheet,
}

/// A number of a year, and where it is written.
#[derive(Clone, Copy)]
pub(super) struct Point {
    pub(super) year: Year,
    pub(super) value: f64,
    pub(super) span: Span,
}

impl<'a> Subject<'a> {
    /// `No.6`, as people call it.
    pub(super) fn name(&self) -> String {
        format!("No.{}", self.sheet.no.value)
    }

    /// A finding about it.
    pub(super) fn finding(&self, code: Code, span: Span, message: Text, question: Text) -> Diagnostic {
        Diagnostic::at(code, span, message).hint(question)
    }

    /// True for what is done or not: it has no path.
    pub(super) fn is_milestone(&self) -> bool {
        self.sheet.kind == Kind::Milestone
    }

    /// True for a ceiling, which is kept and not worked towards.
    pub(super) fn is_ceiling(&self) -> bool {
        self.sheet.better == Better::Within
    }

    /// How much better `to` is than `from`.
    pub(super) fn gain(&self, from: f64, to: f64) -> f64 {
        self.sheet.better.direction() * (to - from)
    }

    /// Strictly better.
    pub(super) fn is_better(&self, value: f64, than: f64) -> bool {
        self.gain(than, value) > 0.0 && !equal(value, than)
    }

    /// True for a year that the plan can still change.
    pub(super) fn is_open(&self, year: Year) -> bool {
        year > self.pack.plan.actuals_until
    }

    /// The targets in numbers, year by year.
    pub(super) fn targets(&self) -> Vec<Point> {
        points(&self.sheet.targets).collect()
    }

    /// The goal in numbers: the sheet's own, or the last target.
    pub(super) fn goal(&self) -> Option<Point> {
        let own = self.sheet.goal.as_ref().and_then(|goal| Some((goal.value?, goal.span)));
        own.map(|(value, span)| Point { year: self.pack.plan.last, value, span }).or_else(|| self.targets().pop())
    }

    /// The baseline, where it is the same quantity: a sheet whose progress counts from another number says that it is not.
    pub(super) fn base(&self) -> Option<Point> {
        let baseline = self.sheet.baseline.as_ref()?;
        let same = self.sheet.progress_base.is_none_or(|base| base == baseline.value);
        same.then_some(Point { year: baseline.year, value: baseline.value, span: baseline.span })
    }

    /// What is known: actuals, and the baseline in its year.
    pub(super) fn known(&self) -> BTreeMap<Year, Point> {
        let base = self.base().into_iter();
        base.chain(points(&self.sheet.actuals)).map(|point| (point.year, point)).collect()
    }

    /// The latest actual.
    pub(super) fn latest(&self) -> Option<Point> {
        points(&self.sheet.actuals).last()
    }

    /// A year as the plan writes it.
    pub(super) fn year(&self, year: Year) -> String {
        self.pack.plan.write(year)
    }

    /// The place of a year's target, or of all of them.
    pub(super) fn place_of_targets(&self) -> Span {
        self.sheet.places.targets
    }
}

fn points(entries: &BTreeMap<Year, crate::pack::Entry>) -> impl Iterator<Item = Point> + '_ {
    entries.iter().filter_map(|(year, entry)| Some(Point { year: *year, value: entry.value?, span: entry.span }))
}

/// Equal within the tolerance of grading.
pub(super) fn equal(a: f64, b: f64) -> bool {
    at_least(a, b) && at_least(b, a)
}

/// Pairs of neighbours that lie a year apart.
pub(super) fn yearly(points: &[Point]) -> impl Iterator<Item = (Point, Point)> + '_ {
    let pairs = points.iter().zip(points.iter().skip(1)).map(|(from, to)| (*from, *to));
    pairs.filter(|(from, to)| to.year.since(from.year) == 1)
}

/// The remark on a place with which another one is compared.
pub(super) fn before() -> Text {
    text!("前年度の目標", "the year before")
}
