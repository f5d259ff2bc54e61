//! Words that several reports use, in both languages.
//!
//! In comes a value of the engine, out goes what a reader sees. Enumerations are joined as each
//! language does it (`、` or a comma). Words that only one report uses stand in that report.

use mitoshi_core::analysis::lint::Finding;
use mitoshi_core::diagnostic::{FileId, Language, Sources, Span, Text};
use mitoshi_core::pack::Evidence;
use mitoshi_core::projection::{IndicatorProjection, Projection};
use mitoshi_core::text;
use mitoshi_core::year::Year;

/// The words of `text` in `language`, owned.
pub fn say(text: &Text, language: Language) -> String {
    text.get(language).to_owned()
}

/// Joins an enumeration: `A、B、C` or `A, B, C`.
pub fn join(parts: &[String], language: Language) -> String {
    parts.join(match language {
        Language::Japanese => "、",
        Language::English => ", ",
    })
}

/// `誤り 2 件、警告 1 件`; a kind that did not occur is left out; with neither: `誤りなし`.
pub fn problem_count(errors: usize, warnings: usize) -> Text {
    let (error_s, warning_s) = (plural(errors), plural(warnings));
    match (errors, warnings) {
        (0, 0) => text!("誤りなし", "no errors"),
        (0, _) => text!("警告 {warnings} 件", "{warnings} warning{warning_s}"),
        (_, 0) => text!("誤り {errors} 件", "{errors} error{error_s}"),
        _ => text!("誤り {errors} 件、警告 {warnings} 件", "{errors} error{error_s}, {warnings} warning{warning_s}"),
    }
}

/// `確かめたい点 19 件（うち回答済み 2 件）`; absent if nothing was found.
pub fn finding_count(findings: &[Finding]) -> Option<Text> {
    let (count, answered) = (findings.len(), findings.iter().filter(|finding| finding.answer.is_some()).count());
    let s = plural(count);
    match (count, answered) {
        (0, _) => None,
        (_, 0) => Some(text!("確かめたい点 {count} 件", "{count} finding{s}")),
        _ => Some(text!("確かめたい点 {count} 件（うち回答済み {answered} 件）", "{count} finding{s} ({answered} answered)")),
    }
}

/// The English ending of a counted noun: `s` unless there is exactly one.
pub fn plural(count: usize) -> &'static str {
    if count == 1 { "" } else { "s" }
}

/// A scenario by name and title: `baseline「すう勢」`, or the name alone where it has no title of its own.
pub fn scenario(projection: &Projection) -> Text {
    let (name, title) = (&projection.scenario, &projection.scenario_title);
    if name == title { Text::same(name) } else { text!("{name}「{title}」", "{name} “{title}”") }
}

/// What stands above every answer to a what-if, so that no page of it is taken for the plan.
pub fn trial() -> Text {
    text!(
        "【試算】値を仮に動かした計算です。決まった見込みや目標ではありません。",
        "[Trial] Values are moved to see what follows; this is neither the outlook nor a target that was decided."
    )
}

/// An indicator as a sentence names it: `No.6 未収債権額`.
pub fn indicator(indicator: &IndicatorProjection) -> String {
    format!("No.{} {}", indicator.no, indicator.indicator)
}

/// A number with its unit: `426百万円`, `426 百万円` between English words, `11%` in both.
pub fn amount(number: &str, unit: &str, language: Language) -> String {
    let glued = language == Language::Japanese || unit.is_empty() || unit.starts_with(['%', '％', '‰', '°']);
    if glued { format!("{number}{unit}") } else { format!("{number} {unit}") }
}

/// A name with what it is counted in: `未収債権額（百万円）`; brackets are those of the language.
pub fn name_and_unit(name: &str, unit: &str, language: Language) -> String {
    match (unit, language) {
        ("", _) => name.to_owned(),
        (_, Language::Japanese) => format!("{name}（{unit}）"),
        (_, Language::English) => format!("{name} ({unit})"),
    }
}

/// How sure a number or a link is.
pub fn evidence(evidence: Evidence) -> Text {
    match evidence {
        Evidence::Plan => text!("計画", "plan"),
        Evidence::Identity => text!("恒等式", "identity"),
        Evidence::Assumption => text!("前提", "assumption"),
    }
}

/// The same for programs, as sheets write it.
pub fn evidence_key(evidence: Evidence) -> &'static str {
    match evidence {
        Evidence::Plan => "plan",
        Evidence::Identity => "identity",
        Evidence::Assumption => "assumption",
    }
}

/// Where something stands, as `rules/arrears.toml:50`; `--set` for what was typed.
pub fn line(sources: &Sources, span: Span) -> String {
    let place = place(sources, span);
    place.rsplit_once(':').map_or(place.clone(), |(line, _)| line.to_owned())
}

/// The same with the column, for programs.
pub fn place(sources: &Sources, span: Span) -> String {
    if span.file == FileId::COMMAND_LINE { "--set".to_owned() } else { sources.place(span) }
}

/// A year as the plan writes it.
pub fn year(projection: &Projection, year: Year) -> String {
    year.write(projection.year_style)
}
