//! The files of a pack as text, and places in them.
//!
//! Paths are relative to the pack, with `/` on every platform. Places are byte ranges into the
//! decoded text (a byte order mark at the start is not part of it). Lines and columns count from 1;
//! columns count characters, not bytes.

use super::Text;

/// What was found at a path, before decoding. Reading disks is `mitoshi-store`'s work.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Content {
    /// The bytes of the file.
    Bytes(Vec<u8>),
    /// A link, which is not followed: a file must lie in its pack.
    Link,
    /// Larger than the limit; the size in bytes.
    TooLarge(u64),
    /// It could not be read, for this reason.
    Unreadable(Text),
}

/// A file of a pack as it came from outside.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RawFile {
    /// Path below the pack's root, with `/`.
    pub path: String,
    /// Its bytes, or why there are none.
    pub content: Content,
}

impl RawFile {
    /// A file with these bytes.
    pub fn new(path: impl Into<String>, bytes: impl Into<Vec<u8>>) -> Self {
        Self { path: path.into(), content: Content::Bytes(bytes.into()) }
    }
}

/// A file's number in its [`Sources`].
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct FileId(pub u32);

impl FileId {
    /// What was typed on the command line (`--set`): it has a name, but no text to show.
    pub const COMMAND_LINE: Self = Self(u32::MAX);
}

/// A byte range of one file's text.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Span {
    /// The file.
    pub file: FileId,
    /// First byte.
    pub start: u32,
    /// One past the last byte.
    pub end: u32,
}

impl Span {
    /// The bytes `start..end` of `file`.
    pub fn new(file: FileId, range: std::ops::Range<usize>) -> Self {
        let clip = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
        Self { file, start: clip(range.start), end: clip(range.end) }
    }

    /// The start of `file`, for problems of the file as a whole.
    pub fn whole(file: FileId) -> Self {
        Self { file, start: 0, end: 0 }
    }

    /// As a range of bytes.
    pub fn range(self) -> std::ops::Range<usize> {
        self.start as usize..self.end as usize
    }
}

/// A line and a column, both from 1; the column counts characters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct LineColumn {
    /// Line, from 1.
    pub line: usize,
    /// Column in characters, from 1.
    pub column: usize,
}

/// One decoded file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SourceFile {
    /// Path below the pack's root, with `/`; `--set` for the command line.
    pub path: String,
    /// The text, without a byte order mark; empty if it could not be decoded.
    pub text: String,
}

impl SourceFile {
    /// The line and column of a byte offset.
    pub fn line_column(&self, offset: usize) -> LineColumn {
        let before = self.text.get(..offset.min(self.text.len())).unwrap_or(&self.text);
        let line_start = before.rfind('\n').map_or(0, |n| n + 1);
        LineColumn { line: before.matches('\n').count() + 1, column: before[line_start..].chars().count() + 1 }
    }

    /// The byte offset of a line and column; the end of the text if it has no such place.
    pub fn offset(&self, place: LineColumn) -> usize {
        let line_start = match place.line {
            0 | 1 => 0,
            n => self.text.match_indices('\n').nth(n - 2).map_or(self.text.len(), |(at, _)| at + 1),
        };
        let rest = &self.text[line_start..];
        let within = rest.char_indices().nth(place.column.saturating_sub(1)).map_or(rest.len(), |(at, _)| at);
        line_start + within
    }
}

/// All files of a pack, in the order of their paths.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Sources {
    files: Vec<SourceFile>,
}

impl Sources {
    /// The number that the next file will get.
    pub fn next_id(&self) -> FileId {
        FileId(u32::try_from(self.files.len()).unwrap_or(u32::MAX))
    }

    /// Adds a file and returns its number.
    pub fn add(&mut self, path: impl Into<String>, text: impl Into<String>) -> FileId {
        let id = self.next_id();
        self.files.push(SourceFile { path: path.into(), text: text.into() });
        id
    }

    /// The file with this number; an empty nameless one for the command line.
    pub fn get(&self, id: FileId) -> &SourceFile {
        const NONE: &SourceFile = &SourceFile { path: String::new(), text: String::new() };
        self.files.get(id.0 as usize).unwrap_or(NONE)
    }

    /// All files with their numbers.
    pub fn iter(&self) -> impl Iterator<Item = (FileId, &SourceFile)> {
        self.files.iter().enumerate().map(|(n, file)| (FileId(n as u32), file))
    }

    /// Where a span starts, as `path:line:column`.
    pub fn place(&self, span: Span) -> String {
        let file = self.get(span.file);
        let LineColumn { line, column } = file.line_column(span.start as usize);
        format!("{}:{line}:{column}", file.path)
    }
}
