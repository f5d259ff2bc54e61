//! Goal seeks and backtests on the reference plan: answers that hold when they are pasted into a
//! scenario, steps as small as promised, and the naive forecasts of the domain study.
//!
//! The printed forms are cases (`cases/seek_*.case`, `cases/backtest*.case`).

use mitoshi_core::analysis::backtest::{Backtest, Method, backtest};
use mitoshi_core::analysis::seek::{Chance, Goal, Seek, Verdict, lever, seek, targets};
use mitoshi_core::diagnostic::{Content, RawFile};
use mitoshi_core::year::Year;
use mitoshi_core::{Model, Request};

use crate::plan::{files, load, model};

const R4: Year = Year(2022);
const R8: Year = Year(2026);

fn ask(model: &Model, scenario: &str, goal: &str, by: &[&str], chance: Option<Chance>) -> Seek {
    let request = Request { scenario: scenario.to_owned(), ..Request::default() };
    let by: Vec<String> = by.iter().map(|lever| (*lever).to_owned()).collect();
    let found = model.with_parts(&request, |parts| {
        let goal = Goal::parse(parts.schedule.pack, goal, parts.schedule.actuals_until).unwrap();
        let levers = lever::parse(parts.schedule, &by, &[]).unwrap();
        seek(parts, goal, levers, chance, &())
    });
    found.unwrap()
}

/// The plan with one more scenario that holds the lines of an answer.
fn pasted(lines: &str) -> Model {
    let mut files = files();
    let bytes = format!("title = \"答え\"\n\n{lines}").into_bytes();
    files.push(RawFile { path: "scenarios/answer.toml".to_owned(), content: Content::Bytes(bytes) });
    load(files)
}

#[test]
fn an_answer_pasted_into_a_scenario_gives_what_it_says() {
    let model = model();
    let questions: [(&str, &str, &[&str]); 4] = [
        ("arrears@R8 <= 360", "arrears", &["collection_rate.effort"]),
        ("paper_reduction@R8 meets target", "paper_reduction", &["paper_reduction.rate", "paper_reduction.ceiling"]),
        ("ordinary_balance_ratio@R8 <= 90", "ordinary_balance_ratio", &["ordinary_balance_ratio.expenditure_growth"]),
        ("arrears@R8 <= 300", "arrears", &["collection_rate.effort", "arrears.new_arrears"]),
    ];
    for (goal, id, by) in questions {
        let found = ask(&model, "baseline", goal, by, None);
        let best = found.best().unwrap();
        assert!(best.confirmed, "{goal}");
        let pasted = pasted(&best.lines);
        let request = Request { scenario: "answer".to_owned(), ..Request::default() };
        let projection = pasted.project(&request).unwrap().projection;
        let outcome = projection.cell(id, R8).unwrap().outcome.unwrap();
        assert_eq!(outcome.to_bits(), best.value.unwrap().to_bits(), "{goal}");
        let again = ask(&pasted, "answer", goal, by, None);
        assert_eq!(again.already, best.verdict == Verdict::Reached, "{goal}");
    }
}

#[test]
fn a_smaller_step_than_the_answer_misses() {
    let model = model();
    let found = ask(&model, "baseline", "arrears@R8 <= 360", &["collection_rate.effort"], None);
    let best = found.best().unwrap();
    assert_eq!(best.verdict, Verdict::Reached);
    let (amount, lever) = (best.moves[0].amount, &found.levers[0]);
    assert!(best.value.unwrap() <= 360.0, "reached exactly, not within a tolerance");
    let fixed = |amount: f64| {
        let settings = lever.values.iter().map(|(year, value)| format!("{}@{}={}", lever.address, year.0, value + amount));
        let request = Request { scenario: "baseline".to_owned(), settings: settings.collect(), ..Request::default() };
        model.project(&request).unwrap().projection.cell("arrears", R8).unwrap().outcome.unwrap()
    };
    assert!(fixed(amount - 1e-9 * lever.width()) > 360.0);
    assert!(best.moves[0].values.values().all(|value| (lever.bounds.0..=lever.bounds.1).contains(value)));
}

#[test]
fn a_share_of_draws_is_the_same_when_asked_again() {
    let model = model();
    let chance = Some(Chance { share: 0.8, draws: 100, seed: 7 });
    let found = ask(&model, "baseline", "arrears@R8 <= 400", &["arrears.new_arrears"], chance);
    let best = found.best().unwrap();
    assert_eq!((best.verdict, best.confirmed), (Verdict::Reached, true));
    let again = ask(&pasted(&best.lines), "answer", "arrears@R8 <= 400", &["arrears.new_arrears"], chance);
    assert_eq!((again.already, again.before), (true, best.value), "the same draws, moved with the value");
}

#[test]
fn every_missed_target_has_an_answer() {
    let model = model();
    let request = Request { scenario: "baseline".to_owned(), ..Request::default() };
    let found = model.with_parts(&request, |parts| targets::targets(parts, None, &())).unwrap();
    let missed: Vec<usize> = found.missed.iter().map(|missed| missed.indicator + 1).collect();
    assert_eq!((found.of, found.met, missed), (16, 11, vec![2, 4, 6, 7, 10]));
    assert!(found.missed.iter().all(|missed| matches!(missed.answer, targets::Answer::Sought(_))));
}

fn tested(settings: &[&str]) -> Backtest {
    let settings = settings.iter().map(|setting| (*setting).to_owned()).collect();
    let request = Request { scenario: "baseline".to_owned(), settings, as_of: Some(R4), ..Request::default() };
    model().with_parts(&request, |parts| backtest(parts, 100, 1).unwrap()).unwrap()
}

#[test]
fn eleven_of_sixteen_can_be_tested() {
    let found = tested(&["land_sales.scheduled_sales@R5=79.2"]);
    let untested: Vec<usize> = found.tests.iter().filter(|test| !test.is_tested()).map(|test| test.indicator + 1).collect();
    assert_eq!(untested, [2, 4, 9, 10, 12]);
    let rule = found.tests[7].of(Method::Rule).unwrap();
    assert!((rule.value - 103.0).abs() < 1e-9, "23.8 + 79.2");
    assert!(found.problems.is_empty());
    let without = tested(&[]);
    assert_eq!(without.tests.iter().filter(|test| test.is_tested()).count(), 10, "without it, nothing is filled");
}

#[test]
fn naive_forecasts_are_those_of_the_domain_study() {
    // Errors R4 → R5 of persistence, straight line and target, computed by hand from the plan.
    let known: [(usize, f64, Option<f64>, f64); 9] = [
        (1, 113.0, Some(32.0), 16.0),
        (2, 5689.0, Some(11994.0), 2702.0),
        (3, 1.0, Some(1.0), 0.0),
        (6, 28.0, Some(64.0), 46.0),
        (7, 1.9, Some(10.5), 15.2),
        (9, 24.1, Some(27.5), 10.7),
        (11, 0.1, None, 2.0),
        (14, 1.0, Some(1.3), 1.0),
        (15, 30.0, Some(10.0), 27.0),
    ];
    let found = tested(&[]);
    for (no, persistence, line, target) in known {
        let error = |method| found.tests[no - 1].of(method).and_then(|forecast| forecast.error).map(f64::abs);
        let near = |a: Option<f64>, b: Option<f64>| a.is_some() == b.is_some() && a.zip(b).is_none_or(|(a, b)| (a - b).abs() < 1e-6);
        assert!(near(error(Method::Persistence), Some(persistence)), "No.{no}");
        assert!(near(error(Method::Line), line), "No.{no}");
        assert!(near(error(Method::Target), Some(target)), "No.{no}");
    }
}
