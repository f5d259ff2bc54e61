//! Correlations: between uncertain assumptions that exist, each pair once, and all together possible.
//!
//! In: the plan's `[[correlation]]` list. Out: `UnknownReference` for members that are not there,
//! `BadCorrelation` for members without a continuous spread and for a set whose matrix is not positive
//! semidefinite, since no distribution has it. The matrix is decomposed as L·D·Lᵀ; a pivot counts as
//! zero up to [`TOLERANCE`], because a correlation of exactly ±1 is allowed.

use indexmap::IndexSet;

use crate::diagnostic::{Code, Diagnostic, Text};
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
        let sound = [a, b].iter().filter(|member| member_is_sound(pack, correlation, member, log)).count() == 2;
        if a == b {
            let message = text!("同じ前提どうしの相関は書けません。", "an assumption has no correlation with itself");
            log.push(Diagnostic::at(Code::BadCorrelation, correlation.span, message));
        } else if let Some(first) = pairs.iter().find(|other| same_pair(other, correlation)) {
            let message = text!("同じ組の相関が2度書かれています。", "this pair has two correlations");
            log.push(Diagnostic::at(Code::Duplicate, correlation.span, message).mark(first.span));
        } else if sound {
            pairs.push(correlation);
        }
    }
    check_together(&pairs, pack, log);
}

fn same_pair(one: &Correlation, other: &Correlation) -> bool {
    let [a, b] = &one.between;
    let [c, d] = &other.between;
    (a, b) == (c, d) || (a, b) == (d, c)
}

fn member_is_sound(pack: &Pack, correlation: &Correlation, member: &Address, log: &Log) -> bool {
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
        let problem = Diagnostic::at(Code::UnknownReference, correlation.span, message);
        log.push(problem.suggest(&format!("{owner}.{name}"), known.iter().map(String::as_str)));
        return false;
    };
    let why = unfit(assumption.spread.as_ref());
    if let Some(why) = &why {
        let message = Text {
            ja: format!("「{owner}.{name}」は相関の相手になれません。{}", why.ja),
            en: format!("`{owner}.{name}` cannot be correlated: {}", why.en),
        };
        let problem = Diagnostic::at(Code::BadCorrelation, correlation.span, message);
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
        return log.push(Diagnostic::at(Code::BadCorrelation, first.span, message));
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
    let at = concerned.clone().next().map_or(crate::diagnostic::Span::whole(pack.plan.file), |pair| pair.span);
    let mut problem = Diagnostic::at(Code::BadCorrelation, at, message);
    for pair in concerned.skip(1) {
        problem = problem.mark(pair.span);
    }
    log.push(problem.hint(text!(
        "係数の絶対値を小さくするか、抜けている組の係数を補います。",
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
