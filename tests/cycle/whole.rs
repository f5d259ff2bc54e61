//! The cycle of R6 on a copy of the reference plan, as docs/cycle.md tells it.
//!
//! The figures of R6 are invented for this test; only No.11's 4.5 % is the city's own, published since.

use mitoshi_core::year::Year;

use super::pack::{good, history, model, told};
use crate::forms::fill::Form;
use crate::support::{Folder, read, repository, run};

/// Indicator and figure, in the order of the plan: measure 1 to 16.
const FIGURES: [(&str, &str); 16] = [
    ("online_procedures", "352"),
    ("mynumber_cards", "44,100"),
    ("automation", "8"),
    ("paper_reduction", "１８１万枚削減"),
    ("window_outsourcing", "実施"),
    ("arrears", "412"),
    ("collection_rate", "25.1"),
    ("land_sales", "116.5"),
    ("furusato_donations", "150.2"),
    ("ordinary_balance_ratio", "90.9"),
    ("debt_service_ratio", "4.5"),
    ("window_savings", "1.2"),
    ("training_usefulness", "82.0"),
    ("annual_leave", "11.6"),
    ("paternity_leave", "66.7"),
    ("women_managers", "34.1"),
];

/// The departments fill in their forms and send them back under names of their own.
fn fill_in(folder: &Folder) {
    let mut sent: Vec<_> = std::fs::read_dir(folder.path().join("照会")).unwrap().map(|entry| entry.unwrap().path()).collect();
    sent.sort();
    for (at, path) in sent.iter().enumerate() {
        let mut form = Form::open(&std::fs::read(path).unwrap());
        if path.to_str().unwrap().contains("一覧") {
            continue;
        }
        for (no, (_, figure)) in (1..).zip(FIGURES) {
            let item = |part: u32| format!("R6_{no:02}_{part}");
            if form.names().iter().any(|(name, ..)| *name == format!("mitoshi_{}", item(1))) {
                form.answer(&item(1), figure);
                form.answer(&item(2), "確定");
                form.answer(&item(4), "所管課の集計");
            }
        }
        folder.write(&format!("回答/返信{at}.xlsx"), form.bytes());
    }
}

#[test]
fn the_cycle_of_a_year_runs_from_an_old_edition_to_a_published_new_one() {
    let folder = Folder::quick("cycle-whole");
    for part in ["rules", "scenarios"] {
        for file in crate::support::files_below(&repository(part)) {
            folder.write(&format!("{part}/{file}"), std::fs::read(repository(part).join(&file)).unwrap());
        }
    }
    good(&folder, &["edition", "open", "令和6年6月版", "--decided-by", "能美市", "--on", "2024-06-01"]);
    good(&folder, &["edition", "seal", "--decided-by", "能美市", "--on", "2024-06-01"]);
    good(&folder, &["publish", "-o", "公表2024", "-s", "baseline", "--on", "2024-07-01"]);
    good(&folder, &["request", "--year", "R6", "-o", "照会", "--on", "2025-04-10"]);
    fill_in(&folder);
    let tried = run(folder.path(), &["collect", "回答", "--dry-run"], &[]);
    assert!(tried.status.success() && !read(&folder.path().join("rules/arrears.toml")).contains("R6 = {"), "a trial writes nothing");
    good(&folder, &["collect", "回答", "--on", "2025-05-20"]);
    good(&folder, &["close", "R6", "--on", "2025-06-01"]);
    let pack = model(folder.path()).pack;
    assert_eq!(pack.plan.actuals_until, Year(2024));
    assert_eq!(pack.sheets["paper_reduction"].actuals[&Year(2024)].value, Some(181.0));
    assert_eq!(pack.sheets["mynumber_cards"].actuals[&Year(2024)].value, Some(44_100.0));
    good(&folder, &["review", "--year", "R6", "-o", "見直し案.csv"]);
    // 412 against 380 from 434: (434 − 412)/(434 − 380) = 0.41 < 0.5, so `slip` sets 380 again for R7.
    let table = read(&folder.path().join("見直し案.csv"));
    assert!(table.contains("arrears,未収債権額,百万円,R7,326,380,slip"), "{table}");
    let undecided = run(folder.path(), &["adopt", "見直し案.csv", "--decided-by", "推進本部", "--edition", "令和7年6月版"], &[]);
    assert_eq!(undecided.status.code(), Some(1));
    folder.write("見直し案.csv", table.replace(",,,,\r\n", ",採用,,,\r\n"));
    good(&folder, &["adopt", "見直し案.csv", "--decided-by", "推進本部", "--edition", "令和7年6月版", "--on", "2025-06-20"]);
    let adopted = model(folder.path()).pack;
    assert_eq!(adopted.plan.edition, "令和7年6月版");
    assert_eq!(adopted.sheets["arrears"].targets[&Year(2025)].value, Some(380.0));
    let target = |edition: &[&str]| {
        let arguments = [&["project", "baseline", "--format", "json"], edition].concat();
        let projected: serde_json::Value = serde_json::from_str(&good(&folder, &arguments)).unwrap();
        let arrears = projected["indicators"].as_array().unwrap().iter().find(|one| one["id"] == "arrears").unwrap();
        arrears["years"]["R7"]["target"].as_f64()
    };
    assert_eq!(target(&[]), Some(380.0));
    assert_eq!(target(&["--edition", "令和6年6月版"]), Some(326.0), "targets as they stood then");
    let looked: serde_json::Value = serde_json::from_str(&good(&folder, &["lookback", "--format", "json"])).unwrap();
    let debt = looked.as_array().unwrap().iter().find(|one| one["indicator"] == "debt_service_ratio").unwrap();
    assert_eq!((debt["actual"].as_f64(), debt["inside"].as_bool()), (Some(4.5), Some(true)));
    good(&folder, &["publish", "-o", "公表2025", "-s", "baseline", "--on", "2025-07-01"]);
    assert!(folder.path().join("公表2025/index.html").exists());
    let (read, problems) = history(folder.path());
    assert!(problems.is_empty() && read.editions().len() == 2, "{:?}", told(&problems));
}
