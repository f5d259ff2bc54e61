//! Looking back (予実検証): published outlooks beside the actuals that came.
//!
//! In: the history's outlooks and a pack with its actuals. Out: for each outlook, indicator and year with an
//! actual by now, the errors (forecast − actual) of the outlook, of persistence (the last actual that was known)
//! and of the target, and whether the actual lies between the 10 % and the 90 % point. Years whose actual was
//! known when the outlook was published are left out: they were no forecast.

use crate::history::{Entry, Foreseen, History, Outlook};
use crate::pack::Pack;
use crate::year::Year;

/// One forecast and what came.
#[derive(Clone, Debug, PartialEq)]
pub struct Compared {
    /// The entry of the history that keeps the outlook.
    pub entry: u32,
    /// The day on which it was published.
    pub on: String,
    /// Its scenario.
    pub scenario: String,
    /// The indicator, by its number in the pack.
    pub indicator: usize,
    /// The year.
    pub year: Year,
    /// How many years lay between the last known actual and this one.
    pub ahead: i16,
    /// What was foreseen.
    pub foreseen: Foreseen,
    /// What came.
    pub actual: f64,
    /// Whether the actual may still change.
    pub provisional: bool,
}

/// How well the outlooks did, over all that can be compared.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Score {
    /// Forecasts that can be compared.
    pub compared: usize,
    /// Those with a band.
    pub with_band: usize,
    /// Those whose actual lies in it.
    pub inside: usize,
    /// Those nearer to the actual than persistence; ties do not count.
    pub beats_persistence: usize,
    /// Those nearer than the target; ties do not count.
    pub beats_target: usize,
}

impl Compared {
    /// Forecast − actual.
    pub fn error(&self) -> f64 {
        self.foreseen.value - self.actual
    }

    /// Last known actual − actual; absent if there was none.
    pub fn error_of_persistence(&self) -> Option<f64> {
        self.foreseen.persistence.map(|last| last - self.actual)
    }

    /// Target − actual; absent without a target.
    pub fn error_of_target(&self) -> Option<f64> {
        self.foreseen.target.map(|target| target - self.actual)
    }

    /// Whether the actual lies in the 80 % band, ends included; absent without one.
    pub fn is_inside(&self) -> Option<bool> {
        let (low, high) = (self.foreseen.low?, self.foreseen.high?);
        Some((low..=high).contains(&self.actual))
    }
}

/// Every forecast of the history with an actual by now: oldest outlook first, then the plan's order, then years.
pub fn compare(history: &History, pack: &Pack) -> Vec<Compared> {
    let outlooks = history.entries().filter_map(|entry| Some((entry, entry.done.outlook.as_ref()?)));
    outlooks.flat_map(|(entry, outlook)| of_outlook(entry, outlook, pack)).collect()
}

fn of_outlook(entry: &Entry, outlook: &Outlook, pack: &Pack) -> Vec<Compared> {
    let Some(until) = Year::parse(&outlook.actuals_until) else { return Vec::new() };
    let mut found = Vec::new();
    for (number, (id, sheet)) in pack.sheets.iter().enumerate() {
        for (year, foreseen) in outlook.indicators.get(id).into_iter().flatten() {
            let Some(year) = Year::parse(year).filter(|year| *year > until) else { continue };
            let Some(actual) = sheet.actuals.get(&year) else { continue };
            let Some(value) = actual.value else { continue };
            found.push(Compared {
                entry: entry.no,
                on: entry.done.on.clone(),
                scenario: outlook.scenario.clone(),
                indicator: number,
                year,
                ahead: year.since(until),
                foreseen: *foreseen,
                actual: value,
                provisional: actual.provisional,
            });
        }
    }
    found
}

/// The score of forecasts.
pub fn score(compared: &[Compared]) -> Score {
    let count = |is: &dyn Fn(&Compared) -> bool| compared.iter().filter(|one| is(one)).count();
    let nearer = |one: &Compared, other: Option<f64>| other.is_some_and(|other| one.error().abs() < other.abs());
    Score {
        compared: compared.len(),
        with_band: count(&|one| one.is_inside().is_some()),
        inside: count(&|one| one.is_inside() == Some(true)),
        beats_persistence: count(&|one| nearer(one, one.error_of_persistence())),
        beats_target: count(&|one| nearer(one, one.error_of_target())),
    }
}
