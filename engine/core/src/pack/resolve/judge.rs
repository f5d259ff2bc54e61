//! What a statement comes to: which years it holds for, and whether it says anything new.
//!
//! In: one statement about something that is there, and the values in force before it. Out: the values it sets, in projected years.
//! `YearOutsidePlan` (an error); `ClosedYear`, `OutsideRange`, `NoEffect` (warnings;
//! a scenario is only what differs, so a line that changes nothing is probably a slip). The range
//! bounds what is set here, never a draw.

use super::merge::Settled;
use super::subject::{About, Content, Says, Statement, Subject};
use crate::diagnostic::{Code, Diagnostic, FileId, Span, Text};
use crate::pack::model::{Assumption, Pack, Placed, Series};
use crate::pack::table::Log;
use crate::text;
use crate::year::Year;

/// The rules of judging: the pack, the year, and where problems go.
pub(super) struct Judge<'p> {
    /// The pack.
    pub(super) pack: &'p Pack,
    /// The last year whose actuals count.
    pub(super) actuals_until: Year,
    /// The problems.
    pub(super) log: &'p Log,
}

/// One value of a statement, for one year or none.
type Saying = (Subject, Placed<Says>);

impl<'p> Judge<'p> {
    /// The values that a statement sets, in order. Those that `disputed` names settle a disagreement
    /// and so always have an effect.
    pub(super) fn statement(&self, statement: &Statement<'_>, before: &Settled, disputed: impl Fn(&Subject) -> bool) -> Vec<Saying> {
        let (sayings, at_once) = match statement.content {
            Content::Numbers(numbers) => (self.numbers(statement, numbers), matches!(numbers, Series::Always(_))),
            content => (plain(statement, content), false),
        };
        self.check_range(statement, &sayings, at_once);
        let idle: Vec<&Saying> = sayings.iter().filter(|saying| self.is_idle(saying, before, &disputed)).collect();
        // One number for all years has an effect if it has one in any year.
        let shown = if !at_once { idle.len() } else { usize::from(idle.len() == sayings.len()) };
        for (subject, said) in idle.into_iter().take(shown) {
            self.report_idle(subject, said, before, at_once);
        }
        sayings
    }

    fn numbers(&self, statement: &Statement<'_>, numbers: &Series) -> Vec<Saying> {
        let plan = &self.pack.plan;
        match numbers {
            Series::Always(number) => plan
                .years()
                .filter(|year| *year > self.actuals_until)
                .filter_map(|year| Some((statement.about.in_year(year)?, says(number))))
                .collect(),
            Series::ByYear(numbers) => numbers
                .iter()
                .filter(|(year, number)| self.counts(**year, number.span))
                .filter_map(|(year, number)| Some((statement.about.in_year(*year)?, says(number))))
                .collect(),
        }
    }

    /// True if a year is projected; otherwise says why its value does not count.
    fn counts(&self, year: Year, span: Span) -> bool {
        let plan = &self.pack.plan;
        let written = plan.write(year);
        if year < plan.first || year > plan.last {
            let (first, last) = (plan.write(plan.first), plan.write(plan.last));
            let message = text!(
                "{written} は計画の年度（{first}から{last}まで）の外です。",
                "{written} is outside the plan's years, {first} to {last}"
            );
            let hint = text!("年度を直すか、この指定を消してください。", "correct the year, or delete what is set for it");
            self.log.push(Diagnostic::at(Code::YearOutsidePlan, self.year_before(span), message).hint(hint));
        } else if year <= self.actuals_until && plan.first > Year::FIRST {
            let until = plan.write(self.actuals_until);
            let message = text!(
                "{written} は実績の年度（{until}まで）なので、この値はもう効きません。",
                "{written} is closed (actuals until {until}): this value is no longer in force"
            );
            self.log.push(Diagnostic::at(Code::ClosedYear, self.year_before(span), message).hint(delete(span)));
        } else {
            return true;
        }
        false
    }

    /// The place of the year in `R9 = 3`, of which only the number's is known.
    fn year_before(&self, number: Span) -> Span {
        let text = &self.pack.sources.get(number.file).text;
        let before = text.get(..number.range().start).unwrap_or_default();
        let Some(key) = before.trim_end().strip_suffix('=').map(str::trim_end) else { return number };
        let start = key.rfind(['\n', '{', ',', '}']).map_or(0, |at| at + 1);
        let start = start + key[start..].len() - key[start..].trim_start().len();
        Span::new(number.file, start..key.len())
    }

    fn check_range(&self, statement: &Statement<'_>, sayings: &[Saying], at_once: bool) {
        let (range, what) = match statement.about {
            About::Assumption(owner, name) => (self.assumption(owner, name).and_then(|found| found.range), "range"),
            About::Outcome(id) => (self.pack.sheets.get(id).and_then(|sheet| sheet.bounds), "bounds"),
            _ => return,
        };
        let Some((low, high)) = range else { return };
        let shown = if at_once { 1 } else { sayings.len() };
        for (subject, said) in sayings.iter().take(shown) {
            let Says::Number(n) = said.value else { continue };
            if (low..=high).contains(&n) {
                continue;
            }
            let subject = self.write(subject, at_once);
            let message = text!(
                "{subject} の値 {n} が、個票の {what} [{low}, {high}] の外にあります。",
                "the value of {subject}, {n}, is outside the sheet's {what} [{low}, {high}]"
            );
            self.log.push(Diagnostic::at(Code::OutsideRange, said.span, message).hint(text!(
                "意図した値ならそのままで計算します。常にあり得る値なら、個票の {what} を広げてください。",
                "it is used all the same; if it is quite possible, widen the sheet's {what}"
            )));
        }
    }

    fn is_idle(&self, (subject, said): &Saying, before: &Settled, disputed: &impl Fn(&Subject) -> bool) -> bool {
        if self.hidden_by_actual(subject).is_some() {
            return true;
        }
        let same = |other: &Placed<Says>| other.value == said.value;
        !disputed(subject) && before.get(subject).map_or_else(|| self.own(subject).as_ref().is_some_and(same), same)
    }

    /// The place of an actual that wins over a pin; under `--as-of` later actuals are hidden.
    fn hidden_by_actual(&self, subject: &Subject) -> Option<Span> {
        let Subject::Outcome(id, year) = subject else { return None };
        let actual = self.pack.sheets.get(id)?.actuals.get(year)?;
        (actual.value.is_some() && self.actuals_until >= self.pack.plan.actuals_until).then_some(actual.span)
    }

    fn report_idle(&self, subject: &Subject, said: &Placed<Says>, before: &Settled, at_once: bool) {
        let written = self.write(subject, at_once);
        if let Some(actual) = self.hidden_by_actual(subject) {
            let message =
                text!("{written} には実績があるので、この値は効きません。", "{written} has an actual, so this value has no effect");
            let problem = Diagnostic::at(Code::NoEffect, said.span, message);
            return self.log.push(problem.label(actual, text!("実績はここです", "the actual")).hint(delete(said.span)));
        }
        let value = said.value.write();
        let message = Text {
            ja: format!("{written} はもともと {} なので、ここに書いても変わりません。", value.ja),
            en: format!("{written} is {} already, so this changes nothing", value.en),
        };
        let mut problem = Diagnostic::at(Code::NoEffect, said.span, message);
        let inherited = before.get(subject).cloned().or_else(|| self.own(subject));
        if let Some(other) = inherited.filter(|other| other.span != said.span) {
            problem = problem.label(other.span, text!("もとの値はここです", "the value as it is"));
        }
        self.log.push(problem.hint(if said.span.file == FileId::COMMAND_LINE {
            text!("この --set を外すか、意図した値に直してください。", "leave this --set out, or write the value that was meant")
        } else {
            text!("この値を消すか、意図した値に直してください。", "delete it, or write the value that was meant")
        }));
    }

    /// What a subject is without any scenario; absent if it has nothing then.
    fn own(&self, subject: &Subject) -> Option<Placed<Says>> {
        let pack = self.pack;
        match subject {
            Subject::Assumption(owner, name, year) => self.assumption(owner, name)?.value.at(*year).map(says),
            Subject::Fixed(owner, name) => {
                let assumption = self.assumption(owner, name)?;
                Some(Placed { value: Says::Flag(assumption.spread.is_none()), span: assumption.span })
            }
            Subject::Target(id, year) => {
                let target = pack.sheets.get(id)?.targets.get(year)?;
                Some(Placed { value: Says::Number(target.value?), span: target.span })
            }
            Subject::Rule(id) => {
                let path = format!("{id}.rhai");
                let file = *pack.rules.get(&path)?;
                Some(Placed { value: Says::Path(path), span: Span::whole(file) })
            }
            Subject::Outcome(..) | Subject::Review => None,
        }
    }

    fn write(&self, subject: &Subject, at_once: bool) -> String {
        if at_once { subject.write_always() } else { subject.write(&self.pack.plan) }
    }

    fn assumption(&self, owner: &str, name: &str) -> Option<&'p Assumption> {
        self.pack.assumption(owner, name)
    }
}

fn delete(span: Span) -> Text {
    if span.file == FileId::COMMAND_LINE {
        return text!("この --set を外してください。", "leave this --set out");
    }
    text!("この年度の値を消してください。", "delete the value of this year")
}

fn says(number: &Placed<f64>) -> Placed<Says> {
    Placed { value: Says::Number(number.value), span: number.span }
}

/// A saying that has no years.
fn plain(statement: &Statement<'_>, content: Content<'_>) -> Vec<Saying> {
    let saying = match (statement.about, content) {
        (About::Assumption(owner, name), Content::Flag(flag)) => (Subject::Fixed(owner.to_owned(), name.to_owned()), Says::Flag(flag)),
        (About::Rule(id), Content::Path(path)) => (Subject::Rule(id.to_owned()), Says::Path(path.to_owned())),
        (About::Review, Content::Review(review)) => (Subject::Review, Says::Review(review)),
        _ => return Vec::new(),
    };
    vec![(saying.0, Placed { value: saying.1, span: statement.span })]
}
