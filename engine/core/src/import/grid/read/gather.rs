//! Indicators as they come together, row by row and table by table.

use std::collections::{BTreeMap, BTreeSet};

use super::{indicator, percent, row, strategy};
use crate::cycle::collect::{Book, Tab};
use crate::diagnostic::Text;
use crate::import::draft::{Draft, DraftIndicator, Place, Said};
use crate::import::grid::cell::{folded, place, said, words, words_at};
use crate::import::grid::heading;
use crate::import::grid::map::{Layout, Map, Part, SheetIs, letters};
use crate::import::grid::{Note, Read};
use crate::text;
use crate::year::{Year, YearStyle};

/// What was gathered so far.
#[derive(Default)]
pub(super) struct Gather {
    pub(super) notes: Vec<Note>,
    draft: Draft,
    style: Option<YearStyle>,
    strategies: strategy::Strategies,
    /// What was told already and is not told again: by table, and by sheet.
    told: BTreeSet<(usize, String)>,
}

/// What a row inherits from the rows above it: merged cells hold their words in the first one only.
#[derive(Default)]
struct Above {
    said: BTreeMap<Part, Said>,
    indicator: Option<usize>,
    year: Option<(Year, YearStyle)>,
}

/// A table of a sheet.
struct Table<'a> {
    at: usize,
    layout: &'a Layout,
    tab: &'a Tab,
}

/// The fiscal year that the name of a sheet says.
pub(super) fn year_of_sheet(tab: &Tab) -> Option<(Year, YearStyle)> {
    match heading::heading(&tab.name).years.as_slice() {
        [year] => Some(*year),
        _ => None,
    }
}

impl Table<'_> {
    fn own(&self, row: u32, part: Part) -> Option<Said> {
        said(self.tab, row, self.layout.column(part)?.at)
    }

    fn note(&self, row: u32, column: u32, text: Text) -> Note {
        Note { text, place: place(self.tab, row, column) }
    }

    /// The name of the sheet, where it says something of its indicators.
    fn of_sheet(&self, is: SheetIs) -> Option<Said> {
        let place = (self.layout.sheet_is == Some(is)).then(|| place(self.tab, 0, 0))?;
        Some(Said::new(&self.tab.name, place))
    }

    /// The part's words in a row, or those of the merged cell above.
    fn with_above(&self, row: u32, part: Part, above: &Above, is_new_measure: bool) -> Option<Said> {
        let is_merged = !is_new_measure || self.is_group(part);
        self.own(row, part).or_else(|| above.said.get(&part).filter(|_| is_merged).cloned())
    }

    /// True for a column left of the one that names the measures: it groups the rows below it.
    fn is_group(&self, part: Part) -> bool {
        let naming = [Part::Title, Part::Indicator, Part::No].into_iter();
        let first = naming.filter_map(|part| Some(self.layout.column(part)?.at)).next();
        let is_grouping = matches!(part, Part::Strategy | Part::Category | Part::Department | Part::Year);
        is_grouping && self.layout.column(part).map(|column| column.at) < first
    }
}

impl Gather {
    pub(super) fn title(&mut self, book: &Book, map: &Map) {
        let Some(title) = &map.title else { return };
        let tab = book.sheets.iter().find(|tab| tab.name == title.sheet || (title.sheet.is_empty() && book.sheets.len() == 1));
        self.draft.title = tab.and_then(|tab| said(tab, title.at.0, title.at.1));
        if self.draft.title.is_none() {
            let place = Place::Cell { sheet: title.sheet.clone(), row: title.at.0, column: title.at.1 };
            self.notes
                .push(Note { text: text!("計画の名称のセルが空です。", "the cell of the plan's title is empty"), place });
        }
    }

    /// Reads one table of a sheet; `all` are the rows of the sheet that belong to any.
    pub(super) fn table(&mut self, at: usize, layout: &Layout, tab: &Tab, all: &[(u32, u32)]) {
        let table = Table { at, layout, tab };
        self.outside(&table, all);
        let rows: BTreeSet<u32> = tab.cells.range((layout.first, 0)..(layout.end(), 0)).map(|((row, _), _)| *row).collect();
        let mut above = Above::default();
        for row in rows {
            match row::left_out(layout, tab, row) {
                Some((text, column)) => self.notes.push(table.note(row, column, text)),
                None => self.row(&table, row, &mut above),
            }
        }
    }

    /// Tells what stands above the first table of a sheet, between its tables and below.
    fn outside(&mut self, table: &Table<'_>, all: &[(u32, u32)]) {
        if !self.told.insert((usize::MAX, table.tab.name.clone())) {
            return;
        }
        let title = self.draft.title.as_ref().map(|title| &title.place);
        let mut rows: BTreeMap<u32, u32> = BTreeMap::new();
        for ((row, column), found) in &table.tab.cells {
            let is_inside = all.iter().any(|(first, last)| (*first..=*last).contains(row));
            if !is_inside && !words(found).is_empty() && title != Some(&place(table.tab, *row, *column)) {
                rows.entry(*row).or_insert(*column);
            }
        }
        if let Some((row, column)) = rows.first_key_value() {
            let list: Vec<String> = rows.keys().map(|row| (row + 1).to_string()).collect();
            let (ja, en) = (list.join("、"), list.join(", "));
            let text = text!("表の外の行（{ja}行）は読みません。", "rows outside the tables are not read: {en}");
            self.notes.push(table.note(*row, *column, text));
        }
    }

    fn row(&mut self, table: &Table<'_>, row: u32, above: &mut Above) {
        self.passed_columns(table, row);
        let names = [Part::No, Part::Title, Part::Indicator].map(|part| table.own(row, part));
        if names.iter().any(Option::is_some) {
            self.named(table, row, above, &names);
        } else if above.indicator.is_none() || !table.layout.is_tall() {
            let line = row + 1;
            let text = text!("{line}行には指標の名がないため読みません。", "row {line} names no indicator and is not read");
            return self.notes.push(table.note(row, table.tab.cells.range((row, 0)..).next().map_or(0, |((_, column), _)| *column), text));
        }
        self.figures(table, row, above);
    }

    /// A row that names its indicator.
    fn named(&mut self, table: &Table<'_>, row: u32, above: &mut Above, [no, title, name]: &[Option<Said>; 3]) {
        let differs = |own: &Option<Said>, part| {
            let (own, known) = (own.as_ref().map(|said| folded(&said.words)), above.said.get(&part).map(|said| folded(&said.words)));
            own.is_some() && own != known
        };
        let is_new_measure = differs(no, Part::No) || differs(title, Part::Title);
        let with = |part| table.with_above(row, part, above, is_new_measure);
        let mut inherited: BTreeMap<Part, Said> = BTreeMap::new();
        for part in [Part::No, Part::Title, Part::Category, Part::Department, Part::Strategy] {
            inherited.extend(with(part).map(|said| (part, said)));
        }
        let part = |part| inherited.get(&part).cloned();
        let strategy = part(Part::Strategy).or_else(|| table.of_sheet(SheetIs::Strategy));
        let mut found = DraftIndicator {
            no: part(Part::No),
            title: part(Part::Title),
            category: part(Part::Category),
            department: part(Part::Department).or_else(|| table.of_sheet(SheetIs::Department)),
            strategy: strategy.map(|strategy| self.strategies.key(strategy)),
            name: name.clone(),
            ..DraftIndicator::default()
        };
        if table.layout.column(Part::Indicator).is_none() && title.is_some() {
            found.name.clone_from(title);
            found.doubts.push(text!(
                "指標の列がないため、取組項目の名を指標の名としました。",
                "there is no column of indicators: the measure's name stands for the indicator's"
            ));
        }
        let at = indicator::take(&mut self.draft.indicators, found);
        let year = above.year.filter(|_| table.is_group(Part::Year));
        *above = Above { said: inherited, indicator: Some(at), year };
    }

    /// The figures of a row, and what else it says of its indicator.
    fn figures(&mut self, table: &Table<'_>, row: u32, above: &mut Above) {
        let Some(known) = above.indicator.and_then(|at| self.draft.indicators.get_mut(at)) else { return };
        let parts = [Part::Unit, Part::Baseline, Part::BaselineYear, Part::Goal];
        let said = parts.map(|part| table.own(row, part));
        let strange = indicator::describe(known, said, table.layout.baseline_year);
        self.notes.extend(strange.map(|text| table.note(row, table.layout.column(Part::BaselineYear).map_or(0, |column| column.at), text)));
        let figures = table.layout.figures();
        let figures: Vec<_> =
            figures.filter_map(|column| Some((column, crate::import::grid::cell::said(table.tab, row, column.at)?))).collect();
        if figures.is_empty() {
            return;
        }
        let year = self.year(table, row, above);
        let kind = self.kind(table, row);
        for (column, said) in figures {
            let part = if column.part == Part::Value { kind } else { Some(column.part) };
            let (Some(year), Some(part)) = (column.year.or(year), part) else { continue };
            self.style.get_or_insert(year.1);
            if let Some(known) = above.indicator.and_then(|at| self.draft.indicators.get_mut(at)) {
                indicator::figure(known, part, year.0, said);
            }
        }
    }

    /// The year of a row's figures, where it is not their columns' own; absent after that was told.
    fn year(&mut self, table: &Table<'_>, row: u32, above: &mut Above) -> Option<(Year, YearStyle)> {
        let Some(column) = table.layout.column(Part::Year).filter(|_| table.layout.figures().any(|column| column.year.is_none())) else {
            let of_sheet = (table.layout.sheet_is == Some(SheetIs::Year)).then(|| year_of_sheet(table.tab)).flatten();
            return of_sheet.or(table.layout.year);
        };
        match words_at(table.tab, row, column.at) {
            None if above.year.is_some() => {}
            None => self.unread(table, row, column.at, &text!("年度がありません", "it has no year")),
            Some(words) => match heading::heading(&words).years.as_slice() {
                [year] => above.year = Some(*year),
                _ => {
                    self.unread(table, row, column.at, &text!("「{words}」は年度として読めません", "`{words}` is not a fiscal year"));
                    return None;
                }
            },
        }
        above.year
    }

    /// Whether a row's figures are targets or actuals; absent after that was told.
    fn kind(&mut self, table: &Table<'_>, row: u32) -> Option<Part> {
        if table.layout.figures().all(|column| column.part != Part::Value) {
            return None;
        }
        let Some(column) = table.layout.column(Part::Kind) else { return table.layout.holds };
        let words = words_at(table.tab, row, column.at);
        let kind = words.as_deref().and_then(heading::kind);
        if kind.is_none() {
            self.unread(
                table,
                row,
                column.at,
                &match words {
                    None => text!("目標か実績かの区分がありません", "nothing says whether it holds targets or actuals"),
                    Some(words) => text!("区分「{words}」は目標でも実績でもありません", "`{words}` is neither a target nor an actual"),
                },
            );
        }
        kind
    }

    fn unread(&mut self, table: &Table<'_>, row: u32, column: u32, why: &Text) {
        let line = row + 1;
        let text = Text {
            ja: format!("{line}行の値は読みません。{}。", why.ja),
            en: format!("the figures of row {line} are not read: {}", why.en),
        };
        self.notes.push(table.note(row, column, text));
    }

    /// Tells once of each column that holds something and is not read.
    fn passed_columns(&mut self, table: &Table<'_>, row: u32) {
        let of_row = table.tab.cells.range((row, 0)..(row + 1, 0)).filter(|(_, found)| !words(found).is_empty());
        for ((row, column), _) in of_row {
            if table.layout.columns.iter().any(|known| known.at == *column) || !self.told.insert((table.at, letters(*column))) {
                continue;
            }
            let letters = letters(*column);
            let heading = heading_of(table, *column);
            let (ja, en) = if heading.is_empty() { Default::default() } else { (format!("「{heading}」"), format!(" (`{heading}`)")) };
            self.notes.push(table.note(*row, *column, text!("{letters}列{ja}は読みません。", "column {letters}{en} is not read")));
        }
    }

    pub(super) fn finish(mut self) -> Read {
        self.draft.style = self.style.unwrap_or_default();
        self.draft.strategies = self.strategies.into_list();
        self.draft.indicators.iter_mut().for_each(percent::doubt);
        Read { draft: self.draft, notes: self.notes }
    }
}

/// The words above a column.
fn heading_of(table: &Table<'_>, column: u32) -> String {
    let Some((first, last)) = table.layout.headings else { return String::new() };
    (first..=last).filter_map(|row| words_at(table.tab, row, column)).collect::<Vec<_>>().join(" ")
}
