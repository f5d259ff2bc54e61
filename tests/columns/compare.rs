//! Walks draws one by one and runs the same draws in columns: every output must have the same bits.
//!
//! In: a model, a request, the columns that are uncertain and a table of their values. Out: how many
//! cells were compared, or the first that differs, with the draw's inputs. What is walked knows nothing
//! of the program: every uncertain assumption is drawn for it in every year, read or not. Draws that the
//! program hands to the interpreter prove little; [`Counts`] tells how many they are.

use mitoshi_core::analysis::ensemble::of_run;
use mitoshi_core::analysis::{Ensemble, Lane, Parts};
use mitoshi_core::columns::draws::{Fill, Sampler, spread};
use mitoshi_core::columns::{Column, Isa, Output, Wanted};
use mitoshi_core::rule::signature::Quantity;
use mitoshi_core::walk::walk;
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

/// Draws that are walked before they are run: memory does not grow with the draws.
const CHUNK: u64 = 1_000;

fn with_parts(parts: Parts<'_>, values: Values<'_>, draws: u64, ways: &[(Isa, usize)]) -> Result<Counts, String> {
    let drawn = Drawn::new(parts, values);
    let ensembles: Vec<Ensemble<'_>> = ways.iter().map(|(isa, lanes)| values.ensemble(parts).on(*isa, *lanes)).collect();
    let mut registers: Vec<_> = ensembles.iter().map(Ensemble::registers).collect();
    let outputs: Vec<Output> = ensembles[0].program.outputs.iter().map(|(output, _)| *output).collect();
    let mut counts = Counts { draws, residues: ensembles[0].program.walked.len() as u64, ..Counts::default() };
    for first in (0..draws).step_by(CHUNK as usize) {
        let here = CHUNK.min(draws - first);
        let walked: Vec<Vec<Lane>> = (first..first + here).map(|draw| drawn.walk(draw, &outputs)).collect();
        for (n, (ensemble, registers)) in ensembles.iter().zip(&mut registers).enumerate() {
            let found = run(ensemble, registers, first, &walked, &outputs).map_err(|found| format!("{:?}, {found}", ways[n]))?;
            counts.cells += found.cells;
            counts.walked += if n == 0 { found.walked } else { 0 };
        }
    }
    Ok(counts)
}

/// Runs as many draws as were walked, and compares them.
fn run(
    ensemble: &Ensemble<'_>,
    registers: &mut mitoshi_core::columns::Registers,
    first: u64,
    walked: &[Vec<Lane>],
    outputs: &[Output],
) -> Result<Counts, String> {
    let (mut counts, mut found, mut next) = (Counts::default(), None, first);
    ensemble.run(first, walked.len() as u64, registers, &mut |block| {
        assert_eq!(block.first, next, "blocks follow each other");
        next += block.count as u64;
        counts.walked += block.walked().count() as u64;
        for lane in 0..block.count {
            let draw = block.first + lane as u64;
            for (number, output) in outputs.iter().enumerate() {
                let (column, walk) = (block.lane(number, lane), walked[(draw - first) as usize][number]);
                counts.cells += 1;
                if bits(column) != bits(walk) && found.is_none() {
                    let columns = ensemble.program.columns.iter().enumerate();
                    let inputs: Vec<String> = columns.map(|(k, column)| format!("{column:?}={:?}", block.column(k, lane))).collect();
                    found = Some(format!("draw {draw}, {output:?}: columns {column:?}, walk {walk:?}\n{}", inputs.join("\n")));
                }
            }
        }
    });
    assert_eq!(next, first + walked.len() as u64, "every draw is seen");
    found.map_or(Ok(counts), Err)
}

/// The draws for the interpreter.
struct Drawn<'a> {
    parts: Parts<'a>,
    columns: Vec<Column>,
    fill: Box<dyn Fill + 'a>,
}

impl<'a> Drawn<'a> {
    fn new(parts: Parts<'a>, values: Values<'a>) -> Self {
        let schedule = parts.schedule;
        let own = schedule.pack.sheets.values().enumerate();
        let own = own.flat_map(|(n, sheet)| (0..sheet.assumptions.len()).map(move |k| Quantity::Assumption(n, k)));
        let all: Vec<Quantity> = own.chain((0..schedule.pack.plan.assumptions.len()).map(Quantity::Shared)).collect();
        let years: Vec<Year> = schedule.pack.plan.years().filter(|year| *year > schedule.actuals_until).collect();
        let columns = all.iter().flat_map(|assumption| years.iter().map(|year| Column { assumption: *assumption, year: *year }));
        let mut columns: Vec<Column> = columns.filter(|column| schedule.assumption(column.assumption, column.year).is_some()).collect();
        let fill: Box<dyn Fill + 'a> = match values {
            Values::Drawn(seed) => {
                columns.retain(|column| spread(schedule, column.assumption, column.year).is_some());
                Box::new(Sampler::new(schedule, &columns, seed))
            }
            Values::Pool(pool, choose) => {
                let base = |column: &Column| schedule.assumption(column.assumption, column.year).unwrap_or(0.0);
                Box::new(Table { columns: columns.iter().map(|column| (*column, base(column))).collect(), choose, pool: pool.to_vec() })
            }
        };
        Self { parts, columns, fill }
    }

    fn walk(&self, draw: u64, outputs: &[Output]) -> Vec<Lane> {
        let mut drawn = std::collections::BTreeMap::new();
        self.fill.fill(draw, 1, &mut |k, values| {
            drawn.insert((self.columns[k].assumption, self.columns[k].year), values[0]);
        });
        let run = walk(&self.parts.schedule.with_drawn(drawn), self.parts.engine, self.parts.rules);
        outputs.iter().map(|output| of_run(&run, *output)).collect()
    }
}

/// A lane as something that is equal only if every bit is.
fn bits(lane: Lane) -> (u8, u64) {
    match lane {
        Lane::Number(number) => (0, number.to_bits()),
        Lane::Absent => (1, 0),
        Lane::Failed => (2, 0),
    }
}
