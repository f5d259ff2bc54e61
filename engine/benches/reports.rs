//! All reports of the reference plan in Markdown, HTML, CSV and XLSX, in one process: `cargo bench --bench reports`.
//!
//! From reading the files to the last byte, simulations with 10,000 draws included. The line printed is the
//! median of some runs beside its limit; nothing here decides a test.
#![allow(clippy::unwrap_used, reason = "a bench that cannot go on should stop and say where")]

use std::path::Path;
use std::time::Instant;

use mitoshi_core::analysis::simulate::simulate;
use mitoshi_core::diagnostic::Language;
use mitoshi_core::{Request, load};
use mitoshi_report::document::{Encoding, Format};
use mitoshi_report::reports::printing::{self, Form};
use mitoshi_report::reports::{self, Audience, Case, Material, Scenarios};

const RUNS: usize = 11;
const LIMIT: f64 = 300.0;
const SCENARIOS: [&str; 2] = ["baseline", "outsourcing_expanded"];

/// Everything once; how many bytes there are.
fn all() -> usize {
    let loaded = load(mitoshi_store::read_pack(Path::new(env!("CARGO_MANIFEST_DIR"))).unwrap());
    let (model, sources) = (loaded.model.unwrap(), loaded.sources);
    let year = model.pack.plan.actuals_until;
    let utf8 = Encoding::default();
    let forms = [Form::Text(Format::Markdown, utf8), Form::Text(Format::Html, utf8), Form::Text(Format::Csv, utf8), Form::Workbook];
    let made = reports::ALL.iter().map(|report| {
        let reviewed = report.needs().review.then(|| vec![year]);
        let requests = SCENARIOS.map(|name| Request { scenario: name.to_owned(), reviewed: reviewed.clone(), ..Request::default() });
        let requests = if report.needs().scenarios == Scenarios::One { &requests[..1] } else { &requests[..] };
        let projections: Vec<_> = requests.iter().map(|request| model.project(request).unwrap().projection).collect();
        let document = model.with_all_parts(requests, &mut |parts| {
            let cases: Vec<Case<'_>> =
                parts.iter().zip(&projections).map(|(parts, projection)| Case { parts: *parts, projection }).collect();
            let drawn =
                || simulate(parts.iter().copied().zip(projections.iter().cloned()).collect(), &reports::settings(), &(), &mut |_| {});
            let simulation = report.needs().draws.then(drawn);
            report.document(&Material {
                model: &model,
                sources: &sources,
                scenarios: &cases,
                simulation: simulation.as_ref(),
                year,
                language: Language::Japanese,
                audience: Audience::Office,
            })
        });
        let document = document.unwrap();
        forms.map(|form| printing::print(*report, document.clone(), form, &model.pack, false).unwrap().len()).iter().sum::<usize>()
    });
    made.sum()
}

fn main() {
    let mut times: Vec<f64> = (0..RUNS)
        .map(|_| {
            let start = Instant::now();
            std::hint::black_box(all());
            start.elapsed().as_secs_f64() * 1000.0
        })
        .collect();
    times.sort_by(f64::total_cmp);
    let median = times[RUNS / 2];
    println!("all reports, four formats: {median:.0} ms, {:.2} of the limit of {LIMIT} ms; {} bytes", median / LIMIT, all());
}
