//! Backtest (実績での検証): what the rules would have said, beside what came.
//!
//! In: a scenario's parts with `--as-of` an earlier year, so that later actuals are hidden. Out: for
//! each indicator and year with a hidden actual the rule's projection, persistence (the last actual),
//! the straight line through the last two actuals and the plan's own target, each with its error
//! (forecast − actual); whether the 80 % band of an ensemble holds the actual; and which assumptions
//! may have been fixed on the very point they are tested on. A rule that lacks an input is listed with
//! what it lacks, never filled. A baseline is no actual: it makes no line.

use std::collections::BTreeSet;

use super::address::Address;
use super::{Ensemble, Lane, Parts};
use crate::columns::{Output, Wanted};
use crate::diagnostic::{Code, Diagnostic};
use crate::pack::{Evidence, Series};
use crate::rule::signature::{Bound, Input, Meaning, Quantity};
use crate::schedule::{Given, Run, Schedule, Source, State};
use crate::text;
use crate::walk::walk;
use crate::year::Year;

/// Ends of the band: one actual in ten should lie below it, one in ten above.
const BAND: (f64, f64) = (0.1, 0.9);
/// Errors nearer to each other than this (relative) are equal.
const EQUAL: f64 = 1e-9;

/// A way to forecast.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Method {
    /// The rule.
    Rule,
    /// The last actual.
    Persistence,
    /// The line through the last two actuals.
    Line,
    /// The target of the sheet.
    Target,
}

impl Method {
    /// Every method, in the order of the report.
    pub const ALL: [Self; 4] = [Self::Rule, Self::Persistence, Self::Line, Self::Target];
}

/// A forecast and how far it was off.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Forecast {
    /// What was forecast.
    pub value: f64,
    /// Forecast − actual; absent without an actual.
    pub error: Option<f64>,
    /// |error| / |actual|; absent where the actual is zero.
    pub relative: Option<f64>,
}

/// Why the rule gives no forecast.
#[derive(Clone, Debug, PartialEq)]
pub enum Why {
    /// These inputs are absent.
    Lacks(Vec<String>),
    /// The scenario fixes the outcome.
    Pinned,
    /// The rule failed; see [`Backtest::problems`].
    Failed,
}

/// The 80 % band of an ensemble.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Band {
    /// 10 % of the draws lie below.
    pub low: f64,
    /// 10 % lie above.
    pub high: f64,
    /// Whether the actual lies inside, ends included.
    pub inside: bool,
    /// Draws without a number, left out.
    pub without: u64,
}

/// How an assumption that the rule reads came to its value.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Standing {
    /// Its basis names the very year that is tested.
    NamesTheYear,
    /// Set by the scenario or for this run.
    Set,
    /// One value for all years, of the plan or of an analyst: nothing says that it was fixed before.
    Undated,
}

/// An assumption that was, or may have been, fixed knowing the actual.
#[derive(Clone, Debug, PartialEq)]
pub struct Fixed {
    /// As people write it.
    pub address: String,
    /// Its value in the tested year.
    pub value: Option<f64>,
    /// Unit; empty if not said.
    pub unit: String,
    /// Why it is listed.
    pub standing: Standing,
    /// Where the number comes from, as the sheet says.
    pub basis: String,
}

/// One indicator in one tested year.
#[derive(Clone, Debug, PartialEq)]
pub struct Test {
    /// The indicator, counted in the order of the pack's sheets.
    pub indicator: usize,
    /// The year.
    pub year: Year,
    /// What came; absent where the sheet records nothing.
    pub actual: Option<f64>,
    /// The forecasts, in the order of [`Method::ALL`].
    pub forecasts: [Option<Forecast>; 4],
    /// Why the rule gives none.
    pub why: Option<Why>,
    /// The methods with the smallest error.
    pub best: Vec<Method>,
    /// The band; absent where nothing is uncertain.
    pub band: Option<Band>,
    /// Assumptions of the rule that cannot be told to be older than the actual.
    pub fixed: Vec<Fixed>,
}

impl Test {
    /// True if the rule is compared with an actual.
    pub fn is_tested(&self) -> bool {
        self.actual.is_some() && self.of(Method::Rule).is_some()
    }

    /// The forecast of a method.
    pub fn of(&self, method: Method) -> Option<Forecast> {
        self.forecasts[method as usize]
    }

    /// True if every method can be compared, relative error included.
    pub fn is_common(&self) -> bool {
        self.forecasts.iter().all(|forecast| forecast.is_some_and(|forecast| forecast.relative.is_some()))
    }
}

/// How a method did over all tests.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Score {
    /// The method.
    pub method: Method,
    /// How many actuals it has a forecast for.
    pub forecasts: usize,
    /// How often it was the best (or one of the best).
    pub best: usize,
    /// Mean relative error where every method can be compared; absent if that is nowhere.
    pub mean_relative: Option<f64>,
}

/// A whole backtest.
#[derive(Clone, Debug, PartialEq)]
pub struct Backtest {
    /// The last year whose actuals counted.
    pub as_of: Year,
    /// The tested years.
    pub years: Vec<Year>,
    /// Indicator by indicator, year by year.
    pub tests: Vec<Test>,
    /// How each method did.
    pub scores: Vec<Score>,
    /// How many tests the mean relative errors are taken over.
    pub common: usize,
    /// Draws of the ensemble.
    pub draws: u64,
    /// Its seed.
    pub seed: u64,
    /// Rules that failed for another reason than an absent input.
    pub problems: Vec<Diagnostic>,
}

/// Tests the rules of a schedule that hides later actuals.
///
/// # Errors
/// `NothingHidden`: no indicator has an actual after the last year that counts.
pub fn backtest(parts: Parts<'_>, draws: u64, seed: u64) -> Result<Backtest, Box<Diagnostic>> {
    let schedule = parts.schedule;
    let years = hidden_years(schedule);
    if years.is_empty() {
        return Err(nothing_hidden(schedule));
    }
    let run = walk(schedule, parts.engine, parts.rules);
    let keys = years.iter().flat_map(|year| (0..schedule.bindings.len()).map(move |n| (n, *year)));
    let closed = |n: usize, year: Year| year > schedule.pack.plan.actuals_until && actual(schedule, n, year).is_none();
    let mut keys: Vec<(usize, Year)> = keys.filter(|(n, year)| !closed(*n, *year)).collect();
    keys.sort();
    let mut tests: Vec<Test> = keys.into_iter().map(|(n, year)| test(schedule, &run, n, year)).collect();
    bands(parts, &mut tests, draws, seed);
    let common = tests.iter().filter(|test| test.is_common()).count();
    let scores = Method::ALL.map(|method| score(&tests, method)).to_vec();
    let problems = run.failures.into_iter().filter(|problem| problem.code != Code::InputAbsent && problem.is_error()).collect();
    Ok(Backtest { as_of: schedule.actuals_until, years, tests, scores, common, draws, seed, problems })
}

/// The plan's years after the last that counts in which some indicator has an actual.
fn hidden_years(schedule: &Schedule<'_>) -> Vec<Year> {
    let years = schedule.pack.plan.years().filter(|year| *year > schedule.actuals_until);
    years.filter(|year| (0..schedule.bindings.len()).any(|n| actual(schedule, n, *year).is_some())).collect()
}

fn nothing_hidden(schedule: &Schedule<'_>) -> Box<Diagnostic> {
    let plan = &schedule.pack.plan;
    let (as_of, before) = (plan.write(schedule.actuals_until), plan.write(plan.actuals_until.plus(-1)));
    let message =
        text!("{as_of} より後に実績がないので、検証できません。", "no actual lies after {as_of}: there is nothing to test against");
    let problem = Diagnostic::at(Code::NothingHidden, super::address::TYPED, message);
    Box::new(problem.hint(text!(
        "--as-of {before} のように、実績のある年度より前を指定します。",
        "choose a year before the actuals, such as --as-of {before}"
    )))
}

/// What the sheet records, hidden or not.
fn actual(schedule: &Schedule<'_>, n: usize, year: Year) -> Option<f64> {
    schedule.sheet(n).actuals.get(&year).and_then(|entry| entry.value)
}

fn test(schedule: &Schedule<'_>, run: &Run, n: usize, year: Year) -> Test {
    let actual = actual(schedule, n, year);
    let (rule, why) = by_rule(schedule, run, n, year);
    let (persistence, line) = naive(schedule, n, year);
    let forecasts = [rule, persistence, line, schedule.original_target(n, year)];
    let forecasts = forecasts.map(|value| value.map(|value| forecast(value, actual)));
    let fixed = if rule.is_some() { fixed(schedule, n, year) } else { Vec::new() };
    Test { indicator: n, year, actual, best: best(&forecasts), forecasts, why, band: None, fixed }
}

fn forecast(value: f64, actual: Option<f64>) -> Forecast {
    let error = actual.map(|actual| value - actual);
    let relative = error.zip(actual).filter(|(_, actual)| *actual != 0.0).map(|(error, actual)| (error / actual).abs());
    Forecast { value, error, relative }
}

fn best(forecasts: &[Option<Forecast>; 4]) -> Vec<Method> {
    let error = |method: &Method| forecasts[*method as usize]?.error.map(f64::abs);
    let least = Method::ALL.iter().filter_map(error).fold(f64::INFINITY, f64::min);
    let is_least = |method: &Method| error(method).is_some_and(|error| error <= least * (1.0 + EQUAL));
    Method::ALL.into_iter().filter(is_least).collect()
}

/// The last actual that counts, and the line through it and the one before.
fn naive(schedule: &Schedule<'_>, n: usize, year: Year) -> (Option<f64>, Option<f64>) {
    let known = schedule.sheet(n).actuals.iter().filter(|(then, _)| **then <= schedule.actuals_until);
    let mut known = known.rev().filter_map(|(then, entry)| Some((*then, entry.value?)));
    let last = known.next();
    let line = last
        .zip(known.next())
        .map(|((last, value), (before, earlier))| value + (value - earlier) / f64::from(last.since(before)) * f64::from(year.since(last)));
    (last.map(|(_, value)| value), line)
}

fn by_rule(schedule: &Schedule<'_>, run: &Run, n: usize, year: Year) -> (Option<f64>, Option<Why>) {
    let quantity = Quantity::Outcome(n);
    match (schedule.given(quantity, year), run.values.get(quantity, year)) {
        (Given::Pinned(_), _) => (None, Some(Why::Pinned)),
        (_, State::Number(value)) => (Some(value), None),
        _ => {
            let mut search = Lacking { schedule, run, seen: BTreeSet::new(), found: Vec::new() };
            search.quantity(quantity, year);
            let why = if search.found.is_empty() { Why::Failed } else { Why::Lacks(search.found) };
            (None, Some(why))
        }
    }
}

/// Goes back from a quantity without a number to the inputs that nothing gives.
struct Lacking<'a> {
    schedule: &'a Schedule<'a>,
    run: &'a Run,
    seen: BTreeSet<(Quantity, Year)>,
    found: Vec<String>,
}

impl Lacking<'_> {
    fn quantity(&mut self, quantity: Quantity, year: Year) {
        if !self.seen.insert((quantity, year)) {
            return;
        }
        let computed = self.schedule.function(quantity, year).zip(quantity.indicator());
        match computed {
            Some((bound, n)) if self.run.values.get(quantity, year) != State::Absent || year > self.schedule.actuals_until => {
                bound.inputs.iter().for_each(|input| self.input(n, input, year));
            }
            _ => self.name(Address { quantity, year: Some(year) }.write(self.schedule.pack)),
        }
    }

    fn input(&mut self, n: usize, input: &Input, year: Year) {
        let pack = self.schedule.pack;
        match self.schedule.source(n, input, year, None) {
            Source::Value(quantity, then, None) if self.run.values.get(quantity, then).number().is_none() => self.quantity(quantity, then),
            Source::Target(m, then) if self.run.targets.get(m, then).is_none() => {
                self.name(Address { quantity: Quantity::Target(m), year: Some(then) }.write(pack));
            }
            Source::Absent => self.name(match input.meaning {
                Meaning::Quantity(quantity, lag) => Address { quantity, year: Some(year.plus(-i16::from(lag))) }.write(pack),
                _ => input.name.clone(),
            }),
            _ => {}
        }
    }

    fn name(&mut self, address: String) {
        if !self.found.contains(&address) {
            self.found.push(address);
        }
    }
}

/// The assumptions that the rule reads, itself or in its auxiliaries, and that may know the actual.
fn fixed(schedule: &Schedule<'_>, n: usize, year: Year) -> Vec<Fixed> {
    let mut found: Vec<Fixed> = Vec::new();
    for (quantity, then) in read(schedule, n, year) {
        let Some((owner, assumption)) = quantity.assumption(schedule.pack) else { continue };
        let key = (owner.to_owned(), assumption.name.clone());
        let is_set = schedule.scenario.assumptions.get(&key).is_some_and(|values| values.contains_key(&then));
        let undated = matches!(assumption.value, Series::Always(_)) && assumption.evidence != Evidence::Identity;
        let standing = match () {
            () if is_set => Standing::Set,
            () if names(&assumption.basis, &schedule.pack.plan.write(year)) => Standing::NamesTheYear,
            () if undated => Standing::Undated,
            () => continue,
        };
        let address = quantity.address(schedule.pack);
        let value = schedule.assumption(quantity, then);
        if found.iter().all(|other| other.address != address) {
            found.push(Fixed { address, value, unit: assumption.unit.clone(), standing, basis: assumption.basis.clone() });
        }
    }
    found.sort_by_key(|fixed| fixed.standing);
    found
}

/// The assumptions, with their years, that the outcome reads, through own auxiliaries too.
fn read(schedule: &Schedule<'_>, n: usize, year: Year) -> Vec<(Quantity, Year)> {
    let Some(binding) = schedule.bindings.get(n) else { return Vec::new() };
    let mut functions: Vec<&Bound> = vec![&binding.project];
    let mut found = Vec::new();
    let mut next = 0;
    while let Some(bound) = functions.get(next).copied() {
        for input in &bound.inputs {
            match input.meaning {
                Meaning::Quantity(quantity @ (Quantity::Assumption(..) | Quantity::Shared(_)), lag) => {
                    found.push((quantity, year.plus(-i16::from(lag))));
                }
                Meaning::Quantity(Quantity::Auxiliary(m, k), 0) if m == n => {
                    let more = binding.auxiliaries.get(k).filter(|more| functions.iter().all(|known| known.role != more.role));
                    functions.extend(more);
                }
                _ => {}
            }
        }
        next += 1;
    }
    found
}

/// True if a text names a year, such as `R5` but not `R50`.
fn names(text: &str, year: &str) -> bool {
    text.match_indices(year).any(|(at, _)| !text[at + year.len()..].starts_with(|c: char| c.is_ascii_digit()))
}

fn bands(parts: Parts<'_>, tests: &mut [Test], draws: u64, seed: u64) {
    let ensemble = Ensemble::drawn(parts, seed, Wanted::default());
    let outputs: Vec<Option<usize>> =
        tests.iter().map(|test| ensemble.output(Output::Value(Quantity::Outcome(test.indicator), test.year))).collect();
    let mut numbers: Vec<Vec<f64>> = vec![Vec::new(); tests.len()];
    ensemble.run(0, draws, &mut ensemble.registers(), &mut |block| {
        for (output, numbers) in outputs.iter().zip(&mut numbers) {
            let Some(output) = output else { continue };
            numbers.extend(
                (0..block.count).filter_map(|lane| if let Lane::Number(number) = block.lane(*output, lane) { Some(number) } else { None }),
            );
        }
    });
    for (test, numbers) in tests.iter_mut().zip(&mut numbers) {
        test.band = test.actual.filter(|_| test.is_tested()).and_then(|actual| band(numbers, actual, draws));
    }
}

/// The band of the numbers drawn; absent if they are all the same.
fn band(numbers: &mut [f64], actual: f64, draws: u64) -> Option<Band> {
    numbers.sort_by(f64::total_cmp);
    let (low, high) = (quantile(numbers, BAND.0)?, quantile(numbers, BAND.1)?);
    let varied = numbers.first()? < numbers.last()?;
    let without = draws.saturating_sub(numbers.len() as u64);
    varied.then(|| Band { low, high, inside: (low..=high).contains(&actual), without })
}

/// A quantile of sorted numbers, straight between neighbours.
fn quantile(sorted: &[f64], share: f64) -> Option<f64> {
    let place = share * sorted.len().checked_sub(1)? as f64;
    let (below, part) = (place.floor(), place - place.floor());
    let below = below as usize;
    let (low, high) = (*sorted.get(below)?, *sorted.get((below + 1).min(sorted.len() - 1))?);
    Some(low + (high - low) * part)
}

fn score(tests: &[Test], method: Method) -> Score {
    let relative = |test: &Test| test.of(method)?.relative;
    let common: Vec<f64> = tests.iter().filter(|test| test.is_common()).filter_map(relative).collect();
    Score {
        method,
        forecasts: tests.iter().filter(|test| test.of(method).is_some_and(|forecast| forecast.error.is_some())).count(),
        best: tests.iter().filter(|test| test.best.contains(&method)).count(),
        mean_relative: (!common.is_empty()).then(|| common.iter().sum::<f64>() / common.len() as f64),
    }
}
