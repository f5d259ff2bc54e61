//! Questions asked of many projections at once. One file (or folder) for each; all stand on
//! [`Ensemble`].
//!
//! `walk` and `columns` meet here: an ensemble runs the lowered program on blocks of draws and walks
//! the draws that the program marks as exceptional. Results are values; nothing prints.

pub mod ensemble;

pub use ensemble::{Block, Ensemble, Lane, Numbers, Parts};
