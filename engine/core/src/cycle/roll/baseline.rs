//! Where each indicator begins: its last actual becomes the baseline.
//!
//! A baseline that may be another quantity stays (No. 4's is a volume, its indicator a reduction): the rule
//! computes with it, an actual of its own year differs, or the sheet counts progress from elsewhere. An origin
//! moves only where it was the baseline's number; limits and ideals as origins stay. Without any actual nothing is
//! written but a start that the sheet states already.

use super::{Matter, What, Work, file_of, last_actual};
use crate::diagnostic::Text;
use crate::history::{Fact, fact_of};
use crate::pack::{Baseline, Kind, Sheet, Start, StartValue};
use crate::projection::Cell;
use crate::rule::signature::{Meaning, Quantity};
use crate::text;
use crate::year::Year;

/// Where one indicator begins.
#[derive(Clone, Debug, PartialEq)]
pub struct Beginning {
    /// The indicator, by its number in the pack.
    pub indicator: usize,
    /// The last year of the period that ends.
    pub cell: Option<Cell>,
    /// The baseline before.
    pub old: Option<Baseline>,
    /// The baseline by now; absent if there is none.
    pub new: Option<Baseline>,
    /// Why the baseline stays as it was; absent if it was carried.
    pub kept: Option<Kept>,
    /// The origin by now, if it moved.
    pub origin: Option<f64>,
}

/// Why a baseline stays.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kept {
    /// There is no actual to carry.
    NoActual,
    /// The rule computes outcomes or auxiliaries with it.
    InRule,
    /// The actual of its own year is another number.
    OtherActual,
    /// The sheet counts progress from another number.
    OtherBase,
}

impl Kept {
    /// The key in data.
    pub fn word(self) -> &'static str {
        match self {
            Self::NoActual => "no_actual",
            Self::InRule => "in_rule",
            Self::OtherActual => "other_actual",
            Self::OtherBase => "other_base",
        }
    }

    /// As people read it.
    pub fn reason(self) -> Text {
        match self {
            Self::NoActual => text!("実績がない", "there is no actual"),
            Self::InRule => text!("ルールがこの数で計算している", "the rule computes with it"),
            Self::OtherActual => text!("同じ年度の実績と違う", "the actual of its year is another number"),
            Self::OtherBase => {
                text!("個票が進みをほかの数（progress_base）から数えている", "the sheet counts progress from another number")
            }
        }
    }
}

impl Work<'_> {
    pub(super) fn beginning(&mut self, number: usize, sheet: &Sheet) {
        let last = self.pack.plan.last;
        let found = last_actual(sheet, last);
        let kept = if found.is_none() { Some(Kept::NoActual) } else { self.other_quantity(number, sheet) };
        let new = match (kept, found) {
            (None, Some((year, entry, value))) => Some(Baseline { year, value, text: entry.text.clone(), span: entry.span }),
            _ => sheet.baseline.clone(),
        };
        // An origin of 0 is what a sheet without one has: it says nothing of the baseline.
        let moves = kept.is_none() && sheet.origin != 0.0 && sheet.baseline.as_ref().is_some_and(|old| old.value == sheet.origin);
        let origin = new.as_ref().filter(|_| moves).map(|new| new.value).filter(|origin| *origin != sheet.origin);
        if kept.is_none() {
            self.carry_baseline(sheet, new.as_ref(), origin);
        }
        let cell = self.projection.cell(&sheet.id, last).cloned();
        self.roll.beginnings.push(Beginning { indicator: number, cell, old: sheet.baseline.clone(), new, kept, origin });
        self.say_baseline(number, sheet, kept);
        self.say_actual(number, sheet, found.map(|(year, entry, _)| (year, entry.provisional)));
    }

    /// Why the baseline may be another quantity than the indicator.
    fn other_quantity(&self, number: usize, sheet: &Sheet) -> Option<Kept> {
        let baseline = sheet.baseline.as_ref()?;
        let computes = self.bindings.iter().filter(|binding| binding.indicator == number).any(|binding| {
            let functions = std::iter::once(&binding.project).chain(&binding.auxiliaries);
            functions.flat_map(|function| &function.inputs).any(|input| matches!(input.meaning, Meaning::Baseline | Meaning::BaselineYear))
        });
        let actual = sheet.actuals.get(&baseline.year).and_then(|entry| entry.value);
        if computes {
            Some(Kept::InRule)
        } else if actual.is_some_and(|actual| actual != baseline.value) {
            Some(Kept::OtherActual)
        } else {
            sheet.progress_base.is_some_and(|base| base != baseline.value).then_some(Kept::OtherBase)
        }
    }

    fn carry_baseline(&mut self, sheet: &Sheet, new: Option<&Baseline>, origin: Option<f64>) {
        let Some(new) = new else { return };
        let file = file_of(&sheet.id);
        let words = new.text.as_deref().map_or(Fact::Absent, Fact::text);
        let fact = Fact::table([("year", Fact::Text(self.write(new.year))), ("value", Fact::Number(new.value)), ("text", words)]);
        self.change(&sheet.id, "baseline", fact_of(sheet, &self.pack.plan, "baseline"), fact.clone());
        self.edit(&file, ["baseline"], What::Set(fact));
        if let Some(origin) = origin {
            self.roll.origins.insert(sheet.id.clone(), sheet.origin);
            self.edit(&file, ["origin"], What::Set(Fact::Number(origin)));
        }
        // Said again, it was the baseline's number, which is what counts where nothing is said.
        if sheet.baseline.as_ref().is_some_and(|old| sheet.progress_base == Some(old.value)) {
            self.edit(&file, ["progress_base"], What::Drop);
        }
    }

    fn say_baseline(&mut self, number: usize, sheet: &Sheet, kept: Option<Kept>) {
        let id = &sheet.id;
        if let (Some(old), Some(kept)) = (&sheet.baseline, kept.filter(|kept| *kept != Kept::NoActual)) {
            let (year, value, why) = (self.write(old.year), old.value, kept.reason());
            let (ja, en) = (why.ja, why.en);
            let words = text!(
                "基準値 {year} {value} は指標と別の量かもしれないので、そのまま残した（{ja}）。置き換えるか決める。",
                "the baseline {year} {value} may be another quantity and was left as it is ({en}): decide whether to replace it"
            );
            self.decide(Matter::Baseline, Some(number), format!("{id} baseline"), words);
        }
        if sheet.kind == Kind::Cumulative {
            let words = text!(
                "前の計画からの累計を数え続けている。続けるか、0から数え直すか決める（数え直すならルールも改める）。",
                "the count of the plan that ends goes on: decide whether it should, or begin again at 0 (then the rule changes too)"
            );
            self.decide(Matter::Cumulative, Some(number), id.clone(), words);
        }
    }

    fn say_actual(&mut self, number: usize, sheet: &Sheet, found: Option<(Year, bool)>) {
        let last = self.pack.plan.last;
        let id = &sheet.id;
        match found {
            Some((year, provisional)) if year == last => {
                if provisional {
                    let year = self.write(year);
                    let words = text!(
                        "{year} の実績は速報のまま。確定したら `mitoshi record` で記録し直し、基準値と起点も改める。",
                        "the actual of {year} is provisional: record it again with `mitoshi record` once it is final, and correct baseline and origin"
                    );
                    self.decide(Matter::Provisional, Some(number), format!("{id}@{year}"), words);
                }
            }
            found => self.without_last(number, sheet, found.map(|(year, _)| year)),
        }
    }

    /// No actual of the last year: what the sheet stated last is what next year's rule reads.
    fn without_last(&mut self, number: usize, sheet: &Sheet, found: Option<Year>) {
        let plan = &self.pack.plan;
        let (id, last) = (sheet.id.clone(), plan.write(plan.last));
        let what = match found.map(|year| plan.write(year)) {
            Some(year) => {
                text!(
                    "{last} の実績がなく、基準値は {year} の実績による。",
                    "there is no actual of {last}; the baseline is that of {year}."
                )
            }
            None => text!("実績がなく、基準値を置けない。", "there is no actual, so there is no baseline."),
        };
        let then = match stated(sheet, found).filter(|_| self.is_read_back(number)) {
            Some((year, _)) if year == plan.last => {
                text!("見通しは出発値（start）の {last} から始まる。", " The projection begins with the start of {last}.")
            }
            Some((year, value)) => {
                let year = plan.write(year);
                let said = value.words().map_or_else(|| value.value().unwrap_or_default().to_string(), str::to_owned);
                self.edit(&file_of(&id), ["start", &last], What::Set(value));
                text!(
                    "見通しの出発値（start）として {year} の {said} を {last} に置いた。正しいか確かめる。",
                    " What {year} says, {said}, was put as the start of {last}: check that it is right."
                )
            }
            None => text!("必要なら実績か出発値（start）を書く。", " Write an actual or a start where one is needed."),
        };
        self.decide(Matter::NoActual, Some(number), format!("{id}@{last}"), together(&what, &then));
    }

    /// Whether a rule reads the indicator's outcome of an earlier year.
    fn is_read_back(&self, number: usize) -> bool {
        let inputs = self.bindings.iter().flat_map(|binding| binding.functions()).flat_map(|function| &function.inputs);
        inputs
            .map(|input| input.meaning)
            .any(|meaning| matches!(meaning, Meaning::Quantity(Quantity::Outcome(n), lag) if n == number && lag > 0))
    }
}

/// The newest number that a sheet states: its last actual, or a start that is newer.
fn stated(sheet: &Sheet, actual: Option<Year>) -> Option<(Year, Fact)> {
    let actual = actual.and_then(|year| Some((year, Fact::Number(sheet.actuals.get(&year)?.value?))));
    let start = sheet.start.iter().next_back().map(|(year, start)| (*year, start_fact(start)));
    match (actual, start) {
        (Some(actual), Some(start)) if actual.0 < start.0 => Some(start),
        (Some(actual), _) => Some(actual),
        (None, start) => start,
    }
}

fn start_fact(start: &Start) -> Fact {
    match &start.value {
        StartValue::Number(number) => Fact::Number(*number),
        StartValue::Assumption(name) => Fact::text(name),
    }
}

fn together(one: &Text, other: &Text) -> Text {
    Text { ja: format!("{}{}", one.ja, other.ja), en: format!("{}{}", one.en, other.en) }
}
