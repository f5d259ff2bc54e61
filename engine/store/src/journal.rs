//! What a step is about to do, written down before it does it.
//!
//! A text of lines, so that a person can read it when it matters: the folders the step makes, then for
//! each file its stamp before, its stamp after (`-` where there is no file) and its path; last the stamp
//! of all that, so that a damaged journal is never followed.

use mitoshi_core::text;

use crate::fault::{Fault, Kind};
use mitoshi_core::stamp::Stamp;

const TITLE: &str = "mitoshi journal 1";

/// A file of a step.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Entry {
    /// Below the root, with `/`.
    pub(crate) path: String,
    /// What it was; absent if it was not there.
    pub(crate) before: Option<Stamp>,
    /// What it becomes; absent if it is removed.
    pub(crate) after: Option<Stamp>,
}

/// A step over files.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Journal {
    /// Folders to be made, outermost first.
    pub(crate) folders: Vec<String>,
    /// Files to be changed, in this order.
    pub(crate) entries: Vec<Entry>,
}

impl Journal {
    /// As it is kept.
    pub(crate) fn render(&self) -> String {
        let mut text = format!("{TITLE}\n");
        for folder in &self.folders {
            text += &format!("folder {folder}\n");
        }
        let written = |stamp: Option<Stamp>| stamp.map_or_else(|| "-".to_owned(), |stamp| stamp.to_string());
        for Entry { path, before, after } in &self.entries {
            text += &format!("file {} {} {path}\n", written(*before), written(*after));
        }
        let end = Stamp::of(text.as_bytes());
        text += &format!("end {end}\n");
        text
    }

    /// Reads what was kept.
    pub(crate) fn parse(bytes: &[u8]) -> Result<Self, Fault> {
        Self::read(bytes).ok_or_else(|| {
            Fault::new(
                Kind::Unfinished,
                text!(".mitoshi/journal が壊れています。", ".mitoshi/journal is damaged"),
                text!(
                    "控えから計画一式を戻すか、内容が正しいことを確かめてから .mitoshi/journal を消してください。",
                    "restore the pack from a backup, or make sure that it is right and then delete .mitoshi/journal"
                ),
            )
        })
    }

    fn read(bytes: &[u8]) -> Option<Self> {
        let text = std::str::from_utf8(bytes).ok()?;
        let (body, end) = text.rsplit_once("end ")?;
        if Stamp::of(body.as_bytes()).to_string() != end.trim_end() {
            return None;
        }
        let mut lines = body.lines();
        if lines.next() != Some(TITLE) {
            return None;
        }
        let mut journal = Self::default();
        for line in lines {
            match line.split_once(' ')? {
                ("folder", folder) => journal.folders.push(folder.to_owned()),
                ("file", rest) => journal.entries.push(entry(rest)?),
                _ => return None,
            }
        }
        Some(journal)
    }
}

fn entry(line: &str) -> Option<Entry> {
    let mut parts = line.splitn(3, ' ');
    let stamp = |word: &str| if word == "-" { Some(None) } else { word.parse().ok().map(Some) };
    Some(Entry { before: stamp(parts.next()?)?, after: stamp(parts.next()?)?, path: parts.next()?.to_owned() })
}
