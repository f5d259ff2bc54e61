//! Why a command was not run, said without a place in a file.
//!
//! Problems of a pack are diagnostics with codes; a [`Refusal`] is about the command line or the
//! machine. It is one sentence and what to do, and knows the exit code.

use std::io;

use mitoshi_core::diagnostic::{Code, Language, Text, nearest};
use mitoshi_core::text;
use mitoshi_store::{Fault, Kind};

use crate::command::Exit;

/// One sentence, what to do about it, and the exit code.
#[derive(Clone, Debug)]
pub(crate) struct Refusal {
    /// With what the program ends.
    pub(crate) exit: Exit,
    code: Option<Code>,
    message: Text,
    hints: Vec<Text>,
}

impl Refusal {
    /// The command line is wrong.
    pub(crate) fn usage(message: Text) -> Self {
        Self { exit: Exit::Usage, code: None, message, hints: Vec::new() }
    }

    /// The command line is right, but the machine did not let us.
    pub(crate) fn machine(message: Text) -> Self {
        Self { exit: Exit::Problems, code: None, message, hints: Vec::new() }
    }

    /// A table that was typed cannot be read.
    pub(crate) fn table(path: &str, fault: &io::Error) -> Self {
        let message = match fault.kind() {
            io::ErrorKind::NotFound => text!("{path} がありません。", "there is no file {path}"),
            io::ErrorKind::InvalidInput => text!("{path} は表のファイルではありません。", "{path} is not a file"),
            _ => text!("{path} を読めません（{fault}）。", "cannot read {path}: {fault}"),
        };
        Self::usage(message).hint(text!("ファイルの名前と場所を確かめてください。", "check the file's name and place"))
    }

    /// The sentence alone.
    pub(crate) fn message(&self) -> &Text {
        &self.message
    }

    /// Names it as the engine does where it meets the same problem in a file.
    pub(crate) fn code(mut self, code: Code) -> Self {
        self.code = Some(code);
        self
    }

    /// Adds what to do.
    pub(crate) fn hint(mut self, hint: Text) -> Self {
        self.hints.push(hint);
        self
    }

    /// Adds what to do, if there is anything.
    pub(crate) fn hint_if(self, hint: Option<Text>) -> Self {
        hint.into_iter().fold(self, Self::hint)
    }

    /// Adds "did you mean" for each of `near`.
    pub(crate) fn did_you_mean(self, near: impl IntoIterator<Item = String>) -> Self {
        near.into_iter().fold(self, |refusal, near| refusal.hint(text!("「{near}」の誤りではありませんか。", "did you mean `{near}`?")))
    }

    /// Adds "did you mean" if one of `known` is close to `name`.
    pub(crate) fn suggest<'a>(self, name: &str, known: impl IntoIterator<Item = &'a str>) -> Self {
        self.did_you_mean(nearest(name, known).map(str::to_owned))
    }

    /// The lines to print, as a diagnostic without a place would be.
    pub(crate) fn render(&self, language: Language) -> String {
        let (error, help) = (text!("誤り", "error"), text!("対処", "help"));
        let code = self.code.map_or_else(String::new, |code| format!("[{}]", code.id()));
        let mut out = format!("{}{code}: {}\n", error.get(language), self.message.get(language));
        for hint in &self.hints {
            out += &format!("  = {}: {}\n", help.get(language), hint.get(language));
        }
        out
    }
}

impl From<Fault> for Refusal {
    /// A file that exists is for the person to decide, everything else is the machine's.
    fn from(fault: Fault) -> Self {
        let refusal = if fault.kind == Kind::Exists { Self::usage(fault.message) } else { Self::machine(fault.message) };
        refusal.hint(fault.hint)
    }
}
