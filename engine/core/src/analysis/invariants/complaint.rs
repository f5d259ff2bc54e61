//! What is said of an invariant that does not hold, cannot be computed or was never judged.

use super::{Checked, Counterexample, Fault};
use crate::analysis::examples::shown;
use crate::diagnostic::{Code, Diagnostic, Text};
use crate::pack::Pack;
use crate::text;

impl Checked<'_> {
    /// True if it holds in every run, and was judged in one at least.
    pub fn passed(&self) -> bool {
        self.counterexample.is_none() && self.failed == 0 && self.judged > 0
    }

    /// `collection_rate <= 100`.
    pub fn words(&self) -> String {
        format!("{} {}", self.address, self.always.holds.value)
    }

    /// What is to be said of an invariant that does not hold; absent if it does.
    pub fn complaint(&self, pack: &Pack) -> Option<Diagnostic> {
        let Some(found) = &self.counterexample else {
            return (!self.passed()).then(|| self.unseen());
        };
        let problem = match found.fault {
            Fault::Broken { year, value, bound } => self.broken(&pack.plan.write(year), value, bound),
            Fault::Failed { year } => self.uncomputed(&pack.plan.write(year)),
        };
        let changes = self.changes(pack).into_iter();
        let problem = changes.fold(problem, |problem, (address, value)| problem.note(Text::same(format!("{address} = {value}"))));
        Some(self.why(problem))
    }

    /// `シナリオ baseline` or, where assumptions are moved too, `シナリオ baseline で前提を動かすと`.
    fn place(&self) -> Text {
        let Some(Counterexample { scenario, change, .. }) = &self.counterexample else { return Text::same(String::new()) };
        match change.is_empty() {
            true => text!("シナリオ {scenario} では", "in the scenario {scenario}"),
            false => text!("シナリオ {scenario} で前提を動かすと", "in the scenario {scenario} with other assumptions"),
        }
    }

    fn broken(&self, year: &str, value: f64, bound: f64) -> Diagnostic {
        let (words, Text { ja, en }) = (self.words(), self.place());
        let (value, bound) = (shown(value), shown(bound));
        let against = match self.always.holds.value.compares_years() {
            true => text!("前の年度は {bound}", "{bound} the year before"),
            false => text!("限度は {bound}", "the bound is {bound}"),
        };
        let message = text!(
            "{words} が成り立ちません。{ja}、{year} に {value} になります（{against_ja}）。",
            "`{words}` does not hold: {en} {year} gives {value} ({against_en})",
            against_ja = against.ja,
            against_en = against.en
        );
        Diagnostic::at(Code::InvariantBroken, self.always.holds.span, message).hint(text!(
            "ルールの式か前提の range を直してください。言い過ぎなら holds を改めてください。",
            "correct the rule or the assumption's range; if the invariant says too much, correct it"
        ))
    }

    fn uncomputed(&self, year: &str) -> Diagnostic {
        let (words, failed, Text { ja, en }) = (self.words(), self.failed, self.place());
        let message = text!(
            "{words} を確かめられない試算が {failed} 通りあります。{ja}、{year} が計算できません。",
            "`{words}` cannot be judged in {failed} runs: {en} {year} cannot be computed"
        );
        Diagnostic::at(Code::InvariantFailed, self.always.holds.span, message).hint(text!(
            "mitoshi test が示す反例をシナリオに保存し、mitoshi project で原因を確かめてください。",
            "save the counterexample that `mitoshi test` prints as a scenario: `mitoshi project` tells the cause"
        ))
    }

    fn unseen(&self) -> Diagnostic {
        let words = self.words();
        let message = text!(
            "{words} は一度も確かめられませんでした。どの試算でも値がありません。",
            "`{words}` was never judged: no run has a number for it"
        );
        self.why(Diagnostic::at(Code::InvariantUnseen, self.always.holds.span, message)).hint(text!(
            "値のある年度の量を選ぶか、この [[always]] を消してください。",
            "choose a quantity that has numbers, or delete this [[always]]"
        ))
    }

    /// Adds the plan's reason.
    fn why(&self, problem: Diagnostic) -> Diagnostic {
        match self.always.note.as_str() {
            "" => problem,
            note => problem.note(text!("理由: {note}", "reason: {note}")),
        }
    }

    /// The assumptions that the counterexample changes, as `arrears.extra@R6` and value.
    fn changes(&self, pack: &Pack) -> Vec<(String, f64)> {
        let changed = self.counterexample.iter().flat_map(|found| &found.change);
        changed.map(|((quantity, year), value)| (format!("{}@{}", quantity.address(pack), pack.plan.write(*year)), *value)).collect()
    }
}
