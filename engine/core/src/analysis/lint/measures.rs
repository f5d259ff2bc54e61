//! The measure as such: how finely it counts, what it is called, what it shares with others.

use super::subject::{Point, Subject};
use super::words::{is_percent, listed};
use crate::diagnostic::{Code, Diagnostic, Text};
use crate::graph::Edge;
use crate::pack::{Kind, Sheet};
use crate::rule::signature::Quantity;
use crate::text;

/// A rate is coarse if one person or case moves it by more than a point: yearly targets mostly differ by a few points.
const COARSE: f64 = 0.01;

/// Two titles claim the same if a run of letters this long, and half of the shorter title, is common to both.
const COMMON: usize = 6;

/// Letters of a title that are compared; titles are a line long.
const COMPARED: usize = 200;

/// With fewer indicators, most have nothing to do with one another and standing alone says nothing.
const FEW: usize = 8;

/// A rate that one person or case moves by more than a point.
pub(super) fn denominator(subject: &Subject<'_>) -> Option<Diagnostic> {
    let is_rate = subject.sheet.kind == Kind::Rate;
    let behind = subject.sheet.denominator.as_ref().filter(|behind| is_rate && 1.0 / behind.value > COARSE)?;
    let one = if is_percent(&subject.sheet.unit) { 100.0 } else { 1.0 } / behind.value;
    let (name, count, by) = (subject.name(), behind.value, subject.change((one * 100.0).round() / 100.0));
    let message = text!(
        "{name} は分母が{count}しかなく、一人（一件）で{ja}動きます。",
        "{name} has a denominator of only {count}: one person or case moves it by {en}",
        ja = by.ja,
        en = by.en
    );
    let question = text!(
        "人数や件数も並べて公表しているか。一人の違いで達成と未達が入れ替わらないかを確かめてください。",
        "are the counts published beside the rate, and can a single person turn met into missed?"
    );
    let found = subject.finding(Code::SmallDenominator, behind.span, message, question);
    Some(match near_miss(subject, one) {
        Some(remark) => found.note(remark),
        None => found,
    })
}

/// The latest actual, where it misses its target by less than one person.
fn near_miss(subject: &Subject<'_>, one: f64) -> Option<Text> {
    let latest = subject.latest()?;
    let target: Point = subject.targets().into_iter().find(|target| target.year == latest.year)?;
    let gap = subject.gain(latest.value, target.value);
    let (actual, target, gap) =
        ((0.0 < gap && gap < one).then(|| subject.point(latest))?, subject.amount(target.value), subject.change(gap));
    Some(text!(
        "実績 {ja} と目標 {ja_target} の差{ja_gap}は、一人（一件）に満たない",
        "the actual, {en}, misses the target of {en_target} by {en_gap}: less than one person or case",
        ja = actual.ja,
        en = actual.en,
        ja_target = target.ja,
        en_target = target.en,
        ja_gap = gap.ja,
        en_gap = gap.en
    ))
}

/// An indicator whose name ends as a rate's does and whose unit is none of a rate.
pub(super) fn name_and_unit(subject: &Subject<'_>) -> Option<Diagnostic> {
    let sheet = subject.sheet;
    let unit = &sheet.unit;
    let of_rate = ["%", "％", "‰", "ポイント", "point", "割", "比", "倍", "/", "あたり", "当たり", "per"];
    if unit.is_empty() || !is_called_rate(&sheet.indicator) || of_rate.iter().any(|word| unit.contains(word)) {
        return None;
    }
    let (name, indicator) = (subject.name(), &sheet.indicator);
    let message = text!(
        "{name} の指標名「{indicator}」は率を指しますが、単位は「{unit}」です。",
        "{name} is called “{indicator}”, which is a rate, and is counted in “{unit}”"
    );
    let question = text!(
        "率と量のどちらを測っているのか。指標名か単位を改められないかを確かめてください。",
        "is a rate measured or an amount, and can the name or the unit be put right?"
    );
    Some(subject.finding(Code::NameAndUnit, sheet.places.indicator, message, question))
}

/// True if a name, without what stands in brackets at its end, ends as a rate's does; 効率 and 能率 are none.
fn is_called_rate(name: &str) -> bool {
    let bare = name.split(['（', '(']).next().unwrap_or(name).trim();
    let japanese = bare.ends_with("割合") || bare.ends_with('率') && !bare.ends_with("効率") && !bare.ends_with("能率");
    let last = bare.rsplit(' ').next().unwrap_or_default().to_lowercase();
    japanese || ["rate", "ratio", "share", "percentage"].contains(&last.as_str())
}

/// Earlier measures of the same department with mostly the same title: one act may be counted twice.
pub(super) fn same_effect(subject: &Subject<'_>) -> Option<Diagnostic> {
    let sheet = subject.sheet;
    let earlier = subject.pack.sheets.values().take(subject.number);
    let same_place = earlier.filter(|other| !sheet.department.is_empty() && other.department == sheet.department);
    let alike: Vec<(&Sheet, String)> = same_place.filter_map(|other| Some((other, claimed_by_both(&other.title, &sheet.title)?))).collect();
    let (_, words) = alike.first()?;
    let others = listed(alike.iter().map(|(other, _)| Text::same(format!("No.{}", other.no.value))));
    let (name, department) = (subject.name(), &sheet.department);
    let message = text!(
        "{ja} と {name} は、同じ担当（{department}）の、名称も大半が同じ取組です（「{words}」）。",
        "{en} and {name} are measures of one department ({department}) with mostly the same title (“{words}”)",
        ja = others.ja,
        en = others.en
    );
    let question = text!(
        "一つの取組の効果を二度数えていないか。どの効果をどちらで数えるのかを確かめてください。",
        "is the effect of one act counted twice; which effect is counted where?"
    );
    let found = subject.finding(Code::SameEffect, sheet.places.title, message, question);
    Some(alike.iter().fold(found, |found, (other, _)| found.label(other.places.title, text!("もう一つの取組", "the other measure"))))
}

/// What two titles have in common, if it is most of the shorter one.
fn claimed_by_both(one: &str, other: &str) -> Option<String> {
    let letters = |title: &str| title.chars().take(COMPARED).collect::<Vec<char>>();
    let (one, other) = (letters(one), letters(other));
    let run = common_run(&one, &other);
    let is_most = run.len() >= COMMON && 2 * run.len() >= one.len().min(other.len());
    is_most.then(|| run.iter().collect::<String>().trim().to_owned())
}

/// The longest run of letters that stands in both, the first of equally long ones.
fn common_run<'a>(one: &'a [char], other: &[char]) -> &'a [char] {
    let mut best = (0, 0);
    let mut before = vec![0; other.len() + 1];
    for (at, letter) in one.iter().enumerate() {
        let mut row = vec![0];
        for (known, same) in before.iter().zip(other) {
            let length = if same == letter { known + 1 } else { 0 };
            row.push(length);
            if length > best.1 {
                best = (at + 1 - length, length);
            }
        }
        before = row;
    }
    one.get(best.0..best.0 + best.1).unwrap_or_default()
}

/// An indicator that no rule of another reads, and whose rule reads nothing beyond its own sheet, in a plan with
/// enough indicators to expect otherwise.
pub(super) fn unconnected(subject: &Subject<'_>) -> Option<Diagnostic> {
    let own = |quantity: Quantity| quantity.indicator() == Some(subject.number);
    let is_link = |edge: &Edge| own(edge.from) != own(edge.to);
    if subject.pack.sheets.len() < FEW || subject.graph.edges.iter().any(is_link) {
        return None;
    }
    let name = subject.name();
    let message = text!(
        "{name} は、ほかのどの指標からも読まれず、ほかの指標を読みもしません。",
        "{name} is read by no other indicator and reads none"
    );
    let question = text!(
        "ほかの取組や財政と本当に関わりがないのか。つながりを書き落としていないかを確かめてください。",
        "has it really nothing to do with the other measures or the budget, or was a link left out?"
    );
    Some(subject.finding(Code::Unconnected, subject.sheet.places.indicator, message, question))
}
