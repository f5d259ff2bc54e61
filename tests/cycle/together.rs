//! Eight processes that record at once: every figure and every line is there.
//!
//! A process that had to wait too long is told so, wrote nothing, and tries again, as a person would.
//! `MITOSHI_RECORD_ROUNDS` goes on for as long as asked; `cargo xtask crash` asks for 200 rounds each.

use std::path::Path;
use std::process::{Command, Stdio};
use std::sync::atomic::{AtomicUsize, Ordering};

use super::pack::{history, small, told};
use crate::support::PROGRAM;

#[test]
fn eight_recorders_at_once_lose_nothing() {
    let asked = std::env::var("MITOSHI_RECORD_ROUNDS").ok().and_then(|rounds| rounds.parse().ok());
    let rounds: usize = asked.unwrap_or(5);
    let (folder, refusals) = (small("cycle-together"), &AtomicUsize::new(0));
    std::thread::scope(|scope| {
        for worker in 0..8 {
            let root = folder.path();
            scope.spawn(move || {
                for round in 0..rounds {
                    // Each worker has an indicator and a value that no other writes.
                    let (id, value) = (["visitors", "stall_fees", "litter"][worker % 3], 20.0 + worker as f64 + round as f64 / 1_000.0);
                    let value = value.to_string();
                    let arguments = ["record", &format!("{id}@R6"), &value, "--source", "同時", "--as-is", "--on", "2025-05-20"];
                    while !recorded(root, &arguments) {
                        refusals.fetch_add(1, Ordering::Relaxed);
                    }
                }
            });
        }
    });
    let (read, problems) = history(folder.path());
    assert!(problems.is_empty(), "{:?}", told(&problems));
    let recorded = read.entries().filter(|entry| !entry.done.changes.is_empty()).count();
    assert_eq!(recorded, 8 * rounds, "a line for each record");
    println!("{recorded} records, {} times told to try again", refusals.load(Ordering::Relaxed));
}

/// Records; false if another process was writing for too long.
fn recorded(root: &Path, arguments: &[&str]) -> bool {
    let output = Command::new(PROGRAM).args(arguments).args(["--lang", "en"]).current_dir(root).stdin(Stdio::null()).output().unwrap();
    let told = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success() || told.contains("another program is writing"), "{told}");
    output.status.success()
}
