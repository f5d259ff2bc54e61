//! The reference plan as tables: with the years across and with a row for each year, one pack comes out.

use std::fmt::Write as _;

use mitoshi_core::pack::{Entry, Sheet};
use mitoshi_core::year::Year;

use crate::plan::model;
use crate::support::{Folder, files_below, read, run};

const YEARS: [(&str, i16); 5] = [("R4", 2022), ("R5", 2023), ("R6", 2024), ("R7", 2025), ("R8", 2026)];

/// As a town would type it: the plan's words where there are any.
fn words(entry: Option<&Entry>) -> String {
    let words = entry.and_then(|entry| entry.text.clone().or(entry.value.map(|value| value.to_string())));
    words.map_or(String::new(), |words| format!("\"{words}\""))
}

fn head(sheet: &Sheet) -> String {
    let baseline = sheet.baseline.as_ref().map_or(String::new(), |baseline| format!("(R{}) {}", baseline.year.0 - 2018, baseline.value));
    format!("{},{},\"{}\",{},{},{baseline}", sheet.no.value, sheet.title, sheet.indicator, sheet.unit, sheet.department)
}

fn goal(sheet: &Sheet) -> String {
    words(sheet.limit.as_ref().or(sheet.targets.values().next_back()))
}

fn cell(entries: &std::collections::BTreeMap<Year, Entry>, year: i16) -> String {
    words(entries.get(&Year(year)))
}

fn years_across(sheets: &[&Sheet]) -> String {
    let mut out = "能美市行政経営プログラム 実施計画\nNo.,取組項目,指標,単位,所管課,基準値,目標,,,,,実績,,目標値\n".to_owned();
    out += ",,,,,,R4,R5,R6,R7,R8,R4,R5,\n";
    for sheet in sheets {
        write!(out, "{}", head(sheet)).unwrap();
        YEARS.iter().for_each(|(_, year)| write!(out, ",{}", cell(&sheet.targets, *year)).unwrap());
        YEARS[..2].iter().for_each(|(_, year)| write!(out, ",{}", cell(&sheet.actuals, *year)).unwrap());
        writeln!(out, ",{}", goal(sheet)).unwrap();
    }
    out
}

fn row_per_year(sheets: &[&Sheet]) -> String {
    let mut out = "能美市行政経営プログラム 実施計画\nNo.,取組項目,指標,単位,所管課,基準値,年度,目標,実績,目標値\n".to_owned();
    for sheet in sheets {
        for (written, year) in YEARS {
            let actual = if year <= 2023 { cell(&sheet.actuals, year) } else { String::new() };
            writeln!(out, "{},{written},{},{actual},{}", head(sheet), cell(&sheet.targets, year), goal(sheet)).unwrap();
        }
    }
    out
}

#[test]
fn two_layouts_of_the_reference_plan_give_one_pack() {
    let known = model();
    let sheets: Vec<&Sheet> = known.pack.sheets.values().collect();
    let folder = Folder::new("two-layouts");
    folder.write("across.csv", years_across(&sheets));
    folder.write("long.csv", row_per_year(&sheets));
    for name in ["across", "long"] {
        let (table, map) = (format!("{name}.csv"), format!("{name}.toml"));
        let guessed = run(folder.path(), &["import", "--guess", &table], &[]);
        assert!(guessed.status.success(), "{}", String::from_utf8_lossy(&guessed.stderr));
        folder.write(&map, guessed.stdout);
        let made = run(folder.path(), &["import", &table, "--map", &map, "--accept", "-o", name], &[]);
        assert!(made.status.success(), "{}", String::from_utf8_lossy(&made.stderr));
        let projected = run(&folder.path().join(name), &["project"], &[]);
        assert!(projected.status.success(), "{}", String::from_utf8_lossy(&projected.stderr));
    }
    let (across, long) = (folder.path().join("across"), folder.path().join("long"));
    let names = files_below(&across);
    assert_eq!(names, files_below(&long));
    let facts = names.iter().filter(|name| name.starts_with("rules/") || name.starts_with("scenarios/"));
    let mut compared = 0;
    for name in facts {
        let (a, b) = (read(&across.join(name)), read(&long.join(name)));
        let first = a.lines().zip(b.lines()).find(|(a, b)| a != b);
        assert_eq!(first, None, "{name}");
        compared += 1;
    }
    // plan.toml, a library, a scenario, and a sheet and a rule for each of the 16.
    assert_eq!(compared, 35);
    let made = mitoshi_core::load(mitoshi_store::read_pack(&across).unwrap()).model.unwrap();
    for sheet in sheets {
        let new = made.pack.sheets.values().find(|new| new.no.value == sheet.no.value).unwrap();
        for (_, year) in YEARS {
            let value = |entry: Option<&Entry>| entry.and_then(|entry| entry.value);
            assert_eq!(value(new.targets.get(&Year(year))), value(sheet.targets.get(&Year(year))), "No.{} {year}", sheet.no.value);
            assert_eq!(value(new.actuals.get(&Year(year))), value(sheet.actuals.get(&Year(year))), "No.{} {year}", sheet.no.value);
        }
    }
}
