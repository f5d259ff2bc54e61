//! The yearly cycle: departments are asked, figures come in, years are closed, targets are reviewed, outlooks are looked back at.
//!
//! In: a pack, its history and what people said. Out: changes to be written ([`crate::history::Change`]) and
//! diagnostics; nothing is written here, and the day is always given. Forms are drawn by `mitoshi-report`, what comes
//! back is read by `mitoshi-store`.

pub mod closing;
pub mod collect;
pub mod decision;
pub mod figures;
pub mod form;
pub mod intake;
pub mod lookback;
pub mod opinions;
pub mod publication;
pub mod review;
pub mod roll;
pub mod status;
