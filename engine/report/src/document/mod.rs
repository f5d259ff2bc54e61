//! The one value that every report builds and every format prints.
//!
//! A [`Document`] is in one language. Its tables keep, beside the text that people read, the number
//! behind it (unrounded, in the unit), so that a format for programs loses nothing. Formats read a
//! document and nothing else: one file each, listed in [`Format::ALL`].

mod csv;
mod derived;
mod encoding;
mod figure;
pub mod html;
pub(crate) mod json;
pub mod markdown;
pub mod template;
mod terminal;
mod width;
pub mod xlsx;

pub use csv::Csv;
pub use derived::Derived;
pub use encoding::{Encoding, Unencodable, encode};
pub use figure::Figure;
use mitoshi_core::diagnostic::Language;
use mitoshi_core::projection::Status;

/// A report, ready to be printed in any format.
#[derive(Clone, Debug, PartialEq)]
pub struct Document {
    /// The language of its texts.
    pub language: Language,
    /// Its parts from top to bottom.
    pub blocks: Vec<Block>,
}

/// A part of a document.
#[derive(Clone, Debug, PartialEq)]
pub enum Block {
    /// A heading: 1 is the document's title, 2 a chapter, 3 a section.
    Heading(u8, String),
    /// Running text.
    Paragraph(String),
    /// What must not be overlooked, such as that these numbers are no decision.
    Banner(String),
    /// A remark on what stands above, such as what a mark means.
    Note(String),
    /// Lines to be copied as they stand.
    Code(String),
    /// Lines to be read as they stand, such as a rule's with numbers put in.
    Lines(String),
    /// Where to go from here: what is read, and the file beside this one.
    Links(Vec<(String, String)>),
    /// A table.
    Table(Table),
    /// What follows begins a new page, where there are pages.
    PageBreak,
    /// A chart with its table.
    Figure(Box<Figure>),
}

/// Rows of cells under columns; every row has as many cells as there are columns.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Table {
    /// The columns from left to right.
    pub columns: Vec<Column>,
    /// The rows from top to bottom.
    pub rows: Vec<Vec<Cell>>,
}

/// A column of a table.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Column {
    /// A heading shared with the columns beside it, such as a year; empty if there is none.
    pub group: String,
    /// Its own heading.
    pub title: String,
    /// Which side the texts stand on.
    pub align: Align,
    /// The display columns a terminal may give it before it shortens the text; absent: as needed.
    pub widest: Option<usize>,
    /// Whether its cells name their rows. In a table without such a column the first one does.
    pub names_rows: bool,
}

/// Which side of its column a text stands on.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Align {
    /// Words.
    #[default]
    Left,
    /// Numbers.
    Right,
}

/// A cell of a table.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Cell {
    /// What people read, rounded; without the mark.
    pub text: String,
    /// A sign after the text that a note explains; empty if there is none.
    pub mark: String,
    /// The number behind the text, unrounded; absent for words and for what is absent.
    pub number: Option<f64>,
    /// The number's unit; empty if it has none.
    pub unit: String,
    /// Where an outcome came from; absent for anything else.
    pub status: Option<Status>,
    /// How good it is, for colour; never the only sign of it.
    pub tone: Tone,
    /// How the number follows from others of its row; absent where it does not.
    pub derived: Option<Derived>,
}

/// How good what a cell says is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Tone {
    /// Neither.
    #[default]
    Plain,
    /// As wanted.
    Good,
    /// Not quite as wanted.
    Fair,
    /// Far from what was wanted.
    Bad,
}

/// A way to print.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Format {
    /// Text for a terminal.
    #[default]
    Table,
    /// JSON.
    Json,
    /// Comma-separated values (RFC 4180, UTF-8).
    Csv,
    /// Markdown.
    Markdown,
    /// A page for a browser, complete in itself.
    Html,
}

impl Format {
    /// Every format.
    pub const ALL: &'static [Self] = &[Self::Table, Self::Json, Self::Csv, Self::Markdown, Self::Html];

    /// Its name on the command line.
    pub fn name(self) -> &'static str {
        match self {
            Self::Table => "table",
            Self::Json => "json",
            Self::Csv => "csv",
            Self::Markdown => "md",
            Self::Html => "html",
        }
    }

    /// The format of a name; absent if there is none.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|format| format.name() == name)
    }
}

impl Document {
    /// Prints the document; only the table format knows colour.
    pub fn print(&self, format: Format, colour: bool) -> String {
        match format {
            Format::Table => terminal::print(self, colour),
            Format::Json => json::print(self),
            Format::Csv => csv::print(self),
            Format::Markdown => markdown::print(self),
            Format::Html => html::print(self),
        }
    }

    /// A document without parts yet.
    pub fn new(language: Language) -> Self {
        Self { language, blocks: Vec::new() }
    }

    /// The text of its first heading; empty without one.
    pub fn title(&self) -> &str {
        self.blocks
            .iter()
            .find_map(|block| if let Block::Heading(_, text) = block { Some(text.as_str()) } else { None })
            .unwrap_or_default()
    }

    /// Adds a part at the end.
    pub fn push(&mut self, block: Block) {
        self.blocks.push(block);
    }
}

impl Column {
    /// A column of words.
    pub fn words(title: impl Into<String>) -> Self {
        Self { title: title.into(), ..Self::default() }
    }

    /// A column of numbers.
    pub fn numbers(title: impl Into<String>) -> Self {
        Self { title: title.into(), align: Align::Right, ..Self::default() }
    }

    /// Puts the column under a shared heading.
    pub fn under(mut self, group: impl Into<String>) -> Self {
        self.group = group.into();
        self
    }

    /// Says that its cells name their rows.
    pub fn naming(mut self) -> Self {
        self.names_rows = true;
        self
    }

    /// Lets a terminal shorten the texts to this many display columns.
    pub fn at_most(mut self, widest: usize) -> Self {
        self.widest = Some(widest);
        self
    }
}

impl Cell {
    /// A cell of words.
    pub fn words(text: impl Into<String>) -> Self {
        Self { text: text.into(), ..Self::default() }
    }

    /// A number with the text people read.
    pub fn number(number: Option<f64>, text: impl Into<String>) -> Self {
        Self { number, text: text.into(), ..Self::default() }
    }

    /// Says how the number follows from others of its row.
    pub fn derived(mut self, derived: Option<Derived>) -> Self {
        self.derived = derived;
        self
    }

    /// The text with its mark.
    pub fn marked(&self) -> String {
        format!("{}{}", self.text, self.mark)
    }
}

/// The heading of one column with the shared one before it: `R6 見込`.
fn full_title(column: &Column) -> String {
    let space = if column.group.is_empty() || column.title.is_empty() { "" } else { " " };
    format!("{}{space}{}", column.group, column.title)
}
