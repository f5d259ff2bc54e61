//! One at a time: each assumption to the lower and to the upper end of its range.
//!
//! All projected years together, everything else as the scenario has it. The first point is the
//! scenario itself, then two for each assumption.

use super::factor::{Factor, Way, of_column, varied};
use super::{Effects, Seen, largest_first, number};
use crate::analysis::study::{Asked, Study};
use crate::analysis::{Lane, Parts};
use crate::columns::Column;
use crate::columns::draws::Fill;
use crate::diagnostic::Diagnostic;

/// What one assumption makes of a result.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Swing {
    /// The assumption.
    pub factor: usize,
    /// The result at the lower end of its range.
    pub low: Lane,
    /// The result at the upper end.
    pub high: Lane,
}

impl Swing {
    /// The distance between the results at both ends; absent where one is missing.
    pub fn width(&self) -> Option<f64> {
        Some((number(self.high)? - number(self.low)?).abs())
    }
}

/// The values of the columns: as the scenario has them, but for one factor.
struct Ends {
    /// For each column its factor, its value in the scenario and the ends of the factor's range.
    columns: Vec<(usize, f64, [f64; 2])>,
}

impl Fill for Ends {
    fn fill(&self, first: u64, count: usize, put: &mut dyn FnMut(usize, &[f64])) {
        let mut values = vec![0.0; count];
        for (at, (factor, value, [low, high])) in self.columns.iter().enumerate() {
            let lower = 1 + 2 * *factor as u64;
            for (place, point) in values.iter_mut().zip(first..) {
                *place = if point == lower {
                    *low
                } else if point == lower + 1 {
                    *high
                } else {
                    *value
                };
            }
            put(at, &values);
        }
    }
}

pub(super) fn run(
    parts: Parts<'_>,
    factors: &[Factor],
    asked: &[Asked],
    threads: usize,
    seen: &mut Seen<'_>,
) -> (Vec<Effects>, Vec<Diagnostic>) {
    let column = |column: &Column| {
        let factor = of_column(factors, column.assumption, column.year);
        let value = parts.schedule.assumption(column.assumption, column.year).unwrap_or_default();
        let ends = match factors.get(factor).map(|factor| factor.way) {
            Some(Way::Range(low, high)) => [low, high],
            _ => [value; 2],
        };
        (factor, value, ends)
    };
    let fill = |columns: &[Column]| Box::new(Ends { columns: columns.iter().map(column).collect() }) as Box<dyn Fill>;
    let study = Study::new(parts, &varied(factors), asked, fill);
    let mut rows: Vec<Vec<Lane>> = Vec::new();
    study.each(1 + 2 * factors.len() as u64, threads, seen.watch, &mut |row| {
        seen.see(row);
        rows.push(row.to_vec());
    });
    let lane = |point: usize, result: usize| rows.get(point).and_then(|row| row.get(result)).copied().unwrap_or(Lane::Absent);
    let effects = (0..asked.len()).map(|result| {
        let swing = |factor: usize| Swing { factor, low: lane(1 + 2 * factor, result), high: lane(2 + 2 * factor, result) };
        let mut swings: Vec<Swing> = (0..factors.len()).map(swing).collect();
        largest_first(&mut swings, Swing::width);
        Effects::Tornado(lane(0, result), swings)
    });
    (effects.collect(), seen.failures(&study))
}
