//! What every command needs once the arguments are read: language, streams, format and the pack.
//!
//! [`Session`] is what the global options mean. Opening a pack finds it (the nearest directory upwards
//! with `rules/plan.toml`), reads it and loads it; whether its problems stop the command is the
//! command's business.

use std::path::{Path, PathBuf};
use std::rc::Rc;

use anstream::ColorChoice;
pub(crate) use mitoshi_core::diagnostic::merge;
use mitoshi_core::diagnostic::{Diagnostic, Language, RawFile, Sources};
use mitoshi_core::{Loaded, Model, text};
use mitoshi_report::diagnostics;
use mitoshi_report::document::Format;

use crate::arguments::Globals;
use crate::command::{Exit, edition};
use crate::output::{Kept, Output};
use crate::refusal::Refusal;

/// What the global options mean.
#[derive(Debug)]
pub(crate) struct Session {
    /// The language of all output.
    pub(crate) language: Language,
    /// How data is printed.
    pub(crate) format: Format,
    output: Output,
    directory: PathBuf,
    /// The pack's files instead of those on the disk.
    files: Option<Rc<[RawFile]>>,
    /// The edition whose targets count; absent: those in the sheets.
    edition: Option<String>,
}

impl Session {
    /// Makes sense of the global options.
    pub(crate) fn new(globals: &Globals, language: Language) -> Self {
        Self {
            language,
            format: globals.format,
            output: Output::new(globals.colour),
            directory: globals.directory.clone().unwrap_or_else(|| PathBuf::from(".")),
            files: None,
            edition: globals.edition.clone(),
        }
    }

    /// A session within this program: on these files of the pack at `root`, and writing into memory.
    pub(crate) fn within(globals: &Globals, language: Language, root: &Path, files: &Rc<[RawFile]>) -> Self {
        Self {
            language,
            format: globals.format,
            output: Output::new(ColorChoice::Never).keeping(),
            directory: root.to_path_buf(),
            files: Some(Rc::clone(files)),
            edition: globals.edition.clone(),
        }
    }

    /// What was written into memory.
    pub(crate) fn taken(&self) -> Kept {
        self.output.taken()
    }

    /// The root of the pack, if there is one here.
    pub(crate) fn find(&self) -> Option<PathBuf> {
        mitoshi_store::find_pack(&self.directory)
    }

    /// A path as typed, seen from the directory that was given.
    pub(crate) fn below(&self, path: &Path) -> PathBuf {
        self.directory.join(path)
    }

    /// The same session in another folder, as typed.
    pub(crate) fn elsewhere(&self, directory: &Path) -> Self {
        Self { directory: self.below(directory), output: self.output.clone(), files: None, edition: self.edition.clone(), ..*self }
    }

    /// The same session on files that were read already, keeping what is printed.
    pub(crate) fn on_files(self, files: Vec<RawFile>) -> Self {
        Self { files: Some(files.into()), output: self.output.keeping(), ..self }
    }

    /// Finds and loads the pack, with all its problems.
    pub(crate) fn load(&self) -> Result<Loaded, Refusal> {
        let (root, files) = self.read()?;
        match &self.edition {
            None => Ok(mitoshi_core::load(files)),
            Some(name) => edition::load(&root, files, name, self),
        }
    }

    /// Finds the pack and reads its files, after putting in order what an interrupted step left.
    pub(crate) fn read(&self) -> Result<(PathBuf, Vec<RawFile>), Refusal> {
        if let Some(files) = &self.files {
            return Ok((self.directory.clone(), files.to_vec()));
        }
        let root = self.find().ok_or_else(|| self.no_pack())?;
        let settled = mitoshi_store::settle(&root).map_err(|fault| Refusal::machine(fault.message).hint(fault.hint))?;
        if let Some(recovered) = settled {
            self.aside(&format!("{}\n", recovered.text().get(self.language)));
        }
        let files = mitoshi_store::read_pack(&root).map_err(|fault| {
            let root = root.display();
            Refusal::machine(text!("計画一式を読めません（{root}）: {fault}", "cannot read the pack in {root}: {fault}"))
        })?;
        Ok((root, files))
    }

    /// Finds and loads the pack; its problems are reported at once if it cannot be projected.
    pub(crate) fn open(&self) -> Result<Opened, Refusal> {
        let Loaded { sources, model, diagnostics } = self.load()?;
        match model {
            Some(model) => Ok(Opened::Ready(Box::new(Ready { sources, model, diagnostics }))),
            None => {
                self.report(&diagnostics, &sources);
                Ok(Opened::Broken)
            }
        }
    }

    /// Prints data.
    pub(crate) fn data(&self, text: &str) -> Result<(), Refusal> {
        let fault = |fault| Refusal::machine(text!("結果を書き出せません: {fault}", "cannot write the result: {fault}"));
        self.output.data(text).map_err(fault)
    }

    /// Whether data may be coloured.
    pub(crate) fn colours_data(&self) -> bool {
        self.output.colours_data()
    }

    /// Prints a remark beside the data.
    pub(crate) fn aside(&self, text: &str) {
        self.output.aside(text);
    }

    /// Prints diagnostics beside the data and counts them; nothing if there are none.
    pub(crate) fn report(&self, diagnostics: &[Diagnostic], sources: &Sources) {
        self.aside(&diagnostics::render(diagnostics, sources, self.language, self.output.colours_asides()));
    }

    /// Prints diagnostics beside the data, without counting them.
    pub(crate) fn report_each(&self, diagnostics: &[Diagnostic], sources: &Sources) {
        self.aside(&diagnostics::render_each(diagnostics, sources, self.language, self.output.colours_asides()));
    }

    /// Prints a refusal and gives its exit code.
    pub(crate) fn refuse(&self, refusal: &Refusal) -> Exit {
        self.aside(&refusal.render(self.language));
        refusal.exit
    }

    /// There is no pack here.
    pub(crate) fn no_pack(&self) -> Refusal {
        let directory = std::path::absolute(&self.directory).unwrap_or_else(|_| self.directory.clone());
        let directory = directory.display();
        Refusal::usage(text!(
            "計画一式が見つかりません（{directory} とその上のフォルダーに rules/plan.toml がありません）。",
            "found no pack: neither {directory} nor a directory above it has rules/plan.toml"
        ))
        .hint(text!("計画一式のフォルダーへ移るか、-C でその場所を指定してください。", "change to the pack's directory or give it with -C"))
        .hint(text!("使い方は `mitoshi --help` で確かめられます。", "`mitoshi --help` shows how to use mitoshi"))
    }
}

/// A pack that was opened.
pub(crate) enum Opened {
    /// It can be projected.
    Ready(Box<Ready>),
    /// It has errors, which were reported.
    Broken,
}

/// A pack that can be projected.
pub(crate) struct Ready {
    /// The texts that diagnostics point into.
    pub(crate) sources: Sources,
    /// The pack.
    pub(crate) model: Model,
    /// What was odd in its files.
    pub(crate) diagnostics: Vec<Diagnostic>,
}
