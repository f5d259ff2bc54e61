//! What depends on what in the reference plan, choosing from it, and comparing its scenarios.
//!
//! The links are those of the plan's description: what the plan or arithmetic says, and what is only assumed.
//! Choosing up and choosing down are mirror images; a comparison turned round is the same with the other sign.

use std::collections::BTreeSet;

use mitoshi_core::analysis::compare::{Comparison, Member, compare};
use mitoshi_core::analysis::network::{self, Level, Network};
use mitoshi_core::analysis::select;
use mitoshi_core::diagnostic::Language;
use mitoshi_core::pack::Evidence;
use mitoshi_core::{Model, Request, load};
use mitoshi_report::network_drawing::{Notation, draw};

use crate::support::repository;

/// From, to, lags, evidence.
const LINKS: [(u32, u32, &[u8], Evidence); 17] = [
    (1, 2, &[1, 2], Evidence::Assumption),
    (5, 2, &[0], Evidence::Assumption),
    (13, 3, &[1], Evidence::Assumption),
    (1, 4, &[0, 1], Evidence::Assumption),
    (3, 4, &[0, 1], Evidence::Assumption),
    (7, 6, &[0], Evidence::Identity),
    (6, 7, &[1], Evidence::Identity),
    (13, 7, &[1], Evidence::Assumption),
    (4, 10, &[0, 1], Evidence::Assumption),
    (6, 10, &[0, 1], Evidence::Assumption),
    (9, 10, &[0, 1], Evidence::Assumption),
    (11, 10, &[0, 1], Evidence::Assumption),
    (12, 10, &[0, 1], Evidence::Identity),
    (5, 12, &[0], Evidence::Assumption),
    (3, 14, &[0, 1], Evidence::Assumption),
    (14, 15, &[0], Evidence::Assumption),
    (15, 16, &[1], Evidence::Assumption),
];

fn model(reversed: bool) -> Model {
    let mut files = mitoshi_store::read_pack(&repository("")).unwrap();
    if reversed {
        files.reverse();
    }
    load(files).model.unwrap()
}

fn request(scenario: &str) -> Request {
    Request { scenario: scenario.to_owned(), ..Request::default() }
}

fn everything(model: &Model) -> BTreeSet<usize> {
    (0..model.pack.sheets.len()).collect()
}

fn network_of(model: &Model, level: Level) -> Network {
    model.with_parts(&request("baseline"), |parts| network::of(parts, level, &everything(model))).unwrap()
}

#[test]
fn the_links_of_the_reference_plan_are_those_it_describes() {
    let model = model(false);
    let network = network_of(&model, Level::Indicators);
    let no = |at: usize| model.pack.sheets[at].no.value;
    let found: Vec<(u32, u32, &[u8], Evidence)> =
        network.links.iter().map(|link| (no(link.from), no(link.to), link.lags.as_slice(), link.evidence)).collect();
    assert_eq!(found, LINKS);
    let loops: Vec<Vec<u32>> = network.loops.iter().map(|each| each.nodes.iter().map(|at| no(*at)).collect()).collect();
    assert_eq!(loops, [vec![6, 7]]);
}

#[test]
fn a_drawing_does_not_depend_on_the_order_of_the_files() {
    let (one, other) = (model(false), model(true));
    for level in Level::ALL {
        for notation in Notation::ALL {
            let drawn = |model: &Model| draw(&network_of(model, level), &model.pack, notation, Language::Japanese);
            assert_eq!(drawn(&one), drawn(&other));
        }
    }
}

/// The ids that a text chooses.
fn chosen(model: &Model, text: &str) -> BTreeSet<usize> {
    let selector = select::parse(&model.pack, &[text.to_owned()], &[]).unwrap();
    selector.choose(&model.pack, &model.graph, &[])
}

#[test]
fn up_and_down_are_mirror_images_and_steps_add_up() {
    let model = model(false);
    let ids: Vec<&str> = model.pack.sheets.keys().map(String::as_str).collect();
    for (n, id) in ids.iter().enumerate() {
        for steps in ["", "1", "2", "3"] {
            for other in chosen(&model, &format!("{steps}+{id}")) {
                assert!(chosen(&model, &format!("{}+{steps}", ids[other])).contains(&n), "{id} {steps} {}", ids[other]);
            }
        }
        let one_by_one = chosen(&model, &format!("1+{id}")).into_iter().flat_map(|next| chosen(&model, &format!("1+{}", ids[next])));
        assert_eq!(one_by_one.collect::<BTreeSet<_>>(), chosen(&model, &format!("2+{id}")), "{id}");
        assert_eq!(chosen(&model, &format!("16+{id}+16")), chosen(&model, &format!("+{id}+")), "{id}");
        let union = &chosen(&model, &format!("+{id}")) | &chosen(&model, "strategy:3");
        assert_eq!(chosen(&model, &format!("+{id} strategy:3")), union);
        let both = &chosen(&model, &format!("+{id}")) & &chosen(&model, "strategy:2");
        assert_eq!(chosen(&model, &format!("+{id},strategy:2")), both);
    }
}

fn compared(model: &Model, base: &str, other: &str) -> Comparison {
    let requests = [request(base), request(other)];
    let projections: Vec<_> = requests.iter().map(|request| model.project(request).unwrap().projection).collect();
    let compare = model.with_all_parts(&requests, &mut |parts| {
        let member = |at: usize| Member { schedule: parts[at].schedule, projection: &projections[at] };
        compare(member(0), &[member(1)], &everything(model))
    });
    compare.unwrap()
}

#[test]
fn a_comparison_turned_round_has_the_other_sign() {
    let model = model(false);
    for scenario in model.scenarios() {
        let there = compared(&model, "baseline", scenario).differences.remove(0);
        let back = compared(&model, scenario, "baseline").differences.remove(0);
        assert_eq!(there.moved.is_empty(), scenario == "baseline");
        assert_eq!((there.changes.len(), there.unchanged), (back.changes.len(), back.unchanged), "{scenario}");
        for moved in &there.moved {
            let other = back.moved.iter().find(|other| other.indicator == moved.indicator).unwrap();
            for (year, pair) in &moved.years {
                let turned = &other.years[year];
                assert_eq!(pair.change, turned.change.map(|change| -change + 0.0), "{scenario}");
                assert_eq!(pair.slack_change, turned.slack_change.map(|change| -change + 0.0), "{scenario}");
                assert_eq!(pair.slack, [turned.slack[1], turned.slack[0]]);
            }
        }
        let sizes: Vec<f64> = there.moved.iter().map(|moved| moved.size.unwrap_or(-1.0)).collect();
        assert!(sizes.is_sorted_by(|a, b| a >= b), "{scenario}: {sizes:?}");
    }
}
