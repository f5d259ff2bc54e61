//! How sure a function is: the weakest of the assumptions it reads.
//!
//! A function that reads no assumption is an identity: what it says follows from the numbers it is given.

use crate::pack::{Assumption, Evidence, Pack};
use crate::rule::signature::{Bound, Meaning, Quantity};

/// The evidence of a function: assumption where it reads one, else plan where it reads one, else identity.
pub fn evidence_of(pack: &Pack, bound: &Bound) -> Evidence {
    let read = bound.inputs.iter().filter_map(|input| match input.meaning {
        Meaning::Quantity(quantity, _) => assumption(pack, quantity),
        _ => None,
    });
    read.map(|assumption| assumption.evidence).min_by_key(|evidence| strength(*evidence)).unwrap_or(Evidence::Identity)
}

/// The assumption that a quantity is; absent for anything else.
pub fn assumption(pack: &Pack, quantity: Quantity) -> Option<&Assumption> {
    match quantity {
        Quantity::Assumption(n, k) => pack.sheets.get_index(n)?.1.assumptions.get_index(k).map(|(_, found)| found),
        Quantity::Shared(k) => pack.plan.assumptions.get_index(k).map(|(_, found)| found),
        _ => None,
    }
}

/// Assumption, plan, identity: the weakest first.
fn strength(evidence: Evidence) -> u8 {
    match evidence {
        Evidence::Assumption => 0,
        Evidence::Plan => 1,
        Evidence::Identity => 2,
    }
}
