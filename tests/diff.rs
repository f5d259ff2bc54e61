//! Differences shared out among changes: they add up, they are fair, and they are what all orders give.
//!
//! Shapley values themselves on games made at random (against all permutations, and drawn against exact), then whole
//! runs of the reference plan: against `project --set` in every order, and two packs that differ in every kind of
//! change.

use mitoshi_core::analysis::diff::shapley::{Sampled, exact, order, settle};
use mitoshi_core::analysis::diff::{Diff, Question, Shares, What, diff};
use mitoshi_core::diagnostic::RawFile;
use mitoshi_core::{Model, Request};

use crate::plan;

/// A game: a number for every coalition, from a small generator with a seed.
fn game(count: usize, seed: u64) -> Vec<f64> {
    let mut state = seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1;
    let next = |_| {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (state >> 11) as f64 / (1_u64 << 53) as f64 * 200.0 - 100.0
    };
    (0..1_usize << count).map(next).collect()
}

fn permutations(count: usize) -> Vec<Vec<usize>> {
    let Some(last) = count.checked_sub(1) else { return vec![Vec::new()] };
    let shorter = permutations(last).into_iter();
    let with_last = |order: Vec<usize>| (0..count).map(move |at| [&order[..at], &[last], &order[at..]].concat());
    shorter.flat_map(with_last).collect()
}

/// The mean gain over every order, one by one.
fn brute_force(count: usize, value: impl Fn(usize) -> f64) -> Vec<f64> {
    let orders = permutations(count);
    let mut sums = vec![0.0; count];
    for order in &orders {
        let mut made = 0;
        for change in order {
            sums[*change] += value(made | 1 << change) - value(made);
            made |= 1 << change;
        }
    }
    sums.into_iter().map(|sum| sum / orders.len() as f64).collect()
}

fn near(a: f64, b: f64, tolerance: f64) -> bool {
    (a - b).abs() <= tolerance * a.abs().max(b.abs()).max(1.0)
}

#[test]
fn exact_values_are_the_mean_over_all_orders() {
    for count in 0..=6 {
        for seed in 1..=4 {
            let game = game(count, seed);
            let found = exact(count, |coalition| game[coalition]);
            let wanted = brute_force(count, |coalition| game[coalition]);
            assert!(found.iter().zip(&wanted).all(|(a, b)| near(*a, *b, 1e-12)), "{found:?} {wanted:?}");
        }
    }
}

#[test]
fn shares_are_fair() {
    let count = 9;
    let (one, two) = (game(count, 7), game(count, 8));
    let values = |game: &dyn Fn(usize) -> f64| exact(count, game);
    let found = values(&|coalition| one[coalition]);
    assert!(near(found.iter().sum(), one[(1 << count) - 1] - one[0], 1e-12), "efficiency");
    let both = values(&|coalition| one[coalition] + two[coalition]);
    let second = values(&|coalition| two[coalition]);
    assert!((0..count).all(|k| near(both[k], found[k] + second[k], 1e-12)), "additivity");
    // 2 and 5 count alike, 3 counts for nothing.
    let alike = |coalition: usize| {
        let pair = (coalition >> 2 & 1) + (coalition >> 5 & 1);
        one[(coalition & !0b10_1100) | (pair.min(1) << 2) | (usize::from(pair == 2) << 5)]
    };
    let found = exact(count, alike);
    assert!(near(found[2], found[5], 1e-12) && found[2] != 0.0, "symmetry");
    assert_eq!(found[3].to_bits(), 0.0_f64.to_bits(), "dummy");
}

#[test]
fn drawn_values_lie_within_four_standard_errors_of_exact() {
    let count = 8;
    for seed in 1..=5 {
        let game = game(count, 100 + seed);
        let mut sampled = Sampled::new(count);
        let along = |order: &mut dyn Iterator<Item = usize>| {
            let mut made = 0;
            let mut values = vec![game[0]];
            order.for_each(|change| {
                made |= 1 << change;
                values.push(game[made]);
            });
            values
        };
        for pair in 0..400 {
            let order = order(seed, pair, count);
            let (forward, backward) = (along(&mut order.iter().copied()), along(&mut order.iter().rev().copied()));
            sampled.add(&order, &forward, &backward);
        }
        let wanted = exact(count, |coalition| game[coalition]);
        for ((amount, error), wanted) in sampled.amounts().into_iter().zip(wanted) {
            let error = error.unwrap();
            assert!(error > 0.0 && (amount - wanted).abs() <= 4.0 * error, "{amount} ± {error}, exactly {wanted}");
        }
    }
    assert_eq!(order(1, 2, 20), order(1, 2, 20));
    assert_ne!(order(1, 2, 20), order(1, 3, 20));
}

#[test]
fn what_rounding_leaves_goes_to_the_largest() {
    let mut amounts = [0.1, -5.0, 0.2];
    settle(&mut amounts, -4.5);
    assert_eq!(amounts[0], 0.1);
    assert_eq!(amounts[2], 0.2);
    assert!((amounts.iter().sum::<f64>() + 4.5).abs() < 1e-15);
}

fn request(scenario: &str) -> Request {
    Request { scenario: scenario.to_owned(), ..Request::default() }
}

fn between(first: (&Model, &str), second: (&Model, &str), question: &Question) -> Diff {
    let found = first.0.with_parts(&request(first.1), |one| second.0.with_parts(&request(second.1), |two| diff(one, two, question, &())));
    let found = found.unwrap().unwrap();
    found.unwrap().expect("nobody stops it")
}

/// Every difference is shared out in full, and nothing is left unexplained.
fn adds_up(found: &Diff, name: &str) {
    for moved in &found.moved {
        for (year, each) in &moved.years {
            let Shares::Of(shares) = &each.shares else { panic!("{name}: {}@{year:?} is not shared out", moved.address()) };
            let (from, to) = (each.from.unwrap(), each.to.unwrap());
            let whole: f64 = shares.iter().map(|share| share.amount).sum();
            assert!((whole - (to - from)).abs() <= 1e-9, "{name}: {}@{year:?}: {whole} of {}", moved.address(), to - from);
            assert!(shares.iter().all(|share| share.change.is_some()), "{name}: {}@{year:?}", moved.address());
        }
    }
}

#[test]
fn the_differences_of_all_indicators_add_up_between_all_scenarios() {
    let model = plan::model();
    for scenario in model.scenarios().into_iter().filter(|name| *name != "baseline") {
        for (first, second) in [("baseline", scenario), (scenario, "tax_downturn")] {
            for by_year in [false, true].into_iter().take(if scenario == "hiring_freeze" { 2 } else { 1 }) {
                let question = Question { all: true, by_year, pairs: 4, ..Question::default() };
                let found = between((&model, first), (&model, second), &question);
                let results = model.pack.sheets.values().map(|sheet| 2 + sheet.auxiliaries.len()).sum::<usize>();
                assert_eq!(found.moved.len() + found.unchanged, results);
                adds_up(&found, &format!("{first} → {second}"));
                let ends = [first, second].map(plan::project);
                for moved in found.moved.iter().filter(|moved| moved.what == What::Outcome) {
                    for (year, each) in &moved.years {
                        assert_eq!([each.from, each.to], [0, 1].map(|side: usize| ends[side].cell(&moved.id, *year).unwrap().outcome));
                    }
                }
            }
        }
    }
}

#[test]
fn every_order_of_settings_gives_the_same_shares() {
    let model = plan::model();
    let found = between((&model, "baseline"), (&model, "hiring_freeze"), &Question::default());
    let count = found.changes.len();
    assert_eq!(count, 6);
    let settings = |mask: usize| -> Vec<String> {
        let made = found.changes.iter().enumerate().filter(|(k, _)| mask & (1 << k) != 0);
        let each = made.flat_map(|(_, change)| {
            change.years.iter().map(|(year, [_, to])| format!("{}@{}={}", change.address, model.pack.plan.write(*year), to.unwrap()))
        });
        each.collect()
    };
    let project = |mask| model.project(&Request { settings: settings(mask), ..request("baseline") }).unwrap().projection;
    let projections: Vec<_> = (0..1_usize << count).map(project).collect();
    assert_eq!(found.moved.len(), 9);
    for moved in &found.moved {
        for (year, each) in &moved.years {
            let wanted = brute_force(count, |mask| projections[mask].cell(&moved.id, *year).unwrap().outcome.unwrap());
            let Shares::Of(shares) = &each.shares else { panic!("{}", moved.id) };
            for (change, wanted) in wanted.into_iter().enumerate() {
                let amount = shares.iter().find(|share| share.change == Some(change)).map_or(0.0, |share| share.amount);
                assert!((amount - wanted).abs() <= 1e-11, "{}@{year:?} {}: {amount}, {wanted}", moved.id, found.changes[change].address);
            }
        }
    }
}

#[test]
fn more_than_twelve_changes_are_drawn_and_lie_near_the_exact_ones() {
    let model = plan::model();
    let question = |pairs| Question { by_year: true, pairs, seed: 3, ..Question::default() };
    // 18 changes by year reach a result at most 12 at a time; with another pair of scenarios there are more.
    let exactly = between((&model, "baseline"), (&model, "hiring_freeze"), &question(0));
    assert_eq!((exactly.changes.len(), exactly.sampled), (18, None));
    let drawn = between((&model, "hiring_freeze"), (&model, "quake_prolonged"), &question(64));
    assert!(drawn.changes.len() > 18 && drawn.sampled == Some(64), "{:?}", drawn.sampled);
    adds_up(&drawn, "drawn");
    let again = between((&model, "hiring_freeze"), (&model, "quake_prolonged"), &question(64));
    assert_eq!(drawn, again);
}

/// The reference plan of a year later: one change of every kind.
fn later() -> Vec<RawFile> {
    let mut files = plan::files();
    plan::append(&mut files, "rules/paper_reduction.rhai", "\n// 言葉だけの変更\n");
    let mut change = |path: &str, from: &str, to: &str| {
        let file = files.iter_mut().find(|file| file.path == path).unwrap();
        let mitoshi_core::diagnostic::Content::Bytes(bytes) = &mut file.content else { panic!("{path}") };
        let text = String::from_utf8(std::mem::take(bytes)).unwrap();
        assert!(text.contains(from), "{path}: {from}");
        *bytes = text.replacen(from, to, 1).into_bytes();
    };
    change("rules/plan.toml", "actuals_until = \"R5\"", "actuals_until = \"R6\"");
    change("rules/window_savings.toml", "value = 1.3333333333333333", "value = 1.1");
    change("rules/window_savings.rhai", "last + ", "0.1 + last + ");
    plan::replace_table(&mut files, "rules/arrears.toml", "actuals", "R4 = 398.0\nR5 = 425.9\nR6 = 410.0");
    files
}

#[test]
fn two_packs_differ_in_values_rules_actuals_and_years() {
    let (now, later) = (plan::model(), later());
    let loaded = mitoshi_core::load(later);
    let model = loaded.model.unwrap_or_else(|| panic!("{:#?}", loaded.diagnostics));
    let found = between((&now, "baseline"), (&model, "baseline"), &Question { all: true, ..Question::default() });
    let kinds: Vec<&str> = found.changes.iter().map(|change| change.kind.name()).collect();
    assert_eq!(kinds, ["years", "rule", "actual", "assumption", "rule"], "{:?}", found.changes);
    let outcomes = found.moved.iter().filter(|moved| moved.what == What::Outcome);
    for moved in outcomes {
        for (year, each) in &moved.years {
            if let Shares::Of(shares) = &each.shares {
                let whole: f64 = shares.iter().map(|share| share.amount).sum();
                assert!((whole - (each.to.unwrap() - each.from.unwrap())).abs() <= 1e-9, "{}@{year:?}", moved.id);
                let words = shares.iter().find(|share| share.change == Some(1));
                assert!(words.is_none_or(|share| share.amount == 0.0), "words in a rule change nothing");
            }
        }
    }
    let arrears = found.moved.iter().find(|moved| moved.address() == "arrears").unwrap();
    assert_eq!(arrears.years[&mitoshi_core::year::Year(2024)].to, Some(410.0));
    // Back again: every amount with the other sign.
    let back = between((&model, "baseline"), (&now, "baseline"), &Question { all: true, ..Question::default() });
    assert_eq!(back.moved.len(), found.moved.len());
}
