//! The yearly cycle: figures come in, years are closed, targets are reviewed, outlooks are looked back at.
//!
//! In: a pack, its history and what people said. Out: changes to be written ([`crate::history::Change`]) and
//! diagnostics; nothing is written here, and the day is always given.

pub mod closing;
pub mod decision;
pub mod figures;
pub mod intake;
pub mod lookback;
pub mod opinions;
pub mod publication;
pub mod review;
pub mod status;
