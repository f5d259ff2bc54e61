//! Writers are killed at random moments; whatever they were doing, the pack is then old or new.
//!
//! A child writes one step after the other: the same number into three files, and a fourth file that is
//! there for every second number. After the kill (SIGKILL: nothing of it runs any more) every file is
//! whole as it stands, the next start brings all four to one number, that number is the last one that the
//! child said it had committed or the one after it, and nothing of the interrupted step lies about.
//! `cargo xtask crash --rounds N` goes on for as long as asked.

use std::fs;
use std::io::{BufRead, BufReader};
use std::path::Path;
use std::time::Duration;

use mitoshi_store::{Recovered, Toml, Value, settle};

use super::child;
use crate::columns::random::Random;
use crate::support::{Folder, files_below};

/// The files that a step changes together.
pub const FILES: [&str; 3] = ["rules/a.toml", "rules/b.toml", "scenarios/c.toml"];
const ODD: &str = "scenarios/odd/odd.toml";

/// The number in the first file.
pub fn number(root: &Path) -> Option<u32> {
    read(root, FILES[0])
}

fn read(root: &Path, path: &str) -> Option<u32> {
    let text = fs::read_to_string(root.join(path)).unwrap();
    assert!(text.starts_with("# 頭\n") && text.ends_with("# 尾\n"), "{path} is torn: {text:?}");
    match Toml::parse(path, &text).unwrap().get(["actuals", "R6"]) {
        Some(Value::Number(number)) => Some(*number as u32),
        _ => None,
    }
}

#[test]
fn killed_writers_leave_old_or_new_and_never_a_mixture() {
    let asked = std::env::var("MITOSHI_CRASH_ROUNDS").ok().and_then(|rounds| rounds.parse().ok());
    let (rounds, mut undone, mut finished) = (asked.unwrap_or(50), 0, 0);
    let folder = Folder::new("store-crash");
    let padding = "# 長い備考\n".repeat(500);
    FILES.iter().for_each(|path| folder.write(path, format!("# 頭\n[actuals]\nR6 = 0\n{padding}# 尾\n")));
    let mut random = Random::new(asked.unwrap_or(50) as u64);
    for round in 0..rounds {
        // Every third waits for the disk, as people's do; the others meet the kill at all the other calls.
        let last = kill_one(folder.path(), if round % 3 == 0 { "waiting" } else { "hurrying" }, &mut random);
        FILES.iter().for_each(|path| assert!(read(folder.path(), path).is_some(), "round {round}: {path}"));
        match settle(folder.path()).unwrap_or_else(|fault| panic!("round {round}: {fault}")) {
            Some(Recovered::Undone(_)) => undone += 1,
            Some(Recovered::Finished(_)) => finished += 1,
            None => {}
        }
        let numbers: Vec<u32> = FILES.iter().filter_map(|path| read(folder.path(), path)).collect();
        assert!(numbers.len() == 3 && numbers.iter().all(|number| *number == numbers[0]), "round {round}: a mixture: {numbers:?}");
        assert!(last.is_none_or(|last| numbers[0] == last || numbers[0] == last + 1), "round {round}: {last:?}, then {numbers:?}");
        let odd = folder.path().join(ODD).exists();
        assert_eq!(odd, numbers[0] % 2 == 1, "round {round}: the fourth file and {numbers:?}");
        let mut expected: Vec<&str> = [".mitoshi/lock"].into_iter().chain(FILES).chain(odd.then_some(ODD)).collect();
        expected.sort_unstable();
        assert_eq!(files_below(folder.path()), expected, "round {round}");
    }
    println!("{rounds} writers killed: {undone} steps undone, {finished} tidied up, the last number {:?}", number(folder.path()));
    assert!(number(folder.path()) > Some(rounds as u32) && (rounds < 50 || undone > 5), "{undone} undone, {finished} finished");
}

/// Starts a writer, kills it after its first commit and a random time, and says what it last committed.
fn kill_one(root: &Path, how: &str, random: &mut Random) -> Option<u32> {
    let mut child = child::start(root, &format!("write {how}"));
    let mut lines = BufReader::new(child.stdout.take().unwrap()).lines();
    let committed = |line: String| line.split_once("committed ").and_then(|(_, number)| number.parse::<u32>().ok());
    let mut last = lines.by_ref().map_while(Result::ok).find_map(committed);
    std::thread::sleep(Duration::from_micros(random.below(12_000) as u64));
    child.kill().unwrap();
    child.wait().unwrap();
    for line in lines.map_while(Result::ok) {
        last = committed(line).or(last);
    }
    last
}
