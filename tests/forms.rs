//! Forms go out, answers come back: the workbooks of `request`, what `collect` reads, and files that mean harm.
//!
//! Forms are filled in as a spreadsheet would save them (`forms/fill.rs`); hostile files are made here, none is kept
//! in the repository.

mod answers;
mod drawn;
pub(crate) mod fill;
pub(crate) mod hostile;
