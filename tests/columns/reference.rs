//! The reference plan: every scenario, its reviews proposed and adopted, every output, every way of running.
//!
//! A few draws of each scenario run with every `cargo test`; `cargo xtask fuzz --reference N --seed S` sets
//! `MITOSHI_REFERENCE_DRAWS` and `MITOSHI_FUZZ_SEED` and compares N of each.

use std::collections::BTreeMap;
use std::time::Instant;

use mitoshi_core::analysis::{Block, Ensemble, Lane};
use mitoshi_core::columns::{Column, Output};
use mitoshi_core::diagnostic::{Content, RawFile};
use mitoshi_core::{Model, Request};

use super::compare::{Counts, EVERYTHING, Values, compare, every_way};
use super::generated::environment;
use super::random::Random;
use crate::plan;

/// Draws of each scenario, and of some: more than one block.
const DRAWS: u64 = 5;
const MORE_DRAWS: u64 = 70;

/// The plan with a twin of every scenario that adopts its reviews.
fn files() -> Vec<RawFile> {
    let mut files = plan::files();
    let names: Vec<String> = plan::model().pack.scenarios.keys().cloned().collect();
    for name in names {
        let text = format!("title = \"採用\"\nextends = [\"{name}\"]\nreview = \"adopt\"\n");
        files.push(RawFile::new(format!("scenarios/{name}_adopted.toml"), text));
    }
    files
}

/// As many draws as a long run asks for.
fn draws(usual: u64) -> u64 {
    environment("MITOSHI_REFERENCE_DRAWS").unwrap_or(usual)
}

#[test]
fn every_scenario_of_the_reference_plan_gives_the_same_bits_in_columns_as_walked() {
    let model = plan::load(files());
    let (mut counts, start) = (Counts::default(), Instant::now());
    let seed = environment("MITOSHI_FUZZ_SEED").unwrap_or(42);
    assert_eq!(model.scenarios().len(), 22);
    for scenario in model.scenarios() {
        let usual = if scenario == "hiring_freeze_adopted" { MORE_DRAWS } else { DRAWS };
        let compared = compare(&model, scenario, Values::Drawn(seed), draws(usual), &every_way());
        counts.add(compared.unwrap_or_else(|difference| panic!("{scenario}: {difference}")));
    }
    println!("seed {seed}, {:.1} s: {counts:?}", start.elapsed().as_secs_f64());
    assert_eq!(counts.residues, 0, "the reference pack has no walked function");
    assert_eq!(counts.walked, 0, "no draw of the reference plan has to be walked");
}

/// Most values as the sheet gives them, some multiplied, some at thresholds of the rules, few absurd.
fn moved(draw: u64, column: &Column, base: f64, pool: &[f64]) -> f64 {
    let key = format!("{column:?}").bytes().fold(draw, |key, byte| key.wrapping_mul(31).wrapping_add(u64::from(byte)));
    let mut random = Random::new(key);
    random.bits();
    match random.below(200) {
        0 => random.pick(&[0.0, -0.0, -1.0, 1e9]),
        1..=4 => random.pick(pool),
        5..=60 => base * random.pick(&[0.5, 0.9, 1.0 + f64::EPSILON, 1.0 - f64::EPSILON, 1.1, 1.5, 2.0, -1.0]),
        _ => base,
    }
}

#[test]
fn assumptions_moved_far_give_the_same_bits() {
    let model = plan::load(files());
    let pool = [0.5, 1.0, 1.0 + f64::EPSILON, 0.95, 100.0, 5.0, 2.0, 0.1, 0.02, 47.3, 74.0, 434.0, 2022.0, 2024.0, 2028.0];
    for scenario in ["baseline", "baseline_adopted"] {
        let counts = compare(&model, scenario, Values::Pool(&pool, moved), draws(40), &every_way());
        let counts = counts.unwrap_or_else(|difference| panic!("{scenario}: {difference}"));
        assert!(counts.walked < counts.draws, "some draws stay in columns: {counts:?}");
    }
}

/// Bits of every output and draw, folded over a number of threads.
fn folded(model: &Model, threads: usize, lanes: usize, count: u64) -> u64 {
    let request = Request { scenario: "hiring_freeze".to_owned(), ..Request::default() };
    let folded = model.with_parts(&request, |parts| {
        let ensemble = Ensemble::drawn(parts, 7, EVERYTHING).on(mitoshi_core::columns::Isa::best(), lanes);
        let mut all = 0_u64;
        let see = |sum: &mut u64, block: &Block<'_>| {
            for lane in 0..block.count {
                for number in 0..ensemble.program.outputs.len() {
                    *sum = sum.wrapping_mul(31).wrapping_add(bits(block.lane(number, lane)));
                }
            }
        };
        let done = ensemble.fold(count, threads, &(), &see, &mut |sum| all = all.wrapping_mul(31).wrapping_add(sum));
        assert_eq!(done, count);
        all
    });
    folded.unwrap()
}

fn bits(lane: Lane) -> u64 {
    match lane {
        Lane::Number(number) => number.to_bits(),
        Lane::Absent => 1,
        Lane::Failed => 2,
    }
}

#[test]
fn threads_and_block_sizes_change_no_bit() {
    let model = plan::model();
    // Enough for five threads: a thread takes 4,096 draws at a time.
    let many = 4 * 4_096 + 77;
    let one = folded(&model, 1, 128, many);
    for (threads, lanes) in [(2, 128), (5, 128), (5, 64)] {
        assert_eq!(folded(&model, threads, lanes, many), one, "{threads} threads, blocks of {lanes}");
    }
    let few = 4_096 + 77;
    let one = folded(&model, 1, 64, few);
    let small = if environment("MITOSHI_REFERENCE_DRAWS").is_some() { &[(2, 7), (1, 1), (2, 1)][..] } else { &[(2, 7)] };
    for (threads, lanes) in small {
        assert_eq!(folded(&model, *threads, *lanes, few), one, "{threads} threads, blocks of {lanes}");
    }
}

/// Every output of some draws, by address.
fn by_address(files: Vec<RawFile>) -> BTreeMap<String, Vec<u64>> {
    let model = plan::load(files);
    let mut found: BTreeMap<String, Vec<u64>> = BTreeMap::new();
    let request = Request { scenario: "baseline_adopted".to_owned(), ..Request::default() };
    let id = |n: usize| model.pack.sheets.get_index(n).unwrap().0.as_str();
    model
        .with_parts(&request, |parts| {
            let ensemble = Ensemble::drawn(parts, 7, EVERYTHING);
            ensemble.run(0, 20, &mut ensemble.registers(), &mut |block| {
                for (number, (output, _)) in ensemble.program.outputs.iter().enumerate() {
                    let address = match output {
                        Output::Value(quantity, year) => format!("{}@{}", quantity.address(&model.pack), year.0),
                        Output::Original(n, year) => format!("{} original@{}", id(*n), year.0),
                        Output::Revision(n, year, later) => format!("{} revision of {}@{}", id(*n), later.0, year.0),
                    };
                    found.entry(address).or_default().extend((0..block.count).map(|lane| bits(block.lane(number, lane))));
                }
            });
        })
        .unwrap();
    assert!(found.values().all(|draws| draws.len() == 20), "no two outputs have one address");
    found
}

#[test]
fn the_order_of_the_files_changes_no_bit() {
    let mut reversed = files();
    reversed.reverse();
    assert_eq!(by_address(files()), by_address(reversed));
}

/// The plan with its indicators numbered, and so ordered, from the last to the first.
fn renumbered() -> Vec<RawFile> {
    let mut files = files();
    for file in files.iter_mut().filter(|file| file.path.ends_with(".toml")) {
        let Content::Bytes(bytes) = &mut file.content else { continue };
        let lines = String::from_utf8(std::mem::take(bytes)).unwrap();
        let lines = lines.lines().map(|line| match line.strip_prefix("no = ") {
            Some(number) => format!("no = {}\n", 17 - number.trim().parse::<u32>().unwrap()),
            None => format!("{line}\n"),
        });
        *bytes = lines.collect::<String>().into_bytes();
    }
    files
}

#[test]
fn the_order_of_the_indicators_changes_no_bit() {
    let ids = |files: Vec<RawFile>| plan::load(files).pack.sheets.keys().cloned().collect::<Vec<_>>();
    let (own, mut other) = (ids(files()), ids(renumbered()));
    other.reverse();
    assert_eq!(own, other, "the order is another one");
    assert_eq!(by_address(files()), by_address(renumbered()));
}
