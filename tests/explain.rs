//! Explanations of the reference plan: every number leads to a line of a file that says it.
//!
//! What is compared: the steps shown for a computed number end in the number of the run, to the bit; a given number
//! stands in the line that is named for it. The page of the plan's best-known chain is a snapshot, in both languages.

use mitoshi_core::Request;
use mitoshi_core::analysis::address::{Address, parse};
use mitoshi_core::analysis::explain::{Explainer, Explanation, Node, Origin, Reading};
use mitoshi_core::analysis::impact::{Effect, Point, impact};
use mitoshi_core::pack::Pack;
use mitoshi_core::rule::signature::Quantity;
use mitoshi_core::schedule::Schedule;
use mitoshi_core::walk::Known;

use crate::plan;
use crate::support::{repository, run};

fn request(scenario: &str) -> Request {
    Request { scenario: scenario.to_owned(), ..Request::default() }
}

/// True if the number stands in the line.
fn says(line: &str, number: f64) -> bool {
    let numbers = line.split(|c: char| !(c.is_ascii_digit() || matches!(c, '.' | '-' | 'e' | '_')));
    numbers.filter_map(|word| word.parse::<f64>().ok()).any(|found| found == number)
}

/// What is wrong with where a number is said to come from.
fn fault(pack: &Pack, reading: &Reading) -> Option<String> {
    let value = reading.measure.value?;
    let place = reading.place.as_ref().filter(|place| place.line > 0 || reading.origin == Origin::Default);
    let Some(place) = place else { return Some(format!("{} has no place", reading.address)) };
    let file = pack.sources.iter().find(|(_, file)| file.path == place.path)?.1;
    let line = file.text.lines().nth(place.line.saturating_sub(1)).unwrap_or_default();
    let is_given = matches!(reading.origin, Origin::Sheet | Origin::Changed(_) | Origin::Actual { .. } | Origin::Pinned(_));
    (is_given && !says(line, value)).then(|| format!("{} = {value} does not stand in {}: {line}", reading.address, place.write()))
}

fn faults(pack: &Pack, explanation: &Explanation) -> Vec<String> {
    let address = &explanation.subject.address;
    let calculation = explanation.calculation.iter();
    let is_known = explanation.subject.measure.value.is_some();
    let incomplete = calculation
        .clone()
        .filter(|calculation| is_known && !calculation.is_complete)
        .map(|_| format!("{address}: its steps lead elsewhere"));
    let inputs = calculation.flat_map(|calculation| &calculation.inputs);
    let grounds = explanation.grounds.iter().map(|ground| &ground.reading);
    let readings = inputs.chain(grounds).chain(&explanation.years).chain([&explanation.subject]);
    incomplete.chain(readings.filter_map(|reading| fault(pack, reading)).map(|fault| format!("{address}: {fault}"))).collect()
}

fn every_address(schedule: &Schedule<'_>) -> Vec<Address> {
    let quantities = schedule.graph.order.iter().copied();
    let years = [schedule.actuals_until, schedule.actuals_until.plus(1), schedule.pack.plan.last];
    quantities.flat_map(|quantity| years.map(|year| Address { quantity, year: Some(year) })).collect()
}

#[test]
fn every_number_leads_to_the_line_that_says_it() {
    let model = plan::model();
    for scenario in ["baseline", "outsourcing_expanded", "tax_downturn"] {
        let found = model.with_parts(&request(scenario), |parts| {
            let explainer = Explainer::new(parts, &[], 1);
            let all = every_address(parts.schedule).into_iter();
            all.flat_map(|address| faults(parts.schedule.pack, &explainer.explain(address))).collect::<Vec<_>>()
        });
        let found = found.unwrap();
        assert!(found.is_empty(), "{scenario}:\n{}", found.join("\n"));
    }
}

#[test]
fn the_chain_from_outsourcing_to_savings_is_traced_to_the_scenario() {
    plan::model()
        .with_parts(&request("outsourcing_expanded"), |parts| {
            let pack = parts.schedule.pack;
            let explanation = Explainer::new(parts, &[], 2).explain(parse(pack, "window_savings@R8").unwrap());
            let calculation = explanation.calculation.unwrap();
            let (place, step) = calculation.steps.last().unwrap();
            assert_eq!((place.write().as_str(), step.value), ("rules/window_savings.rhai:8", Some(Known::Number(6.0))));
            let scope = calculation.inputs.iter().find(|input| input.name == "window_outsourcing_scope").unwrap();
            assert_eq!(scope.place.as_ref().unwrap().write(), "scenarios/outsourcing_expanded.toml:6");
            assert_eq!((scope.measure.value, scope.instead_of.as_ref().map(|(own, _)| *own)), (Some(2.0), Some(1.0)));
            let names = |nodes: &[Node]| nodes.iter().map(|node| node.reading.address.clone()).collect::<Vec<_>>();
            assert_eq!(names(&explanation.upstream), ["window_savings@R7", "window_outsourcing@R8"]);
        })
        .unwrap();
}

#[test]
fn a_straight_effect_is_its_factor() {
    plan::model()
        .with_parts(&request("outsourcing_expanded"), |parts| {
            let found = impact(parts, "window_outsourcing@R7").unwrap();
            let savings = parts.schedule.pack.sheets.get_index_of("window_savings").unwrap();
            let affected = found.affected.iter().find(|each| each.quantity == Quantity::Outcome(savings)).unwrap();
            let [at_once, later] = &affected.effects[0][..] else { panic!("{affected:?}") };
            // In R7 the scope is 1.5 and a year of it saves 1.333; what was saved stays.
            let is_two = |point: &Point| matches!(point.effect, Effect::Slope(slope) if (slope - 2.0).abs() < 1e-9);
            assert!(is_two(at_once) && is_two(later), "{affected:?}");
            assert!(at_once.is_assumed && later.is_assumed);
        })
        .unwrap();
}

#[test]
fn the_pages_of_the_reference_plan_are_read() {
    let print = |arguments: &[&str]| {
        let output = run(&repository("."), arguments, &[]);
        assert_eq!(output.status.code(), Some(0), "{arguments:?}");
        format!("$ mitoshi {}\n{}\n", arguments.join(" "), String::from_utf8(output.stdout).unwrap())
    };
    let one = ["explain", "window_savings@R8", "-s", "outsourcing_expanded"];
    let pages = [
        print(&one),
        print(&[&one[..], &["--lang", "en"]].concat()),
        print(&["explain", "ordinary_balance_ratio@R8", "-s", "tax_downturn", "--format", "md"]),
        print(&["impact", "collection_rate"]),
        print(&["impact", "collection_rate", "--lang", "en"]),
    ];
    insta::with_settings!({ prepend_module_to_snapshot => false }, { insta::assert_snapshot!("explain", pages.concat()) });
    for command in [["explain", "arrears"], ["impact", "arrears"]] {
        let output = run(&repository("."), &[&command[..], &["--format", "json"]].concat(), &[]);
        serde_json::from_slice::<serde_json::Value>(&output.stdout).unwrap();
    }
}
