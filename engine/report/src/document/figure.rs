//! A chart with everything that stands for it where it cannot be seen.
//!
//! Text formats print the title and the table; formats with pictures draw `chart` (`chart::svg`) and put
//! the table beside it. The description is what a reader who does not see the picture is told.

use super::Table;
use crate::chart::Chart;

/// A chart, its title, its description in words and its numbers as a table.
#[derive(Clone, Debug, PartialEq)]
pub struct Figure {
    /// Its name within the document: ASCII letters, digits, `-` and `_`. Ids inside the drawing begin with it.
    pub id: String,
    /// What it shows, in one line.
    pub title: String,
    /// What it says, in full sentences.
    pub description: String,
    /// The chart as values, without pixels.
    pub chart: Chart,
    /// Its numbers; every number of the chart stands here too.
    pub table: Table,
}
