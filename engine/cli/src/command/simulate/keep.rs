//! The draws of chosen quantities as a CSV file: a row per draw and scenario.
//!
//! A file of that name is always whole (`NewFile`); without `--force` none is overwritten. Numbers are
//! unrounded, what is absent is an empty field, what failed is `failed`.

use std::io::{self, Write};
use std::path::{Path, PathBuf};

use mitoshi_core::analysis::Lane;
use mitoshi_core::analysis::simulate::KeptDraws;
use mitoshi_core::text;
use mitoshi_report::document::Csv;
use mitoshi_store::{Kind, NewFile};

use crate::progress::unfinished;
use crate::refusal::Refusal;

/// A file that is being written.
pub(super) struct Keep {
    file: NewFile,
    scenarios: Vec<String>,
    fault: Option<io::Error>,
}

impl Keep {
    /// Begins a file, refusing to overwrite one unless `force` says so.
    pub(super) fn begin(path: &Path, force: bool, scenarios: Vec<String>, columns: &[String]) -> Result<Self, Refusal> {
        let file = NewFile::begin(path, force).map_err(|fault| {
            let exists = fault.kind == Kind::Exists;
            let force = text!("上書きしてよければ --force を付けてください。", "add --force to overwrite it");
            Refusal::from(fault).hint_if(exists.then_some(force))
        })?;
        unfinished(Some(file.beside()));
        let mut keep = Self { file, scenarios, fault: None };
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
    pub(super) fn finish(self) -> Result<PathBuf, Refusal> {
        let written = match self.fault {
            Some(fault) => Err(self.file.fault(&fault)),
            None => self.file.finish(),
        };
        unfinished(None);
        Ok(written?)
    }

    fn write(&mut self, text: &str) {
        if let Err(fault) = self.file.write_all(text.as_bytes()) {
            self.fault = Some(fault);
        }
    }
}

fn field(csv: &mut Csv, lane: Option<&Lane>) {
    match lane {
        Some(Lane::Number(number)) => csv.number(Some(*number)),
        Some(Lane::Failed) => csv.words("failed"),
        Some(Lane::Absent) | None => csv.number(None),
    }
}
