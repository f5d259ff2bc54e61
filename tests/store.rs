//! Writing packs: all or nothing, one at a time, and no byte changed that was not meant.
//!
//! `edits` holds the forms of an edit, `generated` a thousand random files; `faults` makes every call of
//! the system fail, `crash` kills writers, `writers` lets many write at once, `protection` tries to get
//! out of the pack, `changed` edits by hand in between. The children that `crash` and `writers` start are
//! this binary itself, told by a variable to run `child`.

mod changed;
mod child;
mod crash;
pub(crate) mod disk;
mod edits;
mod faults;
mod generated;
mod generator;
mod protection;
mod writers;
