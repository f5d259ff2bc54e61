//! The draws of chosen quantities as a CSV file: a row per draw and scenario.
//!
//! Written beside its final name and renamed when it is complete, so a file of that name is always
//! whole; without `--force` none is overwritten. Numbers are unrounded, what is absent is an empty
//! field, what failed is `failed`.

use std::fs::{self, File, OpenOptions};
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};

use mitoshi_core::analysis::Lane;
use mitoshi_core::analysis::simulate::KeptDraws;
use mitoshi_core::text;
use mitoshi_report::document::Csv;

use crate::progress::unfinished;
use crate::refusal::Refusal;

/// A file that is being written.
pub(super) struct Keep {
    path: PathBuf,
    beside: PathBuf,
    file: BufWriter<File>,
    scenarios: Vec<String>,
    fault: Option<io::Error>,
}

impl Keep {
    /// Begins a file, refusing to overwrite one unless `force` says so.
    pub(super) fn begin(path: &Path, force: bool, scenarios: Vec<String>, columns: &[String]) -> Result<Self, Refusal> {
        if !force && path.symlink_metadata().is_ok() {
            let path = path.display();
            let message = text!("{path} はすでにあります。", "{path} exists already");
            return Err(Refusal::usage(message).hint(text!(
                "別の名前にするか、上書きしてよければ --force を付けてください。",
                "choose another name, or add --force to overwrite it"
            )));
        }
        let name = path.file_name().map_or_else(|| "draws".into(), |name| name.to_string_lossy().into_owned());
        let beside = path.with_file_name(format!(".{name}.{}.part", std::process::id()));
        let file = OpenOptions::new().write(true).create_new(true).open(&beside).map_err(|fault| cannot(path, &fault))?;
        unfinished(Some(&beside));
        let mut keep = Self { path: path.to_path_buf(), beside, file: BufWriter::new(file), scenarios, fault: None };
        let mut header = Csv::default();
        ["scenario", "draw"].iter().for_each(|name| header.words(name));
        columns.iter().for_each(|name| header.words(name));
        header.end_row();
        keep.write(&header.into_text());
        Ok(keep)
    }

    /// Adds draws; a fault is kept until the end.
    pub(super) fn add(&mut self, draws: &KeptDraws<'_>) {
        if self.fault.is_some() {
            return;
        }
        let count = draws.values.first().and_then(|quantities| quantities.first()).map_or(0, Vec::len);
        let mut csv = Csv::default();
        for draw in 0..count {
            for (scenario, quantities) in self.scenarios.iter().zip(draws.values) {
                csv.words(scenario);
                csv.words(&(draws.first + draw as u64).to_string());
                quantities.iter().for_each(|values| field(&mut csv, values.get(draw)));
                csv.end_row();
            }
        }
        self.write(&csv.into_text());
    }

    /// Whether writing has failed, so that going on is of no use.
    pub(super) fn has_failed(&self) -> bool {
        self.fault.is_some()
    }

    /// Puts the file in its place; nothing is left behind if that fails.
    pub(super) fn finish(mut self) -> Result<PathBuf, Refusal> {
        let flushed = self.file.flush().and_then(|()| self.file.get_ref().sync_all());
        let written = match self.fault.take() {
            Some(fault) => Err(fault),
            None => flushed,
        };
        let path = self.path.clone();
        written.and_then(|()| fs::rename(&self.beside, &path)).map_err(|fault| cannot(&path, &fault))?;
        Ok(path)
    }

    fn write(&mut self, text: &str) {
        if let Err(fault) = self.file.write_all(text.as_bytes()) {
            self.fault = Some(fault);
        }
    }
}

impl Drop for Keep {
    /// After a success nothing lies there any more.
    fn drop(&mut self) {
        let _ = fs::remove_file(&self.beside);
        unfinished(None);
    }
}

fn field(csv: &mut Csv, lane: Option<&Lane>) {
    match lane {
        Some(Lane::Number(number)) => csv.number(Some(*number)),
        Some(Lane::Failed) => csv.words("failed"),
        Some(Lane::Absent) | None => csv.number(None),
    }
}

fn cannot(path: &Path, fault: &io::Error) -> Refusal {
    let path = path.display();
    Refusal::machine(text!("{path} に書き込めません: {fault}", "cannot write {path}: {fault}"))
}
