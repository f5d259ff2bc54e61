//! Steps of the cycle are killed at random moments: what they were doing is done or not begun.
//!
//! Record, a table of figures, adopt, collect and undo are started one after the other and killed (SIGKILL). After each,
//! the next start brings order: the pack is sound, its history whole and in accord with the sheets, and
//! nothing lies about. `cargo xtask crash --rounds N` goes on for as long as asked.

use std::process::{Command, Stdio};
use std::time::Duration;

use mitoshi_core::year::Year;
use mitoshi_store::settle;

use super::pack::{history, model, small, told};
use crate::columns::random::Random;
use crate::support::{Folder, PROGRAM, files_below};

const HEADINGS: &str = "No.,ID,指標,単位,年度,現行目標,見直し案,規則,規則の理由,採否,決定値,決定理由,決定者";

/// What is started in a round.
fn step(folder: &Folder, round: usize) -> Vec<String> {
    let value = |base: f64| (base + round as f64 / 1_000.0).to_string();
    let words = |words: &[&str]| words.iter().map(|word| (*word).to_owned()).collect::<Vec<_>>();
    match round % 5 {
        0 => words(&["record", "visitors@R6", &value(44.0), "--source", "集計", "--on", "2025-05-20"]),
        1 => {
            let table = format!(
                "指標,年度,実績,出典\nvisitors,R6,{},集計\nlitter,R6,{},計量\nstall_fees,R6,{},決算\n",
                value(44.0),
                value(26.0),
                value(250.0)
            );
            folder.write("in.csv", table);
            words(&["record", "--from", "in.csv", "--on", "2025-05-21"])
        }
        2 => {
            let target = |id: &str| model(folder.path()).pack.sheets[id].targets[&Year(2026)].value.unwrap();
            let row = |id: &str, new: f64| format!("1,{id},,,R8,{},{new},keep,,採用,,,本部\n", target(id));
            folder.write(
                "in.csv",
                format!("{HEADINGS}\n{}{}", row("visitors", 50.0 + round as f64), row("litter", 20.0 - round as f64 / 1_000.0)),
            );
            words(&["adopt", "in.csv", "--edition", &format!("第{round}版"), "--on", "2025-06-01"])
        }
        3 => {
            let table = format!(
                "照会番号,実績,速報・確定の別\nR6-01,{},確定\nR6-02,{},速報\nR6-03,{},確定\n",
                value(43.0),
                value(248.0),
                value(25.0)
            );
            folder.write("back/一覧.csv", table);
            words(&["collect", "back", "--on", "2025-05-23"])
        }
        _ => words(&["record", "--undo", "--on", "2025-05-22"]),
    }
}

#[test]
fn killed_steps_are_done_or_not_begun() {
    let asked = std::env::var("MITOSHI_CRASH_ROUNDS").ok().and_then(|rounds| rounds.parse().ok());
    let rounds: usize = asked.unwrap_or(50);
    let folder = small("cycle-crash");
    let mut random = Random::new(rounds as u64);
    let (mut lines, mut settled) = (0, 0);
    for round in 0..rounds {
        let arguments = step(&folder, round);
        let mut child = Command::new(PROGRAM)
            .args(&arguments)
            .current_dir(folder.path())
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        std::thread::sleep(Duration::from_micros(random.below(60_000) as u64));
        let _ = child.kill();
        child.wait().unwrap();
        settled += usize::from(settle(folder.path()).unwrap_or_else(|fault| panic!("round {round}: {fault}")).is_some());
        let (read, problems) = history(folder.path());
        assert!(problems.is_empty(), "round {round}, {arguments:?}: {:?}", told(&problems));
        assert!(read.lines.len() >= lines, "round {round}: lines are gone");
        lines = read.lines.len();
        let strays: Vec<String> = files_below(folder.path()).into_iter().filter(|path| path.contains("mitoshi-")).collect();
        assert!(strays.is_empty(), "round {round}: {strays:?}");
    }
    println!("{rounds} steps killed: {settled} put in order by the next start, {lines} lines of history");
    assert!(lines > 2, "some steps must have come through: {lines}");
}
