//! Units followed through rules: what fits, what does not, and wrong units planted in the reference plan.
//!
//! A small plan of one indicator asks the algebra one question a line. The reference plan must be clean; each
//! of the faults planted in it must be told once or twice, at the expression that is marked here. What cannot be
//! seen stands at the end, with the reason.

use mitoshi_core::analysis::units::{Followed, Which};
use mitoshi_core::diagnostic::{Diagnostic, RawFile, Sources};

use crate::plan;

const PLAN: &str = "title = \"t\"\nyears = [\"R4\", \"R8\"]\nactuals_until = \"R5\"\n";

/// The codes of an indicator of this unit, with assumptions a, b, c of these units and this rule.
fn codes(unit: &str, assumptions: &[&str], body: &str) -> Vec<&'static str> {
    let head = "no = 1\ntitle = \"t\"\nindicator = \"i\"\nkind = \"level\"\nbetter = \"higher\"\n";
    let mut sheet = format!("{head}unit = \"{unit}\"\n\n[actuals]\nR4 = 1\nR5 = 2\n");
    for (name, unit) in ["a", "b", "c"].iter().zip(assumptions) {
        sheet += &format!("\n[assumptions.{name}]\nvalue = 1.0\nunit = \"{unit}\"\n");
    }
    let names: Vec<&str> =
        ["last", "last2", "year", "years_left"].into_iter().chain(["a", "b", "c"][..assumptions.len()].to_vec()).collect();
    let (body, helper) = body.split_once("; fn ").map_or((body, String::new()), |(body, helper)| (body, format!("fn {helper}")));
    let rule = format!("fn project({}) {{ {body} }}\nfn achieve(value) {{ value / value }}\n{helper}\n", names.join(", "));
    let files = [("rules/plan.toml", PLAN), ("rules/x.toml", &sheet), ("rules/x.rhai", &rule)];
    let model = plan::load(files.map(|(path, text)| RawFile::new(path, text)).into());
    model.units(Which::All).problems.iter().map(|problem| problem.code.id()).collect()
}

fn all(rows: &[(&str, &[&str], &str)], expected: &[&str]) {
    for (unit, assumptions, body) in rows {
        assert_eq!(codes(unit, assumptions, body), expected, "{unit} {assumptions:?}: {body}");
    }
}

#[test]
fn what_fits() {
    all(
        &[
            ("件", &["件/年"], "last + a"),
            ("件", &["件"], "last + a"),
            ("件", &["件/年", "年"], "last + a * b"),
            ("百万円/年", &["割合/年"], "last * (1.0 + a)"),
            ("百万円", &["百万円/年", "割合/年"], "last + a * (1.0 + b)"),
            ("件", &["割合/年", "件"], "last + a * (b - last)"),
            ("件", &["割合/年"], "last * pow(1.0 + a, years_left)"),
            ("件", &["/年"], "last * exp(-a * years_left)"),
            ("件", &["1/年"], "last * exp(-a * years_left)"),
            ("%", &["ポイント/年", "ポイント"], "clamp(last + a + b, 0.0, 100.0)"),
            ("%", &["割合"], "last + 100.0 * a"),
            ("%", &["件", "件"], "100.0 * a / b"),
            ("%", &["件", "件"], "a / b * 100.0"),
            ("百万円", &["万枚", "円/枚"], "a * b / 100.0"),
            ("百万円", &["千円"], "last + a / 1000.0"),
            ("万枚", &["枚/件", "件"], "last + a * b / 10000.0"),
            ("円", &["円/月"], "a * 12.0"),
            ("円/年", &["円/月"], "a * 12.0"),
            ("t", &["t/日"], "last + a * 365.0"),
            ("件", &["件/千人", "千人"], "a * b"),
            ("件", &["件/人口10万人", "人口10万人"], "a * b"),
            ("円", &["円/(人・月)", "人", "月"], "a * b * c"),
            ("件", &["件（延べ）"], "last + a"),
            ("%", &["％"], "last + a"),
            ("people", &["person/year", "people/yr"], "last + b"),
            ("cases", &["case/year"], "last + a"),
            ("million yen", &["thousand yen"], "last + a / 1000.0"),
            ("件", &["年度"], "if year >= a { last } else { 0.0 }"),
            ("件", &["年度", "件/年"], "last + b * (year - a)"),
            ("件", &["年度"], "if year - 1.0 == a { last } else { last2 }"),
            ("年", &["年度"], "year - a"),
            ("件", &["件/年"], "if years_left > 0.0 { last + a * years_left } else { last }"),
            ("年", &["件", "件/年", "件"], "(a - c) / b"),
            ("件", &["件"], "a * 100.0 / 50.0"),
            ("件", &[""], "last * a + a"),
            ("件", &["件"], "let sum = 0.0; for n in 0..3 { sum += a; } sum"),
            ("件", &["割合/年"], "let part = last; for n in 0..3 { part = part * (1.0 + a); } part"),
            ("件", &["件", "件"], "max(0.0, min(a, b)) + abs(last) + floor(last2)"),
            ("m2", &["m2"], "sqrt(a * last)"),
            ("件", &["件", "件"], "mean(a, b) + mean(1.0, last); fn mean(one, other) { (one + other) / 2.0 }"),
            ("件", &["件", "人"], "share(a, last) * last + share(b, b) * a; fn share(one, other) { one / other }"),
            ("円", &["円", "割"], "a * (1.0 - b / 10.0)"),
            ("件", &["件/年", "件"], "if last > b { return b; } last + a"),
            ("件", &["件"], "let x = a; { let y = x; x = y + last; } x"),
        ],
        &[],
    );
}

#[test]
fn what_measures_different_things() {
    all(
        &[
            ("件", &["人"], "last + a"),
            ("件", &["人"], "last - a"),
            ("件", &["件/人"], "last + a"),
            ("件", &["人"], "if last > a { last } else { 0.0 }"),
            ("件", &["人"], "max(last, a)"),
            ("件", &["人"], "clamp(last, 0.0, a)"),
            ("件", &["人"], "if last > 3.0 { last } else { a }"),
            ("件", &["件", "年"], "last + a * b"),
            ("件", &["件/年"], "last + a / years_left"),
            ("件", &["年"], "if year >= a { last } else { 0.0 }"),
            ("件", &["人", "件"], "mean(a, b); fn mean(one, other) { (one + other) / 2.0 }"),
            ("件", &["割合"], "let sum = last; for n in 0..3 { sum += a; } last"),
        ],
        &["M851"],
    );
}

#[test]
fn what_differs_by_a_power_of_ten() {
    all(
        &[
            ("%", &["割合"], "last + a"),
            ("百万円", &["千円"], "last + a"),
            ("百万円", &["%"], "last * (1.0 - a)"),
            ("万枚", &["枚/件", "件"], "last + a * b"),
            ("割合", &["件", "件"], "100.0 * a / b"),
            ("件", &["%"], "last * a"),
        ],
        &["M852"],
    );
}

#[test]
fn what_is_returned_in_another_unit() {
    all(
        &[
            ("件", &["人"], "a"),
            ("件", &["件", "人"], "a * b"),
            ("件", &["件", "人"], "a / b"),
            ("件", &["人"], "if last > 3.0 { return a; } last"),
            ("円", &["円/月", "年"], "a * b"),
            ("件", &["年度"], "a"),
        ],
        &["M853"],
    );
}

#[test]
fn what_must_be_a_ratio() {
    all(
        &[
            ("件", &["人"], "last * exp(a)"),
            ("件", &["人"], "last * ln(a)"),
            ("件", &["人"], "last * pow(2.0, a)"),
            ("件", &["%", "年"], "last * pow(a, b)"),
            ("件", &["%"], "last * exp(a)"),
        ],
        &["M854"],
    );
}

#[test]
fn what_is_not_known_is_passed_over() {
    // One finding; what follows from it is not told again.
    assert_eq!(codes("件", &["人"], "let x = last + a; let y = x * x; y + a"), ["M851"]);
    assert_eq!(codes("件", &["人"], "sqrt(a)"), Vec::<&str>::new());
    assert_eq!(codes("件", &["件/人)"], "a"), ["M855"]);
}

fn found(files: Vec<RawFile>) -> (Followed, Sources) {
    let model = plan::load(files);
    (model.units(Which::All), model.pack.sources)
}

/// `[M851] rules/a.rhai: last + a`, and the number of labels in other files.
fn shown(problem: &Diagnostic, sources: &Sources) -> String {
    let span = problem.labels[0].span;
    let file = sources.get(span.file);
    format!("[{}] {}: {}", problem.code.id(), file.path, &file.text[span.range()])
}

#[test]
fn the_reference_plan_is_clean_and_followed_to_the_end() {
    let (followed, sources) = found(plan::files());
    let said: Vec<String> = followed.problems.iter().map(|problem| shown(problem, &sources)).collect();
    assert!(said.is_empty(), "{said:#?}");
    assert_eq!((followed.functions, followed.unknown), (53, 0));
    assert!(plan::model().pack.sheets.values().all(|sheet| sheet.strict_units), "every sheet is strict");
}

/// A fault: the file, what stands there, what is planted, and what must be told of it first.
type Fault = (&'static str, &'static str, &'static str, &'static str);

const FAULTS: &[Fault] = &[
    ("online_procedures.toml", "unit = \"件\"\nunits", "unit = \"人\"\nunits", "[M851] rules/online_procedures.rhai: cap - last"),
    (
        "automation.toml",
        "unit = \"件\"\nunits",
        "unit = \"人\"\nunits",
        "[M851] rules/automation.rhai: last + max(0.0, new_tasks + training_effect * trained)",
    ),
    ("arrears.toml", "unit = \"百万円\"\nunits", "unit = \"千円\"\nunits", "[M852] rules/arrears.rhai: carried + new_arrears"),
    ("collection_rate.toml", "unit = \"%\"\nunits", "unit = \"割合\"\nunits", "[M852] rules/collection_rate.rhai: level - last"),
    (
        "furusato_donations.toml",
        "unit = \"百万円\"\nunits",
        "unit = \"千円\"\nunits",
        "[M852] rules/ordinary_balance_ratio.rhai: spending * (1.0 + expenditure_growth) - saved - printing + gifts",
    ),
    (
        "window_savings.toml",
        "unit = \"百万円\"\nunits",
        "unit = \"件\"\nunits",
        "[M851] rules/window_savings.rhai: last + window_outsourcing * window_outsourcing_scope * saving_per_year",
    ),
    ("debt_service_ratio.toml", "unit = \"%\"\nunits", "unit = \"年\"\nunits", "[M851] rules/debt_service_ratio.rhai: last + drift"),
    ("training_usefulness.toml", "unit = \"%\"\nunits", "unit = \"点\"\nunits", "[M851] rules/training_usefulness.rhai: level - last"),
    (
        "ordinary_balance_ratio.toml",
        "[auxiliaries.general_revenue]\nunit = \"百万円\"",
        "[auxiliaries.general_revenue]\nunit = \"千円\"",
        "[M856] rules/ordinary_balance_ratio.toml: \"general_revenue_r5\"",
    ),
    (
        "ordinary_balance_ratio.toml",
        "unit = \"円/枚\"",
        "unit = \"千円/枚\"",
        "[M852] rules/ordinary_balance_ratio.rhai: spending * (1.0 + expenditure_growth) - saved - printing",
    ),
    ("land_sales.toml", "unit = \"百万円/年\"", "unit = \"件/年\"", "[M851] rules/land_sales.rhai: last + realisation * scheduled_sales"),
    (
        "mynumber_cards.toml",
        "unit = \"枚/件\"",
        "unit = \"件/枚\"",
        "[M851] rules/mynumber_cards.rhai: max(lowest_appeal, cards_per_procedure * above_pace)",
    ),
    (
        "mynumber_cards.toml",
        "unit = \"枚\"                        # 1人に1枚",
        "unit = \"人\"",
        "[M851] rules/mynumber_cards.rhai: population - last",
    ),
    (
        "paper_reduction.toml",
        "value = 0.10\nunit = \"万枚/件\"",
        "value = 0.10\nunit = \"枚/件\"",
        "[M852] rules/paper_reduction.rhai: last + rate * (ceiling - last) + per_procedure * procedures_above + per_task * tasks_above",
    ),
    (
        "annual_leave.toml",
        "unit = \"日/件\"",
        "unit = \"日/人\"",
        "[M851] rules/annual_leave.rhai: last + adjustment * (level - last) + shift + automation_effect * tasks_above",
    ),
    (
        "paternity_leave.toml",
        "unit = \"ポイント/日\"",
        "unit = \"割合/日\"",
        "[M852] rules/paternity_leave.rhai: last + closing * (100.0 - last) + leave_effect * easier_leave",
    ),
    (
        "paternity_leave.toml",
        "value = 85.0\nunit = \"%\"",
        "value = 85.0\nunit = \"割合\"",
        "[M852] rules/lib/revise.rhai: external_goal_level",
    ),
    (
        "women_managers.toml",
        "value = 0.40\nunit = \"割合\"",
        "value = 0.40\nunit = \"%\"",
        "[M852] rules/women_managers.rhai: 100.0 * share - last",
    ),
    (
        "debt_service_ratio.toml",
        "value = 3.0\nunit = \"年\"",
        "value = 3.0\nunit = \"件\"",
        "[M851] rules/debt_service_ratio.rhai: last + drift + (shock - last3_shock) / averaging_years",
    ),
    ("arrears.toml", "unit = \"年度\"", "unit = \"年\"", "[M854] rules/arrears.rhai: pow(quake_persistence, years_since)"),
    ("arrears.toml", "unit = \"比\"", "unit = \"%\"", "[M852] rules/lib/revise.rhai: achievement >= slip_threshold"),
    (
        "collection_rate.toml",
        "value = 2.0\nunit = \"ポイント/年\"",
        "value = 2.0\nunit = \"ポイント\"",
        "[M851] rules/lib/revise.rhai: ceil(direction * value) + rebase_step * years_ahead",
    ),
    (
        "furusato_donations.toml",
        "unit = \"割合/年\"",
        "unit = \"%/年\"",
        "[M852] rules/furusato_donations.rhai: last * (1.0 + growth) * demand",
    ),
    (
        "training_usefulness.toml",
        "value = 80.0\nunit = \"%\"",
        "value = 80.0\nunit = \"割合\"",
        "[M852] rules/automation.rhai: last_training_usefulness - training_usefulness_reference_level",
    ),
    ("arrears.rhai", "(1.0 - collection_rate / 100.0)", "(1.0 - collection_rate)", "[M852] rules/arrears.rhai: carried + new_arrears"),
    ("arrears.rhai", "collection_rate / 100.0 * last\n", "collection_rate * last\n", "[M852] rules/arrears.rhai: collection_rate * last"),
    (
        "arrears.rhai",
        "pow(quake_persistence, years_since)",
        "pow(quake, years_since)",
        "[M854] rules/arrears.rhai: pow(quake, years_since)",
    ),
    (
        "debt_service_ratio.rhai",
        "/ averaging_years",
        "* averaging_years",
        "[M851] rules/debt_service_ratio.rhai: last + drift + (shock - last3_shock) * averaging_years",
    ),
    (
        "ordinary_balance_ratio.rhai",
        "last / 100.0 * last_general_revenue",
        "last * 100.0 * last_general_revenue",
        "[M852] rules/ordinary_balance_ratio.rhai: spending * (1.0 + expenditure_growth) - saved",
    ),
    (
        "ordinary_balance_ratio.rhai",
        "100.0 * spending_now / general_revenue",
        "100.0 * spending_now * general_revenue",
        "[M853] rules/ordinary_balance_ratio.rhai: 100.0 * spending_now * general_revenue",
    ),
    (
        "mynumber_cards.rhai",
        "cards_per_procedure * above_pace",
        "cards_per_procedure / above_pace",
        "[M851] rules/mynumber_cards.rhai: max(lowest_appeal, cards_per_procedure / above_pace)",
    ),
    ("women_managers.rhai", "100.0 * share", "share", "[M852] rules/women_managers.rhai: share - last"),
    (
        "paper_reduction.rhai",
        "per_procedure * procedures_above",
        "per_procedure + procedures_above",
        "[M851] rules/paper_reduction.rhai: last + rate * (ceiling - last) + per_procedure",
    ),
    ("online_procedures.rhai", "rate * max(", "rate + max(", "[M851] rules/online_procedures.rhai: last + rate"),
    (
        "collection_rate.rhai",
        "last_arrears_writeoff / last_arrears",
        "last_arrears_writeoff * last_arrears",
        "[M851] rules/collection_rate.rhai: last + adjustment * (level - last) + effort + unwind + training_effect * trained + lifted_by_writeoff",
    ),
    ("lib/achieve.rhai", "part / whole", "part * whole", "[M853] rules/lib/achieve.rhai: ratio_to_target(direction, value, target)"),
    (
        "lib/achieve.rhai",
        "(value - origin) / (target - origin)",
        "(value - origin) / target - origin",
        "[M851] rules/lib/achieve.rhai: (value - origin) / target - origin",
    ),
    (
        "lib/revise.rhai",
        "* years_ahead / years_left",
        "* years_ahead * years_left",
        "[M851] rules/lib/revise.rhai: value + (goal - value) * years_ahead * years_left",
    ),
];

const UNSEEN: &[(&str, &str, &str)] = &[
    // A flow and an amount fit each other in a yearly step.
    ("arrears.toml", "value = 74.0\nunit = \"百万円/年\"", "value = 74.0\nunit = \"百万円\""),
    // Ratios are ratios, whatever they are called.
    ("furusato_donations.toml", "unit = \"倍\"", "unit = \"割合\""),
    // What is divided by it is multiplied by it again.
    (
        "annual_leave.toml",
        "[assumptions.rounding_unit]\nlabel = \"目標の刻み\"\nvalue = 1.0\nunit = \"日\"",
        "[assumptions.rounding_unit]\nlabel = \"目標の刻み\"\nvalue = 1.0\nunit = \"件\"",
    ),
    // A ratio may stand above or below the line.
    ("arrears.rhai", "quake * pow(", "quake / pow("),
    // The sign of a number has no unit.
    ("arrears.rhai", "+ extra - writeoff", "+ extra + writeoff"),
    // A target and an outcome are in one unit.
    ("furusato_donations.rhai", "last * (1.0 + growth)", "last * (1.0 - growth)"),
];

fn planted(file: &str, old: &str, new: &str) -> Vec<RawFile> {
    let mut files = plan::files();
    plan::replace(&mut files, &format!("rules/{file}"), old, new);
    files
}

#[test]
fn every_planted_fault_is_told_once_or_twice_at_its_place() {
    let mut wrong = Vec::new();
    for (file, old, new, told) in FAULTS {
        let (followed, sources) = found(planted(file, old, new));
        let said: Vec<String> = followed.problems.iter().map(|problem| shown(problem, &sources)).collect();
        if said.first().map(String::as_str) != Some(*told) || said.len() > 2 {
            wrong.push(format!("{file}: {old} -> {new}: {said:#?} instead of {told}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn what_has_no_unit_in_it_cannot_be_seen() {
    for (file, old, new) in UNSEEN {
        assert_eq!(found(planted(file, old, new)).0.problems, [], "{file}: {new} is seen after all");
    }
}
