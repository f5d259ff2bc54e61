//! Causes and opinions against the sheets: indicators that are not there, numbers used twice, and effects that
//! no actual can be freed from.

use std::collections::BTreeMap;

use crate::diagnostic::{Code, Diagnostic, Span};
use crate::pack::model::{Cause, Kind, Opinion, Pack, Placed, Sheet};
use crate::pack::table::Log;
use crate::text;

pub(super) fn check(pack: &Pack, log: &Log) {
    used_twice(pack.causes.iter().map(|cause| (cause.key.value.clone(), cause.key.span)), "key", log);
    used_twice(pack.opinions.iter().map(|opinion| (opinion.no.value.to_string(), opinion.no.span)), "no", log);
    for cause in &pack.causes {
        named(pack, &cause.indicator, log);
        if let Some(sheet) = pack.sheets.get(&cause.indicator.value) {
            effect(pack, sheet, cause, log);
        }
    }
    pack.opinions.iter().for_each(|opinion| indicators(pack, opinion, log));
}

fn used_twice(entries: impl Iterator<Item = (String, Span)>, key: &str, log: &Log) {
    let mut seen: BTreeMap<String, Span> = BTreeMap::new();
    for (name, span) in entries {
        if let Some(first) = seen.get(&name) {
            let message = text!("{key}「{name}」が2度使われています。", "`{key}` {name} is used twice");
            let hint = text!("どちらかの {key} を変えてください。", "change one of the two");
            log.push(Diagnostic::at(Code::Duplicate, span, message).label(*first, text!("はじめはここです", "first used here")).hint(hint));
        } else {
            seen.insert(name, span);
        }
    }
}

/// The indicator must be there; of one whose files are unreadable that cannot be told.
fn named(pack: &Pack, id: &Placed<String>, log: &Log) {
    let name = id.value.as_str();
    if pack.sheets.contains_key(name) || pack.unreadable.contains(name) {
        return;
    }
    let message = text!("指標「{name}」がありません。", "there is no indicator `{name}`");
    let problem = Diagnostic::at(Code::UnknownReference, id.span, message).suggest(name, pack.sheets.keys().map(String::as_str));
    log.push(problem.or_hint(text!(
        "指標の ID（個票のファイル名から .toml を除いたもの）を書いてください。",
        "write the id of an indicator: the name of its sheet without .toml"
    )));
}

fn indicators(pack: &Pack, opinion: &Opinion, log: &Log) {
    for (at, id) in opinion.indicators.iter().enumerate() {
        named(pack, id, log);
        if let Some(first) = opinion.indicators.iter().take(at).find(|other| other.value == id.value) {
            let name = &id.value;
            let message = text!("「{name}」が2度書かれています。", "`{name}` is written twice");
            let hint = text!("どちらか一方を消してください。", "delete one of the two");
            log.push(Diagnostic::at(Code::Duplicate, id.span, message).mark(first.span).hint(hint));
        }
    }
}

/// What an effect is taken from must be a number, and what is left must be possible.
fn effect(pack: &Pack, sheet: &Sheet, cause: &Cause, log: &Log) {
    let Some(effect) = &cause.effect else { return };
    let (year, title) = (pack.plan.write(cause.year), &cause.title);
    if sheet.kind == Kind::Milestone {
        let message = text!(
            "実施・未実施の指標に、影響額（effect）は書けません。",
            "the indicator is a milestone, which no effect can be taken from"
        );
        let hint = text!("effect の行を消してください。", "delete the line `effect`");
        return log.push(Diagnostic::at(Code::Contradiction, effect.span, message).hint(hint));
    }
    if cause.basis.trim().is_empty() {
        let message = text!("「{title}」の影響額に根拠（basis）がありません。", "the effect of \"{title}\" has no basis");
        let hint = text!("どう推計したかを basis に書いてください。", "say in `basis` how it was estimated");
        log.push(Diagnostic::at(Code::EffectWithoutBasis, effect.span, message).hint(hint));
    }
    let Some(actual) = sheet.actuals.get(&cause.year).and_then(|entry| entry.value) else {
        let id = &sheet.id;
        let message = text!(
            "{id} に {year} の実績がないので、「{title}」の影響を除いた試算はできません。",
            "`{id}` has no actual for {year}, so nothing can be computed without \"{title}\""
        );
        let hint = text!(
            "実績が記録されるまで effect の行を消しておくか、年度を確かめてください。",
            "leave `effect` out until the actual is recorded, or check the year"
        );
        return log.push(Diagnostic::at(Code::EffectWithoutActual, effect.span, message).hint(hint));
    };
    let (number, left) = (effect.value, actual - effect.value);
    if let Some((low, high)) = sheet.bounds.filter(|(low, high)| left < *low || left > *high) {
        let message = text!(
            "{year} の実績 {actual} から「{title}」の影響 {number} を除くと {left} で、取りうる値 [{low}, {high}] の外です。",
            "{year}'s actual of {actual} without the effect of \"{title}\", {number}, is {left}, outside [{low}, {high}]"
        );
        let hint = text!(
            "effect は実績を増やした分を正、減らした分を負で書きます。符号と単位を確かめてください。",
            "an effect is positive where it raised the actual, negative where it lowered it: check sign and unit"
        );
        log.push(Diagnostic::at(Code::EffectBeyondBounds, effect.span, message).hint(hint));
    }
}
