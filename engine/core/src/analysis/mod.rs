//! Questions asked of many projections at once. One file (or folder) for each; all stand on
//! [`Ensemble`].
//!
//! `walk` and `columns` meet here: an ensemble runs the lowered program on blocks of draws and walks
//! the draws that the program marks as exceptional. Results are values; nothing prints.

pub mod address;
pub mod backtest;
pub mod branches;
mod chunks;
pub mod compare;
pub mod diff;
pub mod ensemble;
pub mod evidence;
pub mod examples;
pub mod explain;
pub mod impact;
pub mod inputs;
pub mod invariants;
pub mod inventory;
pub mod kernels;
pub mod lint;
pub mod methods;
pub mod network;
pub mod seek;
pub mod select;
pub mod sensitivity;
pub mod simulate;
pub mod study;
pub mod sweep;
pub mod units;
pub mod watch;
pub mod without;

pub use ensemble::{Block, Ensemble, Lane, Numbers, Parts};
