//! The one test binary: readable cases, hostile rules, the house's own rules, properties.
//!
//! `cases` runs the real program on small packs and compares everything it prints with a snapshot;
//! `hostile` runs it on rules that mean harm; `house` reads the sources, `language` the document of
//! the rule language; `properties` projects the reference plan in memory; `numbers` rounds. Run all
//! with `cargo xtask test`; accept changed snapshots, after reading them, with
//! `INSTA_UPDATE=always cargo test`.
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test that cannot go on should stop and say where")]

mod amounts;
mod case;
mod cases;
mod causes;
mod charts;
mod columns;
mod commands;
mod cycle;
mod diff;
mod documents;
mod draws;
mod excerpt;
mod explain;
mod faults;
mod findings;
mod forms;
mod hostile;
mod hostile_generated;
mod house;
mod import;
mod interrupt;
mod kernels;
mod language;
mod memory;
mod methods;
mod network;
mod new;
mod numbers;
mod pack_snapshots;
mod pages;
mod pins;
mod plan;
mod properties;
mod published;
mod reference;
mod reports;
mod revisions;
mod scenario_text;
mod schema;
mod seek;
mod simulate;
mod spaced;
mod store;
mod studies;
mod support;
mod tested;
mod typos;
mod units;
mod watch;
mod workbench;
mod workbook;
