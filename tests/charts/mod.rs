//! The drawings of charts: snapshots of small ones, and what holds for every one whatever it shows.
//!
//! Every shape lies inside the sheet, no two texts share room, the SVG is well-formed and carries nothing
//! but text; numbers that are none and names that mean harm break nothing. Networks of 16 and 60 nodes: no
//! box, wire or mark over another. Widths are the estimates that the drawing itself is made with.

mod measure;
mod samples;
mod xml;

use mitoshi_report::chart::drawing::Drawing;
use mitoshi_report::chart::{Chart, Draw, letters, palette, svg};
use mitoshi_report::document::{Figure, Table};
use proptest::prelude::*;
use proptest::test_runner::RngSeed;

use measure::{boxes, crossed, outside, overlaps};
use samples::{Names, charts, network, small};

fn cases(cases: u32) -> ProptestConfig {
    ProptestConfig { cases, rng_seed: RngSeed::Fixed(20_240_601), failure_persistence: None, ..ProptestConfig::default() }
}

fn figure(id: &str, title: &str, chart: Chart) -> Figure {
    Figure { id: id.to_owned(), title: title.to_owned(), description: format!("{title}。"), chart, table: Table::default() }
}

/// Everything that holds for every drawing.
fn sound(name: &str, chart: Chart) -> Drawing {
    let drawing = chart.draw();
    assert_eq!(outside(&drawing), Vec::<String>::new(), "{name}: outside of the sheet");
    assert_eq!(overlaps(&drawing), Vec::<String>::new(), "{name}: texts over each other");
    let figure = figure(name, name, chart);
    let text = svg(&figure);
    assert_eq!(xml::check(&text), Ok(()), "{name}: {text}");
    assert_eq!(text, svg(&figure), "{name}: the same chart twice");
    assert!(!text.contains("NaN") && !text.contains("inf"), "{name}: {text}");
    drawing
}

#[test]
fn small_charts_look_as_they_did() {
    for (name, title, chart) in small() {
        sound(name, chart.clone());
        insta::with_settings!({ prepend_module_to_snapshot => false, snapshot_path => "../snapshots/charts" }, {
            insta::assert_snapshot!(name, svg(&figure(name, title, chart)));
        });
    }
}

#[test]
fn none_one_and_forty_rows_are_drawn() {
    for count in [0, 1, 2, 7, 40] {
        for (name, chart) in charts(count, &Names::Plain, &mut |n| Some(n as f64 * 1.5 - 4.0)) {
            sound(&format!("{name}-{count}"), chart);
        }
    }
}

#[test]
fn names_that_mean_harm_stay_text() {
    for names in [Names::Long, Names::Hostile] {
        for (name, chart) in charts(5, &names, &mut |n| Some(n as f64)) {
            sound(name, chart.clone());
            let text = svg(&figure("\"><script>", "<script>alert(1)</script>\u{0}\u{202E}", chart));
            assert_eq!(xml::check(&text), Ok(()), "{name}");
            assert!(!text.contains("<script") && !text.contains('\u{202E}') && text.len() < 60_000, "{name}: {}", text.len());
        }
    }
}

#[test]
fn what_is_no_number_leaves_a_gap() {
    let odd = [None, Some(f64::NAN), Some(f64::INFINITY), Some(-f64::MAX), Some(5e-324), Some(1e15), Some(-1e15), Some(0.0), Some(-0.0)];
    for shift in 0..odd.len() {
        for (name, chart) in charts(6, &Names::Plain, &mut |n| odd[(n + shift) % odd.len()]) {
            sound(&format!("{name}-{shift}"), chart);
        }
        for (name, chart) in charts(6, &Names::Plain, &mut |_| odd[shift]) {
            sound(&format!("{name}-only-{shift}"), chart);
        }
    }
}

proptest! {
    #![proptest_config(cases(16))]

    #[test]
    fn any_numbers_are_drawn(
        count in 0_usize..14,
        size in prop_oneof![Just(1e-4), Just(1.0), Just(100.0), Just(1e6), Just(1e12)],
        shares in prop::collection::vec(prop::option::weighted(0.9, -1.0..1.0_f64), 1..60),
    ) {
        let mut at = 0;
        let mut next = |_: usize| {
            at += 1;
            shares[at % shares.len()].map(|share| share * size)
        };
        for (name, chart) in charts(count, &Names::Plain, &mut next) {
            sound(name, chart);
        }
    }

    #[test]
    fn nothing_overlaps_in_a_network(seed in any::<u64>(), loops in 0_usize..4) {
        for nodes in [1, 5, 16, 60] {
            let chart = network(nodes, loops, seed, &Names::Plain);
            let drawing = sound(&format!("network-{nodes}"), Chart::Network(chart));
            let boxes = boxes(&drawing);
            prop_assert_eq!(boxes.len(), nodes);
            for (n, one) in boxes.iter().enumerate() {
                prop_assert!(boxes[n + 1..].iter().all(|other| !one.meets(*other)), "{:?} over another", one);
            }
            prop_assert_eq!(crossed(&drawing, &boxes), Vec::<String>::new());
        }
    }
}

/// The luminance of WCAG 2.2.
fn luminance(colour: palette::Colour) -> f64 {
    let part = |part: u8| {
        let share = f64::from(part) / 255.0;
        if share <= 0.04045 { share / 12.92 } else { ((share + 0.055) / 1.055).powf(2.4) }
    };
    0.2126 * part(colour.0) + 0.7152 * part(colour.1) + 0.0722 * part(colour.2)
}

#[test]
fn colours_stand_out_from_paper() {
    let contrast = |colour| 1.05 / (luminance(colour) + 0.05);
    assert!(palette::MEANINGFUL.iter().all(|colour| contrast(*colour) >= 3.0));
    assert!(palette::TEXTS.iter().all(|colour| contrast(*colour) >= 4.5));
    let darkest = palette::BLUE.tint(0.5);
    assert!((luminance(darkest) + 0.05) / (luminance(palette::INK) + 0.05) >= 4.5, "ink on the darkest cell of a heat map");
}

#[test]
fn texts_are_cut_and_broken_where_a_reader_would() {
    assert_eq!(letters::fit("未収債権額", 10.0, 50.0), "未収債権額");
    assert_eq!(letters::fit("未収債権額の縮減", 10.0, 50.0), "未収債権…");
    assert_eq!(letters::clean("a\u{202E}b\u{0}c\n d\u{200B}"), "ab c d");
    assert_eq!(letters::wrap("未収債権額（滞納）", 10.0, 52.0, 2), ["未収債権額", "（滞納）"]);
    assert_eq!(letters::wrap("あいうえお、かき", 10.0, 52.0, 2), ["あいうえ", "お、かき"]);
    assert_eq!(letters::wrap("outstanding arrears", 10.0, 90.0, 2), ["outstanding", "arrears"]);
    assert_eq!(letters::wrap("ordinary_balance_ratio", 10.0, 100.0, 2), ["ordinary_balance_", "ratio"]);
    assert_eq!(letters::wrap("漢".repeat(10_000).as_str(), 10.0, 100.0, 3).last().map(String::as_str), Some("漢漢漢漢漢漢漢漢漢…"));
}
