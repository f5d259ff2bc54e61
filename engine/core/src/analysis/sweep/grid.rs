//! `--by ID.NAME=LOW..HIGH:STEP`: the values of a grid, or the bounds of a Latin hypercube.
//!
//! In: the texts as typed. Out: a [`Plan`]. A grid's values are what a person would type (0.1, 0.2, 0.3:
//! rounded to the decimals of LOW and STEP), from LOW on as far as HIGH. A hypercube cuts each input's
//! bounds into N equal parts and uses each part once, in an order that depends on seed and address
//! only. `BadGrid` where that cannot be; names are judged by [`Varied::read`].

use unicode_normalization::UnicodeNormalization;

use super::{MOST_POINTS, Plan, Values};
use crate::analysis::address::TYPED;
use crate::analysis::study::{Varied, shuffled};
use crate::columns::draws::generator::Stream;
use crate::diagnostic::{Code, Diagnostic, Text};
use crate::pack::as_number;
use crate::schedule::Schedule;
use crate::text;

/// The most inputs of a grid.
const MOST_INPUTS: usize = 3;
/// How far, in steps, the last value of a grid may pass HIGH by rounding.
const SLACK: f64 = 1e-9;

/// One `--by`, taken apart.
#[derive(Clone, Debug, PartialEq)]
pub struct By {
    address: String,
    low: Number,
    high: Number,
    step: Option<Number>,
}

/// A number and the decimals it was typed with; absent for forms such as `1e-3`.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Number {
    value: f64,
    decimals: Option<usize>,
}

/// Every combination of one to three inputs.
///
/// # Errors
/// Everything that is wrong with the inputs.
pub fn grid(schedule: &Schedule<'_>, by: &[String]) -> Result<Plan, Vec<Diagnostic>> {
    let (inputs, read) = inputs(schedule, by)?;
    if inputs.len() > MOST_INPUTS {
        let count = inputs.len();
        let message =
            text!("--by は{MOST_INPUTS}つまでですが、{count} 個あります。", "a grid has at most {MOST_INPUTS} inputs, here are {count}");
        return Err(vec![Diagnostic::at(Code::BadGrid, TYPED, message).hint(text!(
            "--sample を付けると、いくつでも同時に動かせます（全体から偏りなく選んだ N 通り）。",
            "with --sample N any number of inputs can be varied together"
        ))]);
    }
    let axes = all(by, read.iter().map(By::axis))?;
    let points = axes.iter().map(|axis| axis.len() as f64).product::<f64>();
    if points > MOST_POINTS as f64 {
        let message = text!(
            "組み合わせが {points} 通りになり、上限の {MOST_POINTS} 通りを超えます。",
            "this makes {points} points; at most {MOST_POINTS} are run"
        );
        return Err(vec![Diagnostic::at(Code::BadGrid, TYPED, message).hint(text!(
            "刻みを大きくするか、幅を狭めるか、--sample で選び出してください。",
            "use larger steps or a smaller span, or choose with --sample"
        ))]);
    }
    Ok(Plan { places: vec![TYPED; inputs.len()], inputs, values: Values::Grid(axes) })
}

/// A Latin hypercube of `count` points.
///
/// # Errors
/// Everything that is wrong with the inputs.
pub fn sample(schedule: &Schedule<'_>, by: &[String], count: usize, seed: u64) -> Result<Plan, Vec<Diagnostic>> {
    let (inputs, read) = inputs(schedule, by)?;
    let bounds = all(by, read.iter().map(By::bounds))?;
    let width = inputs.len();
    let mut values = vec![0.0; width * count];
    for (k, (input, (low, high))) in inputs.iter().zip(bounds).enumerate() {
        let order = shuffled(count, Stream::new(seed, &format!("latin order of {}", input.address), None));
        let within = Stream::new(seed, &format!("latin place of {}", input.address), None);
        for (point, part) in order.into_iter().enumerate() {
            let share = (part as f64 + within.uniform(point as u64)) / count as f64;
            if let Some(place) = values.get_mut(point * width + k) {
                *place = low + (high - low) * share;
            }
        }
    }
    Ok(Plan { places: vec![TYPED; width], inputs, values: Values::Rows(width, values) })
}

/// The inputs of all texts, each named once.
fn inputs(schedule: &Schedule<'_>, by: &[String]) -> Result<(Vec<Varied>, Vec<By>), Vec<Diagnostic>> {
    let mut found: Vec<Varied> = Vec::new();
    let (mut read, mut problems) = (Vec::new(), Vec::new());
    for written in by {
        let one = By::read(written).and_then(|by| Ok((Varied::read(schedule, &by.address, TYPED)?, by)));
        match one {
            Ok((input, _)) if found.iter().any(|other| other.overlaps(&input)) => {
                let address = &input.address;
                let message = text!("{address} が2度指定されています。", "{address} is varied twice");
                let problem = Diagnostic::at(Code::BadGrid, TYPED, message);
                problems.push(given(problem.hint(text!("どちらかの --by を消してください。", "remove one of the two")), written));
            }
            Ok((input, by)) => {
                found.push(input);
                read.push(by);
            }
            Err(problem) => problems.push(given(*problem, written)),
        }
    }
    if problems.is_empty() { Ok((found, read)) } else { Err(problems) }
}

/// The results for all texts, or every problem with the text it is about.
fn all<T>(by: &[String], results: impl Iterator<Item = Result<T, Box<Diagnostic>>>) -> Result<Vec<T>, Vec<Diagnostic>> {
    let (mut good, mut bad) = (Vec::new(), Vec::new());
    for (result, written) in results.zip(by) {
        match result {
            Ok(one) => good.push(one),
            Err(problem) => bad.push(given(*problem, written)),
        }
    }
    if bad.is_empty() { Ok(good) } else { Err(bad) }
}

fn given(problem: Diagnostic, written: &str) -> Diagnostic {
    problem.note(text!("指定: --by {written}", "given: --by {written}"))
}

impl By {
    fn read(written: &str) -> Result<Self, Box<Diagnostic>> {
        let folded: String = written.nfkc().map(|c| if c == '\u{2212}' { '-' } else { c }).collect();
        let parts = folded.split_once('=').and_then(|(address, values)| Some((address, values.split_once("..")?)));
        let Some((address, (low, rest))) = parts else {
            return Err(bad(text!("値の幅（下限..上限）がありません。", "there are no bounds LOW..HIGH")));
        };
        let (high, step) = rest.split_once(':').map_or((rest, None), |(high, step)| (high, Some(step)));
        let step = step.map(number).transpose()?;
        Ok(Self { address: address.trim().to_owned(), low: number(low)?, high: number(high)?, step })
    }

    fn bounds(&self) -> Result<(f64, f64), Box<Diagnostic>> {
        let (low, high) = (self.low.value, self.high.value);
        if low > high {
            return Err(bad(text!("下限 {low} が上限 {high} より大きくなっています。", "LOW, {low}, is above HIGH, {high}")));
        }
        match self.step {
            Some(_) => Err(bad(text!("--sample のときは刻みを書きません。", "under --sample there is no STEP"))),
            None => Ok((low, high)),
        }
    }

    fn axis(&self) -> Result<Vec<f64>, Box<Diagnostic>> {
        let (low, high) = (self.low.value, self.high.value);
        let Some(step) = self.step else {
            return Err(bad(text!("刻みがありません。", "there is no STEP")));
        };
        if step.value <= 0.0 {
            let step = step.value;
            return Err(bad(text!("刻みは 0 より大きい数でなければなりません（指定は {step}）。", "STEP is {step}, it must be above 0")));
        }
        if low > high {
            return Err(bad(text!("下限 {low} が上限 {high} より大きくなっています。", "LOW, {low}, is above HIGH, {high}")));
        }
        let steps = ((high - low) / step.value + SLACK).floor();
        if steps >= MOST_POINTS as f64 {
            return Err(bad(text!(
                "刻みが細かすぎて、上限の {MOST_POINTS} 通りを超えます。",
                "the steps are too small: more than {MOST_POINTS} values"
            )));
        }
        let decimals = self.low.decimals.zip(step.decimals).map(|(a, b)| a.max(b));
        let value = |n: u32| as_typed(low + f64::from(n) * step.value, decimals);
        Ok((0..=steps as u32).map(value).collect())
    }
}

/// Rounds to decimals, so that 0.1 + 2 × 0.1 is the 0.3 that one would type.
fn as_typed(value: f64, decimals: Option<usize>) -> f64 {
    let rounded = decimals.and_then(|decimals| format!("{value:.decimals$}").parse().ok());
    rounded.unwrap_or(value) + 0.0
}

fn number(written: &str) -> Result<Number, Box<Diagnostic>> {
    let written = written.trim();
    let Some(value) = written.parse::<f64>().ok().filter(|value| value.is_finite()) else {
        let message = text!("「{written}」は有限の数ではありません。", "`{written}` is not a finite number");
        return Err(Box::new(Diagnostic::at(Code::BadGrid, TYPED, message).hint(as_number(written))));
    };
    let plain = written.bytes().all(|byte| byte.is_ascii_digit() || matches!(byte, b'.' | b'-' | b'+'));
    let decimals = plain.then(|| written.split_once('.').map_or(0, |(_, fraction)| fraction.len()));
    Ok(Number { value, decimals })
}

fn bad(why: Text) -> Box<Diagnostic> {
    Box::new(Diagnostic::at(Code::BadGrid, TYPED, why).hint(text!(
        "「指標.前提=下限..上限:刻み」の形で、online_procedures.rate=0.15..0.30:0.05 のように書いてください（--sample のときは刻みなし）。",
        "write ID.NAME=LOW..HIGH:STEP, such as online_procedures.rate=0.15..0.30:0.05 (without STEP under --sample)"
    )))
}
