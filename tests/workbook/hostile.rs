//! Texts that mean harm, in every place of a document: no formula, no script, no broken table.

use mitoshi_core::diagnostic::Language;
use mitoshi_report::chart::{Bullet, Chart, bullet::BulletRow};
use mitoshi_report::document::{Block, Cell, Column, Document, Figure, Format, Table, xlsx};

use super::documents::tables;
use super::readers::{csv, find, html, text, workbook};

/// What people have tried; the long name comes on top.
const PAYLOADS: [&str; 39] = [
    "=cmd|'/c calc'!A0",
    "=HYPERLINK(\"http://example.com\",\"x\")",
    "=1+1",
    "+1",
    "-1",
    "@SUM(1,1)",
    "＝1+1",
    "＋1",
    "－1",
    "＠SUM(1)",
    "\t=1",
    "\r=1",
    "\n=1",
    " =1",
    "\u{3000}=1",
    "\u{FEFF}=1",
    "{=1}",
    "=IMPORTXML(\"http://example.com\")",
    "<script>alert(1)</script>",
    "</td></tr></table><script>alert(1)</script>",
    "\"><img src=x onerror=alert(1)>",
    "'; DROP TABLE plan; --",
    "javascript:alert(1)",
    "&lt;script&gt;",
    "]]>",
    "<!--",
    "\u{0}\u{1}\u{2}\u{1B}[31m",
    "\u{7F}\u{85}\u{9F}",
    "\u{FFFE}\u{FFFF}",
    "\u{202E}gnp.exe",
    "\u{2066}a\u{2069}",
    "a,b;c|d",
    "a\"b\"\"c",
    "line\r\nbreak",
    "_x0041__x003D_1",
    "[Red]\";@",
    "Sheet:1/2\\3*?[4]'",
    "|---|---|",
    "&A&P&\"Arial\"&99",
];

/// All of them.
pub fn payloads() -> Vec<String> {
    PAYLOADS.iter().map(|text| (*text).to_owned()).chain(["名".repeat(10_000)]).collect()
}

/// A document with the text in every place.
fn document(evil: &str) -> Document {
    let table = || Table {
        columns: vec![Column::words(evil).naming(), Column::numbers(evil).under(evil), Column::words("c").under(evil)],
        rows: vec![
            vec![Cell::words(evil), Cell { mark: evil.to_owned(), ..Cell::number(Some(1.5), "1.5") }, Cell::words(evil)],
            vec![Cell::words("x"), Cell { unit: evil.to_owned(), ..Cell::number(Some(1.0), evil) }, Cell::words("")],
        ],
    };
    let row =
        BulletRow { label: evil.to_owned(), achievement: Some(0.5), text: evil.to_owned(), mark: evil.to_owned(), ..BulletRow::default() };
    let chart = Chart::Bullet(Bullet { rows: vec![row], ..Bullet::default() });
    let figure = Figure { id: "f".to_owned(), title: evil.to_owned(), description: evil.to_owned(), chart, table: table() };
    let text = || evil.to_owned();
    let mut document = Document::new(Language::Japanese);
    let blocks = [
        Block::Heading(1, text()),
        Block::Banner(text()),
        Block::Heading(2, text()),
        Block::Paragraph(text()),
        Block::Table(table()),
        Block::Note(text()),
        Block::Heading(2, text()),
        Block::Lines(text()),
        Block::Code(text()),
        Block::PageBreak,
        Block::Figure(Box::new(figure)),
    ];
    document.blocks.extend(blocks);
    document
}

#[test]
fn no_text_becomes_a_formula_or_breaks_a_workbook() {
    for evil in payloads() {
        let document = document(&evil);
        let sheets = workbook(&xlsx::workbook(&document).unwrap());
        assert_eq!(sheets.len(), 3, "{evil:?}");
        assert!(sheets.iter().all(|sheet| sheet.formulas.is_empty()), "{evil:?}");
        let tables = tables(&document);
        for (table, (sheet, body)) in tables.iter().zip(find(&sheets, &tables)) {
            let cells = &sheets[sheet].rows[body..body + table.rows.len()];
            let names: Vec<String> = cells.iter().map(|row| text(row.first())).collect();
            assert_eq!(names, [xlsx::clean(&evil), "x".to_owned()], "{evil:?}");
        }
    }
}

#[test]
fn no_text_breaks_a_table_of_another_format() {
    for evil in payloads() {
        let document = document(&evil);
        let page = document.print(Format::Html, false);
        assert!(!page.contains("<script") && !page.contains("<img"), "{evil:?}");
        let sizes: Vec<Vec<usize>> = html(&page).iter().map(|table| table.iter().map(Vec::len).collect()).collect();
        assert_eq!(sizes, [[3, 3], [3, 3]], "{evil:?}");
        let records = csv(&document.print(Format::Csv, false));
        assert_eq!(records.iter().map(Vec::len).collect::<Vec<_>>(), [3, 3, 3, 1, 3, 3, 3], "{evil:?}");
        let runs = |field: &String| field.trim_start().starts_with(['=', '+', '-', '@']);
        assert!(!records.iter().flatten().any(runs), "{evil:?}: {records:?}");
        let data: serde_json::Value = serde_json::from_str(&document.print(Format::Json, false)).unwrap();
        assert_eq!(data["blocks"].as_array().unwrap().len(), document.blocks.len());
    }
}

#[test]
fn names_of_sheets_are_legal_and_differ() {
    let mut document = Document::new(Language::English);
    let long = "A chapter with a name that is longer than a sheet may be called";
    for name in [long, long, "history", "History", "", "a/b:c", "A／B：C", "'quoted'"] {
        document.push(Block::Heading(2, name.to_owned()));
        document.push(Block::Paragraph("p".to_owned()));
    }
    let names: Vec<String> = workbook(&xlsx::workbook(&document).unwrap()).into_iter().map(|sheet| sheet.name).collect();
    assert_eq!(
        names,
        [
            "A chapter with a name that is …",
            "A chapter with a name that… (2)",
            "history＿",
            "History＿ (2)",
            "＿",
            "a／b：c",
            "A／B：C (2)",
            "’quoted’",
        ]
    );
}
