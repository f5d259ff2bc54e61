//! Every report in Markdown, HTML and CSV, for the baseline and two scenarios, as snapshots to be read.
//!
//! The pack is the small one with more in its sheets: `packs/reports` lies over `packs/small`. A snapshot holds
//! the baseline's document whole and, for each scenario, the lines in which its own differs. A report that tells
//! of several scenarios tells of all three at once. HTML is the fragment, without its drawings: `charts` has
//! snapshots of those. Commands around the reports are shown by `cases/report_*`.

use mitoshi_core::diagnostic::{Language, RawFile, Sources};
use mitoshi_core::{Model, load};
use mitoshi_report::document::{Document, Encoding, Format, html};
use mitoshi_report::reports::printing::{Form, print};
use mitoshi_report::reports::{self, Report, Scenarios};
use similar::{ChangeTag, TextDiff};

use crate::support::{repository, small_pack};
use crate::workbook::documents::report_of;

const SCENARIOS: [&str; 3] = ["baseline", "night_market", "fewer_cleanups"];
const DRAWS: u64 = 500;

/// Prints a report as it is compared.
type Printer = fn(&dyn Report, &Document, &Model) -> String;

#[test]
fn every_report_reads_as_it_did() {
    let (model, sources) = pack();
    let printers: [(&str, Printer); 3] = [("md", markdown), ("html", fragment), ("csv", csv)];
    for report in reports::ALL {
        let documents = documents(*report, &model, &sources);
        for (format, printer) in printers {
            let texts: Vec<(&str, String)> =
                documents.iter().map(|(scenario, document)| (*scenario, printer(*report, document, &model))).collect();
            insta::with_settings!({ prepend_module_to_snapshot => false, omit_expression => true, snapshot_path => "snapshots/reports" }, {
                insta::assert_snapshot!(format!("{}_{format}", report.name()), told(&texts));
            });
        }
    }
}

/// The small pack with the files of `packs/reports` in place of its own.
fn pack() -> (Model, Sources) {
    let mut files: Vec<RawFile> = mitoshi_store::read_pack(&small_pack()).unwrap();
    let over = mitoshi_store::read_pack(&repository("tests/packs/reports")).unwrap();
    files.retain(|file| over.iter().all(|other| other.path != file.path));
    files.extend(over);
    let loaded = load(files);
    assert!(loaded.diagnostics.is_empty(), "{:#?}", loaded.diagnostics);
    (loaded.model.unwrap(), loaded.sources)
}

/// One document for each scenario, or one of all.
fn documents(report: &dyn Report, model: &Model, sources: &Sources) -> Vec<(&'static str, Document)> {
    let made = |scenarios: &[&str]| report_of(report, model, sources, scenarios, Language::Japanese, DRAWS);
    if report.needs().scenarios == Scenarios::One {
        SCENARIOS.iter().map(|scenario| (*scenario, made(&[scenario]))).collect()
    } else {
        vec![("", made(&SCENARIOS))]
    }
}

fn markdown(_: &dyn Report, document: &Document, _: &Model) -> String {
    document.print(Format::Markdown, false)
}

/// Each drawing gives way to its beginning: its size and what it is called.
fn fragment(_: &dyn Report, document: &Document, _: &Model) -> String {
    let mut out = String::new();
    for (at, part) in html::fragment(document).split("<svg ").enumerate() {
        match part.split_once("</svg>") {
            Some((_, after)) if at > 0 => out += &format!("<svg …></svg>{after}"),
            _ => out += part,
        }
    }
    out
}

fn csv(report: &dyn Report, document: &Document, model: &Model) -> String {
    let form = Form::Text(Format::Csv, Encoding::Utf8);
    let bytes = print(report, document.clone(), form, &model.pack, false).unwrap();
    String::from_utf8(bytes).unwrap().trim_start_matches('\u{FEFF}').replace("\r\n", "\n")
}

/// The first text whole, of each other the lines that differ from it.
fn told(texts: &[(&str, String)]) -> String {
    let Some(((_, first), others)) = texts.split_first() else { return String::new() };
    let mut out = first.clone();
    for (scenario, text) in others {
        out += &format!("\n=== {scenario}\n{}", lines_that_differ(first, text));
    }
    out
}

/// `-` lines give way to `+` lines; nothing else is shown.
fn lines_that_differ(before: &str, after: &str) -> String {
    let differ = TextDiff::from_lines(before, after);
    let changes = differ.iter_all_changes().filter(|change| change.tag() != ChangeTag::Equal);
    let lines: String = changes.map(|change| format!("{}{}", change.tag(), change.value())).collect();
    if lines.is_empty() { "(the same)\n".to_owned() } else { lines }
}
