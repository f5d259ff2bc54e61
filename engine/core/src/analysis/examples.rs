//! The worked examples of the sheets, run: each calls one rule function alone, with what it is given.
//!
//! In: the pack, bindings and compiled rules. Out: a [`Tried`] for each example, in the pack's order, and
//! for a failed one a diagnostic with what was expected, what was found and every input. Scenarios,
//! targets and other indicators play no part.

use super::branches::Side;
use crate::columns::{Lowered, Templates};
use crate::diagnostic::{Code, Diagnostic, Text};
use crate::pack::{Example, Pack, Sheet};
use crate::rule::Rules;
use crate::rule::engine::{CallError, RuleEngine};
use crate::rule::examples::find;
use crate::rule::signature::{Binding, Bound};
use crate::text;

/// An example that was run.
pub struct Tried<'m> {
    /// Its indicator.
    pub sheet: &'m Sheet,
    /// The example.
    pub example: &'m Example,
    /// What the function returned.
    pub found: Result<f64, CallError>,
    bound: &'m Bound,
}

/// Runs every example whose function is there.
pub fn run<'m>(pack: &'m Pack, bindings: &'m [Binding], engine: &RuleEngine, rules: &Rules) -> Vec<Tried<'m>> {
    let mut tried = Vec::new();
    for binding in bindings {
        let Some((_, sheet)) = pack.sheets.get_index(binding.indicator) else { continue };
        let Some(rule) = rules.by_path.get(&binding.rule) else { continue };
        for example in &sheet.examples {
            let Some((bound, inputs)) = inputs(binding, sheet, example) else { continue };
            tried.push(Tried { sheet, example, found: engine.call(&rule.ast, &bound.function, &inputs), bound });
        }
    }
    tried
}

/// The sides of `if`s that the examples take.
pub fn taken(pack: &Pack, bindings: &[Binding], lowered: &Lowered) -> Vec<Side> {
    let mut taken = Vec::new();
    for binding in bindings {
        let Some((_, sheet)) = pack.sheets.get_index(binding.indicator) else { continue };
        for example in &sheet.examples {
            let Some((bound, inputs)) = inputs(binding, sheet, example) else { continue };
            taken.extend(lowered.template(binding.indicator, bound).iter().flat_map(|template| template.taken(&inputs)));
        }
    }
    taken
}

/// The function of an example and what it is called with; absent if either is not whole.
fn inputs<'m>(binding: &'m Binding, sheet: &Sheet, example: &Example) -> Option<(&'m Bound, Vec<f64>)> {
    let bound = find(binding, sheet, &example.function.value)?;
    let given = |name: &str| example.given.iter().find(|(given, _)| given.value == name).map(|(_, number)| *number);
    Some((bound, bound.inputs.iter().map(|input| given(&input.name)).collect::<Option<_>>()?))
}

impl Tried<'_> {
    /// True if the function returned what the example says.
    pub fn passed(&self) -> bool {
        self.found.as_ref().is_ok_and(|found| self.example.accepts(*found))
    }

    /// What is to be said of a failed example; absent if it passed.
    pub fn complaint(&self) -> Option<Diagnostic> {
        if self.passed() {
            return None;
        }
        let (id, function, expected) = (&self.sheet.id, &self.example.function.value, self.example.expected.value);
        let found = self.words();
        let message = text!(
            "{id} の {function} は、例では {expected} になるはずですが、{ja}。",
            "{function} of {id} should give {expected} in this example; {en}",
            ja = &found.ja,
            en = &found.en
        );
        let problem = Diagnostic::at(Code::ExampleFailed, self.example.expected.span, message)
            .label(self.bound.span, text!("この関数です", "this function"));
        let given = self.example.given.iter().map(|(name, number)| (&name.value, number));
        let problem = given.fold(problem, |problem, (name, number)| problem.note(Text::same(format!("{name} = {number}"))));
        Some(problem.hint(text!(
            "ルールの式を書き、計算が正しければ例の数を直してください。",
            "write the rule; if its result is right, correct the example"
        )))
    }

    fn words(&self) -> Text {
        match &self.found {
            Ok(found) if found.is_finite() => text!("{found} になりました", "it gave {found}", found = shown(*found)),
            Ok(_) => text!("有限の数になりませんでした", "it gave no finite number"),
            Err(CallError::NotEvaluable(words)) => text!("評価不能とされました（{words}）", "it said “not evaluable” ({words})"),
            Err(CallError::TooLong) => text!("上限の手数を超えたので止めました", "it took more steps than allowed"),
            Err(CallError::Failed(words)) => {
                text!("途中で止まりました（{ja}）", "it stopped: {en}", ja = &words.ja, en = &words.en)
            }
            Err(CallError::NoNumber(_)) => text!("数になりませんでした", "it gave no number"),
        }
    }
}

/// A result as people write it: without the last digits, which are rounding.
pub fn shown(number: f64) -> String {
    if number.abs() >= 1e9 {
        return number.to_string();
    }
    let text = format!("{number:.9}");
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}
