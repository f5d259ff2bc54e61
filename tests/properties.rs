//! What holds for the reference plan whatever its files' order, company and scenario.
//!
//! The plan is read once through the store and projected in memory; results are compared as the bytes
//! of the JSON that `mitoshi project --format json` prints. Random inputs come from a generator with a
//! fixed seed: a failure repeats, and no run depends on luck.

use std::sync::OnceLock;

use mitoshi_core::diagnostic::{Language, RawFile};
use mitoshi_core::{Model, Request, load};
use mitoshi_report::project_json;
use mitoshi_store::read_pack;
use proptest::prelude::*;
use proptest::test_runner::RngSeed;
use serde_json::Value;

use crate::scenario_text::Draft;
use crate::support::repository;

/// A few cases each: one case projects the whole plan under every scenario.
fn few(cases: u32) -> ProptestConfig {
    ProptestConfig { cases, rng_seed: RngSeed::Fixed(20_240_601), failure_persistence: None, ..ProptestConfig::default() }
}

/// The reference plan's files.
fn plan() -> Vec<RawFile> {
    static FILES: OnceLock<Vec<RawFile>> = OnceLock::new();
    FILES.get_or_init(|| read_pack(&repository("")).expect("the reference plan is there")).clone()
}

fn model(files: Vec<RawFile>) -> Model {
    let loaded = load(files);
    loaded.model.unwrap_or_else(|| panic!("{:#?}", loaded.diagnostics))
}

/// The plan as it is, loaded once.
fn reference() -> &'static Model {
    static MODEL: OnceLock<Model> = OnceLock::new();
    MODEL.get_or_init(|| model(plan()))
}

fn json(model: &Model, scenario: &str, settings: &[String]) -> String {
    let request = Request { scenario: scenario.to_owned(), settings: settings.to_vec(), ..Request::default() };
    let projected = model.project(&request).unwrap_or_else(|problems| panic!("{scenario} {settings:?}: {problems:#?}"));
    project_json::render(&[projected.projection], &model.pack.sources, Language::Japanese)
}

fn all_json(model: &Model) -> String {
    model.pack.scenarios.keys().map(|name| json(model, name, &[])).collect()
}

/// The numbers of a projection: the bytes of its indicators, without what the scenario is called.
fn indicators(json: &str) -> Vec<(String, String)> {
    let value: Value = serde_json::from_str(json).expect("JSON");
    let indicators = value["indicators"].as_array().expect("an array").iter();
    indicators.map(|indicator| (indicator["id"].as_str().expect("an id").to_owned(), indicator.to_string())).collect()
}

fn numbers(model: &Model, scenario: &str, settings: &[String]) -> Vec<(String, String)> {
    indicators(&json(model, scenario, settings))
}

#[test]
fn repeated_runs_give_the_same_bytes() {
    let first = all_json(reference());
    assert_eq!(first, all_json(reference()), "two runs of one model");
    assert_eq!(first, all_json(&model(plan())), "two models of one plan");
}

/// An indicator that reads the plan, but that nothing of the plan reads.
fn stranger(number: u32, name: &str, reads: &str, factor: f64) -> [RawFile; 2] {
    let sheet = format!(
        "no = {number}\ntitle = \"t\"\nindicator = \"i\"\nunit = \"u\"\nkind = \"level\"\nbetter = \"lower\"\nachieve = \"progress_from\"\nrevise = \"keep\"\n\
         start = {{ R5 = 2.5 }}\n[targets]\nR8 = 3\n[assumptions.factor]\nvalue = {factor:?}\n"
    );
    let rule = format!("fn project(last, factor, {reads}, last_{reads}) {{ last * factor + ({reads} - last_{reads}) / 1000.0 }}\n");
    [RawFile::new(format!("rules/{name}.toml"), sheet), RawFile::new(format!("rules/{name}.rhai"), rule)]
}

proptest! {
    #![proptest_config(few(6))]

    #[test]
    fn the_order_of_the_files_changes_no_byte(files in Just(plan()).prop_shuffle()) {
        prop_assert_eq!(all_json(&model(files)), all_json(reference()));
    }

    #[test]
    fn unrelated_indicators_change_no_byte_of_the_others(
        names in prop::collection::btree_set("[a-z]{1,3}[0-9]", 1..6),
        factors in prop::collection::vec(-2.0..2.0_f64, 6),
        reads in prop::collection::vec(any::<prop::sample::Index>(), 6),
    ) {
        let ids: Vec<&str> = reference().pack.sheets.keys().map(String::as_str).collect();
        let mut files = plan();
        for (n, name) in names.iter().enumerate() {
            files.extend(stranger(100 + n as u32, name, ids[reads[n].index(ids.len())], factors[n]));
        }
        let together = model(files);
        for scenario in reference().pack.scenarios.keys() {
            let alone = numbers(reference(), scenario, &[]);
            let mut found = numbers(&together, scenario, &[]);
            prop_assert_eq!(found.len(), alone.len() + names.len());
            found.retain(|(id, _)| !names.contains(id));
            prop_assert_eq!(found, alone);
        }
    }
}

#[test]
fn a_scenario_that_says_nothing_equals_the_baseline() {
    let mut files = plan();
    files.push(RawFile::new("scenarios/silent.toml", "title = \"何も言わない\"\n"));
    files.push(RawFile::new("scenarios/child.toml", "title = \"子\"\nextends = [\"baseline\"]\n"));
    let model = model(files);
    let baseline = numbers(&model, "baseline", &[]);
    assert_eq!(numbers(&model, "silent", &[]), baseline);
    assert_eq!(numbers(&model, "child", &[]), baseline);
}

#[test]
fn every_override_of_every_scenario_changes_some_number() {
    let model = reference();
    let mut idle = Vec::new();
    for (name, scenario) in &model.pack.scenarios {
        let draft = Draft::of(scenario, &model.pack.plan);
        assert_eq!(name == "baseline", draft.overrides() == 0, "{name}: only the baseline overrides nothing");
        let whole = numbers(model, name, &[]);
        for without in 0..draft.overrides() {
            let (what, text) = draft.without(without);
            let mut files = plan();
            files.retain(|file| file.path != format!("scenarios/{name}.toml"));
            files.push(RawFile::new(format!("scenarios/{name}.toml"), text));
            if numbers(&self::model(files), name, &[]) == whole {
                idle.push(format!("{name}: {what}"));
            }
        }
    }
    assert!(idle.is_empty(), "overrides that change nothing: {idle:#?}");
}

#[test]
fn a_scenario_written_out_again_gives_the_same_bytes() {
    let model = reference();
    let mut files = plan();
    for (name, scenario) in &model.pack.scenarios {
        files.retain(|file| file.path != format!("scenarios/{name}.toml"));
        files.push(RawFile::new(format!("scenarios/{name}.toml"), Draft::of(scenario, &model.pack.plan).text()));
    }
    let again = self::model(files);
    for name in model.pack.scenarios.keys() {
        assert_eq!(numbers(&again, name, &[]), numbers(model, name, &[]), "{name}");
    }
}

#[test]
fn a_setting_equals_the_scenario_file_that_says_the_same() {
    let plan_of = &reference().pack.plan;
    let mut settings = Vec::new();
    for (id, sheet) in &reference().pack.sheets {
        for (name, assumption) in &sheet.assumptions {
            for (n, year) in plan_of.projected_years().enumerate() {
                let Some(value) = assumption.value.at(year) else { continue };
                let (moved, year) = (value.value * 1.25 + 0.125 + n as f64, plan_of.write(year));
                settings.push((
                    format!("[assumptions.{id}]\n\"{name}\" = {{ {year} = {moved:?} }}\n"),
                    format!("{id}.{name}@{year}={moved:?}"),
                ));
            }
        }
    }
    let mut files = plan();
    files.extend(settings.iter().enumerate().map(|(n, (text, _))| RawFile::new(format!("scenarios/s{n}.toml"), text.as_str())));
    let model = model(files);
    let baseline = numbers(&model, "baseline", &[]);
    let mut effective = 0;
    for (n, (_, setting)) in settings.iter().enumerate() {
        let from_file = numbers(&model, &format!("s{n}"), &[]);
        effective += usize::from(from_file != baseline);
        assert_eq!(numbers(&model, "baseline", std::slice::from_ref(setting)), from_file, "{setting}");
    }
    assert!(effective * 2 > settings.len(), "most settings move something, or this test sees nothing: {effective} of {}", settings.len());
}
