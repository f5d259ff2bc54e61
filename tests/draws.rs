//! The draws: known answers of the generator, distributions with closed forms (published figures: `published`).
//!
//! A pack of one indicator reads every assumption; the columns of its program are the draws. Sampled
//! means, deviations and shares must lie within 4.5 standard errors; the seed is fixed, so a run never
//! depends on luck.

use std::collections::BTreeMap;

use mitoshi_core::analysis::{Block, Ensemble};
use mitoshi_core::columns::draws::generator::{Stream, philox};
use mitoshi_core::columns::draws::inverse::Inverse;
use mitoshi_core::columns::{Isa, Wanted};
use mitoshi_core::diagnostic::RawFile;
use mitoshi_core::pack::SpreadForm;
use mitoshi_core::{Model, Request};

use crate::plan;

const DRAWS: u64 = 6_000;
/// Standard errors.
const ERRORS: f64 = 4.5;

#[test]
fn philox_gives_the_known_answers_of_its_authors() {
    assert_eq!(philox([0; 4], [0; 2]), [0x6627_e8d5, 0xe169_c58d, 0xbc57_ac4c, 0x9b00_dbd8]);
    assert_eq!(philox([u32::MAX; 4], [u32::MAX; 2]), [0x408f_276d, 0x41c8_3b0e, 0xa20b_c7c6, 0x6d54_51fd]);
}

#[test]
fn uniform_numbers_lie_inside_and_fill_the_interval() {
    let stream = Stream::new(1, "a.b", None);
    let mut numbers = vec![0.0; 20_001];
    stream.fill(3, &mut numbers);
    assert!(numbers.iter().all(|u| *u > 0.0 && *u < 1.0));
    assert!(numbers.iter().enumerate().all(|(n, u)| stream.uniform(3 + n as u64).to_bits() == u.to_bits()));
    let (mean, sd) = moments(&numbers);
    near(mean, 0.5, ERRORS * sd / (numbers.len() as f64).sqrt(), "mean");
    near(sd, (1.0_f64 / 12.0).sqrt(), 0.005, "standard deviation");
    for tenth in 1..10 {
        share(&numbers, f64::from(tenth) / 10.0, f64::from(tenth) / 10.0, "uniform");
    }
}

/// A spread as the sheet writes it, the value in force, mean and standard deviation of what is drawn.
struct Known {
    spread: &'static str,
    value: f64,
    mean: f64,
    sd: f64,
    /// Numbers and the probability of falling to them or below.
    below: Vec<(f64, f64)>,
}

/// Every form; the moments follow from the parameters.
fn known() -> Vec<Known> {
    let one = |spread, value, mean, sd, below: &[(f64, f64)]| Known { spread, value, mean, sd, below: below.to_vec() };
    let log_mean = 10.0 * 0.02_f64.exp();
    vec![
        one("normal = [1.0, 2.0]", 10.0, 11.0, 2.0, &[(11.0, 0.5), (13.0, 0.841_345), (7.710_3, 0.05)]),
        one("normal = [1.0, 0.1], as = \"factor\"", 10.0, 10.0, 1.0, &[(10.0, 0.5), (11.0, 0.841_345)]),
        one(
            "lognormal = [1.0, 0.2], as = \"factor\"",
            10.0,
            log_mean,
            log_mean * (0.04_f64.exp() - 1.0).sqrt(),
            &[(10.0, 0.5), (12.214_028, 0.841_345)],
        ),
        one("uniform = [-1.0, 3.0]", 10.0, 11.0, 4.0 / 12.0_f64.sqrt(), &[(10.0, 0.25), (12.0, 0.75)]),
        one("triangular = [-1.0, 0.0, 3.0]", 10.0, 10.0 + 2.0 / 3.0, (13.0_f64 / 18.0).sqrt(), &[(10.0, 0.25), (10.550_510_257, 0.5)]),
        one("pert = [-1.0, 0.0, 3.0]", 10.0, 10.0 + 1.0 / 3.0, (128.0_f64 / 252.0).sqrt(), &[(11.0, 0.812_5)]),
        one("discrete = [[5.0, 0.1], [0.0, 0.7], [1.0, 0.2]]", 10.0, 10.7, 2.21_f64.sqrt(), &[(10.0, 0.7), (11.0, 0.9)]),
        one("binomial = [42, 0.3]", 0.0, 12.6, 8.82_f64.sqrt(), &[(12.0, binomial(42, 0.3, 12)), (16.0, binomial(42, 0.3, 16))]),
        one("interval = [-1.0, 2.0]", 10.0, 10.5, 3.0 / (2.0 * 1.644_853_626_951_472_7), &[(9.0, 0.05), (12.0, 0.95)]),
        one("poisson = \"value\"", 7.5, 7.5, 7.5_f64.sqrt(), &[(7.0, poisson(7.5, 7)), (10.0, poisson(7.5, 10))]),
    ]
}

/// The probability of at most `most`, added up term by term.
fn binomial(n: u32, p: f64, most: u32) -> f64 {
    let mut term = (1.0 - p).powi(n as i32);
    (0..=most).fold(0.0, |sum, k| {
        let now = term;
        term *= f64::from(n - k) / f64::from(k + 1) * p / (1.0 - p);
        sum + now
    })
}

fn poisson(mean: f64, most: u32) -> f64 {
    let mut term = (-mean).exp();
    (0..=most).fold(0.0, |sum, k| {
        let now = term;
        term *= mean / f64::from(k + 1);
        sum + now
    })
}

#[test]
fn every_form_of_spread_has_the_moments_and_quantiles_of_its_distribution() {
    let known = known();
    let assumptions: Vec<String> =
        known.iter().map(|known| format!("value = {:?}\nspread = {{ {} }}\n", known.value, known.spread)).collect();
    let drawn = draw(&load(&assumptions, ""), "baseline", 11, 64);
    for (k, known) in known.iter().enumerate() {
        let numbers = &drawn[&format!("x.a{k}@2024")];
        let (mean, sd) = moments(numbers);
        near(mean, known.mean, ERRORS * known.sd / (DRAWS as f64).sqrt(), known.spread);
        near(sd, known.sd, known.sd * 0.06, known.spread);
        for (number, probability) in &known.below {
            share(numbers, *number, *probability, known.spread);
        }
    }
}

#[test]
fn quantile_functions_meet_their_closed_forms() {
    let triangular = Inverse::new(&SpreadForm::Triangular { low: -1.0, mode: 0.0, high: 3.0 }, 0.0);
    near(triangular.of_uniform(0.25), 0.0, 1e-15, "triangular at its mode");
    near(triangular.of_uniform(0.5), 3.0 - 6.0_f64.sqrt(), 1e-15, "triangular at its median");
    let pert = Inverse::new(&SpreadForm::Pert { low: -1.0, mode: 0.0, high: 3.0 }, 0.0);
    near(pert.of_uniform(0.812_5), 1.0, 1e-12, "PERT: I(0.5; 2, 4) = 26/32");
    near(pert.of_uniform(0.367_187_5), 0.0, 1e-12, "PERT: I(0.25; 2, 4) = 376/1024");
    let lognormal = Inverse::new(&SpreadForm::Lognormal { median: 2.0, sd_of_ln: 0.5 }, 0.0);
    near(lognormal.of_uniform(0.5), 2.0, 1e-15, "lognormal at its median");
    near(lognormal.of_uniform(0.975), 2.0 * (0.5 * 1.959_963_984_540_054_f64).exp(), 1e-13, "lognormal at 97.5 %");
    let interval = Inverse::new(&SpreadForm::Interval { low: -1.0, high: 2.0 }, 0.0);
    near(interval.of_uniform(0.05), -1.0, 1e-13, "interval at 5 %");
    near(interval.of_uniform(0.95), 2.0, 1e-13, "interval at 95 %");
    let counts = Inverse::new(&SpreadForm::Poisson, 7.5);
    let edge = poisson(7.5, 7);
    assert_eq!((counts.of_uniform(edge - 1e-9), counts.of_uniform(edge + 1e-9)), (7.0, 8.0));
    let counts = Inverse::new(&SpreadForm::Binomial { n: 42, p: 0.3 }, 0.0);
    let edge = binomial(42, 0.3, 12);
    assert_eq!((counts.of_uniform(edge - 1e-9), counts.of_uniform(edge + 1e-9)), (12.0, 13.0));
}

#[test]
fn company_block_size_and_threads_change_no_draw() {
    let normal = |sd: f64| format!("value = 1.0\nspread = {{ normal = [0.0, {sd:?}] }}\n");
    let alone = draw(&load(&[normal(1.0), normal(2.0)], ""), "baseline", 3, 64);
    let model = load(&[normal(1.0), normal(2.0), normal(3.0)], "");
    for lanes in [1, 7, 64, 128] {
        let together = draw(&model, "baseline", 3, lanes);
        assert!(alone.iter().all(|(name, numbers)| same(&together[name], numbers)), "blocks of {lanes}");
    }
    let folded = |threads: usize| {
        let request = Request { scenario: "baseline".to_owned(), ..Request::default() };
        let all = model.with_parts(&request, |parts| {
            let ensemble = Ensemble::drawn(parts, 3, Wanted::default());
            let mut all: Vec<u64> = Vec::new();
            let see = |part: &mut Vec<u64>, block: &Block<'_>| part.extend((0..block.count).map(|lane| block.column(0, lane).to_bits()));
            ensemble.fold(9_000, threads, &(), &see, &mut |part| all.extend(part));
            all
        });
        all.unwrap()
    };
    let one = folded(1);
    assert_eq!(one.len(), 9_000);
    assert!(one == folded(2) && one == folded(5));
    assert!(!same(&alone["x.a0@2024"], &draw(&model, "baseline", 4, 64)["x.a0@2024"]), "another seed, other draws");
}

#[test]
fn correlated_assumptions_have_the_correlation_asked_for() {
    let forms = ["normal = [0.0, 2.0]", "lognormal = [1.0, 0.3]", "uniform = [-1.0, 1.0]", "normal = [0.0, 1.0]"];
    let assumptions: Vec<String> = forms.iter().map(|form| format!("value = 1.0\nspread = {{ {form} }}\n")).collect();
    let pair = |a: usize, b: usize, r: f64| format!("[[correlation]]\nbetween = [\"x.a{a}\", \"x.a{b}\"]\ncoefficient = {r:?}\n");
    let plan = [pair(0, 3, 0.6), pair(0, 1, -0.5), pair(1, 2, 0.7)].concat();
    let drawn = draw(&load(&assumptions, &plan), "baseline", 5, 64);
    let numbers = |k: usize| &drawn[&format!("x.a{k}@2024")];
    let error = |r: f64| ERRORS * (1.0 - r * r) / (DRAWS as f64).sqrt();
    near(correlation(numbers(0), numbers(3)), 0.6, error(0.6), "two normals");
    // The ranks of a Gaussian copula: 6/π · asin(r/2), whatever the distributions.
    for (a, b, r) in [(0, 3, 0.6_f64), (0, 1, -0.5), (1, 2, 0.7), (2, 3, 0.0)] {
        let expected = 6.0 / std::f64::consts::PI * (r / 2.0).asin();
        near(correlation(&ranks(numbers(a)), &ranks(numbers(b))), expected, error(r) + 0.005, "ranks");
    }
    let (mean, sd) = moments(numbers(1));
    near(mean, 1.0 + 0.045_f64.exp(), ERRORS * sd / (DRAWS as f64).sqrt(), "a correlated lognormal keeps its mean");
    share(numbers(2), 0.5, 0.25, "a correlated uniform stays uniform");
}

#[test]
fn one_draw_holds_for_all_years_unless_every_year_draws_anew() {
    let by_year = "value = { R6 = 10.0, R7 = 20.0, R8 = 40.0 }\n";
    let held = format!("{by_year}spread = {{ normal = [1.0, 0.1], as = \"factor\" }}\n");
    let anew = format!("{by_year}spread = {{ normal = [0.0, 1.0], every_year = true }}\n");
    let shift = format!("{by_year}spread = {{ normal = [0.0, 1.0] }}\n");
    let drawn = draw(&load(&[held, anew, shift], ""), "baseline", 8, 64);
    let numbers = |k: usize, year: u16| &drawn[&format!("x.a{k}@{year}")];
    let pairs = |k: usize| numbers(k, 2024).iter().zip(numbers(k, 2025));
    assert!(pairs(0).all(|(one, other)| (other / one - 2.0).abs() < 1e-12), "one factor holds for all years");
    assert!(pairs(2).all(|(one, other)| (other - one - 10.0).abs() < 1e-12), "one deviation holds for all years");
    near(correlation(numbers(1, 2024), numbers(1, 2025)), 0.0, ERRORS / (DRAWS as f64).sqrt(), "drawn anew");
}

#[test]
fn a_scenario_moves_the_distribution_and_can_remove_it() {
    let factor = "value = 10.0\nspread = { uniform = [0.5, 1.5], as = \"factor\" }\n".to_owned();
    let added = "value = 10.0\nspread = { uniform = [-1.0, 1.0] }\n".to_owned();
    let model = load(&[factor, added], "");
    let (before, after) = (draw(&model, "baseline", 2, 64), draw(&model, "moved", 2, 64));
    let pairs = |name: &str| before[name].iter().zip(after[name].clone()).collect::<Vec<_>>();
    assert!(pairs("x.a0@2025").iter().all(|(one, other)| **one * 2.0 == *other), "twice the value, twice the draw");
    assert!(pairs("x.a1@2025").iter().all(|(one, other)| (*one + 5.0 - other).abs() < 1e-12), "the draw moves with the value");
    let fixed = draw(&model, "fixed", 2, 64);
    assert!(fixed.keys().all(|name| name.starts_with("x.a1")), "{:?}", fixed.keys());
    assert!(same(&fixed["x.a1@2025"], &before["x.a1@2025"]), "scenarios share their draws");
}

/// A pack of one indicator that reads assumptions `a0`, `a1` … of the given text.
pub fn load(assumptions: &[String], plan: &str) -> Model {
    let head = "title = \"t\"\nlanguage = \"en\"\nyears = [\"R5\", \"R8\"]\nactuals_until = \"R5\"\n\
        [[strategy]]\nkey = \"1\"\ntitle = \"s\"\n[[grade]]\nkey = \"A\"\nfrom = 1.0\nmark = \"o\"\nword = \"met\"\n\
        [[grade]]\nkey = \"B\"\nmark = \"x\"\nword = \"missed\"\n";
    let tables = assumptions.iter().enumerate().map(|(k, text)| format!("[assumptions.a{k}]\n{text}"));
    let sheet = format!(
        "no = 1\ntitle = \"t\"\nstrategy = \"1\"\nindicator = \"i\"\nunit = \"u\"\nkind = \"level\"\nbetter = \"higher\"\n\
         [targets]\nR8 = 3\n[actuals]\nR5 = 1.0\n{}",
        tables.collect::<String>()
    );
    let names: Vec<String> = (0..assumptions.len()).map(|k| format!("a{k}")).collect();
    let rule = format!("fn project({}) {{ {} }}\nfn achieve(value, target) {{ value / target }}\n", names.join(", "), names.join(" + "));
    let moved = "title = \"m\"\nextends = [\"baseline\"]\n[assumptions.x]\na0 = 20.0\na1 = 15.0\n";
    let fixed = "title = \"f\"\nextends = [\"baseline\"]\n[assumptions.x]\na0 = { fixed = true }\n";
    let mut files = vec![
        RawFile::new("rules/plan.toml", format!("{head}{plan}")),
        RawFile::new("rules/x.toml", sheet),
        RawFile::new("rules/x.rhai", rule),
        RawFile::new("scenarios/baseline.toml", "title = \"b\"\n"),
    ];
    if assumptions.len() == 2 {
        files.extend([RawFile::new("scenarios/moved.toml", moved), RawFile::new("scenarios/fixed.toml", fixed)]);
    }
    plan::load(files)
}

/// The draws of every column, by address and year.
pub fn draw(model: &Model, scenario: &str, seed: u64, lanes: usize) -> BTreeMap<String, Vec<f64>> {
    let request = Request { scenario: scenario.to_owned(), ..Request::default() };
    let drawn = model.with_parts(&request, |parts| {
        let ensemble = Ensemble::drawn(parts, seed, Wanted::default()).on(Isa::best(), lanes);
        let mut drawn: Vec<Vec<f64>> = vec![Vec::new(); ensemble.program.columns.len()];
        ensemble.run(0, DRAWS, &mut ensemble.registers(), &mut |block| {
            for (k, numbers) in drawn.iter_mut().enumerate() {
                numbers.extend((0..block.count).map(|lane| block.column(k, lane)));
            }
        });
        let reads = ensemble.program.reads.iter();
        reads.map(|((read, year), k)| (format!("{}@{}", read.address(&model.pack), year.0), drawn[*k as usize].clone())).collect()
    });
    drawn.unwrap()
}

fn same(one: &[f64], other: &[f64]) -> bool {
    one.len() == other.len() && one.iter().zip(other).all(|(a, b)| a.to_bits() == b.to_bits())
}

pub fn moments(numbers: &[f64]) -> (f64, f64) {
    let count = numbers.len() as f64;
    let mean = numbers.iter().sum::<f64>() / count;
    (mean, (numbers.iter().map(|number| (number - mean).powi(2)).sum::<f64>() / count).sqrt())
}

pub fn correlation(one: &[f64], other: &[f64]) -> f64 {
    let ((mean, sd), (other_mean, other_sd)) = (moments(one), moments(other));
    let products = one.iter().zip(other).map(|(a, b)| (a - mean) * (b - other_mean));
    products.sum::<f64>() / one.len() as f64 / sd / other_sd
}

fn ranks(numbers: &[f64]) -> Vec<f64> {
    let mut order: Vec<usize> = (0..numbers.len()).collect();
    order.sort_by(|a, b| numbers[*a].total_cmp(&numbers[*b]));
    let mut ranks = vec![0.0; numbers.len()];
    order.into_iter().enumerate().for_each(|(rank, at)| ranks[at] = rank as f64);
    ranks
}

fn near(found: f64, expected: f64, error: f64, what: &str) {
    assert!((found - expected).abs() <= error, "{what}: {found} is not {expected} within {error}");
}

/// The share of numbers up to `number` is `probability`, but for luck.
fn share(numbers: &[f64], number: f64, probability: f64, what: &str) {
    let count = numbers.len() as f64;
    let found = numbers.iter().filter(|drawn| **drawn <= number + 1e-9).count() as f64 / count;
    near(found, probability, ERRORS * (probability * (1.0 - probability) / count).sqrt(), &format!("{what} up to {number}"));
}
