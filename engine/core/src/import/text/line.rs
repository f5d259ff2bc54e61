//! The lines of a plan's text: cells parted by tabs, letters folded for comparison, page furniture known.

use std::collections::BTreeMap;

use unicode_normalization::UnicodeNormalization;

/// A line.
#[derive(Clone, Debug)]
pub(super) struct Line<'a> {
    /// Its number, from 1.
    pub(super) number: usize,
    /// Its cells, without spaces around; one if there is no tab.
    pub(super) cells: Vec<&'a str>,
    /// True for page numbers and for headers that stand on every page.
    pub(super) is_furniture: bool,
}

/// How often a line must stand in a text to be the header or footer of its pages.
const ON_EVERY_PAGE: usize = 3;

/// The lines that are not empty.
pub(super) fn lines(text: &str) -> Vec<Line<'_>> {
    let mut lines: Vec<Line<'_>> = text
        .split('\n')
        .enumerate()
        .map(|(at, line)| Line { number: at + 1, cells: line.split('\t').map(bare).collect(), is_furniture: false })
        .filter(|line| line.cells.iter().any(|cell| !cell.is_empty()))
        .collect();
    let mut often: BTreeMap<String, usize> = BTreeMap::new();
    for line in &lines {
        *often.entry(without_figures(line)).or_default() += 1;
    }
    for line in &mut lines {
        let repeated = often.get(&without_figures(line)).is_some_and(|count| *count >= ON_EVERY_PAGE);
        line.is_furniture = is_page_number(line) || (repeated && may_be_header(line));
    }
    lines
}

impl Line<'_> {
    /// Its only cell that holds something, if it has one only.
    pub(super) fn alone(&self) -> Option<&str> {
        let mut filled = self.cells.iter().filter(|cell| !cell.is_empty());
        filled.next().filter(|_| filled.next().is_none()).copied()
    }

    /// The words, where the line is no row of a table.
    pub(super) fn words(&self) -> Option<&str> {
        (self.cells.len() == 1).then(|| self.cells[0])
    }
}

fn bare(cell: &str) -> &str {
    cell.trim_matches(|c: char| c.is_whitespace() || c == '\u{c}' || c == '\u{feff}')
}

/// For comparison: compatible forms as one, no spaces.
pub(super) fn folded(text: &str) -> String {
    text.nfkc().filter(|c| !c.is_whitespace()).collect()
}

fn without_figures(line: &Line<'_>) -> String {
    line.cells.iter().flat_map(|cell| cell.nfkc()).filter(|c| !c.is_whitespace() && !c.is_ascii_digit()).collect()
}

/// `3`, `- 3 -`, `3 / 12`, `3ページ`, `P.3`.
fn is_page_number(line: &Line<'_>) -> bool {
    let Some(words) = line.alone() else { return false };
    let folded = folded(words);
    let inner = folded.trim_matches(['-', '−', '–', '—', '(', ')', '~']);
    let inner = inner.strip_suffix("ページ").or_else(|| inner.strip_suffix('頁')).unwrap_or(inner);
    let inner = inner.trim_start_matches("P.").trim_start_matches("p.").trim_start_matches("Page");
    line.cells.len() == 1 && !inner.is_empty() && inner.len() <= 9 && inner.chars().all(|c| c.is_ascii_digit() || c == '/')
}

/// A title with a page number at most: what could stand above a page, and is no row of figures.
fn may_be_header(line: &Line<'_>) -> bool {
    let filled: Vec<&&str> = line.cells.iter().filter(|cell| !cell.is_empty()).collect();
    let [first, rest @ ..] = filled.as_slice() else { return false };
    let is_title = first.chars().filter(|c| c.is_alphabetic()).count() >= 4 && !first.starts_with(['【', '・', '<', '⇒']);
    is_title && rest.len() <= 1 && rest.iter().all(|cell| folded(cell).chars().all(|c| c.is_ascii_digit() || "-/".contains(c)))
}

/// Names that a printer has set with spaces between the letters, with the letters together: `A I ・ R P A 等` → `AI・RPA等`.
pub(super) fn joined(text: &str) -> String {
    let words: Vec<&str> = text.split_whitespace().collect();
    let is_single = |word: &str| word.chars().nth(1).is_none();
    let is_spaced = words.len() > 2 && words.iter().all(|word| is_single(word));
    let mut out = String::new();
    for (at, word) in words.iter().enumerate() {
        if let Some(before) = at.checked_sub(1).map(|before| words[before]) {
            let meets = (is_single(before) && is_letter(before)) || (is_single(word) && is_letter(word));
            let wide = |word: &str| is_single(word) || !word.starts_with(|c: char| c.is_ascii_alphanumeric());
            if !(is_spaced || (meets && wide(before) && wide(word))) {
                out.push(' ');
            }
        }
        out.push_str(word);
    }
    out
}

/// A Latin letter or a mark, not a kanji: `情報 化` stays as it is.
fn is_letter(word: &str) -> bool {
    word.nfkc().all(|c| c.is_ascii_alphabetic() || matches!(c, '・' | '･' | '-' | '/'))
}
