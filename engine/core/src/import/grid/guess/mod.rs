//! A map proposed from the headings of a book, and what was not clear about it.
//!
//! Nothing is decided silently: a heading that can be read in two ways, one that is not understood, a table that does not
//! say whether it holds targets or actuals are doubts, one sentence each.

mod block;
mod columns;

use block::{Block, blocks};

use super::cell::{folded, words};
use super::heading::{heading, told_in};
use super::map::{Layout, Map, Part, SheetIs, Title};
use crate::cycle::collect::{Book, Tab};
use crate::diagnostic::{Span, Text};
use crate::pack::Placed;
use crate::text;
use crate::year::{Year, YearStyle};

const DEPARTMENTS: [&str; 13] = ["課", "室", "局", "係", "部", "館", "署", "センター", "委員会", "チーム", "本部", "事務所", "グループ"];
const STRATEGIES: [&str; 5] = ["戦略", "分野", "方針", "柱", "基本目標"];
/// Letters that the title of a plan has at least.
const TITLE: usize = 5;

/// A layout on one sheet, and what was not clear.
struct Found {
    layout: Layout,
    doubts: Vec<Text>,
}

/// Proposes how the tables of a book are to be read.
pub fn guess(book: &Book) -> (Map, Vec<Text>) {
    let (mut tables, mut doubts, mut title) = (Vec::<Found>::new(), Vec::new(), None);
    for tab in &book.sheets {
        let blocks = blocks(tab);
        if blocks.is_empty() && !tab.cells.is_empty() {
            doubts.push(no_table(tab));
        }
        title = title.or_else(|| blocks.first().and_then(|block| self::title(tab, block)));
        for (at, block) in blocks.iter().enumerate() {
            let last = blocks.get(at + 1).map(|next| next.first.saturating_sub(1));
            // Headings with other headings right below them head nothing.
            if last.is_some_and(|last| last <= block.last) {
                continue;
            }
            let found = table(tab, block, last, book.sheets.len() > 1);
            match tables.iter_mut().find(|known| is_same(&known.layout, &found.layout, tab)) {
                Some(known) => known.layout.sheets.extend(found.layout.sheets),
                None => tables.push(found),
            }
        }
    }
    for found in &mut tables {
        names_of_sheets(found);
    }
    if book.sheets.iter().all(|tab| tab.cells.is_empty()) {
        doubts.push(text!("値のあるセルがありません。", "no cell holds anything"));
    }
    doubts.extend(tables.iter().flat_map(|found| found.doubts.iter().cloned()));
    (Map { title, tables: tables.into_iter().map(|found| found.layout).collect() }, doubts)
}

fn no_table(tab: &Tab) -> Text {
    let name = &tab.name;
    if name.is_empty() {
        return text!("指標や目標の見出しが見つかりません。", "no headings of indicators and figures were found");
    }
    text!("シート「{name}」には、指標や目標の見出しが見つかりません。", "the sheet `{name}` has no headings of indicators and figures")
}

/// One table of a sheet.
fn table(tab: &Tab, block: &Block, last: Option<u32>, is_one_of_several: bool) -> Found {
    let (of_name, of_lines) = (single_year(&tab.name), above(tab, block).find_map(|words| single_year(&words)));
    let (mut layout, mut doubts) = columns::columns(tab, block, last, of_name.or(of_lines).is_some());
    if layout.figures().any(|column| column.year.is_none()) && layout.column(Part::Year).is_none() {
        match (of_name, of_lines) {
            (Some(_), _) => layout.sheet_is = Some(SheetIs::Year),
            (None, Some((year, style))) => {
                layout.year = Some((year, style));
                let year = year.write(style);
                doubts.push(text!(
                    "表の上の行から、どの値も{year}のものとして読みます。",
                    "by the lines above the table, all figures are read as those of {year}"
                ));
            }
            (None, None) => {}
        }
    }
    if layout.figures().any(|column| column.part == Part::Value) && layout.column(Part::Kind).is_none() {
        let told = told_in(&tab.name).or_else(|| above(tab, block).find_map(|words| told_in(&words)));
        layout.holds = Some(told.unwrap_or(Part::Target));
        if told.is_none() {
            doubts.push(text!(
                "値が目標か実績か分かりません。目標として読みます。",
                "nothing says whether the figures are targets or actuals; they are read as targets"
            ));
        }
    }
    if layout.figures().next().is_none() {
        doubts.push(text!("目標や実績の列が見つかりません。", "no column of targets or actuals was found"));
    }
    if layout.column(Part::Indicator).is_none() {
        doubts.push(text!("指標の列が見つかりません。", "no column of indicators was found"));
    }
    if !tab.name.is_empty() {
        layout.sheets = vec![Placed { value: tab.name.clone(), span: Span::default() }];
    }
    let of_sheet = |doubt: Text| {
        let name = &tab.name;
        Text { ja: format!("シート「{name}」: {}", doubt.ja), en: format!("sheet `{name}`: {}", doubt.en) }
    };
    let doubts = if is_one_of_several { doubts.into_iter().map(of_sheet).collect() } else { doubts };
    Found { layout, doubts }
}

/// The lines above a table, the nearest first.
fn above<'a>(tab: &'a Tab, block: &Block) -> impl Iterator<Item = String> + use<'a> {
    tab.cells.range(..(block.first, 0)).rev().map(|(_, found)| words(found)).filter(|words| !words.is_empty())
}

fn single_year(words: &str) -> Option<(Year, YearStyle)> {
    match heading(words).years.as_slice() {
        [year] => Some(*year),
        _ => None,
    }
}

/// True if another sheet has this table at the same place.
fn is_same(known: &Layout, found: &Layout, tab: &Tab) -> bool {
    let columns = |layout: &Layout| layout.columns.iter().map(|column| (column.part, column.year, column.at)).collect::<Vec<_>>();
    let rest =
        |layout: &Layout| (layout.sheet_is, layout.headings, layout.first, layout.last, layout.year, layout.holds, layout.baseline_year);
    columns(known) == columns(found) && rest(known) == rest(found) && known.sheets.iter().all(|sheet| sheet.value != tab.name)
}

/// What the names of a table's sheets say.
fn names_of_sheets(found: &mut Found) {
    let layout = &mut found.layout;
    let names: Vec<String> = layout.sheets.iter().map(|sheet| folded(&sheet.value)).collect();
    if names.is_empty() || layout.sheet_is.is_some() {
        return;
    }
    let all = |is_such: &dyn Fn(&str) -> bool| names.iter().all(|name| is_such(name));
    let is_strategy = |name: &str| STRATEGIES.iter().any(|word| name.contains(word)) || name.starts_with(|c: char| c.is_ascii_digit());
    if layout.column(Part::Department).is_none() && all(&|name| DEPARTMENTS.iter().any(|end| name.ends_with(end))) {
        layout.sheet_is = Some(SheetIs::Department);
    } else if layout.column(Part::Strategy).is_none() && all(&is_strategy) {
        layout.sheet_is = Some(SheetIs::Strategy);
    } else if names.len() > 1 && layout.column(Part::Department).is_none() && layout.column(Part::Strategy).is_none() {
        found.doubts.push(text!(
            "同じ形のシートが{count}枚ありますが、シートの名が何を表すか分かりません。",
            "{count} sheets have one layout, and what their names say is not clear",
            count = names.len()
        ));
    }
}

/// The first line above the first table that can be a title.
fn title(tab: &Tab, block: &Block) -> Option<Title> {
    let cells = tab.cells.range(..(block.first, 0));
    let is_title = |words: &str| words.chars().count() >= TITLE && !words.starts_with(['(', '（', '※', '*']) && !words.contains('。');
    let (at, words) = cells.into_iter().map(|(at, found)| (*at, words(found))).find(|(_, words)| is_title(words))?;
    // 「指標の一覧（総務課）」 on the sheet 総務課 is the title of that sheet.
    let is_of_sheet = !tab.name.is_empty() && folded(&words).contains(&folded(&tab.name));
    (!is_of_sheet).then(|| Title { sheet: tab.name.clone(), at, words, span: None })
}
