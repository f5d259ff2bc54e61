//! Tables to the typed values of `model.rs`, one file for each kind of thing.
//!
//! In: the tables of one file and, for years, the plan. Out: a value that is always there, with
//! defaults where the file is wrong, and the problems in the log. What concerns several files is
//! `check`'s work.

mod always;
mod answer;
mod assumption;
mod cause;
mod entry;
mod example;
mod opinion;
mod plan;
mod scenario;
mod sheet;
mod spread;
mod years;

pub(super) use cause::read_causes;
pub(super) use opinion::read_opinions;
pub(super) use plan::{fallback_plan, read_plan};
pub(super) use scenario::{empty_scenario, read_scenario};
pub(super) use sheet::read_sheet;
