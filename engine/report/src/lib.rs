//! Results in, documents out: what mitoshi shows to people and to other programs.
//!
//! A report builds one [`document::Document`] (headings, paragraphs, tables whose cells keep number,
//! unit, status and text); a format prints it. So a new report needs no format and a new format no
//! report. Machine-readable forms of a projection (`project_json`, `project_csv`) are written from
//! the projection itself, unrounded. Nothing here computes a result, reads a file or knows a terminal.

mod accounts;
pub mod backtest;
pub mod backtest_json;
pub mod beginning;
pub mod chart;
pub mod checked;
pub mod collected;
pub mod comparison;
pub mod comparison_json;
pub mod cycle;
pub mod diagnostics;
pub mod diagnostics_json;
pub mod difference;
pub mod difference_csv;
pub mod difference_json;
pub mod document;
mod drawn;
pub mod explain;
pub mod figures;
pub mod findings;
pub mod forms;
pub mod history;
pub mod impact;
pub mod impact_json;
pub mod import;
pub mod inventory;
pub mod kernels;
pub mod methods;
pub mod methods_json;
pub mod network;
pub mod network_drawing;
pub mod network_json;
pub mod number;
pub mod outlook;
pub mod project_csv;
pub mod project_json;
pub mod reports;
pub mod schema;
pub mod seek;
pub mod seek_json;
pub mod seek_targets;
pub mod simulation;
pub mod simulation_csv;
pub mod simulation_json;
pub mod snapshot;
pub mod study;
pub mod tested;
pub mod what_if;
pub mod words;
