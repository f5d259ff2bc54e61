//! Charts that a spreadsheet draws: what they read, and that what is absent is no zero.

use calamine::Data;
use mitoshi_core::diagnostic::Language;
use mitoshi_report::chart::network::{Evidence, Link, Node};
use mitoshi_report::chart::trend::{Band, Bar, Series};
use mitoshi_report::chart::waterfall::{Amount, WaterfallRow};
use mitoshi_report::chart::{Chart, Network, Trend, Waterfall};
use mitoshi_report::document::{Block, Cell, Column, Document, Figure, Table, xlsx};

use super::readers::{text, workbook};

/// A document of one chapter with these charts.
pub fn document(charts: Vec<Chart>) -> Document {
    let mut document = Document::new(Language::Japanese);
    document.push(Block::Heading(1, "図".to_owned()));
    for (n, chart) in charts.into_iter().enumerate() {
        let columns = vec![Column::words("年度"), Column::numbers("値")];
        let rows = vec![vec![Cell::words("R8"), Cell::number(Some(1.0), "1")]];
        document.push(Block::Figure(Box::new(Figure {
            id: format!("f{n}"),
            title: format!("図 {n}"),
            description: "未収債権額の見込みは、R8の目標に届きません。".to_owned(),
            chart,
            table: Table { columns, rows },
        })));
    }
    document
}

/// Target, actual and projection of an indicator.
pub fn trend() -> Chart {
    let series = |name: &str, values: [Option<f64>; 5]| Series { name: name.to_owned(), values: values.to_vec() };
    Chart::Trend(Trend {
        years: ["R4", "R5", "R6", "R7", "R8"].map(str::to_owned).to_vec(),
        unit: "百万円".to_owned(),
        target: series("目標", [Some(407.0), Some(380.0), Some(353.0), Some(326.0), Some(300.0)]),
        actual: series("実績", [Some(412.0), Some(426.0), None, None, None]),
        projections: vec![series("見込", [None, Some(426.0), Some(409.0), Some(392.0), Some(375.0)])],
        bands: vec![Band {
            name: "5〜95%".to_owned(),
            low: vec![None, None, Some(400.0), Some(370.0), Some(340.0)],
            high: vec![None, None, Some(420.0), Some(410.0), Some(405.0)],
        }],
        goal: Some(Bar { name: "目標値".to_owned(), value: 300.0 }),
        ..Trend::default()
    })
}

/// Three indicators, two links; the names would be formulas if anything ran them.
pub fn network() -> Chart {
    let node = |label: &str| Node { label: label.to_owned(), ..Node::default() };
    let link = |from, to, evidence, lag| Link { from, to, evidence, lags: vec![lag] };
    Chart::Network(Network {
        nodes: vec![node("=1+1"), node("収納率"), node("未収債権額")],
        links: vec![link(0, 1, Evidence::Identity, 0), link(1, 2, Evidence::Assumption, 1)],
        language: Language::Japanese,
    })
}

/// From 10 over two steps to an end.
pub fn waterfall(steps: [f64; 2]) -> Chart {
    let row = |label: &str, amount| WaterfallRow { label: label.to_owned(), amount, ..WaterfallRow::default() };
    let end = 10.0 + steps[0] + steps[1];
    let amounts = [Amount::Total(Some(10.0)), Amount::Change(Some(steps[0])), Amount::Change(Some(steps[1])), Amount::Total(Some(end))];
    let rows = ["R5", "増", "減", "R8"].into_iter().zip(amounts).map(|(label, amount)| row(label, amount)).collect();
    Chart::Waterfall(Waterfall { unit: "百万円".to_owned(), decimals: 1, rows })
}

#[test]
fn a_trend_reads_the_last_sheet_where_what_is_absent_is_empty() {
    let sheets = workbook(&xlsx::workbook(&document(vec![trend()])).unwrap());
    assert_eq!(sheets.len(), 2);
    let data = &sheets[1];
    assert_eq!(data.name, "グラフの数値");
    let names: Vec<String> = data.rows[4].iter().map(|cell| text(Some(cell))).collect();
    assert_eq!(names[1..], ["目標", "実績", "見込", "5〜95% ↓", "5〜95% ↑", "目標値"]);
    assert_eq!(data.rows[7][1..4], [Data::Float(353.0), Data::Empty, Data::Float(409.0)]);
}

#[test]
fn a_waterfall_stands_on_unseen_bars_and_does_not_cross_zero() {
    let sheets = workbook(&xlsx::workbook(&document(vec![waterfall([5.0, -7.0])])).unwrap());
    let rows: Vec<&[Data]> = sheets[1].rows[5..9].iter().map(|row| &row[1..5]).collect();
    let number = Data::Float;
    assert_eq!(rows[1], [number(10.0), Data::Empty, number(5.0), Data::Empty]);
    assert_eq!(rows[2], [number(8.0), Data::Empty, Data::Empty, number(7.0)]);
    assert_eq!(rows[3], [Data::Empty, number(8.0), Data::Empty, Data::Empty]);
    assert_eq!(workbook(&xlsx::workbook(&document(vec![waterfall([5.0, -17.0])])).unwrap()).len(), 1);
}

#[test]
fn the_wires_of_a_network_are_points_with_gaps_between_them() {
    let sheets = workbook(&xlsx::workbook(&document(vec![network()])).unwrap());
    assert_eq!(sheets.len(), 2);
    let rows = &sheets[1].rows;
    let names: Vec<String> = rows[4].iter().map(|cell| text(Some(cell))).collect();
    assert_eq!(names[1..], ["右へ", "恒等式", "前提", "矢印", "年数"]);
    let named: Vec<String> = rows[5..].iter().map(|row| text(row.first())).filter(|name| !name.is_empty()).collect();
    assert_eq!(named, ["収納率 → 未収債権額", "=1+1 → 収納率", "収納率 → 未収債権額"]);
    // One mark; then each wire after an empty row, level from box to box, and its arrow.
    assert!(matches!(rows[5][5], Data::Float(_)) && rows[6][1] == Data::Empty);
    let heights: Vec<&Data> = rows[7..].iter().map(|row| &row[2]).take_while(|cell| **cell != Data::Empty).collect();
    assert!(heights.len() > 2 && heights.iter().all(|height| *height == heights[0]), "{heights:?}");
    assert!(sheets.iter().all(|sheet| sheet.formulas.is_empty()));
}
