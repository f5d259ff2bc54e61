//! The lowered way of running rules against the interpreter, which is the definition: bit by bit.
//!
//! `reference` runs the reference plan, `generated` rules made at random, `corpus` rules written to
//! trap a lowering. `cargo xtask faults` plants faults in the engine and asks that these tests fail.

mod compare;
mod corpus;
mod generated;
mod generator;
pub mod random;
mod reference;
