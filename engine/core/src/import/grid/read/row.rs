//! Whether a row belongs to the table, or is a total, a remark, a heading once more.

use crate::cycle::collect::Tab;
use crate::diagnostic::Text;
use crate::import::grid::cell::{folded, words, words_at};
use crate::import::grid::map::{Layout, Part};
use crate::text;

const TOTALS: [&str; 9] = ["計", "合計", "小計", "総計", "平均", "total", "subtotal", "sum", "average"];
const ENDS_OF_TOTALS: [&str; 3] = ["小計", "合計", "総計"];
const REMARKS: [&str; 8] = ["※", "注)", "(注", "注:", "*", "備考:", "出典:", "資料:"];
/// Letters of a cell that a note quotes.
const QUOTED: usize = 20;

/// A row that is not read: what it is, and its first cell.
pub(super) fn left_out(layout: &Layout, tab: &Tab, row: u32) -> Option<(Text, u32)> {
    let mut cells = tab.cells.range((row, 0)..(row + 1, 0)).map(|((_, column), found)| (*column, words(found)));
    let (at, first) = cells.find(|(_, words)| !words.is_empty())?;
    let shown: String = first.chars().take(QUOTED).collect::<String>() + if first.chars().count() > QUOTED { "…" } else { "" };
    let line = row + 1;
    let start = folded(&first);
    if is_heading(layout, tab, row) {
        return Some((text!("{line}行は見出しの繰り返しとして読みません。", "row {line} repeats the headings and is not read"), at));
    }
    if REMARKS.iter().any(|remark| start.starts_with(remark)) {
        return Some((text!("{line}行「{shown}」は注として読みません。", "row {line} (`{shown}`) is a remark and not read"), at));
    }
    if is_total(layout, tab, row, &start) {
        return Some((text!("{line}行「{shown}」は合計などの行として読みません。", "row {line} (`{shown}`) is a total and not read"), at));
    }
    let mut own = layout.columns.iter().filter(|column| words_at(tab, row, column.at).is_some());
    let (one, more) = (own.next(), own.next());
    // In a row with nothing but a figure, the figure belongs to the indicator above.
    let is_alone = more.is_none() && one.is_none_or(|column| !column.part.is_figure());
    is_alone.then(|| {
        let text = text!(
            "{line}行「{shown}」は、値がないため、見出しか注として読みません。",
            "row {line} (`{shown}`) has no figures; it is taken for a heading or a remark and not read"
        );
        (text, at)
    })
}

fn is_total(layout: &Layout, tab: &Tab, row: u32, start: &str) -> bool {
    let part = |part| layout.column(part).and_then(|column| words_at(tab, row, column.at)).map(|words| folded(&words));
    let has_no = part(Part::No).is_some_and(|no| no != start);
    let mut named = [Some(start.to_owned()), part(Part::Title), part(Part::Indicator)].into_iter().flatten();
    named.any(|name| TOTALS.contains(&name.as_str()) || (!has_no && ENDS_OF_TOTALS.iter().any(|end| name.ends_with(end))))
}

/// True if two cells or more say what the headings above them say, and none of the others anything else.
fn is_heading(layout: &Layout, tab: &Tab, row: u32) -> bool {
    let Some((first, last)) = layout.headings else { return false };
    let same = |column: u32, words: &str| {
        (first..=last).any(|row| words_at(tab, row, column).is_some_and(|heading| folded(&heading) == folded(words)))
    };
    let cells: Vec<(u32, String)> = tab.cells.range((row, 0)..(row + 1, 0)).map(|((_, column), found)| (*column, words(found))).collect();
    let cells = || cells.iter().filter(|(_, words)| !words.is_empty());
    cells().count() >= 2 && cells().all(|(column, words)| same(*column, words))
}
