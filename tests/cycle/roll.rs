//! The end of a plan period: the next plan is one step of the history, what was promised can still be answered, and
//! the step can be taken back to the byte, whatever way the files are written and whenever it is killed.
//!
//! The figures of R6 to R8 are invented for these tests.

use std::collections::BTreeMap;
use std::fs;
use std::process::{Command, Stdio};
use std::time::Duration;

use mitoshi_core::history::Step;
use mitoshi_core::year::Year;
use mitoshi_store::settle;
use serde_json::Value;

use super::pack::{good, history, model, small, told};
use crate::columns::random::Random;
use crate::support::{Folder, PROGRAM, files_below, read, run};

/// Indicator and figures of R6, R7 and R8, in the order of the plan.
const FIGURES: [(&str, [&str; 3]); 16] = [
    ("online_procedures", ["352", "398", "441"]),
    ("mynumber_cards", ["44100", "45900", "47100"]),
    ("automation", ["8", "9", "10"]),
    ("paper_reduction", ["181", "220", "268"]),
    ("window_outsourcing", ["実施", "実施", "実施"]),
    ("arrears", ["412", "372", "338"]),
    ("collection_rate", ["25.1", "25.8", "26.9"]),
    ("land_sales", ["116.5", "131", "214.5"]),
    ("furusato_donations", ["150.2", "158.4", "162.3"]),
    ("ordinary_balance_ratio", ["90.9", "91", "91.2"]),
    ("debt_service_ratio", ["4.5", "4.7", "5.1"]),
    ("window_savings", ["1.2", "2.4", "3.4"]),
    ("training_usefulness", ["82", "82.5", "83"]),
    ("annual_leave", ["11.6", "11.9", "12.1"]),
    ("paternity_leave", ["66.7", "70", "75"]),
    ("women_managers", ["34.1", "34.5", "36.2"]),
];

/// The reference plan with every year recorded and closed.
fn closed_plan(name: &str) -> Folder {
    let folder = Folder::quick(name);
    folder.copy_plan();
    good(&folder, &["edition", "open", "令和6年6月版", "--decided-by", "能美市", "--on", "2024-06-01"]);
    good(&folder, &["edition", "seal", "--decided-by", "能美市", "--on", "2024-06-01"]);
    for (at, (year, day)) in [("R6", "2025-05-20"), ("R7", "2026-05-20"), ("R8", "2027-05-20")].into_iter().enumerate() {
        let rows: String = FIGURES.iter().map(|(id, figures)| format!("{id},{year},{},決算\n", figures[at])).collect();
        folder.write("in.csv", format!("指標,年度,実績,出典\n{rows}"));
        good(&folder, &["record", "--from", "in.csv", "--as-is", "--on", day]);
        good(&folder, &["close", year, "--on", day]);
    }
    folder
}

/// Every file of a pack but its history, byte by byte.
fn files(folder: &Folder) -> BTreeMap<String, Vec<u8>> {
    let paths = files_below(folder.path()).into_iter().filter(|path| path.starts_with("rules/") || path.starts_with("scenarios/"));
    let paths = paths.filter(|path| !path.ends_with("history.ndjson"));
    paths.map(|path| (path.clone(), fs::read(folder.path().join(path)).unwrap())).collect()
}

fn projected(folder: &Folder, arguments: &[&str]) -> Value {
    let mut value: Value = serde_json::from_str(&good(folder, &[&["project", "--format", "json"], arguments].concat())).unwrap();
    value.as_object_mut().unwrap().remove("edition");
    value
}

#[test]
fn the_next_plan_begins_where_the_last_one_ended() {
    let folder = closed_plan("cycle-roll");
    let promised = projected(&folder, &["baseline"]);
    let before = files(&folder);
    let tried = good(&folder, &["roll", "--to", "R13", "--dry-run", "--on", "2027-06-01", "--format", "json"]);
    assert_eq!(files(&folder), before, "a trial writes nothing");
    let title = "行政経営プログラム 2027 ▶ 2031";
    let done =
        good(&folder, &["roll", "--to", "R13", "--edition", "次期計画案", "--title", title, "--on", "2027-06-01", "--format", "json"]);
    let (tried, done): (Value, Value) = (serde_json::from_str(&tried).unwrap(), serde_json::from_str(&done).unwrap());
    assert_eq!(tried["indicators"], done["indicators"]);

    let pack = model(folder.path()).pack;
    assert_eq!((pack.plan.first, pack.plan.last, pack.plan.actuals_until), (Year(2027), Year(2031), Year(2026)));
    assert_eq!((pack.plan.title.as_str(), pack.plan.edition.as_str()), (title, "次期計画案"));
    let arrears = &pack.sheets["arrears"];
    assert_eq!((arrears.baseline.as_ref().unwrap().value, arrears.origin), (338.0, 338.0));
    assert_eq!(arrears.actuals[&Year(2021)].value, Some(434.0), "actuals stay, also those before the plan");
    assert_eq!(pack.sheets["paper_reduction"].baseline.as_ref().unwrap().value, 550.0, "the rule computes with it");
    assert_eq!(pack.sheets["debt_service_ratio"].origin, 11.0, "a limit as origin stays");
    assert_eq!(pack.sheets["paternity_leave"].origin, 0.0, "no origin is no origin");
    assert!(pack.sheets.values().all(|sheet| sheet.targets.is_empty() && sheet.goal.is_none()));
    assert_eq!(pack.sheets["arrears"].narrative.len(), 1, "what was done stays");

    let checked = run(folder.path(), &["check"], &[]);
    assert!(checked.status.success(), "{}", String::from_utf8_lossy(&checked.stderr));
    let now = projected(&folder, &["baseline"]);
    let outcomes = now["indicators"].as_array().unwrap().iter().flat_map(|one| one["years"].as_object().unwrap().values());
    assert!(outcomes.map(|cell| &cell["outcome"]).all(Value::is_number), "every year of the next plan is computed");

    let answered = projected(&folder, &["baseline", "--edition", "令和6年6月版"]);
    assert_eq!(answered, promised, "the closed period reads as it did before the step");
    let (read, problems) = history(folder.path());
    assert!(problems.is_empty(), "{:?}", told(&problems));
    assert_eq!(read.editions().len(), 2);
    assert!(good(&folder, &["edition", "show", "令和6年6月版"]).contains("326百万円"));

    folder.write("rules/arrears.toml", with_target(&folder));
    good(&folder, &["edition", "amend", "--reason", "目標の設定", "--decided-by", "本部", "--on", "2027-07-02"]);
    assert_eq!(run(folder.path(), &["roll", "--undo"], &[]).status.code(), Some(2), "what came after would be lost");
    let answered = projected(&folder, &["baseline", "--edition", "令和6年6月版"]);
    assert_eq!(answered, promised, "whatever the next plan says");
}

/// The sheet of No. 6 with a first target of the next plan.
fn with_target(folder: &Folder) -> String {
    let sheet = read(&folder.path().join("rules/arrears.toml"));
    let written = sheet.replacen("目標をここに書く\n", "目標をここに書く\nR13 = 250\n", 1);
    assert_ne!(sheet, written, "the header stays, with the remark");
    written
}

#[test]
fn the_step_is_taken_back_to_the_byte() {
    let folder = closed_plan("cycle-roll-undo");
    let before = files(&folder);
    good(&folder, &["roll", "--to", "R13", "--on", "2027-06-01"]);
    good(&folder, &["record", "arrears@R9", "330", "--source", "決算", "--on", "2028-05-20"]);
    assert_eq!(run(folder.path(), &["roll", "--undo"], &[]).status.code(), Some(2));
    good(&folder, &["record", "--undo", "--on", "2028-05-21"]);
    good(&folder, &["roll", "--undo", "--on", "2028-05-22"]);
    assert_eq!(files(&folder), before);
    let (read, problems) = history(folder.path());
    assert!(problems.is_empty(), "{:?}", told(&problems));
    let editions = read.editions();
    assert_eq!(editions.len(), 1, "an edition that was taken back never was in force");
    assert!(editions[0].sealed.is_some() && editions[0].origins.is_empty());
    good(&folder, &["roll", "--to", "R13", "--on", "2028-06-01"]);
    assert!(history(folder.path()).1.is_empty(), "it can be done again, under the same name");
}

/// The small pack, closed, with a scenario; its sheet of litter written in several ways.
fn closed_small(name: &str, sheet: &str) -> Folder {
    let folder = small(name);
    let write = |path: &str, old: &str, new: &str| {
        let text = read(&folder.path().join(path));
        folder.write(path, text.replacen(old, new, 1));
    };
    write("rules/plan.toml", "actuals_until = \"R5\"", "actuals_until = \"R8\"");
    write("rules/visitors.toml", "R5 = 41.2", "R5 = 41.2\nR8 = 48");
    write("rules/stall_fees.toml", "R5 = 247", "R5 = 247\nR8 = 305");
    folder.write("rules/litter.toml", sheet);
    folder.write(
        "scenarios/more.toml",
        "title = \"多い\"\r\nassumptions = { litter = { cleared = { R6 = 3.0, fixed = true } }, visitors = { growth = { R6 = 0.1 } } }\r\n",
    );
    folder
}

#[test]
fn files_written_in_any_way_go_forward_and_back() {
    let sheet = read(&crate::support::small_pack().join("rules/litter.toml")).replace("R5 = 27", "R5 = 27\nR8 = 22");
    let tables = sheet
        .replace("baseline = { year = \"R3\", value = 30 }\n", "")
        .replace("[actuals]", "[baseline]\nyear = \"令和3年度\"\nvalue = 30\n\n[process]\nR4 = \"検討\"\n\n[actuals]")
        .replace("value = { R6 = 2.0, R7 = 2.0, R8 = 3.0 }", "value.R6 = 2.0\nvalue.2025 = 2.0\nvalue.\"令和8年度\" = 3.0");
    let inline = sheet
        .replace("[targets]\nR4 = 28\nR5 = 26\nR6 = 24\nR7 = 22\nR8 = 20\n", "")
        .replace("achieve =", "targets = { R4 = 28, R8 = 20 } # 一行で\nachieve =");
    for form in [sheet.clone(), sheet.replace('\n', "\r\n"), format!("\u{FEFF}{sheet}"), tables, inline] {
        let folder = closed_small("cycle-roll-forms", &form);
        let before = files(&folder);
        good(&folder, &["roll", "--to", "R10", "--on", "2027-06-01"]);
        let pack = model(folder.path()).pack;
        let litter = &pack.sheets["litter"];
        assert_eq!((litter.baseline.as_ref().unwrap().value, litter.origin, litter.targets.len()), (22.0, 22.0, 0), "{form}");
        assert_eq!(litter.assumptions["cleared"].value.at(Year(2028)).unwrap().value, 3.0);
        let scenario = read(&folder.path().join("scenarios/more.toml"));
        assert!(
            scenario.contains("fixed = true") && scenario.contains("R6 = 3") && scenario.lines().next().unwrap().starts_with("title"),
            "{scenario}"
        );
        assert!(history(folder.path()).1.is_empty());
        good(&folder, &["roll", "--undo", "--on", "2027-06-02"]);
        assert_eq!(files(&folder), before, "{form}");
    }
}

#[test]
fn two_plans_later_the_first_one_still_reads_as_it_did() {
    let sheet = read(&crate::support::small_pack().join("rules/litter.toml")).replace("R5 = 27", "R5 = 27\nR8 = 22");
    let folder = closed_small("cycle-roll-twice", &sheet);
    let first = projected(&folder, &["baseline"]);
    good(&folder, &["roll", "--to", "R10", "--on", "2027-06-01"]);
    let sheet = read(&folder.path().join("rules/litter.toml"));
    folder.write("rules/litter.toml", sheet.replacen("ここに書く\n", "ここに書く\nR9 = 20\nR10 = 16\n", 1));
    let refused = run(folder.path(), &["roll", "--to", "R12"], &[]);
    assert!(String::from_utf8_lossy(&refused.stderr).contains("M944"), "the sheets are not what the history says");
    good(&folder, &["edition", "amend", "--reason", "目標の設定", "--decided-by", "本部", "--on", "2027-07-01"]);
    for (year, day, litter) in [("R9", "2028-05-20", "20.5"), ("R10", "2029-05-20", "17")] {
        for (id, figure) in [("visitors", "49"), ("stall_fees", "310"), ("litter", litter)] {
            good(&folder, &["record", &format!("{id}@{year}"), figure, "--source", "集計", "--on", day]);
        }
        good(&folder, &["close", year, "--on", day]);
    }
    let second = projected(&folder, &["baseline"]);
    good(&folder, &["roll", "--to", "R12", "--on", "2029-06-01"]);
    assert_eq!(projected(&folder, &["baseline", "--edition", "令和6年度版"]), first);
    assert_eq!(projected(&folder, &["baseline", "--edition", "R9-R10"]), second);
    let litter = &second["indicators"][2]["years"]["R10"]["achievement"];
    assert_eq!(litter.as_f64(), Some((17.0 - 22.0) / (16.0 - 22.0)), "from the actual of R8");
}

#[test]
fn a_killed_step_is_done_or_not_begun() {
    let sheet = read(&crate::support::small_pack().join("rules/litter.toml")).replace("R5 = 27", "R5 = 27\nR8 = 22");
    let folder = closed_small("cycle-roll-killed", &sheet);
    let before = files(&folder);
    good(&folder, &["roll", "--to", "R10", "--on", "2027-06-01"]);
    let after = files(&folder);
    good(&folder, &["roll", "--undo", "--on", "2027-06-01"]);
    let mut random = Random::new(950);
    for round in 0..20 {
        let is_rolled = history(folder.path()).0.entries().next_back().is_some_and(|entry| entry.done.step == Step::Roll);
        let arguments: &[&str] = if is_rolled { &["roll", "--undo"] } else { &["roll", "--to", "R10"] };
        let mut command = Command::new(PROGRAM);
        command.args(arguments).args(["--on", "2027-06-01"]).current_dir(folder.path());
        let mut child = command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
        std::thread::sleep(Duration::from_micros(random.below(80_000) as u64));
        let _ = child.kill();
        child.wait().unwrap();
        settle(folder.path()).unwrap_or_else(|fault| panic!("round {round}: {fault}"));
        let now = files(&folder);
        assert!(now == before || now == after, "round {round}: a mixture");
        let (_, problems) = history(folder.path());
        assert!(problems.is_empty(), "round {round}: {:?}", told(&problems));
    }
}
