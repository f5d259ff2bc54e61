//! How numbers are shown: rounding may shorten, it may not flatter.
//!
//! Properties of `mitoshi_report::number` on random values near their bars: a missed bar shows as
//! missed (34.99 against 35), rounding moves a number by at most half a unit of its last place, and
//! thousands separators change nothing but how it looks. The generator's seed is fixed.

use mitoshi_report::number::{ABSENT, MOST_MORE, decimals_below, number, percent, round, separate};
use proptest::prelude::*;
use proptest::test_runner::RngSeed;

fn many() -> ProptestConfig {
    ProptestConfig { cases: 2_000, rng_seed: RngSeed::Fixed(35), failure_persistence: None, ..ProptestConfig::default() }
}

fn shown(value: f64, decimals: usize) -> f64 {
    round(value, decimals).expect("a finite number").parse().expect("a number")
}

proptest! {
    #![proptest_config(many())]

    #[test]
    fn a_missed_bar_is_shown_as_missed(bar in -1e6..1e6_f64, places in 0_usize..4, distance in 0.0..6.0_f64, direction in prop::sample::select(vec![1.0, -1.0])) {
        // The bar as a plan writes it; the miss at least ten units of the last place that may be shown.
        let bar = shown(bar, places);
        let least = 10_f64.powi(1 - i32::try_from(places + MOST_MORE).expect("small"));
        let value = bar - direction * least * 10_f64.powf(distance);
        let decimals = decimals_below(value, bar, direction, places);
        prop_assert!(decimals >= places && decimals <= places + MOST_MORE);
        prop_assert!(direction * shown(value, decimals) < direction * shown(bar, decimals), "{} against {} with {} places", value, bar, decimals);
    }

    #[test]
    fn a_bar_that_is_met_needs_no_more_decimals(bar in -1e6..1e6_f64, more in 0.0..1e3_f64, places in 0_usize..4, direction in prop::sample::select(vec![1.0, -1.0])) {
        prop_assert_eq!(decimals_below(bar + direction * more, bar, direction, places), places);
    }

    #[test]
    fn an_achievement_below_one_is_never_shown_as_100_percent(miss in -7.0..0.0_f64) {
        let text = percent(Some(1.0 - 10_f64.powf(miss)), Some(1.0));
        let shown: f64 = text.trim_end_matches('%').parse().expect("a percentage");
        prop_assert!(shown < 100.0, "{}", text);
    }

    #[test]
    fn rounding_moves_a_number_by_half_a_unit_at_most(value in -1e9..1e9_f64, places in 0_usize..7) {
        let unit = 10_f64.powi(-i32::try_from(places).expect("small"));
        // The second part is what the subtraction itself loses.
        prop_assert!((shown(value, places) - value).abs() <= 0.5 * unit + value.abs() * 4.0 * f64::EPSILON);
        prop_assert!(!round(value, places).expect("finite").starts_with("-0") || shown(value, places) < 0.0);
    }

    #[test]
    fn separators_change_nothing_else(value in -1e12..1e12_f64, places in 0_usize..4) {
        let rounded = round(value, places).expect("finite");
        let separated = separate(&rounded);
        prop_assert_eq!(separated.replace(',', ""), rounded);
        let whole = separated.trim_start_matches('-').split('.').next().expect("digits");
        prop_assert!(whole.split(',').skip(1).all(|group| group.len() == 3));
        prop_assert!(whole.split(',').next().is_some_and(|group| (1..=3).contains(&group.len())));
    }
}

#[test]
fn what_is_not_there_is_shown_as_a_dash_and_never_as_zero() {
    for value in [None, Some(f64::NAN), Some(f64::INFINITY), Some(f64::NEG_INFINITY)] {
        assert_eq!(number(value, 1), ABSENT);
        assert_eq!(percent(value, Some(1.0)), ABSENT);
    }
}

#[test]
fn halves_are_rounded_away_from_zero_on_the_decimal_number() {
    let cases = [
        (0.285, 2, "0.29"),
        (1.005, 2, "1.01"),
        (2.5, 0, "3"),
        (-2.5, 0, "-3"),
        (-0.04, 1, "0.0"),
        (999.95, 1, "1000.0"),
        (1e21, 0, "1000000000000000000000"),
    ];
    for (value, places, expected) in cases {
        assert_eq!(round(value, places).as_deref(), Some(expected), "{value}");
    }
}
