//! Every number of a document stands in every format: cell by cell after reading each back.

use calamine::Data;
use mitoshi_report::document::{Cell, Document, Format, xlsx};
use serde_json::Value;

use super::documents::{all, tables};
use super::readers::{csv, find, html, workbook};

#[test]
fn a_workbook_holds_every_number_and_every_word() {
    let (mut numbers, mut words) = (0, 0);
    for (name, document) in all() {
        let sheets = workbook(&xlsx::workbook(&document).unwrap());
        let tables = tables(&document);
        for (table, (sheet, body)) in tables.iter().zip(find(&sheets, &tables)) {
            for (row, cells) in table.rows.iter().enumerate() {
                for (at, cell) in cells.iter().enumerate() {
                    let found = sheets[sheet].rows[body + row].get(at).unwrap_or(&Data::Empty);
                    assert!(holds(found, cell), "{name}, {}: {found:?} for {cell:?}", sheets[sheet].name);
                    numbers += usize::from(cell.number.is_some());
                    words += usize::from(cell.number.is_some() && matches!(found, Data::String(_)));
                }
            }
        }
    }
    assert!(numbers > 2000 && words * 20 < numbers, "{words} of {numbers} numbers are written as text");
}

fn holds(found: &Data, cell: &Cell) -> bool {
    match (found, cell.number) {
        (Data::Float(found), Some(number)) => *found == number,
        (Data::Int(found), Some(number)) => *found as f64 == number,
        (Data::String(found), None) => *found == xlsx::clean(&cell.marked()),
        (Data::Empty, None) => cell.marked().is_empty(),
        // A number that no format shows as the report does: `1%未満`, what rounds to zero from below.
        (Data::String(found), Some(number)) => {
            *found == xlsx::clean(&cell.marked()) && xlsx::number_format(number, &cell.marked()).is_none()
        }
        _ => false,
    }
}

#[test]
fn an_achievement_is_a_formula_with_the_exact_number() {
    for (_, document) in all().into_iter().filter(|(name, _)| name.starts_with("achievements")) {
        let sheets = workbook(&xlsx::workbook(&document).unwrap());
        let (sheet, body) = find(&sheets, &tables(&document))[0];
        let formulas = &sheets[sheet].formulas;
        let table = tables(&document)[0];
        // What cannot be evaluated, and what its row does not hold as a number, is none.
        let evaluated: usize = table.rows.iter().flatten().filter(|cell| cell.derived.is_some() && cell.number.is_some()).count();
        assert_eq!(formulas.len(), evaluated, "{formulas:?}");
        let of = |column: usize| formulas.iter().filter(move |(_, at, _)| *at == column).map(|(_, _, text)| text.as_str());
        assert!(of(3).any(|text| text.starts_with("(B") && text.contains("-434)/(C")), "{formulas:?}");
        assert!(of(4).any(|text| text.starts_with('B') && text.contains("/C")));
        assert!(of(4).any(|text| text.starts_with('C') && text.contains("/B")));
        assert!(formulas.iter().all(|(row, _, _)| *row >= body));
    }
}

#[test]
fn csv_json_and_html_hold_the_same_numbers() {
    for (name, document) in all() {
        compare_csv(&name, &document);
        compare_json(&name, &document);
        let page = html(&document.print(Format::Html, false));
        let tables = tables(&document);
        assert_eq!(page.len(), tables.len(), "{name}");
        for (found, table) in page.iter().zip(tables) {
            // A page has a real minus where other formats have a hyphen.
            let plain = |text: &str| text.replace('−', "-");
            let texts: Vec<Vec<String>> = table.rows.iter().map(|row| row.iter().map(|cell| plain(&cell.marked())).collect()).collect();
            let found: Vec<Vec<String>> = found.iter().map(|row| row.iter().map(|text| plain(text)).collect()).collect();
            assert_eq!(found, texts, "{name}");
        }
    }
}

fn compare_csv(name: &str, document: &Document) {
    let records = csv(&document.print(Format::Csv, false));
    let mut records = records.iter();
    for (n, table) in tables(document).into_iter().enumerate() {
        // An empty line and the headings stand before the rows.
        records.by_ref().take(if n > 0 { 2 } else { 1 }).for_each(drop);
        for row in &table.rows {
            let found = records.next().unwrap();
            assert_eq!(found.len(), row.len(), "{name}: {found:?}");
            for (field, cell) in found.iter().zip(row).filter(|(_, cell)| cell.number.is_some()) {
                assert_eq!(field.parse().ok(), cell.number, "{name}: {cell:?}");
            }
        }
    }
}

fn compare_json(name: &str, document: &Document) {
    let data: Value = serde_json::from_str(&document.print(Format::Json, false)).unwrap();
    let found = data["blocks"].as_array().unwrap().iter().filter(|block| block["rows"].is_array());
    for (block, table) in found.zip(tables(document)) {
        let cells = block["rows"].as_array().unwrap().iter().flat_map(|row| row.as_array().unwrap());
        for (found, cell) in cells.zip(table.rows.iter().flatten()) {
            // The reader of JSON may miss the last bit.
            let same = match (found["number"].as_f64(), cell.number) {
                (Some(found), Some(number)) => (found - number).abs() <= 2.0 * f64::EPSILON * number.abs(),
                (found, number) => found == number,
            };
            assert!(same, "{name}: {found} for {cell:?}");
        }
    }
}

#[test]
fn two_runs_give_the_same_bytes() {
    for (name, document) in all() {
        let first = xlsx::workbook(&document).unwrap();
        assert!((0..4).all(|_| xlsx::workbook(&document).unwrap() == first), "{name}");
    }
}
