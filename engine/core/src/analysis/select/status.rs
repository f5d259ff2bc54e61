//! `status:`: how an indicator stands in a year: 達成, 未達, 評価不能, 計算不能, or a grade of the plan.
//!
//! Met and missed are judged against the target in force. The plan's own words for its grades, and their keys,
//! are read too; where a word is both, the first meaning counts.

use crate::analysis::address;
use crate::diagnostic::Diagnostic;
use crate::pack::Pack;
use crate::projection::{Cell, Projection, Status};
use crate::text;
use crate::year::Year;

use super::term::problem;

/// How an indicator should stand, and when.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Condition {
    standing: Standing,
    year: Year,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Standing {
    Met,
    Missed,
    NotEvaluable,
    Failed,
    Grade(usize),
}

const WORDS: [(&str, &str, Standing); 4] = [
    ("未達", "missed", Standing::Missed),
    ("達成", "met", Standing::Met),
    ("評価不能", "not_evaluable", Standing::NotEvaluable),
    ("計算不能", "failed", Standing::Failed),
];

/// Reads what follows `status:`.
pub(super) fn parse(pack: &Pack, text: &str) -> Result<Condition, Box<Diagnostic>> {
    let (word, year) = match text.split_once('@') {
        Some((word, year)) => (word.trim(), address::year(pack, year.trim(), address::TYPED)?),
        None => (text, pack.plan.last),
    };
    let fixed = WORDS.iter().find(|(ja, en, _)| *ja == word || *en == word).map(|(.., standing)| *standing);
    let grades = &pack.plan.grades;
    let grade = || grades.iter().position(|band| band.key == word || band.word == word).map(Standing::Grade);
    match fixed.or_else(grade) {
        Some(standing) => Ok(Condition { standing, year }),
        None => Err(Box::new(unknown(pack, word))),
    }
}

fn unknown(pack: &Pack, word: &str) -> Diagnostic {
    let fixed = WORDS.iter().flat_map(|(ja, en, _)| [*ja, *en]);
    let grades = || pack.plan.grades.iter().flat_map(|band| [band.key.as_str(), band.word.as_str()]);
    let known: Vec<&str> = fixed.chain(grades()).filter(|known| !known.is_empty()).collect();
    let keys: Vec<&str> = pack.plan.grades.iter().map(|band| band.key.as_str()).collect();
    let (ja, en) = (keys.join("、"), keys.join(", "));
    let found = problem(text!("「{word}」という状態はありません。", "there is no status `{word}`"));
    found.suggest(word, known).hint(text!(
        "達成、未達、評価不能、計算不能と、評価の区分（{ja}）が書けます。年度は status:未達@R7 のように足せます。",
        "write met, missed, not_evaluable, failed or a grade ({en}); a year may follow, as in status:missed@R7"
    ))
}

impl Condition {
    /// The numbers of the indicators that stand so.
    pub(super) fn chosen(self, projection: &Projection) -> impl Iterator<Item = usize> {
        let indicators = projection.indicators.iter().enumerate();
        indicators.filter(move |(_, each)| each.years.get(&self.year).is_some_and(|cell| self.holds(cell))).map(|(n, _)| n)
    }

    fn holds(self, cell: &Cell) -> bool {
        let failed = cell.status == Status::Failed;
        match self.standing {
            Standing::Met => cell.met == Some(true),
            Standing::Missed => cell.met == Some(false),
            Standing::NotEvaluable => cell.achievement.is_none() && !failed,
            Standing::Failed => failed,
            Standing::Grade(at) => cell.grade == Some(at),
        }
    }
}
