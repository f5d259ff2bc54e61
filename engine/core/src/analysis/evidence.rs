//! How sure a whole function is: the weakest of the assumptions it reads.
//!
//! A function that reads no assumption is an identity: what it gives follows from the numbers it is given. How sure a
//! single reading is, which is finer, `network` tells.

use super::network::evidence::strength;
use crate::pack::{Evidence, Pack};
use crate::rule::signature::{Bound, Meaning};

/// The evidence of a function: assumption where it reads one, else plan where it reads one, else identity.
pub fn evidence_of(pack: &Pack, bound: &Bound) -> Evidence {
    let read = bound.inputs.iter().filter_map(|input| match input.meaning {
        Meaning::Quantity(quantity, _) => quantity.assumption(pack),
        _ => None,
    });
    read.map(|(_, assumption)| assumption.evidence).min_by_key(|evidence| strength(*evidence)).unwrap_or(Evidence::Identity)
}
