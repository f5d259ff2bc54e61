//! Walks draws one by one and runs the same draws in columns: every output must have the same bits.
//!
//! In: a model, a request, the columns that are uncertain and a table of their values. Out: how many
//! cells were compared, or the first that differs, with the draw's inputs. Draws that the program
//! hands to the interpreter are equal by construction; [`Counts`] tells how many were not.

use mitoshi_core::analysis::ensemble::of_run;
use mitoshi_core::analysis::{Ensemble, Lane, Parts};
use mitoshi_core::columns::draws::Fill;
use mitoshi_core::columns::{Column, Isa, Wanted};
use mitoshi_core::rule::signature::Quantity;
use mitoshi_core::year::Year;
use mitoshi_core::{Model, Request};

/// Everything that a program can give.
pub const EVERYTHING: Wanted = Wanted { auxiliaries: true, originals: true, revisions: true };

/// Chooses the value of a column in a draw: from the draw's number, the column, its value in the sheet and a pool.
pub type Choose = fn(u64, &Column, f64, &[f64]) -> f64;

/// Values of the columns: one row for each draw, the same value for a column however it is reached.
struct Table {
    columns: Vec<(Column, f64)>,
    choose: Choose,
    pool: Vec<f64>,
}

impl Fill for Table {
    fn fill(&self, first: u64, count: usize, put: &mut dyn FnMut(usize, &[f64])) {
        for (k, (column, base)) in self.columns.iter().enumerate() {
            let values: Vec<f64> = (first..first + count as u64).map(|draw| (self.choose)(draw, column, *base, &self.pool)).collect();
            put(k, &values);
        }
    }
}

/// What was compared.
#[derive(Clone, Copy, Debug, Default)]
pub struct Counts {
    /// Outputs compared, in all draws and ways of running.
    pub cells: u64,
    /// Draws, once for each scenario.
    pub draws: u64,
    /// Of those, the draws that the program handed to the interpreter.
    pub walked: u64,
    /// Functions that are not lowered.
    pub residues: u64,
}

impl Counts {
    /// Adds others.
    pub fn add(&mut self, other: Self) {
        self.cells += other.cells;
        self.draws += other.draws;
        self.walked += other.walked;
        self.residues += other.residues;
    }
}

/// What fills the columns.
#[derive(Clone, Copy)]
pub enum Values<'a> {
    /// The spreads of the sheets, with this seed.
    Drawn(u64),
    /// Every assumption is uncertain; its values come from the pool.
    Pool(&'a [f64], Choose),
}

impl Values<'_> {
    /// An ensemble on these values.
    pub fn ensemble<'a>(self, parts: Parts<'a>) -> Ensemble<'a> {
        match self {
            Self::Drawn(seed) => Ensemble::drawn(parts, seed, EVERYTHING),
            Self::Pool(pool, choose) => {
                let until = parts.schedule.actuals_until;
                let uncertain = move |quantity: Quantity, year: Year| {
                    year > until && matches!(quantity, Quantity::Assumption(..) | Quantity::Shared(_))
                };
                let base = |column: &Column| parts.schedule.assumption(column.assumption, column.year).unwrap_or(0.0);
                let table = |columns: &[Column]| {
                    let columns = columns.iter().map(|column| (*column, base(column))).collect();
                    Box::new(Table { columns, choose, pool: pool.to_vec() }) as Box<dyn Fill>
                };
                Ensemble::new(parts, &uncertain, EVERYTHING, table)
            }
        }
    }
}

/// Every instruction set of this machine with every block size.
pub fn every_way() -> Vec<(Isa, usize)> {
    let sets = Isa::ALL.into_iter().filter(|isa| isa.is_available());
    sets.flat_map(|isa| [1, 7, 64, 128].map(|lanes| (isa, lanes))).collect()
}

/// Compares draws 0 to `draws` of one scenario in each of the given ways.
pub fn compare(model: &Model, scenario: &str, values: Values<'_>, draws: u64, ways: &[(Isa, usize)]) -> Result<Counts, String> {
    let request = Request { scenario: scenario.to_owned(), ..Request::default() };
    let compared = model.with_parts(&request, |parts| with_parts(parts, values, draws, ways));
    compared.unwrap_or_else(|problems| Err(format!("{scenario}: {problems:?}")))
}

fn with_parts(parts: Parts<'_>, values: Values<'_>, draws: u64, ways: &[(Isa, usize)]) -> Result<Counts, String> {
    let ensemble = values.ensemble(parts);
    let outputs: Vec<_> = ensemble.program.outputs.iter().map(|(output, _)| *output).collect();
    let walked: Vec<Vec<Lane>> = (0..draws)
        .map(|draw| {
            let run = ensemble.walk_draw(draw);
            outputs.iter().map(|output| of_run(&run, *output)).collect()
        })
        .collect();
    let mut counts = Counts { draws, residues: ensemble.program.walked.len() as u64, ..Counts::default() };
    let mut found = None;
    for (isa, lanes) in ways {
        let ensemble = values.ensemble(parts).on(*isa, *lanes);
        let mut registers = ensemble.registers();
        let mut exceptional = 0;
        ensemble.run(0, draws, &mut registers, &mut |block| {
            exceptional += block.walked().count() as u64;
            for lane in 0..block.count {
                let draw = block.first + lane as u64;
                for (number, output) in outputs.iter().enumerate() {
                    let (column, walk) = (block.lane(number, lane), walked[draw as usize][number]);
                    counts.cells += 1;
                    if bits(column) != bits(walk) && found.is_none() {
                        let inputs = (0..ensemble.program.columns.len())
                            .map(|k| format!("{:?}={:?}", ensemble.program.columns[k], block.column(k, lane)));
                        found = Some(format!(
                            "{isa:?}, blocks of {lanes}, draw {draw}, {output:?}: columns {column:?}, walk {walk:?}\n{}",
                            inputs.collect::<Vec<_>>().join("\n")
                        ));
                    }
                }
            }
        });
        counts.walked = exceptional;
    }
    found.map_or(Ok(counts), Err)
}

/// A lane as something that is equal only if every bit is.
fn bits(lane: Lane) -> (u8, u64) {
    match lane {
        Lane::Number(number) => (0, number.to_bits()),
        Lane::Absent => (1, 0),
        Lane::Failed => (2, 0),
    }
}
