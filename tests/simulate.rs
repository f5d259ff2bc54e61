//! Simulations with known answers: distributions, threads, order of files, draws without a number.
//!
//! In: small packs written here. A mean or share may lie at most [`SIGMAS`] standard errors from the truth
//! (the seed is fixed, so the test is not a matter of luck); a quantile as far as a share of the same draws.

use mitoshi_core::analysis::Ensemble;
use mitoshi_core::analysis::simulate::{CellDraws, KeptDraws, Settings, Simulation, kept, simulate};
use mitoshi_core::columns::Wanted;
use mitoshi_core::diagnostic::{Code, Language, RawFile};
use mitoshi_core::{Model, Request};
use mitoshi_report::{simulation, simulation_json};

use crate::plan;

/// Standard errors that a figure may be off.
const SIGMAS: f64 = 4.0;

const PLAN: &str = r#"title = "t"
years = ["R5", "R7"]
actuals_until = "R5"

[[grade]]
key = "A"
from = 1.0
mark = "◎"
word = "達成"

[[grade]]
key = "B"
mark = "×"
word = "未達成"
"#;

fn text_file(path: &str, text: &str) -> RawFile {
    RawFile { path: path.to_owned(), content: mitoshi_core::diagnostic::Content::Bytes(text.as_bytes().to_vec()) }
}

/// A pack of one indicator `x` that is its assumption `a`, with the target 1.
pub fn pack(spread: &str, rule: &str) -> Vec<RawFile> {
    let sheet = format!(
        "no = 1\ntitle = \"t\"\nindicator = \"x\"\nunit = \"件\"\nkind = \"level\"\nbetter = \"higher\"\ndecimals = 1\n\n\
         [targets]\nR5 = 1.0\nR6 = 1.0\nR7 = 1.0\n\n[actuals]\nR5 = 0.5\n\n[assumptions.a]\nvalue = 0.0\nunit = \"件\"\nbasis = \"t\"\n{spread}\n"
    );
    let scenario = "title = \"t\"\n";
    vec![
        text_file("rules/plan.toml", PLAN),
        text_file("rules/x.toml", &sheet),
        text_file("rules/x.rhai", rule),
        text_file("scenarios/baseline.toml", scenario),
        text_file("scenarios/higher.toml", "title = \"h\"\n[assumptions.x]\na = 0.25\n"),
    ]
}

const IDENTITY: &str = "fn project(a) {\n    a\n}\n\nfn achieve(value, target) {\n    value / target\n}\n";

fn run(model: &Model, scenarios: &[&str], settings: &Settings) -> Simulation {
    let requests: Vec<Request> = scenarios.iter().map(|name| Request { scenario: (*name).to_owned(), ..Request::default() }).collect();
    let projections: Vec<_> = requests.iter().map(|request| model.project(request).unwrap().projection).collect();
    let run = |parts: Vec<mitoshi_core::analysis::Parts<'_>>| {
        simulate(parts.into_iter().zip(projections.iter().cloned()).collect(), settings, &(), &mut |_| {})
    };
    model.with_all_parts(&requests, &mut { run }).unwrap()
}

fn one(spread: &str, rule: &str, settings: &Settings) -> CellDraws {
    let model = plan::load(pack(spread, rule));
    run(&model, &["baseline"], settings).scenarios[0].cells[0].clone()
}

/// Mean, deviation and the probability of reaching 1; then a quantile and its share.
fn check(spread: &str, mean: f64, deviation: f64, reach: f64, quantiles: [(f64, f64); 2], density: [f64; 2]) {
    for draws in [10_000, 120_000] {
        let settings = Settings { draws, shares: quantiles.iter().map(|(share, _)| *share).collect(), ..Settings::default() };
        let cell = one(spread, IDENTITY, &settings);
        let root = (draws as f64).sqrt();
        assert!((cell.outcome.mean - mean).abs() < SIGMAS * deviation / root, "{spread}: mean {}", cell.outcome.mean);
        assert!((cell.outcome.deviation().unwrap() / deviation - 1.0).abs() < 2.0 * SIGMAS / root, "{spread}: {:?}", cell.outcome);
        let met = cell.met.unwrap();
        assert!((met.share() - reach).abs() <= SIGMAS * (reach * (1.0 - reach)).sqrt() / root, "{spread}: met {}", met.share());
        for ((found, (share, truth)), density) in cell.quantiles.iter().zip(quantiles).zip(density) {
            let error = SIGMAS * (share * (1.0 - share)).sqrt() / root / density + found.error;
            assert!((found.value.unwrap() - truth).abs() <= error, "{spread}: {share} → {found:?}, not {truth}");
            assert_eq!(found.error > 0.0, draws > 100_000, "{spread}: {found:?}");
        }
    }
}

#[test]
fn a_normal_outcome_has_its_known_figures() {
    let quantiles = [(0.1, 0.5 - 2.0 * 1.281_551_565_544_6), (0.5, 0.5)];
    check("spread = { normal = [0.5, 2.0] }", 0.5, 2.0, 0.401_293_674_317_076_1, quantiles, [0.0877, 0.199]);
}

#[test]
fn a_uniform_outcome_has_its_known_figures() {
    check("spread = { uniform = [0.0, 4.0] }", 2.0, 4.0 / 12f64.sqrt(), 0.75, [(0.1, 0.4), (0.9, 3.6)], [0.25, 0.25]);
}

#[test]
fn a_triangular_outcome_has_its_known_figures() {
    let quantiles = [(0.125, 0.5), (0.5, 1.0)];
    check("spread = { triangular = [0.0, 1.0, 2.0] }", 1.0, 1.0 / 6f64.sqrt(), 0.5, quantiles, [0.5, 1.0]);
}

#[test]
fn a_discrete_outcome_has_its_known_figures() {
    let settings = Settings { shares: vec![0.0, 0.25, 0.9, 1.0], ..Settings::default() };
    let cell = one("spread = { discrete = [[0.0, 0.3], [1.0, 0.5], [3.0, 0.2]] }", IDENTITY, &settings);
    assert!((cell.outcome.mean - 1.1).abs() < SIGMAS * 1.09_f64.sqrt() / 100.0);
    assert!((cell.met.unwrap().share() - 0.7).abs() < SIGMAS * 0.21_f64.sqrt() / 100.0);
    let found: Vec<f64> = cell.quantiles.iter().map(|quantile| quantile.value.unwrap()).collect();
    assert_eq!(found, [0.0, 0.0, 3.0, 3.0]);
}

#[test]
fn quantiles_are_those_of_the_sorted_draws() {
    let model = plan::load(pack("spread = { normal = [0.0, 1.0] }", IDENTITY));
    let keep = kept(&model.pack, model.pack.plan.actuals_until, &["x@R6".to_owned()]).unwrap();
    let settings = Settings { draws: 5_000, shares: vec![0.05, 0.333, 0.5, 0.99], keep, ..Settings::default() };
    let request = Request { scenario: "baseline".to_owned(), ..Request::default() };
    let projection = model.project(&request).unwrap().projection;
    let mut all: Vec<f64> = Vec::new();
    let mut see = |draws: &KeptDraws<'_>| {
        assert_eq!(draws.first as usize, all.len());
        all.extend(draws.values[0][0].iter().map(|lane| match lane {
            mitoshi_core::analysis::Lane::Number(number) => *number,
            other => panic!("{other:?}"),
        }));
    };
    let found = model.with_parts(&request, |parts| simulate(vec![(parts, projection)], &settings, &(), &mut see)).unwrap();
    assert_eq!(all.len(), 5_000);
    all.sort_by(f64::total_cmp);
    for (share, quantile) in settings.shares.iter().zip(&found.scenarios[0].cells[0].quantiles) {
        let at = share * 4_999.0;
        let (low, high) = (all[at.floor() as usize], all[at.ceil() as usize]);
        let expected = low + (high - low) * (at - at.floor());
        assert!((quantile.value.unwrap() - expected).abs() < 1e-12, "{share}: {quantile:?}, not {expected}");
    }
}

#[test]
fn threads_and_the_order_of_files_change_nothing() {
    let print = |files: Vec<RawFile>, threads: usize, draws: u64| {
        let model = plan::load(files);
        let settings = Settings { draws, threads, ..Settings::default() };
        let found = run(&model, &["baseline", "outsourcing_expanded"], &settings);
        simulation_json::render(&found, &[], &model.pack.sources, Language::Japanese)
            + simulation::document(&found, Language::English).print(mitoshi_report::document::Format::Table, false).as_str()
    };
    let expected = print(plan::files(), 1, 9_000);
    for threads in [2, 5] {
        assert!(print(plan::files(), threads, 9_000) == expected, "{threads} threads change something");
    }
    let mut shuffled = plan::files();
    shuffled.reverse();
    shuffled.rotate_left(7);
    assert!(print(shuffled, 3, 9_000) == expected, "the order of files changes something");
}

#[test]
fn histograms_do_not_depend_on_threads() {
    let model = plan::load(pack("spread = { normal = [0.0, 1.0] }", IDENTITY));
    let of = |threads: usize| {
        let found = run(&model, &["baseline", "higher"], &Settings { draws: 130_000, threads, ..Settings::default() });
        format!("{:?} {:?}", found.scenarios[1].cells, found.scenarios[1].differences)
    };
    let expected = of(1);
    assert!([2, 5].into_iter().all(|threads| of(threads) == expected));
}

#[test]
fn a_pair_of_scenarios_shares_its_draws() {
    let model = plan::load(pack("spread = { normal = [0.0, 1.0] }", IDENTITY));
    let found = run(&model, &["baseline", "higher"], &Settings { draws: 5_000, ..Settings::default() });
    let difference = found.scenarios[1].differences[0];
    assert!((difference.outcome.mean - 0.25).abs() < 1e-12 && difference.outcome.error_of_mean().unwrap() < 1e-15);
    assert_eq!((difference.better, difference.worse, difference.equal), (5_000, 0, 0));
}

#[test]
fn draws_that_fail_are_left_out_counted_and_not_met() {
    let rule = "fn project(a) {\n    1.0 / max(0.0, a)\n}\n\nfn achieve(value, target) {\n    value / target\n}\n";
    let model = plan::load(pack("spread = { uniform = [-1.0, 3.0] }", rule));
    let requests = [Request { scenario: "baseline".to_owned(), settings: vec!["x.a=0.5".to_owned()], ..Request::default() }];
    let projection = model.project(&requests[0]).unwrap().projection;
    let settings = Settings { draws: 8_000, ..Settings::default() };
    let found = model
        .with_all_parts(&requests, &mut |parts| {
            simulate(parts.into_iter().map(|parts| (parts, projection.clone())).collect(), &settings, &(), &mut |_| {})
        })
        .unwrap();
    let (scenario, cell) = (&found.scenarios[0], &found.scenarios[0].cells[0]);
    // a lies in (−0.5, 3.5): an eighth of the draws fails, and those in (0, 1] meet the target.
    let near = |count: u64, share: f64| (count as f64 / 8_000.0 - share).abs() < SIGMAS * (share * (1.0 - share) / 8_000.0).sqrt();
    assert!(near(cell.failed, 0.125) && near(cell.met.unwrap().times, 0.25), "{cell:?}");
    assert_eq!((cell.outcome.count + cell.failed, cell.absent, cell.unevaluable), (8_000, 0, 0));
    assert_eq!((scenario.failed, cell.met.unwrap().draws), (cell.failed, 8_000));
    assert!(scenario.diagnostics.iter().any(|problem| problem.code == Code::DrawsFailed));
}

#[test]
fn the_first_failing_draw_is_told_whatever_the_threads() {
    let rule = "fn project(a) {\n    1.0 / max(0.0, a - 3.8)\n}\n\nfn achieve(value, target) {\n    value / target\n}\n";
    let model = plan::load(pack("spread = { normal = [5.0, 0.4] }", rule));
    let request = Request { scenario: "baseline".to_owned(), settings: vec!["x.a=0.1".to_owned()], ..Request::default() };
    let projection = model.project(&Request { settings: vec!["x.a=5".to_owned()], ..request.clone() }).unwrap().projection;
    let told = |threads: usize| {
        let settings = Settings { draws: 6 * 4_096, threads, ..Settings::default() };
        let found = model.with_parts(&request, |parts| simulate(vec![(parts, projection.clone())], &settings, &(), &mut |_| {}));
        found.unwrap().scenarios[0].diagnostics.clone()
    };
    let one = told(1);
    assert!(one == told(2) && one == told(5), "threads change what is told");
    // The interpreter alone finds the same draw: the first that fails, with what it drew.
    let first = model.with_parts(&request, |parts| {
        let ensemble = Ensemble::drawn(parts, Settings::default().seed, Wanted::default());
        let fails = |draw: &u64| !ensemble.walk_draw(*draw).failures.is_empty();
        (0..6 * 4_096).find(fails)
    });
    let first = first.unwrap().unwrap();
    assert!(first > 128, "a rare failure, not in the first block: {first}");
    let problem = one.iter().find(|problem| problem.code == Code::DrawsFailed).unwrap();
    let note = problem.notes.iter().find(|note| note.en.starts_with("the first failed draw is number")).unwrap();
    let told = note.en.starts_with(&format!("the first failed draw is number {first} ")) && note.en.contains("which drew x.a=");
    assert!(told, "{}", note.en);
}

#[test]
fn draws_that_cannot_be_evaluated_are_counted_and_not_met() {
    let rule = "fn project(a) {\n    a\n}\n\nfn achieve(value, target) {\n    if value < 0.0 {\n        return not_evaluable(\"負\");\n    }\n    value / target\n}\n";
    let cell = one("spread = { uniform = [-1.0, 3.0] }", rule, &Settings { draws: 8_000, ..Settings::default() });
    let near = |count: u64, share: f64| (count as f64 / 8_000.0 - share).abs() < SIGMAS * (share * (1.0 - share) / 8_000.0).sqrt();
    assert!(near(cell.unevaluable, 0.25) && near(cell.met.unwrap().times, 0.5), "{cell:?}");
    assert_eq!((cell.outcome.count, cell.failed, cell.absent), (8_000, 0, 0));
    assert!(near(cell.change.unwrap().improves.times, 0.5));
}
