//! The names of quantities that any rule can read, and how one of them is looked up.

use indexmap::IndexMap;
use unicode_normalization::UnicodeNormalization;

use super::{Meaning, Quantity, Role, words};
use crate::diagnostic::{Code, Diagnostic, Text};
use crate::pack::{LAGS, Pack, Sheet};
use crate::rule::tree::Parameter;
use crate::text;

/// Every quantity by the names that other indicators use: `arrears`, `arrears_collected`, …
#[derive(Debug, Default)]
pub struct Names {
    shared: IndexMap<String, Vec<Quantity>>,
}

impl Names {
    /// Collects the names of a pack.
    pub fn new(pack: &Pack) -> Self {
        let mut names = Self::default();
        for (number, sheet) in pack.sheets.values().enumerate() {
            names.add(sheet.id.clone(), Quantity::Outcome(number));
            for (suffix, quantity) in quantities(number, sheet) {
                names.add(format!("{}_{suffix}", sheet.id), quantity);
            }
        }
        for (number, name) in pack.plan.assumptions.keys().enumerate() {
            names.add(name.clone(), Quantity::Shared(number));
        }
        names
    }

    fn add(&mut self, name: String, quantity: Quantity) {
        self.shared.entry(name).or_default().push(quantity);
    }

    /// What a parameter of an indicator's function in this role means.
    ///
    /// # Errors
    /// It means nothing or two things; without a diagnostic if one has been given elsewhere.
    pub fn find(&self, pack: &Pack, indicator: usize, parameter: &Parameter, role: Role) -> Result<Meaning, Option<Box<Diagnostic>>> {
        let (lag, name) = split_lag(&parameter.name);
        let Some((_, sheet)) = pack.sheets.get_index(indicator) else { return Err(None) };
        let own = own_quantities(indicator, sheet, lag).filter(|(own, _)| *own == name).map(|(_, quantity)| quantity);
        let others = self.shared.get(name).into_iter().flatten().copied().filter(|quantity| quantity.indicator() != Some(indicator));
        let readings: Vec<Quantity> = own.chain(others).collect();
        match readings.as_slice() {
            [one] => Ok(Meaning::Quantity(*one, lag)),
            [] => Err(self.unknown(pack, sheet, parameter, role).map(Box::new)),
            several => Err(Some(Box::new(ambiguous(pack, parameter, several)))),
        }
    }

    fn unknown(&self, pack: &Pack, sheet: &Sheet, parameter: &Parameter, role: Role) -> Option<Diagnostic> {
        let written = &parameter.name;
        let (lag, name) = split_lag(written);
        let hidden =
            pack.unreadable.iter().any(|id| name == id || name.strip_prefix(id.as_str()).is_some_and(|rest| rest.starts_with('_')));
        if hidden || self.is_there_in_pieces(sheet, name) {
            return None;
        }
        let base = Diagnostic::at(
            Code::UnknownParameter,
            parameter.span,
            text!("引数 {written} が何を指すのか分かりません。", "parameter `{written}` names nothing that this rule can read"),
        );
        Some(match own_name_hint(sheet, name, lag, role).or_else(|| self.turned_round(pack, sheet, name)) {
            Some(hint) => base.hint(hint),
            None => self.suggest(base, pack, sheet, written),
        })
    }

    /// `arrears_last` for `last_arrears`.
    fn turned_round(&self, pack: &Pack, sheet: &Sheet, name: &str) -> Option<Text> {
        let (rest, lag) = LAGS.iter().find_map(|lag| Some((name.strip_suffix(lag.trim_end_matches('_'))?.strip_suffix('_')?, *lag)))?;
        let number = pack.sheets.get_index_of(&sheet.id).unwrap_or_default();
        let known = self.shared.contains_key(rest) || own_quantities(number, sheet, 1).any(|(own, _)| own == rest);
        known.then(|| text!("前の年度の値は `{lag}{rest}` と書いてください。", "an earlier year's number is written `{lag}{rest}`"))
    }

    /// True if only the composition of letters differs (`NotComposed`, which the sheet was told).
    fn is_there_in_pieces(&self, sheet: &Sheet, name: &str) -> bool {
        let own = quantities(0, sheet).map(|(name, _)| name);
        own.chain(self.shared.keys().map(String::as_str)).any(|known| !known.is_ascii() && known.nfc().eq(name.nfc()))
    }

    fn suggest(&self, base: Diagnostic, pack: &Pack, sheet: &Sheet, written: &str) -> Diagnostic {
        let (_, name) = split_lag(written);
        let prefix = &written[..written.len() - name.len()];
        let number = pack.sheets.get_index_of(&sheet.id).unwrap_or_default();
        let own = own_quantities(number, sheet, u8::from(!prefix.is_empty())).map(|(name, _)| name);
        let known: Vec<String> = words::WORDS
            .iter()
            .map(|word| word.name.to_owned())
            .chain(own.chain(self.shared.keys().map(String::as_str)).map(|name| format!("{prefix}{name}")))
            .collect();
        base.suggest(written, known.iter().map(String::as_str)).hint(text!(
            "引数に書けるのは、指標のID、`ID_補助量`、`ID_前提`、この個票の前提と補助量、計画共通の前提、`last` などの語です。",
            "a parameter is an indicator's id, `id_auxiliary`, `id_assumption`, an assumption or auxiliary of this sheet, a shared assumption, or a word such as `last`"
        ))
    }
}

/// `last2_arrears` → (2, `arrears`).
fn split_lag(name: &str) -> (u8, &str) {
    for (prefix, lag) in [("last_", 1), ("last2_", 2), ("last3_", 3)] {
        if let Some(rest) = name.strip_prefix(prefix) {
            return (lag, rest);
        }
    }
    (0, name)
}

/// An indicator's quantities but its outcome, with the names that follow its id.
fn quantities(number: usize, sheet: &Sheet) -> impl Iterator<Item = (&str, Quantity)> {
    let auxiliaries = sheet.auxiliaries.keys().enumerate().map(move |(k, name)| (name.as_str(), Quantity::Auxiliary(number, k)));
    let assumptions = sheet.assumptions.keys().enumerate().map(move |(k, name)| (name.as_str(), Quantity::Assumption(number, k)));
    let others = [("achievement", Quantity::Achievement(number)), ("target", Quantity::Target(number))];
    auxiliaries.chain(assumptions).chain(others)
}

/// What an indicator's own rule calls by its bare name: `target` and `achievement` only with a lag.
fn own_quantities(number: usize, sheet: &Sheet, lag: u8) -> impl Iterator<Item = (&str, Quantity)> {
    quantities(number, sheet).filter(move |(_, quantity)| lag > 0 || !matches!(quantity, Quantity::Achievement(_) | Quantity::Target(_)))
}

/// Somebody wrote the indicator's own id in its own rule, or `last_value`.
fn own_name_hint(sheet: &Sheet, name: &str, lag: u8, role: Role) -> Option<Text> {
    if name == sheet.id && lag == 0 && role == Role::Project {
        return Some(text!(
            "project はこの指標自身の値を計算する関数です。前年度の値は `last` と書いてください。",
            "`project` computes this indicator's own number; last year's is written `last`"
        ));
    }
    let last = ["value", "last", "last2", "last3"][usize::from(lag.min(3))];
    if name == sheet.id || (name == "value" && lag > 0) {
        return Some(text!("この指標自身の値は `{last}` と書いてください。", "this indicator's own number is written `{last}`"));
    }
    let rest = name.strip_prefix(sheet.id.as_str())?.strip_prefix('_')?;
    let prefix = ["", "last_", "last2_", "last3_"][usize::from(lag.min(3))];
    quantities(0, sheet)
        .any(|(own, _)| own == rest)
        .then(|| text!("この個票の中では `{prefix}{rest}` とだけ書いてください。", "within this sheet it is just `{prefix}{rest}`"))
}

fn ambiguous(pack: &Pack, parameter: &Parameter, readings: &[Quantity]) -> Diagnostic {
    let name = &parameter.name;
    let list = readings.iter().map(|quantity| quantity.address(pack)).collect::<Vec<_>>().join(", ");
    Diagnostic::at(
        Code::AmbiguousParameter,
        parameter.span,
        text!("引数 {name} は二通りに読めます: {list}", "parameter `{name}` has two readings: {list}"),
    )
    .hint(text!(
        "指標のID、前提、補助量のどれかの名前を変えて、読み方を一つにしてください。",
        "rename an indicator, assumption or auxiliary so that one reading is left"
    ))
}
