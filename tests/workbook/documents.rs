//! Documents of real analyses in both languages, and the reports.

use std::collections::BTreeSet;

use mitoshi_core::analysis::compare::{Comparison, Member, compare};
use mitoshi_core::analysis::explain::Explainer;
use mitoshi_core::analysis::simulate::{Settings, simulate};
use mitoshi_core::analysis::{Parts, address};
use mitoshi_core::diagnostic::{Language, Sources};
use mitoshi_core::projection::Projection;
use mitoshi_core::{Model, Request};
use mitoshi_report::document::{Block, Cell, Column, Derived, Document, Table};
use mitoshi_report::number::percent;
use mitoshi_report::reports::{self, Audience, Case, Material, Report};
use mitoshi_report::{comparison, explain, outlook, simulation};

use crate::plan;

const SCENARIOS: [&str; 2] = ["baseline", "outsourcing_expanded"];

/// Outlook, comparison, explanation, simulation and achievements, each in Japanese and English.
pub fn all() -> Vec<(String, Document)> {
    let languages = [("ja", Language::Japanese), ("en", Language::English)];
    let analyses = languages.into_iter().flat_map(|(code, language)| {
        let documents = in_language(language);
        documents.into_iter().map(move |(name, document)| (format!("{name}_{code}"), document))
    });
    analyses.chain(reports()).collect()
}

/// The reports on two scenarios.
pub fn reports() -> Vec<(String, Document)> {
    let loaded = mitoshi_core::load(plan::files());
    let made = reports_of(&loaded.model.unwrap(), &loaded.sources, Language::Japanese, 500);
    made.into_iter().map(|(report, document)| (format!("report_{}", report.name()), document)).collect()
}

/// The reports of a pack on two scenarios.
pub fn reports_of(model: &Model, sources: &Sources, language: Language, draws: u64) -> Vec<(&'static dyn Report, Document)> {
    reports::ALL.iter().map(|report| (*report, report_of(*report, model, sources, &SCENARIOS, language, draws))).collect()
}

/// One report of a pack on some scenarios; its year under review is the last with actuals.
pub fn report_of(report: &dyn Report, model: &Model, sources: &Sources, scenarios: &[&str], language: Language, draws: u64) -> Document {
    let (needs, year) = (report.needs(), model.pack.plan.actuals_until);
    let reviewed = needs.review.then(|| vec![year]);
    let request = |name: &&str| Request { scenario: (*name).to_owned(), reviewed: reviewed.clone(), ..Request::default() };
    let requests: Vec<Request> = scenarios.iter().map(request).collect();
    let projections: Vec<Projection> = requests.iter().map(|request| model.project(request).unwrap().projection).collect();
    let settings = Settings { draws, ..reports::settings() };
    let document = model.with_all_parts(&requests, &mut |parts: Vec<Parts<'_>>| {
        let scenarios: Vec<Case<'_>> =
            parts.iter().zip(&projections).map(|(parts, projection)| Case { parts: *parts, projection }).collect();
        let drawn = || simulate(parts.iter().copied().zip(projections.iter().cloned()).collect(), &settings, &(), &mut |_| {});
        let simulated = needs.draws.then(drawn);
        let (simulation, audience) = (simulated.as_ref(), Audience::Office);
        report.document(&Material { model, sources, scenarios: &scenarios, simulation, year, language, audience })
    });
    document.unwrap()
}

fn in_language(language: Language) -> Vec<(&'static str, Document)> {
    let loaded = mitoshi_core::load(plan::files());
    let (model, sources) = (loaded.model.unwrap(), loaded.sources);
    let requests = SCENARIOS.map(|name| Request { scenario: name.to_owned(), ..Request::default() });
    let projections: Vec<Projection> = requests.iter().map(|request| model.project(request).unwrap().projection).collect();
    let every: BTreeSet<usize> = (0..projections[0].indicators.len()).collect();
    let outlook = outlook::document(&projections[..1], None, language);
    let compared: Comparison = model
        .with_all_parts(&requests, &mut |parts: Vec<Parts<'_>>| {
            let members = parts.iter().zip(&projections).map(|(parts, projection)| Member { schedule: parts.schedule, projection });
            let members: Vec<Member<'_>> = members.collect();
            compare(members[0], &members[1..], &every)
        })
        .unwrap();
    let compared = comparison::document(&compared, &projections, &sources, None, language);
    let explained = model.with_parts(&requests[1], |parts| {
        let address = address::parse(&model.pack, "window_savings@R8").unwrap();
        let explanation = Explainer::new(parts, &[], 2).explain(address);
        explain::document(explain::Page { explanation: &explanation, projection: &projections[1], lineage: &[], language })
    });
    let settings = Settings { draws: 500, ..Settings::default() };
    let simulated = model.with_all_parts(&requests, &mut |parts: Vec<Parts<'_>>| {
        simulate(parts.into_iter().zip(projections.iter().cloned()).collect(), &settings, &(), &mut |_| {})
    });
    vec![
        ("outlook", outlook),
        ("comparison", compared),
        ("explanation", explained.unwrap()),
        ("simulation", simulation::document(&simulated.unwrap(), language)),
        ("achievements", achievements(&model.pack, &projections[0], language)),
    ]
}

/// Achievements of the last year with the formulas that give them.
fn achievements(pack: &mitoshi_core::pack::Pack, projection: &Projection, language: Language) -> Document {
    let rows = projection.indicators.iter().map(|indicator| {
        let (_, cell) = indicator.years.last().unwrap();
        let sheet = &pack.sheets[&indicator.id];
        let number = |value: Option<f64>| Cell::number(value, mitoshi_report::number::number(value, usize::from(indicator.decimals)));
        let achieved = Cell::number(cell.achievement, percent(cell.achievement, Some(1.0)));
        let plain = Cell::number(cell.plain_achievement, percent(cell.plain_achievement, Some(1.0)));
        vec![
            Cell::words(&indicator.indicator),
            number(cell.outcome),
            number(cell.target),
            achieved.derived(Derived::achievement(sheet, 1, (2, cell.target))),
            plain.derived(Some(Derived::plain_ratio(indicator.better, 1, 2))),
        ]
    });
    let columns = vec![
        Column::words("指標").at_most(30),
        Column::numbers("見込").under("R8"),
        Column::numbers("目標").under("R8"),
        Column::numbers("達成率").under("R8"),
        Column::numbers("対目標達成率").under("R8"),
    ];
    let blocks = vec![Block::Heading(1, "達成率".to_owned()), Block::Table(Table { columns, rows: rows.collect() })];
    Document { language, blocks }
}

/// The tables of a document, those of its figures too.
pub fn tables(document: &Document) -> Vec<&Table> {
    let tables = document.blocks.iter().filter_map(|block| match block {
        Block::Table(table) => Some(table),
        Block::Figure(figure) => Some(&figure.table),
        _ => None,
    });
    tables.collect()
}
