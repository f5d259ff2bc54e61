//! A file for the user's own use, outside the pack's order: results, tables, reports.
//!
//! It is written beside its final name, synchronised and renamed when it is complete, so that a file
//! of that name is always whole. Without permission none is overwritten. Nothing is left behind if
//! writing fails or is given up.

use std::fs::{self, File, OpenOptions};
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};

use crate::disk::{Disk, Os, cannot_link};
use crate::fault::Fault;

/// A file that is being written; [`NewFile::finish`] gives it its name.
#[must_use = "the file gets its name by `finish`"]
#[derive(Debug)]
pub struct NewFile {
    path: PathBuf,
    beside: PathBuf,
    file: BufWriter<File>,
    replace: bool,
}

impl NewFile {
    /// Begins a file; a link of that name is never followed, and counts as existing.
    ///
    /// # Errors
    /// There is such a file and `replace` is false, it is a folder, or the system refused.
    pub fn begin(path: &Path, replace: bool) -> Result<Self, Fault> {
        let shown = path.display().to_string();
        let cannot = |fault| Fault::system(&shown, &fault);
        match path.symlink_metadata() {
            Ok(found) if found.is_dir() => return Err(cannot(io::ErrorKind::IsADirectory.into())),
            Ok(_) if !replace => return Err(Fault::exists(&shown)),
            _ => {}
        }
        let name = path.file_name().ok_or_else(|| cannot(io::ErrorKind::InvalidInput.into()))?.to_string_lossy();
        let beside = path.with_file_name(format!(".{name}.{}.part", std::process::id()));
        let file = OpenOptions::new().write(true).create_new(true).open(&beside).map_err(cannot)?;
        Ok(Self { path: path.to_path_buf(), beside, file: BufWriter::new(file), replace })
    }

    /// Where it is written until then: what a program that is ended by force has to remove.
    pub fn beside(&self) -> &Path {
        &self.beside
    }

    /// What to say of a failure to write to it.
    pub fn fault(&self, fault: &io::Error) -> Fault {
        Fault::system(&self.path.display().to_string(), fault)
    }

    /// Gives the complete file its name.
    ///
    /// # Errors
    /// It could not be written completely, or meanwhile there is a file of that name.
    pub fn finish(mut self) -> Result<PathBuf, Fault> {
        let shown = self.path.display().to_string();
        self.place().map_err(|fault| match fault.kind() {
            io::ErrorKind::AlreadyExists => Fault::exists(&shown),
            _ => Fault::system(&shown, &fault),
        })?;
        Ok(self.path.clone())
    }

    fn place(&mut self) -> io::Result<()> {
        self.file.flush()?;
        self.file.get_ref().sync_all()?;
        match Os.link(&self.beside, &self.path) {
            Ok(()) => {}
            Err(fault) if self.replace || cannot_link(&fault) && self.path.symlink_metadata().is_err() => {
                Os.rename(&self.beside, &self.path)?;
            }
            Err(fault) => return Err(fault),
        }
        let folder = self.path.parent().filter(|folder| !folder.as_os_str().is_empty());
        Os.sync_folder(folder.unwrap_or(Path::new(".")))
    }
}

impl Write for NewFile {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.file.write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.file.flush()
    }
}

impl Drop for NewFile {
    /// After a success nothing lies there any more.
    fn drop(&mut self) {
        let _ = fs::remove_file(&self.beside);
    }
}
