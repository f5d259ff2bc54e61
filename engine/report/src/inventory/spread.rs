//! A spread in words: `三角分布 [-0.3, 0, 0.4] → 1.2〜1.9`, with `×` where it is a factor and `（毎年）` where it is
//! drawn anew each year; after the arrow the values that draws reach.

use mitoshi_core::diagnostic::Text;
use mitoshi_core::pack::{Drawn, Spread, SpreadByYear, SpreadForm};
use mitoshi_core::text;
use mitoshi_core::year::Year;
use serde_json::{Value, json};

use crate::drawn::reach_briefly;

/// In words; by year if it differs.
pub(super) fn told(spread: &SpreadByYear, write: impl Fn(Year) -> String) -> Text {
    match spread {
        SpreadByYear::All(one) => one_told(one),
        SpreadByYear::ByYear(years) => {
            let each: Vec<(String, Text)> = years.iter().map(|(year, one)| (write(*year), one_told(one))).collect();
            let join = |part: fn(&Text) -> &str, between: &str| {
                each.iter().map(|(year, text)| format!("{year} {}", part(text))).collect::<Vec<_>>().join(between)
            };
            Text { ja: join(|text| &text.ja, "、"), en: join(|text| &text.en, ", ") }
        }
    }
}

/// Adds the values that draws reach: once if they are the same in every year.
pub(super) fn with_reach(told: Text, drawn: &[(Year, Drawn)], write: impl Fn(Year) -> String) -> Text {
    let all: Vec<(String, Text)> = drawn.iter().map(|(year, drawn)| (write(*year), reach_briefly(drawn))).collect();
    let Some((_, first)) = all.first() else { return told };
    if all.iter().all(|(_, other)| other == first) {
        return text!("{ja} → {to}", "{en} → {to_en}", ja = told.ja, to = &first.ja, en = told.en, to_en = &first.en);
    }
    let join = |part: fn(&Text) -> &str, between: &str| {
        all.iter().map(|(year, text)| format!("{year} {}", part(text))).collect::<Vec<_>>().join(between)
    };
    Text { ja: format!("{} → {}", told.ja, join(|text| &text.ja, "、")), en: format!("{} → {}", told.en, join(|text| &text.en, ", ")) }
}

/// For programs: `{"form", "parameters", "as", "every_year"}`, or such an object for each year.
pub(super) fn json(spread: &SpreadByYear, write: impl Fn(Year) -> String) -> Value {
    match spread {
        SpreadByYear::All(one) => one_json(one),
        SpreadByYear::ByYear(years) => Value::Object(years.iter().map(|(year, one)| (write(*year), one_json(one))).collect()),
    }
}

fn one_told(spread: &Spread) -> Text {
    let (name, numbers) = form(&spread.form);
    let numbers = if numbers.is_empty() { String::new() } else { format!(" [{}]", numbers.join(", ")) };
    let numbers = if spread.as_factor { format!("{numbers} ×") } else { numbers };
    let (ja, en) = (&name.1.ja, &name.1.en);
    match spread.every_year {
        true => text!("{ja}{numbers}（毎年）", "{en}{numbers} (every year)"),
        false => text!("{ja}{numbers}", "{en}{numbers}"),
    }
}

fn one_json(spread: &Spread) -> Value {
    let (name, numbers) = (form(&spread.form).0, parameters(&spread.form));
    let effect = if spread.as_factor { "factor" } else { "deviation" };
    json!({ "form": name.0, "parameters": numbers, "as": effect, "every_year": spread.every_year })
}

/// The parameters as numbers; pairs for a discrete spread.
fn parameters(form: &SpreadForm) -> Value {
    match form {
        SpreadForm::Normal { mean, sd } => json!([mean, sd]),
        SpreadForm::Lognormal { median, sd_of_ln } => json!([median, sd_of_ln]),
        SpreadForm::Uniform { low, high } | SpreadForm::Interval { low, high } => json!([low, high]),
        SpreadForm::Triangular { low, mode, high } | SpreadForm::Pert { low, mode, high } => json!([low, mode, high]),
        SpreadForm::Discrete(pairs) => json!(pairs),
        SpreadForm::Binomial { n, p } => json!([n, p]),
        SpreadForm::Poisson => json!([]),
    }
}

/// The form's key and name, and its parameters as the sheet writes them.
fn form(form: &SpreadForm) -> ((&'static str, Text), Vec<String>) {
    let numbers = |numbers: &[f64]| numbers.iter().map(|number| (number + 0.0).to_string()).collect();
    match form {
        SpreadForm::Normal { mean, sd } => (("normal", text!("正規分布", "normal")), numbers(&[*mean, *sd])),
        SpreadForm::Lognormal { median, sd_of_ln } => (("lognormal", text!("対数正規分布", "lognormal")), numbers(&[*median, *sd_of_ln])),
        SpreadForm::Uniform { low, high } => (("uniform", text!("一様分布", "uniform")), numbers(&[*low, *high])),
        SpreadForm::Triangular { low, mode, high } => (("triangular", text!("三角分布", "triangular")), numbers(&[*low, *mode, *high])),
        SpreadForm::Pert { low, mode, high } => (("pert", text!("PERT分布", "PERT")), numbers(&[*low, *mode, *high])),
        SpreadForm::Discrete(pairs) => {
            let pairs = pairs.iter().map(|(value, probability)| format!("{}: {}", value + 0.0, probability + 0.0));
            (("discrete", text!("離散分布", "discrete")), pairs.collect())
        }
        SpreadForm::Binomial { n, p } => (("binomial", text!("二項分布", "binomial")), numbers(&[f64::from(*n), *p])),
        SpreadForm::Interval { low, high } => (("interval", text!("90%の区間", "90 % interval")), numbers(&[*low, *high])),
        SpreadForm::Poisson => (("poisson", text!("ポアソン分布", "Poisson")), Vec::new()),
    }
}
