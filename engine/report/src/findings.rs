//! What should be asked about the plan: each finding with its figures and question, then how many of each kind.
//!
//! An answer that the sheet gives stands among the notes. JSON: each finding as a diagnostic, with `indicator` (its id,
//! or `null` for the plan as a whole) and `answer` (or `null`); keys may be added, not renamed.

use mitoshi_core::analysis::lint::{ALL, Finding};
use mitoshi_core::diagnostic::{Code, Diagnostic, Language, Sources, Text};
use mitoshi_core::pack::Pack;
use mitoshi_core::text;
use serde::Serialize;

use crate::diagnostics::render_each;
use crate::diagnostics_json::{self, DiagnosticJson};
use crate::document::{Block, Cell, Column, Document, Table};
use crate::words::{finding_count, join, say};

/// A finding, ready to be serialised.
#[derive(Debug, Serialize)]
pub struct FindingJson {
    indicator: Option<String>,
    #[serde(flatten)]
    diagnostic: DiagnosticJson,
    answer: Option<String>,
}

/// Each finding with its place, its question and, if there is one, its answer; an empty line after each.
pub fn render(findings: &[Finding], sources: &Sources, language: Language, colour: bool) -> String {
    let told: Vec<Diagnostic> = findings.iter().map(told).collect();
    render_each(&told, sources, language, colour)
}

fn told(finding: &Finding) -> Diagnostic {
    let diagnostic = finding.diagnostic.clone();
    match &finding.answer {
        Some(reason) => diagnostic.note(text!("回答済み: {reason}", "answered: {reason}")),
        None => diagnostic,
    }
}

/// How many of each code, about which indicators; absent if nothing was found.
pub fn summary(findings: &[Finding], pack: &Pack, language: Language) -> Option<Document> {
    let count = finding_count(findings)?;
    let tell = |words| say(&words, language);
    let columns = vec![
        Column::words(tell(text!("コード", "Code"))),
        Column::words(tell(text!("内容", "Finding"))),
        Column::numbers(tell(text!("件数", "Count"))),
        Column::numbers(tell(text!("回答済み", "Answered"))),
        Column::words(tell(text!("指標", "Indicators"))),
    ];
    let mut codes: Vec<Code> = ALL.iter().map(|lint| lint.code).collect();
    codes.dedup();
    let rows = codes.into_iter().filter_map(|code| row(code, findings, pack, language)).collect();
    let (ja, en) = (&count.ja, &count.en);
    let heading = Block::Heading(3, tell(text!("計画の点検: {ja}", "What to ask about the plan: {en}")));
    let mut blocks = vec![heading, Block::Table(Table { columns, rows })];
    let open = findings.iter().find(|finding| finding.answer.is_none() && finding.indicator.is_some());
    blocks.extend(open.map(|finding| Block::Note(tell(how_to_answer(finding.diagnostic.code)))));
    Some(Document { language, blocks })
}

fn how_to_answer(code: Code) -> Text {
    let code = code.id();
    text!(
        "事情の分かっている点は、個票に answered = {{ {code} = \"理由\" }} のように書くと回答済みになります。",
        "Where the reason is known, answer for good in the sheet: answered = {{ {code} = \"the reason\" }}"
    )
}

fn row(code: Code, findings: &[Finding], pack: &Pack, language: Language) -> Option<Vec<Cell>> {
    let of_code: Vec<&Finding> = findings.iter().filter(|finding| finding.diagnostic.code == code).collect();
    let answered = of_code.iter().filter(|finding| finding.answer.is_some()).count();
    let title = ALL.iter().find(|lint| lint.code == code)?.title();
    let whom = of_code.iter().map(|finding| match finding.indicator.and_then(|n| pack.sheets.get_index(n)) {
        Some((_, sheet)) => format!("No.{}", sheet.no.value),
        None => say(&text!("計画共通", "the plan"), language),
    });
    let whom: Vec<String> = whom.collect();
    let number = |count: usize| Cell::number(Some(count as f64), count.to_string());
    let row = vec![
        Cell::words(code.id()),
        Cell::words(say(&title, language)),
        number(of_code.len()),
        number(answered),
        Cell::words(join(&whom, language)),
    ];
    (!of_code.is_empty()).then_some(row)
}

/// The findings for programs.
pub fn json(findings: &[Finding], pack: &Pack, sources: &Sources, language: Language) -> Vec<FindingJson> {
    let each = findings.iter().flat_map(|finding| {
        let id = finding.indicator.and_then(|n| pack.sheets.get_index(n)).map(|(id, _)| id.clone());
        let json = diagnostics_json::of(std::slice::from_ref(&finding.diagnostic), sources, language);
        json.into_iter().map(move |diagnostic| FindingJson { indicator: id.clone(), diagnostic, answer: finding.answer.clone() })
    });
    each.collect()
}
