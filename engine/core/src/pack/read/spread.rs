//! Spreads: how uncertain an assumption is.
//!
//! In: `{ triangular = [-2, 0, 4], every_year = true }`, one or by year. Out: a [`SpreadByYear`].
//! `BadSpread` where no form or several are named, or where no distribution has such parameters; so a
//! draw never has to check them again. Parameters are those of the deviation or factor.

use crate::diagnostic::{Code, Diagnostic, Text};
use crate::pack::model::{Plan, Spread, SpreadByYear, SpreadForm};
use crate::pack::table::{Item, wrong_form};
use crate::text;
use crate::year::Year;

use super::years::{self, by_year};

/// Most trials of a binomial.
const MAX_TRIALS: f64 = 1e6;

/// How far the probabilities of a discrete spread may be from 1 together.
const SUM_TOLERANCE: f64 = 1e-9;

/// The forms: their key and what stands after it.
const FORMS: [(&str, &str); 9] = [
    ("normal", "[0.0, 0.4]"),
    ("lognormal", "[1.0, 0.2]"),
    ("uniform", "[-1.0, 1.0]"),
    ("triangular", "[-1.0, 0.0, 2.0]"),
    ("pert", "[-1.0, 0.0, 2.0]"),
    ("discrete", "[[0.0, 0.7], [1.0, 0.3]]"),
    ("binomial", "[42, 0.3]"),
    ("interval", "[-1.0, 1.0]"),
    ("poisson", "\"value\""),
];

/// One spread for all years, or one for each.
pub(super) fn spread(item: &Item<'_>, plan: &Plan) -> Option<SpreadByYear> {
    let table = item.table()?;
    if !table.items().any(|entry| Year::parse(entry.name).is_some()) {
        return one(item).map(SpreadByYear::All);
    }
    let spreads = by_year(&table, plan, years::Span::UpToLast, one);
    Some(SpreadByYear::ByYear(spreads.into_iter().collect()))
}

fn one(item: &Item<'_>) -> Option<Spread> {
    let table = item.table()?;
    let forms: Vec<Item<'_>> = FORMS.iter().filter_map(|(key, _)| table.find(key)).collect();
    let as_factor = table.find("as").and_then(|word| word.word(&[("factor", true)])).unwrap_or_default();
    let every_year = table.flag("every_year");
    let unknown = table.items().any(|entry| !is_key(entry.name));
    table.finish();
    let form = match forms.as_slice() {
        [form] => self::form(form)?,
        [] if unknown => return None,
        _ => {
            item.file.push(how_many(item, forms.len()));
            return None;
        }
    };
    if as_factor && form == SpreadForm::Poisson {
        item.file.push(bad(
            item,
            &text!("poisson は値そのものを置き換えるので、as は書けません。", "`poisson` replaces the value, so `as` has no meaning"),
        ));
    }
    Some(Spread { form, as_factor, every_year, span: item.span })
}

fn is_key(name: &str) -> bool {
    FORMS.iter().any(|(key, _)| *key == name) || name == "as" || name == "every_year"
}

fn how_many(item: &Item<'_>, found: usize) -> Diagnostic {
    let list = FORMS.iter().map(|(key, _)| *key).collect::<Vec<_>>().join(" / ");
    let why = if found == 0 {
        text!("分布の形がありません。", "no distribution is named")
    } else {
        text!("分布の形が{found}つあります。", "{found} distributions are named")
    };
    bad(item, &why).hint_instead(text!("{list} のどれか一つを書いてください。", "write one of {list}"))
}

fn bad(item: &Item<'_>, why: &Text) -> Diagnostic {
    let message = Text {
        ja: format!("このばらつきは成り立ちません。{}", why.ja), en: format!("no such spread is possible: {}", why.en)
    };
    let example = FORMS.iter().find(|(key, _)| *key == item.name).map_or("{ normal = [0.0, 0.4] }", |(_, example)| *example);
    let (name, word) = (item.name, if item.name == "poisson" { "poisson = \"value\"" } else { "" });
    let hint = match word {
        "" => text!("{name} = {example} のように書いてください。", "write it like {name} = {example}"),
        word => text!("{word} とだけ書いてください。", "write {word} alone"),
    };
    Diagnostic::at(Code::BadSpread, item.span, message).hint(hint)
}

fn form(item: &Item<'_>) -> Option<SpreadForm> {
    let form = match item.name {
        "discrete" => SpreadForm::Discrete(discrete(item)?),
        "poisson" => {
            item.word(&[("value", ())])?;
            SpreadForm::Poisson
        }
        "triangular" | "pert" => {
            let [low, mode, high] = parameters(item)?;
            if item.name == "pert" { SpreadForm::Pert { low, mode, high } } else { SpreadForm::Triangular { low, mode, high } }
        }
        name => {
            let [first, second] = parameters(item)?;
            match name {
                "normal" => SpreadForm::Normal { mean: first, sd: second },
                "lognormal" => SpreadForm::Lognormal { median: first, sd_of_ln: second },
                "uniform" => SpreadForm::Uniform { low: first, high: second },
                "interval" => SpreadForm::Interval { low: first, high: second },
                _ => binomial(item, first, second)?,
            }
        }
    };
    match impossible(&form) {
        Some(why) => {
            item.file.push(bad(item, &why));
            None
        }
        None => Some(form),
    }
}

fn parameters<const N: usize>(item: &Item<'_>) -> Option<[f64; N]> {
    let example = FORMS.iter().find(|(key, _)| *key == item.name).map_or("", |(_, example)| *example);
    item.numbers(&text!("{example} のような{N}つの数", "{N} numbers, such as {example}"))
}

/// Why no distribution has these parameters; absent if one has.
fn impossible(form: &SpreadForm) -> Option<Text> {
    match form {
        SpreadForm::Normal { sd, .. } => (*sd < 0.0).then(|| text!("標準偏差は0以上です。", "a standard deviation is not negative")),
        SpreadForm::Lognormal { median, sd_of_ln } => (*median <= 0.0 || *sd_of_ln < 0.0)
            .then(|| text!("中央値は正、対数の標準偏差は0以上です。", "the median is positive, the standard deviation not negative")),
        SpreadForm::Uniform { low, high } | SpreadForm::Interval { low, high } => {
            (low >= high).then(|| text!("左の数は右の数より小さくします。", "the left number must be less than the right one"))
        }
        SpreadForm::Triangular { low, mode, high } | SpreadForm::Pert { low, mode, high } => (low > mode || mode > high || low >= high)
            .then(|| text!("[下限, 最頻値, 上限] の順に、小さいほうから書きます。", "the order is [low, mode, high], ascending")),
        SpreadForm::Discrete(_) | SpreadForm::Binomial { .. } | SpreadForm::Poisson => None,
    }
}

fn binomial(item: &Item<'_>, n: f64, p: f64) -> Option<SpreadForm> {
    let possible = (1.0..=MAX_TRIALS).contains(&n) && n % 1.0 == 0.0 && (0.0..=1.0).contains(&p);
    if !possible {
        item.file.push(bad(
            item,
            &text!(
                "[回数, 確率] は、1以上100万以下の整数と、0以上1以下の数です。",
                "[n, p] are a whole number from 1 to 1,000,000 and a number from 0 to 1"
            ),
        ));
    }
    possible.then_some(SpreadForm::Binomial { n: n as u32, p })
}

fn discrete(item: &Item<'_>) -> Option<Vec<(f64, f64)>> {
    let list = item.list()?;
    if list.is_empty() {
        item.file.push(wrong_form(item, &text!("[[値, 確率], …] の並び", "a list [[value, probability], …]")));
        return None;
    }
    let pair = |item: &Item<'_>| item.numbers(&text!("[値, 確率]", "[value, probability]")).map(|[value, p]| (value, p));
    let pairs: Vec<(f64, f64)> = list.iter().filter_map(pair).collect();
    if pairs.len() < list.len() {
        return None;
    }
    let sum: f64 = pairs.iter().map(|(_, p)| p).sum();
    let possible = (sum - 1.0).abs() <= SUM_TOLERANCE && pairs.iter().all(|(_, p)| *p >= 0.0);
    if !possible {
        item.file.push(bad(
            item,
            &text!("確率は0以上で、足して1になります（いまの和は{sum}）。", "probabilities are not negative and add up to 1 (now {sum})"),
        ));
    }
    possible.then_some(pairs)
}
