//! What a sharp-eyed official finds in the reference plan, and nothing in plans that give no reason to ask.
//!
//! The oddities o2 … o20 are those that a close reading of the printed plan listed; each must be found, by its code,
//! in its sheet. `docs/check.md` tells every code.

use std::collections::BTreeSet;

use mitoshi_core::analysis::lint::ALL;
use mitoshi_core::diagnostic::{Code, Severity};
use serde_json::Value;

use crate::plan::{files, load, model};
use crate::support::{Folder, read, repository, run, small_pack};

/// What must be found: the oddity, its code, its sheet.
const ODDITIES: [(&str, &str, &str); 17] = [
    ("o2: R6 repeats R5", "M901", "arrears"),
    ("o2: so R7 must fall by twice the planned step", "M903", "arrears"),
    ("o3: revised downwards", "M902", "collection_rate"),
    ("o3: the goal lies below the baseline", "M906", "collection_rate"),
    ("o5: years without a target", "M905", "window_savings"),
    ("o5: no row of actuals", "M912", "window_savings"),
    ("o10: the limit is looser than R8's own target", "M909", "ordinary_balance_ratio"),
    ("o11: two ceilings", "M909", "debt_service_ratio"),
    ("o11: a ceiling far above the actual", "M908", "debt_service_ratio"),
    ("o12: called a rate, counted in days", "M913", "annual_leave"),
    ("o13: from 23 to 85 %", "M903", "paternity_leave"),
    ("o14: no baseline", "M907", "training_usefulness"),
    ("a baseline of zero", "M907", "paternity_leave"),
    ("o15: one person is two points", "M911", "women_managers"),
    ("o15 too: one person is ten points", "M911", "paternity_leave"),
    ("o20: the same act as service and as saving", "M914", "window_savings"),
    ("95.7 of 222 in the last year", "M904", "land_sales"),
];

fn codes() -> impl Iterator<Item = Code> {
    Code::ALL.iter().copied().filter(|code| code.severity() == Severity::Finding)
}

#[test]
fn every_oddity_of_the_reference_plan_is_found() {
    let model = model();
    let found = model.findings();
    assert!(found.warnings.is_empty());
    let id = |n: Option<usize>| n.map(|n| model.pack.sheets[n].id.as_str());
    for (oddity, code, sheet) in ODDITIES {
        let is_it =
            |finding: &&mitoshi_core::analysis::lint::Finding| finding.diagnostic.code.id() == code && id(finding.indicator) == Some(sheet);
        assert_eq!(found.findings.iter().filter(is_it).count(), 1, "{oddity}: {code} in {sheet}");
    }
    let last_year = found.findings.iter().find(|finding| finding.diagnostic.code == Code::LateBurden).unwrap();
    assert!(["95.7", "222", "43%", "80.0"].iter().all(|figure| last_year.diagnostic.message.en.contains(figure)));
}

#[test]
fn findings_stand_in_the_plan_s_order_and_then_in_that_of_the_codes() {
    let order: Vec<_> = model().findings().findings.iter().map(|finding| (finding.indicator, finding.diagnostic.code)).collect();
    assert!(order.len() > 15 && order.is_sorted_by(|a, b| a < b), "{order:?}");
    let mut turned = files();
    turned.reverse();
    assert_eq!(load(turned).findings(), model().findings());
}

#[test]
fn every_code_is_looked_for_and_told_in_the_document() {
    assert!(ALL.iter().map(|lint| lint.code).is_sorted());
    assert_eq!(ALL.iter().map(|lint| lint.code).collect::<BTreeSet<_>>(), codes().collect());
    let document = read(&repository("docs/check.md"));
    let told: Vec<&str> = document.lines().filter_map(|line| line.strip_prefix("| `M9")?.get(..2)).collect();
    assert_eq!(told, codes().map(|code| &code.id()[2..]).collect::<Vec<_>>());
    for lint in ALL {
        let (code, title) = (lint.code.id(), lint.title());
        let row = document.lines().find(|line| line.starts_with(&format!("| `{code}` |"))).unwrap();
        assert!(row.contains(&title.ja) && row.contains(&title.en), "docs/check.md does not call {code} {title:?}");
    }
}

#[test]
fn plans_that_give_no_reason_to_ask_have_no_findings() {
    let place = Folder::new("findings");
    for language in ["ja", "en"] {
        assert!(run(place.path(), &["--lang", language, "new", "pack", language], &[]).status.success());
    }
    for pack in [small_pack(), place.path().join("ja"), place.path().join("en")] {
        let printed = run(&pack, &["check", "--format", "json"], &[]);
        let checked: Value = serde_json::from_slice(&printed.stdout).unwrap();
        assert_eq!((&checked["findings"], &checked["warnings"]), (&Value::Array(Vec::new()), &Value::from(0)), "{}", pack.display());
    }
}
