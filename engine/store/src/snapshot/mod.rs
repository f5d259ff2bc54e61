//! Snapshots: outputs that somebody looked at and accepted, as files of the pack.
//!
//! `tests/snapshots/pack/NAME.snap` is in the format of insta: a head between two lines `---` (`head`), then what was
//! printed, without line breaks at its end and with `\n` between lines. `expression` says what to run, `info` who
//! accepted it, why, and on what it rested; insta keeps both. `NAME.snap.new` beside it is what is printed now and
//! waits for a decision. The folder is the pack's own: what lies beside it belongs to other tests.

mod folder;
mod head;
mod restore;

use mitoshi_core::analysis::inputs::Inputs;
use mitoshi_core::diagnostic::{Code, Diagnostic, FileId, Span};
use mitoshi_core::text;

pub use folder::{SnapshotFile, read_snapshots};
pub use restore::restored;

use head::{Entry, scalar};

/// Where a pack's snapshots lie.
pub const SNAPSHOTS: &str = "tests/snapshots/pack";
/// How the name of an accepted snapshot ends, and how that of one which waits.
pub const ACCEPTED: &str = ".snap";
/// The ending of a snapshot that waits for a decision.
pub const WAITING: &str = ".snap.new";
/// Most letters of a name.
const MAX_NAME: usize = 60;

/// One snapshot, read or to be written.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Snapshot {
    /// The command line without the program's name.
    pub expression: String,
    /// What it shows, in somebody's words.
    pub description: Option<String>,
    /// Who accepted it.
    pub accepted_by: Option<String>,
    /// Why it was accepted.
    pub reason: Option<String>,
    /// On what it rested; absent if nobody wrote it down.
    pub inputs: Option<Inputs>,
    /// What was printed, normalised.
    pub content: String,
}

impl Snapshot {
    /// Reads a file.
    ///
    /// # Errors
    /// [`Code::BadSnapshot`]: the head is not closed, cannot be read, or names no command.
    pub fn read(text: &str, file: FileId) -> Result<Self, Box<Diagnostic>> {
        let (entries, content) = head::read(text, file)?;
        let find = |path: &[&str]| {
            let found = entries.iter().find(|entry| entry.path == path);
            found.map(|entry| entry.value.clone()).filter(|value| !value.trim().is_empty())
        };
        let Some(expression) = find(&["expression"]) else {
            let message = text!(
                "スナップショットの見出しに expression（実行する命令）がありません。",
                "the snapshot's head has no `expression`, the command to run"
            );
            return Err(Box::new(broken(Span::new(file, 0..text.find('\n').unwrap_or(text.len())), message)));
        };
        let of_inputs = |entry: &Entry| matches!(entry.path.as_slice(), [info, inputs, _] if info == "info" && inputs == "inputs");
        let mut lines = entries.iter().filter(|entry| of_inputs(entry)).map(|entry| (entry.name(), entry.value.as_str())).peekable();
        let kept = lines.peek().is_some();
        Ok(Self {
            expression,
            description: find(&["description"]),
            accepted_by: find(&["info", "accepted_by"]),
            reason: find(&["info", "reason"]),
            inputs: kept.then(|| Inputs::read(lines)),
            content: normalised(content),
        })
    }

    /// The text of its file.
    pub fn write(&self) -> String {
        let mut out = String::from("---\n");
        line(&mut out, "", "description", self.description.as_deref());
        line(&mut out, "", "expression", Some(&self.expression));
        if self.accepted_by.is_some() || self.reason.is_some() || self.inputs.is_some() {
            out += "info:\n";
        }
        line(&mut out, "  ", "accepted_by", self.accepted_by.as_deref());
        line(&mut out, "  ", "reason", self.reason.as_deref());
        if let Some(inputs) = &self.inputs {
            out += "  inputs:\n";
            inputs.lines().for_each(|(owner, known)| line(&mut out, "    ", owner, Some(&known)));
        }
        format!("{out}---\n{}\n", self.content)
    }
}

fn line(out: &mut String, indent: &str, key: &str, value: Option<&str>) {
    if let Some(value) = value {
        *out += &format!("{indent}{}: {}\n", scalar(key), scalar(value));
    }
}

/// A printed text as a snapshot keeps it.
pub fn normalised(printed: &str) -> String {
    printed.replace("\r\n", "\n").trim_end().to_owned()
}

/// Whether a snapshot may have this name: letters, digits, `_` and `-`.
pub fn is_name(name: &str) -> bool {
    let fits = |c: char| c.is_alphanumeric() || c == '_' || c == '-';
    !name.is_empty() && name.chars().count() <= MAX_NAME && name.chars().all(fits) && !name.starts_with('-')
}

fn broken(span: Span, message: mitoshi_core::diagnostic::Text) -> Diagnostic {
    Diagnostic::at(Code::BadSnapshot, span, message).hint(text!(
        "--- の行の間に expression: \"project baseline --format md\" のように命令を書いてください。作り直すなら、このファイルを消して `mitoshi snapshot add` を使います。",
        "write the command between the lines `---`, as in expression: \"project baseline --format md\"; to begin again, delete the file and use `mitoshi snapshot add`"
    ))
}
