//! The snapshots of a pack, as they lie on the disk.
//!
//! In: the pack's root. Out: the files of the snapshots' folder that end as snapshots do, in the order of their names;
//! none if there is no such folder. Links are not followed, sizes are limited before anything is read.

use std::io;
use std::path::Path;

use mitoshi_core::diagnostic::RawFile;

use super::{ACCEPTED, SNAPSHOTS, WAITING};
use crate::read::{bad_name, content, is_left_over};

/// Most bytes of a snapshot.
const MAX_SNAPSHOT: u64 = 8 << 20;

/// A file of the folder.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SnapshotFile {
    /// The snapshot's name.
    pub name: String,
    /// True for one that waits for a decision.
    pub is_waiting: bool,
    /// Its path below the pack's root, and what was read.
    pub raw: RawFile,
}

/// The snapshots of the pack at `root`.
///
/// # Errors
/// The system refused to list the folder.
pub fn read_snapshots(root: &Path) -> io::Result<Vec<SnapshotFile>> {
    let folder = root.join(SNAPSHOTS);
    let entries = match std::fs::read_dir(&folder) {
        Ok(entries) => entries,
        Err(fault) if fault.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
        Err(fault) => return Err(fault),
    };
    let mut found = Vec::new();
    for entry in entries {
        let entry = entry?;
        let file = entry.file_name().to_string_lossy().into_owned();
        let waiting = file.strip_suffix(WAITING).map(|name| (name, true));
        let Some((name, is_waiting)) = waiting.or_else(|| file.strip_suffix(ACCEPTED).map(|name| (name, false))) else { continue };
        if is_left_over(&file) {
            continue;
        }
        let seen = entry.path().symlink_metadata()?;
        let content = match entry.file_name().to_str() {
            None => bad_name(),
            Some(_) if seen.is_symlink() => mitoshi_core::diagnostic::Content::Link,
            Some(_) if !seen.is_file() => continue,
            Some(_) => content(&entry.path(), &seen, MAX_SNAPSHOT),
        };
        found.push(SnapshotFile { name: name.to_owned(), is_waiting, raw: RawFile { path: format!("{SNAPSHOTS}/{file}"), content } });
    }
    found.sort_by(|a, b| (&a.name, a.is_waiting).cmp(&(&b.name, b.is_waiting)));
    Ok(found)
}
