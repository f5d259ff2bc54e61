//! The planted faults of `cargo xtask faults`: each still has its place in the engine.
//!
//! Nothing is built or run here; the task does that. A fault whose place is gone proves nothing any more:
//! whoever changes the engine moves the fault to the new place, in `engine/xtask/src/faults/list.rs`.

use std::collections::BTreeSet;

use crate::support::{read, repository};

#[path = "../engine/xtask/src/faults/list.rs"]
mod list;

use list::{PLACES, before};

#[test]
fn every_fault_has_its_place() {
    let planted = |(n, place): &(usize, &list::Place)| place.plant(&read(&repository(place.file)), before(*n) + 1).is_some();
    let lost: Vec<&str> = PLACES.iter().enumerate().filter(|place| !planted(place)).map(|(_, place)| place.text).collect();
    assert!(lost.is_empty(), "not found, or found twice: {lost:#?}");
}

#[test]
fn a_fault_stands_where_its_place_says() {
    let place = list::Place { file: "", text: "a(⟦b + c⟧)", faults: &[("one", "b"), ("two", "c")] };
    let planted = place.plant("x; a(b\n   + c); y", 7).unwrap();
    assert_eq!(planted, "x; a((match crate::planted() { 7 => { b }\n8 => { c }\n _ => { b\n   + c } })); y");
    assert!(place.plant("a(b + d)", 7).is_none() && place.plant("a(b + c); a(b+c)", 7).is_none());
}

#[test]
fn the_faults_cover_what_a_lowering_gets_wrong() {
    let names: BTreeSet<&str> = PLACES.iter().flat_map(|place| place.faults).map(|(name, _)| *name).collect();
    assert_eq!(names.len(), before(PLACES.len()), "every fault has a name of its own");
    let kinds = [
        "powi for powf",
        "fused multiply-add",
        "min that hides NaN",
        "max that hides NaN",
        "short-circuit lost",
        "integer division",
        "lane mask lost",
        "exact comparison",
        "early return lost",
        "shadowing",
        "a loop one turn short",
        "poison not spread",
        "sign of zero",
    ];
    let missing: Vec<&str> = kinds.into_iter().filter(|kind| !names.iter().any(|name| name.contains(kind))).collect();
    assert!(missing.is_empty(), "no fault is planted for {missing:?}");
}
