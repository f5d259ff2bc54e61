//! What a plan's text says of the plan itself: title, town, edition, years, and the year it reports on.

use super::line::{Line, folded, joined};
use crate::import::draft::{Draft, Place, Said};
use crate::text;
use crate::year::{Year, YearStyle};

/// Words in the title of a plan.
const PLAN_WORDS: [&str; 7] = ["実施計画", "計画", "プログラム", "プラン", "大綱", "ビジョン", "戦略"];
/// How towns and ministries end.
const BODIES: [&str; 10] = ["市", "町", "村", "区", "県", "府", "都", "道", "省", "庁"];
/// What stands after the year of a report.
const REPORTS: [&str; 6] = ["の取組状況", "の実施状況", "の進捗状況", "の実績", "取組状況", "実施状況"];
/// How many lines a cover has.
const COVER: usize = 12;

/// Fills in what the text says of the plan. `first` is the number of the first line that belongs to a measure.
pub(super) fn read(lines: &[Line<'_>], first: usize, draft: &mut Draft) {
    let before = || lines.iter().filter(|line| line.number < first).filter_map(|line| Some((line.number, line.words()?)));
    let is_title = |words: &str| PLAN_WORDS.iter().any(|word| words.contains(word)) && !words.ends_with('。');
    draft.title = before().take(COVER).find(|(_, words)| is_title(words)).map(|(line, words)| said(&joined(words), line));
    draft.organisation = before().take(COVER).find_map(|(line, words)| body(words).map(|name| said(&name, line)));
    draft.edition = edition(lines);
    draft.years = lines.iter().find_map(|line| period(line));
    draft.actuals_until = reported(lines);
}

fn said(words: &str, line: usize) -> Said {
    Said::new(words, Place::Line(line))
}

/// A line that is the name of a town and nothing else.
fn body(words: &str) -> Option<String> {
    let name = folded(words);
    let length = name.chars().count();
    ((2..=8).contains(&length) && BODIES.iter().any(|end| name.ends_with(end))).then_some(name)
}

/// `令和6年6月版`, `第2版`; else the month on the cover, which is doubtful.
fn edition(lines: &[Line<'_>]) -> Option<Said> {
    let found = lines.iter().filter_map(|line| Some((line.number, folded(line.words()?)))).find_map(|(number, words)| {
        let end = words
            .find('版')
            .filter(|end| words[..*end].ends_with(['月', '年', '度']) || words[..*end].ends_with(|c: char| c.is_ascii_digit()))?;
        let start = ["令和", "平成", "第", "20"].iter().filter_map(|head| words[..end].rfind(head)).max()?;
        Some(said(&words[start..end + '版'.len_utf8()], number))
    });
    found.or_else(|| {
        let cover = lines.iter().take(COVER).find_map(|line| {
            let words = folded(line.words()?);
            let is_month = words.ends_with('月') && (words.starts_with("令和") || words.starts_with("平成") || words.starts_with("20"));
            (is_month && words.chars().count() <= 10).then(|| (line.number, format!("{words}版")))
        });
        let (number, words) = cover?;
        Some(said(&words, number).doubt(text!("表紙の年月を版の名前とした。", "The month on the cover was taken as the edition's name.")))
    })
}

/// `令和4年度から令和8年度まで` on a line about the plan's period.
fn period(line: &Line<'_>) -> Option<(Year, Year, Said)> {
    let words = folded(line.words()?);
    if !(words.contains("期間") || words.contains("年度まで")) {
        return None;
    }
    let mut years = years(&words).into_iter();
    let (first, last) = (years.next()?, years.next()?);
    let between = words.contains("から") || words.contains('~') || words.contains('～') || words.contains('〜');
    (between && first < last && last.since(first) <= 20).then(|| {
        let shown = format!("{}〜{}", first.write(YearStyle::Era), last.write(YearStyle::Era));
        (first, last, said(&shown, line.number))
    })
}

/// The years of a text that are written with their era and 年度.
fn years(words: &str) -> Vec<Year> {
    words.match_indices("年度").filter_map(|(end, _)| year_before(words, end)).collect()
}

/// The year that ends before 年度 at `end`.
fn year_before(words: &str, end: usize) -> Option<Year> {
    let head = words.get(..end)?;
    let starts = head.char_indices().rev().take(5).map(|(at, _)| at);
    starts.filter_map(|at| Year::parse(&format!("{}年度", &head[at..]))).last()
}

/// The latest year whose state the text reports.
fn reported(lines: &[Line<'_>]) -> Option<(Year, Said)> {
    let mut found: Option<(Year, Said)> = None;
    for line in lines {
        for cell in &line.cells {
            let words = folded(cell);
            for (end, unit) in words.match_indices("年度") {
                let after = &words[end + unit.len()..];
                let Some(year) = REPORTS.iter().any(|report| after.starts_with(report)).then(|| year_before(&words, end)).flatten() else {
                    continue;
                };
                if found.as_ref().is_none_or(|(known, _)| *known < year) {
                    let report = REPORTS.iter().find(|report| after.starts_with(**report)).copied().unwrap_or_default();
                    found = Some((year, said(&format!("{}{report}", year.write(YearStyle::Era)), line.number)));
                }
            }
        }
    }
    found
}
