//! Numbers and origins of an explanation in words.
//!
//! A headline is rounded as the sheet says; a number that stands in a formula or a list of inputs has five figures, so
//! that the formula can be done again by hand.

use mitoshi_core::analysis::explain::{Measure, Origin, Place, Reading, Who};
use mitoshi_core::diagnostic::{Language, Text};
use mitoshi_core::pack::Evidence;
use mitoshi_core::text;
use mitoshi_core::year::{Year, YearStyle};

use crate::number::{ABSENT, decimals_below, number, percent, round, separate};
use crate::words::say;

/// Figures of a number in a formula.
const FIGURES: usize = 5;
/// Decimals of a number in a formula at most: what is less is left over by binary arithmetic.
const MOST_DECIMALS: usize = 10;
/// How the place of a setting is written.
const SETTING: &str = "--set";
/// From here on thousands are parted in a list.
const PARTED: f64 = 10_000.0;

/// A number as the plan prints it, with its unit. `bar` is a target that it misses in this direction.
pub(super) fn headline(measure: &Measure, bar: Option<(f64, f64)>) -> String {
    let Some(value) = measure.value else { return ABSENT.to_owned() };
    if measure.is_ratio {
        return percent(Some(value), bar.map(|(bar, _)| bar));
    }
    if let Some(words) = label(measure, value) {
        return words.to_owned();
    }
    let Some(decimals) = measure.decimals.map(usize::from) else { return listed(measure) };
    let decimals = bar.map_or(decimals, |(bar, direction)| decimals_below(value, bar, direction, decimals));
    number(Some(value), decimals) + measure.unit.as_str()
}

/// A number in a list: five figures and the unit, a milestone's word behind it.
pub(super) fn listed(measure: &Measure) -> String {
    let Some(value) = measure.value else { return ABSENT.to_owned() };
    if measure.is_ratio {
        return percent(Some(value), None);
    }
    let figures = figures(value);
    let text = if value.abs() < PARTED { figures } else { separate(&figures) };
    match label(measure, value) {
        Some(words) => format!("{text}（{words}）"),
        None => text + measure.unit.as_str(),
    }
}

fn label(measure: &Measure, value: f64) -> Option<&str> {
    measure.labels.iter().find(|(known, _)| *known == value).map(|(_, words)| words.as_str())
}

/// A number in a formula: in full if it is short, else rounded to five figures.
pub(crate) fn figures(value: f64) -> String {
    let full = (value + 0.0).to_string();
    if full.len() <= FIGURES + 1 {
        return full;
    }
    let exponent = format!("{value:e}").split_once('e').and_then(|(_, exponent)| exponent.parse::<i32>().ok()).unwrap_or_default();
    let decimals = usize::try_from(FIGURES as i32 - 1 - exponent).unwrap_or_default().min(MOST_DECIMALS);
    let rounded = round(value, decimals).unwrap_or(full);
    if rounded.contains('.') { rounded.trim_end_matches('0').trim_end_matches('.').to_owned() } else { rounded }
}

/// What kind of number it is: 実績, 見込 …
pub(super) fn status(origin: &Origin) -> Text {
    match origin {
        Origin::Actual { provisional: false, .. } => text!("実績", "actual"),
        Origin::Actual { provisional: true, .. } => text!("速報の実績", "provisional actual"),
        Origin::Pinned(_) => text!("固定した値", "fixed"),
        Origin::Start => text!("出発値", "starting value"),
        Origin::Sheet => text!("個票の値", "as the sheet says"),
        Origin::Changed(_) => text!("シナリオの値", "changed by the scenario"),
        Origin::Revised(_) => text!("見直した目標", "revised"),
        Origin::Computed(_) => text!("計算", "computed"),
        Origin::Fact => text!("決まった数", "given"),
        Origin::Default => text!("個票に書かれていないときの値", "what holds where the sheet is silent"),
        Origin::Absent => text!("値なし", "absent"),
        Origin::Failed => text!("計算不能", "failed"),
    }
}

/// The whole origin for a table: the line first, then what it is (unless that stands elsewhere), what kind of number, who
/// says so, how sure it is.
pub(super) fn origin(reading: &Reading, title: Option<String>, style: YearStyle, language: Language) -> String {
    let place = reading.place.as_ref().filter(|place| place.path != SETTING).map(Place::write);
    let mut parts: Vec<String> = title.into_iter().chain([say(&what(reading, style, language), language)]).collect();
    if let (Some(place), Some(first)) = (place, parts.first_mut()) {
        *first = format!("{place} {first}");
    }
    parts.extend(instead_of(reading, language));
    parts.extend(reading.evidence.map(|evidence| say(&kind_of_evidence(evidence, &reading.origin), language)));
    parts.extend((!reading.basis.is_empty()).then(|| say(&text!("根拠: {basis}", "basis: {basis}", basis = &reading.basis), language)));
    parts.join(match language {
        Language::Japanese => "。",
        Language::English => "; ",
    })
}

/// What kind of number it is and who says so, with the line: `計算（rules/arrears.rhai:7）`.
pub(super) fn first(reading: &Reading, style: YearStyle, language: Language) -> String {
    let what = say(&what(reading, style, language), language);
    match (reading.place.as_ref().filter(|place| place.path != SETTING), language) {
        (Some(place), Language::Japanese) => format!("{what}（{}）", place.write()),
        (Some(place), Language::English) => format!("{what} ({})", place.write()),
        (None, _) => what,
    }
}

/// The same with what the scenario took the place of, for running text.
pub(super) fn told(reading: &Reading, style: YearStyle, language: Language) -> String {
    let first = first(reading, style, language);
    match (instead_of(reading, language), language) {
        (Some(own), Language::Japanese) => format!("{first}。{own}"),
        (Some(own), Language::English) => format!("{first}; {own}"),
        (None, _) => first,
    }
}

fn what(reading: &Reading, style: YearStyle, language: Language) -> Text {
    match &reading.origin {
        Origin::Pinned(who) => text!("{ja}で固定", "fixed by {en}", ja = who_says(who).ja, en = who_says(who).en),
        Origin::Changed(who) => who_says(who),
        Origin::Revised(year) => {
            let year = year.write(style);
            text!("{year}の見直しで改めた目標", "revised in {year}")
        }
        Origin::Sheet if reading.place.as_ref().is_some_and(is_plan) => text!("計画に共通の値", "set for the whole plan"),
        Origin::Actual { source, .. } if !source.is_empty() => {
            let what = status(&reading.origin).get(language).to_owned();
            text!("{what}、{source}", "{what}, {source}")
        }
        other => status(other),
    }
}

fn is_plan(place: &Place) -> bool {
    place.path == "rules/plan.toml"
}

/// `シナリオ a「…」` with the scenarios on the way to it.
fn who_says(who: &Who) -> Text {
    match who {
        Who::Setting => text!("--set による指定", "--set"),
        Who::Scenario(way) => {
            let named: Vec<Text> = way.iter().map(|(name, title)| scenario(name, title)).collect();
            let (ja, en): (Vec<String>, Vec<String>) = named.into_iter().map(|text| (text.ja, text.en)).unzip();
            text!("シナリオ {ja}", "scenario {en}", ja = ja.join(" ← "), en = en.join(" ← "))
        }
    }
}

/// `outsourcing_expanded「窓口委託の拡大」`.
pub(super) fn scenario(name: &str, title: &str) -> Text {
    if name == title { Text::same(name) } else { text!("{name}「{title}」", "{name} “{title}”") }
}

fn instead_of(reading: &Reading, language: Language) -> Option<String> {
    let (value, place) = reading.instead_of.as_ref()?;
    let own = listed(&Measure { value: Some(*value), ..reading.measure.clone() });
    let place = place.write();
    Some(say(&text!("個票では {own}（{place}）", "the sheet says {own} ({place})"), language))
}

/// How sure a number is; of a computed one, how sure its rule is.
fn kind_of_evidence(evidence: Evidence, of: &Origin) -> Text {
    match (evidence, matches!(of, Origin::Computed(_) | Origin::Failed)) {
        (Evidence::Assumption, false) => text!("区分は前提", "assumed"),
        (Evidence::Plan, false) => text!("計画による", "from the plan"),
        (Evidence::Identity, false) => text!("計算で決まる", "follows by arithmetic"),
        (Evidence::Assumption, true) => text!("前提を含む式", "the formula rests on assumptions"),
        (Evidence::Plan, true) => text!("計画の数による式", "the formula rests on the plan"),
        (Evidence::Identity, true) => text!("前提を含まない式", "the formula holds by arithmetic"),
    }
}

/// Years that follow each other as `R6〜R8`, others one by one.
pub(crate) fn years(years: &[Year], style: YearStyle, language: Language) -> String {
    let write = |year: &Year| year.write(style);
    match years {
        [] => ABSENT.to_owned(),
        [one] => write(one),
        [first, .., last] if usize::try_from(last.since(*first)) == Ok(years.len() - 1) => {
            let (first, last) = (write(first), write(last));
            say(&text!("{first}〜{last}", "{first}–{last}"), language)
        }
        several => crate::words::join(&several.iter().map(write).collect::<Vec<_>>(), language),
    }
}
