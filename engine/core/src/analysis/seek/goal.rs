//! What is sought: `arrears@R8 <= 300`, `visitors@R8 >= 50`, `arrears@R8 meets target`.
//!
//! Read with NFKC folding; `≤`, `≥` and 「達成」 do too. Without a year the plan's last one is meant.
//! `BadGoal` says where the text cannot be read or why the quantity cannot be a goal; names and years
//! are judged by `address`. What is sought is reached exactly; what stands within the tolerance of
//! *met* is enough.

use unicode_normalization::UnicodeNormalization;

use super::search::Try;
use crate::analysis::Lane;
use crate::analysis::address::{self, TYPED};
use crate::columns::Output;
use crate::diagnostic::{Code, Diagnostic, Text};
use crate::pack::Pack;
use crate::rule::signature::Quantity;
use crate::schedule::grade::{at_least, met};
use crate::text;
use crate::year::Year;

/// What is wished of the quantity.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Wish {
    /// At most this number.
    AtMost(f64),
    /// At least this number.
    AtLeast(f64),
    /// The indicator's target in force is met.
    Target,
}

/// A quantity of a projected year, and what is wished of it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Goal {
    /// The quantity; an outcome where the wish is its target.
    pub quantity: Quantity,
    /// The year.
    pub year: Year,
    /// The wish.
    pub wish: Wish,
}

/// The ways to write a comparison; none is the beginning of an earlier one.
const SIGNS: [(&str, Sign); 8] = [
    ("<=", Sign::AtMost),
    (">=", Sign::AtLeast),
    ("≤", Sign::AtMost),
    ("≥", Sign::AtLeast),
    ("≦", Sign::AtMost),
    ("≧", Sign::AtLeast),
    ("meets target", Sign::Target),
    ("達成", Sign::Target),
];

#[derive(Clone, Copy, Debug, PartialEq)]
enum Sign {
    AtMost,
    AtLeast,
    Target,
}

impl Goal {
    /// The goal that an indicator meets its target in a year.
    pub fn target(indicator: usize, year: Year) -> Self {
        Self { quantity: Quantity::Outcome(indicator), year, wish: Wish::Target }
    }

    /// Reads a goal as typed, for a plan whose actuals count up to a year.
    ///
    /// # Errors
    /// The place that cannot be read, an unknown name, a year that is no longer projected.
    pub fn parse(pack: &Pack, written: &str, actuals_until: Year) -> Result<Self, Box<Diagnostic>> {
        let folded: String = written.nfkc().collect::<String>().trim().to_owned();
        let found = SIGNS.iter().filter_map(|(sign, means)| folded.find(sign).map(|at| (at, *sign, *means))).min_by_key(|(at, ..)| *at);
        let Some((at, sign, means)) = found else { return Err(no_sign(&folded)) };
        let (left, right) = (folded[..at].trim(), folded[at + sign.len()..].trim());
        let address = address::parse(pack, left).map_err(|problem| Box::new(given(*problem, &folded)))?;
        let year = address.year.unwrap_or(pack.plan.last);
        let wish = match means {
            Sign::Target if right.is_empty() => Wish::Target,
            Sign::Target => {
                return Err(at_place(&folded, at + sign.len(), &text!("ここから先は読めません", "nothing is expected from here on")));
            }
            Sign::AtMost => Wish::AtMost(number(&folded, right, at + sign.len())?),
            Sign::AtLeast => Wish::AtLeast(number(&folded, right, at + sign.len())?),
        };
        let goal = Self { quantity: address.quantity, year, wish };
        goal.possible(pack, &folded, actuals_until)?;
        Ok(goal)
    }

    /// What can be sought: something computed, in a projected year.
    fn possible(self, pack: &Pack, written: &str, actuals_until: Year) -> Result<(), Box<Diagnostic>> {
        let name = self.quantity.address(pack);
        let wrong = |message: Text, hint: Text| Err(Box::new(given(Diagnostic::at(Code::BadGoal, TYPED, message).hint(hint), written)));
        match (self.quantity, self.wish) {
            (Quantity::Outcome(_), _) | (Quantity::Auxiliary(..) | Quantity::Achievement(_), Wish::AtMost(_) | Wish::AtLeast(_)) => {}
            (Quantity::Auxiliary(..) | Quantity::Achievement(_), Wish::Target) => {
                return wrong(
                    text!("{name} に目標はありません。", "{name} has no target"),
                    text!(
                        "目標があるのは指標です。指標@R8 meets target のように書きます。",
                        "indicators have targets: write ID@R8 meets target"
                    ),
                );
            }
            _ => {
                return wrong(
                    text!("{name} は計算される値ではないので、目標にできません。", "{name} is not computed, so it cannot be a goal"),
                    text!(
                        "目標にできるのは、指標、補助量、達成率（指標.achievement）です。",
                        "a goal is an indicator, an auxiliary or an achievement (ID.achievement)"
                    ),
                );
            }
        }
        if self.year > actuals_until {
            return Ok(());
        }
        let (year, until) = (pack.plan.write(self.year), pack.plan.write(actuals_until));
        wrong(
            text!(
                "{year} は実績の年度（{until}まで）なので、もう変えられません。",
                "{year} is closed (actuals until {until}): it can no longer change"
            ),
            text!("見通し年度を目標にします。", "choose a projected year"),
        )
    }

    /// The outputs to look at: the quantity and, for a target, the achievement.
    pub fn outputs(self) -> (Output, Option<Output>) {
        let achievement = match (self.wish, self.quantity) {
            (Wish::Target, Quantity::Outcome(n)) => Some(Output::Value(Quantity::Achievement(n), self.year)),
            _ => None,
        };
        (Output::Value(self.quantity, self.year), achievement)
    }

    /// What a draw comes to; `achievement` is looked at where the wish is the target.
    pub fn judge(self, value: Lane, achievement: Lane) -> Try {
        let number = |lane: Lane| if let Lane::Number(number) = lane { Some(number) } else { None };
        let value = number(value);
        let told = |number: Option<f64>, merit: &dyn Fn(f64) -> f64, enough: &dyn Fn(f64) -> bool| Try {
            reached: number.is_some_and(|number| merit(number) >= 0.0),
            enough: number.is_some_and(enough),
            merit: number.map_or(f64::NAN, merit),
            value,
        };
        match self.wish {
            Wish::AtMost(bar) => told(value, &|value| bar - value, &|value| at_least(bar, value)),
            Wish::AtLeast(bar) => told(value, &|value| value - bar, &|value| at_least(value, bar)),
            Wish::Target => told(number(achievement), &|achievement| achievement - 1.0, &met),
        }
    }
}

fn number(written: &str, text: &str, from: usize) -> Result<f64, Box<Diagnostic>> {
    let plain = text.replace(',', "").replace('\u{2212}', "-");
    let number = plain.parse::<f64>().ok().filter(|number| number.is_finite());
    number.ok_or_else(|| match text.is_empty() {
        true => at_place(written, from, &text!("ここに数がありません", "a number is missing here")),
        false => at_place(written, from, &text!("「{text}」は有限の数ではありません", "`{text}` is not a finite number")),
    })
}

fn no_sign(written: &str) -> Box<Diagnostic> {
    match written.find(['<', '>', '=', '!']) {
        Some(at) => at_place(written, at, &text!("比べ方は <= か >= で書きます", "a comparison is <= or >=")),
        None => at_place(
            written,
            written.len(),
            &text!("<= か >= と数、または meets target がありません", "there is no <= or >= with a number, and no `meets target`"),
        ),
    }
}

/// A goal that cannot be read from byte `at` on.
fn at_place(written: &str, at: usize, why: &Text) -> Box<Diagnostic> {
    let rest = written[at..].trim_start();
    let before = written[..written.len() - rest.len()].chars().count();
    let place = before + 1;
    let message = Text {
        ja: format!("目標「{written}」の{place}文字目: {}。", why.ja),
        en: format!("goal `{written}`, character {place}: {}", why.en),
    };
    Box::new(Diagnostic::at(Code::BadGoal, TYPED, message).hint(how_to_write()))
}

fn how_to_write() -> Text {
    text!(
        "指標@R8 <= 300、指標.補助量@R8 >= 10、指標@R8 meets target のように書きます。",
        "write it as ID@R8 <= 300, ID.NAME@R8 >= 10 or ID@R8 meets target"
    )
}

fn given(problem: Diagnostic, written: &str) -> Diagnostic {
    problem.note(text!("指定: --goal '{written}'", "given: --goal '{written}'"))
}
