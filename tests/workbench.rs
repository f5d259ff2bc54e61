//! The workbench: who is let in, what is answered, what is saved; each test has a server of its own in this process.

mod abroad;
mod client;
mod command;
mod cycle;
mod door;
mod questions;
mod saving;
mod turns;
