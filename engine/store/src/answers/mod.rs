//! Files from outside, answers and tables to be brought in: workbooks and tables that anybody may have made, read in a
//! process of their own.
//!
//! In: a folder, and the program to start for each file. Out: [`AnswerFile`]s in the order of their names, each with its
//! cells or a diagnostic. This process looks at a file's name, kind and size only; its bytes are judged by a child that
//! has the file as its input, no other access, little memory and little time ([`child`], limits there). What it finds
//! comes back as lines of text (`wire`), bounded too. Formulas are never run.

mod archive;
mod child;
mod limits;
mod opendocument;
mod parent;
mod refused;
mod table;
mod wire;
mod workbook;

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use mitoshi_core::cycle::collect::{AnswerFile, Book};
use mitoshi_core::diagnostic::Diagnostic;
use refused::Purpose;

pub use child::{CHILD, answer_child};
pub use limits::{MAX_FILE, MAX_MEMORY};

/// Most files of a folder, and how deep its folders are looked into.
const MOST: usize = 2_000;
const DEEPEST: usize = 3;

/// Reads the files of answers in a folder and the folders in it; `program` is started for each of them.
///
/// # Errors
/// The folder cannot be read, or holds more than 2,000 files.
pub fn read_answers(folder: &Path, program: &Path) -> io::Result<Vec<AnswerFile>> {
    let mut found = Vec::new();
    list(folder, "", 1, &mut found)?;
    found.sort();
    Ok(found.into_iter().map(|(name, path)| AnswerFile { content: parent::read(&path, &name, program, Purpose::Answers), name }).collect())
}

/// Reads a table that is to be brought in: `.csv`, `.tsv`, `.xlsx`, `.xlsm` or `.ods`; `program` is started for it.
///
/// # Errors
/// Why it is not read: `AnswerFileUnreadable` or `AnswerFileRefused`.
pub fn read_source(path: &Path, program: &Path) -> Result<Book, Box<Diagnostic>> {
    let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    parent::read(path, &name, program, Purpose::Import)
}

/// The files below a folder, with their names below it. Hidden ones and the locks of open workbooks are passed over.
fn list(folder: &Path, below: &str, depth: usize, found: &mut Vec<(String, PathBuf)>) -> io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        let name = entry.file_name().to_string_lossy().into_owned();
        if name.starts_with(['.', '~']) || name.eq_ignore_ascii_case("thumbs.db") || name.eq_ignore_ascii_case("desktop.ini") {
            continue;
        }
        let shown = if below.is_empty() { name } else { format!("{below}/{name}") };
        if entry.file_type()?.is_dir() {
            if depth < DEEPEST {
                list(&entry.path(), &shown, depth + 1, found)?;
            }
        } else if found.len() < MOST {
            found.push((shown, entry.path()));
        } else {
            return Err(io::Error::new(io::ErrorKind::FileTooLarge, format!("more than {MOST} files")));
        }
    }
    Ok(())
}
