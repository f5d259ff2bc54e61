//! Rules written by hand to trap a lowering: each one a place where columns and interpreter could part.
//!
//! `RULES` run on numbers chosen once; `COMPARED` are compared with a number on the floats around every
//! place where the interpreter changes its mind, which is looked for by halving.

use std::collections::BTreeMap;

use mitoshi_core::analysis::Parts;
use mitoshi_core::columns::Column;
use mitoshi_core::rule::signature::Quantity;
use mitoshi_core::schedule::State;
use mitoshi_core::walk::walk;
use mitoshi_core::{Model, Request};

use super::compare::{Values, compare, every_way};
use super::generated::{special, with_project, with_rule};

/// Rules for `project`, with what each is about.
const RULES: &[(&str, &str)] = &[
    ("a whole number on one path: the sign of zero", "fn project(a, b) { let x = 0; if a > 1.0 { x = 2.5; } x * -3 }"),
    ("a whole number on one path: remainder", "fn project(a) { let x = 0 - 6; if a > 1.0 { x = 2.5; } x % 3 }"),
    ("a whole number on one path: negation", "fn project(a) { let x = 0; if a > 1.0 { x = 2.5; } -x }"),
    ("a whole number on one path: remainder by zero", "fn project(a) { let x = 0; if a > 1.0 { x = 2.5; } let y = 5 % x; 1.0 }"),
    ("large integers are compared exactly", "fn project(a) { if 9007199254740992 == 9007199254740991 { a } else { 2.0 } }"),
    (
        "large integers are ordered exactly",
        "fn project(a) { let x = 9007199254740992; if a > 1.0 { x = 9007199254740991; } if x > 9007199254740991 { 1.0 } else { 2.0 } }",
    ),
    (
        "a sum of large integers is exact",
        "fn project(a) { let x = 9007199254740992; if a > 1.0 { x = 9007199254740990; } let y = x + 1; y - 9007199254740992 }",
    ),
    (
        "a product of large integers is exact",
        "fn project(a) { let x = 94906267; if a > 1.0 { x = 94906269; } let y = x * 94906267; y % 1000 }",
    ),
    (
        "an assignment in a part that is not reached",
        "fn project(a, b) { let x = 1.0; if a > 1.0 && (if b > 0.0 { x = 5.0; true } else { false }) { x + 1.0 } else { x } }",
    ),
    (
        "an assignment in a part of ||",
        "fn project(a, b) { let x = 1.0; let y = a > 1.0 || (if b > 0.0 { x = 5.0; true } else { false }); x }",
    ),
    ("an assignment in an operand", "fn project(a) { let x = a; x + (if a > 1.0 { x = 9.0; x } else { x }) * x }"),
    ("an assignment on the right of +=", "fn project(a) { let x = a; x += if a > 1.0 { x = 9.0; 1.0 } else { 2.0 }; x }"),
    (
        "a name that is the first argument is read last",
        "fn sum(x, y) { x * 2.0 + y }\nfn project(a) { let b = a; sum(b, if a > 1.0 { b = 9.0; 1.0 } else { 2.0 }) + b }",
    ),
    (
        "a name that is the first argument of a word is read last",
        "fn project(a) { let b = a; max(b, if a > 1.0 { b = 9.0; 1.0 } else { 2.0 }) }",
    ),
    (
        "a name that is the second argument is not",
        "fn project(a) { let b = a; clamp(0.5, b, if a > 1.0 { b = 9.0; 1.0 } else { 2.0 }) - b }",
    ),
    ("an empty statement at the end", "fn project(a) { if a > 1.0 { a; ; } else { 2.0 } }"),
    ("a return in an operand", "fn project(a) { 1.0 + (if a > 1.0 { return a; } else { 2.0 }) }"),
    ("a return in a loop", "fn project(a) { let x = 0.0; for n in 0..5 { if a < n { return x; } x += a; } x }"),
    ("a return in both branches", "fn project(a) { if a > 1.0 { return a; } else { return 2.0; } }"),
    ("a counter that hides a name", "fn project(a) { let n = a; for n in 0..3 { n += 1; } n }"),
    ("a loop that leaves zero", "fn project(a) { let x = 3; for n in 0..4 { x = x - 1; x = x * (0 - 1); } x * 0 - x % 1 }"),
    ("infinity that vanishes", "fn project(a) { 1.0 / (a / 0.0) }"),
    (
        "not a number that is compared",
        "fn project(a) { let n = (a - a) / (a - a); if n != n { 1.0 } else if n == n { 2.0 } else if n >= 0.0 { 3.0 } else { 4.0 } }",
    ),
    ("zero over zero in branches not taken", "fn project(a) { if a == 0.0 { 0.0 } else { 1.0 / a * 0.0 } }"),
    (
        "min and max with what is no number",
        "fn project(a) { let n = (a - a) / (a - a); let m = max(n, 1.0); let k = min(1.0, n); if m == m || k == k { 1.0 } else { 2.0 } }",
    ),
    ("of two zeros max takes the second", "fn project(a) { max(a, 0.0) }"),
    ("of two zeros max takes the second, turned round", "fn project(a) { max(0.0, a) }"),
    ("of two zeros min takes the second", "fn project(a) { min(a, 0.0) }"),
    ("of two zeros min takes the second, turned round", "fn project(a) { min(0.0, a) }"),
    ("of two zeros, both drawn", "fn project(a, b, c) { if c > 0.0 { max(a, b) } else { min(a, b) } }"),
    ("the zeros of clamp", "fn project(a, b) { if b > 0.0 { clamp(a, 0.0, 1.0) } else { clamp(a, -1.0, 0.0) } }"),
    ("minus a negative zero", "fn project(a, b) { if b > 0.0 { a - -0.0 } else { a + 0.0 } }"),
    ("the sign of a zero that is written", "fn project(a) { if a > 1.0 { -0.0 } else { 0.0 * -a } }"),
    ("a division by a whole number", "fn project(a) { let n = 2; a / n + 7.0 / n }"),
    ("two names of one kind", "fn project(a) { let x = a; { let x = 2.0; x += a; } let x = x * 3.0; x }"),
    (
        "a name that hides a parameter in one branch",
        "fn project(a, b) { if a > 1.0 { let b = a + 5.0; b += 1.0; b } else { b += 2.0; b } }",
    ),
    ("an early return hides what follows", "fn project(a, b) { if a > 1.0 { return b; } if b > 1.0 { return a - b; } a * b }"),
    ("halves are rounded away from zero", "fn project(a) { round(a) + round(-a) * 2.0 + round(0.49999999999999994) }"),
    ("a power is not a product", "fn project(a) { pow(a, 3.0) + pow(a, 2.0) + pow(a, 0.5) + pow(a, -1.0) }"),
    ("a product that overflows though no factor is large", "fn project(a) { let x = 1.0; for n in 0..25 { x *= a; } x }"),
    ("a product that overflows and is cut", "fn project(a) { let x = a; for n in 0..25 { x *= a; } min(max(x, -2.0), 2.0) }"),
    ("a quotient that overflows", "fn project(a) { if a > 2.0 { a / 1e-300 } else { a * 1e300 } }"),
    ("a sum that overflows", "fn project(a) { let x = a * 1e290; for n in 0..60 { x += x; } x }"),
    ("what overflows and is not looked at", "fn project(a, b) { let x = a * 1e300 * b; if b > 0.0 { a } else { x } }"),
    ("no fused multiplication in a difference", "fn project(a, b, c) { c - a * b + (a * b - c) * 3.0 }"),
    ("no fused multiplication of a product that is kept", "fn project(a, b, c) { let p = a * b; let s = p + c; s * s + p / s }"),
    ("of two zeros max takes the second, behind a product", "fn project(a) { max(a * 1.5, 0.0) }"),
    ("of two zeros min takes the second, behind a difference", "fn project(a) { min(a - 0.5, -0.0) }"),
    ("max of a product that is no number", "fn project(a, b) { max(a / 0.0 * b, 1.0) }"),
    ("min of a sum that is no number", "fn project(a, b) { min(a / 0.0 + b / 0.0, 1.0) }"),
    ("min and max of a product", "fn project(a, b, c) { max(a * b, c) + min(c, a - b) * 3.0 }"),
    ("no fused multiplication", "fn project(a, b, c) { a * b + c - a * b * c }"),
    ("a remainder keeps the sign of its left side", "fn project(a, b) { a % b + -5.5 % 2.0 + (0 - 7) % 3 }"),
    (
        "a block in a part that is not reached",
        "fn project(a, b) { let x = 1.0; if a > 1.0 && { x = 5.0; b > 0.0 } { x + 1.0 } else { x } }",
    ),
    ("a return in a part", "fn project(a, b) { if a > 1.0 || (if b > 0.0 { return 3.0; } else { a < 0.0 }) { 1.0 } else { 2.0 } }"),
    (
        "a comparison behind operations",
        "fn project(a, b) { if (a + 0.1) * 3.0 / 7.0 - 0.2 >= 0.3 { b } else if 1.0 > a / -0.3 { 2.0 } else { 3.0 } }",
    ),
];

/// Rules for `achieve`, which can decline, with what each is about.
const ACHIEVEMENTS: &[(&str, &str)] = &[
    (
        "where it declines is read once more, beside a number that may be infinite",
        "fn achieve(value, target, a, b) { if (b - b % target) >= 1.0 { not_evaluable(\"x\") } (b + target) * 1003.0 }",
    ),
    (
        "where it declines stands between other numbers",
        "fn achieve(value, target, a, b) { let x = a * b; if x - a > 0.5 { not_evaluable(\"x\") } let y = x * x; (y - b) * (a + y) / 3.0 }",
    ),
    (
        "declined in a part that is not always reached",
        "fn achieve(value, target, a, b) { if a > 1.0 && (if b > 0.0 { not_evaluable(\"x\") } else { true }) { 1.0 } else { b } }",
    ),
    (
        "declined after a return",
        "fn achieve(value, target, a, b) { if a > 1.0 { return b; } if b > 1.0 { not_evaluable(\"x\") } a / target }",
    ),
    (
        "a helper that declines where it is reached",
        "fn share(x) { if x < 0.0 { not_evaluable(\"x\") } sqrt(x) }\n\
         fn achieve(value, target, a, b) { if a > 1.0 { share(b) } else { share(a * a) + b } }",
    ),
];

/// Loops that do nothing but count, together beyond the limit of steps.
fn endless() -> String {
    let loops = "    for i in 0..256 { for j in 0..16 { } }\n".repeat(60);
    format!("fn project(a) {{\n{loops}    a\n}}")
}

const POOL: [f64; 24] = [
    0.0,
    -0.0,
    1.0,
    -1.0,
    0.5,
    1.5,
    2.5,
    -2.5,
    3.0,
    6.0,
    1e-310,
    5e-324,
    1e308,
    -1e308,
    f64::MAX,
    1e16,
    0.1,
    0.2,
    0.3,
    7.3,
    12.7,
    -3.9,
    1.0000000000000002,
    0.9999999999999999,
];

fn trap<'a>(rules: impl Iterator<Item = (&'a str, String)>) {
    let mut differing = Vec::new();
    let mut ways = every_way();
    ways.retain(|(_, lanes)| *lanes == 64);
    for (about, rule) in rules {
        let model = with_rule(&rule).unwrap_or_else(|| panic!("{about}: not a valid rule: {rule}"));
        if let Err(difference) = compare(&model, "baseline", Values::Pool(&POOL, special), 40, &ways) {
            differing.push(format!("{about}\n{rule}\n{difference}"));
        }
    }
    assert!(differing.is_empty(), "{} differ:\n\n{}", differing.len(), differing.join("\n\n"));
}

#[test]
fn rules_written_to_trap_a_lowering_give_the_same_bits() {
    trap(RULES.iter().map(|(about, rule)| (*about, format!("{rule}\nfn achieve(value, target) {{ value / target }}"))));
}

#[test]
fn achievements_written_to_trap_a_lowering_give_the_same_bits() {
    trap(ACHIEVEMENTS.iter().map(|(about, rule)| (*about, format!("fn project(c) {{ c }}\n{rule}"))));
}

#[test]
fn a_name_made_whole_by_a_later_argument_cannot_hide_an_integer_division() {
    let rule = "fn half(n, m) { n / 2 + m }\nfn project(a) { let k = a; half(k, if a > 1.0 { k = 3; 1.0 } else { 2.0 }) }";
    assert!(with_project(rule).is_none(), "3 / 2 is 1 in Rhai");
}

#[test]
fn loops_that_run_into_the_limit_of_steps_fail_in_columns_too() {
    let model = with_project(&endless()).expect("a valid rule");
    let compared = compare(&model, "baseline", Values::Pool(&POOL, special), 1, &every_way()[..1]);
    assert_eq!(compared.map(|counts| counts.draws), Ok(1));
}

/// What is compared with which number; each rises or falls in `a` from 1/1,000 to 1,000.
const COMPARED: &[(&str, &str)] = &[
    ("a", "0.3"),
    ("a", "100.0"),
    ("-a", "-7.3"),
    ("a * 0.1", "0.3"),
    ("a * -3.0", "-1.1"),
    ("a / 0.3", "1.0"),
    ("a / -7.0", "-0.1"),
    ("a / 3.0 * 100.0", "95.0"),
    ("a - 0.7", "0.1"),
    ("a - 0.7", "0.0"),
    ("a + 99.7", "100.0"),
    ("(a + 0.1) * 3.0 / 7.0 - 0.2", "0.3"),
    ("(a - 434.0) / -387.0", "1.0"),
    ("a / 5.0 / 5.0", "0.04"),
    ("1.0 / a", "3.0"),
    ("a * a", "2.0"),
];

/// What `project` gives in the first projected year for the assumption `a`, by the bits of both.
fn outcome(parts: Parts<'_>, a: u64) -> u64 {
    let first = parts.schedule.actuals_until.plus(1);
    let place = parts.schedule.sheet(0).assumptions.get_index_of("a").unwrap();
    let drawn = BTreeMap::from([((Quantity::Assumption(0, place), first), f64::from_bits(a))]);
    let run = walk(&parts.schedule.with_drawn(drawn), parts.engine, parts.rules);
    match run.values.get(Quantity::Outcome(0), first) {
        State::Number(number) => number.to_bits(),
        other => panic!("{other:?}"),
    }
}

/// The floats, by their bits, at which the outcome becomes another: a pair is an `a` and its outcome.
fn halve(parts: Parts<'_>, low: (u64, u64), high: (u64, u64), found: &mut Vec<u64>) {
    if low.1 == high.1 {
        return;
    }
    if low.0 + 1 == high.0 {
        return found.push(high.0);
    }
    let middle = low.0 + (high.0 - low.0) / 2;
    let middle = (middle, outcome(parts, middle));
    halve(parts, low, middle, found);
    halve(parts, middle, high, found);
}

fn changes(model: &Model) -> Vec<u64> {
    let request = Request { scenario: "baseline".to_owned(), ..Request::default() };
    let found = model.with_parts(&request, |parts| {
        let [low, high] = [1e-3_f64, 1e3].map(|a| (a.to_bits(), outcome(parts, a.to_bits())));
        let mut found = Vec::new();
        halve(parts, low, high, &mut found);
        found
    });
    found.unwrap()
}

#[test]
fn comparisons_change_at_the_same_float() {
    for (number, with) in COMPARED {
        let asked = |left: &str, right: &str, weight: u32| -> String {
            let each = ["<", "<=", ">", ">=", "==", "!="].iter().enumerate();
            each.map(|(n, operator)| format!("if {left} {operator} {right} {{ x += {}.0; }} ", weight << n)).collect()
        };
        let rule = format!("fn project(a) {{ let x = 0.0; {}{}x }}", asked(number, with, 1), asked(with, number, 64));
        let model = with_project(&rule).unwrap_or_else(|| panic!("not a valid rule: {rule}"));
        let found = changes(&model);
        assert!(!found.is_empty(), "{number} is never {with}");
        let around = found.iter().flat_map(|bits| bits - 9..bits + 9).map(f64::from_bits);
        let pool: Vec<f64> = around.chain(found.iter().map(|bits| -f64::from_bits(*bits))).collect();
        let at = |draw: u64, _: &Column, _: f64, pool: &[f64]| pool[draw as usize % pool.len()];
        let mut ways = every_way();
        ways.retain(|(_, lanes)| *lanes == 128);
        let compared = compare(&model, "baseline", Values::Pool(&pool, at), pool.len() as u64, &ways);
        assert!(compared.is_ok(), "{number} against {with}: {}\n{rule}", compared.unwrap_err());
    }
}
