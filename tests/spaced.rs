//! Latin hypercube and antithetic draws: one draw in each slice, opposite pairs, the same numbers however run.

use std::collections::BTreeMap;

use mitoshi_core::analysis::Ensemble;
use mitoshi_core::columns::draws::spaced::Sampling;
use mitoshi_core::columns::{Isa, Wanted};
use mitoshi_core::{Model, Request};

use crate::draws::{correlation, load, moments};

const FORMS: [&str; 4] = ["uniform = [0.0, 1.0]", "normal = [0.0, 2.0]", "uniform = [0.0, 1.0], every_year = true", "normal = [0.0, 1.0]"];
const CORRELATED: &str = "[[correlation]]\nbetween = [\"x.a1\", \"x.a3\"]\ncoefficient = 0.6\n";

fn pack(plan: &str) -> Model {
    let assumptions: Vec<String> = FORMS.iter().map(|form| format!("value = 0.0\nspread = {{ {form} }}\n")).collect();
    load(&assumptions, plan)
}

/// The draws of every column, by address and year.
fn draw(model: &Model, sampling: Sampling, draws: u64, lanes: usize) -> BTreeMap<String, Vec<f64>> {
    let request = Request { scenario: "baseline".to_owned(), ..Request::default() };
    let drawn = model.with_parts(&request, |parts| {
        let ensemble = Ensemble::spaced(parts, 3, Wanted::default(), sampling, draws).on(Isa::best(), lanes);
        let mut drawn: Vec<Vec<f64>> = vec![Vec::new(); ensemble.program.columns.len()];
        ensemble.run(0, draws, &mut ensemble.registers(), &mut |block| {
            for (k, numbers) in drawn.iter_mut().enumerate() {
                numbers.extend((0..block.count).map(|lane| block.column(k, lane)));
            }
        });
        let reads = ensemble.program.reads.iter();
        reads.map(|((read, year), k)| (format!("{}@{}", read.address(&model.pack), year.0), drawn[*k as usize].clone())).collect()
    });
    drawn.unwrap()
}

#[test]
fn a_latin_hypercube_has_one_draw_in_each_slice_and_no_order() {
    let model = pack("");
    for draws in [1, 2, 3, 10, 97, 1_000, 4_099] {
        let drawn = draw(&model, Sampling::Latin, draws, 64);
        for name in ["x.a0@2024", "x.a2@2024", "x.a2@2026"] {
            let mut slices: Vec<u64> = drawn[name].iter().map(|u| (u * draws as f64) as u64).collect();
            assert!(draws < 97 || slices.windows(2).filter(|pair| pair[0] < pair[1]).count().abs_diff(slices.len() / 2) < slices.len() / 8);
            slices.sort_unstable();
            assert_eq!(slices, (0..draws).collect::<Vec<_>>(), "{name} of {draws}");
        }
    }
    let drawn = draw(&model, Sampling::Latin, 4_000, 64);
    // Standard error 1/√4000 = 0.016.
    for (a, b) in [("x.a0@2024", "x.a1@2024"), ("x.a0@2024", "x.a2@2024"), ("x.a2@2024", "x.a2@2025"), ("x.a1@2024", "x.a3@2024")] {
        assert!(correlation(&drawn[a], &drawn[b]).abs() < 0.07, "{a} and {b} hang together");
    }
    let (mean, sd) = moments(&drawn["x.a1@2024"]);
    assert!(mean.abs() < 1e-3 && (sd - 2.0).abs() < 2e-3, "far nearer than the 0.03 of independent draws: {mean}, {sd}");
}

#[test]
fn antithetic_draws_are_opposite_pairs_also_in_a_correlated_group() {
    for plan in ["", CORRELATED] {
        let drawn = draw(&pack(plan), Sampling::Antithetic, 2_000, 64);
        for (name, numbers) in &drawn {
            let middle = if name.starts_with("x.a0") || name.starts_with("x.a2") { 0.5 } else { 0.0 };
            let opposite = |pair: &[f64]| (pair[0] + pair[1] - 2.0 * middle).abs() < 1e-12;
            assert!(numbers.chunks(2).all(opposite), "{name}");
        }
    }
}

#[test]
fn a_correlated_group_keeps_its_correlation() {
    let drawn = draw(&pack(CORRELATED), Sampling::Latin, 4_000, 64);
    assert!((correlation(&drawn["x.a1@2024"], &drawn["x.a3@2024"]) - 0.6).abs() < 0.05);
    let (mean, sd) = moments(&drawn["x.a3@2024"]);
    assert!(mean.abs() < 1e-3 && (sd - 1.0).abs() < 0.03, "{mean}, {sd}");
}

#[test]
fn blocks_change_no_draw_and_random_draws_are_the_usual_ones() {
    let model = pack(CORRELATED);
    let usual = crate::draws::draw(&model, "baseline", 3, 64);
    let random = draw(&model, Sampling::Random, 500, 64);
    assert!(random.iter().all(|(name, numbers)| usual[name].starts_with(numbers)));
    for sampling in [Sampling::Latin, Sampling::Antithetic] {
        let whole = draw(&model, sampling, 500, 128);
        for lanes in [1, 7, 64] {
            assert_eq!(whole, draw(&model, sampling, 500, lanes), "{sampling:?} in blocks of {lanes}");
        }
        let even =
            whole.iter().all(|(name, numbers)| numbers.iter().zip(&random[name]).step_by(2).all(|(a, b)| a.to_bits() == b.to_bits()));
        assert_eq!(even, sampling == Sampling::Antithetic, "even draws are the usual ones of antithetic pairs only");
    }
}
