//! Reading a pack: files in, [`Pack`] and diagnostics out.
//!
//! [`read`] names the steps. It always returns a pack, the best that the files allow, so that later
//! stages can report their problems in the same run; if any diagnostic is an error, it must not be
//! projected. [`resolve`] merges a scenario with its parents and with `--set`. No value is computed
//! here, and nothing here reads a disk.

mod always;
mod called;
mod check;
mod decode;
mod example;
mod files;
pub mod keys;
mod model;
mod place;
mod read;
mod resolve;
mod spread;
pub(crate) mod table;
mod words;

pub use always::{Always, Holds};
pub use decode::hidden_in;
pub use example::Example;
pub use model::*;
pub use place::{MAX_RULE, MAX_TOML, is_others, size_limit};
pub use resolve::{BASELINE, resolve};
pub use spread::{Drawn, tidy};
pub use table::as_number;
pub use words::{LAGS, MAX_NAME, RESERVED, Use, reserved};

use std::collections::{BTreeMap, BTreeSet};

use indexmap::IndexMap;

use crate::diagnostic::{Diagnostic, FileId, RawFile};
use files::Files;
use table::{File, Log, Table};

/// The owner of shared assumptions in addresses.
pub const PLAN: &str = "plan";

/// Reads a pack's files, given in any order. Every problem of every file is in the second part.
pub fn read(files: Vec<RawFile>) -> (Pack, Vec<Diagnostic>) {
    let log = Log::default();
    let files = files::gather(files, &log);
    let mut unreadable = BTreeSet::new();

    let plan = parsed(&files, files.plan, &log, read::read_plan).unwrap_or_else(|| {
        unreadable.insert(PLAN.to_owned());
        read::fallback_plan(files.plan)
    });
    let mut sheets = IndexMap::new();
    for (id, file) in &files.sheets {
        match parsed(&files, *file, &log, |table| read::read_sheet(table, id, &plan)) {
            Some(sheet) => drop(sheets.insert(id.clone(), sheet)),
            None => drop(unreadable.insert(id.clone())),
        }
    }
    sheets.sort_by(|id, a: &Sheet, other, b| (a.no.value, id).cmp(&(b.no.value, other)));
    let scenario = |(name, id): (&String, &FileId)| {
        words::check_scenario_name(File::new(*id, &log), File::new(*id, &log).whole(), name);
        let scenario = parsed(&files, *id, &log, |table| read::read_scenario(table, name, &plan));
        (name.clone(), scenario.unwrap_or_else(|| read::empty_scenario(name, *id)))
    };
    let scenarios: BTreeMap<String, Scenario> = files.scenarios.iter().map(scenario).collect();

    let causes = files.causes.and_then(|id| parsed(&files, id, &log, |table| read::read_causes(table, &plan))).unwrap_or_default();
    let opinions = files.opinions.and_then(|id| parsed(&files, id, &log, read::read_opinions)).unwrap_or_default();

    let Files { sources, rules, library, templates, broken, .. } = files;
    let (broken_rules, rules) = rules.into_iter().partition(|(_, id)| broken.contains(id));
    let mut pack = Pack { sources, plan, sheets, rules, library, templates, scenarios, causes, opinions, unreadable };
    check::check(&mut pack, &broken_rules, &log);
    (pack, log.into_sorted())
}

/// The text of a file that is not part of a pack, such as a table of inputs: decoded as a pack's files are.
///
/// # Errors
/// `NotUtf8`, `EmptyFile`, or characters that cannot be seen.
pub fn decode_text(path: &str, bytes: &[u8], file: FileId) -> Result<String, Vec<Diagnostic>> {
    let log = Log::default();
    let text = decode::decode(path, bytes, file, &log);
    text.iter().flat_map(|text| decode::odd_characters(text, file)).for_each(|problem| log.push(problem));
    let problems = log.into_sorted();
    text.filter(|_| problems.is_empty()).ok_or(problems)
}

/// Parses a file and reads its table; absent if the file has none.
fn parsed<T>(files: &Files, id: FileId, log: &Log, read: impl FnOnce(&Table<'_>) -> T) -> Option<T> {
    if files.broken.contains(&id) {
        return None;
    }
    let file = File::new(id, log);
    let parsed = table::parse(&files.sources.get(id).text, file, files.hidden.contains(&id));
    parsed.table(file).map(|table| read(&table))
}
