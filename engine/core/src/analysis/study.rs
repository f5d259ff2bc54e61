//! What a study of many what-ifs asks: which quantities it moves, which results it wants, and the runs.
//!
//! In: addresses as typed, a scenario's parts. Out: [`Varied`] and [`Asked`], and the results of every
//! point in the order of the points, on however many threads. Points are draws of an [`Ensemble`] whose
//! columns the study fills itself. What moves is what `--set` can set, in projected years: an assumption,
//! an outcome that is pinned (where no actual wins over it), a target. A study can ask for outcomes,
//! auxiliaries and achievements of projected years (`UnknownAddress`).

use std::collections::BTreeMap;

use super::address::{Address, TYPED, parse, parse_at};
use super::watch::Watch;
use super::{Block, Ensemble, Lane, Parts};
use crate::columns::draws::Fill;
use crate::columns::draws::generator::Stream;
use crate::columns::{Column, Output, Wanted};
use crate::diagnostic::{Code, Diagnostic, Span, has_errors};
use crate::pack::Assumption;
use crate::projection::Projection;
use crate::rule::signature::Quantity;
use crate::schedule::{Given, Schedule, assemble};
use crate::text;
use crate::walk::walk;
use crate::year::Year;

/// An assumption that a study moves, or an outcome or target that it fixes.
#[derive(Clone, Debug, PartialEq)]
pub struct Varied {
    /// The assumption, outcome or target.
    pub assumption: Quantity,
    /// The projected years in which it moves, all by the same value.
    pub years: Vec<Year>,
    /// As people write it: `arrears.extra@R7`.
    pub address: String,
    /// What the sheet calls the assumption; empty if it does not.
    pub label: String,
    /// Its unit; empty if it has none.
    pub unit: String,
    /// What may be set, if the sheet says so: its `range`, or an outcome's `bounds`.
    pub range: Option<(f64, f64)>,
}

/// A result that a study wants.
#[derive(Clone, Debug, PartialEq)]
pub struct Asked {
    /// As people write it: `arrears@R8`.
    pub address: String,
    /// The indicator, by its number in the pack.
    pub indicator: usize,
    /// What it is of that indicator.
    pub quantity: Quantity,
    /// The year.
    pub year: Year,
}

impl Varied {
    /// Reads the address of what `--set` can set; without a year it moves in every projected year.
    ///
    /// # Errors
    /// Something that is computed, a year that is closed, or an outcome that has an actual.
    pub fn read(schedule: &Schedule<'_>, written: &str, span: Span) -> Result<Self, Box<Diagnostic>> {
        let address = parse_at(schedule.pack, written, span)?;
        let (unit, range) = match (address.quantity, address.quantity.assumption(schedule.pack)) {
            (_, Some((_, assumption))) => (assumption.unit.clone(), assumption.range),
            (Quantity::Outcome(n), _) => (schedule.sheet(n).unit.clone(), schedule.sheet(n).bounds),
            (Quantity::Target(n), _) => (schedule.sheet(n).unit.clone(), None),
            _ => return Err(Box::new(computed(schedule, address, span))),
        };
        if let Some(year) = address.year.filter(|year| *year <= schedule.actuals_until) {
            return Err(Box::new(closed(schedule, year, span)));
        }
        let years = address.year.map_or_else(|| projected(schedule).collect(), |year| vec![year]);
        let is_open = |year: &Year| !matches!(schedule.given(address.quantity, *year), Given::Actual(_));
        let years: Vec<Year> = years.into_iter().filter(is_open).collect();
        if years.is_empty() {
            return Err(Box::new(recorded(schedule, address, span)));
        }
        let label = address.quantity.assumption(schedule.pack).map(|(_, assumption)| assumption.label.clone()).unwrap_or_default();
        Ok(Self { assumption: address.quantity, years, address: address.write(schedule.pack), label, unit, range })
    }

    /// An assumption in one projected year or, without one, in all of them.
    pub fn new(schedule: &Schedule<'_>, quantity: Quantity, assumption: &Assumption, year: Option<Year>) -> Self {
        let address = Address { quantity, year }.write(schedule.pack);
        let years = year.map_or_else(|| projected(schedule).collect(), |year| vec![year]);
        let Assumption { label, unit, range, .. } = assumption;
        Self { assumption: quantity, years, address, label: label.clone(), unit: unit.clone(), range: *range }
    }

    /// True if it moves this assumption in this year.
    pub fn moves(&self, quantity: Quantity, year: Year) -> bool {
        self.assumption == quantity && self.years.contains(&year)
    }

    /// True if both move one assumption in one year.
    pub fn overlaps(&self, other: &Self) -> bool {
        self.assumption == other.assumption && self.years.iter().any(|year| other.years.contains(year))
    }
}

/// The years that are projected in this run.
pub fn projected(schedule: &Schedule<'_>) -> impl Iterator<Item = Year> + use<> {
    let until = schedule.actuals_until;
    schedule.pack.plan.years().filter(move |year| *year > until)
}

fn computed(schedule: &Schedule<'_>, address: Address, span: Span) -> Diagnostic {
    let written = address.quantity.address(schedule.pack);
    let message = text!("{written} は計算で決まる値なので、動かせません。", "{written} is computed, so it cannot be varied");
    let problem = Diagnostic::at(Code::UnknownAddress, span, message);
    let Some(sheet) = address.quantity.indicator().map(|n| schedule.sheet(n)) else {
        return problem
            .hint(text!("動かせるのは前提（指標.前提、plan.前提）です。", "what can be varied is an assumption (ID.NAME or plan.NAME)"));
    };
    let (id, last) = (&sheet.id, schedule.pack.plan.write(schedule.pack.plan.last));
    let names: Vec<&str> = sheet.assumptions.keys().map(String::as_str).collect();
    let problem = match names.is_empty() {
        true => problem,
        false => {
            let (ja, en) = (names.join("、"), names.join(", "));
            problem.hint(text!("「{id}」の前提から選んでください: {ja}。", "choose an assumption of `{id}`: {en}"))
        }
    };
    problem.hint(text!(
        "結果を固定するなら {id}@{last}、目標を変えるなら {id}.target@{last} と書いてください。",
        "write {id}@{last} to fix the outcome, or {id}.target@{last} to change the target"
    ))
}

fn recorded(schedule: &Schedule<'_>, address: Address, span: Span) -> Diagnostic {
    let written = address.write(schedule.pack);
    let message =
        text!("{written} には実績があるので、固定しても変わりません。", "{written} has an actual, which wins over any value given for it");
    Diagnostic::at(Code::UnknownAddress, span, message).hint(text!("実績のない年度を指定してください。", "choose a year without an actual"))
}

fn closed(schedule: &Schedule<'_>, year: Year, span: Span) -> Diagnostic {
    let plan = &schedule.pack.plan;
    let (written, until) = (plan.write(year), plan.write(schedule.actuals_until));
    let message = text!(
        "{written} は実績の年度（{until}まで）なので、何を動かしても変わりません。",
        "{written} is closed (actuals until {until}): nothing changes it"
    );
    let years: Vec<String> = projected(schedule).map(|year| plan.write(year)).collect();
    let (ja, en) = (years.join("、"), years.join(", "));
    Diagnostic::at(Code::UnknownAddress, span, message).hint(text!("見通し年度は {ja} です。", "the projected years are {en}"))
}

/// Reads the results wanted; an address without a year means every projected year, and no address at
/// all every outcome of the last year.
///
/// # Errors
/// Every address that names nothing a study can give.
pub fn asked(schedule: &Schedule<'_>, addresses: &[String]) -> Result<Vec<Asked>, Vec<Diagnostic>> {
    if addresses.is_empty() {
        let all = (0..schedule.bindings.len()).map(|n| one(schedule, n, Quantity::Outcome(n), schedule.pack.plan.last));
        return Ok(all.collect());
    }
    let (mut found, mut problems) = (Vec::new(), Vec::new());
    for written in addresses {
        match parse(schedule.pack, written).and_then(|address| results(schedule, address)) {
            Ok(more) => more.into_iter().for_each(|one| {
                if !found.contains(&one) {
                    found.push(one);
                }
            }),
            Err(problem) => problems.push(problem.note(text!("指定: --of {written}", "given: --of {written}"))),
        }
    }
    if problems.is_empty() { Ok(found) } else { Err(problems) }
}

fn results(schedule: &Schedule<'_>, address: Address) -> Result<Vec<Asked>, Box<Diagnostic>> {
    let (Quantity::Outcome(n) | Quantity::Auxiliary(n, _) | Quantity::Achievement(n)) = address.quantity else {
        let written = address.quantity.address(schedule.pack);
        let message = text!("{written} は計算の結果ではありません。", "{written} is not a result");
        let problem = Diagnostic::at(Code::UnknownAddress, TYPED, message);
        return Err(Box::new(problem.hint(text!(
            "結果に選べるのは、指標、補助量（指標.補助量）、達成率（指標.achievement）です。",
            "a result is an indicator (ID), an auxiliary (ID.NAME) or an achievement (ID.achievement)"
        ))));
    };
    match address.year {
        Some(year) if year <= schedule.actuals_until => Err(Box::new(closed(schedule, year, TYPED))),
        Some(year) => Ok(vec![one(schedule, n, address.quantity, year)]),
        None => Ok(projected(schedule).map(|year| one(schedule, n, address.quantity, year)).collect()),
    }
}

fn one(schedule: &Schedule<'_>, indicator: usize, quantity: Quantity, year: Year) -> Asked {
    let address = Address { quantity, year: Some(year) }.write(schedule.pack);
    Asked { address, indicator, quantity, year }
}

/// The scenario itself, walked: what a study compares with and takes titles, units and years from.
pub fn base(parts: Parts<'_>, settings: &[String]) -> Projection {
    assemble(parts.schedule, &walk(parts.schedule, parts.engine, parts.rules), settings)
}

/// The schedule with a value for every assumption that is moved, also where the sheet has none.
pub fn with_values<'a>(schedule: &Schedule<'a>, varied: &[Varied], value: impl Fn(usize) -> f64) -> Schedule<'a> {
    let numbered = varied.iter().enumerate();
    let drawn: BTreeMap<(Quantity, Year), f64> = numbered
        .flat_map(|(k, varied)| varied.years.iter().map(move |year| ((varied.assumption, *year), k)))
        .map(|(key, k)| (key, value(k)))
        .collect();
    schedule.with_drawn(drawn)
}

/// 0 to `count` in an order of chance.
pub fn shuffled(count: usize, stream: Stream) -> Vec<usize> {
    let mut keys = vec![0.0; count];
    stream.fill(0, &mut keys);
    let mut order: Vec<usize> = (0..count).collect();
    order.sort_by(|a, b| keys[*a].total_cmp(&keys[*b]).then(a.cmp(b)));
    order
}

/// Many points of one scenario, ready to run.
pub struct Study<'a> {
    ensemble: Ensemble<'a>,
    wanted: Vec<Option<usize>>,
}

impl<'a> Study<'a> {
    /// Prepares the runs: `varied` are the columns, `fill` their values.
    pub fn new(parts: Parts<'a>, varied: &[Varied], asked: &[Asked], fill: impl FnOnce(&[Column]) -> Box<dyn Fill + 'a>) -> Self {
        let moves = |quantity: Quantity, year: Year| varied.iter().any(|varied| varied.moves(quantity, year));
        let auxiliaries = asked.iter().any(|asked| matches!(asked.quantity, Quantity::Auxiliary(..)));
        let ensemble = Ensemble::new(parts, &moves, Wanted { auxiliaries, ..Wanted::default() }, fill);
        let wanted = asked.iter().map(|asked| ensemble.output(Output::Value(asked.quantity, asked.year))).collect();
        Self { ensemble, wanted }
    }

    /// The assumptions and years that the scenario reads of those that move.
    pub fn columns(&self) -> &[Column] {
        &self.ensemble.program.columns
    }

    /// Runs points 0 to `count` and shows the results of each, in their order, unless `watch` stops it.
    pub fn each(&self, count: u64, threads: usize, watch: &dyn Watch, see: &mut dyn FnMut(&[Lane])) {
        watch.expect(count);
        let gather = |rows: &mut Vec<Lane>, block: &Block<'_>| {
            let lane = |number: &Option<usize>, lane: usize| number.map_or(Lane::Absent, |number| block.lane(number, lane));
            rows.extend((0..block.count).flat_map(|at| self.wanted.iter().map(move |number| lane(number, at))));
        };
        let width = self.wanted.len().max(1);
        self.ensemble.fold(count, threads, watch, &gather, &mut |rows: Vec<Lane>| rows.chunks(width).for_each(&mut *see));
    }

    /// What went wrong in one point, each cause with all it read.
    pub fn failures(&self, point: u64) -> Vec<Diagnostic> {
        let failures = self.ensemble.walk_draw(point).failures;
        if has_errors(&failures) { failures } else { Vec::new() }
    }
}

/// Values of a program's columns by point.
pub struct Points<F>(Vec<usize>, F);

impl<F: Fn(u64, usize) -> f64 + Send + Sync> Points<F> {
    /// Columns that follow those assumptions: `value` gives what assumption `k` is in a point.
    pub fn new(columns: &[Column], varied: &[Varied], value: F) -> Self {
        let of = |column: &Column| varied.iter().position(|varied| varied.moves(column.assumption, column.year)).unwrap_or_default();
        Self(columns.iter().map(of).collect(), value)
    }
}

impl<F: Fn(u64, usize) -> f64 + Send + Sync> Fill for Points<F> {
    fn fill(&self, first: u64, count: usize, put: &mut dyn FnMut(usize, &[f64])) {
        let Self(columns, value) = self;
        let mut values = vec![0.0; count];
        for (column, k) in columns.iter().enumerate() {
            values.iter_mut().zip(first..).for_each(|(place, point)| *place = value(point, *k));
            put(column, &values);
        }
    }
}
