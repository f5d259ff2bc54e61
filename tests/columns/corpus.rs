//! Rules written by hand to trap a lowering: each one a place where columns and interpreter could part.

use super::compare::{Values, compare, every_way};
use super::generated::{special, with_project};

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
        "an assignment in a part that is not reached",
        "fn project(a, b) { let x = 1.0; if a > 1.0 && (if b > 0.0 { x = 5.0; true } else { false }) { x + 1.0 } else { x } }",
    ),
    (
        "an assignment in a part of ||",
        "fn project(a, b) { let x = 1.0; let y = a > 1.0 || (if b > 0.0 { x = 5.0; true } else { false }); x }",
    ),
    ("an assignment in an operand", "fn project(a) { let x = a; x + (if a > 1.0 { x = 9.0; x } else { x }) * x }"),
    ("an assignment on the right of +=", "fn project(a) { let x = a; x += if a > 1.0 { x = 9.0; 1.0 } else { 2.0 }; x }"),
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
    ("the second of two zeros", "fn project(a) { 1.0 / max(a, 0.0) + 1.0 / min(0.0, a) }"),
    ("halves are rounded away from zero", "fn project(a) { round(a) + round(-a) * 2.0 + round(0.49999999999999994) }"),
    ("a power is not a product", "fn project(a) { pow(a, 3.0) + pow(a, 2.0) + pow(a, 0.5) + pow(a, -1.0) }"),
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

#[test]
fn rules_written_to_trap_a_lowering_give_the_same_bits() {
    let mut differing = Vec::new();
    for (about, rule) in RULES {
        let model = with_project(rule).unwrap_or_else(|| panic!("{about}: not a valid rule: {rule}"));
        let mut ways = every_way();
        ways.retain(|(_, lanes)| *lanes == 64);
        if let Err(difference) = compare(&model, "baseline", Values::Pool(&POOL, special), 40, &ways) {
            differing.push(format!("{about}\n{rule}\n{difference}"));
        }
    }
    assert!(differing.is_empty(), "{} of {} differ:\n\n{}", differing.len(), RULES.len(), differing.join("\n\n"));
}

#[test]
fn loops_that_run_into_the_limit_of_steps_fail_in_columns_too() {
    let model = with_project(&endless()).expect("a valid rule");
    let compared = compare(&model, "baseline", Values::Pool(&POOL, special), 1, &every_way()[..1]);
    assert_eq!(compared.map(|counts| counts.draws), Ok(1));
}
