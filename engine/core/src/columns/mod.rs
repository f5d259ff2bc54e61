//! The lowered way through a schedule: all draws of an ensemble at once, in columns.
//!
//! `lower` turns a rule function into a [`Template`] once; `link` puts a schedule's templates together,
//! with everything that is the same in every draw computed once, into a [`Program`]; `kernel` runs a
//! program on blocks of draws. The numbers equal those of `walk` to the bit; draws that need a
//! status (a number that is not finite, an achievement declined and read elsewhere) are reported, and
//! whoever runs the ensemble walks them.

mod allocate;
mod bound;
pub mod draws;
pub mod interned;
mod isa;
pub mod kernel;
pub mod link;
pub mod linked;
pub mod listing;
pub mod lower;
mod lowered;
pub mod scalar;
pub mod template;
mod within;

pub use isa::{Isa, Work};
pub use kernel::{Operand, Registers};
pub use link::{Column, Found, Output, Program, Templates, Uncertain, Walked, Wanted, link, linked};
pub use linked::{Cell, Linked, Reason};
pub use lower::{Residue, lower};
pub use lowered::Lowered;
pub use template::{Branch, Template};
