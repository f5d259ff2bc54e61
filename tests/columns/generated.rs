//! Generated rules in a pack of two indicators, walked and run in columns on values that decide.
//!
//! A few hundred programs run with every `cargo test`; `cargo xtask fuzz --seconds N --seed S` sets
//! `MITOSHI_FUZZ_SECONDS` and `MITOSHI_FUZZ_SEED` and runs on from there.

use std::time::{Duration, Instant};

use mitoshi_core::columns::{Column, Isa};
use mitoshi_core::diagnostic::RawFile;
use mitoshi_core::{Model, load};

use super::compare::{Counts, Values, compare, every_way};
use super::generator::{Generated, generate};
use super::random::Random;

/// Programs of a test run, and draws for each there and in a long run.
const PROGRAMS: u64 = 220;
const DRAWS: u64 = 16;
const MANY_DRAWS: u64 = 70;

/// Numbers that stop, vanish, overflow or lose their last digits.
const SPECIAL: [f64; 29] = [
    0.0,
    -0.0,
    1.0,
    -1.0,
    0.5,
    -0.5,
    1.5,
    2.5,
    -2.5,
    3.0,
    7.0,
    -7.0,
    100.0,
    5e-324,
    -5e-324,
    1e-310,
    f64::MIN_POSITIVE,
    f64::EPSILON,
    1e308,
    -1e308,
    f64::MAX,
    f64::MIN,
    4_503_599_627_370_496.0,
    9_007_199_254_740_992.0,
    9_007_199_254_740_993.0,
    f64::INFINITY,
    f64::NEG_INFINITY,
    f64::NAN,
    1e16,
];

const PLAN: &str = "title = \"t\"\nlanguage = \"en\"\nyears = [\"R5\", \"R7\"]\nactuals_until = \"R5\"\n\
    [[strategy]]\nkey = \"1\"\ntitle = \"s\"\n[[grade]]\nkey = \"A\"\nfrom = 1.0\nmark = \"o\"\nword = \"met\"\n\
    [[grade]]\nkey = \"B\"\nmark = \"x\"\nword = \"missed\"\n";

fn sheet(number: u32, more: &str, before: &str) -> String {
    let assumptions: String = ["a", "b", "c"].map(|name| format!("[assumptions.{name}]\nvalue = 1.0\n")).concat();
    format!(
        "no = {number}\ntitle = \"t\"\nstrategy = \"1\"\nindicator = \"i\"\nunit = \"u\"\nkind = \"level\"\nbetter = \"higher\"\n\
         feedback = true\n{before}\n[targets]\nR5 = 1\nR6 = 2\nR7 = 3\n{more}\n{assumptions}"
    )
}

/// A pack around generated functions.
pub fn pack(alpha: &str, beta: &str) -> Vec<RawFile> {
    let file = |path: &str, text: &str| RawFile::new(path, text);
    vec![
        file("rules/plan.toml", PLAN),
        file("rules/alpha.toml", &sheet(1, "[actuals]\nR5 = 1.5\n[auxiliaries.extra]\nunit = \"u\"", "")),
        file("rules/alpha.rhai", alpha),
        file("rules/beta.toml", &sheet(2, "", "start = { R5 = \"c\" }")),
        file("rules/beta.rhai", beta),
        file("scenarios/baseline.toml", "title = \"b\"\n"),
        file("scenarios/adopt.toml", "title = \"a\"\nextends = [\"baseline\"]\nreview = \"adopt\"\n[targets.alpha]\nR6 = 2.5\n"),
    ]
}

/// Draws in which a column is larger are walked as a whole.
const ORDINARY: f64 = 1e15;

/// The same special value for a draw and column, wherever it is asked for; three draws of four have
/// ordinary values only, because one that is not makes the others prove nothing.
pub fn special(draw: u64, column: &Column, _: f64, pool: &[f64]) -> f64 {
    let key = column.assumption.indicator().unwrap_or(9) as u64 * 1_000 + column.year.0.unsigned_abs() as u64 * 31;
    let name = match column.assumption {
        mitoshi_core::rule::signature::Quantity::Assumption(_, k) => k as u64,
        _ => 77,
    };
    let mut random = Random::new(draw.wrapping_mul(0x1000_0001) ^ (key << 20) ^ (name << 40));
    random.bits();
    let mut values = (0..20).map(|_| random.pick(pool));
    let ordinary = |value: &f64| draw.is_multiple_of(4) || value.abs() <= ORDINARY;
    values.find(ordinary).unwrap_or(1.0)
}

/// Special numbers, and the neighbours of every number of the rule and of some that two of them make:
/// a comparison may be of `a * 0.1` with `0.3`.
fn pool(literals: &[f64], random: &mut Random) -> Vec<f64> {
    let mut pool = SPECIAL.to_vec();
    let made = (0..12).map(|n| {
        let (one, other) = (random.pick(literals), random.pick(literals));
        [one + other, one - other, one * other, one / other][n % 4]
    });
    let made: Vec<f64> = made.filter(|number| number.is_finite()).collect();
    for literal in literals.iter().chain(&made) {
        let (mut below, mut above) = (*literal, *literal);
        pool.extend([*literal, *literal, -*literal]);
        for _ in 0..8 {
            (below, above) = (below.next_down(), above.next_up());
            pool.extend([below, above].into_iter().filter(|number| number.is_finite()));
        }
    }
    pool
}

/// What a number of programs came to.
#[derive(Default, Debug)]
struct Tally {
    programs: u64,
    valid: u64,
    functions: u64,
    counts: Counts,
}

/// Which functions are generated differs from program to program; the others are plain.
fn program(random: &mut Random) -> (Generated, Generated) {
    let join = |one: Generated, other: Generated| Generated {
        rule: one.rule + other.rule.as_str(),
        literals: [one.literals, other.literals].concat(),
    };
    let plain = |rule: &str| Generated { rule: rule.to_owned(), literals: Vec::new() };
    let project = generate(random, "project", &["last", "a", "b", "c"], false);
    let extra = match random.below(3) {
        0 => generate(random, "extra", &["value", "last", "a", "c"], false),
        _ => plain("fn extra(value, a) { min(value, a) }\n"),
    };
    let achieve = match random.below(2) {
        0 => generate(random, "achieve", &["value", "target", "a", "b"], true),
        _ => plain("fn achieve(value, target) { if target == 0.0 { not_evaluable(\"x\") } value / target }\n"),
    };
    let alpha = join(join(project, extra), achieve);
    let beta_project = match random.below(3) {
        0 => generate(random, "project", &["last", "alpha", "alpha_achievement", "last_alpha_extra", "a"], false),
        1 => generate(random, "project", &["alpha", "alpha_a", "last_alpha_b", "a"], false),
        _ => plain("fn project(last, a) { last + a }\n"),
    };
    let revise = match random.below(2) {
        0 => generate(random, "revise", &["value", "planned", "target", "b", "years_ahead"], false),
        _ => plain("fn revise(value, planned, b) { if value > planned { planned + b } else { planned } }\n"),
    };
    let beta = join(join(beta_project, plain("fn achieve(value, target) { value / target }\n")), revise);
    (alpha, beta)
}

/// Every way of running for each program, or only two: another two for the next one.
fn ways(number: u64, all: bool) -> Vec<(Isa, usize)> {
    let ways = every_way();
    let two = [ways[number as usize % ways.len()], ways[(number as usize * 5 + 3) % ways.len()]];
    if all { ways } else { two.to_vec() }
}

fn run(seed: u64, long: bool, go_on: &dyn Fn(u64) -> bool) -> Tally {
    let mut tally = Tally::default();
    let draws = if long { MANY_DRAWS } else { DRAWS };
    while go_on(tally.programs) {
        let number = seed.wrapping_add(tally.programs);
        let mut random = Random::new(number);
        let (alpha, beta) = program(&mut random);
        tally.programs += 1;
        let Some(model) = load(pack(&alpha.rule, &beta.rule)).model else { continue };
        tally.valid += 1;
        tally.functions += model.bindings.iter().map(|binding| binding.functions().count() as u64).sum::<u64>();
        let pool = pool(&[alpha.literals, beta.literals, vec![1.0]].concat(), &mut random);
        let scenario = if number.is_multiple_of(3) { "adopt" } else { "baseline" };
        match compare(&model, scenario, Values::Pool(&pool, special), draws, &ways(number, long)) {
            Ok(counts) => tally.counts.add(counts),
            Err(difference) => {
                panic!("program {number}, {scenario}: {difference}\n--- alpha.rhai\n{}--- beta.rhai\n{}", alpha.rule, beta.rule)
            }
        }
    }
    tally
}

/// A number that a long run has set.
pub fn environment(name: &str) -> Option<u64> {
    std::env::var(name).ok()?.parse().ok()
}

#[test]
fn generated_rules_give_the_same_bits_in_columns_as_walked() {
    let seed = environment("MITOSHI_FUZZ_SEED").unwrap_or(20_240_601);
    let start = Instant::now();
    let tally = match environment("MITOSHI_FUZZ_SECONDS") {
        Some(seconds) => run(seed, true, &|_| start.elapsed() < Duration::from_secs(seconds)),
        None => run(seed, false, &|done| done < PROGRAMS),
    };
    println!("seed {seed}, {:.1} s: {tally:?}", start.elapsed().as_secs_f64());
    assert!(tally.valid * 10 >= tally.programs * 7, "too few generated rules are valid: {tally:?}");
    assert!(tally.counts.walked * 10 <= tally.counts.draws * 6, "too many draws were walked to compare anything: {tally:?}");
    assert!(tally.counts.residues * 8 <= tally.functions, "too many functions were not lowered: {tally:?}");
}

/// A model of two plain indicators but for one `project`.
pub fn with_project(body: &str) -> Option<Model> {
    with_rule(&format!("{body}\nfn achieve(value, target) {{ value / target }}\n"))
}

/// A model of two plain indicators but for `project` and `achieve` of the first.
pub fn with_rule(rule: &str) -> Option<Model> {
    let alpha = format!("{rule}\nfn extra(value) {{ value }}\n");
    let beta = "fn project(last, alpha_a, alpha) { last + alpha_a + alpha * 0.0 }\nfn achieve(value, target) { value / target }\n";
    load(pack(&alpha, beta)).model
}
