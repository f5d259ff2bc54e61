//! The yearly cycle: nothing is lost, nothing is half done, nothing changes unnoticed.

mod altered;
mod crash;
mod faults;
mod pack;
mod roll;
mod together;
mod undo;
mod whole;
