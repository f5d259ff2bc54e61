//! The next plan period from the current one: what is carried, what leaves the files, what people have to decide.
//!
//! In: a pack whose years are all closed, its bindings and its projection. Out: a [`Roll`]: facts that change (for
//! the history), edits of the files, and the open decisions. Ids, rules, actuals and narrative stay. A number is
//! carried or left out, never made: without an actual there is no new baseline. Every carried belief is listed.
//! `NotRollable` where a year is still open or the new last year is none.

mod assumptions;
mod baseline;
mod edit;
mod open;
mod period;
mod scenarios;

use indexmap::IndexMap;

use crate::diagnostic::{Code, Diagnostic, Text};
use crate::history::{Change, Fact};
use crate::pack::{PLAN, Pack, Plan, Sheet};
use crate::projection::Projection;
use crate::rule::signature::Binding;
use crate::text;
use crate::year::Year;

pub use baseline::{Beginning, Kept};
pub use edit::{Edit, What};
pub use open::{Decision, Matter};

/// Longest plan that is prepared, in years; a typing mistake is far more likely than a plan of 31 years.
const LONGEST: i16 = 30;

/// What is asked for.
#[derive(Clone, Debug, PartialEq)]
pub struct Asked {
    /// The last year of the next plan.
    pub to: Year,
    /// The name of the edition that begins; absent: the years.
    pub edition: Option<String>,
    /// The title of the next plan; absent: today's.
    pub title: Option<String>,
}

/// The next plan period, prepared.
#[derive(Clone, Debug, PartialEq)]
pub struct Roll {
    /// First and last year of the period that ends, as the plan writes them.
    pub old: (String, String),
    /// First and last year of the next one.
    pub new: (String, String),
    /// The edition that begins.
    pub edition: String,
    /// Where each indicator begins, in the plan's order.
    pub beginnings: Vec<Beginning>,
    /// What people have to decide, by matter.
    pub decisions: Vec<Decision>,
    /// What changes of the facts that the history follows.
    pub changes: Vec<Change>,
    /// How the files change.
    pub edits: Vec<Edit>,
    /// The origins that move, as they were.
    pub origins: IndexMap<String, f64>,
}

/// What the parts below read and add to.
struct Work<'a> {
    pack: &'a Pack,
    bindings: &'a [Binding],
    projection: &'a Projection,
    /// The years of the next plan.
    next: (Year, Year),
    roll: Roll,
}

/// Prepares the next plan period. `projection` is today's, with every year but the last reviewed.
///
/// # Errors
/// `NotRollable`: a year is open, or the new last year is not after today's.
pub fn roll(pack: &Pack, bindings: &[Binding], projection: &Projection, asked: &Asked) -> Result<Roll, Vec<Diagnostic>> {
    let plan = &pack.plan;
    may_roll(plan, asked.to).map_err(|problem| vec![*problem])?;
    let next = (plan.last.plus(1), asked.to);
    let written = |(first, last): (Year, Year)| (plan.write(first), plan.write(last));
    let new = written(next);
    let roll = Roll {
        old: written((plan.first, plan.last)),
        edition: asked.edition.clone().unwrap_or_else(|| format!("{}-{}", new.0, new.1)),
        new,
        beginnings: Vec::new(),
        decisions: Vec::new(),
        changes: Vec::new(),
        edits: Vec::new(),
        origins: IndexMap::new(),
    };
    let mut work = Work { pack, bindings, projection, next, roll };
    work.plan(asked);
    for (number, sheet) in pack.sheets.values().enumerate() {
        work.beginning(number, sheet);
        work.leave(number, sheet);
        work.assumptions(&sheet.id, Some(number), &sheet.assumptions);
        work.open(number, sheet);
    }
    work.assumptions(PLAN, None, &plan.assumptions);
    work.scenarios();
    work.opinions();
    work.roll.decisions.sort_by_key(|decision| decision.matter);
    Ok(work.roll)
}

fn may_roll(plan: &Plan, to: Year) -> Result<(), Box<Diagnostic>> {
    let (last, example) = (plan.write(plan.last), plan.write(plan.last.plus(plan.last.since(plan.first) + 1)));
    let written = plan.write(to);
    let refuse = |message: Text, hint: Text| Err(Box::new(Diagnostic::new(Code::NotRollable, message).hint(hint)));
    if to <= plan.last {
        return refuse(
            text!(
                "{written} は、いまの計画の最後の年度 {last} より後ではありません。",
                "{written} is not after the plan's last year, {last}"
            ),
            text!("次の計画の最後の年度を --to {example} のように書いてください。", "give the last year of the next plan: --to {example}"),
        );
    }
    if to.since(plan.last) > LONGEST {
        let years = to.since(plan.last);
        return refuse(
            text!("{written} までの計画は {years} 年になります。", "a plan up to {written} would have {years} years"),
            text!(
                "年度を --to {example} のように書いてください（{LONGEST} 年までの計画を用意できます）。",
                "check the year (at most {LONGEST} years), as in --to {example}"
            ),
        );
    }
    let open: Vec<String> = plan.projected_years().map(|year| plan.write(year)).collect();
    let (ja, en) = (open.join("、"), open.join(", "));
    match open.first() {
        None => Ok(()),
        Some(first) => refuse(
            text!("まだ締めていない年度があります: {ja}。", "years that are not closed yet: {en}"),
            text!(
                "実績を記録し、`mitoshi close {first}` から順に締めてください（`mitoshi status` が残りを示します）。先に下書きするときは、計画一式を別のフォルダーに写し、そこで見込みを速報（--provisional）として記録します。",
                "record the actuals and close the years in turn, from `mitoshi close {first}` (`mitoshi status` says what is missing). To draft earlier, copy the pack to another folder and record estimates there with --provisional"
            ),
        ),
    }
}

impl Work<'_> {
    fn write(&self, year: Year) -> String {
        self.pack.plan.write(year)
    }

    /// Words for a remark in a file: in the plan's own language.
    fn remark(&self, words: &Text) -> String {
        words.get(self.pack.plan.language.unwrap_or_default()).to_owned()
    }

    fn edit<const N: usize>(&mut self, path: &str, keys: [&str; N], what: What) {
        self.edit_at(path, keys, None, what);
    }

    fn edit_at<const N: usize>(&mut self, path: &str, keys: [&str; N], at: Option<usize>, what: What) {
        self.roll.edits.push(Edit { path: path.to_owned(), keys: keys.map(str::to_owned).into(), at, what });
    }

    fn decide(&mut self, matter: Matter, indicator: Option<usize>, place: impl Into<String>, words: Text) {
        self.roll.decisions.push(Decision { matter, indicator, place: place.into(), words });
    }

    fn change(&mut self, owner: &str, item: impl Into<String>, old: Fact, new: Fact) {
        if old != new {
            self.roll.changes.push(Change::new(owner, item, old, new));
        }
    }
}

/// The file of an owner of facts: an indicator's id, or `plan`.
fn file_of(owner: &str) -> String {
    format!("rules/{owner}.toml")
}

/// The last year, with a number, of an indicator's actuals.
fn last_actual(sheet: &Sheet, until: Year) -> Option<(Year, &crate::pack::Entry, f64)> {
    sheet.actuals.range(..=until).rev().find_map(|(year, entry)| Some((*year, entry, entry.value?)))
}
