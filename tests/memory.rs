//! Simulations that build upon earlier ones: whatever was asked before, the answer is that of a fresh run, to the bit.

use mitoshi_core::analysis::Parts;
use mitoshi_core::analysis::simulate::{self, Memory, Room, Settings};
use mitoshi_core::analysis::watch::Watch;
use mitoshi_core::{Model, Request};
use mitoshi_report::reports;

use crate::plan;
use crate::simulate::pack;

/// All figures of a run, written out in full.
fn figures(model: &Model, request: &Request, memory: Option<&Memory>, settings: &Settings) -> String {
    let projection = model.project(request).unwrap().projection;
    let run = |parts: Parts<'_>| match memory {
        Some(memory) => memory.simulate(parts, projection.clone(), &()),
        None => simulate::simulate(vec![(parts, projection.clone())], settings, &(), &mut |_| {}),
    };
    format!("{:?}", model.with_parts(request, run).unwrap())
}

fn same(model: &Model, memory: &Memory, settings: &Settings, scenario: &str, changes: &[String]) {
    let request = Request { scenario: scenario.to_owned(), settings: changes.to_vec(), ..Request::default() };
    let (found, fresh) = (figures(model, &request, Some(memory), settings), figures(model, &request, None, settings));
    if let Some(at) = found.bytes().zip(fresh.bytes()).position(|(own, other)| own != other) {
        let part = |text: &str| text[at.saturating_sub(300)..].chars().take(400).collect::<String>();
        panic!("{scenario} {changes:?}\nwith a memory: {}\nfresh: {}", part(&found), part(&fresh));
    }
    assert_eq!(found.len(), fresh.len(), "{scenario} {changes:?}");
}

fn settings(draws: u64) -> Settings {
    Settings { draws, ..reports::settings() }
}

#[test]
fn every_scenario_after_every_other_one() {
    let (model, settings) = (plan::model(), settings(700));
    let memory = Memory::new(settings.clone());
    let mut scenarios = model.scenarios();
    for scenario in scenarios.clone() {
        same(&model, &memory, &settings, scenario, &[]);
    }
    scenarios.reverse();
    for scenario in scenarios {
        same(&model, &memory, &settings, scenario, &[]);
    }
}

/// A walk over everything that can be set: assumptions, pins, targets; some steps go back to where one was.
#[test]
fn sliders_that_move_one_after_the_other() {
    let (model, settings) = (plan::model(), settings(400));
    let memory = Memory::new(settings.clone());
    let sliders = [
        "window_outsourcing.scope@R7",
        "window_outsourcing.scope",
        "online_procedures.rate",
        "arrears.writeoff@R8",
        "arrears.writeoff",
        "ordinary_balance_ratio@R7",
        "window_savings@R6",
        "arrears@R7",
        "window_savings.target@R8",
        "arrears.target@R7",
    ];
    let mut changes: Vec<String> = Vec::new();
    for step in 0..60_usize {
        let slider = sliders[step * 7 % sliders.len()];
        changes.retain(|change| change.split_once('=').is_some_and(|(name, _)| name.split('@').next() != slider.split('@').next()));
        if step % 5 != 4 {
            let value = 0.2 + (step * 13 % 11) as f64 / 10.0;
            changes.push(format!("{slider}={value}"));
        }
        let scenario = ["baseline", "outsourcing_expanded", "hiring_freeze"][step / 23];
        same(&model, &memory, &settings, scenario, &changes);
    }
}

#[test]
fn draws_that_fail_or_are_walked_are_not_built_upon() {
    let mut files = plan::files();
    // Most draws are beyond any number of a plan.
    plan::replace_table(
        &mut files,
        "rules/window_outsourcing.toml",
        "assumptions.scope",
        "value = 1.0\nunit = \"倍\"\nbasis = \"t\"\nevidence = \"assumption\"\nspread = { normal = [0.0, 1e18] }",
    );
    let (model, settings) = (plan::load(files), settings(500));
    let memory = Memory::new(settings.clone());
    for value in ["1.0", "2.0", "1.0", "1e17"] {
        same(&model, &memory, &settings, "baseline", &[format!("window_outsourcing.scope@R7={value}")]);
    }
}

#[test]
fn draws_that_fail_are_counted_again() {
    let rule = "fn project(a) {\n    1.0 / max(0.0, a)\n}\n\nfn achieve(value, target) {\n    value / target\n}\n";
    let (model, settings) = (plan::load(pack("spread = { uniform = [-1.0, 3.0] }", rule)), settings(500));
    let memory = Memory::new(settings.clone());
    for value in ["0.5", "2.5", "0.5", "0.75", "2.5"] {
        same(&model, &memory, &settings, "baseline", &[format!("x.a={value}")]);
    }
}

/// Stops after so many looks.
struct Soon(std::sync::atomic::AtomicU64);

impl Watch for Soon {
    fn stop(&self) -> bool {
        self.0.fetch_add(1, std::sync::atomic::Ordering::Relaxed) > 3
    }
}

#[test]
fn what_was_stopped_is_not_remembered() {
    let (model, settings) = (plan::model(), settings(20_000));
    let memory = Memory::new(settings.clone());
    let request = Request { scenario: "baseline".to_owned(), ..Request::default() };
    let projection = model.project(&request).unwrap().projection;
    let stopped = model.with_parts(&request, |parts| memory.simulate(parts, projection.clone(), &Soon(0.into()))).unwrap();
    assert!(stopped.draws < settings.draws);
    same(&model, &memory, &settings, "baseline", &[]);
}

/// More different cells and nodes than are kept: what was forgotten is computed again.
#[test]
fn a_memory_that_is_full_forgets_and_goes_on() {
    let (model, settings) = (plan::model(), settings(64));
    for room in [Room { cells: 60, nodes: 65_536 }, Room { cells: 1_024, nodes: 1_000 }, Room { cells: 0, nodes: 0 }] {
        let memory = Memory::new(settings.clone()).with_room(room);
        for step in [1, 2, 3, 1, 4, 2] {
            same(&model, &memory, &settings, "baseline", &[format!("online_procedures.rate={}", f64::from(step) / 20.0)]);
        }
    }
}
