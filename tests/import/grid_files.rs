//! Tables as files: each kind that is read gives the same plan; those that mean harm are refused as answers are, in words
//! that fit who brings a plan in.

use std::collections::BTreeMap;
use std::path::Path;
use std::time::Instant;

use mitoshi_core::cycle::collect::{Book, Found};
use mitoshi_core::diagnostic::{Code, Diagnostic};
use mitoshi_store::{MAX_FILE, read_source};

use super::grid::{bare, by_guess, layout, plan};
use crate::forms::fill::Form;
use crate::forms::hostile::{LONGEST, files};
use crate::support::{Folder, PROGRAM};

const TYPE: &str = "application/vnd.oasis.opendocument.spreadsheet";
const MANIFEST: &str = r#"<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"><manifest:file-entry manifest:full-path="/" manifest:media-type="application/vnd.oasis.opendocument.spreadsheet"/></manifest:manifest>"#;

fn source(name: &str, bytes: &[u8]) -> Result<Book, Box<Diagnostic>> {
    let folder = Folder::new(&format!("import-{name}"));
    folder.write(name, bytes);
    read_source(&folder.path().join(name), Path::new(PROGRAM))
}

/// An OpenDocument spreadsheet of these tables, with one more part if it has a name.
fn opendocument(tables: &str, part: &str) -> Vec<u8> {
    let content = format!(
        "<office:document-content xmlns:office=\"urn:o\" xmlns:table=\"urn:t\" xmlns:text=\"urn:x\"><office:body><office:spreadsheet>{tables}\
         </office:spreadsheet></office:body></office:document-content>"
    );
    let parts =
        [("mimetype", TYPE.to_owned()), ("META-INF/manifest.xml", MANIFEST.to_owned()), ("content.xml", content), (part, "x".to_owned())];
    let parts = parts.into_iter().filter(|(name, _)| !name.is_empty());
    Form(parts.map(|(name, text)| (name.to_owned(), text.into_bytes())).collect::<BTreeMap<_, _>>()).bytes()
}

fn table(name: &str, rows: &str) -> String {
    format!("<table:table table:name=\"{name}\">{rows}</table:table>")
}

fn cell(found: &Found) -> String {
    match found {
        Found::Number(number) => format!("<table:table-cell office:value-type=\"float\" office:value=\"{number}\"/>"),
        other => format!("<table:table-cell office:value-type=\"string\"><text:p>{}</text:p></table:table-cell>", other.shown()),
    }
}

/// A layout as LibreOffice would save it, empty cells repeated.
fn as_opendocument(book: &Book) -> Vec<u8> {
    let mut tables = String::new();
    for tab in &book.sheets {
        let mut rows = String::new();
        let last = tab.cells.keys().map(|(row, _)| *row).max().unwrap();
        for row in 0..=last {
            let (mut cells, mut next) = (String::new(), 0);
            for ((_, column), found) in tab.cells.range((row, 0)..(row + 1, 0)) {
                if *column > next {
                    cells += &format!("<table:table-cell table:number-columns-repeated=\"{}\"/>", column - next);
                }
                cells += &cell(found);
                next = column + 1;
            }
            cells += &format!("<table:table-cell table:number-columns-repeated=\"{}\"/>", 16_384 - next);
            rows += &format!("<table:table-row>{cells}</table:table-row>");
        }
        let rest = 1_048_576 - last - 1;
        rows += &format!(
            "<table:table-row table:number-rows-repeated=\"{rest}\"><table:table-cell table:number-columns-repeated=\"16384\"/></table:table-row>"
        );
        tables += &table(&tab.name, &rows);
    }
    opendocument(&tables, "")
}

/// A layout of one sheet as a table of text.
fn as_text(book: &Book, separator: char) -> String {
    let cells = &book.sheets[0].cells;
    let (rows, columns) = (cells.keys().map(|at| at.0).max().unwrap(), cells.keys().map(|at| at.1).max().unwrap());
    let quoted = |at| cells.get(&at).map(|found| format!("\"{}\"", found.shown())).unwrap_or_default();
    let line = |row| (0..=columns).map(|column| quoted((row, column))).collect::<Vec<_>>().join(&separator.to_string()) + "\r\n";
    (0..=rows).map(line).collect()
}

fn gives_the_plan(book: &Book) {
    assert_eq!(bare(by_guess(book).0.draft), plan());
}

#[test]
fn tables_of_text_in_each_encoding() {
    let text = as_text(&layout("years_across"), ',');
    gives_the_plan(&source("utf8.csv", text.as_bytes()).unwrap());
    gives_the_plan(&source("marked.csv", format!("\u{FEFF}{text}").as_bytes()).unwrap());
    // CP932 has no U+FF0D, as Excel writes it.
    let (bytes, _, has_errors) = encoding_rs::SHIFT_JIS.encode(&text);
    assert!(!has_errors);
    gives_the_plan(&source("cp932.csv", &bytes).unwrap());
    gives_the_plan(&source("tabs.tsv", as_text(&layout("row_per_year"), '\t').as_bytes()).unwrap());
}

#[test]
fn opendocument_spreadsheets() {
    for name in ["years_across", "two_rows", "sheet_per_department", "targets_and_actuals"] {
        let book = layout(name);
        let read = source("plan.ods", &as_opendocument(&book)).unwrap_or_else(|problem| panic!("{name}: {problem:?}"));
        assert_eq!(read, book, "{name}");
        gives_the_plan(&read);
    }
}

#[test]
fn formulas_of_an_opendocument_are_read_and_not_run() {
    let cells = "<table:table-row><table:table-cell table:formula=\"of:=WEBSERVICE(&quot;http://localhost/&quot;)\" office:value-type=\"float\" \
                 office:value=\"5\"/><table:table-cell office:value-type=\"date\" office:date-value=\"2024-04-01\"/></table:table-row>";
    let read = source("formula.ods", &opendocument(&table("a", cells), "")).unwrap();
    let formula = Found::Formula { formula: "WEBSERVICE(\"http://localhost/\")".to_owned(), result: "5".to_owned() };
    let cells: Vec<_> = read.sheets[0].cells.values().cloned().collect();
    assert_eq!(cells, [formula, Found::Date("2024-04-01".to_owned())]);
}

/// Every problem is told in words for the one who has the file: no answers, no departments to be asked.
fn refused(name: &str, bytes: &[u8]) -> Box<Diagnostic> {
    let begun = Instant::now();
    let problem = source(name, bytes).map(|_| ()).expect_err(name);
    assert!(begun.elapsed() < LONGEST, "{name} took {:?}", begun.elapsed());
    assert!(problem.message.ja.contains(name) && problem.hints.len() == 1, "{name}: {problem:?}");
    let hint = &problem.hints[0];
    assert!(hint.ja.ends_with('。') && !hint.ja.contains("回答") && !hint.ja.contains("照会") && !hint.en.contains("ask"), "{hint:?}");
    problem
}

#[test]
fn what_is_refused_as_an_answer_is_refused_as_a_table() {
    for (name, bytes, code, word) in files() {
        let problem = refused(name, bytes);
        let code = if *code == Code::NoAnswers { Code::AnswerFileUnreadable } else { *code };
        assert_eq!(problem.code, code, "{name}: {problem:?}");
        assert!(problem.message.ja.contains(word), "{name}: {problem:?}");
    }
}

#[test]
fn opendocuments_that_mean_harm() {
    let row = |attributes: &str, cell: &str| table("a", &format!("<table:table-row {attributes}>{cell}</table:table-row>"));
    let value =
        |repeated: &str| format!("<table:table-cell {repeated} office:value-type=\"string\"><text:p>値</text:p></table:table-cell>");
    let (many_columns, many_rows) = ("table:number-columns-repeated=\"16384\"", "table:number-rows-repeated=\"1048576\"");
    let spaces = "<table:table-cell office:value-type=\"string\"><text:p>a<text:s text:c=\"4294967295\"/></text:p></table:table-cell>";
    let bombs = [
        ("columns.ods", row("", &value(many_columns))),
        ("rows.ods", row(many_rows, &value(""))),
        ("both.ods", row(many_rows, &value(many_columns))),
        ("many.ods", table("a", &format!("<table:table-row>{}</table:table-row>", value(many_columns)).repeat(300))),
        ("far.ods", row("", &format!("<table:table-cell table:number-columns-repeated=\"9000\"/>{}", value("")))),
    ];
    for (name, tables) in bombs {
        let problem = refused(name, &opendocument(&tables, ""));
        assert_eq!(problem.code, Code::AnswerFileRefused, "{name}: {problem:?}");
    }
    refused("spaces.ods", &opendocument(&row("", spaces), ""));
    let harmless = row("", &value(""));
    for (part, word) in [("Basic/Standard/a.xml", "マクロ"), ("Scripts/python/a.py", "マクロ")] {
        let problem = refused("macros.ods", &opendocument(&harmless, part));
        assert!(problem.code == Code::AnswerFileRefused && problem.message.ja.contains(word), "{problem:?}");
    }
    let problem = refused("none.ods", &Form([("a.xml".to_owned(), b"a".to_vec())].into()).bytes());
    assert_eq!(problem.code, Code::AnswerFileUnreadable);
    let declared = format!("<!DOCTYPE a [<!ENTITY b \"c\">]>{harmless}");
    let problem = refused("dtd.ods", &opendocument(&declared, ""));
    assert!(problem.code == Code::AnswerFileRefused && problem.message.ja.contains("文書型"), "{problem:?}");
}

#[test]
fn files_that_are_none() {
    let folder = Folder::new("import-none");
    let read = |name: &str| read_source(&folder.path().join(name), Path::new("no such program")).map(|_| ()).unwrap_err();
    assert_eq!(read("missing.xlsx").code, Code::AnswerFileUnreadable);
    std::fs::File::create(folder.path().join("large.xlsx")).unwrap().set_len(200 << 20).unwrap();
    let begun = Instant::now();
    let problem = read("large.xlsx");
    assert!(200 << 20 > MAX_FILE && problem.code == Code::AnswerFileRefused && begun.elapsed() < LONGEST, "{problem:?}");
}
