//! Long runs that are stopped, and files that cannot be written: what was done is told, nothing half-written is left.
//!
//! The program is stopped as soon as its unfinished file is there, so nothing depends on how fast it is.

use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use crate::support::{Folder, PROGRAM, files_below, read, run, small_pack};

/// How long anything may take on a machine that is busy otherwise.
const PATIENCE: Duration = Duration::from_secs(60);

fn pack(name: &str) -> Folder {
    let folder = Folder::new(name);
    folder.copy(&small_pack());
    let sheet = read(&folder.path().join("rules/visitors.toml"));
    folder.write("rules/visitors.toml", sheet + "spread = { normal = [0.0, 0.04] }\n");
    folder
}

fn unfinished(folder: &Path) -> Vec<String> {
    files_below(folder).into_iter().filter(|path| path.ends_with(".part")).collect()
}

/// Starts a run that would take hours, and waits until it has begun to write.
fn long_run(folder: &Path) -> Child {
    let arguments = ["simulate", "--draws", "1000000000", "--keep", "draws.csv", "--keep-quantity", "visitors@R8"];
    let mut command = Command::new(PROGRAM);
    let child = command.args(arguments).current_dir(folder).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    let begun = Instant::now();
    let writes = || unfinished(folder).iter().any(|path| folder.join(path).metadata().is_ok_and(|data| data.len() > 10_000));
    while !writes() {
        assert!(begun.elapsed() < PATIENCE, "the run does not begin");
        std::thread::sleep(Duration::from_millis(20));
    }
    child
}

#[test]
#[cfg(unix)]
fn a_run_that_is_stopped_tells_what_was_done_and_keeps_it_whole() {
    for signal in ["-INT", "-TERM"] {
        let folder = pack(&format!("interrupt{signal}"));
        let child = long_run(folder.path());
        assert!(Command::new("kill").args([signal, &child.id().to_string()]).status().unwrap().success());
        let told = child.wait_with_output().unwrap();
        assert_eq!(told.status.code(), Some(1));
        let (data, said) = (String::from_utf8(told.stdout).unwrap(), String::from_utf8(told.stderr).unwrap());
        assert!(data.contains("途中で止めた結果") && said.contains("中断しました。1,000,000,000回のうち") && said.contains("draws.csv"));
        let draws = read(&folder.path().join("draws.csv"));
        let rows: Vec<&str> = draws.lines().collect();
        assert_eq!(rows[0], "scenario,draw,visitors@R8");
        // Each thread stops where it is, so that a few numbers may be left out.
        let number = |row: &&str| row.strip_prefix("baseline,").unwrap().split(',').next().unwrap().parse::<u64>().unwrap();
        let numbers: Vec<u64> = rows[1..].iter().map(number).collect();
        assert!(draws.ends_with("\r\n") && numbers.is_sorted_by(|a, b| a < b));
        let separated = |count: usize| mitoshi_report::number::separate(&count.to_string());
        assert!(said.contains(&format!("のうち{}回", separated(rows.len() - 1))), "{said}");
        assert_eq!(unfinished(folder.path()), Vec::<String>::new());
    }
}

#[test]
fn a_file_that_cannot_be_put_in_its_place_leaves_nothing_behind() {
    let folder = pack("keep");
    folder.write("draws.csv/occupied", "");
    for (path, forced, code) in [("draws.csv", true, 1), ("draws.csv", false, 1), ("nowhere/draws.csv", false, 1)] {
        let arguments = ["simulate", "--draws", "100", "--keep", path, "--force"];
        let told = run(folder.path(), &arguments[..5 + usize::from(forced)], &[]);
        assert_eq!((told.status.code(), told.stdout.len()), (Some(code), 0), "{path}");
        assert!(String::from_utf8(told.stderr).unwrap().contains(path));
        assert_eq!(unfinished(folder.path()), Vec::<String>::new());
    }
    assert!(files_below(folder.path()).contains(&"draws.csv/occupied".to_owned()));
}
