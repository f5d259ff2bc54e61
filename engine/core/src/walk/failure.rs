//! What is said of a failed cell: the sentence, every input it read with its origin, the chain of
//! computed quantities that led there, and what cannot be computed because of it.

use super::Walker;
use crate::diagnostic::{Code, Diagnostic, Text};
use crate::rule::engine::CallError;
use crate::rule::signature::{Bound, Meaning, Quantity, Role};
use crate::schedule::{Given, Source, State};
use crate::text;
use crate::year::Year;

/// How far back the chain is told, and in how many lines at most (the function's own inputs aside).
const CHAIN_DEPTH: usize = 4;
const CHAIN_LINES: usize = 12;

impl Walker<'_> {
    /// A function that a number was needed from lacks an input.
    pub(super) fn absent_input(&self, n: usize, bound: &Bound, year: Year, input: usize) -> Diagnostic {
        let cell = self.cell(n, bound, year);
        let name = bound.inputs.get(input).map_or("", |input| input.name.as_str());
        let address = self.input_address(n, bound, year, input);
        let message = text!(
            "{cell} を計算できません。入力 {name}（{address}）がありません。",
            "{cell} cannot be computed: its input {name} ({address}) is absent"
        );
        let diagnostic = Diagnostic::new(Code::InputAbsent, message);
        let diagnostic = match bound.inputs.get(input) {
            Some(input) => diagnostic.mark(input.span),
            None => diagnostic,
        };
        let diagnostic = self.tell(diagnostic, n, bound, year);
        match bound.inputs.get(input) {
            Some(input) => diagnostic.hint(self.supply(n, input.meaning, year)),
            None => diagnostic,
        }
    }

    /// What to write so that an absent input is there. Absent never counts as 0.
    fn supply(&self, n: usize, meaning: Meaning, year: Year) -> Text {
        let plan = &self.schedule.pack.plan;
        let lagged = |lag: u8| year.plus(-i16::from(lag));
        match meaning {
            Meaning::Quantity(Quantity::Target(m), lag) => self.write_target(m, lagged(lag)),
            Meaning::NextTarget => self.write_target(n, year.plus(1)),
            Meaning::Goal | Meaning::Planned => self.write_target(n, plan.last),
            Meaning::Quantity(quantity @ (Quantity::Assumption(..) | Quantity::Shared(_)), lag) => {
                let (address, year) = (quantity.address(self.schedule.pack), plan.write(lagged(lag)));
                text!("前提 {address} に {year} の値を書いてください。", "give the assumption {address} a value for {year}")
            }
            Meaning::Quantity(quantity, lag) if lagged(lag) <= self.schedule.actuals_until => {
                let (address, year) = (quantity.address(self.schedule.pack), plan.write(lagged(lag)));
                text!(
                    "{address} の {year} の実績を記録するか、出発値 `start = {{ {year} = … }}` を書いてください。ない値が 0 とみなされることはありません。",
                    "record {address} for {year}, or give it `start = {{ {year} = … }}`; absent never counts as 0"
                )
            }
            _ => text!(
                "個票に値を書いてください。ない値が 0 とみなされることはありません。",
                "write it in the sheet; absent never counts as 0"
            ),
        }
    }

    fn write_target(&self, n: usize, year: Year) -> Text {
        let (id, year) = (&self.schedule.sheet(n).id, self.schedule.pack.plan.write(year));
        text!(
            "rules/{id}.toml の [targets] に {year} の目標を数で書いてください。",
            "write a number for {year} in [targets] of rules/{id}.toml"
        )
    }

    /// A function was called and gave no finite number.
    pub(super) fn failed_call(&self, n: usize, bound: &Bound, year: Year, result: &Result<f64, CallError>) -> Diagnostic {
        let cell = self.cell(n, bound, year);
        let scenario = &self.schedule.scenario.name;
        let message = match result {
            Ok(number) => text!(
                "{cell}（シナリオ {scenario}）の結果が有限の数になりません（{number}）。",
                "{cell} (scenario {scenario}) gives no finite number ({number})"
            ),
            Err(CallError::TooLong) => text!(
                "{cell}（シナリオ {scenario}）の計算が上限の手数を超えたので止めました。",
                "{cell} (scenario {scenario}) was stopped: it took more steps than allowed"
            ),
            Err(CallError::Failed(words)) => text!(
                "{cell}（シナリオ {scenario}）の計算中にルールが止まりました。{ja}。",
                "{cell} (scenario {scenario}): the rule stopped: {en}",
                ja = &words.ja,
                en = &words.en
            ),
            Err(CallError::NotEvaluable(words)) => text!(
                "{cell}（シナリオ {scenario}）が評価不能とされました: {words}",
                "{cell} (scenario {scenario}) was declared not evaluable: {words}"
            ),
            Err(CallError::NoNumber(kind)) => text!(
                "{cell}（シナリオ {scenario}）の結果が数ではありません（{kind}）。",
                "{cell} (scenario {scenario}) is no number ({kind})"
            ),
        };
        let code = code(result);
        let diagnostic = self.tell(Diagnostic::at(code, bound.span, message), n, bound, year);
        if code == Code::NotANumber {
            return diagnostic.hint(text!(
                "0 での割り算、負の数の平方根や対数がないか確かめ、`if` で場合を分けてください。",
                "look for a division by zero, or a root or logarithm of a negative number, and treat it apart with `if`"
            ));
        }
        if code == Code::RanTooLong {
            return diagnostic
                .hint(text!("`for` の回数か、補助関数の呼出しを減らしてください。", "take fewer turns of `for`, or call fewer helpers"));
        }
        diagnostic.hint(text!("上の入力の値でルールの式を確かめてください。", "check the rule's expression with the inputs above"))
    }

    fn tell(&self, diagnostic: Diagnostic, n: usize, bound: &Bound, year: Year) -> Diagnostic {
        let (mut lines, mut left) = (Vec::new(), CHAIN_LINES);
        self.chain(n, bound, year, 0, &mut left, &mut lines);
        let diagnostic = lines.into_iter().fold(diagnostic, Diagnostic::note);
        match self.dependants(n, bound, year) {
            Some(note) => diagnostic.note(note),
            None => diagnostic,
        }
    }

    /// One line for each input, and below it those of the function that computed it.
    fn chain(&self, n: usize, bound: &Bound, year: Year, depth: usize, left: &mut usize, lines: &mut Vec<Text>) {
        let indent = "  ".repeat(depth);
        for (at, input) in bound.inputs.iter().enumerate() {
            if depth > 0 {
                let Some(rest) = left.checked_sub(1) else { return };
                *left = rest;
            }
            let source = self.schedule.source(n, input, year, None);
            let value = match self.run.read(source) {
                State::Number(number) => number.to_string(),
                State::Absent => "—".to_owned(),
                State::Failed(_) => "✕".to_owned(),
            };
            let (name, address, origin) = (&input.name, self.input_address(n, bound, year, at), self.origin(source));
            let (ja, en) = (origin.ja, origin.en);
            lines.push(Text {
                ja: format!("{indent}{name} = {value}（{address}{ja}）"),
                en: format!("{indent}{name} = {value} ({address}{en})"),
            });
            if let Source::Value(quantity, then, _) = source
                && depth + 1 < CHAIN_DEPTH
                && let (Some(owner), Some(function)) = (quantity.indicator(), self.schedule.function(quantity, then))
                && self.run.values.get(quantity, then) != State::Absent
            {
                self.chain(owner, function, then, depth + 1, left, lines);
            }
        }
    }

    /// What kind of number a source is, to stand behind its address.
    fn origin(&self, source: Source) -> Text {
        match source {
            Source::Assumption(..) => text!("、前提", ", assumption"),
            Source::Target(..) => text!("、目標", ", target"),
            Source::Value(quantity, year, _) => match (self.schedule.given(quantity, year), self.run.values.get(quantity, year)) {
                (Given::Actual(_), _) => text!("、実績", ", actual"),
                (Given::Pinned(_), _) => text!("、固定", ", pinned"),
                (_, State::Absent) if self.run.read(source) != State::Absent => text!("、出発値", ", start"),
                (Given::Computed(_), State::Number(_)) => text!("、計算", ", computed"),
                _ => Text::same(""),
            },
            Source::Number(_) | Source::Absent => Text::same(""),
        }
    }

    /// The address of an input of a function, by its number.
    pub(super) fn input_address(&self, n: usize, bound: &Bound, year: Year, input: usize) -> String {
        bound.inputs.get(input).map(|input| self.schedule.input_address(n, input, year)).unwrap_or_default()
    }

    /// The failed cell in words: `arrears@R7` or `arrears.collected@R7`, with the function for the others.
    fn cell(&self, n: usize, bound: &Bound, year: Year) -> String {
        let quantity = match bound.role {
            Role::Project => Quantity::Outcome(n),
            Role::Auxiliary(k) => Quantity::Auxiliary(n, k),
            Role::Achieve => Quantity::Achievement(n),
            Role::Revise => {
                return format!(
                    "{}@{} {}",
                    self.schedule.sheet(n).id,
                    self.schedule.pack.plan.write(year),
                    self.schedule.role_name(n, bound)
                );
            }
        };
        format!("{}@{}", quantity.address(self.schedule.pack), self.schedule.pack.plan.write(year))
    }

    /// The other indicators that read this one, directly or through others.
    fn dependants(&self, n: usize, bound: &Bound, _year: Year) -> Option<Text> {
        let source = match bound.role {
            Role::Project => Quantity::Outcome(n),
            Role::Auxiliary(k) => Quantity::Auxiliary(n, k),
            Role::Achieve | Role::Revise => return None,
        };
        let mut ids: Vec<&str> = Vec::new();
        for owner in self.schedule.graph.downstream(&[source]).into_iter().filter_map(Quantity::indicator) {
            let id = self.schedule.sheet(owner).id.as_str();
            if owner != n && !ids.contains(&id) {
                ids.push(id);
            }
        }
        let list = ids.join(", ");
        (!ids.is_empty()).then(|| text!("このため計算できない指標: {list}", "indicators that cannot be computed because of it: {list}"))
    }
}

/// The code of a call that gave no finite number.
pub(super) fn code(result: &Result<f64, CallError>) -> Code {
    match result {
        Ok(_) => Code::NotANumber,
        Err(CallError::TooLong) => Code::RanTooLong,
        Err(CallError::Failed(_) | CallError::NotEvaluable(_) | CallError::NoNumber(_)) => Code::RuleFailed,
    }
}
