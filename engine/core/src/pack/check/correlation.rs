//! Correlations: between uncertain assumptions that exist, each pair once, and all together possible.
//!
//! In: the plan's `[[correlation]]` list. Out: `UnknownReference` for members that are not there,
//! `BadCorrelation` for members without a continuous spread, for pairs drawn at different rhythms and for a set whose matrix is not positive
//! semidefinite, since no distribution has it. The matrix is decomposed as L·D·Lᵀ; a pivot counts as
//! zero up to [`TOLERANCE`], because a correlation of exactly ±1 is allowed.

use std::collections::BTreeSet;

use indexmap::IndexSet;

use crate::diagnostic::{Code, Diagnostic, Span, Text};
use crate::pack::model::{Correlation, Pack, SpreadByYear, SpreadForm};
use crate::pack::table::Log;
use crate::text;

/// How far below zero a pivot may be by rounding alone.
const TOLERANCE: f64 = 1e-9;
/// How much may stand beside a pivot that counts as zero (about the root of its tolerance).
const BESIDE_ZERO: f64 = 1e-4;
/// Most assumptions in correlations; the decomposition grows with the cube.
const MAX_MEMBERS: usize = 500;

type Address = (String, String);

pub(super) fn check(pack: &Pack, log: &Log) {
    let mut pairs: Vec<&Correlation> = Vec::new();
    for correlation in &pack.plan.correlations {
        let [a, b] = &correlation.between;
        let members = [a, b].into_iter().zip(correlation.places);
        let sound = members.filter(|(member, place)| member_is_sound(pack, *place, member, log)).count() == 2;
        if a == b {
            let message = text!("同じ前提どうしの相関は書けません。", "an assumption has no correlation with itself");
            let hint = text!("相手の前提を書いてください。", "write the other assumption");
            log.push(Diagnostic::at(Code::BadCorrelation, correlation.span, message).hint(hint));
        } else if let Some(first) = pairs.iter().find(|other| same_pair(other, correlation)) {
            let message = text!("同じ組の相関が2度書かれています。", "this pair has two correlations");
            let hint = text!("どちらか一方を消してください。", "delete one of the two");
            log.push(Diagnostic::at(Code::Duplicate, correlation.span, message).mark(first.span).hint(hint));
        } else if sound && same_rhythm(pack, correlation, log) {
            pairs.push(correlation);
        }
    }
    check_together(&pairs, pack, log);
}

/// Both are drawn anew each year, or both once for all years: else there is nothing to correlate.
fn same_rhythm(pack: &Pack, correlation: &Correlation, log: &Log) -> bool {
    let members = correlation.between.each_ref().map(|(owner, name)| pack.assumption(owner, name));
    let [Some(one), Some(other)] = members else { return true };
    let (a, b) = (rhythms(one.spread.as_ref()), rhythms(other.spread.as_ref()));
    if a == b && a.len() < 2 {
        return true;
    }
    let message = text!(
        "毎年度引き直す前提と、全年度に一度だけ引く前提には、相関を付けられません。",
        "one is drawn anew each year, the other once for all years: they cannot be correlated"
    );
    let problem = Diagnostic::at(Code::BadCorrelation, correlation.span, message);
    let problem = [one, other].iter().fold(problem, |problem, assumption| problem.mark(assumption.span));
    log.push(
        problem
            .hint(text!("every_year を両方に書くか、どちらにも書かないでください。", "write `every_year` in both spreads or in neither")),
    );
    false
}

/// Whether a spread is drawn anew each year; both where its years differ.
fn rhythms(spread: Option<&SpreadByYear>) -> BTreeSet<bool> {
    match spread {
        None => BTreeSet::new(),
        Some(SpreadByYear::All(spread)) => BTreeSet::from([spread.every_year]),
        Some(SpreadByYear::ByYear(spreads)) => spreads.values().map(|spread| spread.every_year).collect(),
    }
}

fn same_pair(one: &Correlation, other: &Correlation) -> bool {
    let [a, b] = &one.between;
    let [c, d] = &other.between;
    (a, b) == (c, d) || (a, b) == (d, c)
}

fn member_is_sound(pack: &Pack, place: Span, member: &Address, log: &Log) -> bool {
    let (owner, name) = member;
    if pack.unreadable.contains(owner) {
        return false;
    }
    let Some(assumption) = pack.assumption(owner, name) else {
        let message = text!("「{owner}.{name}」という前提はありません。", "there is no assumption `{owner}.{name}`");
        let known: Vec<String> = pack
            .sheets
            .iter()
            .flat_map(|(id, sheet)| sheet.assumptions.keys().map(move |name| format!("{id}.{name}")))
            .chain(pack.plan.assumptions.keys().map(|name| format!("plan.{name}")))
            .collect();
        let problem = Diagnostic::at(Code::UnknownReference, place, message);
        let problem = problem.suggest(&format!("{owner}.{name}"), known.iter().map(String::as_str));
        log.push(problem.or_hint(text!(
            "「指標.前提」か「plan.前提」の形で、個票か plan.toml にある前提を書いてください。",
            "write an assumption of a sheet as ID.NAME, or one of the plan as plan.NAME"
        )));
        return false;
    };
    if assumption.spread_unreadable {
        return false;
    }
    let why = unfit(assumption.spread.as_ref());
    if let Some(why) = &why {
        let message = Text {
            ja: format!("「{owner}.{name}」は相関の相手になれません。{}", why.ja),
            en: format!("`{owner}.{name}` cannot be correlated: {}", why.en),
        };
        let problem = Diagnostic::at(Code::BadCorrelation, place, message).hint(text!(
            "連続な分布の spread を前提に書くか、この相関を消してください。",
            "give it a continuous spread, or delete the correlation"
        ));
        log.push(problem.label(assumption.span, text!("前提はここです", "the assumption")));
    }
    why.is_none()
}

/// Why an assumption cannot be correlated; absent if it can.
fn unfit(spread: Option<&SpreadByYear>) -> Option<Text> {
    let discrete = |form: &SpreadForm| matches!(form, SpreadForm::Discrete(_) | SpreadForm::Binomial { .. } | SpreadForm::Poisson);
    let discrete = match spread {
        None => return Some(text!("ばらつき（spread）がありません。", "it has no spread")),
        Some(SpreadByYear::All(spread)) => discrete(&spread.form),
        Some(SpreadByYear::ByYear(spreads)) => spreads.values().any(|spread| discrete(&spread.form)),
    };
    discrete.then(|| text!("離散的な分布（poisson、discrete、binomial）です。", "its spread is discrete"))
}

/// All correlations together: no matrix of correlations has a negative direction.
fn check_together(pairs: &[&Correlation], pack: &Pack, log: &Log) {
    let members: IndexSet<&Address> = pairs.iter().flat_map(|pair| &pair.between).collect();
    let Some(first) = pairs.first() else { return };
    let size = members.len();
    if size > MAX_MEMBERS {
        let message = text!(
            "相関のある前提は{MAX_MEMBERS}までです（{size}あります）。",
            "at most {MAX_MEMBERS} assumptions may be correlated, here are {size}"
        );
        let hint = text!("相関の組を減らしてください。", "write fewer correlations");
        return log.push(Diagnostic::at(Code::BadCorrelation, first.span, message).hint(hint));
    }
    let mut matrix = vec![vec![0.0; size]; size];
    for (row, numbers) in matrix.iter_mut().enumerate() {
        for (column, number) in numbers.iter_mut().enumerate() {
            *number = if row == column { 1.0 } else { 0.0 };
        }
    }
    for pair in pairs {
        let [a, b] = &pair.between;
        let (Some(a), Some(b)) = (members.get_index_of(a), members.get_index_of(b)) else { continue };
        for (row, column) in [(a, b), (b, a)] {
            if let Some(number) = matrix.get_mut(row).and_then(|numbers| numbers.get_mut(column)) {
                *number = pair.coefficient;
            }
        }
    }
    if let Some(column) = negative_direction(matrix) {
        report(pairs, members.get_index(column).copied(), pack, log);
    }
}

fn report(pairs: &[&Correlation], member: Option<&Address>, pack: &Pack, log: &Log) {
    let Some((owner, name)) = member else { return };
    let message = text!(
        "相関の組合せが成り立ちません。「{owner}.{name}」までの相関をすべて満たす分布はありません。",
        "these correlations are impossible together: no distribution has all those up to `{owner}.{name}`"
    );
    let concerned = pairs.iter().filter(|pair| pair.between.iter().any(|member| member.0 == *owner && member.1 == *name));
    let at = concerned.clone().next().map_or(Span::whole(pack.plan.file), |pair| pair.span);
    let mut problem = Diagnostic::at(Code::BadCorrelation, at, message);
    for pair in concerned.skip(1) {
        problem = problem.mark(pair.span);
    }
    log.push(problem.hint(text!(
        "係数の絶対値を小さくするか、抜けている組の係数を補ってください。",
        "make the coefficients smaller, or add the missing pairs"
    )));
}

/// The first column at which L·D·Lᵀ needs a negative pivot; absent if the matrix is semidefinite.
fn negative_direction(mut rest: Vec<Vec<f64>>) -> Option<usize> {
    for step in 0..rest.len() {
        let row = rest.get(step)?.clone();
        let pivot = *row.get(step)?;
        let beside = row.iter().skip(step + 1).fold(0.0_f64, |most, number| most.max(number.abs()));
        if pivot < -TOLERANCE || (pivot <= TOLERANCE && beside > BESIDE_ZERO) {
            return Some(step);
        }
        if pivot <= TOLERANCE {
            continue;
        }
        for (below, numbers) in rest.iter_mut().enumerate().skip(step + 1) {
            let factor = row.get(below)? / pivot;
            for (number, above) in numbers.iter_mut().zip(&row).skip(step + 1) {
                *number -= factor * above;
            }
        }
    }
    None
}
