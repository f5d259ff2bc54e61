//! Reading a pack's files.
//!
//! In: a pack's root. Out: the files below `rules/` and `scenarios/` that reading a pack looks at, in
//! the order of their paths, with `/` on every platform. Sizes are limited before anything is read;
//! links, pipes and what the system refuses come out as such. Hidden files and the backups and locks
//! that editors leave are skipped. Writers are kept out meanwhile (see `lock`), so that no step is read
//! half-way. Fails only if the root is no folder or holds too many files.

use std::fs::{self, File, Metadata};
use std::io::{self, Read};
use std::path::Path;
use std::time::Duration;

use mitoshi_core::diagnostic::{Content, Diagnostic, RawFile, Sources, Text};
use mitoshi_core::history::{History, PATH};
use mitoshi_core::pack::{is_others, size_limit};
use mitoshi_core::text;

use crate::lock;
use crate::watch::Known;
use crate::writer::MAX_OTHER;

/// Most folders within each other below the root.
pub const MAX_DEPTH: usize = 8;
/// Most files and folders of a pack.
pub const MAX_FILES: usize = 100_000;
/// How long to wait for a writer; one that takes longer than a step is waiting for something itself.
const PATIENCE: Duration = Duration::from_secs(2);

/// The files of the pack at `root`.
///
/// # Errors
/// The root is not a readable folder, or holds more than [`MAX_FILES`] files.
pub fn read_pack(root: &Path) -> io::Result<Vec<RawFile>> {
    if !root.metadata()?.is_dir() {
        return Err(io::Error::new(io::ErrorKind::NotADirectory, "not a folder"));
    }
    read_known(root, &mut Known::default())
}

/// As [`read_pack`], without reading again what is known; what is read is known from then on.
pub(crate) fn read_known(root: &Path, known: &mut Known) -> io::Result<Vec<RawFile>> {
    let _lock = lock::shared(root, PATIENCE);
    read_all(root, known)
}

/// As [`read_pack`], by who holds the lock already.
pub(crate) fn read_locked(root: &Path) -> io::Result<Vec<RawFile>> {
    read_all(root, &mut Known::default())
}

fn read_all(root: &Path, known: &mut Known) -> io::Result<Vec<RawFile>> {
    let mut reading = Reading { files: Vec::new(), seen: 0, known };
    for name in ["rules", "scenarios"] {
        let folder = root.join(name);
        match folder.symlink_metadata() {
            Ok(found) if found.is_dir() => reading.folder(&folder, name, 1)?,
            Ok(found) => reading.refuse(name, &found),
            Err(error) if error.kind() == io::ErrorKind::NotFound => {}
            Err(error) => reading.unreadable(name, Text::same(error.to_string())),
        }
    }
    reading.files.sort_by(|a, b| a.path.cmp(&b.path));
    Ok(reading.files)
}

/// The history of the pack at `root`; its text joins `sources`, its problems are pushed. Without a file it is empty.
///
/// # Errors
/// The system refused to read it.
pub fn read_history(root: &Path, sources: &mut Sources, problems: &mut Vec<Diagnostic>) -> io::Result<History> {
    let _lock = lock::shared(root, PATIENCE);
    let path = root.join(PATH);
    let found = match path.symlink_metadata() {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(History::default()),
        found => found?,
    };
    let refuse = |why: &'static str| io::Error::new(io::ErrorKind::InvalidData, why);
    match content(&path, &found, MAX_OTHER) {
        _ if !found.is_file() => Err(refuse("not a file")),
        Content::Bytes(bytes) => Ok(history_of(Some(&String::from_utf8_lossy(&bytes)), sources, problems)),
        _ => Err(refuse("too large, or unreadable")),
    }
}

/// A history of its text.
pub(crate) fn history_of(text: Option<&str>, sources: &mut Sources, problems: &mut Vec<Diagnostic>) -> History {
    let Some(text) = text else { return History::default() };
    let file = sources.add(PATH, text);
    History::read(text, file, problems)
}

/// Most bytes of a table of inputs.
pub const MAX_TABLE: u64 = 256 << 20;

/// A table of inputs, which may lie anywhere; a link to it is followed.
///
/// # Errors
/// There is no such file, or the system refused.
pub fn read_table(path: &Path) -> io::Result<Content> {
    let found = path.metadata()?;
    if !found.is_file() {
        return Err(io::Error::new(io::ErrorKind::InvalidInput, "not a file"));
    }
    Ok(content(path, &found, MAX_TABLE))
}

/// The bytes of a table in UTF-8: as they are, or converted where they are what Excel saves in Japan (CP932).
pub fn as_utf8(bytes: Vec<u8>) -> Vec<u8> {
    if std::str::from_utf8(&bytes).is_ok() {
        return bytes;
    }
    match encoding_rs::SHIFT_JIS.decode_without_bom_handling_and_without_replacement(&bytes) {
        Some(text) => text.into_owned().into_bytes(),
        None => bytes,
    }
}

struct Reading<'k> {
    files: Vec<RawFile>,
    seen: usize,
    known: &'k mut Known,
}

impl Reading<'_> {
    fn folder(&mut self, folder: &Path, path: &str, depth: usize) -> io::Result<()> {
        if depth > MAX_DEPTH {
            self.unreadable(path, text!("フォルダーの階層が{MAX_DEPTH}を超えています", "more than {MAX_DEPTH} folders deep"));
            return Ok(());
        }
        let entries = match fs::read_dir(folder) {
            Ok(entries) => entries,
            Err(error) => {
                self.unreadable(path, Text::same(error.to_string()));
                return Ok(());
            }
        };
        for entry in entries {
            self.seen += 1;
            if self.seen > MAX_FILES {
                return Err(io::Error::other(format!("more than {MAX_FILES} files below rules/ and scenarios/")));
            }
            match entry {
                Ok(entry) => self.entry(&entry, path, depth)?,
                Err(error) => self.unreadable(path, Text::same(error.to_string())),
            }
        }
        Ok(())
    }

    fn entry(&mut self, entry: &fs::DirEntry, above: &str, depth: usize) -> io::Result<()> {
        let name = entry.file_name();
        let name = name.to_string_lossy();
        let path = format!("{above}/{name}");
        if is_left_over(&name) || is_others(&path) {
            return Ok(());
        }
        let found = match entry.path().symlink_metadata() {
            Ok(found) => found,
            Err(error) => {
                self.unreadable(&path, Text::same(error.to_string()));
                return Ok(());
            }
        };
        if found.is_dir() {
            return self.folder(&entry.path(), &path, depth + 1);
        }
        if !found.is_file() {
            self.refuse(&path, &found);
        } else if let Some(limit) = size_limit(&path) {
            let named_well = entry.file_name().to_str().is_some();
            let content = if named_well { self.content(&entry.path(), &found, limit) } else { bad_name() };
            self.files.push(RawFile { path, content });
        }
        Ok(())
    }

    fn content(&mut self, path: &Path, found: &Metadata, limit: u64) -> Content {
        self.known.get(path, found).unwrap_or_else(|| {
            let content = content(path, found, limit);
            self.known.put(path, found, &content);
            content
        })
    }

    /// What is neither file nor folder: a link, or something that reading could wait for without end.
    fn refuse(&mut self, path: &str, found: &Metadata) {
        if found.is_symlink() {
            self.files.push(RawFile { path: path.to_owned(), content: Content::Link });
        } else {
            self.unreadable(path, text!("ふつうのファイルやフォルダーではありません", "neither a file nor a folder"));
        }
    }

    fn unreadable(&mut self, path: &str, why: Text) {
        self.files.push(RawFile { path: path.to_owned(), content: Content::Unreadable(why) });
    }
}

pub(crate) fn bad_name() -> Content {
    Content::Unreadable(text!("ファイル名が Unicode ではありません", "the name is not Unicode"))
}

/// Hidden files, and what editors and office programs leave beside the file they have open.
pub(crate) fn is_left_over(name: &str) -> bool {
    name.starts_with(['.', '~'])
        || name.ends_with('~')
        || name.ends_with(".swp")
        || (name.len() > 1 && name.starts_with('#') && name.ends_with('#'))
}

pub(crate) fn content(path: &Path, found: &Metadata, limit: u64) -> Content {
    if found.len() > limit {
        return Content::TooLarge(found.len());
    }
    // The file may have grown, or been replaced, since it was looked at.
    let mut bytes = Vec::new();
    let read = File::open(path).and_then(|file| file.take(limit + 1).read_to_end(&mut bytes));
    match read {
        Ok(size) if size as u64 > limit => Content::TooLarge(size as u64),
        Ok(_) => Content::Bytes(bytes),
        Err(error) => Content::Unreadable(Text::same(error.to_string())),
    }
}
