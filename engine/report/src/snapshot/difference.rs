//! What differs between two printed outputs: cells by row and column, whole rows and columns, and lines.
//!
//! In: the accepted text, the new one, and their format. Tables are paired by their headings, rows by their names,
//! columns by their titles, so that a moved row is no difference; lines are paired as far as their order allows
//! (Myers, the crate `similar`). What does not fit any pair was added or removed.

use std::collections::BTreeMap;

use similar::{Algorithm, ChangeTag, capture_diff_slices};

use super::parts::{Parts, Table, parts};
use crate::document::Format;

/// One difference.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Difference {
    /// A cell says something else.
    Cell {
        /// Its table's heading.
        table: String,
        /// Its row.
        row: String,
        /// Its column.
        column: String,
        /// What it said.
        old: String,
        /// What it says now.
        new: String,
    },
    /// A row was added or removed.
    Row {
        /// Its table's heading.
        table: String,
        /// Its name.
        row: String,
        /// The cells after its name.
        cells: Vec<String>,
        /// True if it is new.
        is_new: bool,
    },
    /// A column was added or removed.
    Column {
        /// Its table's heading.
        table: String,
        /// Its title.
        column: String,
        /// True if it is new.
        is_new: bool,
    },
    /// A line outside tables was added or removed.
    Line {
        /// The line.
        line: String,
        /// True if it is new.
        is_new: bool,
    },
}

impl Difference {
    /// What it is about, whatever is said there.
    pub fn place(&self) -> (&str, &str, &str) {
        match self {
            Self::Cell { table, row, column, .. } => (table, row, column),
            Self::Row { table, row, .. } => (table, row, ""),
            Self::Column { table, column, .. } => (table, "", column),
            Self::Line { line, .. } => ("", line, ""),
        }
    }
}

/// Everything that differs, tables first, in the order of the new output.
pub fn differences(old: &str, new: &str, format: Format) -> Vec<Difference> {
    let (old, new) = (parts(old, format), parts(new, format));
    let mut found = Vec::new();
    for (old, new) in pairs(&old, &new) {
        of_tables(&old, &new, &mut found);
    }
    of_lines(&old.lines, &new.lines, &mut found);
    found
}

/// The tables of both sides by heading and number; a table without a partner stands beside an empty one.
fn pairs(old: &Parts, new: &Parts) -> Vec<(Table, Table)> {
    let mut rest: Vec<Option<&Table>> = old.tables.iter().map(Some).collect();
    let mut take = |fits: &dyn Fn(&Table) -> bool| rest.iter_mut().find(|table| table.is_some_and(fits)).and_then(Option::take);
    let mut partners: Vec<Option<&Table>> = new.tables.iter().map(|table| take(&|old| old.title == table.title)).collect();
    for (table, partner) in new.tables.iter().zip(&mut partners).filter(|(_, partner)| partner.is_none()) {
        *partner = take(&|old| old.columns == table.columns);
    }
    let empty = |of: &Table| {
        let mut empty = of.clone();
        empty.rows.clear();
        empty
    };
    let paired = new.tables.iter().zip(partners).map(|(table, partner)| (partner.cloned().unwrap_or_else(|| empty(table)), table.clone()));
    let mut paired: Vec<(Table, Table)> = paired.collect();
    paired.extend(rest.into_iter().flatten().map(|table| (table.clone(), empty(table))));
    paired
}

fn of_tables(old: &Table, new: &Table, found: &mut Vec<Difference>) {
    let table = &new.title;
    for (from, to, is_new) in [(new, old, true), (old, new, false)] {
        let odd = from.columns.iter().filter(|column| !to.columns.contains(column));
        found.extend(odd.map(|column| Difference::Column { table: table.clone(), column: column.clone(), is_new }));
    }
    let key = Table::key([old, new]);
    let (before, after) = (old.named(key), new.named(key));
    let earlier: BTreeMap<&str, &[String]> = before.iter().map(|(name, row)| (name.as_str(), *row)).collect();
    let row = |name: &str, cells: &[String], is_new: bool| Difference::Row {
        table: table.clone(),
        row: name.to_owned(),
        cells: cells.iter().skip(key).cloned().collect(),
        is_new,
    };
    for (name, cells) in &after {
        match earlier.get(name.as_str()) {
            Some(then) => of_cells((old, then), (new, cells), name, found),
            None => found.push(row(name, cells, true)),
        }
    }
    let is_gone = |name: &str| !after.iter().any(|(other, _)| other == name);
    found.extend(before.iter().filter(|(name, _)| is_gone(name)).map(|(name, cells)| row(name, cells, false)));
}

fn of_cells((before, then): (&Table, &[String]), (after, now): (&Table, &[String]), row: &str, found: &mut Vec<Difference>) {
    for (column, new) in after.columns.iter().zip(now) {
        let at = before.columns.iter().position(|other| other == column);
        if let Some(old) = at.and_then(|at| then.get(at)).filter(|old| *old != new) {
            let (table, row, column) = (after.title.clone(), row.to_owned(), column.clone());
            found.push(Difference::Cell { table, row, column, old: old.clone(), new: new.clone() });
        }
    }
}

fn of_lines(old: &[String], new: &[String], found: &mut Vec<Difference>) {
    for operation in capture_diff_slices(Algorithm::Myers, old, new) {
        let changes = operation.iter_changes(old, new).filter(|change| change.tag() != ChangeTag::Equal);
        found.extend(changes.map(|change| Difference::Line { line: change.value(), is_new: change.tag() == ChangeTag::Insert }));
    }
}
