//! Which inputs moved a snapshot, and which of its cells each of them moved.
//!
//! Every number that differs is put back alone and the command is run again: the cells that then differ are its own.
//! Texts (rules, words) cannot be put back; they are held to be the reason only of what is still different with all
//! numbers put back. What only several changes together move goes to all of them. With more than [`MOST`] changes the
//! cells are not divided up.

use std::collections::BTreeSet;
use std::rc::Rc;

use mitoshi_core::analysis::inputs::{Inputs, Moved, moved};
use mitoshi_core::diagnostic::RawFile;
use mitoshi_report::document::Format;
use mitoshi_report::snapshot::{Difference, Reviewed, differences};
use mitoshi_store::{Snapshot, normalised, restored};

use super::bench::Bench;
use super::run::run;

/// Most changes that are put back one by one.
const MOST: usize = 24;

/// A place of the output, whatever is said there.
type Place = (String, String, String);

/// Finds the causes of what differs in `reviewed`.
pub(super) fn blame(bench: &Bench, accepted: &Snapshot, content: &str, now: &Inputs, format: Format, reviewed: &mut Reviewed) {
    let Some(then) = &accepted.inputs else { return };
    let all = moved(then, now);
    let count = all.len();
    if !(2..=MOST).contains(&count) {
        reviewed.by = if count == 1 { vec![vec![0]; reviewed.differences.len()] } else { Vec::new() };
        reviewed.causes = Some(all);
        return;
    }
    let lab = Lab { bench, line: &accepted.expression, content, format };
    let (own, mut files): (Vec<Option<BTreeSet<Place>>>, Vec<RawFile>) =
        (all.iter().map(|one| lab.moves(one)).collect(), bench.files.to_vec());
    for one in &all {
        files = restored(&files, one).unwrap_or(files);
    }
    let left = lab.print(files).map(|text| differences(&accepted.content, &text, format)).unwrap_or_default();
    let left: BTreeSet<Place> = left.iter().map(place).collect();
    let moves = |at: &usize, place: &Place| own.get(*at).is_some_and(|own| own.as_ref().unwrap_or(&left).contains(place));
    let of = |difference: &Difference| {
        let place = place(difference);
        let found: Vec<usize> = (0..count).filter(|at| moves(at, &place)).collect();
        if found.is_empty() {
            (0..count).filter(|at| own.get(*at).is_some_and(Option::is_some) || !left.is_empty()).collect()
        } else {
            found
        }
    };
    let by: Vec<Vec<usize>> = reviewed.differences.iter().map(of).collect();
    keep_used(all, &by, reviewed);
}

/// Leaves out causes of nothing and numbers the others anew.
fn keep_used(all: Vec<Moved>, by: &[Vec<usize>], reviewed: &mut Reviewed) {
    let used: BTreeSet<usize> = by.iter().flatten().copied().collect();
    let number = |old: &usize| used.iter().position(|one| one == old);
    reviewed.by = by.iter().map(|causes| causes.iter().filter_map(number).collect()).collect();
    reviewed.causes = Some(all.into_iter().enumerate().filter(|(at, _)| used.contains(at)).map(|(_, one)| one).collect());
}

/// Where the command is run with something put back.
struct Lab<'a> {
    bench: &'a Bench,
    line: &'a str,
    /// What it prints as things are.
    content: &'a str,
    format: Format,
}

impl Lab<'_> {
    /// The places that one change moves; absent if it cannot be put back.
    fn moves(&self, one: &Moved) -> Option<BTreeSet<Place>> {
        let text = self.print(restored(&self.bench.files, one)?)?;
        Some(differences(&text, self.content, self.format).iter().map(place).collect())
    }

    fn print(&self, files: Vec<RawFile>) -> Option<String> {
        let files: Rc<[RawFile]> = files.into();
        let ran = run(self.line, &self.bench.root, &files, self.bench.model.pack.plan.language).ok()?;
        Some(normalised(&ran.kept.data))
    }
}

fn place(difference: &Difference) -> Place {
    let (table, row, column) = difference.place();
    (table.to_owned(), row.to_owned(), column.to_owned())
}
