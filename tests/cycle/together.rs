//! Eight processes that record at once: every figure and every line is there.
//!
//! `MITOSHI_RECORD_ROUNDS` goes on for as long as asked; `cargo xtask crash` asks for 200 rounds each.

use std::process::{Command, Stdio};

use super::pack::{history, small, told};
use crate::support::PROGRAM;

#[test]
fn eight_recorders_at_once_lose_nothing() {
    let asked = std::env::var("MITOSHI_RECORD_ROUNDS").ok().and_then(|rounds| rounds.parse().ok());
    let rounds: usize = asked.unwrap_or(5);
    let folder = small("cycle-together");
    std::thread::scope(|scope| {
        for worker in 0..8 {
            let root = folder.path();
            scope.spawn(move || {
                for round in 0..rounds {
                    // Each worker has an indicator and a value that no other writes.
                    let (id, value) = (["visitors", "stall_fees", "litter"][worker % 3], 20.0 + worker as f64 + round as f64 / 1_000.0);
                    let value = value.to_string();
                    let arguments = ["record", &format!("{id}@R6"), &value, "--source", "同時", "--as-is", "--on", "2025-05-20"];
                    let mut command = Command::new(PROGRAM);
                    let output = command.args(arguments).current_dir(root).stdin(Stdio::null()).output().unwrap();
                    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
                }
            });
        }
    });
    let (read, problems) = history(folder.path());
    assert!(problems.is_empty(), "{:?}", told(&problems));
    let recorded = read.entries().filter(|entry| !entry.done.changes.is_empty()).count();
    assert_eq!(recorded, 8 * rounds, "a line for each record");
}
